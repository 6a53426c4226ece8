"""The dust to expect after a measurement: what a planner may know, and no more."""

from dataclasses import dataclass

import numpy as np

from game.environment.dust import DustSpec, Sun, usual_depth
from game.environment.limits import check_record
from game.units import Numeric


@dataclass(frozen=True, slots=True)
class Expected:
    """What was measured last; nature after that is expected, not known.

    Attributes
    ----------
    made_tick : When. [s of mission time]
    made_sol : The same as a running sol. [sol]
    excess_tau : Optical depth above that of the season and the hour. [-]
    storm_sols : E-folding time with which a storm is expected to clear. [sol]
    """

    made_tick: int
    made_sol: float
    excess_tau: float
    storm_sols: float

    def __post_init__(self) -> None:
        check_record(self)
        if self.storm_sols <= 0.0:
            raise ValueError(f"storm_sols must be more than zero, not {self.storm_sols}")


def storm_excess_tau(dust: DustSpec, made: Expected) -> float:
    """Return what of a measurement is a storm by definition: no noise is so large [-]."""
    return max(0.0, made.excess_tau - dust.storm_sigmas * dust.noise_tau)


def expected_storm_tau(dust: DustSpec, made: Expected, at_sol: Numeric) -> Numeric:
    """Return what is expected to be left of the storm in the air, if there is one [-].

    References
    ----------
    .. [1] M. T. Lemmon et al. (2015), Icarus 251 (storms clear exponentially).
    """
    storm = storm_excess_tau(dust, made)
    return storm * np.exp(-np.maximum(0.0, at_sol - made.made_sol) / made.storm_sols)


def expected_depth(dust: DustSpec, made: Expected, at_sol: Numeric, sun: Sun) -> Numeric:
    """Return the optical depth to expect after a measurement: the usual, and what fades of today.

    Parameters
    ----------
    dust : DustSpec
        Season, noise and haze.
    made : Expected
        The measurement.
    at_sol : float or ndarray
        Running sol. [sol]
    sun : pair of float or ndarray
        Season [rad] and local true solar time [Mars hour].

    Notes
    -----
    Day-to-day noise fades with its own memory. More than that is taken for a storm that clears.

    References
    ----------
    .. [1] D. S. Wilks, "Statistical Methods in the Atmospheric Sciences", 3rd ed., 2011, ch. 9.3
       (the best forecast of a first-order autoregressive series is its exponential decay).
    """
    noise = made.excess_tau - storm_excess_tau(dust, made)
    left = noise * np.exp(-np.maximum(0.0, at_sol - made.made_sol) / dust.noise_sols)
    total = usual_depth(dust, sun) + left + expected_storm_tau(dust, made, at_sol)
    return np.clip(total, dust.least_tau, dust.most_tau)
