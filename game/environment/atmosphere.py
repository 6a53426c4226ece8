"""The air: pressure with season, tide and weather, and its simple properties."""

from dataclasses import dataclass

import numpy as np

from game.environment.limits import (
    check_elevation_m,
    check_finite,
    check_latitude_rad,
    check_positive,
    check_tau,
)
from game.units import STEFAN_BOLTZMANN_W_M2_K4, Numeric

_TIDE_LATITUDE_RAD = np.radians(4.5024)  # of InSight: T. Parker et al. (2019)
# Tide in percent of the mean: (cosine, sine) of one, two and three times the true solar hour.
# Fitted to InSight hourly pressures, Ls 40-100 (NASA PDS, insight_ps).
_TIDE_PERCENT = ((1.38, 1.53), (0.19, -0.51), (0.24, -0.03))
# What the same record shows beyond that: a steady fourth and fifth harmonic, and a drift of all
# five with the season, per 20 deg of Ls from Ls 70.
_TIDE_STEADY_PERCENT = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.01, 0.36), (0.04, 0.01))
_TIDE_DRIFT_PERCENT = ((0.20, -0.19), (-0.21, 0.16), (-0.08, 0.17), (0.09, 0.03), (0.03, -0.04))
_TIDE_MIDDLE_DEG, _TIDE_STEP_DEG = 70.0, 20.0
_TIDE_KNOWN_DEG, _TIDE_FORGOTTEN_DEG = 40.0, 60.0  # trusted so far from Ls 70, then faded out


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
        base, rise per unit of tau (to tau 3), daily swing, hour of its maximum. [K, Mars hour]
    clear_frac, dust_emission : Emissivity is 1 - clear x exp(-1.66 x dust x tau). [-]
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
        if min(self.warming_h, self.cooling_h, self.weather_sols) <= 0.0:
            raise ValueError("warming_h, cooling_h and weather_sols must be positive")
        if not 0.0 < self.water_vmr_frac < 1.0:
            raise ValueError("water_vmr_frac must lie between 0 and 1")


def mean_pressure_pa(ls_rad: Numeric, elevation_m: Numeric) -> Numeric:
    """Return the sol's mean surface pressure by season and elevation [Pa].

    Notes
    -----
    Against 670 sols of InSight: mean -0.6 %, scatter 2.0 %.

    References
    ----------
    .. [1] P. Withers, "Empirical estimates of Martian surface pressure in support of the landing
       of Mars Science Laboratory", Space Sci. Rev. 170, 2012, 837.
    """
    check_finite("season", ls_rad)
    check_elevation_m(elevation_m)
    season = (
        1.0
        - 0.069 * np.sin(ls_rad)
        + 0.060 * np.cos(ls_rad)
        + 0.045 * np.sin(2 * ls_rad)
        - 0.050 * np.cos(2 * ls_rad)
    )
    return 797.2 * np.exp(-(elevation_m + 3630.0) / 11_000.0) * season


def tide_frac(ltst_h: Numeric, day_frac: Numeric = 1.0, half_day_frac: Numeric = 1.0) -> Numeric:
    """Return the thermal tide as a share of the mean pressure [-].

    Parameters
    ----------
    ltst_h : float or ndarray
        Local true solar time. [Mars hour]
    day_frac, half_day_frac : float or ndarray
        Factors on the once- and twice-a-sol parts; 1 is the fit itself. [-]

    References
    ----------
    .. [1] R. W. Zurek, C. B. Leovy, "Thermal tides in the dusty Martian atmosphere: a
       verification of theory", Science 213, 1981, 437 (why the twice-a-sol tide grows with dust).
    """
    check_finite("local time", ltst_h)
    check_finite("a factor of the tide", day_frac + half_day_frac)
    hour = 2 * np.pi * ltst_h / 24.0
    total: Numeric = 0.0
    for number, scale in enumerate((day_frac, half_day_frac, 1.0)):
        cosine, sine = _TIDE_PERCENT[number]
        angle = (number + 1) * hour
        total = total + scale * (cosine * np.cos(angle) + sine * np.sin(angle)) / 100.0
    return total


def tide_day_growth(latitude_rad: Numeric, power: float) -> Numeric:
    """Return the factor on the once-a-sol tide for the latitude, 1 at InSight [-].

    References
    ----------
    .. [1] S. Chapman, R. S. Lindzen, "Atmospheric Tides", Reidel, 1970, section 2 (the pressure
       tides of Earth fall with the third power of the cosine).
    """
    check_latitude_rad(latitude_rad)
    height = np.maximum(np.cos(latitude_rad), 0.0) / np.cos(_TIDE_LATITUDE_RAD)
    return height**power  # type: ignore[no-any-return]


