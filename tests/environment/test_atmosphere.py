import pytest

from game.environment.atmosphere import density_kg_m3, sound_speed_m_s
from game.environment.nature import EnvironmentSpec


def test_density_and_speed_of_sound_are_those_of_martian_air(nature: EnvironmentSpec) -> None:
    gas = nature.air.gas_constant_j_kg_k
    assert density_kg_m3(860.0, 190.0, gas) == pytest.approx(0.0237, rel=0.005)
    assert density_kg_m3(860.0, 240.0, gas) == pytest.approx(0.0188, rel=0.005)
    assert float(sound_speed_m_s(190.0, gas, nature.air.heat_ratio)) == pytest.approx(216, abs=1)
    assert float(sound_speed_m_s(240.0, gas, nature.air.heat_ratio)) == pytest.approx(243, abs=1)
