"""A competent planner: drives south, samples soil and air, serves the passes, keeps the battery.

Every morning it lays out the day: what is near is sampled, then a drive towards the next place over
ground that its picture shows, then more pictures, weather at an hour not yet heard, and the noon
pass. A drive that was stopped is tried to one side, then to the other, then from farther back, and
soft ground is left at a creep. In the evening the night pass gets what charge the forecast can
spare, if there is more than the next noon pass will take. Its score is the bronze medal.
"""

import math
from dataclasses import dataclass, replace

from game.agents.observation import Observation
from game.commands import Activity, ActivityKind, Command, Creep, Navigation, UplinkPlan
from game.environment.clock import lmst_h, tick_at
from game.events import ActivityEnded, ActivityOutcome, DriveEnded, Event, StopReason
from game.mission.plan import Plan, sorted_plan
from game.orbiter.relay import Pass, volume_bit

Kind = ActivityKind
_SOFT = (StopReason.SLIP, StopReason.SINKING, StopReason.EMBEDDED)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the baseline plans: hours are local mean time [h], ways in metres, the rest as named.

    It samples once in each square of `spot_m`, looks down at `look_down_rad`, has `detour_s` in
    hand for a drive, and sends through a pass of `long_pass_s` if that pays for `least_send_s`.
    """

    morning_h: float = 8.5
    work_h: float = 9.6
    evening_h: float = 17.0
    drive_m: float = 14.0
    least_m: float = 4.0
    speed_m_s: float = 0.011
    creep_m_s: float = 0.0015
    detour_s: int = 1200
    sidestep_m: float = 9.0
    back_m: float = 9.0
    spare_frac: float = 0.06
    rest_frac: float = 0.10
    least_bit: int = 1_000_000
    noon_frac: float = 0.5
    roomy_bit: int = 250_000_000
    air_s: int = 5400
    air_step_h: float = 7.0
    panorama_sols: int = 2
    before_pass_s: int = 150
    gap_s: int = 120
    ramp_s: int = 1800
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
        self._is_soft = False
        self._sampled: set[tuple[int, int]] = set()
        self._scanned: set[tuple[int, int]] = set()

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
            elif isinstance(event, DriveEnded):
                self._is_soft = event.reason in _SOFT

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
        morning = tick_at(seen.site, seen.sol + 1, self._habits.morning_h)
        if seen.queued_bit < max(self._habits.least_bit, self._noon_share_bit(seen, morning)):
            return seen.plan
        course = seen.foresee(seen.plan, morning)
        floor = seen.floor_frac + self._habits.spare_frac
        spare_j = (float(course.charge_low_frac.min()) - floor) * seen.capacity_j
        passes = seen.passes(seen.tick, morning)
        sends = _night_sends(self._habits, passes, spare_j / seen.send_w)
        return sorted_plan((*seen.plan, *sends))

    def _noon_share_bit(self, seen: Observation, morning: int) -> float:
        """Return how much may wait for the short pass of tomorrow; nothing on the last evening."""
        if seen.sol + 1 >= seen.last_sol:
            return 0.0
        tomorrow = seen.passes(morning, tick_at(seen.site, seen.sol + 1, self._habits.evening_h))
        noon_bit = sum(
            _whole_bit(one) for one in tomorrow if (_length_s(one) < self._habits.long_pass_s)
        )
        return self._habits.noon_frac * noon_bit

    def _field_work(self, draft: "_Draft") -> None:
        self._sample(draft)
        self._go_on(draft)
        if draft.is_last:
            return  # what is measured now would never get home
        self._sample(draft)
        if draft.left_m > self._habits.least_m and not self._short_count:
            self._go_on(draft)  # it was not far: on to the next place
            self._sample(draft)
        goal = draft.next_place()
        draft.look(draft.azimuth_to(goal))
        room_bit = draft.noon_bit - draft.seen.queued_bit
        if room_bit > 0:
            is_turn = draft.seen.sol % self._habits.panorama_sols == 0
            if is_turn or room_bit > self._habits.roomy_bit:
                draft.use(Kind.PANORAMA)
            if not is_turn:
                draft.use(Kind.MULTISPECTRAL, draft.azimuth_to(goal))

    def _go_on(self, draft: "_Draft") -> None:
        leg = draft.leg(draft.next_place(), self._short_count)
        if leg is not None:
            draft.look(draft.azimuth_to(leg))
            draft.drive(leg, is_crept=self._is_soft and self._short_count > 1)

    def _sample(self, draft: "_Draft") -> None:
        """Shoot at a spot once, and look at it in the infrared once."""
        spot = draft.spot()
        if spot not in self._sampled:
            self._sampled.add(spot)
            draft.use(Kind.SOIL)
        elif spot not in self._scanned:
            self._scanned.add(spot)
            draft.use(Kind.INFRARED)


class _Draft:
    """A plan in the making: a clock that runs through the working day."""

    def __init__(self, seen: Observation, habits: Habits) -> None:
        self.seen = seen
        self._habits = habits
        self._clock = max(seen.tick, tick_at(seen.site, seen.sol, habits.work_h))
        self._evening = tick_at(seen.site, seen.sol, habits.evening_h)
        self._activities: list[Activity] = []
        self._place = seen.place_m
        self._targets = [(one.x_m, one.y_m) for one in seen.targets]
        self.left_m = habits.drive_m
        self.noon_bit = 0
        self.is_last = seen.sol >= seen.last_sol

    def plan(self) -> Plan:
        """Return what has been laid out."""
        numbered = (replace(a, number=n) for n, a in enumerate(self._activities, 1))
        return sorted_plan(tuple(numbered))

    def spot(self) -> tuple[int, int]:
        """Return the square of some metres that the rover will stand on."""
        x_m, y_m = self._place
        return round(x_m / self._habits.spot_m), round(y_m / self._habits.spot_m)

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

    def next_place(self) -> tuple[float, float]:
        """Return the nearest goal not yet reached, or a point further south when all are."""
        x_m, y_m = self._place
        if not self._targets:
            return x_m, y_m - 40.0
        return min(self._targets, key=lambda place: math.dist((x_m, y_m), place))

    def leg(self, goal: tuple[float, float], short_count: int) -> tuple[float, float] | None:
        """Return where to drive: towards a goal as far as a sol's way reaches, or round trouble.

        After a stop it goes on to one side, after the next to the other; then it backs out the same
        way and tries again. All of it lies within one picture.
        """
        x_m, y_m = self._place
        way_m = math.dist(self._place, goal)
        if way_m < 1.0:
            return None
        reach_m, side_m = min(way_m, self.left_m), 0.0
        if short_count:
            side_m = self._habits.sidestep_m * (-1.0) ** short_count
            is_back = (short_count - 1) // 2 % 2 == 1
            reach_m = -self._habits.back_m if is_back else reach_m
        east, north = (goal[0] - x_m) / way_m, (goal[1] - y_m) / way_m
        return x_m + east * reach_m + north * side_m, y_m + north * reach_m - east * side_m

    def drive(self, leg: tuple[float, float], *, is_crept: bool = False) -> None:
        """Drive there, if the day is long enough."""
        speed_m_s = self._habits.creep_m_s if is_crept else self._habits.speed_m_s
        navigation = Navigation.CREEP if is_crept else Navigation.AUTONOMOUS
        seconds = int(math.dist(self._place, leg) / speed_m_s) + self._habits.detour_s
        if self._clock + seconds > self._evening:
            return
        drive = Activity(0, Kind.DRIVE, self._clock, seconds, *leg)
        if not is_crept:
            self._activities.append(Activity(0, Kind.RADAR, self._clock, seconds))
        self._activities.append(replace(drive, navigation=navigation))
        self._clock += seconds + self._habits.gap_s
        self.left_m -= math.dist(self._place, leg)
        self._place = leg
        self._targets = [one for one in self._targets if math.dist(one, leg) > 1.0]

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


def _whole_bit(one: Pass) -> int:
    return volume_bit(one, one.usable_rise_tick, one.usable_set_tick)


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
