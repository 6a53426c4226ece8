"""A competent planner: drives south, samples soil and air, serves the passes, keeps the battery.

Every morning it lays out the day: what is near is sampled, then a drive towards the next place over
ground that its picture shows, then more pictures, weather at an hour not yet heard, and the noon
pass. In the evening the night pass gets what charge the forecast can spare. Its score is the bronze
medal.
"""

import math
from dataclasses import dataclass, replace

from game.agents.observation import Observation
from game.commands import Activity, ActivityKind, Command, Creep, UplinkPlan
from game.environment.clock import lmst_h, tick_at
from game.events import ActivityEnded, ActivityOutcome, Event
from game.mission.plan import Plan, sorted_plan
from game.orbiter.relay import Pass, volume_bit

Kind = ActivityKind


@dataclass(frozen=True, slots=True)
class Habits:
    """How the baseline plans: hours are local mean time [h], ways in metres, the rest as named.

    It samples once in each square of `spot_m`, looks down at `look_down_rad`, has `reserve_s` in
    hand for a drive, and sends through a pass of `long_pass_s` if that pays for `least_send_s`.
    """

    morning_h: float = 8.5
    work_h: float = 9.6
    evening_h: float = 17.0
    drive_m: float = 14.0
    speed_m_s: float = 0.011
    sidestep_m: float = 9.0
    spare_frac: float = 0.06
    rest_frac: float = 0.10
    least_bit: int = 1_000_000
    air_s: int = 5400
    air_step_h: float = 7.0
    panorama_sols: int = 2
    before_pass_s: int = 150
    gap_s: int = 120
    ramp_s: int = 1800
    reserve_s: int = 600
    spot_m: float = 8.0
    look_down_rad: float = -0.12
    long_pass_s: int = 3600
    least_send_s: int = 900


