"""A plan being edited: its history, its forecast and the rules it breaks."""

from game.commands import ActivityKind, UplinkPlan
from game.forecast import Forecast
from game.mission.plan import (
    History,
    Plan,
    changed,
    edited,
    find,
    moved,
    redone,
    resized,
    undone,
    with_activity,
    without,
)
from game.mission.rules_of_flight import Violation
from game.ui.day import Day
from game.ui.desk import RunDesk
from game.ui.goals import goal_of
from game.ui.outlook import Outlook
from game.ui.plan_days import laid_on, other_day
from game.ui.plan_draft import Draft, finish_ways, rerouted
from game.ui.plan_edits import (
    COARSE_S,
    FINE_S,
    Makings,
    copied_after,
    new_activity,
    prioritised,
    stretched,
    template_plan,
    yesterday,
)
from game.ui.plan_fix import Mender, Orders, question
from game.ui.plan_times import free_tick, next_free, shifted_within, snapped
from game.ui.widgets.timeline import Dropped, Edit
from game.units import MARS_HOUR_S

WORK_S = 0.011  # real time a frame gives to the forecast while planning


class Planning:
    """Holds the plan on the table. Nothing reaches the rover before `uplink`."""

    def __init__(self, desk: RunDesk, day: Day) -> None:
        self.desk, self.day = desk, day
        self.history = History(desk.flight.state.rover.sequencer.plan)
        self.selected = 0
        self.others: frozenset[int] = frozenset()
        self.rule_chosen = 0
        self.violations: tuple[Violation, ...] = ()
        self.before: Forecast | None = None
        self._settled: Forecast | None = desk.outlook.result
        self.outlook, self.mender, self.orders = Outlook(), Mender(), Orders()
        self._is_unchecked, self._until_tick = False, 0
        self._show(self.history.plan)

    @property
    def draft(self) -> Draft:
        """Everything the plan's model is made from."""
        foreseen = self.outlook.partial if self.outlook.is_busy else self._settled
        flight, opened = self.desk.flight, self.desk.run.opened
        return Draft(
            opened, flight.seen, self.day, self.history, self.shown, foreseen, self.before,
            self.violations, self.rule_chosen, self.selected, self.chosen, flight.ended(),
            self.desk.ways, self.orders.commands,
        )  # fmt: skip

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of all selected activities, the one that the inspector shows first."""
        known = {activity.number for activity in self.history.plan}
        wanted = (self.selected, *sorted(self.others - {self.selected}))
        return tuple(number for number in wanted if number in known)

    def choose(self, number: int, *, is_more: bool = False) -> None:
        """Select an activity alone, or add it to the selection and take it out again."""
        if not is_more:
            if number not in self.chosen:
                self.others = frozenset()
            self.selected = number
            return
        before = set(self.chosen)
        after = before ^ {number} if number else before
        self.selected = number if number in after else next(iter(sorted(after)), 0)
        self.others = frozenset(after)

    def choose_all(self, numbers: tuple[int, ...]) -> None:
        """Select several activities at once."""
        self.selected = numbers[0] if numbers else 0
        self.others = frozenset(numbers)

    @property
    def makings(self) -> Makings:
        """What new activities are made from."""
        opened, state = self.desk.run.opened, self.desk.flight.shown
        goal = goal_of(opened.level, opened.setup, state, self.day.sol)
        return Makings(opened, state, self.day, goal)

    @property
    def is_busy(self) -> bool:
        """Whether the forecast or the rules are still being worked out."""
        is_foreseeing = self.outlook.is_busy or self._is_unchecked or self.desk.ways.is_busy
        return is_foreseeing or self.mender.is_busy(self.rule_chosen)

    def work(self) -> None:
        """Go on with ways and forecast; the rules are checked in the frame after its last."""
        if self._is_unchecked:
            self.settle()
        elif self.outlook.is_busy:
            self._is_unchecked = self.outlook.work(WORK_S)
        elif not self.desk.ways.work(WORK_S):
            self.prove(WORK_S)

    def finish(self) -> None:
        """Finish forecast, rules, ways and the proof of the chosen fix at once."""
        finish_ways(self.draft)
        self.outlook.finish()
        self.settle()
        while self.is_busy:
            self.prove(1.0)

    def settle(self) -> None:
        """Take the finished forecast and check the rules."""
        self._settled, self._is_unchecked = self.outlook.finish(), False
        if self._settled is not None:
            commands = self.orders.commands
            asked = question(self.desk, self._until_tick, self.shown, self._settled, commands)
            self.violations = asked.found
            self.rule_chosen *= self.rule_chosen < len(self.violations)
            self.mender.ask(asked)

    def prove(self, budget_s: float) -> None:
        """Fly the fix of the chosen rule ahead for a while; take it once proven, if asked to."""
        self.violations = self.mender.work(self.violations, self.rule_chosen, budget_s)
        if self.mender.is_wanted and not self.mender.is_busy(self.rule_chosen):
            self.fix()

    def take(self, plan: Plan, *, is_final: bool = True) -> None:
        """Show another plan; remember it for undo when it is final."""
        if is_final:
            self.history = edited(self.history, plan)
            self.before = None
        elif self.before is None:
            self.before = self._settled
        if plan != self.shown:
            self._show(plan)

    def apply(self, edit: Edit) -> None:
        """Move or stretch an activity as the pointer says."""
        activity = find(self.history.plan, edit.number)
        if activity is None:
            return
        step_s = FINE_S if edit.is_fine else COARSE_S
        start = free_tick(self.day, self._now_tick, snapped(self.day, edit.start_h, step_s))
        length_s = round((edit.end_h - edit.start_h) * MARS_HOUR_S / step_s) * step_s
        plan = moved(self.history.plan, edit.number, start)
        ends_h = self.day.hour(activity.start_tick + activity.duration_s)
        length_h = ends_h - self.day.hour(activity.start_tick)
        keeps_length = abs(edit.end_h - edit.start_h - length_h) < 0.02
        if keeps_length and len(self.chosen) > 1 and edit.number in self.chosen:
            plan = self._shifted(start - activity.start_tick)
        if not keeps_length:
            plan = resized(plan, edit.number, max(step_s, length_s))
        self.take(plan, is_final=edit.is_final)

    def drop(self, dropped: Dropped) -> None:
        """Add a new activity where it was dropped."""
        step_s = FINE_S if dropped.is_fine else COARSE_S
        self.add(dropped.kind, snapped(self.day, dropped.start_h, step_s))

    def add(self, kind: ActivityKind, start_tick: int | None = None) -> None:
        """Add a new activity, in the next free time if none is said."""
        start = next_free(self.day, self._now_tick, self.shown, kind)
        if start_tick is not None:
            start = free_tick(self.day, self._now_tick, start_tick)
        activity = new_activity(self.makings, kind, start)
        plan = with_activity(self.history.plan, activity)
        self.choose_all((max(a.number for a in plan),))
        self.take(plan)

    def reroute(self, points: tuple[tuple[float, float], ...], *, is_final: bool = True) -> None:
        """Lead the selected drive along points, the last of them its goal, as long as it takes."""
        self.take(rerouted(self.draft, self.selected, points), is_final=is_final)

    def change(self, **fields: object) -> None:
        """Change fields of every selected activity by name."""
        plan = self.history.plan
        for number in self.chosen:
            plan = changed(plan, number, **fields)
        self.take(plan)

    def raise_priority(self, step: int) -> None:
        """Make the selected activities more or less important."""
        most = self.desk.run.opened.setup.rover.storage.highest_priority
        self.take(prioritised(self.history.plan, self.chosen, step, most))

    def toggle_optional(self) -> None:
        """Let the selected activities be the first to be left out, or not."""
        if (first := find(self.history.plan, self.selected)) is not None:
            self.change(is_optional=not first.is_optional)

    def shift(self, seconds: int) -> None:
        """Move the selected activities in time."""
        if self.chosen:
            self.take(self._shifted(seconds))

    def _shifted(self, seconds: int) -> Plan:
        return shifted_within(self.history.plan, self.chosen, self.day, self._now_tick, seconds)

    def stretch(self, seconds: int) -> None:
        """Make the selected activities longer or shorter."""
        self.take(stretched(self.history.plan, self.chosen, seconds))

    def copy(self) -> None:
        """Put copies of the selected activities after them, and select those."""
        plan, known = copied_after(self.history.plan, self.chosen)
        if plan != self.history.plan:
            self.choose_all(tuple(a.number for a in plan if a.number not in known))
            self.take(plan)

    def delete(self) -> None:
        """Take the selected activities out."""
        self.take(without(self.history.plan, *self.chosen))
        self.choose_all(())

    def select_all(self) -> None:
        """Select everything that has not begun."""
        self.choose_all(tuple(activity.number for activity in self.shown))

    def walk(self, step: int) -> None:
        """Look at the next violated rule."""
        if self.violations:
            self.rule_chosen = (self.rule_chosen + step) % len(self.violations)

    def select(self, step: int) -> None:
        """Select the next activity."""
        if numbers := [a.number for a in self.shown]:
            at = numbers.index(self.selected) if self.selected in numbers else -1
            self.choose_all((numbers[(at + step) % len(numbers)],))

    def undo(self) -> None:
        """Go back one edit."""
        was_order = self.orders.undo(self.history)
        self._travel(self.history if was_order else undone(self.history))

    def redo(self) -> None:
        """Take an undone edit again."""
        self._travel(redone(self.history))

    def fix(self) -> None:
        """Take the plan that mends the chosen rule, now or as soon as it is proven."""
        self.mender.is_wanted = self.mender.is_busy(self.rule_chosen)
        if self.violations and not self.mender.is_wanted:
            violation = self.violations[self.rule_chosen]
            self.take(violation.fixed_plan)
            if self.orders.take(violation, self.history):
                self._show(self.shown)

    def repeat(self) -> str:
        """Take over the plan uplinked last; return a sentence if there is none."""
        if not (plan := yesterday(self.desk.last_plan, self.makings)):
            return "Nothing was planned yesterday."
        self.take(laid_on(self.history.plan, self.day, plan))
        return ""

    def template(self, number: int) -> None:
        """Take a ready-made sol; other sols stay as they are."""
        self.take(laid_on(self.history.plan, self.day, template_plan(number, self.makings)))

    def turn(self, by: int) -> None:
        """Put another sol of the plan on the table."""
        setup = self.desk.run.opened.setup
        self.day = other_day(setup.site, self.day, by, self._now_tick, setup.mission.sols)
        self._show(self.history.plan)

    def uplink(self) -> None:
        """Send the plan to the rover."""
        self.desk.last_plan = self.shown
        for command in (*self.orders.commands, UplinkPlan(self.shown)):
            self.desk.issue(command)
        self.orders = Orders()

    def _travel(self, history: History) -> None:
        self.history, self.before = history, None
        self._show(history.plan)

    def _show(self, plan: Plan) -> None:
        self.shown, flight = plan, self.desk.flight
        self._until_tick = max(self.day.last_tick, flight.state.tick + 1)
        setup, commands = flight.session.setup, self.orders.commands
        self.outlook.start(setup, flight.state, self._until_tick, plan, commands)
        self._is_unchecked = False
        self.mender.ask(None)

    @property
    def _now_tick(self) -> int:
        return self.desk.flight.shown.tick
