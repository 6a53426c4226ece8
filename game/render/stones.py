"""Rocks: their shapes (the same from above and from the side), and their marks on the ground."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field, Grid
from game.render.look import look
from game.render.noise import hashed, smooth, unit
from game.render.source import Ground, RocksLike

_LARGEST_M = 4.0
_TOGETHER_CELLS = (4, 8, 14)  # reaches up to which rocks are raised together


@lru_cache(maxsize=4096)
def facets(shape_seed: int) -> Field:
    """Return the planes of one rock, see `facets_of`."""
    planes: Field = facets_of(np.array([shape_seed]))[0]
    return planes


def facets_of(shape_seed: NDArray[np.integer]) -> Field:
    """Return the planes of rocks, (rocks, planes, 3): rows (a, b, c) of z <= c + a·x + b·y.

    Lengths are in radii of the rock, heights in its heights; the rock is what lies under all
    planes and over the ground. Sides stand all around, so the body is always closed.
    """
    numbers = look().stones
    count = numbers.sides + numbers.tops
    draw = _draws(shape_seed, 0, 4 * count + 2)
    stretch, turn = 0.78 + 0.44 * draw[:, -1:], math.pi * draw[:, -2:-1]
    u, v, w = (draw[:, n : 4 * count : 4] for n in range(3))
    is_side = np.arange(count) < numbers.sides
    angle = (np.arange(count) + 0.9 * (u - 0.5)) * (math.tau / numbers.sides)
    steep = 0.6 + 1.3 / np.tan(0.25 + 0.95 * v)
    a = np.where(is_side, -steep * np.cos(angle), 0.9 * (u - 0.5))
    b = np.where(is_side, -steep * np.sin(angle), 0.9 * (v - 0.5)) * stretch
    c = np.where(is_side, steep * (0.75 + 0.30 * w), 0.78 + 0.27 * w)
    sine, cosine = np.sin(turn), np.cos(turn)
    planes = np.stack([a * cosine - b * sine, a * sine + b * cosine, c], axis=-1)
    return planes.astype(np.float32)


def paint_stones(canvas: Canvas, terrain: Ground, bodies_below_m: float = math.inf) -> None:
    """Set the rocks of the terrain on the ground, with tails, moats and dust.

    Parameters
    ----------
    canvas : Canvas
        The tile.
    terrain : Ground
        Where the rocks come from.
    bodies_below_m : float
        Rocks of this width and more leave only their marks: they are drawn as bodies [m].
    """
    numbers = look().stones
    cell = canvas.grid.cell_m
    least = numbers.smallest_cells * cell
    if least > _LARGEST_M:
        return
    rocks = _around(canvas.grid, terrain, least)
    order = np.lexsort((rocks.shape_seed, rocks.diameter_m))
    diameter = np.asarray(rocks.diameter_m)[order]
    stamped = diameter >= numbers.smallest_stamp_cells * cell
    _paint_dots(canvas, rocks, order[~stamped & (diameter < bodies_below_m)])
    _paint_tails(canvas, rocks, order[stamped])
    chosen = order[stamped & (diameter < bodies_below_m)]
    planes = facets_of(np.asarray(rocks.shape_seed)[chosen])
    for k, shape in zip(chosen, planes, strict=True):
        paint_stone(
            canvas,
            (float(rocks.x_m[k]), float(rocks.y_m[k])),
            (float(rocks.diameter_m[k]), float(rocks.height_m[k])),
            (int(rocks.shape_seed[k]), shape),
            float(rocks.tone[k]),
        )


def raise_stones(height_m: Field, grid: Grid, terrain: Ground, least_m: float) -> None:
    """Add the height of rocks of a width and more, for shadows."""
    if least_m > _LARGEST_M:
        return
    rocks = _around(grid, terrain, least_m)
    table = (rocks.x_m, rocks.y_m, rocks.diameter_m, rocks.height_m)
    raise_all(height_m, grid, np.array(table, np.float64), np.asarray(rocks.shape_seed))


def raise_all(
    height_m: Field, grid: Grid, rocks: NDArray[np.float64], shape_seed: NDArray[np.integer]
) -> None:
    """Add the height of rocks: rows of east, north, width and height [m], and their shapes.

    Small ones of about one size are raised together.
    """
    planes = facets_of(shape_seed)
    cells = np.ceil(0.75 * rocks[2] / grid.cell_m).astype(int) + 1
    least = 0
    for most in _TOGETHER_CELLS:
        group = (cells > least) & (cells <= most)
        if group.any():
            _raise_together(height_m, grid, rocks[:, group], (planes[group], most))
        least = most
    for k in np.flatnonzero(cells > least):
        x, y, width, high = (float(value) for value in rocks[:, k])
        raise_stone(height_m, grid, (x, y), (width, high), planes[k])


def _raise_together(
    height_m: Field, grid: Grid, rocks: NDArray[np.float64], form: tuple[Field, int]
) -> None:
    """Add the height of rocks in squares of so many cells to each side, all at once."""
    planes, reach = form
    cell = grid.cell_m
    x, y, width, high = (values[:, None, None] for values in rocks)
    step = np.arange(-reach, reach + 1)
    column = np.rint(x / cell).astype(np.int64) - grid.i0 + step[None, None, :]
    row = np.rint(y / cell).astype(np.int64) - grid.j0 + step[None, :, None]
    dx = (((column + grid.i0) * cell - x) * (2 / width)).astype(np.float32)
    dy = (((row + grid.j0) * cell - y) * (2 / width)).astype(np.float32)
    body = _top(np.moveaxis(planes, 0, -1)[..., None, None], dx, dy)
    body -= np.float32(look().stones.sunk_frac)
    body *= high.astype(np.float32)
    inside = (column >= 0) & (column < grid.nx) & (row >= 0) & (row < grid.ny)
    inside = inside & (body > 0)
    at = (row * grid.nx + column)[inside]
    np.add.at(height_m.reshape(-1), at, body[inside])


def raise_stone(
    height_m: Field,
    grid: Grid,
    place_m: tuple[float, float],
    size_m: tuple[float, float],
    planes: Field,
) -> None:
    """Add the height of one rock with these facets."""
    radius = size_m[0] / 2
    window = grid.window(*place_m, 1.5 * radius)
    if window is None:
        return
    rows, columns, dx, dy = window
    body = _top(planes, dx / np.float32(radius), dy / np.float32(radius))
    body -= np.float32(look().stones.sunk_frac)
    np.maximum(body, np.float32(0), out=body)
    body *= np.float32(size_m[1])
    height_m[rows, columns] += body


def stone_shape(shape_seed: int, x: Field, y: Field) -> Field:
    """Return the height of a rock's top over the plane (in its heights), at places in radii."""
    return np.maximum(_top(facets(shape_seed), x, y), np.float32(0))


