"""Ways out of a broken rule, flown ahead until one mends it; else the one that helps most.

Use: `proven(question, violation)` at once; `trials(question, violation)` in pieces, so that no
frame of a window is late.
"""

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.ahead import Ahead
from game.commands import Activity, Command
from game.forecast import foreseen, nominal_course
from game.machine import machine_of
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.later_starts import first_start, later_words
from game.mission.openings import SEARCH_S, openings
from game.mission.plan import Plan, find, moved, without
from game.mission.rules_of_flight import broken
from game.mission.ways_out import WHOLE, left_out, ways_out
from game.rover.refusals import duration_s
from game.rover.warm_up import ON_MAST
from game.rover.work import machine_refusal
from game.simulation import desk_at
from game.state import Setup, State

PIECE_S = 300  # of mission time, between two looks at the clock
MOST_TRIED = 12
LEAST_HELP_FRAC = 0.01  # less of what is missing is no help
BANDED = ("charge_low", "memory_high")  # checks that look at the bands of a forecast
PROBED = ("light", "uplink", "warm_wheels", "overlap", "arrival", "refused", "contact")
SPARE_S = 900  # flown beyond the end of what was moved: it may wait for something
GAP_S, SHARES = 1800, 3
HELPS, HARMS, LEAST = "helps, does not mend", "mends it, but breaks", "mends nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A plan under review: where the mission stands, how far it was foreseen, what it breaks.

    `commands` will be sent along with it.
    """

    setup: Setup
    state: State
    until_tick: int
    review: Review
    found: tuple[Violation, ...]
    commands: tuple[Command, ...] = ()


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
    plan, tried = question.review.plan, list[tuple[Plan, tuple[Command, ...]]]()
    ways = list(ways_out(question.review, violation))
    losing = [way for way in ways if way.commands or left_out(plan, way.plan)]
    keeping = [way for way in ways if way not in losing]
    for stage in (keeping[:MOST_TRIED], None, losing[:MOST_TRIED]):
        found = (yield from _probed(question, violation)) if stage is None else stage
        for way in found:
            if (way.plan, way.commands) in tried:
                continue
            tried.append((way.plan, way.commands))
            verdict = yield from _tried(question, violation, way)
            if verdict.is_mended and not verdict.broken:
                return way
            if best is None or verdict.rank < best.rank:
                best = verdict
    assert best is not None, "there is always a way out"
    return replace(best.way, caveat=_caveat(violation, best))


def _tried(question: Question, violation: Violation, way: WayOut) -> Generator[None, None, Verdict]:
    """Fly one way out ahead, as far as what it moves runs."""
    before = frozenset(question.review.plan)
    rover = question.setup.rover
    ends = [a.start_tick + duration_s(rover, a) + SPARE_S for a in way.plan if a not in before]
    until = min(max(ends, default=0), question.until_tick + SEARCH_S)
    ahead = Ahead(question.setup, question.state, way.plan, (*question.commands, *way.commands))
    yield from _flown(ahead, max(question.until_tick, until))
    return _judged(question, violation, way, ahead)


def _probed(question: Question, violation: Violation) -> Generator[None, None, list[WayOut]]:
    """Ask the rover all along a run without the blamed activity when it would take that.

    The last resort before leaving it out: the conditions are the rover's own, none forgotten.
    """
    review, check = question.review, check_of(question.review, violation)
    activity = find(review.plan, violation.number)
    if activity is None or check not in PROBED:
        return []
    rest = without(review.plan, activity.number)
    ahead = Ahead(question.setup, question.state, rest, question.commands)
    step_s, good = review.rules.step_s, list[int]()
    first = max(activity.start_tick + step_s, first_start(review))
    yield from _flown(ahead, first)
    while ahead.state.tick < first + SEARCH_S and ahead.state.mission.outcome is None:
        if _would_take(question, ahead, activity):
            good.append(ahead.state.tick)
        yield from _flown(ahead, ahead.state.tick + step_s)
    return [
        WayOut(later_words(activity, start), moved(review.plan, activity.number, start))
        for start in _spread(good)
    ]


def _would_take(question: Question, ahead: Ahead, activity: Activity) -> bool:
    """Say whether the rover would begin an activity at the moment of a run ahead."""
    state, around = ahead.state, question.review.around
    if activity.kind in ON_MAST and not around.daylight(state.tick):
        return False
    hours, spec = openings(question.review), machine_of(ahead.blind, state).rover
    length_s = duration_s(spec, activity)
    if not hours.is_free(activity, np.array([state.tick]), length_s)[0]:
        return False
    return not machine_refusal(spec, state.rover, desk_at(ahead.blind, state), activity)


def _spread(good: list[int]) -> list[int]:
    """Return moments to try of those that would do: from the first to the last of every span."""
    spans: list[list[int]] = []
    for tick in good:
        if not spans or tick - spans[-1][-1] > GAP_S:
            spans.append([])
        spans[-1].append(tick)
    picked = [
        span[share * (len(span) - 1) // SHARES] for span in spans for share in range(SHARES + 1)
    ]
    return list(dict.fromkeys(picked))[:MOST_TRIED]


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
    after = broken(Review(review.rules, way.plan, course, review.around))
    was = _same(review, violation, question.found)
    still = _same(review, violation, after)
    changed = {a.number for a in set(way.plan) - set(review.plan)}
    known = [one for one in after if one.tick <= question.until_tick or one.number in changed]
    fresh = _hard(known) - _hard(question.found)
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


def _hard(found: Sequence[Violation]) -> Counter[str]:
    return Counter(one.rule for one in found if one.is_hard)


def _lack(violation: Violation) -> float:
    return violation.lack or -violation.margin


def _caveat(violation: Violation, best: Verdict) -> str:
    if best.is_mended:
        return f"{HARMS} {' and '.join(best.broken).replace('_', ' ')}"
    return HELPS if best.lack < (1.0 - LEAST_HELP_FRAC) * _lack(violation) else LEAST
