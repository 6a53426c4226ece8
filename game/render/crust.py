"""Crust broken into plates, and small ripples where sand lies."""

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field, Grid
from game.render.look import look
from game.render.look_parts import CrustLook, RipplesLook
from game.render.noise import box_blur, hashed, smooth, unit

_FLAT_M, _FLAT_CELLS = 0.16, 10


def paint_crust(canvas: Canvas) -> Field:
    """Raise plates, sink and darken cracks; return where plates stand, 0 to 1 [-].

    References
    ----------
    .. [1] S. Worley, "A cellular texture basis function", SIGGRAPH 1996 (nearest points of a
       jittered lattice).
    """
    numbers = look().crust
    fade = 1 - _ramp(canvas.grid.cell_m, 0.4 * numbers.coarsest_cell_m, numbers.coarsest_cell_m)
    bare = 1 - smooth(canvas.cover, *numbers.cover)
    if fade <= 0 or float(bare.max()) <= 0.02:
        return np.zeros_like(bare)
    edge, bits, standing, crumbs = _plates(canvas, bare, numbers)
    keep_key = unit(bits, 8)
    keep = _kept(canvas, keep_key, bare)
    plate = smooth(keep, 0.92, 1.02)
    plate *= standing
    plate *= bare
    tint = unit(bits)
    crumbs += np.float32(numbers.rise_spread_m) * tint
    crumbs += np.float32(numbers.rise_m)
    crumbs *= plate
    gap = 1 - standing
    gap *= smooth(bare, 0.35, 0.95)
    gap *= smooth(keep, 0.62, 0.92)
    crumbs -= np.float32(numbers.sunk_m) * gap
    crumbs *= np.float32(fade)
    _flatten(canvas, plate, np.float32(numbers.flat * fade))
    canvas.height_m += crumbs
    filled = smooth(canvas.noise(0.34, 4) + np.float32(0.7) * canvas.noise(1.03, 3), -1.3, 0.9)
    filled *= np.float32(-numbers.crack_filled)
    filled += 1
    gap *= filled
    gap *= np.float32(numbers.crack_dark)
    keep_key *= np.float32(numbers.tone_spread)
    keep_key += np.float32(numbers.tone + numbers.edge_tone - 0.5 * numbers.tone_spread)
    keep_key -= np.float32(numbers.edge_tone) * smooth(edge, 0.06, 0.25)
    keep_key *= plate
    keep_key -= gap
    keep_key *= np.float32(fade)
    canvas.albedo += keep_key
    tint -= np.float32(0.5)
    tint *= plate
    tint *= np.float32(fade * numbers.redness_spread)
    canvas.redness += tint
    plate *= np.float32(fade)
    return plate


def _kept(canvas: Canvas, key: Field, bare: Field) -> Field:
    """Return how far plates have escaped burial, plate by plate: about 1 is the limit [-]."""
    numbers = look().crust
    keep = key * np.float32(0.8)
    keep += bare * np.float32(1.1)
    keep += np.float32(0.05) * canvas.noise(0.34, 4)
    # Here and there dust has drowned all but a few of them.
    patch = canvas.noise(9.1, 62) + np.float32(0.6) * canvas.noise(3.1, 63)
    keep -= np.float32(numbers.buried_keep) * smooth(patch, *numbers.buried)
    return keep


def _flatten(canvas: Canvas, plate: Field, share: np.float32) -> None:
    """Take away the small relief under plates: each is level and leans as a whole."""
    cells = min(_FLAT_CELLS, round(_FLAT_M / canvas.grid.cell_m))
    if cells < 1:
        return
    level = box_blur(canvas.height_m, cells)
    level -= canvas.height_m
    level *= plate
    level *= share
    canvas.height_m += level


def paint_ripples(canvas: Canvas) -> None:
    """Lay small ripples on sand, across the wind."""
    numbers = look().ripples
    fade = 1 - _ramp(canvas.grid.cell_m, 0.5 * numbers.coarsest_cell_m, numbers.coarsest_cell_m)
    if fade <= 0 or float(canvas.sand.max()) <= 0.02:
        return
    wave = ripple_wave(canvas, numbers)
    patch = smooth(canvas.noise(4.1, 21) + np.float32(0.5) * canvas.noise(1.03, 3), -0.9, 0.4)
    patch *= canvas.sand
    patch *= np.float32(fade)
    rise = canvas.ridge * np.float32(-0.65 * numbers.height_m)
    rise += np.float32(numbers.height_m)
    rise *= patch
    rise *= wave
    canvas.height_m += rise
    wave -= np.float32(0.5)
    wave *= np.float32(numbers.crest_albedo)
    wave *= patch
    canvas.albedo += wave


def ripple_wave(canvas: Canvas, numbers: RipplesLook) -> Field:
    """Return the shape of the small ripples: slow rise, fast fall, 0 to 1 [-]."""
    x = (canvas.grid.x_m * canvas.wind[0])[None, :]
    y = (canvas.grid.y_m * canvas.wind[1])[:, None]
    warp = canvas.noise(3.1, 31) * np.float32(numbers.warp_m[0])
    warp += canvas.noise(1.03, 32) * np.float32(numbers.warp_m[1])
    # Whole turns are taken off in double precision, so that far places stay sharp.
    warp *= np.float32(1 / numbers.spacing_m)
    warp += np.mod(x / numbers.spacing_m, 1.0).astype(np.float32)
    warp += np.mod(y / numbers.spacing_m, 1.0).astype(np.float32)
    phase = warp
    phase += np.float32(0.30) * canvas.noise(0.52, 33)
    phase -= np.floor(phase)
    rise = np.float32(numbers.rise_frac)
    falling = (1 - phase) * (1 / (1 - rise))
    phase *= 1 / rise
    wave = np.minimum(phase, falling, out=phase)
    steep = np.float32(3) - np.float32(2) * wave
    wave *= wave
    wave *= steep
    return np.asarray(wave)


