"""The magnetometer: what turning tells, and what one heading cannot."""

import math
from dataclasses import replace
from statistics import fmean, pstdev

import pytest

from game.rover.fluxgate import reading, survey
from game.rover.setting import Scene
from game.rover.soundings import FieldReading, FieldSample
from tests.rover.payload_cases import shipped_payload, sight, weather

SPEC = shipped_payload().instruments.magnetometer
FIELD = (6.0, -9.0, 4.0)


def readings(first_tick: int, headings_deg: tuple[float, ...]) -> tuple[FieldReading, ...]:
    return tuple(
        reading(SPEC, 7, first_tick + 180 * at, math.radians(0.7 + heading), FIELD)
        for at, heading in enumerate(headings_deg)
    )


def stop(first_tick: int, headings_deg: tuple[float, ...]) -> FieldSample:
    taken = readings(first_tick, headings_deg)
    scene = Scene(sight(first_tick), 600, (weather(),), 273.0, readings=taken)
    return survey(SPEC, 7, scene)[0]


def test_three_headings_tell_the_field_from_the_rovers_own() -> None:
    stops = [stop(tick, (0.0, 120.0, 240.0)) for tick in range(0, 300_000, 1_000)]
    for name, true in (
        ("east_nt", FIELD[0]),
        ("north_nt", FIELD[1]),
        ("own_forward_nt", SPEC.own_forward_nt),
        ("own_right_nt", SPEC.own_right_nt),
    ):
        seen = [getattr(one, name) for one in stops]
        assert fmean(seen) == pytest.approx(true, abs=0.2), name
        assert pstdev(seen) == pytest.approx(stops[0].sigma_nt, rel=0.15), name
    assert stops[0].sigma_nt == pytest.approx(SPEC.sigma_nt / math.sqrt(3.0))


def test_one_heading_leaves_both_mixed_and_says_so() -> None:
    one = stop(0, (0.0,))
    error_nt = math.hypot(one.east_nt - FIELD[0], one.north_nt - FIELD[1])
    own_nt = math.hypot(SPEC.own_forward_nt, SPEC.own_right_nt)
    assert error_nt == pytest.approx(own_nt, abs=5.0)
    assert one.sigma_nt == SPEC.own_sigma_nt
    assert one.headings_count == 1


def test_headings_that_lie_close_together_say_less() -> None:
    near, far = stop(0, (0.0, 40.0)), stop(0, (0.0, 180.0))
    assert near.sigma_nt > 2.0 * far.sigma_nt


def test_a_small_turn_counts_as_none() -> None:
    assert stop(0, (0.0, 5.0)).sigma_nt == SPEC.own_sigma_nt


def test_the_part_straight_down_keeps_the_rovers_share() -> None:
    found = stop(0, (0.0, 120.0, 240.0))
    assert found.down_nt == pytest.approx(FIELD[2] + SPEC.own_down_nt, abs=4.0)
    assert found.down_sigma_nt == SPEC.own_sigma_nt


def test_a_stop_without_readings_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs readings"):
        survey(SPEC, 7, Scene(sight(), 600, (weather(),), 273.0))
    with pytest.raises(ValueError, match="headings_deg"):
        replace(SPEC, headings_deg=())
