"""Whirls of warm air: those that pass over the station, and dust devils seen around it."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, exp, log, pi, sin, sqrt

from game import rng
from game.environment.clock import SiteSpec, midnight_s
from game.environment.limits import check_finite, check_record
from game.units import KILO, MARS_HOUR_S, SOL_H

MOST_WHIRLS = 40  # in one sol, of one sort
WHIRL_DRAWS = 10  # random numbers that make one whirl
EDGE_H = 0.01  # no whirl stands nearer to a midnight than this


@dataclass(frozen=True, slots=True)
class VortexSpec:
    """How many whirls there are and what they are like.

    Attributes
    ----------
    passes_1_sol : Passes over the station a sol, of at least `least_drop_pa`. [1/sol]
    peak_h, width_h : Local true time of most of them, and spread. [Mars hour]
    least_drop_pa, most_drop_pa, drop_exponent : Pressure drops follow a power law. [Pa, -]
    least_diameter_m, most_diameter_m : Diameters follow the inverse square. [m]
    dusty_frac : Part that lifts dust: dust devils. [-]
    height_ratio, most_height_m : Height over diameter, smallest and largest; limit. [-, m]
    drift_m_s : Smallest and largest speed over the ground. [m/s]
    life_s, life_power : How long one of 1 m stands, and the power of the diameter. [s, -]
    devils_1_km2_sol, reach_m : Dust devils seen by area, in a square of this half width. [m]
    wipe_drop_pa, wipe_gain_frac : A dusty pass with this drop wipes the panels; gains. [Pa, -]
    """

    passes_1_sol: float
    peak_h: float
    width_h: float
    least_drop_pa: float
    most_drop_pa: float
    drop_exponent: float
    least_diameter_m: float
    most_diameter_m: float
    dusty_frac: float
    height_ratio: tuple[float, float]
    most_height_m: float
    drift_m_s: tuple[float, float]
    life_s: float
    life_power: float
    devils_1_km2_sol: float
    reach_m: float
    wipe_drop_pa: float
    wipe_gain_frac: tuple[float, float]

    def __post_init__(self) -> None:
        check_record(self)
        if min(self.passes_1_sol, self.devils_1_km2_sol) < 0.0:
            raise ValueError("numbers of whirls must be zero or more")
        if not 0.0 < self.least_drop_pa <= self.most_drop_pa:
            raise ValueError("least_drop_pa must be positive and at most most_drop_pa")
        if not 0.0 < self.least_diameter_m <= self.most_diameter_m or self.drift_m_s[0] <= 0.0:
            raise ValueError("diameters and drift must be positive, the least one first")


@dataclass(frozen=True, slots=True)
class Vortex:
    """One whirl on a straight track.

    Attributes
    ----------
    tick : When it is nearest to the point (x_m, y_m). [s]
    x_m, y_m : Place at that moment: from the station for a pass, from the lander for a devil,
        east and north. [m]
    east_m_s, north_m_s : Speed over the ground. [m/s]
    diameter_m, height_m : Of the wall of the whirl. [m]
    drop_pa : Pressure drop in its middle. [Pa]
    life_s : It stands from half of this before `tick` to half after. [s]
    is_dusty : Whether dust makes it visible.
    """

    tick: int
    x_m: float
    y_m: float
    east_m_s: float
    north_m_s: float
    diameter_m: float
    height_m: float
    drop_pa: float
    life_s: float
    is_dusty: bool


def vortex_place_m(vortex: Vortex, tick: float) -> tuple[float, float]:
    """Return where a whirl is at a tick, by geometry: east and north of its frame's origin [m]."""
    check_finite("a tick", tick)
    age_s = tick - vortex.tick
    return vortex.x_m + vortex.east_m_s * age_s, vortex.y_m + vortex.north_m_s * age_s


def pressure_dip_pa(vortex: Vortex, tick: float) -> float:
    """Return by how much a passing whirl lowers the pressure at the station [Pa].

    References
    ----------
    .. [1] M. D. Ellehoj et al., "Convective vortices and dust devils at the Phoenix Mars mission
       landing site", J. Geophys. Res. 115, 2010, E00E16, eq. 1 (Lorentz profile).
    """
    x_m, y_m = vortex_place_m(vortex, tick)
    return vortex.drop_pa / (1.0 + 4.0 * (x_m * x_m + y_m * y_m) / vortex.diameter_m**2)


