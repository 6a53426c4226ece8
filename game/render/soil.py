"""Tone and small relief of the soil: lumps, clods, grain, wind texture, pebbles."""

import math

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Body, Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.noise import hashed, smooth, unit
from game.render.stones import facets_of, paint_stone

_FINEST_OF_TERRAIN = -6
_SMEARS = 4
_STAMP_CELLS = 6.0  # pebbles of this many cells and more have facets


def paint_soil(canvas: Canvas) -> None:
    """Give every cell its tone: soil by the depth of sand, lumps, ridges, young ejecta."""
    numbers = look().soil
    cover = np.clip(canvas.cover, -2, 2)
    # Soils differ in tone, and one ends where the next begins.
    tone = np.interp(canvas.cover, numbers.cover_knots, numbers.cover_albedo).astype(np.float32)
    darker = numbers.site_albedo - canvas.site_albedo
    canvas.albedo += np.float32(numbers.albedo - numbers.site_tone * darker)
    canvas.albedo += tone
    _add(canvas.albedo, numbers.lump_albedo, canvas.noise(numbers.lump_spacing_m, 3))
    canvas.redness += np.float32(numbers.redness - numbers.site_redness * darker)
    _add(canvas.redness, numbers.cover_redness, cover)
    bright = float(np.interp(canvas.grid.level, numbers.ridge_level, numbers.ridge_albedo))
    # Only the sharp tops are bright: a field of ripples is hardly brighter than the sand about it.
    tops = canvas.ridge * canvas.ridge
    tops *= np.float32(1.0 + numbers.ridge_trough / bright)
    tops -= np.float32(numbers.ridge_trough / bright) * canvas.ridge
    _add(canvas.albedo, bright, tops)
    _add(canvas.redness, numbers.ridge_redness, canvas.ridge)
    if canvas.fresh.any():
        # Ejecta lie in sheets and heaps with an edge; fine sand has filled what is between.
        ragged = canvas.mixed(((3.1, 63, 0.5), (1.03, 3, 0.5), (0.34, 4, 0.5), (0.15, 67, 0.35)))
        sheet = smooth(
            canvas.fresh + np.float32(numbers.fresh_ragged) * ragged, *numbers.fresh_from
        )
        sheet *= np.minimum(canvas.fresh * np.float32(3), np.float32(1))
        _add(canvas.albedo, numbers.fresh_albedo, sheet)
        _add(canvas.redness, numbers.fresh_redness, sheet)


def _add(layer: Field, weight: float, values: Field) -> None:
    layer += values * np.float32(weight)


def paint_grain(canvas: Canvas, plate: Field) -> None:
    """Add what is fixed to the cells: grain, clods, blocks of young ejecta."""
    numbers = look().soil
    cell = canvas.grid.cell_m
    # Far views are sums over many stones and clods: less is left of their contrast.
    calm = float(np.interp(cell, numbers.calm_cell_m, numbers.calm))
    grains = [canvas.noise(n * cell, 41 + k) for k, n in enumerate(numbers.grain_cells)]
    part = np.empty_like(plate)
    for grain, tone, loss in zip(
        grains, numbers.grain_albedo, numbers.grain_sand_loss, strict=True
    ):
        np.multiply(canvas.sand, np.float32(-loss * calm * tone), out=part)
        part += np.float32(calm * tone)
        part *= grain
        canvas.albedo += part
    red = np.float32(numbers.grain_redness * calm * calm)
    canvas.redness += np.multiply(grains[0], red, out=part)
    if canvas.fresh.any():
        rough = np.float32(numbers.fresh_relief * min(cell, 2.0)) * canvas.fresh
        canvas.height_m += rough * (grains[0] + np.float32(0.7) * grains[1])
    for spacing in numbers.fine_spacing_m:
        if 2 * cell <= spacing and canvas.grid.level < _FINEST_OF_TERRAIN:
            rise = np.float32(numbers.fine_height * spacing) * canvas.noise(spacing, 55)
            canvas.height_m += rise * (np.float32(0.75) - np.float32(0.62) * canvas.sand)
    _raise_clods(canvas, plate)


def _raise_clods(canvas: Canvas, plate: Field) -> None:
    """Strew clods where neither sand nor plates lie."""
    numbers = look().soil
    seen = [spacing >= 2 * canvas.grid.cell_m for spacing in numbers.clod_spacing_m]
    if not any(seen):
        return
    open_soil = plate * np.float32(-0.7)
    open_soil += 1
    open_soil *= 1 - canvas.sand
    for k, (spacing, above, height) in enumerate(
        zip(numbers.clod_spacing_m, numbers.clod_above, numbers.clod_height_m, strict=True)
    ):
        if seen[k]:
            clod = canvas.noise(spacing, 51 + k) - np.float32(above)
            np.maximum(clod, np.float32(0), out=clod)
            clod *= open_soil
            clod *= np.float32(height)
            canvas.height_m += clod


