"""The air: what it is like, and the heat that it sends down."""

from dataclasses import dataclass

import numpy as np

from game.environment.limits import check_finite, check_positive, check_record, check_tau
from game.environment.tables import planet
from game.units import SOL_H, STEFAN_BOLTZMANN_W_M2_K4, Numeric


@dataclass(frozen=True, slots=True)
class AirSpec:
    """The air of one place.

    Attributes
    ----------
    tide_latitude_power : The once-a-sol tide falls towards the poles with this power of the cosine
        of latitude. [-]
    tide_reference_tau : Optical depth for which the twice-a-sol tide was fitted. [-]
    weather_pa, weather_sols : Standard deviation and e-folding time of passing weather. [Pa, sol]
    anchor_k, coupling_frac : Day target: anchor + coupling x (ground - anchor). [K, -]
    inversion_k : Night target: this much below the ground. [K]
    warming_h, cooling_h : E-folding times by day and by night. [Mars hour]
    water_vmr_frac : Volume mixing ratio of water vapour. [-]
    gas_constant_j_kg_k, heat_ratio : Of Martian air. [J/kg/K, -]
    sky_k, sky_tau_k, sky_swing_k, sky_peak_h : Effective temperature of the air that radiates:
        base, rise per unit of tau (up to a limit), daily swing, hour of its maximum. [K, Mars hour]
    clear_frac, dust_emission : Emissivity is 1 - clear x exp(-slant x dust x tau). [-]
    """

    tide_latitude_power: float
    tide_reference_tau: float
    weather_pa: float
    weather_sols: float
    anchor_k: float
    coupling_frac: float
    inversion_k: float
    warming_h: float
    cooling_h: float
    water_vmr_frac: float
    gas_constant_j_kg_k: float
    heat_ratio: float
    sky_k: float
    sky_tau_k: float
    sky_swing_k: float
    sky_peak_h: float
    clear_frac: float
    dust_emission: float

    def __post_init__(self) -> None:
        check_record(self)
        if min(self.warming_h, self.cooling_h, self.weather_sols) <= 0.0:
            raise ValueError("warming_h, cooling_h and weather_sols must be positive")
        if not 0.0 < self.water_vmr_frac < 1.0:
            raise ValueError("water_vmr_frac must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class GlowSpec:
    """How heat crosses the air.

    Attributes
    ----------
    slant : Mean path of diffuse heat through a layer, over its depth. [-]
    most_tau : Thicker dust makes the air that radiates no warmer. [-]
    """

    slant: float
    most_tau: float


_GLOW = planet("glow", GlowSpec)


def density_kg_m3(pressure_pa: Numeric, air_k: Numeric, gas_constant_j_kg_k: float) -> Numeric:
    """Return air density by the law of ideal gases, definition of its gas constant [kg/m3]."""
    check_positive("temperature", air_k)
    check_positive("the gas constant", gas_constant_j_kg_k)
    check_finite("pressure", pressure_pa)
    return pressure_pa / (gas_constant_j_kg_k * air_k)


def sound_speed_m_s(air_k: Numeric, gas_constant_j_kg_k: float, heat_ratio: float) -> Numeric:
    """Return the speed of sound, low frequencies [m/s].

    References
    ----------
    .. [1] S. Maurice et al., "In situ recording of Mars soundscape", Nature 605, 2022, 653.
    """
    check_positive("temperature", air_k)
    check_positive("heat ratio times gas constant", heat_ratio * gas_constant_j_kg_k)
    return np.sqrt(heat_ratio * gas_constant_j_kg_k * air_k)


def downward_longwave_w_m2(air: AirSpec, tau: Numeric, ltst_h: Numeric) -> Numeric:
    """Return the heat radiation of the air on level ground [W/m2].

    Notes
    -----
    A grey layer at an effective temperature; diffuse heat crosses it on a slant [2]. It gives
    32-40 W/m2 at tau 0.4, 101-126 at tau 3. Made for low and middle latitudes.

    References
    ----------
    .. [1] R. M. Haberle et al., "Atmospheric effects on the utility of solar power on Mars", in
       Resources of Near-Earth Space, Univ. of Arizona Press, 1993 (size of the flux).
    .. [2] W. M. Elsasser, "Heat transfer by infrared radiation in the atmosphere", Harvard
       Meteorological Studies 6, 1942 (the slant of diffuse heat).
    """
    check_tau(tau)
    check_finite("local time", ltst_h)
    swing = np.cos(2 * np.pi * (ltst_h - air.sky_peak_h) / SOL_H)
    effective_k = (
        air.sky_k + air.sky_tau_k * np.minimum(tau, _GLOW.most_tau) + air.sky_swing_k * swing
    )
    emissivity = 1.0 - air.clear_frac * np.exp(-_GLOW.slant * air.dust_emission * tau)
    return STEFAN_BOLTZMANN_W_M2_K4 * effective_k**4 * emissivity
