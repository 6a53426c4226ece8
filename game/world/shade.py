"""Which ground the Sun shines on: the shadows of hills near and far."""

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.world.sightline import check_sun, shadow_depth_m
from game.world.window import COARSEST_LEVEL, Window

Single = NDArray[np.float32]
Reals = NDArray[np.floating]
Array = NDArray[np.float64]

# Ground this much higher may throw its shadow on a place: the tallest cones are 91 m high.
_TALLEST_M = 100.0
# So many cells beyond a window are made at its own level; farther ground is looked up coarser.
_MOST_CELLS, _COARSER, _APRON = 384, 3, 8


class Heights(Protocol):
    """Whatever has heights on windows of nodes."""

    @property
    def height_m(self) -> Reals:
        """Height, row 0 in the south [m]."""


class HasGround(Protocol):
    """Whatever makes windows of ground."""

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> Heights:
        """Return the ground on cells of 2**level metres."""


def lit_area(
    terrain: HasGround, window: Window, sun_azimuth_rad: float, sun_elevation_rad: float
) -> NDArray[np.bool_]:
    """Return which nodes of a window the Sun shines on, with the shadows that fall into it.

    Parameters
    ----------
    terrain : HasGround
        The ground; rocks cast no shadow here.
    window : Window
        Where.
    sun_azimuth_rad, sun_elevation_rad : float
        Direction of the Sun, clockwise from north; above the horizon. [rad]

    Returns
    -------
    ndarray
        Shape (ny, nx), bool.
    """
    check_sun(sun_azimuth_rad, sun_elevation_rad, "lit_area")
    if sun_elevation_rad <= 0.0:
        return np.zeros((window.ny, window.nx), np.bool_)
    return fallen_shadow_m(terrain, window, (sun_azimuth_rad, sun_elevation_rad)) <= 0.0


def fallen_shadow_m(terrain: HasGround, window: Window, sun_rad: tuple[float, float]) -> Single:
    """Return how deep the nodes of a window lie in shadow, 0 in the light, shape (ny, nx) [m].

    Parameters
    ----------
    terrain : HasGround
        The ground.
    window : Window
        Where.
    sun_rad : tuple of float
        Azimuth, clockwise from north, and elevation above the horizon. [rad]

    Notes
    -----
    A low Sun throws shadows over kilometres. Beyond a margin the edge of the light comes from
    ground with cells eight times as wide, and that from still coarser ground.
    """
    check_sun(*sun_rad, "fallen_shadow_m")
    cell_m = window.cell_m()
    margin = math.ceil(_TALLEST_M / math.tan(sun_rad[1]) / cell_m)
    is_all = margin <= _MOST_CELLS or window.level + _COARSER > COARSEST_LEVEL
    margin = min(margin, _MOST_CELLS) if is_all else _APRON
    grown = window.grown(margin)
    nodes = (grown.level, grown.i0, grown.j0, grown.nx, grown.ny)
    height_m = np.asarray(terrain.ground(*nodes).height_m, np.float32)
    if not is_all:
        height_m = height_m.copy()
        _raise_edges(terrain, grown, height_m, sun_rad)
    depth_m = shadow_depth_m(height_m, cell_m, *sun_rad)
    return depth_m[margin : margin + window.ny, margin : margin + window.nx]


def _raise_edges(
    terrain: HasGround, window: Window, height_m: Single, sun_rad: tuple[float, float]
) -> None:
    """Raise the outermost nodes to the edge of the light that comes from farther away [m]."""
    level = window.level + _COARSER
    ratio = 2**_COARSER
    i0, j0 = window.i0 // ratio, window.j0 // ratio
    nx = (window.i0 + window.nx) // ratio - i0 + 2
    ny = (window.j0 + window.ny) // ratio - j0 + 2
    wide = fallen_shadow_m(terrain, Window(level, i0, j0, nx, ny), sun_rad).astype(np.float64)
    u = (window.i0 + np.arange(window.nx)) / ratio - i0
    v = (window.j0 + np.arange(window.ny)) / ratio - j0
    for row in (0, window.ny - 1):
        height_m[row] += _between(wide, u, np.full_like(u, v[row]))
    for column in (0, window.nx - 1):
        height_m[1:-1, column] += _between(wide, np.full_like(v, u[column]), v)[1:-1]


def _between(values: Array, u: Array, v: Array) -> Single:
    """Return values straight between nodes, at columns u and rows v [m]."""
    i, j = u.astype(np.int64), v.astype(np.int64)
    fu, fv = u - i, v - j
    low = values[j, i] * (1.0 - fu) + values[j, i + 1] * fu
    high = values[j + 1, i] * (1.0 - fu) + values[j + 1, i + 1] * fu
    return np.asarray(low * (1.0 - fv) + high * fv, np.float32)
