"""The magnetic field of the ground, stop by stop, and how it swings with the hour."""

import math
from dataclasses import dataclass

from game.rng import Stream, uniform
from game.science.samples import ScienceSpec, cell_name, cell_of, signs_at

_FIELD_INDEX = 1_500  # numbers of the random draws of a site: size, direction, part down
WEAK = "weak_field"  # the sign of `data/science.toml` that decides how strong the ground is


def field_nt(
    spec: ScienceSpec, seed: int, place_m: tuple[float, float], lmst_h: float
) -> tuple[float, float, float]:
    """Return the magnetic field of a place to the east, to the north and down [nT].

    Parameters
    ----------
    spec : ScienceSpec
        The rules.
    seed : int
        Of the run.
    place_m : tuple of float
        East and north of the lander. [m]
    lmst_h : float
        Local mean time, for the currents above. [Mars hour]

    Notes
    -----
    One value for each square of `site_m`. The level part of sites with a weak field spreads as an
    exponential law, whose mean and standard deviation are equal, as those of the published stops
    nearly are. The currents high above turn once a sol.

    References
    ----------
    .. [1] A. Du et al., "Ground magnetic survey on Mars from the Zhurong rover", Nature Astronomy
       7, 2023 (16 stops, 11.2 +- 10.9 nT; about 80 nT expected from orbit).
    """
    rules = spec.magnetism
    site = cell_name(cell_of(*place_m, rules.site_m))
    size, turn, dip = (
        uniform(seed, Stream.SCIENCE, site, _FIELD_INDEX + part) for part in range(3)
    )
    level_nt = -rules.weak_nt * math.log(1.0 - size)
    if WEAK not in signs_at(spec, seed, *place_m):
        level_nt += rules.strong_nt
    azimuth_rad = math.tau * turn
    swing_rad = math.tau * lmst_h / 24.0
    return (
        level_nt * math.sin(azimuth_rad) + rules.daily_nt * math.sin(swing_rad),
        level_nt * math.cos(azimuth_rad) + rules.daily_nt * math.cos(swing_rad),
        level_nt * math.tan((dip - 0.5) * math.radians(rules.dip_deg)),
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """One magnetic stop in numbers for people: level field, its error, and its direction."""

    level_nt: float
    sigma_nt: float
    azimuth_rad: float


def stop_of(east_nt: float, north_nt: float, sigma_nt: float) -> Stop:
    """Return size and direction of a level field."""
    return Stop(math.hypot(east_nt, north_nt), sigma_nt, math.atan2(east_nt, north_nt) % math.tau)
