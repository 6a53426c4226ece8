"""The strip along the bottom of the play screen: plan, radio and charge from 06 to 06."""

from game.ui.boxes import Box
from game.ui.canvas import LABEL, Canvas, Look
from game.ui.draw.plot import Axes, draw_band, draw_daylight, draw_hours
from game.ui.hud_parts import Block, Strip, Window
from game.ui.theme import mixed

GUTTER = 80.0
LEAST_WINDOW = 8.0
DAWN = Look(12, "accent", is_strong=True)
PAST_FADE = 0.62


def strip_axes(box: Box) -> Axes:
    """Return the axes of the charge row; all rows share its hours."""
    return Axes(Box(box.x + GUTTER, box.y + 72, box.w - GUTTER - 16, 34), 0.0, 1.0)


def draw_strip(canvas: Canvas, box: Box, strip: Strip) -> None:
    """Draw the whole strip."""
    canvas.panel(box)
    axes = strip_axes(box)
    draw_hours(canvas, axes, box.y + 3, box.bottom - 8)
    draw_daylight(canvas, axes, box.y + 22, strip.rise_h, strip.set_h)
    for words, y in (("Plan", 33), ("Radio", 55), ("Charge", 80)):
        canvas.text(words, box.x + 12, box.y + y, LABEL)
    for block in strip.blocks:
        draw_block(canvas, axes, box.y + 32, block)
    for window in strip.windows:
        _draw_window(canvas, axes, box.y + 57, window)
    _draw_charge(canvas, axes, strip)
    _draw_now(canvas, axes, box, strip.now_h)


def draw_block(canvas: Canvas, axes: Axes, y: float, block: Block) -> None:
    """Draw one activity as a block, with its word or icon if it has room."""
    x = axes.x(block.start_h)
    box = Box(x, y, max(5.0, axes.x(block.end_h) - x - 1), 20)
    colour = canvas.rgb(block.token)
    ink = "ink"
    if block.is_past:
        colour, ink = mixed(colour, canvas.rgb("panel"), PAST_FADE), "text"
    if block.is_optional:
        canvas.outline(box, colour, 1, 3)
        ink = "text"
    else:
        canvas.fill(box, colour, 3)
    if block.is_now:
        canvas.outline(box.grown(2), "accent", 2, 4)
    look = Look(12, ink)
    if canvas.width(block.words, look) < box.w - 10:
        canvas.text(block.words, box.x + 6, y + 2, look)
    elif box.w >= 18:
        canvas.icon(block.icon, box.x + (box.w - 16) / 2, y + 2, ink, 16)


def _draw_window(canvas: Canvas, axes: Axes, y: float, window: Window) -> None:
    x = axes.x(window.start_h)
    box = Box(x, y, max(LEAST_WINDOW, axes.x(window.end_h) - x), 12)
    colour = canvas.rgb("radio")
    if window.is_past:
        colour = mixed(colour, canvas.rgb("panel"), PAST_FADE)
    for first_h, last_h in window.uses_h:
        left = axes.x(first_h)
        right = max(left + LEAST_WINDOW, axes.x(last_h))
        canvas.fill(Box(left, y, min(right, box.right) - left, 12), colour, 2)
    canvas.outline(box, colour, 1, 2)


def _draw_charge(canvas: Canvas, axes: Axes, strip: Strip) -> None:
    draw_band(canvas, axes, [(hour, low, high) for hour, _, low, high in strip.ahead])
    floor = axes.y(strip.floor_frac)
    canvas.line((axes.box.x, floor), (axes.box.right, floor), "act")
    canvas.curve(axes.points(strip.past), "text", 2)
    ahead = [(hour, middle) for hour, middle, _, _ in strip.ahead]
    canvas.curve(axes.points(ahead), "accent", 1.5)
    if strip.dawn and ahead:
        y = axes.y(ahead[-1][1]) - 19
        if y < axes.box.y - 10:
            y = axes.y(ahead[-1][1]) + 3
        canvas.text(strip.dawn, axes.box.right - 3, y, DAWN, "right")


def _draw_now(canvas: Canvas, axes: Axes, box: Box, now_h: float) -> None:
    x, top = axes.x(now_h), box.y + 20
    canvas.line((x, top), (x, box.bottom - 6), "accent", 2)
    canvas.area([(x - 5, box.y + 14), (x + 5, box.y + 14), (x, box.y + 21)], "accent")
