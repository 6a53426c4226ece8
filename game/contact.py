"""Who can talk to whom: passes as the rover meets them where it stands, and Earth.

Use: `passes_here(setup, rover, tick)`, `pass_here` and `next_pass_here` are the passes of
`orbiter/relay.py` with hills around the rover and a weak transmitter counted in; `is_heard` is
whether the orbiter can be used now. `uplink_tick` is when a command that is given now reaches
the rover, or None while the Sun stands between; `road_home` is the way of data.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, sol_of, sol_start_tick, tick_of_utc
from game.environment.earth import earth_at, light_time_s
from game.orbiter import fading
from game.orbiter.deep_space import NEVER, View, blackout_end, link_change, sent_tick
from game.orbiter.fading import Fades, fades_of
from game.orbiter.horizon import pass_behind
from game.orbiter.relay import OrbiterSpec, Pass, next_pass, pass_at, passes_near, volume_bit
from game.rover.radio import sending_energy_j
from game.rover.rover import RoverState
from game.rover.storage import Road
from game.search import find_changes
from game.state import Setup
from game.world.skyline import skyline_of_square, square_of

_LOOK_AHEAD_PASSES = 12
_EARTH_SPACING_S, _EARTH_PRECISION_S = 900.0, 0.5
_UPLINK_SOLS = 4

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PassPreview:
    """What can be known of a pass beforehand.

    `capacity_bit` is what the link carries if the radio is on from rise to set, `expected_bit`
    what of it arrives whole, on the average; nine of ten passes bring `low_bit` and one of ten
    `high_bit`. `energy_j` is the price of being on all the time.
    """

    window: Pass
    capacity_bit: int
    expected_bit: int
    low_bit: int
    high_bit: int
    energy_j: float


def likely_bits(setup: Setup, rover: RoverState, window: Pass) -> tuple[int, int]:
    """Return what nine of ten passes like this bring, and what one of ten does [bit]."""
    return fading.likely_bits(orbiter_of(setup, rover), setup.site, window)


def pass_here(setup: Setup, rover: RoverState, tick: int) -> Pass | None:
    """Return the pass whose usable window holds this tick, as the rover meets it."""
    window = pass_behind_hills(setup, rover, tick)
    if window is None:
        return None
    return window if window.usable_rise_tick <= tick < window.usable_set_tick else None


def pass_behind_hills(setup: Setup, rover: RoverState, tick: int) -> Pass | None:
    """Return the pass over open ground that holds this tick, less what hills hide of it."""
    place = rover.mobility
    east, north = square_of(place.x_m, place.y_m)
    return _behind_hills(setup, rover.radio.gain_db, east, north, tick)


def next_pass_here(setup: Setup, rover: RoverState, tick: int) -> Pass | None:
    """Return the first pass with a usable window that opens after this tick."""
    spec, after = orbiter_of(setup, rover), tick
    flat = pass_at(spec, setup.site, tick)  # hills may keep it shut for a while
    for _ in range(_LOOK_AHEAD_PASSES):
        if flat is not None:
            window = behind_hills(setup, rover, flat)
            if tick < window.usable_rise_tick < window.usable_set_tick:
                return window
            after = max(after, flat.usable_rise_tick)
        flat = next_pass(spec, setup.site, after)
        if flat is None:
            return None
    return None


def passes_here(setup: Setup, rover: RoverState, tick: int) -> tuple[Pass, ...]:
    """Return all passes of the sol of a tick, the sol before and the one after."""
    found = passes_near(orbiter_of(setup, rover), setup.site, tick)
    return tuple(behind_hills(setup, rover, one) for one in found)


def is_heard(setup: Setup, rover: RoverState, tick: int) -> bool:
    """Say whether the orbiter can be used at a moment."""
    return heard_pass(setup, rover, tick) is not None


def heard_pass(setup: Setup, rover: RoverState, tick: int) -> Pass | None:
    """Return the pass through which the orbiter can be used at a moment."""
    return None if is_silent(setup, tick) else pass_here(setup, rover, tick)


def orbiter_of(setup: Setup, rover: RoverState) -> OrbiterSpec:
    """Return the orbiter as the rover's transmitter, weak or not, reaches it."""
    return _heard_by(setup, rover.radio.gain_db)


