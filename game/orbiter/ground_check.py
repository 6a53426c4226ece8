"""Does a free orbit stay above ground all the time that it is flown? Looked up along its flight.

Use: `flight_problem(body, orbit, from_s, sols)` gives the key that is to blame and a sentence,
or nothing. An orbit that clears the ground by its elements may still be drawn below it: the bulge
of the equator pulls a low circle kilometres up and down each turn, and tips a long ellipse.
"""

import math

import numpy as np
from numpy.typing import NDArray

from game.environment import julian
from game.orbiter.orbit import BodySpec, OrbitModel, OrbitSpec, free_start, reach_problem
from game.orbiter.perturbed import stretches, track_m
from game.units import SOL_S

_FINE = 65  # moments between the neighbours of the lowest point: accuracy, nothing to tune

Array = NDArray[np.float64]


def flight_problem(
    body: BodySpec, orbit: OrbitSpec, from_s: float, sols: int
) -> tuple[str, str] | None:
    """Say what keeps a free orbit from being flown over a span: too far away, or below ground.

    Parameters
    ----------
    body, orbit : BodySpec, OrbitSpec
        Planet and orbit; one that is trimmed keeps its shape and has no problem here.
    from_s, sols : float, int
        When it is needed from [s, TAI], and for how long [sol]. It is flown from its epoch or
        `start_utc` on.

    Returns
    -------
    tuple of str, or None
        The key of the orbit, and what is wrong in words.
    """
    if orbit.model is not OrbitModel.INTEGRATED:
        return None
    until_s = from_s + sols * SOL_S
    if problem := reach_problem(body, orbit, (from_s, until_s)):
        return "epoch_utc", problem
    epoch_s = julian.tai_s(orbit.epoch_utc)
    first_s, last_s = min(epoch_s, from_s), until_s
    if orbit.start_utc:
        first_s = max(first_s, julian.tai_s(orbit.start_utc))
    if orbit.end_utc:
        last_s = min(last_s, julian.tai_s(orbit.end_utc))
    if last_s < first_s:
        return None
    height_m, moment_s = lowest(body, orbit, (first_s - epoch_s, last_s - epoch_s))
    if height_m > 0.0:
        return None
    return "semi_major_axis_m", (
        f"the orbit runs below ground along its flight: at {julian.utc_text(epoch_s + moment_s)} "
        f"it is {-height_m / 1000.0:.1f} km below; raise it, or make it rounder"
    )


def lowest(body: BodySpec, orbit: OrbitSpec, span_s: tuple[float, float]) -> tuple[float, float]:
    """Return the least height of a free orbit over the ellipsoid, and when.

    Parameters
    ----------
    span_s : tuple of float
        First and last moment since the epoch of the orbit. [s]

    Returns
    -------
    tuple of float
        Height [m] and seconds since the epoch.
    """
    start = free_start(body, orbit)
    least, around = math.inf, span_s
    for nodes in stretches(start, *span_s):
        times = nodes[:, 0]
        inside = np.flatnonzero((times >= span_s[0]) & (times <= span_s[1]))
        if not inside.size:
            continue
        heights = _heights_m(body, (nodes[inside, 1], nodes[inside, 2], nodes[inside, 3]))
        at = int(inside[heights.argmin()])
        if heights.min() < least:
            least = float(heights.min())
            around = float(times[max(0, at - 1)]), float(times[min(at + 1, times.size - 1)])
    fine = np.linspace(max(around[0], span_s[0]), min(around[1], span_s[1]), _FINE)
    heights = _heights_m(body, track_m(start, fine))
    return float(heights.min()), float(fine[heights.argmin()])


def _heights_m(body: BodySpec, place: tuple[object, object, object]) -> Array:
    """Height over the ellipsoid, along the radius [m]."""
    x_m, y_m, z_m = (np.asarray(one, dtype=np.float64) for one in place)
    radius_m = np.sqrt(x_m * x_m + y_m * y_m + z_m * z_m)
    wide_m, tall_m = body.equator_radius_m, body.polar_radius_m
    sine = z_m / radius_m
    across = np.sqrt(tall_m**2 * (1.0 - sine * sine) + wide_m**2 * sine * sine)
    ground_m = wide_m * tall_m / across
    return np.asarray(radius_m - ground_m)