def _top(planes: Field, x: Field, y: Field) -> Field:
    """Return the lower envelope of planes at places; below 0 there is no rock."""
    top = planes[0, 0] * x + (planes[0, 1] * y + planes[0, 2])
    for a, b, c in planes[1:]:
        np.minimum(top, a * x + (b * y + c), out=top)
    return np.asarray(top)


def _around(grid: Grid, terrain: Ground, least_m: float) -> RocksLike:
    x0, y0, x1, y1 = grid.box_m
    reach = min(_LARGEST_M, 8 * max(least_m, 0.25)) if least_m > 0.5 else 2.0
    return terrain.rocks_in(x0 - reach, y0 - reach, x1 + reach, y1 + reach, least_m)


def _paint_dots(canvas: Canvas, rocks: RocksLike, chosen: NDArray[np.intp]) -> None:
    """Draw rocks of a few cells as soft dark bumps."""
    numbers = look().stones
    grid, cell = canvas.grid, canvas.grid.cell_m
    x = np.asarray(rocks.x_m)[chosen] / cell - grid.i0
    y = np.asarray(rocks.y_m)[chosen] / cell - grid.j0
    radius = np.asarray(rocks.diameter_m)[chosen] / (2 * cell)
    high = np.asarray(rocks.height_m)[chosen]
    column, row = np.rint(x).astype(int), np.rint(y).astype(int)
    for dy in range(-3, 4):
        for dx in range(-3, 4):
            away = np.sqrt((column + dx - x) ** 2 + (row + dy - y) ** 2)
            part = np.clip((radius + 0.35 - away) / np.maximum(0.7 * radius, 0.5), 0, 1)
            at_x, at_y = column + dx, row + dy
            ok = (part > 0) & (at_x >= 0) & (at_x < grid.nx) & (at_y >= 0) & (at_y < grid.ny)
            at, share = (at_y[ok], at_x[ok]), part[ok].astype(np.float32)
            canvas.height_m[at] += share * high[ok].astype(np.float32)
            canvas.albedo[at] -= np.float32(numbers.dot_darker) * share
            canvas.redness[at] -= np.float32(numbers.dot_greyer) * share


