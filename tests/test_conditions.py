import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.conditions import holds, left_value, margin, parse_condition

NAMES = ("charge_frac", "sol", "tau")
READINGS = {"charge_frac": 0.4, "sol": 12.0, "tau": 0.5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("charge_frac > 0.3", True),
        ("charge_frac > 0.3 and sol < 10", False),
        ("not (tau >= 2 or sol < 5)", True),
        ("0.3 < charge_frac <= 0.4", True),
        ("charge_frac * 100 - 10 == 30", True),
        ("tau / 0 > 1", False),
        ("-tau < 0", True),
    ],
)
def test_conditions_mean_what_they_say(text: str, expected: bool) -> None:
    assert holds(parse_condition(text, NAMES), READINGS) is expected


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(ValueError, match="did you mean 'charge_frac'"):
        parse_condition("charge_frak > 1", NAMES)


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "sol.real > 1", "sol if tau else sol", "[1]", "sol >", "", "'a' < 'b'"],
)
def test_nothing_but_comparisons_and_sums_gets_in(text: str) -> None:
    with pytest.raises(ValueError, match=r"condition|reading"):
        parse_condition(text, NAMES)


@given(st.text(max_size=60))
def test_junk_never_escapes_as_another_error(text: str) -> None:
    try:
        parse_condition(text, NAMES)
    except ValueError:
        return


def test_a_margin_tells_how_far_a_comparison_is_from_failing() -> None:
    condition = parse_condition("charge_frac > 0.3", NAMES)
    assert margin(condition, READINGS) == pytest.approx(0.1)
    assert left_value(condition, READINGS) == 0.4
    assert margin(parse_condition("tau < 2", NAMES), READINGS) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("text", "truth"),
    [("charge < 40 %", True), ("charge < 30%", False), ("charge < 40 % and charge > 2.5 %", True)],
)
def test_per_cent_may_be_written_as_people_do(text: str, truth: bool) -> None:
    assert holds(parse_condition(text, ("charge",)), {"charge": 0.35}) is truth


def test_the_rest_of_a_division_is_not_part_of_the_language() -> None:
    with pytest.raises(ValueError, match="cannot use"):
        parse_condition("charge % 7 > 3", ("charge",))
    with pytest.raises(ValueError, match="cannot use"):
        parse_condition("7 % charge > 3", ("charge",))


def test_a_condition_knows_which_readings_it_asks() -> None:
    condition = parse_condition("charge_frac > 0.3 and not (tau >= 2 or sol < 5 * 2)", NAMES)
    assert condition.names == {"charge_frac", "tau", "sol"}
    assert parse_condition("1 < 2", NAMES).names == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "0 / 0 > 100", "(-5) / 0 > 100", "5 / 0 > 100", "5 / tau < 100", "5 / tau == 5 / tau",
        "5 / tau != 1", "not (5 / tau > 100)", "not (not (5 / tau > 1))", "5 / tau",
        "5 / tau > 1 and sol > 0", "sol < 0 or 1 + 5 / tau > 1", "1 < 2 / tau < 3",
    ],
)  # fmt: skip
def test_what_divides_by_zero_does_not_hold(text: str) -> None:
    condition = parse_condition(text, ("tau", "sol"))
    readings = {"tau": 0.0, "sol": 3.0}
    assert holds(condition, readings) is False
    assert margin(condition, readings) is None


def test_an_unknown_part_leaves_the_others_their_say() -> None:
    readings = {"tau": 0.0, "sol": 3.0}
    for text, truth in (
        ("5 / tau > 1 or sol > 2", True), ("sol > 2 or 5 / tau > 1", True),
        ("not (5 / tau > 1 and sol > 5)", True), ("sol / 2 > 1", True), ("sol / 2 > 2", False),
        ("sol / 2 == 1.5 and not sol / 3 > 1", True),
    ):  # fmt: skip
        assert holds(parse_condition(text, ("tau", "sol")), readings) is truth, text
