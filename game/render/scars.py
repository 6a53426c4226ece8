"""What craters and the wind behind them do to the colour of the ground."""

import math

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.look_parts import ScarsLook
from game.render.noise import smooth
from game.render.source import CratersLike, Ground

_CLASSES_M = (4.0, 16.0, 64.0, 256.0, 1024.0)
_FRESH_AGE = 0.25  # only younger craters have rays
_LEAST_KEPT = 0.04  # older craters have lost their colours
_TOGETHER_CELLS = (4, 8, 14)  # reaches up to which craters are tinted together


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
        for k in _streaked(canvas, craters, chosen, numbers):
            _paint_streak(canvas, craters, int(k), numbers)


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
        marks = _bowl(dx, dy, wobble, _columns(craters, chosen[k : k + 1], ()), numbers)
        canvas.albedo[rows, columns] += marks[0]
        canvas.redness[rows, columns] += marks[1]


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
    marks = _bowl(dx, dy, wobble, form, numbers)
    at = at[inside]
    for layer, mark in zip((canvas.albedo, canvas.redness), marks, strict=True):
        np.add.at(layer.reshape(-1), at, np.broadcast_to(mark, inside.shape)[inside])


def _wander(canvas: Canvas) -> Field:
    """Return a field of about unit deviation that makes edges ragged, down to hand's width [-]."""
    octaves = ((9.1, 62, 0.75), (3.1, 63, 0.75), (1.03, 3, 0.5), (0.34, 4, 0.4))
    return canvas.mixed(octaves)


def _columns(
    craters: CratersLike, chosen: NDArray[np.intp], more: tuple[int, ...]
) -> tuple[Field, Field, Field]:
    """Return radius [m], age and phase of craters as columns with more axes."""
    shape = (len(chosen), *more)
    radius = np.asarray(craters.diameter_m)[chosen] / 2
    age, phase = np.asarray(craters.age_frac)[chosen], np.asarray(craters.phase)[chosen]
    return radius.reshape(shape), age.reshape(shape), phase.reshape(shape)


def _bowl(
    dx: Field, dy: Field, wobble: Field, form: tuple[Field, Field, Field], numbers: ScarsLook
) -> tuple[Field, Field]:
    """Return steps of albedo and redness; all craters of `form` are fresh, or none is."""
    radius, age, phase = form
    single = np.float32
    u = _lobed(dx, dy, form)
    u += single(numbers.ragged / 2) * wobble * np.minimum(u, single(1))
    wall = smooth(u, 0.45, 0.80) * (1 - smooth(u, 0.93, 1.06))
    floor = 1 - smooth(u, 0.40, 0.66)
    ring = np.exp(-(((u - 1) / single(0.09)) ** 2))
    # A rim is bright in pieces: where blocks have not been buried.
    ring *= smooth(wobble, -1.2, 1.4)
    is_dark = phase < numbers.dark_share
    step = np.where(is_dark, numbers.floor_dark, numbers.floor_bright)
    # Small ones have hardly a tone of their own.
    keep = (1 - age) ** 1.3 * np.minimum(radius / numbers.toned_m, 1)
    albedo = (keep * numbers.rim_albedo).astype(single) * ring
    albedo += (keep * numbers.wall_albedo).astype(single) * wall
    albedo += (keep * step).astype(single) * floor
    redness = (keep * step * numbers.floor_redness).astype(single) * floor
    if age.min() < _FRESH_AGE:
        fresh = np.maximum(1 - age / _FRESH_AGE, 0)
        angle = np.arctan2(dy, dx)
        rays = np.sin(7 * angle + (11 * phase).astype(single) + single(0.6) * wobble)
        cut = np.sin(4 * angle - (7 * phase).astype(single))
        rays = np.maximum(rays, single(0)) * np.maximum(cut, single(-0.2))
        apron = np.clip((3 - u) / 2, 0, 1) * smooth(u, 0.97, 1.1)
        # Ejecta lie in ragged sheets, not in a disc.
        apron *= smooth(wobble - u, numbers.sheet[0], numbers.sheet[1])
        albedo += (
            (numbers.ray_albedo * fresh).astype(single) * apron * (single(0.5) + single(0.9) * rays)
        )
        redness += (numbers.ray_redness * fresh).astype(single) * apron
    return albedo, redness


def _lobed(dx: Field, dy: Field, form: tuple[Field, Field, Field]) -> Field:
    """Return the distance from the centre over the radius of the outline there [-].

    The outline is the terrain's own: 1 + a cos 2t + b sin 2t + c cos 3t + d sin 3t.
    """
    radius, _, phase = form
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
    widest = 0.85 * 0.5 * diameter + 0.05 * long + 2.0
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
    widest = 0.85 + 0.05 * min(float(along.max()), long) + 0.06 * 6
    is_aside = float(across.min()) > widest or float(across.max()) < -widest
    return is_aside or float(along.max()) < 0.5 or float(along.min()) > long


def _streak_window(
    canvas: Canvas, place: tuple[float, float], radius: float, span: tuple[float, float]
) -> tuple[slice, slice, Field, Field] | None:
    """Return the window of a streak, with offsets from the crater [m]."""
    grid, cell = canvas.grid, canvas.grid.cell_m
    # Half the width at the far end; the noise at its edge is not wider than half a radius.
    widest = 1.35 * radius + 0.05 * span[1]
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
