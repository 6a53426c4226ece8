"""Dragging activities on lanes: moving, stretching at either end, dropping new ones.

Works in hours of the strip and knows nothing of ticks or plans; the screen turns an `Edit` into a
new plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from game.commands import ActivityKind
from game.ui.boxes import Box
from game.ui.draw.plot import Axes
from game.ui.input import Pointed
from game.ui.plan_parts import PlanBlock

LANE_STEP, BLOCK_HEIGHT, LEAST_WIDTH = 22.0, 18.0, 8.0
EDGE = 6.0  # this close to an end, one stretches instead of moving
START_DRAG = 3.0  # a smaller movement is a click


class Grip(Enum):
    """Which part of a block is held."""

    WHOLE = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Edit:
    """A block is to start and end elsewhere; `is_final` when the button was let go."""

    number: int
    start_h: float
    end_h: float
    is_final: bool
    is_fine: bool


@dataclass(frozen=True, slots=True)
class Selected:
    """A block was clicked; 0 for the empty lane. `is_more` adds it to what is selected."""

    number: int
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Swept:
    """A frame was drawn round blocks; these lie in it."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A new activity was dropped at an hour."""

    kind: ActivityKind
    start_h: float
    is_fine: bool


@dataclass(frozen=True, slots=True)
class _Held:
    block: PlanBlock
    grip: Grip
    offset_h: float
    at_x: float
    has_moved: bool


Outcome = Edit | Selected | Swept | Dropped | None


class Timeline:
    """The lanes; keeps only what the pointer holds."""

    def __init__(self) -> None:
        self._held: _Held | None = None
        self._corner: tuple[float, float] | None = None
        self.carried: ActivityKind | None = None
        self.pointer = (0.0, 0.0)

    def carry(self, kind: ActivityKind) -> None:
        """Take a new activity from the palette."""
        self.carried = kind

    def handle(self, pointed: Pointed, axes: Axes, blocks: Sequence[PlanBlock]) -> Outcome:
        """Follow the pointer."""
        self.pointer = (pointed.x, pointed.y)
        if pointed.is_click:
            return self._take(pointed, axes, blocks)
        is_up = pointed.button == 1 and not pointed.is_down
        if self.carried is not None and is_up:
            return self._drop(pointed, axes)
        if self._corner is not None:
            return self._sweep(axes, blocks, is_up=is_up)
        if self._held is None:
            return None
        edit = self._moved(self._held, pointed, axes, is_final=is_up)
        if is_up:
            self._held = None
        return edit

    def _take(self, pointed: Pointed, axes: Axes, blocks: Sequence[PlanBlock]) -> Outcome:
        block = block_at(pointed.x, pointed.y, axes, blocks)
        if block is None:
            inside = axes.box.holds(pointed.x, pointed.y)
            self._corner = (pointed.x, pointed.y) if inside else None
            return Selected(0, pointed.is_more) if inside else None
        if not block.is_begun:
            grip = _grip(pointed.x, axes, block)
            offset_h = axes.hour(pointed.x) - block.start_h
            self._held = _Held(block, grip, offset_h, pointed.x, has_moved=False)
        return Selected(block.number, pointed.is_more)

    @property
    def frame(self) -> Box | None:
        """The frame that is being drawn round blocks."""
        if self._corner is None:
            return None
        (ax, ay), (bx, by) = self._corner, self.pointer
        if abs(bx - ax) + abs(by - ay) < START_DRAG:
            return None
        return Box(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay))

    def _sweep(self, axes: Axes, blocks: Sequence[PlanBlock], *, is_up: bool) -> Outcome:
        """Take all blocks that the frame touches when the button is let go."""
        frame = self.frame
        if is_up:
            self._corner = None
        if not is_up or frame is None:
            return None
        inside = [b for b in blocks if not b.is_begun and _touches(frame, block_box(axes, b))]
        return Swept(tuple(dict.fromkeys(block.number for block in inside)))

    def _drop(self, pointed: Pointed, axes: Axes) -> Outcome:
        kind, self.carried = self.carried, None
        if kind is None or not axes.box.holds(pointed.x, pointed.y):
            return None
        return Dropped(kind, axes.hour(pointed.x), pointed.is_fine)

    def _moved(self, held: _Held, pointed: Pointed, axes: Axes, *, is_final: bool) -> Outcome:
        if not held.has_moved:
            if abs(pointed.x - held.at_x) < START_DRAG:
                return None
            self._held = _Held(held.block, held.grip, held.offset_h, held.at_x, has_moved=True)
        hour, block = axes.hour(pointed.x), held.block
        start_h, end_h = block.start_h, block.end_h
        if held.grip is Grip.WHOLE:
            start_h = hour - held.offset_h
            end_h = start_h + block.end_h - block.start_h
        elif held.grip is Grip.START:
            start_h = min(hour, block.end_h)
        else:
            end_h = max(hour, block.start_h)
        return Edit(block.number, start_h, end_h, is_final, pointed.is_fine)


def block_box(axes: Axes, block: PlanBlock) -> Box:
    """Return where a block is drawn."""
    x = axes.x(block.start_h)
    wide = max(LEAST_WIDTH, axes.x(block.end_h) - x - 1)
    return Box(x, axes.box.y + LANE_STEP * block.lane, wide, BLOCK_HEIGHT)


def _touches(frame: Box, box: Box) -> bool:
    across = frame.x <= box.right and box.x <= frame.right
    return across and frame.y <= box.bottom and box.y <= frame.bottom


def block_at(x: float, y: float, axes: Axes, blocks: Sequence[PlanBlock]) -> PlanBlock | None:
    """Return the block under the pointer; the last drawn one wins."""
    for block in reversed(blocks):
        if block_box(axes, block).grown(2).holds(x, y):
            return block
    return None


def _grip(x: float, axes: Axes, block: PlanBlock) -> Grip:
    box = block_box(axes, block)
    if not block.can_stretch or box.w < 3 * EDGE:
        return Grip.WHOLE
    if x > box.right - EDGE:
        return Grip.END
    return Grip.START if x < box.x + EDGE else Grip.WHOLE
