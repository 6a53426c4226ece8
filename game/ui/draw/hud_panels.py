"""The panels of the HUD, one function each."""

import math

import pygame

from game.ui.boxes import Box
from game.ui.canvas import LABEL, NOTE, STRONG, TITLE, VALUE, Canvas, Look, Point
from game.ui.draw.camera_view import draw_arriving
from game.ui.hud_parts import ActionCell, HealthRow, HomePanel, HudModel, PassPanel
from game.ui.wrap import shortened, wrapped

RATE_WORDS = ("", "×1", "×10", "×60", "×300", "×900")
RATES = (0.0, 1.0, 10.0, 60.0, 300.0, 900.0)
HOME_TEXT_W = 156.0
ARC_W, ARC_H, ARC_STEPS = 144.0, 32.0, 48
BAD_VALUE = Look(18, "act", is_strong=True)


def draw_clock(canvas: Canvas, box: Box, model: HudModel) -> None:
    """Draw the sol, the local time and the day arc with the Sun on it."""
    canvas.panel(box)
    canvas.text(f"Sol {model.sol} of {model.sol_count}", box.x + 12, box.y + 5, LABEL)
    wide = canvas.text(model.clock, box.x + 12, box.y + 15, TITLE)
    note = Look(12, "accent") if model.clock_note == "paused" else NOTE
    canvas.text(model.clock_note, box.x + 20 + wide, box.y + 31, note)
    if box.w > 240:
        _draw_arc(canvas, (box.right - 88, box.bottom - 9), model.sun_frac)


def _draw_arc(canvas: Canvas, foot: Point, sun_frac: float | None) -> None:
    x, y = foot
    points = [
        (x - ARC_W / 2 + ARC_W * k / ARC_STEPS, y - ARC_H * math.sin(math.pi * k / ARC_STEPS))
        for k in range(ARC_STEPS + 1)
    ]
    canvas.line((x - ARC_W / 2 - 4, y), (x + ARC_W / 2 + 4, y), "arc")
    canvas.curve(points, "arc", 1.5)
    if sun_frac is None:
        return
    done = round(sun_frac * ARC_STEPS)
    canvas.curve(points[: done + 1], "accent", 1.5)
    sun = (x - ARC_W / 2 + ARC_W * sun_frac, y - ARC_H * math.sin(math.pi * sun_frac))
    canvas.disc(sun, 5, "accent")


def draw_rates(canvas: Canvas, box: Box, cells: tuple[Box, ...], model: HudModel) -> None:
    """Draw the rates; the running one is filled."""
    canvas.panel(box)
    running = min(range(len(RATES)), key=lambda k: abs(RATES[k] - min(model.rate, RATES[-1])))
    for k, (cell, words) in enumerate(zip(cells, RATE_WORDS, strict=True)):
        is_on = k == running
        if is_on:
            canvas.fill(cell, "accent", 4)
        if not words:
            canvas.icon("pause", cell.x + 6, cell.y + 4, "ink" if is_on else "quiet")
            continue
        look = Look(14, "ink" if is_on else "quiet", is_strong=is_on)
        canvas.text(words, cell.x + cell.w / 2, cell.y + 4, look, "middle")


def draw_link(canvas: Canvas, box: Box, link: PassPanel) -> None:
    """Draw the next pass and the score that is home; during a pass, a bar that drains."""
    canvas.panel(box)
    is_open = link.left_frac is not None
    canvas.icon("pass", box.x + 12, box.y + 18, "radio")
    canvas.text(link.label, box.x + 42, box.y + 6, Look(12, "radio") if is_open else LABEL)
    canvas.text(link.value, box.x + 42, box.y + 21, VALUE)
    if box.w > 240:
        canvas.text("Home so far", box.right - 12, box.y + 6, LABEL, "right")
        canvas.text(link.home, box.right - 12, box.y + 21, VALUE, "right")
    if link.left_frac is not None:
        canvas.bar(Box(box.x + 12, box.bottom - 9, box.w - 24, 5), link.left_frac, "radio")


def draw_health(canvas: Canvas, box: Box, rows: tuple[HealthRow, ...]) -> None:
    """Draw charge, power, warm box and air."""
    canvas.panel(box)
    for k, row in enumerate(rows):
        y = box.y + 4 + 57 * k
        if k:
            canvas.line((box.x + 12, y - 1), (box.right - 12, y - 1), "line")
        _draw_row(canvas, box, y, row)


def _draw_row(canvas: Canvas, box: Box, y: float, row: HealthRow) -> None:
    token = "act" if row.is_bad else "quiet"
    canvas.icon("warn" if row.is_bad else row.icon, box.x + 12, y + 12, token)
    canvas.text(row.label, box.x + 40, y + 5, LABEL)
    canvas.text(row.value, box.right - 12, y + 1, BAD_VALUE if row.is_bad else VALUE, "right")
    if row.frac is not None:
        canvas.bar(Box(box.x + 40, y + 26, box.w - 52, 5), row.frac, token, row.limit_frac)
    note = shortened(row.note, box.w - 52, lambda words: canvas.width(words, NOTE))
    canvas.text(note, box.x + 40, y + (34 if row.frac is not None else 26), NOTE)


