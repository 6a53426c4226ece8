"""From the orbiter to Earth: when a big dish sees Mars, how fast data go down, when nobody talks.

Use: `sent_tick(spec, view, start_tick, size_bit)` is when the orbiter's dish has sent a product
that it takes up at `start_tick`; `blackouts(spec, site, year)` are spans of solar conjunction,
`blackout_end(spec, site, tick)` says until when nobody can talk; `link_change(spec, view, tick)`
when the dish loses or finds the orbiter. `View` is orbiter and place.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, midnight_s, sol_of, sol_start_tick, tt_day
from game.environment.earth import earth_at, mars_from_earth_rad
from game.orbiter.orbit import BodySpec, OrbitSpec
from game.orbiter.sight import is_behind_planet
from game.search import find_changes
from game.units import JULIAN_DAY_S, Numeric

_BLOCK_SOLS = 10
_MOST_SOLS = 100  # longer than any conjunction
_YEAR_SOLS = 668
_SPACING_S, _DAY_SPACING_S, _PRECISION_S = 300.0, 86_400.0, 0.5
_TT_UTC_DAY = 69.2 / JULIAN_DAY_S  # since 2017; a second is 0.004 degrees of Earth's turning
NEVER = 2**62

Span = tuple[int, int]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StationSpec:
    """A dish on Earth, and how high Mars must stand over it."""

    name: str
    latitude_deg: float
    longitude_deg: float
    mask_deg: float

    def __post_init__(self) -> None:
        if abs(self.latitude_deg) > 90.0 or abs(self.longitude_deg) > 360.0:
            raise ValueError(f"{self.name}: latitude or longitude is not on Earth")
        if not 0.0 <= self.mask_deg < 90.0:
            raise ValueError(f"{self.name}: mask_deg must be 0 to below 90, not {self.mask_deg}")


@dataclass(frozen=True, slots=True)
class DownlinkSpec:
    """From orbiter to Earth.

    A product waits `delay_s` aboard before it is queued for the dish; the rover hears after
    `confirm_s` that it has arrived. Nobody talks while Mars stands within `conjunction_deg` of
    the Sun. Rates go in powers of two from `slowest_bit_s`; `fastest_bit_s` is that of
    `nearest_au`, and falls with the square of the distance.
    """

    delay_s: int
    confirm_s: int
    conjunction_deg: float
    slowest_bit_s: int
    fastest_bit_s: int
    nearest_au: float
    station: tuple[StationSpec, ...]
    kept_hash: int = field(init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return self.kept_hash

    def __post_init__(self) -> None:
        kept_hash = hash((self.delay_s, self.conjunction_deg, self.fastest_bit_s, self.station))
        object.__setattr__(self, "kept_hash", kept_hash)
        if self.delay_s < 0 or self.confirm_s < 0:
            raise ValueError("delay_s and confirm_s must not be negative")
        if not 0 < self.slowest_bit_s <= self.fastest_bit_s or self.nearest_au <= 0.0:
            raise ValueError("slowest_bit_s, fastest_bit_s and nearest_au must be above zero")
        if not 0.0 <= self.conjunction_deg <= 20.0:
            raise ValueError(f"conjunction_deg must be 0 to 20, not {self.conjunction_deg}")
        if not self.station:
            raise ValueError("at least one station is needed, or nothing ever comes home")


@dataclass(frozen=True, slots=True)
class View:
    """Planet, orbit and the place on the ground whose clock is used."""

    body: BodySpec
    orbit: OrbitSpec
    site: SiteSpec
    kept_hash: int = field(init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return self.kept_hash

    def __post_init__(self) -> None:
        """Work the hash out once: every product on its way home looks up by it."""
        object.__setattr__(self, "kept_hash", hash((self.body, self.orbit, self.site)))


def rate_bit_s(spec: DownlinkSpec, distance_au: float) -> int:
    """Rate from the orbiter to Earth: a power of two times the slowest [bit/s].

    Notes
    -----
    The signal falls with the square of the distance (Friis 1946); the slowest rate is always kept.
    """
    free_bit_s = spec.fastest_bit_s * (spec.nearest_au / distance_au) ** 2
    steps = math.floor(math.log2(max(free_bit_s / spec.slowest_bit_s, 1.0)))
    return int(min(spec.slowest_bit_s << steps, spec.fastest_bit_s))


def station_elevation_rad(
    station: StationSpec, view: View, tick: Array, light_time_s: Numeric
) -> Array:
    """Height of Mars over a dish on Earth when a signal that leaves at `tick` arrives [rad].

    References
    ----------
    .. [1] J. Meeus, "Astronomical Algorithms", 2nd ed., 1998, eq. 12.4 (sidereal time) and 13.6.
    """
    day = np.asarray(tt_day(view.site, tick))
    ascension_rad, declination_rad = mars_from_earth_rad(day)
    light_day = light_time_s / JULIAN_DAY_S
    turned_deg = 280.46061837 + 360.98564736629 * (day + light_day - _TT_UTC_DAY)
    hour_rad = np.radians(turned_deg + station.longitude_deg) - ascension_rad
    latitude_rad = math.radians(station.latitude_deg)
    sine = math.sin(latitude_rad) * np.sin(declination_rad)
    sine = sine + math.cos(latitude_rad) * np.cos(declination_rad) * np.cos(hour_rad)
    return np.asarray(np.arcsin(sine))


def windows_of_sol(spec: DownlinkSpec, view: View, sol: int) -> tuple[Span, ...]:
    """Return when the orbiter can send to Earth in a sol: first tick, and the one after [s]."""
    start, end = sol_start_tick(view.site, sol), sol_start_tick(view.site, sol + 1)
    spans = _windows_of_block(spec, view, sol // _BLOCK_SOLS)
    cut = ((max(first, start), min(last, end)) for first, last in spans)
    return tuple((first, last) for first, last in cut if first < last)


def sent_tick(spec: DownlinkSpec, view: View, start_tick: int, size_bit: int) -> int:
    """Return when the dish has sent so much, if it begins at a tick and does nothing else [s]."""
    left_bit = size_bit
    first_sol = sol_of(view.site, start_tick)
    for sol in range(first_sol, first_sol + _MOST_SOLS):
        rate = _rate_of_sol(spec, view.site, sol)
        for first, last in windows_of_sol(spec, view, sol):
            begin = max(first, start_tick)
            needed_s = -(-left_bit // rate)
            if begin + needed_s <= last:
                return begin + needed_s
            left_bit -= max(0, last - begin) * rate
    return NEVER


def link_change(spec: DownlinkSpec, view: View, tick: int) -> tuple[bool, int]:
    """Return whether the orbiter can send to Earth now, and when that changes [s].

    `NEVER` if it does not change for longer than any conjunction lasts.
    """
    first_sol = sol_of(view.site, tick)
    for sol in range(first_sol, first_sol + _MOST_SOLS):
        for first, last in windows_of_sol(spec, view, sol):
            if first > tick:
                return False, first
            if first <= tick < last:
                return True, _end_of(spec, view, last)
    return False, NEVER


def _end_of(spec: DownlinkSpec, view: View, last: int) -> int:
    """Follow a window over midnight [s]."""
    following = windows_of_sol(spec, view, sol_of(view.site, last))
    return next((end for first, end in following if first == last), last)


def blackouts(spec: DownlinkSpec, site: SiteSpec, year: int) -> tuple[Span, ...]:
    """Return spans of solar conjunction that begin in one of the site's years of 668 sols [s]."""
    first, last = (
        sol_start_tick(site, year * _YEAR_SOLS),
        sol_start_tick(site, (year + 1) * _YEAR_SOLS),
    )
    return tuple(span for span in _blackouts(spec, site, year) if first <= span[0] < last)


