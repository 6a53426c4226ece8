"""Ways out of a broken rule, flown ahead until one mends it; else the one that helps most.

Use: `proven(question, violation)` at once; `trials(question, violation)` in pieces, so that no
frame of a window is late.
"""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, replace

from game.ahead import Ahead
from game.forecast import foreseen, nominal_course
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.rules_of_flight import violations
from game.mission.ways_out import ways_out
from game.state import Setup, State

PIECE_S = 300  # of mission time, between two looks at the clock
MOST_TRIED = 12
LEAST_HELP_FRAC = 0.01  # less of what is missing is no help
BANDED = ("charge_low", "memory_high")  # checks that look at the bands of a forecast
WHOLE = ("charge", "charge_low", "box", "battery", "memory", "memory_high", "tilt")
HELPS, HARMS, LEAST = "helps, does not mend", "mends it, but breaks", "mends nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A plan under review: where the mission stands, how far it was foreseen, what it breaks."""

    setup: Setup
    state: State
    until_tick: int
    review: Review
    found: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a way out: is the rule kept, which others are not, how far is it still."""

    way: WayOut
    is_mended: bool
    broken: tuple[str, ...]
    lack: float

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """Lower is better."""
        return not self.is_mended, bool(self.broken), self.lack


def proven(question: Question, violation: Violation) -> WayOut:
    """Return the way out that a run ahead has proven, or that helps most, with its caveat."""
    search = trials(question, violation)
    while True:
        try:
            next(search)
        except StopIteration as done:
            way: WayOut = done.value
            return way


def trials(question: Question, violation: Violation) -> Generator[None, None, WayOut]:
    """Fly the ways out one by one; gives control back after every piece.

    Returns
    -------
    WayOut
        The first that keeps the rule and breaks no other hard one. Where none does, that which
        helps most, with a caveat that says what it does not do.
    """
    best: Verdict | None = None
    for number, way in enumerate(ways_out(question.review, violation)):
        if number >= MOST_TRIED:
            break
        ahead = Ahead(question.setup, question.state, way.plan)
        yield from _flown(ahead, question.until_tick)
        verdict = _judged(question, violation, way, ahead)
        if verdict.is_mended and not verdict.broken:
            return way
        if best is None or verdict.rank < best.rank:
            best = verdict
    assert best is not None, "there is always a way out"
    return replace(best.way, caveat=_caveat(violation, best))


def _flown(ahead: Ahead, until_tick: int) -> Generator[None, None, None]:
    before = -1
    while before != ahead.state.tick < until_tick:
        before = ahead.state.tick
        ahead.run(min(before + PIECE_S, until_tick))
        yield


def _judged(question: Question, violation: Violation, way: WayOut, ahead: Ahead) -> Verdict:
    """Hold a plan that was flown ahead against the rules."""
    review = question.review
    is_banded = check_of(review, violation) in BANDED
    course = foreseen(ahead).course() if is_banded else nominal_course(ahead)
    after = violations(review.rules, way.plan, course, review.around)
    was = _same(review, violation, question.found)
    still = _same(review, violation, after)
    fresh = _hard(after) - _hard(question.found)
    lack = max((_lack(one) for one in still), default=0.0)
    return Verdict(way, len(still) < len(was), tuple(sorted(fresh)), lack)


def check_of(review: Review, violation: Violation) -> str:
    """Return the name of the check that found a broken rule."""
    return next(rule.check for rule in review.rules.rule if rule.name == violation.rule)


def _same(
    review: Review, violation: Violation, found: tuple[Violation, ...]
) -> tuple[Violation, ...]:
    """Return the same trouble among others: of one activity, or of the whole plan."""
    is_whole = check_of(review, violation) in WHOLE
    return tuple(
        one
        for one in found
        if one.rule == violation.rule and (is_whole or one.number == violation.number)
    )


def _hard(found: tuple[Violation, ...]) -> Counter[str]:
    return Counter(one.rule for one in found if one.is_hard)


def _lack(violation: Violation) -> float:
    return violation.lack or -violation.margin


def _caveat(violation: Violation, best: Verdict) -> str:
    if best.is_mended:
        return f"{HARMS} {' and '.join(best.broken).replace('_', ' ')}"
    return HELPS if best.lack < (1.0 - LEAST_HELP_FRAC) * _lack(violation) else LEAST
