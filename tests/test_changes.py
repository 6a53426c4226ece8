from dataclasses import FrozenInstanceError, dataclass, field, replace
from pickle import dumps, loads

import pytest

from game.changes import changed, quick


@dataclass(frozen=True, slots=True)
class Wheel:
    slip_frac: float
    depth_m: float
    name: str = "front left"

    def __post_init__(self) -> None:
        if self.depth_m < 0.0:
            raise ValueError("depth_m must not be negative")


@dataclass(frozen=True)
class Counted:
    first: int
    second: int
    total: int = field(init=False, default=0)


def test_it_is_what_replace_gives() -> None:
    wheel = Wheel(0.1, 0.02)
    assert changed(wheel, depth_m=0.05) == replace(wheel, depth_m=0.05)
    assert changed(wheel, slip_frac=0.2, name="rear") == Wheel(0.2, 0.02, "rear")
    assert wheel == Wheel(0.1, 0.02), "the old one stays as it was"


def test_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="dept_m"):
        changed(Wheel(0.1, 0.02), dept_m=1.0)


def test_a_value_that_may_not_be_is_refused_as_when_it_is_built() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        changed(Wheel(0.1, 0.02), depth_m=-1.0)


def test_a_class_with_fields_of_its_own_making_is_refused() -> None:
    with pytest.raises(TypeError, match="Counted"):
        changed(Counted(1, 2), first=3)


@dataclass(frozen=True, slots=True)
class Heater:
    power_w: float
    on_k: float = 250.0


def test_what_is_made_quickly_is_the_frozen_value_itself() -> None:
    make = quick(Heater)
    for made, built in ((make(5.0), Heater(5.0)), (make(5.0, on_k=1.0), Heater(5.0, 1.0))):
        assert type(made) is Heater
        assert made == built
        assert hash(made) == hash(built)
        with pytest.raises(FrozenInstanceError):
            made.power_w = 6.0  # type: ignore[misc]
        assert loads(dumps(made)) == built
        assert changed(made, power_w=7.0) == replace(built, power_w=7.0)


def test_a_class_that_checks_its_values_is_made_by_itself() -> None:
    assert quick(Wheel) is Wheel
    with pytest.raises(TypeError):
        quick(Counted)(1, 2)
