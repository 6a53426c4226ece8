"""Passes as people read them: UTC, degrees, kilometres, megabits.

Use: `pass_records(spec, site, sol)`; `dataclasses.asdict` of one is a row of the almanac.
"""

import math
from dataclasses import dataclass

from game.environment import julian
from game.environment.clock import SiteSpec
from game.orbiter.relay import OrbiterSpec, Pass, passes_of_sol
from game.units import MBIT_BIT

_DECIMALS = 1  # of a second, in UTC


@dataclass(frozen=True, slots=True)
class PassRecord:
    """One pass: rise and set at zero elevation, `usable_s` and `volume_mbit` above the mask."""

    aos_utc: str
    culmination_utc: str
    los_utc: str
    max_elevation_deg: float
    min_range_km: float
    usable_s: float
    volume_mbit: float


def pass_records(spec: OrbiterSpec, site: SiteSpec, sol: int) -> tuple[PassRecord, ...]:
    """Return the passes that rise in a sol, in order; those below the mask included."""
    return tuple(pass_record(site, one) for one in passes_of_sol(spec, site, sol))


def pass_record(site: SiteSpec, window: Pass) -> PassRecord:
    """Return one pass in the units of people."""
    touchdown_s = julian.tai_s(site.epoch_utc)
    aos_utc, culmination_utc, los_utc = (
        julian.utc_text(touchdown_s + moment_s, _DECIMALS)
        for moment_s in (window.rise_s, window.culmination_s, window.set_s)
    )
    return PassRecord(
        aos_utc=aos_utc,
        culmination_utc=culmination_utc,
        los_utc=los_utc,
        max_elevation_deg=round(math.degrees(window.max_elevation_rad), 4),
        min_range_km=round(window.min_range_m / 1000.0, 3),
        usable_s=round(window.usable_s, 1),
        volume_mbit=round((window.step_bit or (0.0,))[-1] / MBIT_BIT, 3),
    )
