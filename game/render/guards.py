"""Numbers that tell a good picture of ground from a bad one; the limits are in `Limits`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.render.colour import LUMA

Picture = NDArray[np.uint8]
_NEAR_SHIFT = 48  # cells: texture repeats beyond this would be seen
_FAR_PART = 0.5  # shifts up to this part of the picture


@dataclass(frozen=True, slots=True)
class Limits:
    """What ground may look like.

    Attributes
    ----------
    low_luma, high_luma : float
        Median brightness, 8 bit.
    low_spread, high_spread : float
        Standard deviation of brightness, 8 bit.
    colours : int
        Different colours at least, in a picture of 1280 by 720.
    run : int
        Longest row of equal pixels.
    repeat : float
        Autocorrelation of texture far away [-].
    step : float
        Mean step across tile edges over the mean step elsewhere [-].
    """

    low_luma: float
    high_luma: float
    low_spread: float = 12.0
    high_spread: float = 20.0
    colours: int = 3000
    run: int = 30
    repeat: float = 0.45
    step: float = 1.15


# The design's limits: clear day, low Sun, night, storm. Spread and colours are for a clear day.
DAY = Limits(100.0, 125.0)
LOW_SUN = Limits(70.0, 85.0, 0.0, 255.0, 0)
NIGHT = Limits(18.0, 26.0, 0.0, 255.0, 0, 720)
STORM = Limits(125.0, 140.0, 0.0, 255.0, 0, 720)


def median_luma(picture: Picture) -> float:
    """Return the median brightness, 8 bit."""
    return float(np.median(picture @ LUMA))


def spread(picture: Picture) -> float:
    """Return the standard deviation of brightness, 8 bit."""
    return float((picture @ LUMA).std())


def colour_count(picture: Picture) -> int:
    """Return the number of different colours."""
    wide = picture.astype(np.uint32)
    return len(np.unique(wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]))


def longest_run(picture: Picture) -> int:
    """Return the longest row of equal pixels."""
    same = (picture[:, 1:] == picture[:, :-1]).all(-1)
    rows = np.pad(same, ((0, 0), (1, 1)))
    ends = np.flatnonzero(np.diff(rows.ravel().astype(np.int8)) == -1)
    starts = np.flatnonzero(np.diff(rows.ravel().astype(np.int8)) == 1)
    return int((ends - starts).max(initial=0)) + 1


def repeat(picture: Picture) -> float:
    """Return the largest autocorrelation of the texture beyond 48 pixels [-].

    Slow changes of tone are taken out first: they are places, not patterns.
    """
    luma = picture @ LUMA
    luma = luma - _blurred(luma, _NEAR_SHIFT // 2)
    power = np.abs(np.fft.rfft2(luma, [2 * n for n in luma.shape])) ** 2
    found = np.fft.irfft2(power)
    rows, columns = (int(n * _FAR_PART) for n in luma.shape)
    count = np.outer(luma.shape[0] - np.arange(rows), luma.shape[1] - np.arange(columns)) / float(
        luma.size
    )
    part = found[:rows, :columns] / found[0, 0] / count
    part[:_NEAR_SHIFT, :_NEAR_SHIFT] = 0
    return float(part.max())


def edge_step(picture: Picture, tile: int, first_row: int = 0, first_column: int = 0) -> float:
    """Return the mean step across tile edges over the mean step elsewhere [-].

    Parameters
    ----------
    picture : array
        Picture at one pixel a cell.
    tile : int
        Side of a tile [px].
    first_row, first_column : int
        The first row and column that begin a tile.
    """
    luma = picture @ LUMA
    ratios = []
    for axis, first in ((0, first_row), (1, first_column)):
        steps = np.abs(np.diff(luma, axis=axis)).mean(axis=1 - axis)
        edges = np.arange(first - 1 if first else tile - 1, len(steps), tile)
        if len(edges):
            ratios.append(float(steps[edges].mean() / np.delete(steps, edges).mean()))
    return max(ratios, default=0.0)


def problems(picture: Picture, limits: Limits) -> list[str]:
    """Return what is wrong with a picture of ground, one sentence each.

    Parameters
    ----------
    picture : array
        Ground alone, (height, width, 3) of uint8.
    limits : Limits
        What to hold it to.
    """
    share = picture.shape[0] * picture.shape[1] / (1280 * 720)
    median, width = median_luma(picture), spread(picture)
    colours, run, again = colour_count(picture), longest_run(picture), repeat(picture)
    wanted = int(limits.colours * min(1.0, share**0.5))
    checks = (
        (
            limits.low_luma <= median <= limits.high_luma,
            f"median brightness {median:.1f} is not {limits.low_luma:g} to {limits.high_luma:g}",
        ),
        (
            limits.low_spread <= width <= limits.high_spread,
            f"spread {width:.1f} is not {limits.low_spread:g} to {limits.high_spread:g}",
        ),
        (colours >= wanted, f"{colours} colours are fewer than {wanted}"),
        (run <= limits.run, f"{run} equal pixels in a row are more than {limits.run}"),
        (again <= limits.repeat, f"the texture repeats: {again:.2f} is over {limits.repeat:g}"),
    )
    return [sentence for is_right, sentence in checks if not is_right]


def _blurred(values: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    width = 2 * radius + 1
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius + 1, radius)
        total = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis)
        ends = total.take(range(width, total.shape[axis]), axis)
        values = (ends - total.take(range(total.shape[axis] - width), axis)) / width
    return values
