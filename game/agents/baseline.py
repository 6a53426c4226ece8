"""A competent planner: drives south, samples soil and air, serves the passes, keeps the battery.

Every morning it lays out the day: what is near is sampled, then a drive towards the next place over
ground that its picture shows, then more pictures, weather at an hour not yet heard, and the noon
pass. A drive that was stopped is tried to one side, then to the other, then from farther back, and
soft ground is left at a creep. In the evening the night pass gets what charge the forecast can
spare, if there is more than the next noon pass will take. Its score is the bronze medal.
"""

import math

from game.agents.draft import Draft, Habits
from game.agents.observation import Observation
from game.commands import Activity, ActivityKind, Command, Creep, UplinkPlan
from game.environment.clock import lmst_h, tick_at
from game.events import ActivityEnded, ActivityOutcome, DriveEnded, Event, StopReason
from game.mission.plan import Plan, sorted_plan
from game.orbiter.relay import Pass, volume_bit

Kind = ActivityKind
_SOFT = (StopReason.SLIP, StopReason.SINKING, StopReason.EMBEDDED)


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
        draft = Draft(seen, self._habits)
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

    def _field_work(self, draft: "Draft") -> None:
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

    def _go_on(self, draft: "Draft") -> None:
        leg = draft.leg(draft.next_place(), self._short_count)
        if leg is not None:
            draft.look(draft.azimuth_to(leg))
            draft.drive(leg, is_crept=self._is_soft and self._short_count > 1)

    def _sample(self, draft: "Draft") -> None:
        """Shoot at a spot once, and look at it in the infrared once."""
        spot = draft.spot()
        if spot not in self._sampled:
            self._sampled.add(spot)
            draft.use(Kind.SOIL)
        elif spot not in self._scanned:
            self._scanned.add(spot)
            draft.use(Kind.INFRARED)


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
