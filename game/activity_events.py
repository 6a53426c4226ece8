"""What happens to activities: part of the events, which see. Plain values, in order.

`tick` is when it happened [s of mission time].
"""

from dataclasses import dataclass
from enum import StrEnum

from game.commands import ActivityKind


class ActivityOutcome(StrEnum):
    """What became of an activity of the plan.

    DONE ran to its end; CUT_SHORT had begun; SKIPPED stayed out because the plan itself says so;
    REFUSED could not be carried out when its time came; REPLACED made way for a new plan before
    it began.
    """

    DONE = "done"
    CUT_SHORT = "cut short"
    SKIPPED = "skipped"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ActivityStarted:
    """An activity began."""

    tick: int
    number: int
    kind: ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityEnded:
    """An activity ended; `note` says what came of it, or why it did not work.

    `name` is what its plan calls it, `started_tick` when it began, negative if it never did [s].
    """

    tick: int
    number: int
    kind: ActivityKind
    outcome: ActivityOutcome
    note: str
    name: str = ""
    started_tick: int = -1

    @property
    def is_done(self) -> bool:
        """Whether it ran to its end."""
        return self.outcome is ActivityOutcome.DONE
