"""What a drive will take, before anybody drives it: Wh, minutes, and the worst of its whole way.

Use: `way_price(setup, state, DriveTo(0.0, -40.0))`. A window that must not wait takes `pricing`
step by step. Both know what a planner may know: the ground that has been seen, usual soil without
stones where it has not, the relief from orbit, faults whose cause has been found, and no luck.
"""

import math
from collections.abc import Generator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from game.changes import changed
from game.commands import DriveTo
from game.events import StopReason
from game.machine import machine_of
from game.mission.chart import is_charted
from game.rover.drive import DriveKind, DriveOrder, Ground
from game.rover.faults import found_only
from game.rover.footing import Country, MappedGround, footing_at, zoned
from game.rover.gear import MobilitySpec
from game.rover.mobility import (
    MobilityState,
    as_believed,
    believed_place,
    initial_mobility,
    off_m,
    with_bus,
)
from game.rover.power import bus_v
from game.rover.preview import DrivePreview, preview_drive, preview_route
from game.rover.rehearsal import rehearsing
from game.state import Setup, State
from game.units import WH_J

FIRST_M = 12.0  # for a first look, the cost of the first metres stands for the rest
SAME_PLACE_M = 0.5
_SHORTEST_M = 1.0  # a shorter way costs nothing that anybody plans by

Point = tuple[float, float]
Points = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class WayPrice:
    """What a drive will take: its length, energy and time, and its worst place.

    energy_wh : of wheels, drive electronics, cameras, and the awake rover meanwhile. [Wh]
    unseen_frac : share of the straight way that no picture shows, where the rest is a guess. [-]
    ends : how it comes out; if not `DONE`, no sure way was found, and the rest is priced as
        straight lines.
    is_whole : whether all of the way has been rehearsed; until then a part stands for the rest.
    """

    distance_m: float
    energy_wh: float
    duration_s: float
    slip_frac: float = 0.0
    tilt_rad: float = 0.0
    unseen_frac: float = 0.0
    ends: StopReason = StopReason.DONE
    is_whole: bool = True


Pricing = Generator[WayPrice, None, WayPrice]


def way_price(setup: Setup, state: State, order: DriveTo, start: Point | None = None) -> WayPrice:
    """Work out what a drive to a place takes, to its end.

    Parameters
    ----------
    setup, state : Setup, State
        Where the mission stands; neither is changed.
    order : DriveTo
        The command as it would be given.
    start : tuple of float, optional
        East and north of another start than where the rover believes to be. [m]

    Returns
    -------
    WayPrice
        Middle values. On ground that has been seen, a drive that gets there comes out within a
        tenth of this energy and time.

    Notes
    -----
    The drive sets out now or, from another start, with a battery that drives at full speed.
    """
    steps = pricing(setup, state, order, start)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: WayPrice = end.value
            return found


def pricing(setup: Setup, state: State, order: DriveTo, start: Point | None = None) -> Pricing:
    """Work out the same step by step; each step yields what has come together so far."""
    begin = believed_place(state.rover.mobility) if start is None else start
    points = (begin, *order.waypoints, (order.x_m, order.y_m))
    if length_m(points) < _SHORTEST_M:
        return WayPrice(length_m(points), 0.0, 0.0)
    spec = _gear_now(setup, state)

    def is_seen(x_m: float, y_m: float) -> bool:
        return is_charted(setup.chart, state.chart, x_m, y_m)

    country = Country(setup.terrain, setup.smallest_rock_m)
    known_ground = MappedGround(country, (country, off_m(state.rover.mobility)), is_seen)
    ground = zoned(known_ground, setup.keep_out_circles)
    rover = _setting_out(setup, spec, state, points)
    wheels = DriveOrder(
        DriveKind.GOTO,
        x_m=order.x_m,
        y_m=order.y_m,
        waypoints=order.waypoints,
        navigation=order.navigation,
    )
    steps = rehearsing(spec, ground, rover, wheels)
    while True:
        try:
            yield replace(_priced(setup, next(steps)), is_whole=False)
        except StopIteration as end:
            unseen_frac = _unseen_frac(setup, state, points)
            return replace(_priced(setup, end.value), unseen_frac=unseen_frac)


