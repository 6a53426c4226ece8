"""The weather record: sols against hours, and what pressure, warmth and wind did."""

from collections.abc import Callable, Sequence

from game.rover.records import Spread
from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, Canvas
from game.ui.draw.plot import Axes
from game.ui.facts.weather import Session
from game.units import celsius

GRID_FRAC = 0.36
SHOWN_SOLS = 24
Reading = Callable[[Session], Spread]
PLOTS: tuple[tuple[str, str, Reading, float], ...] = (
    ("Pressure, Pa", "air", lambda s: s.pressure_pa, 4.0),
    ("Air, °C", "cool", lambda s: _celsius(s.air_k), 4.0),
    ("Wind, m/s", "look", lambda s: s.wind_m_s, 2.0),
    ("Dust, τ", "drive", lambda s: s.tau, 0.1),
)


def draw_weather(canvas: Canvas, room: Box, found: Sequence[Session]) -> None:
    """Draw when there was listening, and four lines of what was heard."""
    if not found:
        canvas.text("No record yet. Air on the action bar", room.x, room.y, BODY)
        canvas.text("starts the weather station.", room.x, room.y + 20, BODY)
        return
    last = found[-1].sol
    first = max(found[0].sol, last - SHOWN_SOLS + 1)
    shown = [one for one in found if one.sol >= first]
    grid = Box(room.x + 30, room.y + 16, room.w - 30, room.h * GRID_FRAC - 16)
    _draw_grid(canvas, grid, shown, (first, max(last, first + 7)))
    high = (room.bottom - grid.bottom - 34) / len(PLOTS)
    for k, (title, token, reading, least) in enumerate(PLOTS):
        box = Box(grid.x, grid.bottom + 52 + high * k, grid.w, high - 24)
        _draw_plot(canvas, box, shown, (title, token, reading, least),
                   (first, max(last, first + 7)))  # fmt: skip


def _draw_grid(canvas: Canvas, box: Box, shown: Sequence[Session], sols: tuple[int, int]) -> None:
    """Draw hours upwards and sols across: what is home bright, what waits as an outline."""
    wide = box.w / (sols[1] - sols[0] + 1)
    canvas.fill(box, "track", 2)
    for hour in (0, 6, 12, 18, 24):
        y = box.bottom - box.h * hour / 24
        canvas.line((box.x, y), (box.right, y), "line")
        canvas.text(f"{hour % 24:02d}", box.x - 6, y - 8, NOTE, "right")
    for one in shown:
        for first_h, last_h, sol in _by_sol(one):
            if not sols[0] <= sol <= sols[1]:
                continue
            x = box.x + wide * (sol - sols[0]) + 1
            top, low = (box.bottom - box.h * h / 24 for h in (last_h, first_h))
            bar = Box(x, top, max(2.0, wide - 2), max(2.0, low - top))
            if one.is_home:
                canvas.fill(bar, "air", 1)
            else:
                canvas.outline(bar, "air", 1, 1)
    for sol in sorted({sols[0], (sols[0] + sols[1]) // 2, sols[1]}):
        x = box.x + wide * (sol - sols[0] + 0.5)
        canvas.text(f"{sol}", x, box.bottom + 3, NOTE, "middle")
    canvas.text("sol", box.x - 6, box.bottom + 3, NOTE, "right")


def _by_sol(one: Session) -> list[tuple[float, float, int]]:
    """Cut a record at midnight."""
    if one.last_h <= 24.0:
        return [(one.first_h, one.last_h, one.sol)]
    return [(one.first_h, 24.0, one.sol), (0.0, min(one.last_h - 24.0, 24.0), one.sol + 1)]


def _draw_plot(
    canvas: Canvas,
    box: Box,
    shown: Sequence[Session],
    style: tuple[str, str, Reading, float],
    sols: tuple[int, int],
) -> None:
    title, token, reading, least = style
    spreads = [(one.sol + one.first_h / 24, reading(one)) for one in shown]
    low = min(spread.least for _, spread in spreads)
    high = max(spread.most for _, spread in spreads)
    half = max(high - low, least) * 0.56
    axes = Axes(box, (low + high) / 2 - half, (low + high) / 2 + half, sols[0], sols[1] + 1)
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    for at, spread in spreads:
        x = axes.x(at)
        canvas.line((x, axes.y(spread.least)), (x, axes.y(spread.most)), token, 1)
        canvas.disc((x, axes.y(spread.mean)), 2.5, token)
    canvas.text(title, box.x, box.y - 18, NOTE)
    words = f"{_short(low)} to {_short(high)}"
    canvas.text(words, box.right, box.y - 20, STRONG, "right")


def _short(value: float) -> str:
    words = (
        f"{value:.2f}" if abs(value) < 1 else f"{value:.1f}" if abs(value) < 20 else f"{value:.0f}"
    )
    return words.replace("-", "−")


def _celsius(spread: Spread) -> Spread:
    return Spread(celsius(spread.mean), celsius(spread.least), celsius(spread.most))
