"""Dust as light meets it: how much of it scatters, how far it bends it, in red, green and blue."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.limits import check_finite, check_tau
from game.environment.tables import planet, table_columns
from game.units import Numeric

Array = NDArray[np.float64]
Rgb = tuple[float, float, float]
CHANNELS = range(3)
ANGLES = 20_001  # samples of the phase function for its integrals


@dataclass(frozen=True, slots=True)
class SkyColourSpec:
    """Dust and ground as the colours of the sky see them, in red, green and blue.

    Attributes
    ----------
    dust_albedo : Part of the light that a grain sends on, single-scattering albedo. [-]
    dust_tau_ratio : Optical depth over that at 550 nm. [-]
    peak_deg : Scattering by less than this counts as unscattered, so far as it stands above the
        scattering by this angle. [deg]
    soil_albedo : Of the ground that lights the dust from below. [-]
    fade_deg : Twilight falls to a tenth for each of these. [deg]
    disc_deg : Radius of the Sun's disc. [deg]
    """

    dust_albedo: Rgb
    dust_tau_ratio: Rgb
    peak_deg: float
    soil_albedo: Rgb
    fade_deg: float
    disc_deg: float

    def __post_init__(self) -> None:
        if not all(0.0 < albedo < 1.0 for albedo in self.dust_albedo + self.soil_albedo):
            raise ValueError("dust_albedo and soil_albedo must lie between 0 and 1")
        if min(*self.dust_tau_ratio, self.peak_deg, self.fade_deg, self.disc_deg) <= 0.0:
            raise ValueError("dust_tau_ratio, peak_deg, fade_deg and disc_deg must be positive")


SKY_COLOUR = planet("sky_colour", SkyColourSpec)


@dataclass(frozen=True, slots=True)
class DustColour:
    """Dust at one wavelength.

    Attributes
    ----------
    albedo : Part of the light that a grain sends on, single-scattering albedo. [-]
    tau_ratio : Optical depth over that at 550 nm. [-]
    peak : Part of the scattering that counts as unscattered. [-]
    """

    albedo: float
    tau_ratio: float
    peak: float


@lru_cache(maxsize=1)
def dust_colours() -> tuple[DustColour, ...]:
    """Return the dust in red, green and blue, with the forward peak of its phase function.

    References
    ----------
    .. [1] J. F. Potter, "The delta function approximation in radiative transfer theory", J. Atmos.
       Sci. 27, 1970, 943 (the forward peak cut off at an angle).
    """
    angle, ring = scattering_rings()
    left = np.asarray(np.trapezoid(ring, angle, axis=0)).tolist()
    return tuple(
        DustColour(albedo, tau_ratio, 1.0 - rest)
        for albedo, tau_ratio, rest in zip(
            SKY_COLOUR.dust_albedo, SKY_COLOUR.dust_tau_ratio, left, strict=True
        )
    )


@lru_cache(maxsize=1)
def scattering_rings() -> tuple[Array, Array]:
    """Return angles [rad], and how much is scattered by each, without the peak [1/rad].

    Shapes (n,) and (n, 3); with the peak the integral over all angles would be 1.

    References
    ----------
    .. [1] Potter (1970), as in `dust_colours`.
    """
    angle = np.linspace(0.0, np.pi, ANGLES) ** 2 / np.pi
    whole = np.trapezoid(phase_function(angle) * np.sin(angle)[:, None], angle, axis=0)
    cut = phase_function(np.maximum(angle, np.radians(SKY_COLOUR.peak_deg)))
    return angle, cut * np.sin(angle)[:, None] / whole


def smooth_depth(channel: int, tau: float) -> float:
    """Return the optical depth without the light that dust sends straight on [-].

    References
    ----------
    .. [1] T. Nakajima, M. Tanaka (1988), JQSRT 40, 51, eq. 6.
    """
    check_tau(tau)
    dust = dust_colours()[channel]
    return dust.tau_ratio * tau * (1.0 - dust.albedo * dust.peak)


def shone_on(up: Array, tau: float) -> Array:
    """Return the part of a ray of sight that ends on dust, shape (..., 3) [-].

    By definition of the optical depth; `up` is the sine of the height of view.
    """
    check_finite("height of view", up)
    return np.stack([-np.expm1(-smooth_depth(channel, tau) / up) for channel in CHANNELS], axis=-1)


@lru_cache(maxsize=1)
def _phase_table() -> tuple[Array, Array]:
    columns = table_columns("dust_phase")
    values = np.stack([columns[name] for name in ("P_R", "P_G", "P_B")], axis=1)
    return np.radians(columns["theta_deg"]), np.log(values)


def phase_function(angle_rad: Numeric) -> Array:
    """Return how much light dust scatters by an angle, shape (..., 3), mean 1 over the sphere.

    References
    ----------
    .. [1] Mie theory for grains of effective radius 1.5 um, variance 0.3, after W. J. Markiewicz
       et al. (1999), J. Geophys. Res. 104, 9009; refractive index 1.50.
    """
    check_finite("angle", angle_rad)
    angles, logs = _phase_table()
    return np.stack(
        [np.exp(np.interp(angle_rad, angles, logs[:, channel])) for channel in CHANNELS], axis=-1
    )