class BaselineAgent:
    """Plans twice a sol: the work at half past eight, the night pass in the evening."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._habits = Habits()
        self._short_count = 0
        self._sampled: set[tuple[int, int]] = set()

    def commands(self, seen: Observation) -> tuple[Command, ...]:
        """Return the plan of the coming hours, or a way out of a trap."""
        if seen.is_embedded:
            return (Creep(-4.0),)
        if lmst_h(seen.site, seen.tick) < self._habits.evening_h:
            return (*seen.remedies, UplinkPlan(self._day(seen)))
        return (*seen.remedies, UplinkPlan(self._night(seen)))

    def wake_tick(self, seen: Observation) -> int:
        """Return the next morning or evening."""
        moments = (
            tick_at(seen.site, day, hour)
            for day in (seen.sol, seen.sol + 1)
            for hour in (self._habits.morning_h, self._habits.evening_h)
        )
        return min(moment for moment in moments if moment > seen.tick)

    def hear(self, events: tuple[Event, ...]) -> None:
        """Count drives that ended short, to step aside the next time."""
        for event in events:
            if isinstance(event, ActivityEnded) and event.kind is Kind.DRIVE:
                if event.outcome is ActivityOutcome.REPLACED:
                    continue  # it has never been tried
                self._short_count = 0 if event.is_done else self._short_count + 1

    def _day(self, seen: Observation) -> Plan:
        morning = tick_at(seen.site, seen.sol + 1, self._habits.morning_h)
        draft = _Draft(seen, self._habits)
        for one in seen.passes(seen.tick, morning):
            if _length_s(one) < self._habits.long_pass_s:
                draft.radio(one.usable_rise_tick - self._habits.before_pass_s, one.usable_set_tick)
        if seen.is_puzzled:
            draft.add(Kind.DIAGNOSE, seen.diagnosis_s)
        if seen.charge_frac < seen.floor_frac + self._habits.rest_frac:
            return draft.plan()
        if seen.is_on_lander:
            if seen.sol >= seen.roll_off_sol:
                draft.add(Kind.ROLL_OFF, self._habits.ramp_s)
                draft.look(math.pi)
        else:
            self._field_work(draft)
        draft.weather()
        return draft.plan()

    def _night(self, seen: Observation) -> Plan:
        """Keep what is planned, and spend what the battery can spare on the long pass."""
        if seen.queued_bit < self._habits.least_bit:
            return seen.plan
        morning = tick_at(seen.site, seen.sol + 1, self._habits.morning_h)
        course = seen.foresee(seen.plan, morning)
        floor = seen.floor_frac + self._habits.spare_frac
        spare_j = (float(course.charge_low_frac.min()) - floor) * seen.capacity_j
        passes = seen.passes(seen.tick, morning)
        sends = _night_sends(self._habits, passes, spare_j / seen.send_w)
        return sorted_plan((*seen.plan, *sends))

    def _field_work(self, draft: "_Draft") -> None:
        spot = draft.spot()
        if spot not in self._sampled:
            self._sampled.add(spot)
            draft.use(Kind.SOIL)
            draft.look(draft.heading_rad())
        goal = next_place(draft.seen)
        side_m = 0.0
        if self._short_count:
            side_m = self._habits.sidestep_m * (-1.0) ** self._short_count * self._short_count
        leg = draft.leg(goal, side_m)
        if leg is not None:
            draft.look(draft.azimuth_to(leg))
            draft.drive(leg)
        draft.use(Kind.SOIL)
        draft.look(draft.azimuth_to(goal))
        is_turn = draft.seen.sol % self._habits.panorama_sols == 0
        if is_turn and draft.seen.queued_bit < draft.noon_bit:
            draft.use(Kind.PANORAMA)


class _Draft:
    """A plan in the making: a clock that runs through the working day."""

    def __init__(self, seen: Observation, habits: Habits) -> None:
        self.seen = seen
        self._habits = habits
        self._clock = max(seen.tick, tick_at(seen.site, seen.sol, habits.work_h))
        self._evening = tick_at(seen.site, seen.sol, habits.evening_h)
        self._activities: list[Activity] = []
        self._place = seen.place_m
        self.noon_bit = 0

    def plan(self) -> Plan:
        """Return what has been laid out."""
        numbered = (replace(a, number=n) for n, a in enumerate(self._activities, 1))
        return sorted_plan(tuple(numbered))

    def spot(self) -> tuple[int, int]:
        """Return the square of some metres that the rover stands on."""
        x_m, y_m = self.seen.place_m
        return round(x_m / self._habits.spot_m), round(y_m / self._habits.spot_m)

    def heading_rad(self) -> float:
        """Return where the rover looks."""
        return self.seen.heading_rad

    def azimuth_to(self, goal: tuple[float, float]) -> float:
        """Return the direction of a goal, clockwise from north [rad]."""
        return math.atan2(goal[0] - self._place[0], goal[1] - self._place[1]) % math.tau

    def radio(self, start_tick: int, end_tick: int) -> None:
        """Send during a short pass; what it carries is the measure for the camera."""
        self._activities.append(Activity(0, Kind.SEND, start_tick, end_tick - start_tick))
        for one in self.seen.passes(start_tick, end_tick):
            self.noon_bit += volume_bit(one, start_tick, end_tick)

    def add(self, kind: ActivityKind, seconds: int, azimuth_rad: float = 0.0) -> None:
        """Put one more activity behind the others, if the day is long enough."""
        if self._clock + seconds > self._evening:
            return
        self._activities.append(
            Activity(
                0,
                kind,
                self._clock,
                seconds,
                azimuth_rad=azimuth_rad,
                elevation_rad=self._habits.look_down_rad,
            )
        )
        self._clock += seconds + self._habits.gap_s

    def use(self, kind: ActivityKind, azimuth_rad: float = 0.0) -> None:
        """Put the usual work of an instrument behind the others."""
        self.add(kind, self.seen.usual_s[kind], azimuth_rad)

    def look(self, azimuth_rad: float) -> None:
        """Take one picture."""
        self.use(Kind.PICTURE, azimuth_rad)

    def leg(self, goal: tuple[float, float], side_m: float) -> tuple[float, float] | None:
        """Return where to drive: towards a goal as far as a sol's way reaches, or aside."""
        x_m, y_m = self._place
        way_m = math.dist(self._place, goal)
        if way_m < 1.0:
            return None
        reach_m = min(way_m, self._habits.drive_m)
        if side_m:
            reach_m = min(reach_m, 2.0 * self._habits.sidestep_m)
        east, north = (goal[0] - x_m) / way_m, (goal[1] - y_m) / way_m
        return x_m + east * reach_m + north * side_m, y_m + north * reach_m - east * side_m

    def drive(self, leg: tuple[float, float]) -> None:
        """Drive there, if the day is long enough."""
        seconds = int(math.dist(self._place, leg) / self._habits.speed_m_s)
        seconds += self._habits.reserve_s
        if self._clock + seconds > self._evening:
            return
        self._activities.append(Activity(0, Kind.RADAR, self._clock, seconds))
        self._activities.append(Activity(0, Kind.DRIVE, self._clock, seconds, *leg))
        self._clock += seconds + self._habits.gap_s
        self._place = leg

    def weather(self) -> None:
        """Listen to the air at an hour that moves on from sol to sol."""
        site, sol = self.seen.site, self.seen.sol
        hour = (sol * self._habits.air_step_h) % 24.0
        start = tick_at(site, sol, hour)
        if start < self.seen.tick:
            start = tick_at(site, sol + 1, hour)
        start = max(start, self._clock)
        morning = tick_at(site, sol + 1, self._habits.morning_h)
        if start + self._habits.air_s < morning:
            self._activities.append(Activity(0, Kind.AIR, start, self._habits.air_s, priority=4))


def next_place(seen: Observation) -> tuple[float, float]:
    """Return the nearest goal not yet reached, or a point further south when all are."""
    here = seen.place_m
    if not seen.targets:
        return here[0], here[1] - 40.0
    best = min(seen.targets, key=lambda place: math.dist(here, (place.x_m, place.y_m)))
    return best.x_m, best.y_m


def _length_s(one: Pass) -> int:
    return one.usable_set_tick - one.usable_rise_tick


def _night_sends(habits: Habits, passes: tuple[Pass, ...], spare_s: float) -> tuple[Activity, ...]:
    """Spend spare charge on the long pass, in its better half, no longer than it can pay for."""
    seconds = int(spare_s)
    for one in passes:
        if _length_s(one) < habits.long_pass_s or seconds < habits.least_send_s:
            continue
        rise, fall = one.usable_rise_tick, one.usable_set_tick
        seconds = min(seconds, fall - rise)
        early = volume_bit(one, rise, rise + seconds)
        late = volume_bit(one, fall - seconds, fall)
        start = rise if early >= late else fall - seconds
        return (Activity(0, Kind.SEND, start, seconds),)
    return ()
