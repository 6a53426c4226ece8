"""The colours of the Martian sky and of the light on the ground, twilight included.

Light scattered once is computed exactly from the phase function of dust; light scattered more
often comes from a table made by `game.tools.sky_table`. All is linear light in red, green and blue
(610, 550 and 465 nm), per unit of sunlight above the air.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.limits import check_finite, check_tau
from game.environment.tables import table_columns
from game.units import Numeric

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DustColour:
    """Dust at one wavelength.

    Attributes
    ----------
    albedo : Part of the light that a grain sends on, single-scattering albedo. [-]
    tau_ratio : Optical depth over that at 550 nm. [-]
    peak : Part of the scattering that counts as unscattered: what stands above `PEAK_RAD`. [-]
    """

    albedo: float
    tau_ratio: float
    peak: float


# Mie theory, effective radius 1.5 um, variance 0.3; single-scattering albedos after
# W. J. Markiewicz et al. (1999), J. Geophys. Res. 104, 9009, and M. J. Wolff et al. (2009).
DUST = (
    DustColour(0.94, 1.019, 0.25463),
    DustColour(0.89, 1.000, 0.29537),
    DustColour(0.79, 0.981, 0.37881),
)
PEAK_RAD = np.radians(10.0)  # the forward peak of dust: scattering above that by this angle
GROUND_ALBEDO = (0.28, 0.19, 0.10)  # bright dusty soil, from Pathfinder and rover cameras
# Corners of the table of light scattered more than once.
TAUS = (0.03, 0.1, 0.2, 0.44, 0.7, 1.0, 1.7, 2.3, 3.0, 4.0, 5.0, 8.0, 11.0)
LOW_SUNS_DEG = (2.0, 3.0, 4.0, 5.0, 6.5, 8.0, 10.5, 13.0, 16.5)
SUNS_DEG = (*LOW_SUNS_DEG, 20.0, 26.0, 32.0, 38.0, 45.0, 60.0, 75.0, 90.0)
VIEWS_DEG = (1.0, 3.0, 5.0, 9.0, 15.0, 22.0, 30.0, 45.0, 62.0, 77.0, 90.0)
AZIMUTHS_DEG = (0.0, 10.0, 20.0, 30.0, 40.0, 52.0, 65.0, 90.0, 115.0, 137.0, 155.0, 167.0, 180.0)

LOWEST_SUN_RAD = np.radians(SUNS_DEG[0])  # below this, flat layers are wrong and light just fades
LOWEST_VIEW_RAD = np.radians(VIEWS_DEG[0])
LEAST_TAU = 1e-3
FINE_DEG = 2.0  # the table is refined to this once, then joined by straight lines
FADE_RAD = np.radians(3.5)  # twilight: a tenth for each 3.5 deg; pictures of MER and MSL after dusk
DISC_RAD = np.radians(0.16)  # radius of the Sun's disc at Mars


def sky_rgb(
    view_elevation_rad: Numeric,
    view_from_sun_azimuth_rad: Numeric,
    sun_elevation_rad: float,
    tau: float,
) -> Array:
    """Return the brightness of the sky, without the Sun's disc.

    Parameters
    ----------
    view_elevation_rad : float or ndarray
        Where one looks; below the horizon it is as at the horizon. [rad]
    view_from_sun_azimuth_rad : float or ndarray
        Direction of view, from the Sun's azimuth. [rad]
    sun_elevation_rad : float
        From straight up to the end of twilight at -12 deg. [rad]
    tau : float
        Optical depth at 550 nm. [-]

    Returns
    -------
    ndarray
        Radiance per unit of sunlight above the air facing the Sun, shape (..., 3). [1/sr]

    Notes
    -----
    Flat layers. Once-scattered light with the exact phase function, the rest with its forward
    peak split off (TMS). Agrees with an independent Monte Carlo calculation within its scatter.

    References
    ----------
    .. [1] T. Nakajima, M. Tanaka (1988), JQSRT 40, 51.
    """
    _check(sun_elevation_rad, tau)
    check_finite("direction of view", view_elevation_rad + view_from_sun_azimuth_rad)
    sun_rad = max(sun_elevation_rad, float(LOWEST_SUN_RAD))
    view_rad = np.maximum(view_elevation_rad, LOWEST_VIEW_RAD)
    azimuth_rad = np.abs((np.asarray(view_from_sun_azimuth_rad) + np.pi) % (2 * np.pi) - np.pi)
    view_rad, azimuth_rad = np.broadcast_arrays(view_rad, azimuth_rad)
    up, sun_up = np.sin(view_rad), np.sin(sun_rad)
    apart = np.sin(view_rad) * np.sin(sun_elevation_rad) + np.cos(view_rad) * np.cos(
        sun_elevation_rad
    ) * np.cos(azimuth_rad)
    once = phase_function(np.arccos(np.clip(apart, -1.0, 1.0)))
    for channel, dust in enumerate(DUST):
        strength = dust.albedo / (1.0 - dust.albedo * dust.peak) / (4 * np.pi)
        once[..., channel] *= strength * _path(up, float(sun_up), smooth_depth(channel, tau))
    return (once + many_rgb(view_rad, azimuth_rad, sun_rad, tau)) * _fade(sun_elevation_rad)


def light_rgb(sun_elevation_rad: float, tau: float) -> tuple[Array, Array]:
    """Return the light of the Sun on a plane facing it, and of the sky on level ground.

    Parameters
    ----------
    sun_elevation_rad : float
        From straight up to the end of twilight at -12 deg. [rad]
    tau : float
        Optical depth at 550 nm. [-]

    Returns
    -------
    direct, sky : ndarray
        Per unit of sunlight above the air facing the Sun, shape (3,) each. [-]
    """
    _check(sun_elevation_rad, tau)
    height = np.sin(max(sun_elevation_rad, float(DISC_RAD)))
    share = min(1.0, max(0.0, (sun_elevation_rad / float(DISC_RAD) + 1.0) / 2.0))
    direct = np.array([share * np.exp(-dust.tau_ratio * tau / height) for dust in DUST])
    sun_rad = max(sun_elevation_rad, float(LOWEST_SUN_RAD))
    sky = np.exp(_at_tau_and_sun(_flux_table(), sun_rad, tau))
    return direct, sky * _fade(sun_elevation_rad)


def _check(sun_elevation_rad: float, tau: float) -> None:
    check_tau(tau)
    if not abs(sun_elevation_rad) <= np.pi / 2:
        raise ValueError("the Sun's elevation must be an angle from -pi/2 to pi/2")


def _fade(sun_elevation_rad: float) -> float:
    below = min(0.0, sun_elevation_rad - float(LOWEST_SUN_RAD))
    return float(10.0 ** (below / FADE_RAD))


def _path(up: Array, sun_up: float, depth: float) -> Array:
    """Return the path factor of light scattered once on its way down [-]."""
    gap = np.where(np.abs(sun_up - up) < 1e-6, 1e-6, sun_up - up)
    change = np.exp(-depth / sun_up) * -np.expm1(-depth * gap / (sun_up * up))
    return sun_up / gap * change  # type: ignore[no-any-return]


def smooth_depth(channel: int, tau: float) -> float:
    """Return the optical depth without the light that dust sends straight on [-]."""
    check_tau(tau)
    dust = DUST[channel]
    return dust.tau_ratio * tau * (1.0 - dust.albedo * dust.peak)


def shone_on(up: Array, tau: float) -> Array:
    """Return the part of a ray of sight that ends on dust, shape (..., 3) [-]."""
    check_finite("height of view", up)
    return np.stack([-np.expm1(-smooth_depth(channel, tau) / up) for channel in range(3)], axis=-1)


def many_rgb(view_rad: Array, azimuth_rad: Array, sun_rad: float, tau: float) -> Array:
    """Return light scattered more than once, shape (..., 3)."""
    grid = _at_tau_and_sun(_radiance_table(), sun_rad, tau)
    row, down = _place(np.degrees(view_rad) / FINE_DEG, grid.shape[0])
    column, right = _place(np.degrees(azimuth_rad) / FINE_DEG, grid.shape[1])
    down, right = down[..., None], right[..., None]
    upper = grid[row, column] * (1 - right) + grid[row, column + 1] * right
    lower = grid[row + 1, column] * (1 - right) + grid[row + 1, column + 1] * right
    return np.exp(upper * (1 - down) + lower * down) * shone_on(np.sin(view_rad), tau)


def _place(value: Array, count: int) -> tuple[NDArray[np.int64], Array]:
    """Return the cell of each value in an even grid, and how far into it."""
    cell = np.clip(np.floor(value).astype(np.int64), 0, count - 2)
    return cell, value - cell


def _at_tau_and_sun(table: Array, sun_rad: float, tau: float) -> Array:
    """Join a table over (tau, Sun's elevation, ...) by cubics in ln tau and in elevation."""
    log_tau = np.array([np.log(max(tau, LEAST_TAU))])
    by_tau = _cubic(tuple(np.log(TAUS).tolist()), log_tau)[0]
    by_sun = _cubic(SUNS_DEG, np.array([np.degrees(sun_rad)]))[0]
    taus, suns = np.flatnonzero(by_tau), np.flatnonzero(by_sun)
    weights = by_tau[taus, None] * by_sun[suns]
    return np.tensordot(weights, table[np.ix_(taus, suns)], axes=2)


def _cubic(corners: tuple[float, ...], at: Array) -> Array:
    """Return the weights that join uneven corners by local cubics, shape (at, corners).

    Beyond the first and last corner the line through the two nearest is followed.

    References
    ----------
    .. [1] Lagrange's formula through the two corners on either side; M. Abramowitz,
       I. A. Stegun, "Handbook of Mathematical Functions", 1964, eq. 25.2.1.
    """
    edges = np.array(corners)
    weights = np.zeros((at.size, edges.size))
    for line, x in enumerate(at.tolist()):
        if x < edges[0] or x > edges[-1]:
            first = 0 if x < edges[0] else edges.size - 2
            near = range(first, first + 2)
        else:
            first = min(max(int(np.searchsorted(edges, x)) - 2, 0), edges.size - 4)
            near = range(first, first + 4)
        for one in near:
            others = [edges[two] for two in near if two != one]
            weights[line, one] = np.prod([(x - e) / (edges[one] - e) for e in others])
    return weights


@lru_cache(maxsize=1)
def _radiance_table() -> Array:
    """Return ln radiance per `shone_on`, shape (taus, suns, views, azimuths, 3), even steps."""
    columns = table_columns("sky_multiple")
    values = np.stack([columns[f"az{azimuth:g}"] for azimuth in AZIMUTHS_DEG], axis=1) / 1000.0
    shape = (len(TAUS), len(SUNS_DEG), 3, len(VIEWS_DEG), len(AZIMUTHS_DEG))
    by_view = _cubic(VIEWS_DEG, np.arange(0.0, 90.0 + FINE_DEG, FINE_DEG))
    by_azimuth = _cubic(AZIMUTHS_DEG, np.arange(0.0, 180.0 + FINE_DEG, FINE_DEG))
    fine = by_view @ values.reshape(shape) @ by_azimuth.T
    return np.moveaxis(fine, 2, 4).copy()


@lru_cache(maxsize=1)
def _flux_table() -> Array:
    """Return ln sky light on level ground, shape (taus, suns, 3)."""
    columns = table_columns("sky_flux")
    values = np.stack([columns[name] for name in ("sky_r", "sky_g", "sky_b")], axis=1)
    return np.log(values.reshape(len(TAUS), len(SUNS_DEG), 3))


@lru_cache(maxsize=1)
def _phase_table() -> tuple[Array, Array]:
    columns = table_columns("dust_phase")
    values = np.stack([columns[name] for name in ("P_R", "P_G", "P_B")], axis=1)
    return np.radians(columns["theta_deg"]), np.log(values)


def phase_function(angle_rad: Numeric) -> Array:
    """Return how much light dust scatters by an angle, shape (..., 3), mean 1 over the sphere.

    References
    ----------
    .. [1] Mie theory for the grains described at `DUST`; size from Markiewicz et al. (1999).
    """
    check_finite("angle", angle_rad)
    angles, logs = _phase_table()
    return np.stack(
        [np.exp(np.interp(angle_rad, angles, logs[:, channel])) for channel in range(3)], axis=-1
    )
