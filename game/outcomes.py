"""What became of every activity: done, cut short, skipped, refused or replaced, and why.

The same rows for the report of a run, for data files and for the window: nothing fails silently.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from game.commands import Activity
from game.environment.clock import SiteSpec, clock_text, sol_of
from game.events import ActivityEnded, ActivityOutcome, CommandRejected, Event
from game.rover.sequencer import all_running
from game.state import Setup, State

MOST_LINES = 8
UNDER_WAY, NOT_BEGUN = "under way", "not begun"
# In the order in which a report counts them; what was replaced or is to come is no failure.
WORDS = (*(str(one) for one in ActivityOutcome), UNDER_WAY, NOT_BEGUN)
TOLD = (ActivityOutcome.CUT_SHORT, ActivityOutcome.SKIPPED, ActivityOutcome.REFUSED)


def activity_rows(setup: Setup, state: State, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return every activity that was asked for, in the order in which they were over.

    The last are those that were under way or to come when the run ended.
    """
    site = setup.site
    rows = [_ended_row(site, event) for event in events if isinstance(event, ActivityEnded)]
    sequencer = state.rover.sequencer
    for running in all_running(sequencer):
        row = _row(site, running.activity, running.started_tick, UNDER_WAY)
        rows.append(row | {"cause": "the run ended first"})
    for activity in sequencer.plan:
        row = _row(site, activity, activity.start_tick, NOT_BEGUN)
        rows.append(row | {"cause": "the run ended before its time"})
    return rows


def activity_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say how many activities came to what, and the causes of those that were not done."""
    if not rows:
        return ["activities     none"]
    counts = Counter(row["outcome"] for row in rows)
    told = ", ".join(f"{counts[word]} {word}" for word in WORDS if counts[word])
    lines = [f"activities     {told}"]
    kinds: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["outcome"] in TOLD:
            kinds.setdefault((row["outcome"], row["kind"], row["cause"]), []).append(row)
    for (outcome, kind, cause), alike in list(kinds.items())[:MOST_LINES]:
        times = f" ({len(alike)} times)" if len(alike) > 1 else ""
        name = alike[0]["name"] or kind.replace("_", " ")
        words = f"sol {alike[0]['sol']:<3} {name}, {outcome}{times}: {cause}"
        lines += wrap(words, 96, initial_indent="  ", subsequent_indent="          ")
    more = len(kinds) - MOST_LINES
    return lines + ([f"  and {more} more kinds of trouble; --json lists them"] if more > 0 else [])


def travelling_rows(setup: Setup, state: State) -> list[dict[str, Any]]:
    """Return the commands that had not reached the rover when the run ended, each with its time."""
    site = setup.site
    return [
        {
            "command": type(command).__name__,
            "arrives_sol": sol_of(site, tick),
            "arrives_lmst": clock_text(site, tick),
        }
        for tick, command in state.uplink
    ]


def refused_rows(setup: Setup, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return every command that was refused, with its reason: the same ones as one, counted."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events:
        if isinstance(event, CommandRejected):
            name = type(event.command).__name__
            sol = sol_of(setup.site, event.tick)
            row = {"sol": sol, "command": name, "reason": event.reason, "count": 0}
            rows.setdefault((name, event.reason), row)["count"] += 1
    return list(rows.values())


def refused_lines(rows: list[Mapping[str, Any]]) -> list[str]:
    """Say what was refused, the first of its kind by its sol; a page holds only so many."""
    if not rows:
        return ["refused        nothing"]
    lines = ["refused"]
    for row in rows[:MOST_LINES]:
        times = f" ({row['count']} times)" if row["count"] > 1 else ""
        words = f"sol {row['sol']:<3} {row['command']}{times}: {row['reason']}"
        lines += wrap(words, 96, initial_indent="  ", subsequent_indent="          ")
    more = len(rows) - MOST_LINES
    return lines + ([f"  and {more} more kinds of refusal; --json lists them"] if more > 0 else [])


def _ended_row(site: SiteSpec, event: ActivityEnded) -> dict[str, Any]:
    has_begun = event.started_tick >= 0
    first = event.started_tick if has_begun else event.tick
    return {
        "sol": sol_of(site, first),
        "lmst": clock_text(site, first),
        "number": event.number,
        "kind": str(event.kind),
        "name": event.name,
        "outcome": str(event.outcome),
        "minutes": round((event.tick - first) / 60.0, 1),
        "cause": event.note,
    }


def _row(site: SiteSpec, activity: Activity, tick: int, outcome: str) -> dict[str, Any]:
    return {
        "sol": sol_of(site, tick),
        "lmst": clock_text(site, tick),
        "number": activity.number,
        "kind": str(activity.kind),
        "name": activity.name,
        "outcome": outcome,
        "minutes": 0.0,
    }
