"""What a window remembers of the past days beside the state, and a save keeps for it."""

from dataclasses import dataclass
from typing import Any

from game.commands import ActivityKind
from game.events import ActivityOutcome


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a window remembers of the past days, which no state knows; a run does not need it.

    `trail` holds tick, charge, warm box, and power in and out; `done` the kinds of activities
    that are over, each with its start and end tick.
    """

    trail: tuple[tuple[int, float, float, float, float], ...] = ()
    done: tuple[tuple[ActivityKind, int, int], ...] = ()
    fates: tuple[tuple[ActivityKind, int, int, ActivityOutcome, str, str], ...] = ()


NOTHING = Remembered()


def remembered_past(trail: Any, done: Any, fates: Any) -> Remembered:
    """Return the past that a save tells; one of the usual errors if it cannot be so."""
    return Remembered(
        tuple((int(t), float(c), float(k), float(i), float(o)) for t, c, k, i, o in trail),
        tuple((ActivityKind(kind), int(first), int(last)) for kind, first, last in done),
        tuple(
            (ActivityKind(kind), int(first), int(last), ActivityOutcome(word), str(why), str(name))
            for kind, first, last, word, why, name in fates
        ),
    )