def tide_detail_frac(ltst_h: Numeric, ls_rad: Numeric) -> Numeric:
    """Return the finer course of the tide in northern spring, to add to `tide_frac` [-].

    Parameters
    ----------
    ltst_h : float or ndarray
        Local true solar time. [Mars hour]
    ls_rad : float or ndarray
        Season; zero beyond 60 deg from Ls 70. [rad]

    Notes
    -----
    With it the tide follows InSight's two-hour means of Ls 40-100 within their scatter.
    """
    check_finite("local time", ltst_h)
    check_finite("season", ls_rad)
    from_middle_deg = (np.degrees(ls_rad) - _TIDE_MIDDLE_DEG + 180.0) % 360.0 - 180.0
    span_deg = _TIDE_FORGOTTEN_DEG - _TIDE_KNOWN_DEG
    weight = np.clip((_TIDE_FORGOTTEN_DEG - np.abs(from_middle_deg)) / span_deg, 0.0, 1.0)
    drift = np.clip(from_middle_deg / _TIDE_STEP_DEG, -1.5, 1.5)
    hour = 2 * np.pi * ltst_h / 24.0
    total: Numeric = 0.0
    parts = zip(_TIDE_STEADY_PERCENT, _TIDE_DRIFT_PERCENT, strict=True)
    for number, (steady, change) in enumerate(parts, start=1):
        total = total + (steady[0] + drift * change[0]) * np.cos(number * hour)
        total = total + (steady[1] + drift * change[1]) * np.sin(number * hour)
    return weight * total / 100.0


def half_day_growth(tau: Numeric, reference_tau: float) -> Numeric:
    """Return the factor on the twice-a-sol tide for the dust load [-].

    References
    ----------
    .. [1] Zurek & Leovy (1981): amplitude about proportional to 1 + 1.5 tau at Viking 1.
    """
    check_tau(tau)
    check_tau(reference_tau)
    return (1.0 + 1.5 * tau) / (1.0 + 1.5 * reference_tau)


def density_kg_m3(pressure_pa: Numeric, air_k: Numeric, gas_constant_j_kg_k: float) -> Numeric:
    """Return air density by the law of ideal gases [kg/m3]."""
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


def ice_pressure_pa(temperature_k: Numeric) -> Numeric:
    """Return the saturation pressure of vapour over water ice [Pa].

    References
    ----------
    .. [1] D. M. Murphy, T. Koop, "Review of the vapour pressures of ice and supercooled water",
       Q. J. R. Meteorol. Soc. 131, 2005, eq. 7 (110 K and above).
    """
    check_positive("temperature", temperature_k)
    return np.exp(
        9.550426
        - 5723.265 / temperature_k
        + 3.53068 * np.log(temperature_k)
        - 0.00728332 * temperature_k
    )


def humidity_frac(pressure_pa: Numeric, temperature_k: Numeric, water_vmr_frac: float) -> Numeric:
    """Return relative humidity over ice, at most 1 [-]."""
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
    guess = -6132.9 / (target - 28.868)  # Marti & Mauersberger (1993), as a start
    for _ in range(3):
        slope = 5723.265 / guess**2 + 3.53068 / guess - 0.00728332
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
    return 3148.0 / (23.102 - np.log(0.95 * pressure_pa / 100.0))


def downward_longwave_w_m2(air: AirSpec, tau: Numeric, ltst_h: Numeric) -> Numeric:
    """Return the heat radiation of the air on level ground [W/m2].

    Notes
    -----
    A grey layer at an effective temperature; diffuse heat crosses it on a slant of 1.66. It gives
    32-40 W/m2 at tau 0.4, 101-126 at tau 3. Made for low and middle latitudes.

    References
    ----------
    .. [1] R. M. Haberle et al., "Atmospheric effects on the utility of solar power on Mars", in
       Resources of Near-Earth Space, Univ. of Arizona Press, 1993 (size of the flux).
    """
    check_tau(tau)
    check_finite("local time", ltst_h)
    swing = np.cos(2 * np.pi * (ltst_h - air.sky_peak_h) / 24.0)
    effective_k = air.sky_k + air.sky_tau_k * np.minimum(tau, 3.0) + air.sky_swing_k * swing
    emissivity = 1.0 - air.clear_frac * np.exp(-1.66 * air.dust_emission * tau)
    return STEFAN_BOLTZMANN_W_M2_K4 * effective_k**4 * emissivity
