"""What painted soil does to the fields of the ground, so that it is seen and felt."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.overlays import UNPAINTED, Overlay, SoilPaint
from game.world.relief import smooth
from game.world.soil import Soil
from game.world.surface_specs import PaintSpec
from game.world.window import Window

Single = NDArray[np.float32]
Array = NDArray[np.float64]
_ONE = np.float32(1.0)
_NUMBERS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """Shares of painted ground over a window, float32 arrays of shape (ny, nx) [-].

    Attributes
    ----------
    cover_low, cover_span : ndarray
        Least sand of the painted soils and how far it varies, times their share.
    share : ndarray
        Painted with anything.
    still : ndarray
        Painted with soils that bear no ripples.
    ripples : ndarray
        How far ripples have grown at least.
    crest : ndarray
        Painted as crests of ridges.
    fresh : ndarray
        Painted as young ejecta.
    """

    cover_low: Single
    cover_span: Single
    share: Single
    still: Single
    ripples: Single
    crest: Single
    fresh: Single


class SoilPainting:
    """All painted soils of one world, in the order of its overlays."""

    def __init__(self, overlays: tuple[Overlay, ...], spec: PaintSpec) -> None:
        self._spec = spec
        self._paints = [one for one in overlays if isinstance(one, SoilPaint)]
        self._table = _soil_table(spec)

    def over(self, window: Window) -> Painted | None:
        """Return what is painted in a window, later paint on top; nothing if nothing is."""
        total: list[Single] | None = None
        for paint in self._paints:
            found = _within(paint, window, self._spec.blend_m)
            if found is None:
                continue
            part, squares = found
            shares = _blended(paint, squares, self._table)
            if shares is None:
                continue
            if total is None:
                total = [np.zeros((window.ny, window.nx), np.float32) for _ in shares]
            left = _ONE - shares[2]
            for field, share in zip(total, shares, strict=True):
                field[part] = field[part] * left + share
        return None if total is None else Painted(*total)

    def covered(self, cover: Single, painted: Painted | None) -> Single:
        """Return the cover with the sand of painted soils; its own patches still show [-]."""
        if painted is None:
            return cover
        half = self._spec.texture
        texture = smooth(cover, -half, half)
        texture *= painted.cover_span
        return np.asarray(cover * (_ONE - painted.share) + painted.cover_low + texture)

    def rippled(self, growth: Single, painted: Painted | None) -> Single:
        """Return how far ripples have grown where soil is painted [-]."""
        if painted is None:
            return growth
        return np.asarray(np.maximum(growth * (_ONE - painted.still), painted.ripples))

    def bared(self, ridge: Single, painted: Painted | None) -> Single:
        """Return marks of large ridges, covered by any paint but that of crests [-]."""
        if painted is None:
            return ridge
        return np.asarray(ridge * (_ONE - painted.share + painted.crest))

    def crested(self, ridge: Single, painted: Painted | None) -> Single:
        """Return crest marks, those of painted crests included [-]."""
        if painted is None:
            return ridge
        return np.asarray(np.maximum(ridge, painted.crest * np.float32(self._spec.crest)))

    def ejected(self, fresh: Single, painted: Painted | None) -> Single:
        """Return young ejecta where soil is painted [-]."""
        if painted is None:
            return fresh
        return np.asarray(fresh * (_ONE - painted.share) + painted.fresh)


@dataclass(frozen=True, slots=True, eq=False)
class _Reach:
    """Squares along one axis that lie under a blur of each node.

    Attributes
    ----------
    square : ndarray
        Numbers of the squares that count. [-]
    at : ndarray
        Where the first square of each node stands in `square`. [-]
    weight : ndarray
        Share of each of the following squares in each node, shape (squares a node, nodes). [-]
    """

    square: NDArray[np.int64]
    at: NDArray[np.int64]
    weight: Single


def _soil_table(spec: PaintSpec) -> Single:
    """Return the columns of `Painted` for every number that a square can hold."""
    table = np.zeros((7, _NUMBERS), np.float32)
    for soil in spec.soils:
        number = Soil[soil.name.upper()]
        span = soil.cover_high - soil.cover_low
        ripples = max(soil.ripples, 0.0)
        marks = number is Soil.TAR_CREST, number is Soil.FRESH_EJECTA
        table[:, number] = (soil.cover_low, span, 1.0, soil.ripples < 0.0, ripples, *marks)
    table[-1] *= np.float32(spec.fresh)
    table[:, UNPAINTED] = 0.0
    return table


def _within(
    paint: SoilPaint, window: Window, blend_m: float
) -> tuple[tuple[slice, slice], tuple[_Reach, _Reach]] | None:
    """Return the rows and columns of nodes that paint touches, and the squares they see."""
    x = (window.x_m() - paint.x0_m) / paint.cell_m
    y = (window.y_m() - paint.y0_m) / paint.cell_m
    # Cells much wider than the soft edge show none: a small spot is enough for them.
    wide_m = blend_m if window.cell_m() < 2.0 * blend_m else min(blend_m, paint.cell_m / 2.0)
    half = wide_m / 2.0 / paint.cell_m
    i0, i1 = np.searchsorted(x, (-half, paint.columns + half)).tolist()
    j0, j1 = np.searchsorted(y, (-half, paint.rows + half)).tolist()
    if i0 >= i1 or j0 >= j1:
        return None
    squares = (_reach(y[j0:j1], half, paint.rows), _reach(x[i0:i1], half, paint.columns))
    return (slice(j0, j1), slice(i0, i1)), squares


def _reach(place: Array, half: float, count: int) -> _Reach:
    """Return the squares within `half` a blur of places, all in units of squares."""
    first = np.floor(place - half).astype(np.int64)
    step = np.arange(math.floor(2.0 * half) + 2)[:, None]
    low = first + step
    overlap = np.minimum(place + half, low + 1.0) - np.maximum(place - half, low)
    weight = np.clip(overlap, 0.0, None) / (2.0 * half)
    weight[(low < 0) | (low >= count)] = 0.0
    whole = np.arange(int(first[0]), int(first[-1]) + len(step))
    if len(whole) <= low.size:
        square, at = whole, first - whole[0]
    else:
        square, at = low.T.ravel(), np.arange(len(first)) * len(step)
    return _Reach(np.clip(square, 0, count - 1), at, weight.astype(np.float32))


def _blended(
    paint: SoilPaint, squares: tuple[_Reach, _Reach], table: Single
) -> list[Single] | None:
    """Return the columns of `Painted` with soft edges; nothing if no square is painted."""
    north, east = squares
    grid = np.frombuffer(paint.soils, np.uint8).reshape(paint.rows, paint.columns)
    seen = grid.T[east.square[:, None], north.square[None, :]]
    place = seen.astype(np.intp)
    there = np.flatnonzero(np.bincount(place.ravel(), minlength=_NUMBERS))
    if there.tolist() == [UNPAINTED]:
        return None
    found = []
    for column in table:
        if column[there].any():
            along = np.ascontiguousarray(_carried(column.take(place), east).T)
            found.append(_carried(along, north))
        else:
            found.append(np.zeros((len(north.at), len(east.at)), np.float32))
    return found


def _carried(values: Single, reach: _Reach) -> Single:
    """Carry rows of squares to rows of nodes."""
    total = np.zeros((len(reach.at), values.shape[1]), np.float32)
    for step, weight in enumerate(reach.weight):
        if weight.any():
            part = values[reach.at + step]
            part *= weight[:, None]
            total += part
    return total
