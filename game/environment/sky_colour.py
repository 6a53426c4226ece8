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
from game.environment.sky_optics import (
    CHANNELS,
    SKY_COLOUR,
    Array,
    dust_colours,
    phase_function,
    shone_on,
    smooth_depth,
)
from game.environment.tables import table_columns
from game.units import DECADE, HALF_TURN_DEG, KILO, RIGHT_ANGLE_DEG, Numeric

LEAST_TAU = 1e-3  # thinner air is as dark as this
NEXT_TO = 1e-6  # sines of heights that are as good as equal
FINE_DEG = 2.0  # the table is refined to this, then joined by straight lines
FINE_COUNT = 48  # refined corners kept: three lights' worth; all of them would be 21 MB

Corners = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class SkyTable:
    """Light scattered more than once, and all sky light on level ground.

    Attributes
    ----------
    log_taus, suns_deg : Corners: ln of the optical depth, and elevations of the Sun. [-, deg]
    lowest_view_rad : Below this one sees what is seen there. [rad]
    log_radiance : Shape (taus, suns, 3, views, azimuths); ln of the radiance per lit part of the
        ray of sight. [ln 1/sr]
    by_view, by_azimuth : What joins directions of the table to those in even steps. [-]
    log_flux : Shape (taus, suns, 3). [-]
    """

    log_taus: tuple[float, ...]
    suns_deg: tuple[float, ...]
    lowest_view_rad: float
    log_radiance: Array
    by_view: Array
    by_azimuth: Array
    log_flux: Array

    def lowest_sun_rad(self) -> float:
        """Return the height below which flat layers are wrong and light just fades [rad]."""
        return float(np.radians(self.suns_deg[0]))

    def fine(self, tau: int, sun: int) -> Array:
        """Return `log_radiance` of two corners in even steps, shape (views, azimuths, 3)."""
        channels = self.by_view @ self.log_radiance[tau, sun] @ self.by_azimuth.T
        return np.array(np.moveaxis(channels, 0, 2), np.float64, order="C")


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
        Where one looks; below the horizon it is as at the horizon, from pi/2 to pi one leans back
        over the zenith. [rad]
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
    peak split off (TMS). Against an independent Monte Carlo calculation all gaps together
    are 1.05 times its scatter; single rows near a low Sun differ by a CIEDE2000 of up to 9.5.

    References
    ----------
    .. [1] T. Nakajima, M. Tanaka (1988), JQSRT 40, 51.
    """
    _check(sun_elevation_rad, tau)
    sun_rad = max(sun_elevation_rad, sky_table().lowest_sun_rad())
    view_rad, azimuth_rad = _direction_rad(view_elevation_rad, view_from_sun_azimuth_rad)
    up, sun_up = np.sin(view_rad), np.sin(sun_rad)
    apart = np.sin(view_rad) * np.sin(sun_elevation_rad) + np.cos(view_rad) * np.cos(
        sun_elevation_rad
    ) * np.cos(azimuth_rad)
    once = phase_function(np.arccos(np.clip(apart, -1.0, 1.0)))
    for channel, dust in enumerate(dust_colours()):
        strength = dust.albedo / (1.0 - dust.albedo * dust.peak) / (4 * np.pi)
        once[..., channel] *= strength * _path(up, float(sun_up), smooth_depth(channel, tau))
    return (once + many_rgb(view_rad, azimuth_rad, sun_rad, tau)) * _fade(sun_elevation_rad)


def _direction_rad(elevation_rad: Numeric, azimuth_rad: Numeric) -> tuple[Array, Array]:
    """Return heights from the lowest seen to the zenith, and azimuths from 0 to pi [rad]."""
    check_finite("direction of view", elevation_rad + azimuth_rad)
    height, turn = np.broadcast_arrays(elevation_rad, azimuth_rad)
    if not np.all(height <= np.pi):
        raise ValueError("the height of view must be at most pi: all the way over the zenith")
    leans_back = height > np.pi / 2
    height = np.maximum(np.where(leans_back, np.pi - height, height), sky_table().lowest_view_rad)
    turn = np.where(leans_back, turn + np.pi, turn)
    return height, np.abs((turn + np.pi) % (2 * np.pi) - np.pi)


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

    References
    ----------
    .. [1] The Sun: Appelbaum & Flood (1989), eq. 8, for the part of its disc that is up.
    .. [2] The sky: Hansen & Travis (1974), by `game.tools.sky_table`.
    """
    _check(sun_elevation_rad, tau)
    disc_rad = float(np.radians(SKY_COLOUR.disc_deg))
    height = np.sin(max(sun_elevation_rad, disc_rad))
    share = min(1.0, max(0.0, (sun_elevation_rad / disc_rad + 1.0) / 2.0))
    direct = np.array([share * np.exp(-dust.tau_ratio * tau / height) for dust in dust_colours()])
    sun_rad = max(sun_elevation_rad, sky_table().lowest_sun_rad())
    taus, suns, weights = _near_corners(sun_rad, tau)
    sky = np.exp(np.tensordot(weights, sky_table().log_flux[np.ix_(taus, suns)], axes=2))
    return direct, sky * _fade(sun_elevation_rad)


