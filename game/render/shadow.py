"""Cast shadows: one sweep over the rows, away from the Sun."""

import math

import numpy as np

from game.render.fields import Field


def shadow_line(height_m: Field, cell_m: float, toward: tuple[float, float], rise: float) -> Field:
    """Return how high the shadow reaches over each cell, at least the ground itself [m].

    Parameters
    ----------
    height_m : array
        Ground, row 0 in the south [m].
    cell_m : float
        Width of a cell [m].
    toward : tuple of float
        Horizontal direction to the Sun: east, north (unit vector).
    rise : float
        Tangent of the Sun's elevation, above 0.

    Notes
    -----
    The light ray is followed row by row, shifted by a constant fraction of a cell; that is exact
    for ground that is linear between cells, whatever the length of the shadow.
    """
    east, north = toward
    if abs(east) > abs(north):
        return shadow_line(np.ascontiguousarray(height_m.T), cell_m, (north, east), rise).T
    rows = height_m[::-1] if north > 0 else height_m
    width = rows.shape[1]
    shift = -east / abs(north)
    drop = np.float32(math.hypot(1.0, shift) * cell_m * rise)
    whole = math.floor(shift)
    part = np.float32(shift - whole)
    rest = np.float32(1) - part
    first, second = 2 - whole, 1 - whole
    out = np.pad(rows, ((0, 0), (2, 2)), mode="edge")
    for above, here in zip(out[:-1], out[1:, 2:-2], strict=True):
        line = above[first : first + width] * rest
        line += above[second : second + width] * part
        line -= drop
        np.maximum(line, here, out=here)
    out = out[:, 2:-2]
    return out[::-1] if north > 0 else out


def resample(
    values: Field, start: tuple[float, float], step: float, shape: tuple[int, int]
) -> Field:
    """Return values between cells, bilinear: rows and columns from `start` in steps of `step`."""
    row, column = (start[k] + step * np.arange(shape[k]) for k in (0, 1))
    r = np.clip(np.floor(row).astype(int), 0, values.shape[0] - 2)
    c = np.clip(np.floor(column).astype(int), 0, values.shape[1] - 2)
    fr = np.clip(row - r, 0.0, 1.0).astype(np.float32)[:, None]
    fc = np.clip(column - c, 0.0, 1.0).astype(np.float32)[None, :]
    across = values[:, c] * (1 - fc) + values[:, c + 1] * fc
    return np.asarray(across[r] * (1 - fr) + across[r + 1] * fr)
