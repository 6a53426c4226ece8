"""What a drive will take, before anybody drives it: rehearsed over its whole way."""

import math
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from game.commands import Navigation
from game.mission.chart import Grid, is_charted
from game.rover.drive import DriveKind, DriveOrder, Ground
from game.rover.footing import Country, MappedGround, footing_at, zoned
from game.rover.mobility import believed_place
from game.rover.preview import DrivePreview, preview_drive, preview_route
from game.rover.rehearsal import Rehearsal, goto, rehearsed, rehearsing
from game.state import Setup, State
from game.units import WH_J

FIRST_M = 12.0  # for a first look, the cost of the first metres stands for the rest
MOST_KEPT = 64
SAME_PLACE_M = 0.5

Point = tuple[float, float]
Points = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a drive will take: way, energy with looks, time, and its worst place.

    `unseen_frac` of the way has not been seen: there it is the usual soil without stones that is
    counted, on the relief known from orbit. As long as it is not `is_whole`, only a part of the
    way has been looked at, and that part stands for the rest.
    """

    distance_m: float
    energy_wh: float
    duration_s: float
    slip_frac: float
    tilt_rad: float = 0.0
    unseen_frac: float = 0.0
    is_whole: bool = True


NOTHING = Estimate(0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=256)
def estimate(setup: Setup, start: Point, end: Point) -> Estimate:
    """Return what an autonomous drive takes from one place to another on ground that is known.

    It is rehearsed to its end at once, from a rover that faces its goal.
    """
    if math.dist(start, end) < 1.0:
        return replace(NOTHING, distance_m=math.dist(start, end))
    seen = rehearsed(
        setup.rover.mobility, _country(setup), start, _bearing_rad(start, end), goto(end)
    )
    return _priced(setup, seen)


@lru_cache(maxsize=256)
def outlined(setup: Setup, points: Points) -> Estimate:
    """Return what a way along points takes by straight lines, without bends round rocks: cheap."""
    if _length_m(points) < 1.0:
        return replace(NOTHING, distance_m=_length_m(points))
    return _priced(setup, preview_route(setup.rover.mobility, _country(setup), points))


def first_look(setup: Setup, start: Point, end: Point) -> Estimate:
    """Return what a way will take by its first metres, straight on: cheap, for every frame."""
    away_m = math.dist(start, end)
    if away_m < 1.0:
        return replace(NOTHING, distance_m=away_m)
    part = min(1.0, FIRST_M / away_m)
    ground = zoned(footing_at(setup.terrain, *start, setup.smallest_rock_m), setup.keep_out_circles)
    near = tuple(a + (b - a) * part for a, b in zip(start, end, strict=True))
    seen = preview_drive(setup.rover.mobility, ground, *start, near[0], near[1])
    found = _priced(setup, seen)
    return replace(
        found,
        distance_m=away_m,
        energy_wh=found.energy_wh / part,
        duration_s=found.duration_s / part,
        is_whole=part >= 1.0,
    )


class WayPrices:
    """Ways and what they take: a first look at once, the whole rehearsal in later frames."""

    def __init__(self) -> None:
        self._found: dict[_Asked, Estimate] = {}
        self._open: dict[_Asked, Rehearsal] = {}

    @property
    def is_busy(self) -> bool:
        """Whether a way that was asked for has not been rehearsed to its end."""
        return bool(self._open)

    def of(
        self,
        setup: Setup,
        state: State,
        points: Points,
        navigation: Navigation = Navigation.AUTONOMOUS,
    ) -> Estimate:
        """Return what a way along points will take, as far as that is known by now."""
        if _length_m(points) < 1.0:
            return replace(NOTHING, distance_m=_length_m(points))
        asked = _Asked(setup, _Seen(state.chart), points, _heading_rad(state, points), navigation)
        if asked in self._found:
            return self._found[asked]
        if asked not in self._open:
            while len(self._open) >= MOST_KEPT:  # a dragged way leaves many behind
                del self._open[next(iter(self._open))]
            self._open[asked] = asked.rehearsal()
        return _outlook(setup, points)

    def work(self, budget_s: float) -> bool:
        """Go on with what was asked for last, for a while; return whether there was any."""
        if not self._open:
            return False
        deadline = time.perf_counter() + budget_s
        while self._open and time.perf_counter() < deadline:
            asked = next(reversed(self._open))
            try:
                next(self._open[asked])
            except StopIteration as end:
                del self._open[asked]
                while len(self._found) >= MOST_KEPT:
                    del self._found[next(iter(self._found))]
                self._found[asked] = asked.priced(end.value)
        return True

    def finish(self) -> None:
        """Rehearse all to the end, for tests and stills."""
        while self._open:
            self.work(1.0)


class _Seen:
    """What has been seen: a chart by its identity, for its cells never change."""

    __slots__ = ("chart",)

    def __init__(self, chart: Grid) -> None:
        self.chart = chart

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and other.chart is self.chart

    def __hash__(self) -> int:
        return id(self.chart)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A way that somebody wants to know about."""

    setup: Setup
    seen: _Seen
    points: Points
    heading_rad: float
    navigation: Navigation

    def knows(self, x_m: float, y_m: float) -> bool:
        """Say whether a place has been seen."""
        return is_charted(self.setup.chart, self.seen.chart, x_m, y_m)

    def rehearsal(self) -> Rehearsal:
        """Begin to rehearse it on the ground as it is known."""
        start, (x_m, y_m) = self.points[0], self.points[-1]
        order = DriveOrder(
            DriveKind.GOTO,
            x_m=x_m,
            y_m=y_m,
            waypoints=self.points[1:-1],
            navigation=self.navigation,
        )
        ground = MappedGround(_country(self.setup), self.knows)
        pose = (*start, self.heading_rad)
        return rehearsing(self.setup.rover.mobility, ground, pose, order)

    def priced(self, seen: DrivePreview) -> Estimate:
        """Return what the rehearsal found, with how much of the way nobody has seen."""
        step_m = self.setup.chart.cell_m
        marks = []
        for a, b in pairwise(self.points):
            count = max(1, math.ceil(math.dist(a, b) / step_m))
            shares = ((k + 0.5) / count for k in range(count))
            marks += [self.knows(*(p + (q - p) * s for p, q in zip(a, b, strict=True)))
                      for s in shares]  # fmt: skip
        return replace(_priced(self.setup, seen), unseen_frac=marks.count(False) / len(marks))


