"""How much the wings make under other dust than expected, for many members of an ensemble."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.environment.sky import irradiance
from game.environment.sun import top_irradiance_w_m2
from game.rover.power import PowerSpec
from game.rover.sunshine import cell_yield_frac

Series = NDArray[np.float64]
TAU_KNOTS = (-0.4, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2, 0.4, 1.0, 2.0)


class Sky(NamedTuple):
    """The expected sky over time, shape (n,), with its least optical depth and the ground below.

    sun_elevation_rad, tau : over time. [rad, -]
    facing, upward : cosine of the Sun to the mean normal of the wings, and how far that normal
        points up, over time. [-]
    least_tau : no air is clearer. [-]
    albedo : of the ground. [-]
    """

    sun_elevation_rad: Series
    tau: Series
    facing: Series
    upward: Series
    least_tau: float
    albedo: float


def light_factors(power: PowerSpec, sky: Sky, paths: Series) -> Series:
    """Return what wings make under other dust, as a factor of what they are expected to.

    Parameters
    ----------
    power : PowerSpec
        The cells, which like thick dust less than the light alone would say.
    sky : Sky
        What is expected.
    paths : ndarray
        How far the optical depth is from that, shape (members, n). [-]

    Returns
    -------
    ndarray
        The same shape; 1 at night. [-]

    Notes
    -----
    Found at a few optical depths for every moment, with straight lines between them; all wings by
    their mean normal, cells at their reference temperature.
    """
    factor = np.ones_like(paths)
    day = np.flatnonzero(sky.sun_elevation_rad > 0.0)
    if not day.size:
        return factor
    top_w_m2 = float(top_irradiance_w_m2(1.0))  # any distance from the Sun: it cancels out
    at = np.maximum(sky.tau[day] + np.array(TAU_KNOTS)[:, None], sky.least_tau)
    light = irradiance(top_w_m2, sky.sun_elevation_rad[day], at, sky.albedo)
    seen = (1.0 + sky.upward[day]) / 2.0
    bright = (
        light.beam_w_m2 * np.maximum(sky.facing[day], 0.0)
        + light.diffuse_w_m2 * seen
        + sky.albedo * light.global_w_m2 * (1.0 - seen)
    )
    worth = [[cell_yield_frac(power, tau, power.cell_reference_k) for tau in row] for row in at]
    made = np.asarray(bright) * np.array(worth)
    usual = made[TAU_KNOTS.index(0.0)]
    for column, moment in enumerate(day):
        if usual[column] > 0.0:
            ratios = made[:, column] / usual[column]
            factor[:, moment] = np.interp(paths[:, moment], TAU_KNOTS, ratios)
    return factor
