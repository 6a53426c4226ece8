"""Everything the HUD shows, as plain values: ten numbers, a goal, six actions and the sol strip.

Hours run from 6 to 30: local mean solar time since the midnight before, so that the right edge of
the strip is tomorrow's dawn.
"""

from dataclasses import dataclass

STRIP_FIRST_H, STRIP_LAST_H = 6.0, 30.0


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One row of the health panel. `hint` is what hovering tells."""

    icon: str
    label: str
    value: str
    note: str
    frac: float | None = None
    limit_frac: float | None = None
    is_bad: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PassPanel:
    """The next pass, or the one going on with what is left of it."""

    label: str
    value: str
    home: str
    left_frac: float | None = None
    hint: str = ""
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class HomePanel:
    """What waits for the radio, the newest picture, and the goal."""

    queue: str
    queue_frac: float
    queue_note: str
    picture: int = 0
    picture_note: str = ""
    picture_frac: float = 1.0
    goal: str = ""
    goal_way: str = ""
    goal_note: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class ActionCell:
    """One action; `reason` says why it cannot be done now, `effect` what it does to dawn."""

    name: str
    icon: str
    word: str
    key: str
    reason: str = ""
    effect: str = ""
    is_lit: bool = False
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One activity on the strip."""

    token: str
    icon: str
    words: str
    start_h: float
    end_h: float
    is_past: bool = False
    is_now: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """One pass on the strip, and the parts of it that sending is planned for, first and last."""

    start_h: float
    end_h: float
    uses_h: tuple[tuple[float, float], ...] = ()
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The sol from 06 to 06."""

    now_h: float
    rise_h: float
    set_h: float
    blocks: tuple[Block, ...]
    windows: tuple[Window, ...]
    past: tuple[tuple[float, float], ...]
    ahead: tuple[tuple[float, float, float, float], ...]
    floor_frac: float
    dawn: str


@dataclass(frozen=True, slots=True)
class HudModel:
    """The whole HUD at one moment.

    `sun_frac` is how far the Sun is on its way from rise to set, None by night. `beside` are the
    figures next to the rover while it drives.
    """

    sol: int
    sol_count: int
    clock: str
    clock_note: str
    sun_frac: float | None
    rate: float
    rate_reason: str
    link: PassPanel
    health: tuple[HealthRow, ...]
    home: HomePanel
    actions: tuple[ActionCell, ...]
    strip: Strip
    beside: tuple[str, ...] = ()
