"""Tracks of dust devils on the ground."""

import math

import numpy as np

from game.render.canvas import Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.look_parts import ScarsLook
from game.render.noise import hashed, smooth, unit

_DEVIL_STEPS = 160
_MOST_BEND = 0.8  # of its heading against the wind's [rad]


def paint_devils(canvas: Canvas) -> None:
    """Draw the tracks of dust devils: dark, thin, wandering lines of bared ground."""
    numbers = look().scars
    if canvas.grid.cell_m < 0.25:
        return
    x0, y0, x1, y1 = canvas.grid.box_m
    side, reach = numbers.devil_side_m, numbers.devil_length_m[1]
    i = np.arange(math.floor((x0 - reach) / side), math.floor((x1 + reach) / side) + 1)
    j = np.arange(math.floor((y0 - reach) / side), math.floor((y1 + reach) / side) + 1)
    place = hashed(i[None, :], j[:, None], canvas.seed * 131 + 95)
    index = np.arange(7, dtype=np.int64)
    draw = unit(hashed(index, place.astype(np.int64)[..., None], 96), 5)
    # A track stays within its length of its beginning.
    long = numbers.devil_length_m[0] + np.ptp(numbers.devil_length_m) * draw[..., 1]
    x, y = (i[None, :] + draw[..., 5]) * side, (j[:, None] + draw[..., 6]) * side
    long += numbers.devil_width_m[1]
    seen = (draw[..., 0] <= numbers.devil_share) & (x > x0 - long) & (x < x1 + long)
    seen &= (y > y0 - long) & (y < y1 + long)
    for row, column in zip(*np.nonzero(seen), strict=True):
        start = (float(x[row, column]), float(y[row, column]))
        _paint_devil(canvas, start, int(place[row, column]), numbers)


def _paint_devil(canvas: Canvas, start: tuple[float, float], seed: int, numbers: ScarsLook) -> None:
    index = np.arange(_DEVIL_STEPS, dtype=np.int64)
    draw = unit(hashed(index, index * 0 + seed, 96), 5)
    length = _between(numbers.devil_length_m, float(draw[1]))
    width = _between(numbers.devil_width_m, float(draw[2]) ** 2)
    strength = _between(numbers.devil_albedo, float(draw[3]))
    heading = headings(draw, canvas.wind)
    step = length / _DEVIL_STEPS
    x = start[0] + np.cumsum(np.sin(heading)) * step
    y = start[1] + np.cumsum(np.cos(heading)) * step
    x0, y0, x1, y1 = canvas.grid.box_m
    near = (x > x0 - width) & (x < x1 + width) & (y > y0 - width) & (y < y1 + width)
    if not near.any():
        return
    mask = np.zeros_like(canvas.albedo)
    reach = max(width, 1.4 * canvas.grid.cell_m)
    fade = np.sqrt(np.sin(np.pi * (index + 0.5) / _DEVIL_STEPS)).astype(np.float32)
    if reach < 4 * canvas.grid.cell_m:
        _dots(canvas, mask, (x, y, fade), reach)
    else:
        for n in np.flatnonzero(near):
            stroke = (float(heading[n]), step, float(fade[n]))
            _stroke(canvas, mask, (float(x[n]), float(y[n])), reach, stroke)
    thin = min(1.0, width / canvas.grid.cell_m)
    canvas.albedo -= np.float32(strength * thin) * mask
    canvas.redness -= np.float32(strength * thin) * mask


def headings(draw: Field, wind: tuple[float, float]) -> Field:
    """Return the heading of each piece of a track, from its numbers in 0 to 1 [rad].

    Tracks wander, but the wind carries them on: none winds itself up.
    """
    bend = np.cumsum(np.cumsum(draw - np.float32(0.5)) * np.float32(0.055))
    bend = _MOST_BEND * np.sin((bend - bend.mean()) / _MOST_BEND)
    return np.asarray(math.atan2(*wind) + 0.9 * (float(draw[4]) - 0.5) + bend)


def _dots(canvas: Canvas, mask: Field, line: tuple[Field, Field, Field], reach_m: float) -> None:
    """Draw a whole line of a few cells' width into the mask."""
    grid, cell = canvas.grid, canvas.grid.cell_m
    fine = np.arange(0, _DEVIL_STEPS - 1, 0.2)
    index = np.arange(_DEVIL_STEPS)
    x, y, fade = (np.interp(fine, index, values) for values in line)
    x, y = x / cell - grid.i0, y / cell - grid.j0
    column, row = np.rint(x).astype(int), np.rint(y).astype(int)
    reach = math.ceil(0.5 * reach_m / cell)
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            i, j = column + dx, row + dy
            part = np.clip(1 - np.hypot(i - x, j - y) * (2 * cell / reach_m), 0, 1)
            ok = (part > 0) & (i >= 0) & (i < grid.nx) & (j >= 0) & (j < grid.ny)
            part = (fade * smooth(part, 0.0, 0.8))[ok].astype(np.float32)
            np.maximum.at(mask, (j[ok], i[ok]), part)


def _stroke(
    canvas: Canvas,
    mask: Field,
    place: tuple[float, float],
    reach_m: float,
    stroke: tuple[float, float, float],
) -> None:
    """Draw one short piece of a line into the mask."""
    heading, step, fade = stroke
    window = canvas.window(*place, reach_m + step)
    if window is None:
        return
    rows, columns, dx, dy = window
    along = dx * np.float32(math.sin(heading)) + dy * np.float32(math.cos(heading))
    rest = along - np.clip(along, -np.float32(0.6 * step), np.float32(0.6 * step))
    across = dx * np.float32(math.cos(heading)) - dy * np.float32(math.sin(heading))
    part = np.clip(1 - np.hypot(rest, across) / np.float32(0.5 * reach_m), 0, 1)
    part = np.float32(fade) * smooth(part, 0.0, 0.8)
    np.maximum(mask[rows, columns], part, out=mask[rows, columns])


def _between(span: tuple[float, float], share: float) -> float:
    return span[0] + (span[1] - span[0]) * share
