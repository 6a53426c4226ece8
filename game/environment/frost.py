"""What freezes out of the air: water ice by its vapour pressure, and carbon dioxide itself."""

from dataclasses import dataclass

import numpy as np

from game.environment.limits import check_positive
from game.environment.tables import planet
from game.units import MBAR_PA, Numeric

NEWTON_ROUNDS = 3  # from a start right to 2 K they reach the last digits


@dataclass(frozen=True, slots=True)
class IceSpec:
    """Vapour over water ice: ln of its pressure is log - inverse / T + power ln T - linear T.

    Attributes
    ----------
    log_pa, inverse_k, power, linear_1_k : Of that formula. [ln Pa, K, -, 1/K]
    start_log_pa, start_k : A simpler formula to start from, log - start / T. [ln Pa, K]
    """

    log_pa: float
    inverse_k: float
    power: float
    linear_1_k: float
    start_log_pa: float
    start_k: float


@dataclass(frozen=True, slots=True)
class DryIceSpec:
    """Vapour over carbon dioxide ice: ln of its pressure is log - inverse / T.

    Attributes
    ----------
    log_mbar, inverse_k : Of that formula. [ln mbar, K]
    carbon_frac : Carbon dioxide in the air. [-]
    """

    log_mbar: float
    inverse_k: float
    carbon_frac: float


_ICE = planet("ice", IceSpec)
_DRY_ICE = planet("dry_ice", DryIceSpec)


def ice_pressure_pa(temperature_k: Numeric) -> Numeric:
    """Return the saturation pressure of vapour over water ice [Pa].

    References
    ----------
    .. [1] D. M. Murphy, T. Koop, "Review of the vapour pressures of ice and supercooled water",
       Q. J. R. Meteorol. Soc. 131, 2005, eq. 7 (110 K and above).
    """
    check_positive("temperature", temperature_k)
    return np.exp(
        _ICE.log_pa
        - _ICE.inverse_k / temperature_k
        + _ICE.power * np.log(temperature_k)
        - _ICE.linear_1_k * temperature_k
    )


def humidity_frac(pressure_pa: Numeric, temperature_k: Numeric, water_vmr_frac: float) -> Numeric:
    """Return relative humidity over ice by its definition, at most 1 [-]."""
    check_positive("the pressure of water vapour", water_vmr_frac * pressure_pa)
    return np.minimum(1.0, water_vmr_frac * pressure_pa / ice_pressure_pa(temperature_k))


def frost_point_k(pressure_pa: Numeric, water_vmr_frac: float) -> Numeric:
    """Return the temperature below which water ice settles [K].

    Notes
    -----
    Newton's method on Murphy & Koop's formula, from a start that is right to 2 K.

    References
    ----------
    .. [1] Murphy & Koop (2005), eq. 7; J. Marti, K. Mauersberger, "A survey and new measurements
       of ice vapor pressure", Geophys. Res. Lett. 20, 1993, 363.
    """
    check_positive("the pressure of water vapour", water_vmr_frac * pressure_pa)
    target = np.log(water_vmr_frac * pressure_pa)
    guess = -_ICE.start_k / (target - _ICE.start_log_pa)
    for _ in range(NEWTON_ROUNDS):
        slope = _ICE.inverse_k / guess**2 + _ICE.power / guess - _ICE.linear_1_k
        guess = guess - (np.log(ice_pressure_pa(guess)) - target) / slope
    return guess


def carbon_frost_k(pressure_pa: Numeric) -> Numeric:
    """Return the temperature at which carbon dioxide freezes [K].

    References
    ----------
    .. [1] P. B. James, H. H. Kieffer, D. A. Paige, "The seasonal cycle of carbon dioxide on
       Mars", in Mars, Univ. of Arizona Press, 1992 (pressure in millibar).
    """
    check_positive("pressure", pressure_pa)
    share_mbar = _DRY_ICE.carbon_frac * pressure_pa / MBAR_PA
    return _DRY_ICE.inverse_k / (_DRY_ICE.log_mbar - np.log(share_mbar))
