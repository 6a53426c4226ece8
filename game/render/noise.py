"""Noise and filters on the grid of a tile: a function of the place, never of the tile."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Grid

_Weights = tuple[int, Field, Field]
_ANGLES = np.linspace(0.0, 2.0 * np.pi, 256, endpoint=False)
_UNIT = 3.6  # brings one octave of gradient noise to about unit standard deviation
_SLOPE_X = (_UNIT * np.cos(_ANGLES)).astype(np.float32)
_SLOPE_Y = (_UNIT * np.sin(_ANGLES)).astype(np.float32)
_BLOCK = 128  # wider blocks only multiply by more zeros
_BAND = 96  # rows that are blurred together: they stay in the cache
_DITHER_SIDE = 64


def hashed(i: NDArray[np.int64], j: NDArray[np.int64], seed: int) -> NDArray[np.uint32]:
    """Return 32 well mixed bits for each whole-number place (i, j)."""
    east = (i & 0xFFFFFFFF).astype(np.uint32) * np.uint32(0x9E3779B1)
    # The seed joins the smaller part.
    east ^= np.uint32((seed * 0x27D4EB2F) & 0xFFFFFFFF)
    h = east ^ ((j & 0xFFFFFFFF).astype(np.uint32) * np.uint32(0x85EBCA77))
    moved = h >> np.uint32(15)
    h ^= moved
    h *= np.uint32(0x2C1B3C6D)
    h ^= np.right_shift(h, np.uint32(12), out=moved)
    h *= np.uint32(0x297A2D39)
    h ^= np.right_shift(h, np.uint32(15), out=moved)
    return h


def unit(bits: NDArray[np.uint32], shift: int = 0) -> Field:
    """Return a number in [0, 1) from 16 of the bits, those above `shift` [-]."""
    part = bits >> np.uint32(shift)
    part &= np.uint32(0xFFFF)
    share = part.astype(np.float32)
    share *= np.float32(1 / 65536)
    return share


# Parts of a spacing by which its lattice is shifted, times the spacing: sqrt(5) and sqrt(3).
_SHIFTS = (0.2360679775, 0.7320508076)


def gradient_noise(grid: Grid, spacing_m: float, seed: int) -> Field:
    """Return one octave of gradient noise on a grid, about zero mean and unit deviation [-].

    The lattice is fixed in metres, so neighbours and other levels see the same hills. Spacings
    under two cells come out as zero: the grid cannot hold them.

    Parameters
    ----------
    grid : Grid
        Where to evaluate.
    spacing_m : float
        Distance of the lattice points [m].
    seed : int
        Number of the field.

    References
    ----------
    .. [1] K. Perlin, "Improving noise", ACM Transactions on Graphics 21, 681-682 (2002).
    """
    if spacing_m < 2.0 * grid.cell_m:
        return np.zeros((grid.ny, grid.nx), np.float32)
    block = _BLOCK if spacing_m < 0.5 * _BLOCK * grid.cell_m else max(grid.nx, grid.ny)
    out = np.empty((grid.ny, grid.nx), np.float32)
    # Lattices start at places of their own: a line on which many agree shows as an edge.
    shift_x, shift_y = (spacing_m * turn % 1.0 for turn in _SHIFTS)
    across = _blocks(grid.level, grid.i0, grid.nx, (spacing_m, shift_x), block)
    along = _blocks(grid.level, grid.j0, grid.ny, (spacing_m, shift_y), block)
    east, north = _gradients(_points(across), _points(along), seed)
    for n, (row, fade_y, ramp_y) in enumerate(along):
        rows = slice(row - along[0][0], row - along[0][0] + fade_y.shape[1])
        left_x, left_y = fade_y @ east[rows], ramp_y @ north[rows]
        for m, (column, fade_x, ramp_x) in enumerate(across):
            part = slice(column - across[0][0], column - across[0][0] + fade_x.shape[1])
            left = np.concatenate([left_x[:, part], left_y[:, part]], axis=1)
            right = np.concatenate([ramp_x, fade_x], axis=1)
            cells = out[n * block : (n + 1) * block, m * block : (m + 1) * block]
            np.matmul(left, right.T, out=cells)
    return out


def value_noise(u: Field, v: Field, seed: int) -> Field:
    """Return smooth noise at places (u, v) in lattice steps, -1 to 1 [-]."""
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    fu, fv = (u - i).astype(np.float32), (v - j).astype(np.float32)
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
    low = unit(hashed(i, j, seed), 8) * (1 - fu) + unit(hashed(i + 1, j, seed), 8) * fu
    high = unit(hashed(i, j + 1, seed), 8) * (1 - fu) + unit(hashed(i + 1, j + 1, seed), 8) * fu
    return np.asarray(np.float32(2) * (low + (high - low) * fv) - np.float32(1))


def smooth(values: Field, low: float, high: float) -> Field:
    """Return 0 below low, 1 above high and a smooth step between [-]."""
    t = np.subtract(values, low, dtype=np.float32)
    t *= np.float32(1.0 / (high - low))
    np.clip(t, 0, 1, out=t)
    step = t * np.float32(-2)
    step += np.float32(3)
    t *= t
    t *= step
    return t


def box_blur(values: Field, radius: int) -> Field:
    """Return the mean over squares of (2·radius + 1) cells, edges repeated."""
    ny, nx = values.shape
    mean = np.float32(values.mean())
    rows = np.empty((ny + 2 * radius, nx), np.float32)
    np.subtract(values, mean, out=rows[radius : radius + ny])
    rows[:radius], rows[radius + ny :] = rows[radius], rows[radius + ny - 1]
    share = np.float32(1 / (2 * radius + 1) ** 2)
    out = np.empty((ny, nx), np.float32)
    for first in range(0, ny, _BAND):
        part = out[first : first + _BAND]
        band = rows[first : first + len(part) + 2 * radius]
        np.multiply(_window_sums(band, radius), share, out=part)
    out += mean
    return out


def _window_sums(rows: Field, radius: int) -> Field:
    """Return sums over squares of (2·radius + 1) cells; `rows` has the padding above and below."""
    ny, nx = len(rows) - 2 * radius, rows.shape[1]
    width = 2 * radius + 1
    columns = np.zeros((ny + 1, nx + 2 * radius), np.float32)
    columns[:ny, radius : radius + nx] = _summed(rows.ravel(), width, nx).reshape(ny, nx)
    columns[:ny, :radius] = columns[:ny, radius : radius + 1]
    columns[:ny, radius + nx :] = columns[:ny, radius + nx - 1 : radius + nx]
    total = _summed(columns.ravel(), width, 1)
    return total[: ny * (nx + 2 * radius)].reshape(ny, nx + 2 * radius)[:, :nx]


def _summed(values: Field, width: int, stride: int) -> Field:
    """Return sums of `width` values that lie `stride` apart, from each place on.

    The sums are made of sums of 1, 2, 4, … values, the same ones at every place.
    """
    count = len(values) - (width - 1) * stride
    total = np.zeros(count, np.float32)
    power, done, bit = values, 0, 1
    while True:
        if width & bit:
            total += power[done * stride : done * stride + count]
            done += bit
        if done == width:
            return total
        power = power[: -bit * stride] + power[bit * stride :]
        bit *= 2


def dither(i0: int, j0: int, nx: int, ny: int) -> Field:
    """Return blue noise in 0 to 1 that continues over tile borders [-]."""
    row, column = j0 % _DITHER_SIDE, i0 % _DITHER_SIDE
    sheet = _dither_sheet(-(-(ny + row) // _DITHER_SIDE), -(-(nx + column) // _DITHER_SIDE))
    return sheet[row : row + ny, column : column + nx]


@lru_cache(maxsize=8)
def _dither_sheet(rows: int, columns: int) -> Field:
    return np.tile(_blue_noise(), (rows, columns))


@lru_cache(maxsize=1)
def _blue_noise() -> Field:
    """Return a tile of noise without slow waves: high-passed and ranked again and again."""
    side = np.arange(_DITHER_SIDE, dtype=np.int64)
    noise = hashed(side[None, :], side[:, None], 3).astype(np.float64)
    frequency = np.fft.fftfreq(_DITHER_SIDE)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    keep = np.clip(radius / 0.35, 0.0, 1.0) ** 1.5
    for _ in range(6):
        order = np.fft.ifft2(np.fft.fft2(noise) * keep).real.round(9).ravel().argsort(kind="stable")
        rank = np.empty(order.size)
        rank[order] = np.arange(order.size)
        noise = (rank / order.size).reshape(_DITHER_SIDE, _DITHER_SIDE)
    return noise.astype(np.float32)


def _blocks(
    level: int, start: int, count: int, lattice: tuple[float, float], block: int
) -> list[_Weights]:
    """Return the weights of the blocks along one axis."""
    return [
        _weights(level, start + at, min(block, count - at), *lattice)
        for at in range(0, count, block)
    ]


def _points(blocks: list[_Weights]) -> NDArray[np.int64]:
    """Return the numbers of the lattice points that the blocks of an axis need."""
    last, fade, _ = blocks[-1]
    return np.arange(blocks[0][0], last + fade.shape[1], dtype=np.int64)


def _gradients(column: NDArray[np.int64], row: NDArray[np.int64], seed: int) -> tuple[Field, Field]:
    """Return the slopes of the noise at lattice points, to the east and to the north."""
    angle = hashed(column[None, :], row[:, None], seed)
    angle >>= np.uint32(24)
    return _SLOPE_X.take(angle), _SLOPE_Y.take(angle)


@lru_cache(maxsize=256)
def _weights(level: int, start: int, count: int, spacing_m: float, shift: float) -> _Weights:
    """Return the first lattice number, fade weights and fade·distance weights along one axis."""
    u = (start + np.arange(count)) * (2.0**level / spacing_m) + shift
    base = np.floor(u).astype(np.int64)
    f = (u - base).astype(np.float32)
    fade = f * f * f * (f * (f * np.float32(6) - np.float32(15)) + np.float32(10))
    first = int(base[0])
    points = int(base[-1]) - first + 2
    weight = np.zeros((count, points), np.float32)
    ramp = np.zeros((count, points), np.float32)
    row, column = np.arange(count), base - first
    weight[row, column] = 1 - fade
    weight[row, column + 1] = fade
    ramp[row, column] = (1 - fade) * f
    ramp[row, column + 1] = fade * (f - 1)
    return first, weight, ramp
