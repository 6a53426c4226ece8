import pytest

from game.levels.open import OpenedLevel
from game.rover.motors import motor_temperature_k


def test_one_long_step_is_as_good_as_many_short_ones(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover.motors
    short_k = 200.0
    for _ in range(60):
        short_k = motor_temperature_k(spec, short_k, 210.0, 30.0, 30.0)
    assert motor_temperature_k(spec, 200.0, 210.0, 30.0, 1800.0) == pytest.approx(short_k, abs=1e-9)


def test_without_heat_the_motors_come_to_the_air_around_them(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover.motors
    assert motor_temperature_k(spec, 280.0, 200.0, 0.0, 88_775.0) == pytest.approx(200.0)


def test_half_an_hour_of_warming_frees_the_grease_on_a_winter_morning(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover.motors
    morning_k = spec.min_k - 8.0
    assert motor_temperature_k(spec, morning_k, morning_k, spec.heater_w, 1800.0) > spec.min_k