def _check(sun_elevation_rad: float, tau: float) -> None:
    check_tau(tau)
    if not abs(sun_elevation_rad) <= np.pi / 2:
        raise ValueError("the Sun's elevation must be an angle from -pi/2 to pi/2")


def _fade(sun_elevation_rad: float) -> float:
    below_deg = np.degrees(min(0.0, sun_elevation_rad - sky_table().lowest_sun_rad()))
    return float(DECADE ** (below_deg / SKY_COLOUR.fade_deg))


def _path(up: Array, sun_up: float, depth: float) -> Array:
    """Return the path factor of light scattered once on its way down [-]."""
    gap = np.maximum(np.abs(sun_up - up), NEXT_TO)
    change = np.exp(-depth / np.maximum(up, sun_up)) * -np.expm1(-depth * gap / (sun_up * up))
    return sun_up / gap * change  # type: ignore[no-any-return]


def many_rgb(view_rad: Array, azimuth_rad: Array, sun_rad: float, tau: float) -> Array:
    """Return light scattered more than once, shape (..., 3).

    References
    ----------
    .. [1] J. E. Hansen, L. D. Travis, "Light scattering in planetary atmospheres", Space Sci. Rev.
       16, 1974, section 3, by `game.tools.sky_table`.
    """
    taus, suns, weights = _near_corners(sun_rad, tau)
    corners = np.stack([_fine(one, sun) for one in taus.tolist() for sun in suns.tolist()])
    grid = np.tensordot(weights.ravel(), corners, axes=1)
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


def _near_corners(sun_rad: float, tau: float) -> tuple[Corners, Corners, Array]:
    """Return the corners in ln tau and in elevation that count, and their weights by cubics."""
    log_tau = np.array([np.log(max(tau, LEAST_TAU))])
    by_tau = _cubic(sky_table().log_taus, log_tau)[0]
    by_sun = _cubic(sky_table().suns_deg, np.array([np.degrees(sun_rad)]))[0]
    taus, suns = np.flatnonzero(by_tau), np.flatnonzero(by_sun)
    return taus, suns, by_tau[taus, None] * by_sun[suns]


@lru_cache(maxsize=FINE_COUNT)
def _fine(tau: int, sun: int) -> Array:
    return sky_table().fine(tau, sun)


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
def sky_table() -> SkyTable:
    """Return the tables that `game.tools.sky_table` made."""
    many, flux = table_columns("sky_multiple"), table_columns("sky_flux")
    taus, suns_deg, views_deg = (_corners(many[n]) for n in ("tau", "sun_el_deg", "view_el_deg"))
    names = [name for name in many if name.startswith("az")]
    azimuths_deg = tuple(float(name.removeprefix("az")) for name in names)
    values = np.stack([many[name] for name in names], axis=1) / KILO
    shape = (len(taus), len(suns_deg), len(CHANNELS), len(views_deg), len(names))
    by_view = _cubic(views_deg, np.arange(0.0, RIGHT_ANGLE_DEG + FINE_DEG, FINE_DEG))
    by_azimuth = _cubic(azimuths_deg, np.arange(0.0, HALF_TURN_DEG + FINE_DEG, FINE_DEG))
    light = np.stack([flux[name] for name in ("sky_r", "sky_g", "sky_b")], axis=1)
    return SkyTable(
        tuple(np.log(taus).tolist()),
        suns_deg,
        float(np.radians(views_deg[0])),
        values.reshape(shape),
        by_view,
        by_azimuth,
        np.log(light.reshape(len(taus), len(suns_deg), len(CHANNELS))),
    )


def _corners(column: Array) -> tuple[float, ...]:
    return tuple(np.unique(column).tolist())
