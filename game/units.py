"""Conversions and universal constants. Suffixes: see README, 'Names and units'."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numeric: TypeAlias = float | NDArray[np.float64]

AU_M = 149_597_870_700.0  # IAU 2012 Resolution B2
LIGHT_SPEED_M_S = 299_792_458.0  # SI definition
SOLAR_CONSTANT_W_M2 = 1361.0  # at 1 au; G. Kopp, J. L. Lean (2011), doi:10.1029/2010GL045777
STEFAN_BOLTZMANN_W_M2_K4 = 5.670_374_419e-8  # CODATA 2018
ZERO_CELSIUS_K = 273.15  # SI definition
JULIAN_DAY_S = 86_400.0
JULIAN_CENTURY_DAY = 36_525.0
TT_MINUS_TAI_S = 32.184  # terrestrial over atomic time; IAU 1991 Resolution A4
OBLIQUITY_DEG = 23.43928  # of the ecliptic, J2000.0; IAU 1976
SOL_S = 88_775.244  # mean solar day of Mars; Allison & McEwen (2000), Planet. Space Sci. 48, 215
MARS_HOUR_S = SOL_S / 24.0
WH_J = 3_600.0
MBIT_BIT = 1_000_000.0


def wrap_rad(angle_rad: float) -> float:
    """Wrap an angle into the range from -pi to pi [rad]."""
    return (angle_rad + math.pi) % math.tau - math.pi


def celsius(temperature_k: float) -> float:
    """Return a temperature in degrees Celsius, for people."""
    return temperature_k - ZERO_CELSIUS_K
