"""Prices of ways for the window: a first look at once, the whole rehearsal in later frames."""

import time
from dataclasses import dataclass, replace

from game.commands import DriveTo, Navigation
from game.mission.chart import Grid
from game.rover.faults import Fault, found_only
from game.rover.power import charge_frac
from game.state import Setup, State
from game.way_price import Points, Pricing, WayPrice, first_looks, is_here, length_m, pricing

MOST_KEPT = 64
_NEAR_M = 1.0
_RUNGS = 20  # charge is told apart by twentieths


class WayPrices:
    """What ways will take, as far as it is known by now."""

    def __init__(self) -> None:
        self._found: dict[_Asked, WayPrice] = {}
        self._open: dict[_Asked, tuple[Pricing, WayPrice]] = {}

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
    ) -> WayPrice:
        """Return what a way along points will take: until it is whole, with its worst so far."""
        if length_m(points) < _NEAR_M:
            return WayPrice(length_m(points), 0.0, 0.0)
        asked = _asked(setup, state, points, navigation)
        if asked in self._found:
            return self._found[asked]
        if asked not in self._open:
            while len(self._open) >= MOST_KEPT:  # a dragged way leaves many behind
                del self._open[next(iter(self._open))]
            order = DriveTo(*points[-1], points[1:-1], navigation)
            steps = pricing(setup, state, order, points[0])
            outlook = replace(first_looks(setup, points), slip_frac=0.0, tilt_rad=0.0)
            self._open[asked] = (steps, outlook)
        return self._open[asked][1]

    def whole(
        self,
        setup: Setup,
        state: State,
        points: Points,
        navigation: Navigation = Navigation.AUTONOMOUS,
    ) -> WayPrice:
        """Return what a way along points will take, at once: for tests and stills."""
        self.of(setup, state, points, navigation)
        self.finish()
        return self.of(setup, state, points, navigation)

    def work(self, budget_s: float) -> bool:
        """Go on with what was asked for last, for a while; return whether there was any."""
        if not self._open:
            return False
        deadline = time.perf_counter() + budget_s
        while self._open and time.perf_counter() < deadline:
            asked = next(reversed(self._open))
            steps, outlook = self._open[asked]
            try:
                so_far = next(steps)
            except StopIteration as end:
                del self._open[asked]
                while len(self._found) >= MOST_KEPT:
                    del self._found[next(iter(self._found))]
                self._found[asked] = end.value
            else:
                self._open[asked] = (steps, _with_worst(outlook, so_far))
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
    """A way that somebody wants to know about, and what its price hangs on."""

    setup: Setup
    seen: _Seen
    points: Points
    navigation: Navigation
    heading_rad: float | None
    charge: int
    faults: tuple[Fault, ...]


def _asked(setup: Setup, state: State, points: Points, navigation: Navigation) -> _Asked:
    rover = state.rover
    here = is_here(state, points[0])
    return _Asked(
        setup,
        _Seen(state.chart),
        points,
        navigation,
        rover.mobility.estimate.heading_rad if here else None,
        round(_RUNGS * charge_frac(setup.rover.power, rover.power)) if here else _RUNGS,
        found_only(rover.faults).active,
    )


def _with_worst(outlook: WayPrice, so_far: WayPrice) -> WayPrice:
    """Keep what the first metres say of the whole way; its worst is what was met so far."""
    return replace(outlook, slip_frac=so_far.slip_frac, tilt_rad=so_far.tilt_rad)
