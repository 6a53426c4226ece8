"""What craters do to the look of the ground: tones, rubble, chutes, rims on far views."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.look_parts import ScarsLook
from game.render.noise import smooth
from game.render.source import CratersLike, Ground
from game.render.streaks import paint_streaks

_CLASSES_M = (4.0, 16.0, 64.0, 256.0, 1024.0)
_FRESH_AGE = 0.25  # only younger craters have rays
_LEAST_KEPT = 0.04  # older craters have lost their colours
_CHUTES = (11, 19, 29, 47, 71)  # all round a crater, if they are wide enough to be seen
_TOGETHER_CELLS = (4, 8, 14)  # reaches up to which craters are tinted together


Form: TypeAlias = tuple[Field, Field, Field, Field]


def paint_craters(canvas: Canvas, terrain: Ground) -> None:
    """Tint rims, walls, floors, rays and wind streaks."""
    numbers = look().scars
    x0, y0, x1, y1 = canvas.grid.box_m
    least = max(numbers.smallest_m, 3.0 * canvas.grid.cell_m)
    for low in _CLASSES_M:
        if 4 * low <= least:
            continue
        # Streaks come from craters up the wind.
        east, north = (0.5 * 4 * low * numbers.streak_radii[1] * part for part in canvas.wind)
        craters = terrain.craters_in(
            x0 - max(east, 0.0),
            y0 - max(north, 0.0),
            x1 - min(east, 0.0),
            y1 - min(north, 0.0),
            max(low, least),
        )
        chosen = np.flatnonzero(np.asarray(craters.diameter_m) < 4 * low)
        _paint_bowls(canvas, craters, chosen, numbers)
        paint_streaks(canvas, craters, chosen)


def _paint_bowls(
    canvas: Canvas, craters: CratersLike, chosen: NDArray[np.intp], numbers: ScarsLook
) -> None:
    """Tint craters: small ones of about one size together, large ones one by one."""
    age = np.asarray(craters.age_frac)[chosen]
    radius = np.asarray(craters.diameter_m)[chosen] / 2
    reach = np.where(age < _FRESH_AGE, 3.0, 1.3) * radius
    x0, y0, x1, y1 = canvas.grid.box_m
    x, y = np.asarray(craters.x_m)[chosen], np.asarray(craters.y_m)[chosen]
    seen = (x > x0 - reach) & (x < x1 + reach) & (y > y0 - reach) & (y < y1 + reach)
    seen &= (1 - age) ** 1.3 >= _LEAST_KEPT
    cells = np.ceil(reach / canvas.grid.cell_m).astype(int) + 1
    least = 0
    for most in _TOGETHER_CELLS:
        for is_fresh in (False, True):
            group = seen & (cells > least) & (cells <= most) & ((age < _FRESH_AGE) == is_fresh)
            if group.any():
                _paint_together(canvas, craters, chosen[group], (most, numbers))
        least = most
    for k in np.flatnonzero(seen & (cells > least)):
        window = canvas.window(float(x[k]), float(y[k]), float(reach[k]))
        if window is None:
            continue
        rows, columns, dx, dy = window
        wobble = _wander(canvas)[rows, columns]
        form = _columns(craters, chosen[k : k + 1], ())
        u = _lobed(dx, dy, form)
        marks = _bowl((u, dx, dy), wobble, form, numbers)
        for layer, mark in zip(_layers(canvas), marks, strict=True):
            layer[rows, columns] += mark
        _cut_chutes(canvas, (rows, columns), (u, dx, dy, wobble), form)


def _layers(canvas: Canvas) -> tuple[Field, Field, Field, Field]:
    """Return what `_bowl` adds to: albedo, redness, lift of far views, rubble."""
    return canvas.albedo, canvas.redness, canvas.lift_m, canvas.rubble


def _paint_together(
    canvas: Canvas,
    craters: CratersLike,
    chosen: NDArray[np.intp],
    how: tuple[int, ScarsLook],
) -> None:
    """Tint craters in squares of so many cells to each side, all at once."""
    reach, numbers = how
    grid, cell = canvas.grid, canvas.grid.cell_m
    x, y = np.asarray(craters.x_m)[chosen], np.asarray(craters.y_m)[chosen]
    step = np.arange(-reach, reach + 1)
    column = np.rint(x / cell).astype(np.int64)[:, None, None] - grid.i0 + step[None, None, :]
    row = np.rint(y / cell).astype(np.int64)[:, None, None] - grid.j0 + step[None, :, None]
    inside = (column >= 0) & (column < grid.nx) & (row >= 0) & (row < grid.ny)
    at = np.clip(row, 0, grid.ny - 1) * grid.nx + np.clip(column, 0, grid.nx - 1)
    dx = ((column + grid.i0) * cell - x[:, None, None]).astype(np.float32)
    dy = ((row + grid.j0) * cell - y[:, None, None]).astype(np.float32)
    wobble = _wander(canvas).take(at)
    form = _columns(craters, chosen, (1, 1))
    reach_m = np.where(form[1] < _FRESH_AGE, 3.0, 1.3) * form[0]
    inside = inside & (np.abs(dx) <= reach_m + cell) & (np.abs(dy) <= reach_m + cell)
    marks = _bowl((_lobed(dx, dy, form), dx, dy), wobble, form, numbers)
    at = at[inside]
    for layer, mark in zip(_layers(canvas), marks, strict=True):
        np.add.at(layer.reshape(-1), at, np.broadcast_to(mark, inside.shape)[inside])


def _wander(canvas: Canvas) -> Field:
    """Return a field of about unit deviation that makes edges ragged, down to hand's width [-]."""
    octaves = ((41.0, 61, 0.5), (9.1, 62, 0.7), (3.1, 63, 0.7), (1.03, 3, 0.5), (0.34, 4, 0.4))
    return canvas.mixed(octaves)


