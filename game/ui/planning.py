"""A plan being edited: its history, its forecast and the rules it breaks."""

from dataclasses import replace

from game.commands import ActivityKind, UplinkPlan
from game.forecast import Forecast
from game.mission.plan import (
    History,
    Plan,
    edited,
    find,
    moved,
    redone,
    resized,
    retargeted,
    undone,
    with_activity,
    without,
)
from game.mission.rules_of_flight import Violation, violations
from game.ui.day import Day
from game.ui.desk import RunDesk
from game.ui.goals import goal_of
from game.ui.outlook import Outlook
from game.ui.plan_edits import COARSE_S, FINE_S, Makings, new_activity, template_plan, yesterday
from game.ui.plan_model import Draft
from game.ui.widgets.timeline import Dropped, Edit

WORK_S = 0.011  # real time a frame gives to the forecast while planning


class Planning:
    """Holds the plan on the table. Nothing reaches the rover before `uplink`."""

    def __init__(self, desk: RunDesk, day: Day) -> None:
        self.desk, self.day = desk, day
        self.history = History(desk.flight.state.rover.sequencer.plan)
        self.shown: Plan = self.history.plan
        self.selected = 0
        self.rule_chosen = 0
        self.violations: tuple[Violation, ...] = ()
        self.before: Forecast | None = None
        self._settled: Forecast | None = desk.outlook.result
        self.outlook = Outlook()
        self._foresee()

    @property
    def draft(self) -> Draft:
        """Everything the plan's model is made from."""
        return Draft(
            self.desk.run.opened,
            self.desk.flight.state,
            self.day,
            self.history,
            self.shown,
            self.outlook.partial if self.outlook.is_busy else self._settled,
            self.before,
            self.violations,
            self.rule_chosen,
            self.selected,
        )

    @property
    def makings(self) -> Makings:
        """What new activities are made from."""
        opened, state = self.desk.run.opened, self.desk.flight.state
        goal = goal_of(opened.level, opened.setup, state, self.day.sol)
        return Makings(opened, state, self.day, goal)

    def work(self) -> bool:
        """Go on with the forecast; return whether it was completed just now."""
        if not self.outlook.work(WORK_S):
            return False
        self.settle()
        return True

    def settle(self) -> None:
        """Take the finished forecast and check the rules."""
        self._settled = self.outlook.finish()
        if self._settled is None:
            return
        rules = self.desk.run.opened.flight_rules
        self.violations = violations(rules, self.shown, self._settled.course(), self._is_day)
        if self.rule_chosen >= len(self.violations):
            self.rule_chosen = 0

    def take(self, plan: Plan, *, is_final: bool = True) -> None:
        """Show another plan; remember it for undo when it is final."""
        if is_final:
            self.history = edited(self.history, plan)
            self.before = None
        elif self.before is None:
            self.before = self._settled
        if plan != self.shown:
            self.shown = plan
            self._foresee()

    def apply(self, edit: Edit) -> None:
        """Move or stretch an activity as the pointer says."""
        activity = find(self.history.plan, edit.number)
        if activity is None:
            return
        step_s = FINE_S if edit.is_fine else COARSE_S
        start = self._free_tick(self._snapped(edit.start_h, step_s))
        length_s = round((edit.end_h - edit.start_h) * 3699 / step_s) * step_s
        plan = moved(self.history.plan, edit.number, start)
        was_s = self.day.hour(activity.start_tick + activity.duration_s)
        keeps_length = abs((edit.end_h - edit.start_h) - (was_s - self.day.hour(
            activity.start_tick))) < 0.02  # fmt: skip
        if not keeps_length:
            plan = resized(plan, edit.number, max(step_s, length_s))
        self.take(plan, is_final=edit.is_final)

    def drop(self, dropped: Dropped) -> None:
        """Add a new activity where it was dropped."""
        step_s = FINE_S if dropped.is_fine else COARSE_S
        self.add(dropped.kind, self._snapped(dropped.start_h, step_s))

    def add(self, kind: ActivityKind, start_tick: int | None = None) -> None:
        """Add a new activity, in the next free time if none is said."""
        start = self._next_free(kind) if start_tick is None else self._free_tick(start_tick)
        activity = new_activity(self.makings, kind, start)
        plan = with_activity(self.history.plan, activity)
        self.selected = max(a.number for a in plan)
        self.take(plan)

    def retarget(self, x_m: float, y_m: float) -> None:
        """Send the selected drive somewhere else."""
        activity = find(self.shown, self.selected)
        if activity is not None and activity.kind is ActivityKind.DRIVE:
            self.take(retargeted(self.history.plan, activity.number, x_m, y_m))

    def shift(self, seconds: int) -> None:
        """Move the selected activity in time."""
        activity = find(self.history.plan, self.selected)
        if activity is not None:
            start = self._free_tick(activity.start_tick + seconds)
            self.take(moved(self.history.plan, activity.number, start))

    def stretch(self, seconds: int) -> None:
        """Make the selected activity longer or shorter."""
        activity = find(self.history.plan, self.selected)
        if activity is not None:
            length_s = max(FINE_S, activity.duration_s + seconds)
            self.take(resized(self.history.plan, activity.number, length_s))

    def copy(self) -> None:
        """Put a copy of the selected activity after it."""
        activity = find(self.history.plan, self.selected)
        if activity is not None:
            later = replace(activity, start_tick=activity.start_tick + activity.duration_s)
            plan = with_activity(self.history.plan, later)
            self.selected = max(a.number for a in plan)
            self.take(plan)

    def delete(self) -> None:
        """Take the selected activity out."""
        self.take(without(self.history.plan, self.selected))
        self.selected = 0

    def walk(self, step: int) -> None:
        """Look at the next violated rule."""
        if self.violations:
            self.rule_chosen = (self.rule_chosen + step) % len(self.violations)

    def select(self, step: int) -> None:
        """Select the next activity."""
        numbers = [a.number for a in self.shown]
        if numbers:
            at = numbers.index(self.selected) if self.selected in numbers else -1
            self.selected = numbers[(at + step) % len(numbers)]

    def undo(self) -> None:
        """Go back one edit."""
        self._travel(undone(self.history))

    def redo(self) -> None:
        """Take an undone edit again."""
        self._travel(redone(self.history))

    def fix(self) -> None:
        """Take the plan that mends the chosen rule."""
        if self.violations:
            chosen = self.violations[self.rule_chosen % len(self.violations)]
            if chosen.fix:
                self.take(chosen.fixed_plan)

    def repeat(self) -> str:
        """Take over the plan uplinked last; return a sentence if there is none."""
        plan = yesterday(self.desk.last_plan, self.makings)
        if not plan:
            return "Nothing was planned yesterday."
        self.take(plan)
        return ""

    def template(self, number: int) -> None:
        """Take a ready-made sol."""
        self.take(template_plan(number, self.makings))

    def uplink(self) -> None:
        """Send the plan to the rover."""
        self.desk.last_plan = self.shown
        self.desk.issue(UplinkPlan(self.shown))

    def _travel(self, history: History) -> None:
        self.history, self.before = history, None
        self.shown = history.plan
        self._foresee()

    def _foresee(self) -> None:
        flight = self.desk.flight
        until_tick = max(self.day.last_tick, flight.state.tick + 1)
        self.outlook.start(flight.session.setup, flight.state, until_tick, self.shown)

    def _snapped(self, hour: float, step_s: int) -> int:
        first = self.day.first_tick
        return first + round((self.day.tick(hour) - first) / step_s) * step_s

    def _free_tick(self, tick: int) -> int:
        """Return a tick within the day and not in the past."""
        earliest = self.desk.flight.state.tick + FINE_S
        return min(max(tick, earliest), self.day.last_tick - FINE_S)

    def _next_free(self, kind: ActivityKind) -> int:
        earliest = self._snapped(
            self.day.hour(self.desk.flight.state.tick + 2 * COARSE_S), COARSE_S
        )
        if kind is ActivityKind.SEND:
            return self._free_tick(earliest)
        ends = [a.start_tick + a.duration_s for a in self.shown if a.kind is not ActivityKind.SEND]
        return self._free_tick(max([earliest, *ends]))

    def _is_day(self, tick: int) -> bool:
        hour = self.day.hour(tick)
        return self.day.rise_h <= hour % 24 <= self.day.set_h
