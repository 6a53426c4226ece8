"""What is expected of the dust after it was measured: noise fades in its time, a storm in its."""

import math
from dataclasses import replace

import pytest

from game.environment.expectation import Expected, expected_depth
from game.environment.nature import EnvironmentSpec

SUN = (0.3, 12.0)
STORM_SOLS = 40.0


def excess_tau(nature: EnvironmentSpec, measured_tau: float, later_sols: float) -> float:
    """Return what is expected above the usual, so long after a measurement."""
    dust = replace(nature.dust, least_tau=0.0, most_tau=99.0)
    usual, found = (
        float(expected_depth(dust, Expected(0, 10.0, tau, STORM_SOLS), 10.0 + later_sols, SUN))
        for tau in (0.0, measured_tau)
    )
    return found - usual


def test_the_best_guess_of_a_day_to_day_swing_dies_away_with_its_own_memory(
    nature: EnvironmentSpec,
) -> None:
    # Wilks (2011), ch. 9.3: exp(-lead / memory), for more dust than usual as for less.
    memory_sols = nature.dust.noise_sols
    for tau in (2.0 * nature.dust.noise_tau, -2.0 * nature.dust.noise_tau):
        assert excess_tau(nature, tau, 0.0) == pytest.approx(tau)
        assert excess_tau(nature, tau, memory_sols) == pytest.approx(tau / math.e)
        assert excess_tau(nature, tau, 2.0 * memory_sols) == pytest.approx(tau / math.e**2)


def test_what_no_swing_explains_is_a_storm_and_clears_slowly(nature: EnvironmentSpec) -> None:
    noise_tau = nature.dust.storm_sigmas * nature.dust.noise_tau
    left_tau = noise_tau * math.exp(-STORM_SOLS / nature.dust.noise_sols) + 2.0 / math.e
    assert excess_tau(nature, noise_tau + 2.0, STORM_SOLS) == pytest.approx(left_tau)