def _heard_by(setup: Setup, gain_db: float) -> OrbiterSpec:
    return setup.orbiter if gain_db == 0.0 else _with_gain(setup.orbiter, gain_db)


def behind_hills(setup: Setup, rover: RoverState, window: Pass) -> Pass:
    """Return a pass with what the hills around the rover hide cut off."""
    place = rover.mobility
    east, north = square_of(place.x_m, place.y_m)
    return _cut(setup, rover.radio.gain_db, (east, north), window)


def _cut(setup: Setup, gain_db: float, square: tuple[int, int], window: Pass) -> Pass:
    if window.usable_rise_tick >= window.usable_set_tick:
        return window
    mask_rad = math.radians(setup.orbiter.link.mask_deg)
    hills = skyline_of_square(setup.terrain, square, setup.rover.radio.antenna_m, mask_rad)
    return _behind(_heard_by(setup, gain_db), setup.site, window, hills) if hills else window


def fades_here(setup: Setup, rover: RoverState, window: Pass) -> Fades:
    """Return the seconds that a pass will lose; the mission's luck, which no preview knows.

    A forecast, whose nature is the expected one, loses what a pass loses on the average.
    """
    spec = orbiter_of(setup, rover)
    if setup.environment.expected is not None:
        return fading.mean_fades(spec, setup.site, window)
    return _fades(spec, setup.site, window, setup.seed)


def expected_bit(setup: Setup, rover: RoverState, window: Pass) -> int:
    """Return what a whole pass may be expected to take, repeats not counted [bit]."""
    return fading.expected_bit(orbiter_of(setup, rover), setup.site, window)


def preview(setup: Setup, rover: RoverState, window: Pass) -> PassPreview:
    """Return what a pass can take and what it costs, before it is flown."""
    first, last = window.usable_rise_tick, window.usable_set_tick
    low_bit, high_bit = likely_bits(setup, rover, window)
    return PassPreview(
        window=window,
        capacity_bit=volume_bit(window, first, last),
        expected_bit=expected_bit(setup, rover, window),
        low_bit=low_bit,
        high_bit=high_bit,
        energy_j=sending_energy_j(setup.rover.radio, last - first),
    )


def sees_earth(setup: Setup, tick: int) -> bool:
    """Say whether the slow line to Earth works: Earth high enough, and clear of the Sun."""
    is_up = _earth_elevation_deg(setup.site, tick) > setup.rover.radio.direct_elevation_deg
    return is_up and blackout_until(setup, tick) is None


def is_direct(setup: Setup, tick: int) -> bool:
    """Say whether the slow line is in use: no orbiter in service, and Earth to be seen."""
    return not has_orbiter(setup, tick) and sees_earth(setup, tick)


def has_orbiter(setup: Setup, tick: int) -> bool:
    """Say whether a relay is in service: arrived, not at the end of its life, and not silent."""
    orbit = setup.orbiter.orbit
    if is_silent(setup, tick):
        return False
    has_come = not orbit.start_utc or tick >= tick_of_utc(setup.site, orbit.start_utc)
    return has_come and (not orbit.end_utc or tick < tick_of_utc(setup.site, orbit.end_utc))


def is_silent(setup: Setup, tick: int) -> bool:
    """Say whether the orbiter is out of service for a while."""
    return any(outage.start_tick <= tick < outage.end_tick for outage in setup.outages)


def blackout_until(setup: Setup, tick: int) -> int | None:
    """Return when a solar conjunction that covers this tick is over; None if there is none."""
    return blackout_end(setup.orbiter.downlink, setup.site, tick)


def dish_change(setup: Setup, tick: int) -> tuple[bool, int]:
    """Return whether a dish on Earth sees the orbiter, and when that changes [s]."""
    return link_change(setup.orbiter.downlink, _view(setup), tick)


