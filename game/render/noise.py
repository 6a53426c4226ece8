"""Noise and filters on the grid of a tile: a function of the place, never of the tile."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Grid

_Weights = tuple[NDArray[np.int64], Field, Field]
_ANGLES = np.linspace(0.0, 2.0 * np.pi, 256, endpoint=False)
_GRADIENT_X = np.cos(_ANGLES).astype(np.float32)
_GRADIENT_Y = np.sin(_ANGLES).astype(np.float32)
_UNIT = np.float32(3.6)  # brings one octave of gradient noise to about unit standard deviation
_BLOCK = 128  # wider blocks only multiply by more zeros
_DITHER_SIDE = 64


def hashed(i: NDArray[np.int64], j: NDArray[np.int64], seed: int) -> NDArray[np.uint32]:
    """Return 32 well mixed bits for each whole-number place (i, j)."""
    h = (i & 0xFFFFFFFF).astype(np.uint32) * np.uint32(0x9E3779B1)
    h = h ^ ((j & 0xFFFFFFFF).astype(np.uint32) * np.uint32(0x85EBCA77))
    h = h ^ np.uint32((seed * 0x27D4EB2F) & 0xFFFFFFFF)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x2C1B3C6D)
    h ^= h >> np.uint32(12)
    h *= np.uint32(0x297A2D39)
    h ^= h >> np.uint32(15)
    return h


def unit(bits: NDArray[np.uint32], shift: int = 0) -> Field:
    """Return a number in [0, 1) from 16 of the bits, those above `shift` [-]."""
    return ((bits >> np.uint32(shift)) & np.uint32(0xFFFF)).astype(np.float32) / np.float32(65536)


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
    for j in range(0, grid.ny, block):
        rows = _weights(grid.level, grid.j0 + j, min(block, grid.ny - j), spacing_m)
        for i in range(0, grid.nx, block):
            columns = _weights(grid.level, grid.i0 + i, min(block, grid.nx - i), spacing_m)
            out[j : j + block, i : i + block] = _lattice_noise(columns, rows, seed)
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
    t = np.clip((values - np.float32(low)) * np.float32(1.0 / (high - low)), 0, 1)
    return np.asarray(t * t * (np.float32(3) - np.float32(2) * t))


def box_blur(values: Field, radius: int) -> Field:
    """Return the mean over squares of (2·radius + 1) cells, edges repeated."""
    width = 2 * radius + 1
    mean = np.float32(values.mean())
    rows = np.pad(values - mean, ((radius + 1, radius), (0, 0)), mode="edge")
    total = np.cumsum(rows, axis=0, dtype=np.float64)
    columns = np.pad(total[width:] - total[:-width], ((0, 0), (radius + 1, radius)), mode="edge")
    total = np.cumsum(columns, axis=1)
    part = (total[:, width:] - total[:, :-width]) / width**2
    return part.astype(np.float32) + mean


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


def _lattice_noise(across: _Weights, along: _Weights, seed: int) -> Field:
    columns, fade_x, ramp_x = across
    rows, fade_y, ramp_y = along
    angle = hashed(columns[None, :], rows[:, None], seed) >> np.uint32(24)
    left = np.hstack([fade_y @ _GRADIENT_X.take(angle), ramp_y @ _GRADIENT_Y.take(angle)])
    return np.asarray(left @ np.vstack([ramp_x.T, fade_x.T]) * _UNIT)


@lru_cache(maxsize=512)
def _weights(level: int, start: int, count: int, spacing_m: float) -> _Weights:
    """Return lattice numbers, fade weights and fade·distance weights along one axis."""
    u = (start + np.arange(count)) * (2.0**level / spacing_m)
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
    return np.arange(first, first + points, dtype=np.int64), weight, ramp
