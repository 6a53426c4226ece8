"""Everything the plan screen shows, as plain values. Hours run from 6 to 30, as on the strip."""

from dataclasses import dataclass
from typing import NamedTuple

from game.commands import ActivityKind
from game.ui.hud_parts import PassPanel, Window

Quad = tuple[float, float, float, float]  # hour, middle, low, high
Pair = tuple[float, float]  # hour, value
Band = tuple[float, float, float]  # hour, low, high


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """One activity in its lane; what has begun or is over can no longer be moved."""

    number: int
    kind: ActivityKind
    lane: int
    words: str
    start_h: float
    end_h: float
    is_optional: bool = False
    is_bad: bool = False
    is_begun: bool = False
    can_stretch: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """An activity on offer, with what it costs, and the number of its group."""

    kind: ActivityKind
    name: str
    wh: str
    mbit: str
    group: int = 0


class InspectorRow(NamedTuple):
    """One line: label, value, whether the value is a problem, and by what name it is changed."""

    label: str
    value: str
    is_bad: bool = False
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Inspector:
    """The selected activity, line by line; `aside` stands beside its title."""

    title: str
    rows: tuple[InspectorRow, ...]
    note: str = ""
    aside: str = ""
    is_aside_bad: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A violated rule in words, its fix, and what that does not do; not hard: only a warning."""

    words: str
    fix: str
    number: int
    is_hard: bool = True
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class PlanModel:
    """The plan of one sol with its forecast.

    `before` is the charge curve as it was before the edit under way. Charge and memory are
    fractions, the box is in degrees Celsius. `sol` is today, `plan_sol` the one on the table.
    """

    sol: int
    sol_count: int
    clock: str
    link: PassPanel
    now_h: float
    rise_h: float
    set_h: float
    blocks: tuple[PlanBlock, ...]
    windows: tuple[Window, ...]
    charge: tuple[Quad, ...]
    before: tuple[Pair, ...]
    box_c: tuple[Pair, ...]
    memory: tuple[Pair, ...]
    floor_frac: float
    box_floor_c: float
    palette: tuple[PaletteRow, ...]
    inspector: Inspector | None
    rules: tuple[RuleLine, ...]
    rule_chosen: int
    selected: int
    can_undo: bool
    can_redo: bool
    uplink_words: str
    chosen: tuple[int, ...] = ()
    box_band: tuple[Band, ...] = ()
    memory_band: tuple[Band, ...] = ()
    plan_sol: int = 0
