"""Cast shadows: one sweep over the rows, away from the Sun."""

import math

import numpy as np
from numpy.typing import NDArray

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
    The light ray is followed from row to row, shifted by a constant fraction of a cell; that is
    exact for ground that is linear between cells. What one row throws on the next, two rows throw
    on the next two, and so on: the length of the shadow doubles with every pass.
    """
    east, north = toward
    if abs(east) > abs(north):
        return shadow_line(np.ascontiguousarray(height_m.T), cell_m, (north, east), rise).T
    line = np.array(height_m[::-1] if north > 0 else height_m, np.float32)
    shift = -east / abs(north)
    drop = math.hypot(1.0, shift) * cell_m * rise
    relief = float(line.max()) - float(line.min())
    step = 1
    while step < len(line) and step * drop < relief:
        _throw(line, step, step * shift, step * drop)
        step *= 2
    return line[::-1] if north > 0 else line


def _throw(line: Field, step: int, shift: float, drop_m: float) -> None:
    """Let every row throw its shadow on the one `step` rows on, `shift` columns aside."""
    width = line.shape[1]
    whole = math.floor(shift)
    part = np.float32(shift - whole)
    low, high = max(0, whole + 1), min(width, width + whole)
    if low >= high:
        return
    thrown = line[:-step, low - whole : high - whole] * (1 - part)
    thrown += line[:-step, low - whole - 1 : high - whole - 1] * part
    thrown -= np.float32(drop_m)
    here = line[step:, low:high]
    np.maximum(here, thrown, out=here)


def resample(
    values: Field, start: tuple[float, float], step: float, shape: tuple[int, int]
) -> Field:
    """Return values between cells, bilinear: rows and columns from `start` in steps of `step`."""
    (r, fr), (c, fc) = (_between(start[k], step, shape[k], values.shape[k] - 2) for k in (0, 1))
    fr = fr[:, None]
    if shape[0] <= shape[1]:
        along = values[r] * (1 - fr) + values[r + 1] * fr
        return np.asarray(along[:, c] * (1 - fc) + along[:, c + 1] * fc)
    across = values[:, c] * (1 - fc) + values[:, c + 1] * fc
    return np.asarray(across[r] * (1 - fr) + across[r + 1] * fr)


def _between(start: float, step: float, count: int, last: int) -> tuple[NDArray[np.intp], Field]:
    """Return the cells before places along an axis, and how far beyond them the places lie."""
    place = start + step * np.arange(count)
    cell = np.clip(np.floor(place).astype(np.intp), 0, last)
    return cell, np.clip(place - cell, 0.0, 1.0).astype(np.float32)