def _columns(craters: CratersLike, chosen: NDArray[np.intp], more: tuple[int, ...]) -> Form:
    """Return radius [m], age, phase and depth [m] of craters as columns with more axes."""
    shape = (len(chosen), *more)
    radius = np.asarray(craters.diameter_m)[chosen] / 2
    age, phase = np.asarray(craters.age_frac)[chosen], np.asarray(craters.phase)[chosen]
    depth = 2 * radius * np.asarray(craters.depth_ratio)[chosen]
    return radius.reshape(shape), age.reshape(shape), phase.reshape(shape), depth.reshape(shape)


def _bowl(
    place: tuple[Field, Field, Field],
    wobble: Field,
    form: Form,
    numbers: ScarsLook,
) -> tuple[Field, Field, Field, Field]:
    """Return steps of albedo, redness, lift [m] and rubble.

    All craters of `form` are fresh, or none is. Places are distances over the radius, and
    offsets from the centre [m].
    """
    radius, age, phase, depth = form
    single = np.float32
    u, dx, dy = place
    u = u + single(numbers.ragged / 2) * wobble * np.minimum(u, single(1))
    wall = smooth(u, 0.45, 0.80) * (1 - smooth(u, 0.93, 1.06))
    floor = 1 - smooth(u, 0.40, 0.66)
    ring = np.exp(-(((u - 1) / single(0.09)) ** 2))
    left = (1 - age) ** 1.3
    high = numbers.rim_lift * left * np.clip(radius - 1.0, 0, numbers.rim_lift_m)
    lift = high.astype(single) * ring
    # A rim is bright in pieces: where blocks have not been buried.
    ring *= smooth(wobble, -1.2, 1.4)
    rubble = np.minimum(left * 2, 1).astype(single) * np.maximum(ring, single(0.4) * wall)
    # Far views show floors flatter than bowls are: so a hollow is not taken for a ball.
    flat = 1 - smooth(u, *numbers.flat_floor)
    wide = np.clip(radius / numbers.toned_m, 0.6, 1)
    lift += (numbers.floor_lift * wide * (1 - age) * depth).astype(single) * flat
    is_dark = phase < numbers.dark_share
    step = np.where(is_dark, numbers.floor_dark, numbers.floor_bright)
    # Small ones have hardly a tone of their own.
    keep = left * np.minimum(radius / numbers.toned_m, 1)
    albedo = (keep * numbers.rim_albedo).astype(single) * ring
    albedo += (keep * numbers.wall_albedo).astype(single) * wall
    albedo += (keep * step).astype(single) * floor
    redness = (keep * step * numbers.floor_redness).astype(single) * floor
    if age.min() < _FRESH_AGE:
        apron, rays = _apron((u, dx, dy), wobble, form, numbers)
        albedo += single(numbers.ray_albedo) * apron * (single(0.5) + single(0.9) * rays)
        redness += single(numbers.ray_redness) * apron
    return albedo, redness, lift, rubble


