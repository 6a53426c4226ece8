"""Wind streaks behind craters: bright or dark, drawn out and fading."""

import math

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.look_parts import ScarsLook
from game.render.source import CratersLike


def paint_streaks(canvas: Canvas, craters: CratersLike, chosen: NDArray[np.intp]) -> None:
    """Draw the streaks of some craters."""
    numbers = look().scars
    for k in _streaked(canvas, craters, chosen, numbers):
        _paint_streak(canvas, craters, int(k), numbers)


def _streaked(
    canvas: Canvas, craters: CratersLike, chosen: NDArray[np.intp], numbers: ScarsLook
) -> NDArray[np.intp]:
    """Return the craters whose streaks can touch the tile."""
    age = np.asarray(craters.age_frac)[chosen]
    diameter = np.asarray(craters.diameter_m)[chosen]
    low, high = numbers.streak_radii
    long = (low + (high - low) * (1 - age)) * 0.5 * diameter
    x0, y0, x1, y1 = canvas.grid.box_m
    east, north = canvas.wind
    x = 0.5 * (x0 + x1) - np.asarray(craters.x_m)[chosen]
    y = 0.5 * (y0 + y1) - np.asarray(craters.y_m)[chosen]
    half = 0.5 * math.hypot(x1 - x0, y1 - y0)
    along, across = x * east + y * north, np.abs(x * north - y * east)
    widest = 0.85 * 0.5 * diameter + 0.12 * long + 2.0
    seen = (age < numbers.streak_age) & (diameter >= 10 * min(canvas.grid.cell_m, 1.0))
    seen &= (0.25 * diameter - half < along) & (along < long + half) & (across < widest + half)
    return chosen[seen]


def _paint_streak(canvas: Canvas, craters: CratersLike, k: int, numbers: ScarsLook) -> None:
    """Draw the wind streak of a crater: from the rim down the wind, widening, fading."""
    age, phase = float(craters.age_frac[k]), float(craters.phase[k])
    radius = float(craters.diameter_m[k]) / 2
    low, high = numbers.streak_radii
    long = low + (high - low) * (1 - age)
    east, north = canvas.wind
    span = (0.5 * radius, long * radius)
    found = _streak_window(canvas, (float(craters.x_m[k]), float(craters.y_m[k])), radius, span)
    if found is None:
        return
    rows, columns, dx, dy = found
    x, y = dx * np.float32(1 / radius), dy * np.float32(1 / radius)
    if _is_beside(x, y, canvas.wind, long):
        return
    along = x * np.float32(east) + y * np.float32(north)
    across = x * np.float32(north) - y * np.float32(east)
    across += np.float32(0.06) * canvas.noise(41.0, 61)[rows, columns]
    ragged = np.float32(0.07) * np.clip(canvas.noise(9.1, 62)[rows, columns], -2, 2)
    across += ragged * np.maximum(along * np.float32(0.5), 0)
    across /= np.maximum(np.float32(0.85) + np.float32(0.05) * along, np.float32(0.1))
    across *= across
    shape = np.subtract(np.float32(1), across, out=across)
    np.maximum(shape, np.float32(0), out=shape)
    if not shape.any():
        return
    shape *= np.clip((along - np.float32(0.5)) * np.float32(1.2), 0, 1)
    shape *= np.clip(1 - along * np.float32(1 / long), 0, 1) ** np.float32(1.3)
    shape *= x * x + y * y > 1
    tone = numbers.streak_bright if phase * 7 % 1 > 0.4 else numbers.streak_dark
    strength = np.float32(tone * (1 - age) ** 0.6)
    shape *= strength
    canvas.albedo[rows, columns] += shape
    shape *= np.float32(0.9)
    canvas.redness[rows, columns] += shape


def _is_beside(x: Field, y: Field, wind: tuple[float, float], long: float) -> bool:
    """Tell if no place of a window (offsets in radii) lies in a streak: its corners decide."""
    x, y = x[:, [0, -1]], y[[0, -1]]
    along, across = x * wind[0] + y * wind[1], x * wind[1] - y * wind[0]
    # The noise at the edge stays under six deviations.
    widest = 0.85 + 0.12 * min(float(along.max()), long) + 0.06 * 6
    is_aside = float(across.min()) > widest or float(across.max()) < -widest
    return is_aside or float(along.max()) < 0.5 or float(along.min()) > long


def _streak_window(
    canvas: Canvas, place: tuple[float, float], radius: float, span: tuple[float, float]
) -> tuple[slice, slice, Field, Field] | None:
    """Return the window of a streak, with offsets from the crater [m]."""
    grid, cell = canvas.grid, canvas.grid.cell_m
    # Half the width at the far end; the noise at its edge is not wider than half a radius.
    widest = 1.35 * radius + 0.12 * span[1]
    parts = []
    for at, way, side, first, count in (
        (place[0], *canvas.wind, grid.i0, grid.nx),
        (place[1], *canvas.wind[::-1], grid.j0, grid.ny),
    ):
        ends = sorted((way * span[0], way * span[1]))
        low = math.floor((at + ends[0] - widest * abs(side)) / cell) - first
        high = math.ceil((at + ends[1] + widest * abs(side)) / cell) - first + 1
        parts.append((max(0, low), min(count, high)))
    (west, east), (south, north) = parts
    if west >= east or south >= north:
        return None
    dx = ((grid.i0 + np.arange(west, east)) * cell - place[0]).astype(np.float32)
    dy = ((grid.j0 + np.arange(south, north)) * cell - place[1]).astype(np.float32)
    return slice(south, north), slice(west, east), dx[None, :], dy[:, None]
