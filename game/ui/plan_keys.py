"""What keys and buttons do to the plan on the table: a literal table."""

from collections.abc import Callable

from game.ui.plan_edits import COARSE_S
from game.ui.planning import Planning

EDITS: dict[str, Callable[[Planning], None]] = {
    "undo": Planning.undo,
    "redo": Planning.redo,
    "delete": Planning.delete,
    "copy": Planning.copy,
    "select_all": Planning.select_all,
    "fix": Planning.fix,
    "sol_before": lambda planning: planning.turn(-1),
    "sol_after": lambda planning: planning.turn(1),
    "earlier": lambda planning: planning.shift(-COARSE_S),
    "later": lambda planning: planning.shift(COARSE_S),
    "shorter": lambda planning: planning.stretch(-COARSE_S),
    "longer": lambda planning: planning.stretch(COARSE_S),
    "less_important": lambda planning: planning.raise_priority(-1),
    "more_important": lambda planning: planning.raise_priority(1),
    "toggle_optional": Planning.toggle_optional,
    "forward": lambda planning: planning.walk(-1),
    "backward": lambda planning: planning.walk(1),
    "next_field": lambda planning: planning.select(1),
    "previous_field": lambda planning: planning.select(-1),
}