def _apron(
    place: tuple[Field, Field, Field],
    wobble: Field,
    form: Form,
    numbers: ScarsLook,
) -> tuple[Field, Field]:
    """Return where young ejecta lie, and the rays among them, 0 to 1 [-]."""
    _, age, phase, _ = form
    single = np.float32
    u, dx, dy = place
    angle = np.arctan2(dy, dx)
    rays = np.sin(7 * angle + (11 * phase).astype(single) + single(0.6) * wobble)
    cut = np.sin(4 * angle - (7 * phase).astype(single))
    rays = np.maximum(rays, single(0)) * np.maximum(cut, single(-0.2))
    apron = np.clip((3 - u) / 2, 0, 1) * smooth(u, 0.97, 1.1)
    # Ejecta lie in ragged sheets, not in a disc.
    apron *= smooth(wobble - u, numbers.sheet[0], numbers.sheet[1])
    apron *= np.maximum(1 - age / _FRESH_AGE, 0).astype(single)
    return apron, rays


def _cut_chutes(
    canvas: Canvas,
    part: tuple[slice, slice],
    place: tuple[Field, Field, Field, Field],
    form: Form,
) -> None:
    """Score the wall of one crater with chutes of dust and stones that run down it."""
    numbers = look().scars
    radius, left, phase = float(form[0][0]), 1.0 - float(form[1][0]), float(form[2][0])
    counts = [n for n in _CHUTES if math.tau * radius / n >= 5.0 * canvas.grid.cell_m]
    u, dx, dy, wobble = place
    if not counts or radius < numbers.chutes_from_m or float(u.min()) > 1.0:
        return
    angle = np.arctan2(dy, dx) + np.float32(0.02) * wobble
    wave = np.zeros_like(angle)
    for n in counts:
        wave += np.sin(np.float32(n) * angle + np.float32(math.tau * (phase * n % 1.0)))
    wave *= smooth(u, 0.42, 0.72)
    wave *= 1 - smooth(u, 0.84, 1.0)
    wave *= np.float32(left * min(1.0, radius / numbers.chutes_from_m - 1.0) / len(_CHUTES) ** 0.5)
    canvas.height_m[part] += np.float32(numbers.chute_m) * wave
    canvas.lift_m[part] += np.float32(numbers.chute_lift * radius) * wave
    canvas.albedo[part] += np.float32(numbers.chute_albedo) * wave


def _lobed(dx: Field, dy: Field, form: Form) -> Field:
    """Return the distance from the centre over the radius of the outline there [-].

    The outline is the terrain's own: 1 + a cos 2t + b sin 2t + c cos 3t + d sin 3t.
    """
    radius, _, phase, _ = form
    two, three = look().scars.lobes
    x, y = (part * (1 / radius).astype(np.float32) for part in (dx, dy))
    x2, y2 = x * x, y * y
    r2 = np.maximum(x2 + y2, np.float32(1e-6))
    turn = math.tau * phase
    a, b = ((two * f(turn)).astype(np.float32) for f in (np.cos, np.sin))
    c, d = ((three * f(2.3 * turn)).astype(np.float32) for f in (np.cos, np.sin))
    r = np.sqrt(r2)
    lobes = a * (x2 - y2) + 2 * b * x * y
    lobes += (c * x * (x2 - 3 * y2) + d * y * (3 * x2 - y2)) / r
    lobes /= r2
    return np.asarray(r + lobes)
