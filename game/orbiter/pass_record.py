"""Passes as people read them: UTC, degrees, kilometres, megabits.

Use: `pass_records(spec, site, sol)`; `dataclasses.asdict` of one is a row of the almanac.
"""

import math
from dataclasses import dataclass

from game.environment import julian
from game.environment.clock import SiteSpec
from game.orbiter.pass_doppler import pass_doppler
from game.orbiter.relay import OrbiterSpec, Pass, passes_of_sol
from game.units import MBIT_BIT

_DECIMALS = 1  # of a second, in UTC


@dataclass(frozen=True, slots=True)
class PassRecord:
    """One pass: rise and set at zero elevation, `usable_s` and `volume_mbit` above the mask.

    The shifts of the carrier are positive while the orbiter comes; `max_doppler_hz` is the largest
    to either side. `zero_doppler_utc` is when they change sign, nearest or else farthest; None if
    they keep it all the pass.
    """

    aos_utc: str
    culmination_utc: str
    los_utc: str
    max_elevation_deg: float
    min_range_km: float
    usable_s: float
    volume_mbit: float
    aos_doppler_hz: float
    culmination_doppler_hz: float
    los_doppler_hz: float
    max_doppler_hz: float
    zero_doppler_utc: str | None


def pass_records(spec: OrbiterSpec, site: SiteSpec, sol: int) -> tuple[PassRecord, ...]:
    """Return the passes that rise in a sol, in order; those below the mask included."""
    return tuple(pass_record(spec, site, one) for one in passes_of_sol(spec, site, sol))


def pass_record(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> PassRecord:
    """Return one pass in the units of people."""
    touchdown_s = julian.tai_s(site.epoch_utc)
    aos_utc, culmination_utc, los_utc = (
        julian.utc_text(touchdown_s + moment_s, _DECIMALS)
        for moment_s in (window.rise_s, window.culmination_s, window.set_s)
    )
    shift = pass_doppler(spec, site, window)
    zero_utc = None
    if shift.zero_s is not None:
        zero_utc = julian.utc_text(touchdown_s + shift.zero_s, _DECIMALS)
    return PassRecord(
        aos_utc=aos_utc,
        culmination_utc=culmination_utc,
        los_utc=los_utc,
        max_elevation_deg=round(math.degrees(window.max_elevation_rad), 4),
        min_range_km=round(window.min_range_m / 1000.0, 3),
        usable_s=round(window.usable_s, 1),
        volume_mbit=round((window.step_bit or (0.0,))[-1] / MBIT_BIT, 3),
        aos_doppler_hz=round(shift.rise_hz, 1),
        culmination_doppler_hz=round(shift.culmination_hz, 1),
        los_doppler_hz=round(shift.set_hz, 1),
        max_doppler_hz=round(shift.max_hz, 1),
        zero_doppler_utc=zero_utc,
    )
