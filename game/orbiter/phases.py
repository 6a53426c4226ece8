"""The orbits of the whole story, for the globe and the log; only the relay orbit is heard.

Use: `phase_at(spec.phase, site, tick)` is the phase in force, `orbit_of(phase)` its orbit for
`orbit.position_m` (free orbits, integrated from their first periapsis).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from game.environment import julian
from game.environment.clock import SiteSpec
from game.orbiter.orbit import OrbitModel, OrbitSpec


@dataclass(frozen=True, slots=True)
class PhaseSpec:
    """One chapter: periapsis passed at `start_utc`, radii from the centre of Mars, and angles."""

    name: str
    title: str
    start_utc: str
    lowest_radius_m: float
    highest_radius_m: float
    inclination_deg: float
    ascending_node_deg: float
    periapsis_argument_deg: float

    def __post_init__(self) -> None:
        julian.tai_s(self.start_utc)
        if not 0.0 < self.lowest_radius_m <= self.highest_radius_m:
            raise ValueError(f"{self.name}: lowest_radius_m must not be above highest_radius_m")
        try:
            orbit_of(self)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None


@lru_cache(maxsize=16)
def orbit_of(phase: PhaseSpec) -> OrbitSpec:
    """Return the orbit of a phase, at periapsis when the phase begins."""
    low_m, high_m = phase.lowest_radius_m, phase.highest_radius_m
    return OrbitSpec(
        model=OrbitModel.INTEGRATED,
        epoch_utc=phase.start_utc,
        start_utc=phase.start_utc,
        semi_major_axis_m=(low_m + high_m) / 2.0,
        eccentricity=(high_m - low_m) / (high_m + low_m),
        inclination_deg=phase.inclination_deg,
        ascending_node_deg=phase.ascending_node_deg,
        periapsis_argument_deg=phase.periapsis_argument_deg,
        mean_anomaly_deg=0.0,
    )


def phase_at(phases: Sequence[PhaseSpec], site: SiteSpec, tick: int) -> PhaseSpec | None:
    """Return the phase in force at a tick, None before the first."""
    now_s = julian.tai_s(site.epoch_utc) + tick
    begun = [one for one in phases if julian.tai_s(one.start_utc) <= now_s]
    return max(begun, key=lambda one: julian.tai_s(one.start_utc), default=None)
