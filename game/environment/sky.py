"""Sunlight through dust: direct, scattered and total, on level and tilted ground."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.limits import (
    check_albedo,
    check_finite,
    check_not_negative,
    check_tau,
)
from game.environment.tables import table_columns
from game.units import RIGHT_ANGLE_DEG, Numeric

GRAZING = 1e-9  # sine of an elevation that is as good as zero
FLUX = "f_albedo_"  # columns of the net-flux table: one for each albedo of the ground


@dataclass(frozen=True, slots=True, eq=False)
class Irradiance:
    """Light at the ground; numbers or arrays of one shape.

    Attributes
    ----------
    beam_w_m2 : Unscattered, on a plane facing the Sun. [W/m2]
    diffuse_w_m2 : From the sky, on a level plane. [W/m2]
    global_w_m2 : Both, on a level plane. [W/m2]
    """

    beam_w_m2: Numeric
    diffuse_w_m2: Numeric
    global_w_m2: Numeric


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Published net flux, shape (tau, zenith), for the lowest and the highest albedo."""

    tau: NDArray[np.float64]
    zenith_deg: NDArray[np.float64]
    albedos: tuple[float, float]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@lru_cache(maxsize=1)
def _grid() -> _Grid:
    columns = table_columns("netflux_1991")
    tau, zenith = np.unique(columns["tau"]), np.unique(columns["zenith_deg"])
    shape = (tau.size, zenith.size)
    low, high = sorted(float(name.removeprefix(FLUX)) for name in columns if name.startswith(FLUX))
    low_flux, high_flux = (columns[f"{FLUX}{albedo}"].reshape(shape) for albedo in (low, high))
    return _Grid(tau, zenith, (low, high), low_flux, high_flux)


def check_lit_albedo(albedo: float) -> None:
    """Refuse ground whose light under dust was not published: brighter than any in the table.

    Raises
    ------
    ValueError
        With a sentence that names the range.

    Notes
    -----
    Straight lines in the albedo ask too much of what goes to and fro between ground and dust: on
    bright ground more light would arrive than was sent. Below the darkest published ground, down to
    black, they stay within 1.5 % of the series of those reflections.
    """
    most = _grid().albedos[1]
    if not 0.0 <= albedo <= most:
        raise ValueError(
            f"albedo must be from 0 to {most:g}, the brightest ground whose light under dust is "
            f"published, not {albedo}"
        )


def net_flux_frac(tau: Numeric, sun_elevation_rad: Numeric, albedo: float) -> Numeric:
    """Return the part of the light above the air that the ground absorbs, Sun and sky together.

    Parameters
    ----------
    tau : float or ndarray
        Optical depth, 0 to about 11. [-]
    sun_elevation_rad : float or ndarray
        Above the horizon; below 5 deg the value at 5 deg is held. [rad]
    albedo : float
        Of the ground, 0 to 0.4. [-]

    Returns
    -------
    float or ndarray
        Normalised net flux f. [-]

    Notes
    -----
    Linear in the table; towards tau 0 it goes to 1 - albedo, beyond tau 6 it falls
    exponentially as between 5 and 6.

    References
    ----------
    .. [1] J. Appelbaum, G. A. Landis, "Solar radiation on Mars: update 1991", NASA TM-105216,
       table of net flux for albedo 0.1 and 0.4. One misprint mended: albedo 0.1, tau 2.1,
       zenith 55 deg is 0.399.
    """
    check_tau(tau)
    tau = np.asarray(tau, dtype=float)
    check_finite("the Sun's elevation", sun_elevation_rad)
    check_lit_albedo(albedo)
    least_tau, most_tau = float(_grid().tau[0]), float(_grid().tau[-1])
    inside = _table_flux(np.clip(tau, least_tau, most_tau), sun_elevation_rad, albedo)
    thin = np.clip(tau / least_tau, 0.0, 1.0)
    result = inside * thin + (1.0 - albedo) * (1.0 - thin)
    if np.any(tau > most_tau):
        ratio = inside / _table_flux(np.full_like(tau, most_tau - 1.0), sun_elevation_rad, albedo)
        result = result * ratio ** np.maximum(0.0, tau - most_tau)
    return result[()]


def _table_flux(
    tau: NDArray[np.float64], sun_elevation_rad: Numeric, albedo: float
) -> NDArray[np.float64]:
    grid = _grid()
    zenith_deg = np.clip(RIGHT_ANGLE_DEG - np.degrees(sun_elevation_rad), 0.0, grid.zenith_deg[-1])
    row = np.clip(np.searchsorted(grid.tau, tau, "right") - 1, 0, grid.tau.size - 2)
    column = np.clip(
        np.searchsorted(grid.zenith_deg, zenith_deg, "right") - 1, 0, grid.zenith_deg.size - 2
    )
    right = (zenith_deg - grid.zenith_deg[column]) / (
        grid.zenith_deg[column + 1] - grid.zenith_deg[column]
    )
    down = (tau - grid.tau[row]) / (grid.tau[row + 1] - grid.tau[row])
    low_albedo, high_albedo = grid.albedos
    share = (albedo - low_albedo) / (high_albedo - low_albedo)
    table = grid.low + share * (grid.high - grid.low)
    upper = table[row, column] * (1 - right) + table[row, column + 1] * right
    lower = table[row + 1, column] * (1 - right) + table[row + 1, column + 1] * right
    return upper * (1 - down) + lower * down


