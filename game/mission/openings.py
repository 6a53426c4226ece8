"""When an activity could begin: by the rover's own conditions along the forecast, and its lane.

Use: `openings(review).starts(activity, after)`. Beyond the end of the forecast, motors at rest
follow the expected weather; box, hinges and charge are taken as they were a sol before.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.commands import Activity, ActivityKind
from game.environment.surroundings import Surroundings
from game.mission.flight_rules import Review, Series
from game.rover.instruments import instrument_for
from game.rover.lanes import DRIVES, WING_WORK, Lane, lane_of
from game.rover.motors import MotorSpec
from game.rover.refusals import duration_s
from game.rover.warm_up import ON_MAST, parked_k
from game.units import SOL_S

Flags = NDArray[np.bool_]
Ticks = NDArray[np.int64]
SEARCH_S = 100_000  # how far ahead a better time is looked for: a little more than a sol
HAIR_K, HAIR_FRAC = 1.0, 0.01  # nearer to a limit than this, the forecast is not sure enough
LIGHT, WARMTH, BOX, CHARGE, HINGES = "light", "warmth", "box", "charge", "hinges"


class Openings:
    """The hours of one plan under review; what has been asked of the weather is remembered."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._felt: dict[int, Surroundings] = {}
        self._is_day: dict[int, bool] = {}
        self._parked: dict[str, tuple[Series, Series]] = {}
        self._taken: dict[Lane, tuple[Ticks, Ticks, Ticks]] = {}

    def starts(self, activity: Activity, after: int, *, is_warmed_s: int = -1) -> Ticks:
        """Return the moments at which an activity could begin, in order [s of mission time].

        Parameters
        ----------
        activity : Activity
            One of the plan, or one that would be.
        after : int
            The first moment that is looked at. [s]
        is_warmed_s : int
            Length of a warm-up just before it, which needs its lane, too; -1 for none. [s]
        """
        step_s = self._review.rules.step_s
        grid = np.arange(after // step_s + 1, (after + SEARCH_S) // step_s, dtype=np.int64)
        tick = np.append(after, grid * step_s)  # the same moments for all, so each is asked once
        length_s = duration_s(self._review.rules.rover, activity)
        warm_s = max(is_warmed_s, 0)
        tick = tick[self.is_free(activity, tick - warm_s, length_s + warm_s)]
        for name in (CHARGE, BOX, HINGES, WARMTH, LIGHT):  # the dearest question comes last
            if tick.size and not (name == WARMTH and is_warmed_s >= 0):
                tick = tick[self.fits(name, activity, tick)]
        return tick

    def lack(self, activity: Activity, tick: int) -> str:
        """Return what an activity lacks at a moment; empty if these conditions all hold."""
        at = np.array([tick])
        names = (LIGHT, CHARGE, WARMTH, HINGES, BOX)
        return next((name for name in names if not self.fits(name, activity, at)[0]), "")

    def is_free(self, activity: Activity, start: Ticks, length_s: int) -> Flags:
        """Say for every start whether nothing else has the lane of an activity until its end."""
        number, begin, end = self._lane(lane_of(activity.kind))
        others = number != activity.number
        begin, end, at = begin[others], end[others], start[:, None]
        return np.asarray(~np.any((begin < at + length_s) & (at < end), axis=1))

    def fits(self, name: str, activity: Activity, tick: Ticks) -> Flags:
        """Say for every moment whether one condition of an activity holds."""
        rules, course, kind = self._review.rules, self._review.course, activity.kind
        tool = instrument_for(rules.rover.instruments, kind)
        if name == LIGHT and kind in ON_MAST:
            return self._is_lit(activity, tick)
        if name == WARMTH and (motors := self.motors_of(kind)) is not None:
            return np.asarray(self.motors_k(kind, tick) >= motors.min_k + HAIR_K)
        if name == BOX and tool is not None:
            box_k = self._as_before(course.box_k, tick)
            return np.asarray((box_k >= tool.coldest_k) & (box_k <= tool.warmest_k))
        if name == HINGES and kind in WING_WORK and course.shell_k.size:
            least_k = rules.rover.power.wings.hinge_min_k
            return np.asarray(self._as_before(course.shell_k, tick) >= least_k)
        if name == CHARGE and kind is not ActivityKind.SLEEP and lane_of(kind) is not Lane.SETTING:
            charge = self._as_before(course.charge_frac, tick)
            return np.asarray(charge >= rules.charge_floor_frac + HAIR_FRAC)
        return np.ones(tick.size, dtype=np.bool_)

    def motors_of(self, kind: ActivityKind) -> MotorSpec | None:
        """Return the motors that work needs warm."""
        if kind in ON_MAST:
            return self._review.rules.rover.mast
        return self._review.rules.rover.motors if kind in DRIVES else None

    def motors_k(self, kind: ActivityKind, tick: Ticks) -> Series:
        """Return how warm the motors are that work needs; as warm as may be if nobody knows [K]."""
        name = "mast_k" if kind in ON_MAST else "motor_k"
        motors, course = self.motors_of(kind), self._review.course
        known: Series = getattr(course, name)
        if motors is None or not known.size:
            return np.full(tick.size, np.inf)
        if tick[-1] <= course.tick[-1] or self._review.around.felt is None:
            return np.interp(tick, course.tick, known)
        if name not in self._parked:
            self._parked[name] = self._at_rest(motors, float(known[-1]))
        ticks, temperature_k = self._parked[name]
        return np.interp(tick, np.append(course.tick, ticks), np.append(known, temperature_k))

    def felt(self, tick: int) -> Surroundings | None:
        """Return the weather that is expected at a moment."""
        if self._review.around.felt is None:
            return None
        if tick not in self._felt:
            self._felt[tick] = self._review.around.felt(tick)
        return self._felt[tick]

    def _at_rest(self, motors: MotorSpec, before_k: float) -> tuple[Series, Series]:
        """Follow motors beyond the end of the forecast."""
        assert self._review.around.felt is not None
        step_s, end = self._review.rules.step_s, int(self._review.course.tick[-1])
        ticks, found = range(end, end + 2 * SEARCH_S, step_s), list[float]()
        for tick in ticks:
            before_k = parked_k(motors, before_k, (tick, tick + step_s), self._review.around.felt)
            found.append(before_k)
        return np.array(ticks) + float(step_s), np.array(found)

    def _is_lit(self, activity: Activity, tick: Ticks) -> Flags:
        """Say when there is light enough for the whole of a picture."""
        rover, daylight = self._review.rules.rover, self._review.around.daylight
        tool = instrument_for(rover.instruments, activity.kind)
        least_w_m2 = 0.0 if tool is None else tool.light_w_m2
        step_s, length_s = self._review.rules.step_s, duration_s(rover, activity)
        found = np.zeros(tick.size, dtype=np.bool_)
        for at, start in enumerate(tick.tolist()):
            if start not in self._is_day:
                self._is_day[start] = daylight(start)
            if self._is_day[start]:
                ends = -(-(start + length_s) // step_s) * step_s
                lights = (self.felt(start), self.felt(ends))
                found[at] = all(one is None or one.global_w_m2 > least_w_m2 for one in lights)
        return found

    def _as_before(self, series: Series, tick: Ticks) -> Series:
        """Read a series; after its end as it was a sol before."""
        course_tick = self._review.course.tick
        known = np.where(tick > course_tick[-1], tick - SOL_S, tick)
        return np.interp(known, course_tick, series)

    def _lane(self, lane: Lane) -> tuple[Ticks, Ticks, Ticks]:
        """Return number, begin and end of all that needs a lane."""
        if lane not in self._taken:
            taken = [
                (a.number, a.start_tick, a.start_tick + a.duration_s)
                for a in self._review.plan
                if lane is not Lane.SETTING
                and a.kind is not ActivityKind.SLEEP
                and lane_of(a.kind) is lane
            ]
            number, begin, end = np.array(taken, dtype=np.int64).reshape(-1, 3).T
            self._taken[lane] = number, begin, end
        return self._taken[lane]


@lru_cache(maxsize=2)
def openings(review: Review) -> Openings:
    """Return the hours of a plan under review."""
    return Openings(review)