def uplink_tick(setup: Setup, rover: RoverState, tick: int) -> int | None:
    """Return when a command that is given now reaches the rover; None if it cannot be sent.

    With delay it travels at the speed of light. With uplink windows it gets in only through a
    pass, or while Earth stands over the rover's horizon.
    """
    if blackout_until(setup, tick) is not None:
        return None
    arrival = tick
    if setup.is_delayed:
        arrival += round(float(light_time_s(setup.site, float(tick))))
    return _into_window(setup, rover, arrival) if setup.is_windowed else arrival


def road_home(setup: Setup, end_tick: int, *, is_direct: bool) -> Road:
    """Return the way home of what goes up in a step that ends at a tick."""
    light_s = round(float(light_time_s(setup.site, float(end_tick))))
    if is_direct:
        return Road(lambda _, free_tick: (end_tick + light_s, free_tick), end_tick + 2 * light_s)
    return relayed(setup, end_tick)


def relayed(setup: Setup, tick: int) -> Road:
    """Return the way home of what reaches the orbiter at a tick."""
    spec = setup.orbiter.downlink
    view = _view(setup)

    def home(size_bit: int, free_tick: int) -> tuple[int, int]:
        sent = sent_tick(spec, view, max(tick + spec.delay_s, free_tick), size_bit)
        if sent == NEVER:
            return NEVER, free_tick
        return sent + round(float(light_time_s(setup.site, float(sent)))), sent

    return Road(home, tick + spec.confirm_s)


@lru_cache(maxsize=8)
def _view(setup: Setup) -> View:
    return View(setup.orbiter.body, setup.orbiter.orbit, setup.site)


def _into_window(setup: Setup, rover: RoverState, tick: int) -> int | None:
    """Return the first moment from a tick on at which a command can come in."""
    if _is_in(setup, rover, tick):
        return tick
    coming = next_pass_here(setup, rover, tick)
    found = [] if coming is None else [coming.usable_rise_tick]
    sol = sol_of(setup.site, tick)
    least_deg = setup.rover.radio.direct_elevation_deg
    found += [
        rise
        for near in range(sol, sol + _UPLINK_SOLS)
        for rise in _earth_rises(setup.site, near, least_deg)
        if rise > tick
    ]
    return min((one for one in found if _is_in(setup, rover, one)), default=None)


def _is_in(setup: Setup, rover: RoverState, tick: int) -> bool:
    return is_heard(setup, rover, tick) or sees_earth(setup, tick)


@lru_cache(maxsize=64)
def _earth_rises(site: SiteSpec, sol: int, least_deg: float) -> tuple[int, ...]:
    """Return when Earth comes above a height in a sol [s]."""
    start, end = float(sol_start_tick(site, sol)), float(sol_start_tick(site, sol + 1))
    least_rad = math.radians(least_deg)

    def is_up(times: Array) -> NDArray[np.int64]:
        return np.asarray(earth_at(site, times).elevation_rad > least_rad).astype(np.int64)

    times, values = find_changes(is_up, start, end, _EARTH_SPACING_S, _EARTH_PRECISION_S)
    return tuple(math.ceil(time) for time, up in zip(times, values, strict=True) if up)


@lru_cache(maxsize=64)
def _earth_elevation_deg(site: SiteSpec, tick: int) -> float:
    return math.degrees(float(earth_at(site, float(tick)).elevation_rad))


@lru_cache(maxsize=16)
def _with_gain(spec: OrbiterSpec, gain_db: float) -> OrbiterSpec:
    link = replace(spec.link, radiated_dbm=spec.link.radiated_dbm + gain_db)
    return replace(spec, link=link)


@lru_cache(maxsize=256)
def _behind(spec: OrbiterSpec, site: SiteSpec, window: Pass, hills: tuple[float, ...]) -> Pass:
    return pass_behind(spec, site, window, hills)


@lru_cache(maxsize=8)
def _behind_hills(setup: Setup, gain_db: float, east: int, north: int, tick: int) -> Pass | None:
    """Find a pass once for all who ask in one step: edges, step length and radio."""
    flat = pass_at(_heard_by(setup, gain_db), setup.site, tick)
    return None if flat is None else _cut(setup, gain_db, (east, north), flat)


@lru_cache(maxsize=64)
def _fades(spec: OrbiterSpec, site: SiteSpec, window: Pass, seed: int) -> Fades:
    return fades_of(spec, site, window, seed)
