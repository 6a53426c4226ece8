"""Pictures through filters as false colours, and what hard packing does to a picture."""

import numpy as np
from numpy.typing import NDArray

from game.render.bands import Bands, strip_px
from game.render.fields import Field

Picture = NDArray[np.uint8]
SHEET_COLUMNS = 4
_SPREAD = 45.0  # standard deviation of each stretched colour, 8 bit
_MIDDLE = 118.0  # and its mean
_BLOCK = 8  # coders of pictures work in squares of this many pixels


def stretched(picture: Picture) -> Picture:
    """Return a picture whose colours are pulled apart: ground that looks alike looks different.

    References
    ----------
    .. [1] A. R. Gillespie, A. B. Kahle, R. E. Walker, "Color enhancement of highly correlated
       images I: decorrelation and HSI contrast stretches", Remote Sensing of Environment 20, 1986.
    """
    values = picture.reshape(-1, 3).astype(np.float64)
    middle = values.mean(axis=0)
    spread, axes = np.linalg.eigh(np.cov(values - middle, rowvar=False))
    # Directions with hardly any colour in them are noise: they are not pulled up without end.
    gains = _SPREAD / np.sqrt(np.maximum(spread, 0.01 * spread.max() + 1e-9))
    pulled = (values - middle) @ axes * gains @ axes.T + _MIDDLE
    return np.asarray(np.clip(pulled, 0, 255).astype(np.uint8).reshape(picture.shape))


def packed(picture: Picture, compression: float, clean_compression: float) -> Picture:
    """Return a picture as it comes out of a coder: beyond the clean ratio, squares lose detail."""
    if compression <= clean_compression:
        return picture
    kept = clean_compression / compression
    height, width = picture.shape[0] // _BLOCK * _BLOCK, picture.shape[1] // _BLOCK * _BLOCK
    tiles = picture[:height, :width].astype(np.float32)
    tiles = tiles.reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK, 3)
    means = tiles.mean(axis=(1, 3), keepdims=True)
    # What differs from the mean of its square is kept in steps that grow as bits get few.
    step = 4.0 / kept
    detail = np.round((tiles - means) / step) * step
    out = picture.copy()
    out[:height, :width] = (
        np.clip(means + detail, 0, 255).astype(np.uint8).reshape(height, width, 3)
    )
    return out


def grey(values: Field, low: float | None = None, high: float | None = None) -> Picture:
    """Return a band or a ratio as a picture, (height, width, 3), stretched between two values."""
    above = values[: len(values) - strip_px(len(values))]
    ground = above[above > 0.0]
    if low is None or high is None:
        ends = np.percentile(ground, (2.0, 98.0)) if ground.size else (0.0, 1.0)
        low = float(ends[0]) if low is None else low
        high = float(ends[1]) if high is None else high
    shown = np.clip((values - low) / max(high - low, 1e-6), 0.0, 1.0) * 255.0
    return np.repeat(shown.astype(np.uint8)[..., None], 3, axis=2)


def colours(bands: Bands, nm: tuple[int, int, int]) -> Picture:
    """Return three bands as red, green and blue of one picture; sky stays dark."""
    strip = strip_px(bands.reflectance.shape[1])
    frames = [bands.frame(one) for one in nm]
    most = max(float(np.percentile(frame[:-strip], 99.0)) for frame in frames)
    parts = [np.clip(frame / max(most, 1e-6), 0.0, 1.0) for frame in frames]
    return np.asarray((np.stack(parts, axis=-1) * 255.0).astype(np.uint8))


def contact_sheet(bands: Bands) -> Picture:
    """Return all bands as small pictures, four to a row, each stretched on its own."""
    frames = [grey(frame) for frame in bands.reflectance]
    blank = np.zeros_like(frames[0])
    frames += [blank] * (-len(frames) % SHEET_COLUMNS)
    rows = [
        np.concatenate(frames[first : first + SHEET_COLUMNS], axis=1)
        for first in range(0, len(frames), SHEET_COLUMNS)
    ]
    return np.concatenate(rows, axis=0)
