from dataclasses import dataclass, field, replace

import pytest

from game.changes import changed


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
