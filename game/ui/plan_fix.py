"""The button that mends a broken rule: what it offers is flown ahead, a little in every frame.

Until then it shows what the check itself reckons; a press waits for the proof.
"""

import time
from collections.abc import Generator
from dataclasses import replace

from game.circumstances import circumstances
from game.commands import Command
from game.forecast import Forecast
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.plan import History, Plan
from game.mission.rules_of_flight import violations
from game.trials import Question, trials
from game.ui.desk import RunDesk

Found = tuple[Violation, ...]


class Orders:
    """Commands that a fix brought along: they are sent with the plan, and undone like an edit."""

    def __init__(self) -> None:
        self.commands: tuple[Command, ...] = ()
        self._after = 0

    def take(self, violation: Violation, history: History) -> bool:
        """Keep what goes with a fix that was just taken; return whether there is any."""
        if violation.commands:
            self.commands, self._after = violation.commands, len(history.past)
        return bool(violation.commands)

    def undo(self, history: History) -> bool:
        """Forget them if they are what was done last; return whether they were."""
        is_last = bool(self.commands) and len(history.past) <= self._after
        self.commands = () if is_last else self.commands
        return is_last


def question(
    desk: RunDesk,
    until_tick: int,
    plan: Plan,
    forecast: Forecast,
    commands: tuple[Command, ...] = (),
) -> Question:
    """Hold a plan with its forecast against the rules of flight."""
    setup, state = desk.flight.session.setup, desk.flight.state
    rules, around = desk.run.opened.flight_rules, circumstances(setup, state)
    review = Review(rules, plan, forecast.course(), around)
    found = violations(rules, plan, review.course, around)
    return Question(setup, state, until_tick, review, found, commands)


class Mender:
    """Proves the way out of the rule that is shown. Knows nothing before `ask`."""

    def __init__(self) -> None:
        self.is_wanted = False
        self._question: Question | None = None
        self._search: tuple[int, Generator[None, None, WayOut]] | None = None
        self._proven: set[int] = set()

    def ask(self, question: Question | None) -> None:
        """Begin anew with another plan; nothing to prove while its forecast is being made."""
        self._question, self._search, self.is_wanted = question, None, False
        self._proven.clear()

    def is_busy(self, chosen: int) -> bool:
        """Whether the way out of the chosen rule is still unproven."""
        question = self._question
        return question is not None and chosen < len(question.found) and chosen not in self._proven

    def work(self, found: Found, chosen: int, budget_s: float) -> Found:
        """Fly ways out ahead for a while; return the violations, a proven fix in its place."""
        if self._question is None or not self.is_busy(chosen):
            return found
        if self._search is None or self._search[0] != chosen:
            self._search = (chosen, trials(self._question, self._question.found[chosen]))
        deadline = time.perf_counter() + budget_s
        while time.perf_counter() < deadline:
            try:
                next(self._search[1])
            except StopIteration as done:
                way: WayOut = done.value
                self._proven.add(chosen)
                self._search = None
                mended = replace(
                    found[chosen],
                    fix=way.words,
                    fixed_plan=way.plan,
                    caveat=way.caveat,
                    commands=way.commands,
                )
                return (*found[:chosen], mended, *found[chosen + 1 :])
        return found