def paint_stone(
    canvas: Canvas,
    place_m: tuple[float, float],
    size_m: tuple[float, float],
    form: tuple[int, Field],
    tone: float,
) -> None:
    """Stamp one rock: facets into the height, grey tone, dust on its top.

    Parameters
    ----------
    canvas : Canvas
        The tile.
    place_m, size_m : tuple of float
        East and north; width and height [m].
    form : tuple of int and array
        Number of its shape, and its facets.
    tone : float
        0 dark to 1 bright [-].
    """
    numbers = look().stones
    radius, high = size_m[0] / 2, size_m[1]
    window = canvas.window(*place_m, 1.5 * radius)
    if window is None:
        return
    rows, columns, dx, dy = window
    shape = _top(form[1], dx / np.float32(radius), dy / np.float32(radius))
    body = shape - np.float32(numbers.sunk_frac)
    solid = smooth(body, 0.0, max(0.04, 0.35 * canvas.grid.cell_m / radius))
    cell = canvas.grid.cell_m
    grain = canvas.noise(6 * cell, 41)[rows, columns]
    fine = canvas.noise(3 * cell, 42)[rows, columns]
    rough = np.float32(numbers.rough * min(2 * radius, 0.6)) * (grain + np.float32(0.4) * fine)
    # A rock stands on level ground of its own: the soil's small relief ends at its foot.
    canvas.height_m[rows, columns] += solid * (np.maximum(body, 0) * np.float32(high) + rough)
    draw = [float(value) for value in _draws(np.array([form[0]]), 66, 2)[0]]
    dust = np.float32(numbers.dust * draw[0]) * smooth(shape, 0.72, 1.0)
    low, top = numbers.tone
    grey = low + (top - low) * min(max(tone, 0.0), 1.0)
    red = numbers.redness[0] + (numbers.redness[1] - numbers.redness[0]) * draw[1]
    albedo = canvas.albedo[rows, columns]
    albedo += solid * (grey + numbers.dust_albedo * dust + np.float32(0.03) * grain - albedo)
    redness = canvas.redness[rows, columns]
    redness += solid * (red + dust - redness)


def _paint_tails(canvas: Canvas, rocks: RocksLike, chosen: NDArray[np.intp]) -> None:
    """Lay the drifts in the lee of rocks and the moats on their windward sides."""
    numbers = look().stones
    draw = _draws(np.asarray(rocks.shape_seed)[chosen], 70, 2)
    has_tail = np.asarray(rocks.diameter_m)[chosen] >= numbers.tail_from_m
    has_tail &= draw[:, 0] <= numbers.tail_share
    low, high = numbers.tail_radii
    for k, luck in zip(chosen[has_tail], draw[has_tail, 1], strict=True):
        _paint_tail(canvas, rocks, int(k), low + (high - low) * float(luck))


def _paint_tail(canvas: Canvas, rocks: RocksLike, k: int, long: float) -> None:
    """Lay one drift, `long` radii of the rock, and its moat."""
    numbers = look().stones
    radius, high = float(rocks.diameter_m[k]) / 2, float(rocks.height_m[k])
    # The drift lies down-wind: the window need not reach so far on the other side.
    ahead, around = 0.5 * (long - 2.0) * radius, (0.5 * (long + 2.0) + 1.0) * radius
    east, north = canvas.wind
    window = canvas.window(
        float(rocks.x_m[k]) + ahead * east, float(rocks.y_m[k]) + ahead * north, around
    )
    if window is None:
        return
    rows, columns, dx, dy = window
    dx, dy = (dx + np.float32(ahead * east)) / radius, (dy + np.float32(ahead * north)) / radius
    along = dx * np.float32(east) + dy * np.float32(north)
    across = dx * np.float32(north) - dy * np.float32(east)
    across += np.float32(0.10) * canvas.noise(0.34, 4)[rows, columns]
    left = np.float32(1) - along * np.float32(1 / long)
    width = np.maximum(np.float32(0.85) * left, np.float32(0.02))
    tail = np.maximum(1 - (across / width) ** 2, np.float32(0)) ** np.float32(1.5)
    tail *= np.clip(along * 2, 0, 1)
    tail *= np.clip(left, 0, 1)
    moat = np.exp(
        np.float32(-1.6) * ((along + np.float32(0.9)) ** 2 + (np.float32(0.8) * across) ** 2)
    )
    rise = np.float32(numbers.tail_height * high) * tail
    canvas.height_m[rows, columns] += rise - np.float32(numbers.moat_height * high) * moat
    tone = np.float32(numbers.tail_albedo) * tail
    canvas.albedo[rows, columns] += tone - np.float32(numbers.moat_albedo) * moat
    canvas.redness[rows, columns] += np.float32(numbers.tail_redness) * tail


def _draws(shape_seed: NDArray[np.integer], first: int, count: int) -> Field:
    """Return numbers in [0, 1) that belong to rocks, (rocks, count)."""
    index = np.arange(first, first + count, dtype=np.int64)
    seed = np.asarray(shape_seed).astype(np.int64)
    return unit(hashed(index[None, :], seed[:, None], 77), 4)
