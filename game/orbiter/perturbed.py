"""A free orbit under the pull of the planet and of its equatorial bulge, integrated.

Use: `track_m(start, seconds)` with `start` from `start_of(...)`; `orbit.position_m` calls it for
orbits of the model `integrated`. Stretches of revolutions are integrated once and kept.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from game.units import Numeric

Array = NDArray[np.float64]
# How finely is integrated: accuracy, nothing to tune.
_TURNS = 8
_PANELS_A_TURN = 12
_POINTS = 12
_MOST_ROUNDS = 30
_SETTLED = 1e-12
_LEAP = 64  # stretches between way marks


@dataclass(frozen=True, slots=True)
class Start:
    """Planet and modified equinoctial elements at the epoch.

    `p_m` is the semi-latus rectum, `f, g` the eccentricity and `h, k` the tilt as vectors [-],
    `l_rad` the true longitude.
    """

    gm_m3_s2: float
    radius_m: float
    j2: float
    p_m: float
    f: float
    g: float
    h: float
    k: float
    l_rad: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Some revolutions, densely sampled.

    `nodes` has shape (n, 7): time [s], position [m], velocity [m/s]. `last` are the elements
    p, f, g, h, k and the time at its far end, where the next stretch begins.
    """

    nodes: Array
    last: Array


def start_of(
    planet: tuple[float, float, float],
    size: tuple[float, float],
    angles_rad: tuple[float, float, float, float],
) -> Start:
    """Return the start of a track from osculating elements.

    Parameters
    ----------
    planet : tuple of float
        GM, equator radius and J2. [m3/s2, m, -]
    size : tuple of float
        Semi-major axis and eccentricity. [m, -]
    angles_rad : tuple of float
        Inclination, ascending node, argument of periapsis, true anomaly. [rad]

    Returns
    -------
    Start
        The same orbit in elements without a singular point but at 180 degrees of inclination.

    References
    ----------
    .. [1] M. J. H. Walker, B. Ireland, J. Owens, "A set of modified equinoctial orbit elements",
       Celestial Mechanics 36, 1985.
    """
    axis_m, eccentricity = size
    tilt_rad, node_rad, argument_rad, anomaly_rad = angles_rad
    half = math.tan(tilt_rad / 2.0)
    return Start(
        *planet,
        p_m=axis_m * (1.0 - eccentricity**2),
        f=eccentricity * math.cos(node_rad + argument_rad),
        g=eccentricity * math.sin(node_rad + argument_rad),
        h=half * math.cos(node_rad),
        k=half * math.sin(node_rad),
        l_rad=node_rad + argument_rad + anomaly_rad,
    )


def track_m(start: Start, seconds: Numeric) -> tuple[Numeric, Numeric, Numeric]:
    """Place in the inertial frame, by cubic interpolation between integrated points [m].

    Notes
    -----
    The points are exact to rounding; interpolation stays within 15 m.
    """
    times = np.asarray(seconds, dtype=np.float64)
    nodes = _nodes(start, float(times.min()), float(times.max()))
    at = np.clip(np.searchsorted(nodes[:, 0], times, side="right") - 1, 0, len(nodes) - 2)
    before, after = nodes[at], nodes[at + 1]
    length = after[..., 0] - before[..., 0]
    u = (times - before[..., 0]) / length
    place = [
        _hermite(u, length, (before[..., axis], before[..., axis + 3]), after[..., axis::3])
        for axis in (1, 2, 3)
    ]
    return place[0], place[1], place[2]


def _hermite(u: Array, length: Array, left: tuple[Array, Array], right: Array) -> Array:
    """Cubic through two values with two slopes; `right` holds value and slope in its last axis."""
    rest = 1.0 - u
    value: Array = (
        (1.0 + 2.0 * u) * rest**2 * left[0]
        + u * rest**2 * length * left[1]
        + u**2 * (3.0 - 2.0 * u) * right[..., 0]
        - u**2 * rest * length * right[..., 1]
    )
    return value


def _nodes(start: Start, first_s: float, last_s: float) -> Array:
    """Integrated points that cover a span of time."""
    return _joined(start, *_numbers(start, first_s, last_s))


def stretches(start: Start, first_s: float, last_s: float) -> Iterator[Array]:
    """Give the points of a span of time, stretch by stretch: time [s], place [m], speed [m/s]."""
    low, high = _numbers(start, first_s, last_s)
    for number in (*range(-1, low - 1, -1), *range(max(0, low), high + 1)):
        if number <= high:
            yield _stretch(start, number).nodes


def _numbers(start: Start, first_s: float, last_s: float) -> tuple[int, int]:
    """Return the first and the last stretch of a span of time."""
    turn_s = _turn_s(start) * _TURNS
    low, high = math.floor(first_s / turn_s), math.floor(last_s / turn_s)
    while _stretch(start, low).nodes[0, 0] > first_s:
        low -= 1
    while _stretch(start, high).nodes[-1, 0] < last_s:
        high += 1
    return low, high


@lru_cache(maxsize=16)
def _joined(start: Start, low: int, high: int) -> Array:
    parts = [_stretch(start, number).nodes[:-1] for number in range(low, high + 1)]
    return np.concatenate([*parts, _stretch(start, high).nodes[-1:]])


def _turn_s(start: Start) -> float:
    axis_m = start.p_m / (1.0 - start.f**2 - start.g**2)
    return math.tau * math.sqrt(axis_m**3 / start.gm_m3_s2)