def irradiance(
    top_w_m2: Numeric, sun_elevation_rad: Numeric, tau: Numeric, albedo: float
) -> Irradiance:
    """Return direct, diffuse and global light for a flat horizon.

    Parameters
    ----------
    top_w_m2 : float or ndarray
        Sunlight above the air, facing the Sun; zero or more. [W/m2]
    sun_elevation_rad : float or ndarray
        Of the Sun's centre; all light is zero below the horizon. [rad]
    tau : float or ndarray
        Optical depth. [-]
    albedo : float
        Of the ground, 0 to 0.4; part of its light comes back from the dust. [-]

    Notes
    -----
    Flat layers. The bright ring around the Sun counts as diffuse.

    References
    ----------
    .. [1] J. Appelbaum, D. J. Flood, "Solar radiation on Mars", NASA TM-102299, 1989, eqs. 8-15.
    """
    check_not_negative("sunlight above the air", top_w_m2)
    check_finite("the Sun's elevation", sun_elevation_rad)
    check_tau(tau)
    height = np.maximum(np.sin(sun_elevation_rad), 0.0)
    is_up = height > GRAZING
    path = tau / np.where(is_up, height, 1.0)
    beam = np.where(is_up, top_w_m2 * np.exp(-path), 0.0)
    absorbed = top_w_m2 * height * net_flux_frac(tau, sun_elevation_rad, albedo)
    total = np.maximum(absorbed / (1.0 - albedo), beam * height)
    return Irradiance(beam[()], (total - beam * height)[()], total[()])


def tilted_irradiance_w_m2(
    light: Irradiance,
    sun_rad: tuple[Numeric, Numeric],
    tilt_rad: Numeric,
    facing_rad: Numeric,
    albedo: float,
) -> Numeric:
    """Return the light on a tilted plane: Sun, sky and ground together.

    Parameters
    ----------
    light : Irradiance
        On level ground.
    sun_rad : pair of float or ndarray
        Elevation and azimuth of the Sun. [rad]
    tilt_rad, facing_rad : float or ndarray
        Tilt from level, and the azimuth the plane leans towards. [rad]
    albedo : float
        Of the ground in front. [-]

    Notes
    -----
    The sky is taken as equally bright all over, which under-rewards facing the Sun by some
    percent.

    References
    ----------
    .. [1] J. Appelbaum, D. J. Flood, "Solar radiation on Mars", NASA TM-102299, 1989.
    .. [2] B. Y. H. Liu, R. C. Jordan, "The interrelationship and characteristic distribution of
       direct, diffuse and total solar radiation", Solar Energy 4, 1960 (isotropic sky).
    """
    check_finite("tilt", tilt_rad)
    elevation, azimuth = sun_rad
    check_finite("azimuth", azimuth - facing_rad)
    check_finite("the Sun's elevation", elevation)
    check_albedo(albedo)
    facing_sun = np.cos(tilt_rad) * np.sin(elevation) + np.sin(tilt_rad) * np.cos(
        elevation
    ) * np.cos(azimuth - facing_rad)
    sky = light.diffuse_w_m2 * np.cos(tilt_rad / 2) ** 2
    ground = albedo * light.global_w_m2 * np.sin(tilt_rad / 2) ** 2
    return light.beam_w_m2 * np.maximum(facing_sun, 0.0) + sky + ground  # type: ignore[no-any-return]


def sky_view_frac(horizon_rad: NDArray[np.float64]) -> float:
    """Return the part of an even sky's light that reaches level ground inside a horizon.

    Parameters
    ----------
    horizon_rad : ndarray
        Height of the horizon at evenly spaced azimuths, shape (n,). [rad]

    References
    ----------
    .. [1] J. Dozier, J. Frew, "Rapid calculation of terrain parameters for radiation modeling",
       IEEE Trans. Geoscience 28, 1990, eq. 7b for level ground.
    """
    check_finite("horizon", horizon_rad)
    return float(np.mean(np.cos(np.maximum(horizon_rad, 0.0)) ** 2))


def shaded_irradiance(
    light: Irradiance,
    sun_rad: tuple[Numeric, Numeric],
    horizon_rad: NDArray[np.float64],
    albedo: float,
) -> Irradiance:
    """Take the terrain's horizon into account: no beam behind a hill, less sky in a hollow.

    Parameters
    ----------
    light : Irradiance
        For a flat horizon.
    sun_rad : pair of float or ndarray
        Elevation and azimuth of the Sun. [rad]
    horizon_rad : ndarray
        Horizon height at azimuths 0, 1/n, 2/n ... of a turn from north, shape (n,). [rad]
    albedo : float
        Of the ground that hides the sky and sends back light itself. [-]

    References
    ----------
    .. [1] Dozier & Frew (1990), as in `sky_view_frac`.
    """
    elevation, azimuth = sun_rad
    check_finite("azimuth", azimuth)
    check_finite("the Sun's elevation", elevation)
    check_albedo(albedo)
    count = horizon_rad.size
    turn = np.asarray(azimuth) / (2 * np.pi) * count
    edge = np.interp(turn % count, np.arange(count + 1), np.append(horizon_rad, horizon_rad[0]))
    beam = np.where(elevation > edge, light.beam_w_m2, 0.0)
    view = sky_view_frac(horizon_rad)
    diffuse = light.diffuse_w_m2 * view + albedo * light.global_w_m2 * (1.0 - view)
    height = np.maximum(np.sin(elevation), 0.0)
    return Irradiance(beam[()], diffuse, beam * height + diffuse)
