"""Charts over the sols of a mission: bars, lines, and the way beside the real rover's."""

from collections.abc import Sequence

from game.ui.boxes import Box
from game.ui.canvas import LABEL, NOTE, STRONG, Canvas, Look
from game.ui.draw.plot import Axes
from game.ui.facts.ledger import SolColumn, real_rover, real_way_m
from game.ui.words import way_text

BOUND_TOKENS = {"energy": "accent", "data": "radio", "time": "drive", "none": "track"}
BOUND_WORDS = (("energy", "energy"), ("data", "radio"), ("time", "daylight"))
TICK_SOLS = 10
Rows = Sequence[tuple[float, float]]


def sol_axes(box: Box, sols: int, low: float, high: float) -> Axes:
    """Return axes over all sols of a mission."""
    return Axes(box, low, high, 0.5, sols + 0.5)


def draw_sols(canvas: Canvas, box: Box, sols: int, y: float) -> None:
    """Write sol numbers under a column of charts, with a light grid through it."""
    axes = sol_axes(box, sols, 0.0, 1.0)
    for sol in range(TICK_SOLS, sols + 1, TICK_SOLS):
        x = axes.x(sol)
        canvas.line((x, box.y), (x, box.bottom), "line")
        canvas.text(f"{sol}", x, y, NOTE, "middle")


def draw_bars(
    canvas: Canvas, box: Box, sols: int, values: Rows, style: tuple[str, str, str]
) -> None:
    """Draw one bar a sol; the style is title, unit and colour."""
    title, unit, token = style
    most = max([value for _, value in values] + [1e-9])
    axes = sol_axes(box, sols, 0.0, most * 1.1)
    wide = max(2.0, box.w / sols - 1.5)
    for sol, value in values:
        if value > 0.0:
            y = axes.y(value)
            canvas.fill(Box(axes.x(sol) - wide / 2, y, wide, max(1.0, box.bottom - y)), token, 1)
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    _head(canvas, box, title, f"most {most:,.0f} {unit}" if values else "")


def draw_dawns(canvas: Canvas, box: Box, sols: int, found: Sequence[SolColumn], floor: float) -> (
    None
):  # fmt: skip
    """Draw the charge of every dawn over its floor."""
    axes = sol_axes(box, sols, 0.0, 1.0)
    canvas.line((box.x, axes.y(floor)), (box.right, axes.y(floor)), "act")
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    canvas.curve(axes.points([(c.sol, c.dawn_frac) for c in found]), "accent", 2)
    lowest = f"lowest {100 * min(c.dawn_frac for c in found):.0f} %" if found else ""
    _head(canvas, box, "Dawn charge", lowest)


def draw_bounds(canvas: Canvas, box: Box, sols: int, found: Sequence[SolColumn]) -> None:
    """Draw what limited each sol as a row of small fields, with a key."""
    axes = sol_axes(box, sols, 0.0, 1.0)
    wide = max(2.0, box.w / sols - 1.0)
    for column in found:
        token = BOUND_TOKENS.get(column.bound, "track")
        canvas.fill(Box(axes.x(column.sol) - wide / 2, box.y, wide, box.h), token, 1)
    canvas.text("What was scarce", box.x, box.y - 18, LABEL)
    x = box.right
    for name, words in reversed(BOUND_WORDS):
        x -= canvas.width(words, NOTE)
        canvas.text(words, x, box.y - 18, NOTE)
        x -= 16
        canvas.fill(Box(x, box.y - 14, 10, 10), BOUND_TOKENS[name], 2)
        x -= 14


def draw_race(canvas: Canvas, box: Box, sols: int, own: Rows) -> None:
    """Draw the way driven beside that of the real rover."""
    real = [(float(sol), real_way_m(sol)) for sol in range(1, sols + 1)]
    most = max([way for _, way in (*real, *own)] + [1.0]) * 1.08
    axes = sol_axes(box, sols, 0.0, most)
    step = 100 if most < 600 else 250 if most < 1500 else 500
    for mark in range(step, int(most) + 1, step):
        canvas.line((box.x, axes.y(mark)), (box.right, axes.y(mark)), "line")
        canvas.text(f"{mark} m", box.x, axes.y(mark) - 16, NOTE)
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    canvas.curve(axes.points(real), "arc", 2)
    canvas.curve(axes.points(own), "accent", 2)
    if own:
        canvas.disc(axes.points(own)[-1], 4, "accent")
        sol, way = own[-1]
        lead = way - real_way_m(sol)
        words = f"{way_text(abs(lead))} {'ahead' if lead >= 0 else 'behind'}"
        canvas.text(words, box.right, box.y - 20, STRONG, "right")
    canvas.text("Way driven", box.x, box.y - 18, LABEL)
    end = axes.points(real)[-1]
    canvas.text(real_rover().name, end[0] - 4, end[1] + 6, Look(12, "faint"), "right")


def _head(canvas: Canvas, box: Box, title: str, note: str) -> None:
    canvas.text(title, box.x, box.y - 18, LABEL)
    canvas.text(note, box.right, box.y - 18, NOTE, "right")
