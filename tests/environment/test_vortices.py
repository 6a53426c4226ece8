"""Whirls of warm air against what Mars 2020 and others counted."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.environment.nature import EnvironmentSpec
from game.environment.vortices import (
    Vortex,
    VortexSpec,
    devils_of_sol,
    passes_of_sol,
    pressure_dip_pa,
)

SOLS = range(100)


@pytest.fixture(name="many", scope="module")
def _many(nature: EnvironmentSpec) -> list[Vortex]:
    """Some two thousand passes: the shipped law, seven times as often."""
    spec: VortexSpec = replace(nature.vortex, passes_1_sol=20.0)
    return [one for sol in SOLS for one in passes_of_sol(spec, 3, nature.site, sol, 0.0)]


def test_one_whirl_in_five_lifts_dust(many: list[Vortex]) -> None:
    # Hueso et al. (2023), J. Geophys. Res. Planets 128: one in five over 415 sols of Jezero.
    # 2,000 draws scatter by 0.009.
    assert len(many) == pytest.approx(2000, rel=0.1)
    assert sum(one.is_dusty for one in many) / len(many) == pytest.approx(0.2, abs=0.03)


def test_deep_dips_are_rare_as_the_inverse_square(many: list[Vortex]) -> None:
    # The same: N(> p) falls about as p^-2; of those above 0.5 Pa a quarter passes 1 Pa.
    drops = np.array([one.drop_pa for one in many])
    assert drops.min() >= 0.5
    assert np.mean(drops > 1.0) == pytest.approx(1 / 4, abs=0.04)
    assert np.mean(drops > 2.0) == pytest.approx(1 / 16, abs=0.02)


def test_a_devil_of_ten_metres_stands_three_minutes_and_one_of_a_hundred_a_quarter_hour(
    nature: EnvironmentSpec,
) -> None:
    # R. D. Lorenz (2013), Icarus 226: lifetime [s] = 40 x (diameter [m]) to the 2/3.
    found = [one for sol in SOLS for one in devils_of_sol(nature.vortex, 3, nature.site, sol, 0.0)]
    size, life = (np.log([getattr(one, of) for one in found]) for of in ("diameter_m", "life_s"))
    slope, _ = np.polyfit(size, life, 1)
    assert slope == pytest.approx(2 / 3, abs=0.02)
    for diameter_m, life_s in ((10.0, 186.0), (100.0, 862.0)):
        assert math.exp(np.interp(math.log(diameter_m), *_sorted(size, life))) == pytest.approx(
            life_s, rel=0.05
        )


def _sorted(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(x)
    return x[order], y[order]


def test_the_dip_is_half_as_deep_at_the_wall(many: list[Vortex]) -> None:
    # Ellehoj et al. (2010), J. Geophys. Res. 115, eq. 1: a Lorentz profile whose full width at
    # half maximum is the diameter of the whirl.
    whirl = replace(many[0], tick=0, x_m=0.0, y_m=0.0, east_m_s=8.0, north_m_s=6.0)
    wall_s = whirl.diameter_m / 2.0 / 10.0
    assert pressure_dip_pa(whirl, 0.0) == whirl.drop_pa
    for tick in (-wall_s, wall_s):
        assert pressure_dip_pa(whirl, tick) == pytest.approx(whirl.drop_pa / 2.0)
    assert pressure_dip_pa(whirl, 3.0 * wall_s) == pytest.approx(whirl.drop_pa / 10.0)