@lru_cache(maxsize=256)
def passes_of_sol(
    spec: VortexSpec, seed: int, site: SiteSpec, sol: int, eot_h: float
) -> tuple[Vortex, ...]:
    """Return the whirls that pass over the station in a sol, in order of time.

    Drops follow N(>p) = (p / least)^-exponent, cut at the largest. `eot_h` is true minus mean
    solar time.

    References
    ----------
    .. [1] R. Hueso et al., "Convective vortices and dust devils detected and characterized by
       Mars 2020", J. Geophys. Res. Planets 128, 2023 (numbers, hours, sizes).
    .. [2] R. D. Lorenz et al., "The whirlwinds of Elysium", Icarus 355, 2021, 114119.
    """
    return _whirls(spec, seed, (midnight_s(site, sol), eot_h), (sol, 0))


@lru_cache(maxsize=256)
def devils_of_sol(
    spec: VortexSpec, seed: int, site: SiteSpec, sol: int, eot_h: float
) -> tuple[Vortex, ...]:
    """Return the dust devils of a sol in the square around the lander, in order of time.

    References
    ----------
    .. [1] Y. Wang et al., "Dust storm and dust devil activity at the Tianwen-1 landing area",
       Remote Sensing 13, 2021, 2601 (formation rates from tracks).
    """
    return _whirls(spec, seed, (midnight_s(site, sol), eot_h), (sol, 1))


def wipes(spec: VortexSpec, seed: int, passes: tuple[Vortex, ...]) -> tuple[tuple[int, float], ...]:
    """Return (tick, relative gain of transmission) of the passes that wipe the panels.

    References
    ----------
    .. [1] R. D. Lorenz et al., "Scientific observations with the InSight solar arrays", Planet.
       Space Sci. 207, 2021, 105337 (gains of 0.7 and 2.7 % on sol 65).
    """
    low, high = spec.wipe_gain_frac
    return tuple(
        (whirl.tick, low + (high - low) * rng.uniform(seed, rng.Stream.CLEANING, whirl.tick, 3))
        for whirl in passes
        if whirl.is_dusty and whirl.drop_pa >= spec.wipe_drop_pa
    )


def _whirls(
    spec: VortexSpec, seed: int, clock: tuple[float, float], name: tuple[int, int]
) -> tuple[Vortex, ...]:
    """Return the whirls of a sol: number 0 the passes, number 1 the devils of the square."""
    sol, number = name
    area_km2 = (2.0 * spec.reach_m / KILO) ** 2
    mean = spec.devils_1_km2_sol * area_km2 if number else spec.passes_1_sol
    draws = rng.generator(seed, rng.Stream.VORTEX, sol, number).random(
        (MOST_WHIRLS + 1, WHIRL_DRAWS)
    )
    count = min(MOST_WHIRLS, _count(mean, float(draws[0, 0])))
    found = [
        _vortex(spec, clock, row, spec.reach_m * number) for row in draws[1 : count + 1].tolist()
    ]
    return tuple(sorted(found, key=lambda vortex: vortex.tick))


def _vortex(
    spec: VortexSpec, clock: tuple[float, float], draws: list[float], reach_m: float
) -> Vortex:
    midnight, eot_h = clock
    radius = spec.width_h * sqrt(-log(1.0 - draws[0]))
    true_h = spec.peak_h + radius * cos(2 * pi * draws[1])
    middle_s = midnight + min(max(true_h - eot_h, EDGE_H), SOL_H - EDGE_H) * MARS_HOUR_S
    drop_pa = spec.least_drop_pa * (1.0 - draws[2]) ** (-1.0 / spec.drop_exponent)
    low, high = 1.0 / spec.most_diameter_m, 1.0 / spec.least_diameter_m
    diameter_m = 1.0 / (high + (low - high) * draws[3])
    drift_m_s = _between(spec.drift_m_s, draws[4])
    towards = 2 * pi * draws[5]
    return Vortex(
        round(middle_s),
        reach_m * (2 * draws[8] - 1),
        reach_m * (2 * draws[9] - 1),
        drift_m_s * sin(towards),
        drift_m_s * cos(towards),
        diameter_m,
        min(spec.most_height_m, _between(spec.height_ratio, draws[6]) * diameter_m),
        min(spec.most_drop_pa, drop_pa),
        life_s=spec.life_s * diameter_m**spec.life_power,
        is_dusty=reach_m > 0.0 or draws[7] < spec.dusty_frac,
    )


def _between(span: tuple[float, float], share: float) -> float:
    return span[0] + (span[1] - span[0]) * share


def _count(mean: float, draw: float) -> int:
    """Return a Poisson number by inversion of one uniform draw."""
    number, share = 0, exp(-mean)
    total = share
    while draw > total and number < MOST_WHIRLS:
        number += 1
        share *= mean / number
        total += share
    return number
