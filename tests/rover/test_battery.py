"""What a battery holds, how it ages, and in which order it lets go."""

import pytest

from game.config import parse
from game.errors import ConfigError
from game.rover.battery import AgeingSpec, Gauge, Load, ShedStage, fade_frac, shed_count
from tests.rover.machines import power_spec

AGE = power_spec().ageing


def test_three_thousand_deep_cycles_leave_some_six_tenths() -> None:
    # Yardney cells of the MER programme, deep cycles on the ground; within a tenth.
    assert 1.0 - fade_frac(AGE, 3000.0, 298.15, 0.0) == pytest.approx(0.6, abs=0.1)


def test_eight_hundred_sols_in_the_cold_change_little() -> None:
    # Ratnakumar and Smart 2006: marginal change; with the MER's shallow cycles under a tenth.
    assert fade_frac(AGE, 800.0 * 0.4, 273.0, 800.0) < 0.10


def test_cold_keeps_a_battery_young() -> None:
    warm = fade_frac(AGE, 0.0, 298.15, 668.0)
    cold = fade_frac(AGE, 0.0, 298.15 - AGE.calendar_halving_k, 668.0)
    assert cold == pytest.approx(warm / 2.0)


def test_stages_hold_between_their_marks() -> None:
    stages = (
        ShedStage(Load.WHEELS, Gauge.CHARGE, 0.30, 0.40),
        ShedStage(Load.BOX_HEATER, Gauge.USABLE, 0.10, 0.20),
    )
    assert shed_count(stages, 0, 0.35, 0.30) == 0
    assert shed_count(stages, 0, 0.29, 0.25) == 1
    assert shed_count(stages, 1, 0.35, 0.30) == 1
    assert shed_count(stages, 1, 0.41, 0.35) == 0
    assert shed_count(stages, 0, 0.20, 0.05) == 2
    assert shed_count(stages, 2, 0.50, 0.15) == 2
    assert shed_count(stages, 2, 0.50, 0.25) == 0


def test_ages_and_stages_beyond_sense_are_refused_with_name_and_range() -> None:
    with pytest.raises(ValueError, match="below_frac < back_frac"):
        ShedStage(Load.RADIO, Gauge.CHARGE, 0.5, 0.4)
    with pytest.raises(ValueError, match="cycle_fade_frac"):
        AgeingSpec(-1.0, 0.0, 298.0, 15.0)
    with pytest.raises(ConfigError, match="finite"):
        parse(
            {
                "cycle_fade_frac": float("nan"),
                "calendar_fade_1_sol": 0.0,
                "calendar_reference_k": 298.0,
                "calendar_halving_k": 15.0,
            },
            AgeingSpec,
            "rover.toml.power.ageing",
        )
    with pytest.raises(ConfigError, match="expected one of instruments"):
        parse(
            {"load": "lamps", "gauge": "charge", "below_frac": 0.1, "back_frac": 0.2},
            ShedStage,
            "rover.toml.power.shed",
        )