def blackout_end(spec: DownlinkSpec, site: SiteSpec, tick: int) -> int | None:
    """Return when a conjunction that covers this tick is over; None if there is none [s]."""
    for first, last in _blackouts(spec, site, sol_of(site, tick) // _YEAR_SOLS):
        if first <= tick < last:
            return last
    return None


@lru_cache(maxsize=16)
def _blackouts(spec: DownlinkSpec, site: SiteSpec, year: int) -> tuple[Span, ...]:
    """Spans that touch a year; forty sols more on both ends hold all of any that cross them."""
    start = float(sol_start_tick(site, year * _YEAR_SOLS - 40))
    end = float(sol_start_tick(site, (year + 1) * _YEAR_SOLS + 40))
    least_rad = math.radians(spec.conjunction_deg)

    def is_blocked(times: Array) -> NDArray[np.int64]:
        angle_rad = np.asarray(earth_at(site, times).sun_earth_mars_rad)
        return np.asarray(angle_rad < least_rad).astype(np.int64)

    return _spans(*find_changes(is_blocked, start, end, _DAY_SPACING_S, _PRECISION_S))


@lru_cache(maxsize=64)
def _windows_of_block(spec: DownlinkSpec, view: View, block: int) -> tuple[Span, ...]:
    start = float(sol_start_tick(view.site, block * _BLOCK_SOLS)) - _SPACING_S
    end = float(sol_start_tick(view.site, (block + 1) * _BLOCK_SOLS)) + _SPACING_S
    least_rad = math.radians(spec.conjunction_deg)

    def is_free(times: Array) -> NDArray[np.int64]:
        earth = earth_at(view.site, times)
        hidden = is_behind_planet(
            view.body, view.orbit, view.site, times, (earth.elevation_rad, earth.azimuth_rad)
        )
        heard = np.zeros(times.shape, np.bool_)
        for station in spec.station:
            height_rad = station_elevation_rad(station, view, times, earth.light_time_s)
            heard |= height_rad > math.radians(station.mask_deg)
        clear = np.asarray(earth.sun_earth_mars_rad) >= least_rad
        return np.asarray(heard & clear & ~hidden).astype(np.int64)

    times, free = find_changes(is_free, start, end, _SPACING_S, _PRECISION_S)
    if bool(is_free(np.array([start]))[0]):
        times, free = np.append(start, times), np.append(1, free)
    if free.size and free[-1]:
        times, free = np.append(times, end), np.append(free, 0)
    return _spans(times, free)


def _spans(times: Array, values: NDArray[np.int64]) -> tuple[Span, ...]:
    """Pair each change to one with the change to zero that follows it."""
    return tuple(
        (math.ceil(first), math.ceil(last))
        for first, last, is_on in zip(times, times[1:], values, strict=False)
        if is_on
    )


@lru_cache(maxsize=512)
def _rate_of_sol(spec: DownlinkSpec, site: SiteSpec, sol: int) -> int:
    return rate_bit_s(spec, float(earth_at(site, midnight_s(site, sol)).distance_au))
