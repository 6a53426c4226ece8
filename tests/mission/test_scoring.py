from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.levels.open import OpenedLevel
from game.mission.scoring import ScoreFacts, ScoreSpec, medal, repeated_value, score

NOTHING = ScoreFacts(0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0, 0, 90)
ALL = ScoreFacts(1e9, 1e9, 1.0, 1e9, 10**6, 10**6, 1e9, 1.0, 90, 90)


@pytest.fixture(name="spec")
def _spec(ninety: OpenedLevel) -> ScoreSpec:
    return ninety.setup.score


def test_nothing_is_worth_nothing_and_everything_the_maxima(spec: ScoreSpec) -> None:
    assert score(spec, NOTHING).total() == 0.0
    full = score(spec, ALL)
    maxima = [getattr(spec, f"{field.name}_max") for field in fields(full)]
    assert [getattr(full, field.name) for field in fields(full)] == pytest.approx(maxima)


@pytest.mark.parametrize("name", [f.name for f in fields(ScoreFacts) if f.name != "mission_sols"])
def test_more_of_anything_is_never_worth_less(spec: ScoreSpec, name: str) -> None:
    half = ScoreFacts(1000.0, 400.0, 0.5, 5e4, 20, 8, 4000.0, 0.5, 45, 90)
    more = replace(half, **{name: getattr(half, name) * 1.5})
    assert score(spec, more).total() > score(spec, half).total()


def test_exploration_is_two_fifths_way_two_fifths_goals_and_one_fifth_map(spec: ScoreSpec) -> None:
    def part(**facts: Any) -> float:
        return score(spec, replace(NOTHING, **facts)).exploration / spec.exploration_max

    assert part(odometer_m=spec.exploration_full_m) == pytest.approx(0.4)
    assert part(goals_frac=1.0) == pytest.approx(0.4)
    assert part(charted_m2=spec.exploration_chart_full_m2) == pytest.approx(0.2)
    assert part(odometer_m=spec.exploration_full_m / 4.0) == pytest.approx(0.1)


def test_operations_are_half_data_and_half_margin_over_the_sols_survived(spec: ScoreSpec) -> None:
    def part(**facts: Any) -> float:
        return score(spec, replace(NOTHING, **facts)).operations / spec.operations_max

    assert part(home_mbit=spec.operations_full_mbit, sols_count=90) == pytest.approx(0.5)
    assert part(margin_frac=1.0, sols_count=90) == pytest.approx(0.5)
    assert part(margin_frac=1.0, sols_count=45) == pytest.approx(0.25)


def test_the_record_of_the_air_is_the_geometric_mean_of_days_and_hours(spec: ScoreSpec) -> None:
    some = replace(
        NOTHING,
        air_sols_count=spec.atmosphere_full_sols,
        air_hours_count=spec.atmosphere_full_hours // 4,
    )
    assert score(spec, some).atmosphere == pytest.approx(spec.atmosphere_max / 2.0)


def test_the_record_of_the_air_needs_days_and_hours(spec: ScoreSpec) -> None:
    assert score(spec, replace(NOTHING, air_sols_count=60)).atmosphere == 0.0
    assert score(spec, replace(NOTHING, air_hours_count=20)).atmosphere == 0.0


def test_each_repeat_counts_half() -> None:
    assert repeated_value((("a", 8.0), ("b", 8.0), ("a", 8.0), ("a", 8.0))) == 8 + 8 + 4 + 2


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.0, 100.0)), max_size=20))
def test_repeats_never_add_more_than_their_worth(values: list[tuple[str, float]]) -> None:
    total = repeated_value(tuple(values))
    assert -1e-9 <= total <= sum(value for _, value in values) + 1e-9


def test_medals_stand_in_order(spec: ScoreSpec) -> None:
    steps = [0.0, spec.bronze, spec.bronze * spec.silver_factor, spec.bronze * spec.gold_factor]
    assert [medal(spec, points) for points in steps] == ["", "bronze", "silver", "gold"]
