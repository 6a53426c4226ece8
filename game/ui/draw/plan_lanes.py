"""Lanes of the plan with their blocks, and the bands of charge, warmth and memory below."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, Canvas, Look
from game.ui.draw.plot import Axes, draw_band, draw_daylight, draw_hours
from game.ui.hud_parts import Window
from game.ui.plan_parts import PlanBlock, PlanModel
from game.ui.widgets.timeline import BLOCK_HEIGHT, LANE_STEP, block_box
from game.ui.words import LANES, icon_of, percent_range, token_of

STROKE_STEP = 8
BOX_SPAN_C = (-40.0, 40.0)


def draw_lanes(canvas: Canvas, axes: Axes, panel: Box, model: PlanModel) -> None:
    """Draw hours, daylight, lanes, passes and blocks."""
    draw_hours(canvas, axes, panel.y + 38, panel.bottom - 8)
    draw_daylight(canvas, axes, panel.y + 56, model.rise_h, model.set_h)
    for k, name in enumerate(LANES):
        y = axes.box.y + LANE_STEP * k
        canvas.text(name, panel.x + 12, y - 1, BODY)
        canvas.line((axes.box.x, y + LANE_STEP - 2), (axes.box.right, y + LANE_STEP - 2), "line")
    for window in model.windows:
        _draw_window(canvas, axes, window)
    for block in model.blocks:
        draw_plan_block(
            canvas, axes, block, is_selected=block.number in (model.chosen or (model.selected,))
        )
    if model.now_h > axes.hour(axes.box.x):
        x = axes.x(model.now_h)
        canvas.line((x, panel.y + 54), (x, panel.bottom - 8), "accent", 2)


def _draw_window(canvas: Canvas, axes: Axes, window: Window) -> None:
    x = axes.x(window.start_h)
    y = axes.box.y + LANE_STEP * LANES.index("Radio")
    wide = max(8.0, axes.x(window.end_h) - x)
    canvas.outline(Box(x, y, wide, BLOCK_HEIGHT), "line" if window.is_past else "radio", 1, 3)


def draw_plan_block(canvas: Canvas, axes: Axes, block: PlanBlock, *, is_selected: bool) -> None:
    """Draw one block: filled, or an outline when it is optional or over."""
    box = block_box(axes, block)
    token = token_of(block.kind)
    ink = _draw_ground(canvas, box, block, token)
    is_struck = block.is_bad and not block.is_over
    if is_struck:
        _draw_strokes(canvas, box)
    look = Look(12, ink)
    wide = canvas.width(block.words, look)
    if wide + 10 <= box.w:
        if is_struck:
            canvas.fill(Box(box.x + 2, box.y + 2, wide + 8, box.h - 4), token, 2)
        canvas.text(block.words, box.x + 6, box.y + 1, look)
    elif box.w >= 18:
        canvas.icon(icon_of(block.kind), box.x + box.w / 2 - 8, box.y + 1, ink, 16)
    if is_struck:
        canvas.outline(box.grown(2), "act", 2, 4)
    elif is_selected:
        canvas.outline(box.grown(2), "accent", 2, 4)


def _draw_ground(canvas: Canvas, box: Box, block: PlanBlock, token: str) -> str:
    """Draw the ground of a block and return the colour of what is written on it."""
    if not (block.is_over or block.is_optional):
        canvas.fill(box, token, 3)
        return "ink"
    canvas.fill(box, "track" if block.is_over else "panel", 3)
    canvas.outline(box, "act" if block.is_over and block.is_bad else token, 1, 3)
    return "quiet" if block.is_over else "text"


def _draw_strokes(canvas: Canvas, box: Box) -> None:
    """Draw diagonal strokes, kept inside the block."""
    sheet = canvas.sheet(box)
    x = box.x - box.h
    while x < box.right:
        sheet.line((x, box.bottom - 1), (x + box.h, box.y), "act_dark", 2)
        x += STROKE_STEP
    canvas.surface.blit(sheet.surface, canvas.rect(box))


def draw_bands(canvas: Canvas, axes: Axes, panel: Box, model: PlanModel) -> None:
    """Draw charge with its band and floor, the warm box, and memory."""
    x, wide = axes.box.x, axes.box.w
    charge = Axes(Box(x, panel.y + 206, wide, 56), 0.0, 1.0)
    canvas.text("Charge", panel.x + 12, panel.y + 208, BODY)
    canvas.text("%", panel.x + 12, panel.y + 226, NOTE)
    for value in (model.floor_frac, 1.0):
        words = f"{100 * value:.0f}"
        canvas.text(words, x - 6, charge.y(value) - 8, NOTE, "right")
    draw_band(canvas, charge, [(hour, low, high) for hour, _, low, high in model.charge])
    floor = charge.y(model.floor_frac)
    canvas.line((x, floor), (axes.box.right, floor), "act")
    canvas.curve(charge.points(model.before), "faint", 1)
    canvas.curve(charge.points([(hour, mid) for hour, mid, _, _ in model.charge]), "accent", 2)
    canvas.text("Warm box", panel.x + 12, panel.y + 264, BODY)
    box = Axes(Box(x, panel.y + 266, wide, 24), *BOX_SPAN_C)
    draw_band(canvas, box, list(model.box_band))
    limit = box.y(model.box_floor_c)
    canvas.line((x, limit), (axes.box.right, limit), "act_dark")
    canvas.curve(box.points(model.box_c), "cool", 1)
    canvas.text("Memory", panel.x + 12, panel.y + 292, BODY)
    memory = Axes(Box(x, panel.y + 294, wide, 20), 0.0, 1.0)
    draw_band(canvas, memory, list(model.memory_band))
    canvas.curve(memory.points(model.memory), "radio", 1)
    _draw_ends(canvas, model, box, memory)


def _draw_ends(canvas: Canvas, model: PlanModel, box: Axes, memory: Axes) -> None:
    """Write the last values of the two small bands beside their right ends."""
    if model.box_band:
        low = f"{min(value for _, value, _ in model.box_band):.0f}"
        high = f"{min(value for _, _, value in model.box_band):.0f}"
        words = f"low {low if low == high else f'{low} to {high}'} °C".replace("-", "−")
        canvas.text(words, box.box.right - 4, box.box.y - 1, NOTE, "right")
    if model.memory_band:
        most = percent_range(*(max(row[k] for row in model.memory_band) for k in (1, 2)))
        dawn = percent_range(*model.memory_band[-1][1:])
        words = f"most {most} · dawn {dawn}"
        canvas.text(words, memory.box.right - 4, memory.box.y - 1, NOTE, "right")
