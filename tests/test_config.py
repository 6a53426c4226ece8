from dataclasses import dataclass
from enum import StrEnum

import pytest

from game.config import key_lines, parse
from game.errors import ConfigError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Wheel:
    radius_m: float


@dataclass(frozen=True, slots=True)
class Rover:
    mass_kg: float
    colour: Colour
    wheels: tuple[Wheel, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if self.mass_kg <= 0.0:
            raise ValueError(f"mass_kg must be above 0, got {self.mass_kg}")


GOOD = {"mass_kg": 240, "colour": "red", "wheels": [{"radius_m": 0.15}]}


def test_a_table_becomes_nested_dataclasses() -> None:
    rover = parse(GOOD, Rover, "rover.toml")
    assert rover == Rover(240.0, Colour.RED, (Wheel(0.15),))


def test_every_problem_is_named_at_once_with_the_nearest_key() -> None:
    table = {"mass_kgs": 1, "colour": "rad", "wheels": [{"radius_m": "big"}]}
    with pytest.raises(ConfigError) as caught:
        parse(table, Rover, "rover.toml")
    text = str(caught.value)
    assert "unknown key 'mass_kgs'; did you mean 'mass_kg'?" in text
    assert "missing key 'mass_kg'" in text
    assert "did you mean 'red'?" in text
    assert "rover.toml.wheels[0].radius_m: expected float, got 'big'" in text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(value: float) -> None:
    with pytest.raises(ConfigError, match="finite"):
        parse({**GOOD, "mass_kg": value}, Rover, "rover.toml")


def test_a_range_refused_by_the_dataclass_is_told_with_its_place() -> None:
    with pytest.raises(ConfigError, match=r"rover\.toml: mass_kg must be above 0"):
        parse({**GOOD, "mass_kg": -1.0}, Rover, "rover.toml")


def test_truth_values_are_not_numbers() -> None:
    with pytest.raises(ConfigError, match="expected float"):
        parse({**GOOD, "mass_kg": True}, Rover, "rover.toml")


@dataclass(frozen=True, slots=True)
class Watch:
    start: str
    length_s: int

    def __post_init__(self) -> None:
        raise ValueError(".start: no time of day\n.length_s: too long\nnobody would look")


def test_what_a_dataclass_says_of_its_keys_is_told_key_by_key() -> None:
    with pytest.raises(ConfigError) as caught:
        parse({"start": "25:30", "length_s": 9}, Watch, "x.toml.watch")
    assert str(caught.value).split("\n") == [
        "x.toml.watch.start: no time of day",
        "x.toml.watch.length_s: too long",
        "x.toml.watch: nobody would look",
    ]


@pytest.mark.parametrize("name", ["MASS_KG", "Mass_kg", "MASS_KGS"])
def test_capitals_hide_no_nearest_name(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"unknown key '{name}'; did you mean 'mass_kg'\?"):
        parse({**GOOD, name: 1.0}, Rover, "rover.toml")


def test_a_dotted_key_stands_in_its_line() -> None:
    lines = key_lines("[a]\nb.c = 1\nb.d = 2\n")
    assert (lines["a.b"], lines["a.b.c"], lines["a.b.d"]) == (2, 2, 3)