@lru_cache(maxsize=256)
def outlined(setup: Setup, points: Points) -> WayPrice:
    """Return what a way along points takes by straight lines, without bends round rocks: cheap."""
    if length_m(points) < _SHORTEST_M:
        return WayPrice(length_m(points), 0.0, 0.0)
    return _priced(setup, preview_route(setup.rover.mobility, _country(setup), points))


def first_look(setup: Setup, start: Point, end: Point) -> WayPrice:
    """Return what a way will take by its first metres, straight on: cheap, for every frame."""
    away_m = math.dist(start, end)
    if away_m < _SHORTEST_M:
        return WayPrice(away_m, 0.0, 0.0)
    part = min(1.0, FIRST_M / away_m)
    ground = zoned(footing_at(setup.terrain, *start, setup.smallest_rock_m), setup.keep_out_circles)
    near = tuple(a + (b - a) * part for a, b in zip(start, end, strict=True))
    found = _priced(setup, preview_drive(setup.rover.mobility, ground, *start, near[0], near[1]))
    return replace(
        found,
        distance_m=away_m,
        energy_wh=found.energy_wh / part,
        duration_s=found.duration_s / part,
        is_whole=part >= 1.0,
    )


@lru_cache(maxsize=64)
def first_looks(setup: Setup, points: Points) -> WayPrice:
    """Return what a way along points will take by the first metres of each line."""
    legs = [first_look(setup, a, b) for a, b in pairwise(points)]
    return WayPrice(
        math.fsum(leg.distance_m for leg in legs),
        math.fsum(leg.energy_wh for leg in legs),
        math.fsum(leg.duration_s for leg in legs),
        max(leg.slip_frac for leg in legs),
        max(leg.tilt_rad for leg in legs),
        is_whole=False,
    )


def is_here(state: State, place: Point) -> bool:
    """Say whether a drive from a place starts where the rover stands."""
    return math.dist(place, believed_place(state.rover.mobility)) < SAME_PLACE_M


def length_m(points: Points) -> float:
    """Return the length of straight lines along points [m]."""
    return math.fsum(math.dist(a, b) for a, b in pairwise(points))


def _gear_now(setup: Setup, state: State) -> MobilitySpec:
    faults = found_only(state.rover.faults)
    rover = changed(state.rover, faults=faults) if state.rover.faults.active else state.rover
    return machine_of(setup, changed(state, rover=rover)).rover.mobility


def _setting_out(setup: Setup, spec: MobilitySpec, state: State, points: Points) -> MobilityState:
    """Return the rover at the start of a way: as it stands, or elsewhere with its nose ahead."""
    place, start = state.rover.mobility, points[0]
    if is_here(state, start) and not place.is_on_lander:
        return with_bus(spec, as_believed(place), bus_v(setup.rover.power, state.rover.power))
    ahead = next(point for point in points if point != start)
    heading_rad = math.atan2(ahead[0] - start[0], ahead[1] - start[1]) % math.tau
    return initial_mobility(*start, heading_rad, is_on_lander=False)


def _unseen_frac(setup: Setup, state: State, points: Points) -> float:
    """Return how much of the straight way no picture shows [-]."""
    seen_count, count = 0, 0
    for a, b in pairwise(points):
        pieces = max(1, math.ceil(math.dist(a, b) / setup.chart.cell_m))
        for number in range(pieces):
            share = (number + 0.5) / pieces
            x_m, y_m = (p + (q - p) * share for p, q in zip(a, b, strict=True))
            seen_count += is_charted(setup.chart, state.chart, x_m, y_m)
        count += pieces
    return 1.0 - seen_count / count


def _country(setup: Setup) -> Ground:
    return zoned(Country(setup.terrain, setup.smallest_rock_m), setup.keep_out_circles)


def _priced(setup: Setup, seen: DrivePreview) -> WayPrice:
    looking_j = setup.rover.bus.awake_w * seen.duration_s
    return WayPrice(
        seen.distance_m,
        (seen.energy_j + looking_j) / WH_J,
        seen.duration_s,
        seen.worst_slip_frac,
        seen.worst_tilt_rad,
        ends=seen.ends,
    )