def draw_home(
    canvas: Canvas, box: Box, home: HomePanel, frame: Box, picture: pygame.Surface | None
) -> None:
    """Draw what waits for the radio, the newest picture and the goal."""
    canvas.panel(box)
    left, right = box.x + 12, box.right - 12
    canvas.icon("warn" if home.is_full else "queue", left, box.y + 12,
                "act" if home.is_full else "quiet")  # fmt: skip
    canvas.text("To send", box.x + 40, box.y + 5, LABEL)
    canvas.text(home.queue, right, box.y + 1, BAD_VALUE if home.is_full else VALUE, "right")
    canvas.bar(Box(box.x + 40, box.y + 28, box.w - 52, 5), home.queue_frac, "radio")
    note = shortened(home.queue_note, box.w - 52, lambda words: canvas.width(words, NOTE))
    canvas.text(note, box.x + 40, box.y + 35, NOTE)
    canvas.line((left, box.y + 58), (right, box.y + 58), "line")
    _draw_picture(canvas, home, frame, picture)
    canvas.line((left, frame.bottom + 22), (right, frame.bottom + 22), "line")
    _draw_goal(canvas, box, frame.bottom + 28, home)


def _draw_picture(
    canvas: Canvas, home: HomePanel, frame: Box, picture: pygame.Surface | None
) -> None:
    canvas.fill(frame, "track")
    if picture is not None:
        colours = (canvas.rgb("panel"), canvas.rgb("radio"))
        draw_arriving(canvas.surface, canvas.rect(frame), picture, home.picture_frac, colours)
    else:
        canvas.icon("look", frame.x + frame.w / 2 - 16, frame.y + 30, "faint", 32)
        words = "on board" if home.picture else "no picture yet"
        canvas.text(words, frame.x + frame.w / 2, frame.y + 66, NOTE, "middle")
    canvas.outline(frame, "line")
    note = shortened(home.picture_note, frame.w, lambda words: canvas.width(words, NOTE))
    canvas.text(note, frame.x, frame.bottom + 3, NOTE)


def _draw_goal(canvas: Canvas, box: Box, y: float, home: HomePanel) -> None:
    if not home.goal:
        return
    wide = box.w - 52
    canvas.icon("flag", box.x + 12, y + 4, "accent")
    names = wrapped(home.goal, wide, lambda words: canvas.width(words, STRONG))
    for k, line in enumerate(names):
        canvas.text(line, box.x + 40, y + 18 * k, STRONG)
    y += 18 * (len(names) - 1)
    canvas.text(home.goal_way, box.x + 40, y + 19, LABEL)
    for k, line in enumerate(goal_lines(canvas, home)):
        canvas.text(line, box.x + 40, y + 35 + 16 * k, NOTE)


def goal_lines(canvas: Canvas, home: HomePanel) -> tuple[str, ...]:
    """Return the first sentence about the goal in lines that fit the panel."""
    first, dot, _ = home.goal_note.partition(". ")
    return wrapped(first + dot.strip(), HOME_TEXT_W, lambda words: canvas.width(words, NOTE))


def home_growth(canvas: Canvas, home: HomePanel) -> float:
    """Return how much taller the panel has to be for long names."""
    names = wrapped(home.goal, HOME_TEXT_W, lambda words: canvas.width(words, STRONG))
    return 18.0 * (len(names) - 1) + 16.0 * max(0, len(goal_lines(canvas, home)) - 1)


def draw_actions(
    canvas: Canvas, box: Box, cells: tuple[Box, ...], actions: tuple[ActionCell, ...],
    hovered: str, *, show_keys: bool,
) -> None:  # fmt: skip
    """Draw the action bar: lit, possible, or faint."""
    canvas.panel(box)
    for cell, action in zip(cells, actions, strict=True):
        is_lit = action.is_lit or action.is_running
        if is_lit:
            canvas.fill(cell, "accent_dim", 4)
            canvas.outline(cell, "accent", 1, 4)
        elif action.name == hovered and not action.reason:
            canvas.fill(cell, "track", 4)
        token = "accent" if is_lit else "faint" if action.reason else "text"
        if action.reason and not is_lit:
            token = "arc"
        canvas.icon(action.icon, cell.x + cell.w / 2 - 10, cell.y + 4, token)
        word = action.key if show_keys else action.word
        look = Look(12, "accent" if is_lit else "faint" if action.reason else "quiet")
        canvas.text(word, cell.x + cell.w / 2, cell.y + 25, look, "middle")