def paint_smear(canvas: Canvas) -> None:
    """Add the texture that wind leaves: noise drawn out along its direction."""
    numbers = look().wind
    east, north = canvas.wind
    total = canvas.noise(2.0 * canvas.grid.cell_m, 43)
    for k in range(_SMEARS):
        shift = (round(north * 2**k), round(east * 2**k))
        moved = np.roll(total, shift, (0, 1))
        moved += total
        moved *= np.float32(numbers.smear_keep)
        total = moved
    strength = smooth(canvas.cover, -1.2, 1.0)
    strength *= np.float32(numbers.smear_albedo)
    strength *= total
    canvas.albedo += strength


def paint_pebbles(canvas: Canvas, body_m: float = math.inf) -> None:
    """Scatter stones of a few centimetres over bare ground, in clusters.

    Those of a width of `body_m` and more are put on the canvas's list instead [m].
    """
    numbers = look().pebbles
    grid, cell = canvas.grid, canvas.grid.cell_m
    if cell > numbers.coarsest_cell_m:
        return
    x0, y0, x1, y1 = grid.box_m
    i = np.arange(math.floor(x0 / numbers.side_m), math.floor(x1 / numbers.side_m) + 1)
    j = np.arange(math.floor(y0 / numbers.side_m), math.floor(y1 / numbers.side_m) + 1)
    bits = hashed(i[None, :], j[:, None], canvas.seed * 131 + 90)
    draw = hashed(i[None, :], j[:, None], canvas.seed * 131 + 91)
    column = ((i[None, :] + unit(bits)) * numbers.side_m / cell - grid.i0).astype(int)
    row = ((j[:, None] + unit(bits, 16)) * numbers.side_m / cell - grid.j0).astype(int)
    size: Field = numbers.smallest_m * np.maximum(unit(draw), 1e-3) ** (-1 / numbers.power)
    edge = 2 + int(numbers.largest_m / (1.6 * cell))
    inside = (column >= edge) & (column < grid.nx - edge)
    inside &= (row >= edge) & (row < grid.ny - edge)
    inside &= size < numbers.largest_m
    column, row, luck = column[inside], row[inside], unit(draw, 16)[inside]
    size = size[inside]
    cluster = canvas.noise(4.1, 21) + np.float32(0.8) * canvas.noise(0.34, 4)
    cluster = smooth(cluster[row, column] + np.float32(0.3), -0.6, 1.4)
    lag = 0.9 * canvas.bare[row, column] + 0.2 * (1 - canvas.ridge[row, column])
    lag += np.float32(numbers.fresh) * canvas.fresh[row, column]
    lag += np.float32(numbers.rubble) * canvas.rubble[row, column]
    kept = luck < np.clip(numbers.share * lag * (0.2 + 1.1 * cluster), 0, 1)
    large = kept & (size > min(_STAMP_CELLS * cell, body_m))
    forms = facets_of((size[large] * 1e9).astype(np.int64) & 0xFFFFFF)
    for k, planes in zip(np.flatnonzero(large), forms, strict=True):
        place = ((grid.i0 + float(column[k])) * cell, (grid.j0 + float(row[k])) * cell)
        wide = float(size[k])
        seed = int(size[k] * 1e9) & 0xFFFFFF
        if wide >= body_m:
            canvas.bodies.append(Body(*place, wide, 0.6 * wide, seed, float(luck[k])))
        else:
            paint_stone(canvas, place, (wide, 0.6 * wide), (seed, planes), float(luck[k]))
    kept &= ~large
    _scatter(canvas, (column[kept], row[kept]), size[kept])


def _scatter(
    canvas: Canvas, place: tuple[NDArray[np.intp], NDArray[np.intp]], size_m: Field
) -> None:
    """Raise and darken the few cells that each pebble covers."""
    numbers = look().pebbles
    cell = canvas.grid.cell_m
    column, row = place
    radius = size_m / (2 * cell) + 0.3
    flat = 0.75 + 0.5 * (size_m * 977.0 % 1.0)  # each has its own length and breadth
    reach = 1 + int(numbers.largest_m / (1.6 * cell))
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            inside = 1 - ((dx * flat) ** 2 + (dy / flat) ** 2) / radius**2
            hit = inside > 0
            if not hit.any():
                continue
            at = (row[hit] + dy, column[hit] + dx)
            bump = np.sqrt(inside[hit])
            share = np.minimum(1.6 * bump * np.minimum(radius[hit], 1), 1).astype(np.float32)
            high = numbers.height_frac * size_m[hit] * bump
            canvas.height_m[at] += high.astype(np.float32)
            canvas.albedo[at] -= np.float32(numbers.darker) * share
            canvas.redness[at] -= np.float32(numbers.greyer) * share
