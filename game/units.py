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
TURN_DEG = 360.0
HALF_TURN_DEG = 180.0
RIGHT_ANGLE_DEG = 90.0
DECADE = 10  # powers of ten: decimals, and what falls to a tenth
PERCENT = 100.0
KILO = 1_000.0
MBAR_PA = 100.0  # millibar, of older papers
MINUTE_S = 60
HOUR_S = 3_600
HOUR_MIN = 60
DAY_H = 24
JULIAN_DAY_S = 86_400.0
JULIAN_CENTURY_DAY = 36_525.0
TT_MINUS_TAI_S = 32.184  # terrestrial over atomic time; IAU 1991 Resolution A4
J2000_DATE = "2000-01-01"  # civil date of the epoch J2000.0, its noon; IAU 1994 Resolution C7
OBLIQUITY_DEG = 23.43928  # of the ecliptic, J2000.0; IAU 1976
SOL_S = 88_775.244  # mean solar day of Mars; Allison & McEwen (2000), Planet. Space Sci. 48, 215
SOL_DAY = 1.0274912517  # the same, eq. 22: ten digits, because it multiplies fifty thousand sols
SOL_H = 24.0  # Mars hours in a sol, by definition
NOON_H = SOL_H / 2
HOUR_ANGLE_DEG = TURN_DEG / SOL_H
MARS_HOUR_S = SOL_S / SOL_H
WH_J = 3_600.0
MBIT_BIT = 1_000_000.0
# Standard normal distribution: its logit is x (slope + bend x^2), to 2e-4; E. Page (1977), Applied
# Statistics 26, 75.
NORMAL_SLOPE = 1.5976
NORMAL_BEND = 0.070566


def wrap_rad(angle_rad: float) -> float:
    """Wrap an angle into the range from -pi to pi [rad]."""
    return (angle_rad + math.pi) % math.tau - math.pi


def celsius(temperature_k: float) -> float:
    """Return a temperature in degrees Celsius, for people."""
    return temperature_k - ZERO_CELSIUS_K
