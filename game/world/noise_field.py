"""Coarse noise: Perlin's gradient noise in single precision, with `noise` as accelerator.

The numpy function is the definition. The package `noise` computes the same numbers faster for a
few points; it is used only if it reproduces known values to the last bit on this machine.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream, uniform
from game.world.lattice import Field, spread
from game.world.window import Window

Single = NDArray[np.float32]
Scalar = Callable[[float, float], float]

PERIOD = 256
# Standard deviation of one octave over all positions: 16 gradient directions of the 2002 table,
# measured on 2 million points.
PERLIN_STD = 0.2429
# Below this many points the scalar package wins, above it the arrays do (timed: equal near 400).
_FEW_POINTS = 400
# So many at once fill the processor's caches already; more only take memory, 60 bytes each.
_MANY_POINTS = 1 << 17
# Heights of the coarse relief are multiples of 2**-12 m, so that spreading them is exact.
_QUANTUM = 4096.0

# The permutation that K. Perlin published with "Improving noise", SIGGRAPH 2002.
_PERMUTATION = np.frombuffer(
    bytes.fromhex(
        "97a0895b5a0f830dc95f6035c2e907e18c24671e458e086325f0150a17be0694f778ea4b001ac53e"
        "5efcdbcb75230b2039b12158ed953857ae147d88aba844af4aa547868b301ba64d929ee7536fe57a"
        "3cd385e6dc695c29372ef528f4668f3641193fa101d85049d14c84bbd05912a9c8c4878274bc9f56"
        "a4646dc6adba034034d9e2fa7c7b05ca2693767eff5255d4cfce3be32f103a11b6bd1c2adfb7aad5"
        "77f898022c9aa346dd99659ba72bac09811627fd13626c6e4f71e0e8b2b97068daf661e4fb22f2c1"
        "eed2900cbfb3a2f1513391ebf90eef6b31c0d61fb5c76a9db854ccb07379322d7f0496fe8aeccd5d"
        "de72431d1848f38d80c34e42d73d9cb4"
    ),
    dtype=np.uint8,
).astype(np.int32)
_EAST = np.array([1, -1, 1, -1, 1, -1, 1, -1, 0, 0, 0, 0, 1, -1, 0, 0], dtype=np.float32)
_NORTH = np.array([1, 1, -1, -1, 0, 0, 0, 0, 1, -1, 1, -1, 0, 0, -1, 1], dtype=np.float32)


def perlin_noise(x: Single, y: Single) -> Single:
    """Gradient noise in single precision, the same numbers as `noise.pnoise2`.

    Parameters
    ----------
    x, y : ndarray
        Positions from 0 to 256, float32, equal shapes. [-]

    Returns
    -------
    ndarray
        Float32, zero at whole numbers. [-]

    References
    ----------
    .. [1] K. Perlin, "Improving noise", ACM Trans. Graph. 21, 2002.
    """
    i, j = np.floor(x), np.floor(y)
    fx, fy = x - i, y - j
    u, v = _faded(fx), _faded(fy)
    west, south = i.astype(np.int32) & 255, j.astype(np.int32) & 255
    east, north = (west + 1) & 255, (south + 1) & 255
    a, b = _PERMUTATION[west], _PERMUTATION[east]
    one = np.float32(1.0)
    low = _between(u, _slope(a + south, fx, fy), _slope(b + south, fx - one, fy))
    high = _between(u, _slope(a + north, fx, fy - one), _slope(b + north, fx - one, fy - one))
    return np.asarray(_between(v, low, high), dtype=np.float32)


def _faded(f: Single) -> Single:
    six, fifteen, ten = np.float32(6.0), np.float32(15.0), np.float32(10.0)
    return np.asarray(f * f * f * (f * (f * six - fifteen) + ten))


def _between(t: Single, a: Single, b: Single) -> Single:
    return np.asarray(a + t * (b - a))


def _slope(corner: NDArray[np.int32], fx: Single, fy: Single) -> Single:
    direction = _PERMUTATION[_PERMUTATION[corner & 255]] & 15
    return np.asarray(fx * _EAST[direction] + fy * _NORTH[direction])


@lru_cache(maxsize=1)
def accelerator() -> Scalar | None:
    """Return the scalar function of `noise` if it is there and gives the very same numbers."""
    try:
        from noise import pnoise2  # noqa: PLC0415
    except ImportError:
        return None
    grid = np.linspace(0.0, 255.9, 23, dtype=np.float32)
    x, y = (side.reshape(-1) for side in np.meshgrid(grid, grid[::-1]))
    same = [pnoise2(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    scalar: Scalar = pnoise2
    return scalar if np.array_equal(np.array(same, np.float32), perlin_noise(x, y)) else None


def unit_noise(x: Single, y: Single, *, may_accelerate: bool = True) -> Single:
    """Return coarse noise with unit variance, at points from 0 to 256 [-]."""
    scalar = accelerator() if may_accelerate and x.size <= _FEW_POINTS else None
    if scalar is None:
        value = perlin_noise(x, y)
    else:
        pairs = zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
        value = np.array([scalar(a, b) for a, b in pairs], np.float32).reshape(x.shape)
    return value * np.float32(1.0 / PERLIN_STD)


def knot_sum(
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    spacings: tuple[int, ...],
    amplitudes_m: tuple[float, ...],
    seed: int,
) -> Field:
    """Sum octaves of coarse noise at knots (i, j) of the coarse grid.

    Parameters
    ----------
    i, j : ndarray
        Numbers of the columns and rows of knots. [-]
    spacings : tuple of int
        Distance of gradient points of each octave, in knots. [-]
    amplitudes_m : tuple of float
        Standard deviation of each octave. [m]
    seed : int
        Seed of the world. [-]

    Returns
    -------
    ndarray
        Shape (len(j), len(i)), whole multiples of 2**-12 m. [m]
    """
    total = np.zeros((len(j), len(i)))
    together = max(1, _MANY_POINTS // total.size)
    for first in range(0, len(spacings), together):
        chosen = range(first, min(first + together, len(spacings)))
        places = [_octave_places(i, j, octave, spacings[octave], seed) for octave in chosen]
        x, y = (np.stack(axis) for axis in zip(*places, strict=True))
        for octave, value in zip(chosen, unit_noise(x, y), strict=True):
            total += value.astype(np.float64) * amplitudes_m[octave]
    return np.asarray(np.rint(total * _QUANTUM) / _QUANTUM)


def _octave_places(
    i: NDArray[np.int64], j: NDArray[np.int64], octave: int, spacing: int, seed: int
) -> tuple[Single, Single]:
    """Return where knots lie between the gradient points of an octave [-]."""
    # Odd octaves lie along the diagonals: no two neighbours share an axis.
    p, q = i[None, :] + 0 * j[:, None], j[:, None] + 0 * i[None, :]
    if octave % 2:
        p, q = p + q, p - q
        spacing = round(spacing * 2.0**0.5)
    period = spacing * PERIOD
    p = p + int(uniform(seed, Stream.TERRAIN, octave, 2) * period)
    q = q + int(uniform(seed, Stream.TERRAIN, octave, 3) * period)
    x = (p % period).astype(np.float32) / np.float32(spacing)
    y = (q % period).astype(np.float32) / np.float32(spacing)
    return x, y


def coarse_relief_m(
    window: Window,
    knot: int,
    spacings: tuple[int, ...],
    amplitudes_m: tuple[float, ...],
    seed: int,
) -> Field:
    """Spread the coarse noise from its knots over a window by cubic splines.

    Parameters
    ----------
    window : Window
        Where.
    knot : int
        Distance of knots in steps of the finest level. [-]
    spacings, amplitudes_m, seed
        As in `knot_sum`.

    Returns
    -------
    ndarray
        Shape (ny, nx), float64. [m]
    """
    step = window.step()
    east = spread(window.i0 * step, window.nx, step, (knot,))
    north = spread(window.j0 * step, window.ny, step, (knot,))
    columns = np.arange(east.first[0], east.first[0] + east.count[0])
    rows = np.arange(north.first[0], north.first[0] + north.count[0])
    knots = knot_sum(columns, rows, spacings, amplitudes_m, seed)
    return np.asarray((north.weights @ knots) @ east.weights.T)