@lru_cache(maxsize=64)
def _outlook(setup: Setup, points: Points) -> Estimate:
    """Return what is said of a way while it is being rehearsed."""
    legs = [first_look(setup, a, b) for a, b in pairwise(points)]
    return Estimate(
        sum(leg.distance_m for leg in legs),
        sum(leg.energy_wh for leg in legs),
        sum(leg.duration_s for leg in legs),
        max(leg.slip_frac for leg in legs),
        max(leg.tilt_rad for leg in legs),
        is_whole=False,
    )


def _heading_rad(state: State, points: Points) -> float:
    """Return where the nose points at the start: as it stands, or from elsewhere at the goal."""
    if math.dist(points[0], believed_place(state.rover.mobility)) < SAME_PLACE_M:
        return state.rover.mobility.estimate.heading_rad
    return _bearing_rad(points[0], next(p for p in points if p != points[0]))


def _bearing_rad(start: Point, end: Point) -> float:
    return math.atan2(end[0] - start[0], end[1] - start[1]) % math.tau


def _length_m(points: Points) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(points))


def _country(setup: Setup) -> Ground:
    return zoned(Country(setup.terrain, setup.smallest_rock_m), setup.keep_out_circles)


def _priced(setup: Setup, seen: DrivePreview) -> Estimate:
    looking_j = setup.rover.bus.awake_w * seen.duration_s
    return Estimate(
        seen.distance_m,
        (seen.energy_j + looking_j) / WH_J,
        seen.duration_s,
        seen.worst_slip_frac,
        seen.worst_tilt_rad,
    )