def _plates(
    canvas: Canvas, bare: Field, numbers: CrustLook
) -> tuple[Field, NDArray[np.uint32], Field, Field]:
    """Return distance to the next crack [m], plate bits, solidity 0-1, unevenness [m]."""
    warp_x = canvas.noise(1.03, 3) * np.float32(numbers.warp_m)
    warp_x += canvas.noise(0.34, 4) * np.float32(0.05)
    warp_y = canvas.noise(0.52, 6) * np.float32(numbers.warp_m)
    warp_y += canvas.noise(0.34, 5) * np.float32(0.05)
    edge, bits = cells(
        canvas.grid, numbers.side_m, canvas.seed * 131 + 7, (warp_x, warp_y), bare > 0
    )
    width = smooth(canvas.noise(1.03, 3), -1.5, 1.5)
    width *= np.float32(numbers.crack_m[1] - numbers.crack_m[0])
    width += np.float32(numbers.crack_m[0])
    np.maximum(width, np.float32(1.5 * canvas.grid.cell_m), out=width)
    standing = smooth(np.divide(edge, width, out=width), 0.15, 1.0)
    share = 1 - numbers.broken_share
    broken = smooth(unit(bits, 8), share - 0.02, share + 0.02)
    where = (broken > 0) & (bare > 0)
    if not where.any():
        return edge, bits, standing, np.zeros_like(standing)
    warp_x *= np.float32(0.6)
    warp_y *= np.float32(0.6)
    edge2, bits2 = cells(
        canvas.grid, numbers.broken_side_m, canvas.seed * 131 + 8, (warp_x, warp_y), where
    )
    crack = 1 - smooth(edge2, 0.01, max(0.07, 2.0 * canvas.grid.cell_m))
    crack *= broken
    np.subtract(np.float32(1), crack, out=crack)
    standing *= crack
    crumbs = unit(bits2, 9)
    crumbs -= np.float32(0.5)
    crumbs *= broken
    crumbs *= np.float32(numbers.broken_spread_m)
    return edge, bits, standing, crumbs


def cells(
    grid: Grid,
    side_m: float,
    seed: int,
    warp_m: tuple[Field, Field],
    where: NDArray[np.bool_],
) -> tuple[Field, NDArray[np.uint32]]:
    """Return how much farther the second nearest point of a jittered lattice is [m], and its bits.

    Parameters
    ----------
    grid : Grid
        Where to evaluate.
    side_m : float
        Side of the lattice [m].
    seed : int
        Number of the lattice.
    warp_m : tuple of array
        Shift of the places asked, east and north [m].
    where : array
        Cells that are wanted; the others get a wide gap and no bits.
    """
    column, row = (np.floor(axis / side_m).astype(np.int64) for axis in (grid.x_m, grid.y_m))
    i = np.arange(column[0] - 1, column[-1] + 2)
    j = np.arange(row[0] - 1, row[-1] + 2)
    bits = hashed(i[None, :], j[:, None], seed)
    x: Field = ((np.float32(0.1) + np.float32(0.8) * unit(bits)) * np.float32(side_m)).ravel()
    y: Field = ((np.float32(0.1) + np.float32(0.8) * unit(bits, 16)) * np.float32(side_m)).ravel()
    shape = (grid.ny, grid.nx)
    inside_x: Field = np.broadcast_to((grid.x_m - column * side_m).astype(np.float32), shape)[where]
    inside_y: Field = np.broadcast_to((grid.y_m - row * side_m).astype(np.float32)[:, None], shape)[
        where
    ]
    inside_x, inside_y = inside_x + warp_m[0][where], inside_y + warp_m[1][where]
    home = ((row - j[0])[:, None] * len(i) + (column - i[0])[None, :])[where]
    first: Field = np.full(len(home), 1e9, np.float32)
    second: Field = first.copy()
    owner, at = home.copy(), np.empty_like(home)
    away, dy = np.empty_like(first), np.empty_like(first)
    for dj in (-1, 0, 1):
        for di in (-1, 0, 1):
            np.add(home, dj * len(i) + di, out=at)
            np.take(x, at, out=away, mode="clip")
            away += np.float32(di * side_m)
            away -= inside_x
            away *= away
            np.take(y, at, out=dy, mode="clip")
            dy += np.float32(dj * side_m)
            dy -= inside_y
            dy *= dy
            away += dy
            np.copyto(owner, at, where=away < first)
            np.maximum(first, away, out=dy)
            np.minimum(second, dy, out=second)
            np.minimum(first, away, out=first)
    gap: Field = np.full(shape, 1e3, np.float32)
    owners = np.zeros(shape, np.uint32)
    gap[where] = np.sqrt(second) - np.sqrt(first)
    owners[where] = bits.ravel().take(owner)
    return gap, owners


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