@lru_cache(maxsize=512)
def _stretch(start: Start, number: int) -> Stretch:
    """Stretch 0 begins at the epoch; negative ones lie before it and run backwards.

    Notes
    -----
    Picard's iteration on panels of Chebyshev points: the elements change little in a revolution,
    so a few rounds over the whole stretch are enough.

    References
    ----------
    .. [1] C. W. Clenshaw, H. J. Norton, "The solution of nonlinear ordinary differential
       equations in Chebyshev series", Computer Journal 6, 1963.
    """
    sign = 1 if number >= 0 else -1
    first = _first(start, number, sign)
    origin_rad = start.l_rad + (number + (sign < 0)) * _TURNS * math.tau
    points, sums = _panel()
    half_rad = sign * math.tau / _PANELS_A_TURN / 2.0
    panels = np.arange(_TURNS * _PANELS_A_TURN)[:, None]
    longitudes = origin_rad + half_rad * (2.0 * panels + 1.0 + points)
    state = np.broadcast_to(first, (*longitudes.shape, 6))
    for _ in range(_MOST_ROUNDS):
        gains = half_rad * (sums @ _rates(start, state, longitudes))
        before = np.cumsum(gains[:, -1], axis=0) - gains[:, -1]
        state, old = first + before[:, None] + gains, state
        if np.all(np.abs(state - old) <= _SETTLED * (1.0 + np.abs(state))):
            break
    rows = np.concatenate([state[:, :-1].reshape(-1, 6), state[-1:, -1]])
    along = np.append(longitudes[:, :-1].ravel(), longitudes[-1, -1])
    return Stretch(_cartesian(start, rows, along)[::sign], state[-1, -1])


def _first(start: Start, number: int, sign: int) -> Array:
    """Elements with which a stretch begins; far from the epoch they are reached step by step."""
    epoch = 0 if sign > 0 else -1
    if number == epoch:
        return np.array([start.p_m, start.f, start.g, start.h, start.k, 0.0])
    if (number - epoch) % _LEAP:
        return _stretch(start, number - sign).last
    for way_mark in range(epoch + sign * _LEAP, number, sign * _LEAP):
        _way_mark(start, way_mark, sign)  # nearer ones first: none is deep below another
    return _way_mark(start, number, sign)


@lru_cache(maxsize=1024)
def _way_mark(start: Start, number: int, sign: int) -> Array:
    """Elements with which every so-manieth stretch begins."""
    stretches = (_stretch(start, one) for one in range(number - sign * _LEAP, number, sign))
    return [stretch.last for stretch in stretches][-1]


@lru_cache(maxsize=1)
def _panel() -> tuple[Array, Array]:
    """Chebyshev points from -1 to 1, and the matrix that integrates from -1 to each of them."""
    points = np.asarray(-np.cos(np.linspace(0.0, math.pi, _POINTS)), dtype=np.float64)
    to_series = np.linalg.inv(chebyshev.chebvander(points, _POINTS - 1))
    series = chebyshev.chebint(to_series, lbnd=-1.0, axis=0)
    return points, np.asarray(chebyshev.chebvander(points, _POINTS) @ series, dtype=np.float64)


def _rates(start: Start, state: Array, longitudes: Array) -> Array:
    """Change of elements and time per radian of true longitude under the pull of the bulge.

    References
    ----------
    .. [1] M. J. H. Walker, B. Ireland, J. Owens, Celestial Mechanics 36, 1985, eq. 9 (rates).
    .. [2] J. T. Betts, "Practical Methods for Optimal Control", 2nd ed., 2010, sec. 6.2
       (accelerations by J2 in the radial frame).
    """
    p, f, g, h, k, _ = np.moveaxis(state, -1, 0)
    cosine, sine = np.cos(longitudes), np.sin(longitudes)
    w = 1.0 + f * cosine + g * sine
    s2 = 1.0 + h * h + k * k
    q = h * sine - k * cosine
    pull = start.gm_m3_s2 * start.j2 * start.radius_m**2 * (w / p) ** 4 / (s2 * s2)
    radial = -1.5 * pull * (s2 * s2 - 12.0 * q * q)
    along = -12.0 * pull * q * (h * cosine + k * sine)
    across = -6.0 * pull * (2.0 - s2) * q
    root = np.sqrt(p / start.gm_m3_s2)
    time = 1.0 / (np.sqrt(start.gm_m3_s2 * p) * (w / p) ** 2 + root * q * across / w)
    turn = time * root
    return np.stack(
        [
            turn * 2.0 * p / w * along,
            turn * (radial * sine + (((w + 1.0) * cosine + f) * along - q * g * across) / w),
            turn * (-radial * cosine + (((w + 1.0) * sine + g) * along + q * f * across) / w),
            turn * s2 * across * cosine / (2.0 * w),
            turn * s2 * across * sine / (2.0 * w),
            time,
        ],
        axis=-1,
    )


def _cartesian(start: Start, rows: Array, longitudes: Array) -> Array:
    """Time, position and speed of rows of elements; shape (n, 7)."""
    p, f, g, h, k, t = rows.T
    cosine, sine = np.cos(longitudes), np.sin(longitudes)
    s2, a2, hk = 1.0 + h * h + k * k, h * h - k * k, 2.0 * h * k
    r = p / (1.0 + f * cosine + g * sine) / s2
    v = np.sqrt(start.gm_m3_s2 / p) / s2
    return np.stack(
        [
            t,
            r * (cosine + a2 * cosine + hk * sine),
            r * (sine - a2 * sine + hk * cosine),
            2.0 * r * (h * sine - k * cosine),
            -v * (sine + a2 * sine - hk * cosine + g - f * hk + a2 * g),
            -v * (-cosine + a2 * cosine + hk * sine - f + g * hk + a2 * f),
            2.0 * v * (h * cosine + k * sine + f * h + g * k),
        ],
        axis=1,
    )
