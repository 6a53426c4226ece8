"""What became of the plan so far: blocks of the past on the lanes, and a sentence about a day."""

from collections.abc import Iterable
from typing import NamedTuple

from game.commands import ActivityKind
from game.events import ActivityEnded, ActivityOutcome, Event
from game.ui.plan_parts import Inspector, InspectorRow
from game.ui.words import name_of, span_text, typeset

BAD = frozenset({ActivityOutcome.CUT_SHORT, ActivityOutcome.REFUSED})


class Fate(NamedTuple):
    """An activity that is over: when it began (or should have) and ended, and what came of it."""

    kind: ActivityKind
    start_tick: int
    end_tick: int
    outcome: ActivityOutcome
    note: str
    name: str = ""


def fates_of(events: Iterable[Event]) -> list[Fate]:
    """Return what events tell of activities that are over; what a new plan replaced is no news."""
    return [
        Fate(
            event.kind,
            event.started_tick if event.started_tick >= 0 else event.tick,
            event.tick,
            event.outcome,
            event.note,
            event.name,
        )
        for event in events
        if isinstance(event, ActivityEnded) and event.outcome is not ActivityOutcome.REPLACED
    ]


def day_words(fates: Iterable[Fate], span: tuple[int, int]) -> str:
    """Say how much of what ended in a span of time was done, and what failed first."""
    found = [one for one in fates if span[0] <= one.end_tick < span[1]]
    if not found:
        return ""
    done = sum(one.outcome is ActivityOutcome.DONE for one in found)
    words = _counted(done, len(found))
    bad = next((one for one in found if one.outcome in BAD), None)
    if bad is None:
        return words
    note = bad.note[:1].upper() + bad.note[1:]
    failed = f"{name_of(bad.kind)} was {bad.outcome}: {typeset(note).rstrip('.')}."
    return failed if len(found) == 1 else f"{words} {failed}"


def _counted(done: int, count: int) -> str:
    if count == 1:
        return "The one activity was done." if done else "The one activity was not done."
    return f"{f'{done} of {count}' if done < count else f'All {count}'} activities were done."


def fate_inspector(fate: Fate, start: str, end: str) -> Inspector:
    """Return what the inspector shows of an activity that is over."""
    rows: tuple[InspectorRow, ...] = (
        InspectorRow("Began", start),
        InspectorRow("Ended", end),
        InspectorRow("Took", span_text(fate.end_tick - fate.start_tick)),
        InspectorRow("Outcome", str(fate.outcome), fate.outcome in BAD),
    )
    if fate.start_tick == fate.end_tick:
        rows = (InspectorRow("Time", end), rows[3])
    note = fate.note[:1].upper() + fate.note[1:]
    return Inspector(name_of(fate.kind), rows, typeset(note).rstrip(".") + ".", "over")
