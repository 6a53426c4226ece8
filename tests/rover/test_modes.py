import pytest

from game.levels.open import OpenedLevel
from game.rover.modes import WORKING, BusSpec, Condition, Mode, base_load_w, cause_of, mode_after

GOOD = Condition(
    charge_frac=0.8,
    usable_frac=0.7,
    is_low=False,
    is_starved=False,
    is_fed=True,
    battery_k=280.0,
    box_k=280.0,
    dark_s=0.0,
    sun_elevation_deg=40.0,
    is_working=False,
    is_resting=False,
)


@pytest.fixture(name="bus")
def _bus(ninety: OpenedLevel) -> BusSpec:
    return ninety.setup.rover.bus


def test_by_day_it_stands_by_at_night_it_sleeps_and_work_wakes_it(bus: BusSpec) -> None:
    night = GOOD._replace(sun_elevation_deg=-30.0, is_fed=False)
    for mode in WORKING:
        assert mode_after(bus, mode, GOOD) is Mode.STANDBY
        assert mode_after(bus, mode, night) is Mode.ASLEEP
        assert mode_after(bus, mode, night._replace(is_working=True)) is Mode.AWAKE
        asleep = GOOD._replace(is_working=True, is_resting=True)
        assert mode_after(bus, mode, asleep) is Mode.ASLEEP


def test_low_charge_is_safe_mode_until_the_battery_says_otherwise(bus: BusSpec) -> None:
    low = GOOD._replace(charge_frac=0.19, is_low=True, is_working=True)
    assert mode_after(bus, Mode.AWAKE, low) is Mode.SAFE
    assert mode_after(bus, Mode.SAFE, low._replace(charge_frac=0.34)) is Mode.SAFE
    assert mode_after(bus, Mode.SAFE, GOOD) is Mode.STANDBY


def test_a_cold_battery_that_gives_nothing_is_dark_and_stays_dark_at_night(bus: BusSpec) -> None:
    locked = GOOD._replace(charge_frac=0.2, usable_frac=0.0, is_low=True, is_fed=False)
    assert mode_after(bus, Mode.SAFE, locked) is Mode.DARK
    assert mode_after(bus, Mode.DARK, locked) is Mode.DARK
    assert mode_after(bus, Mode.SAFE, GOOD._replace(is_starved=True)) is Mode.DARK


def test_the_sun_or_a_charge_brings_a_dark_rover_back_safe_first(bus: BusSpec) -> None:
    dark = GOOD._replace(charge_frac=0.2, usable_frac=0.0, is_low=True)
    assert mode_after(bus, Mode.DARK, dark) is Mode.SAFE
    assert "Sun feeds" in cause_of(bus, Mode.DARK, Mode.SAFE, dark)
    charged = dark._replace(is_fed=False, usable_frac=bus.boot_frac + 0.01)
    assert mode_after(bus, Mode.DARK, charged) is Mode.SAFE
    between = charged._replace(usable_frac=(bus.boot_frac + bus.dark_frac) / 2.0)
    assert mode_after(bus, Mode.DARK, between) is Mode.DARK
    assert mode_after(bus, Mode.SAFE, between) is Mode.SAFE


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"battery_k": 200.0}, "battery froze"),
        ({"box_k": 200.0}, "electronics froze"),
        ({"dark_s": 1e6}, "stood empty"),
    ],
)
def test_what_ruins_the_rover_is_final_and_named(
    bus: BusSpec, change: dict[str, float], word: str
) -> None:
    ruined = GOOD._replace(**change)  # type: ignore[arg-type]
    for mode in Mode:
        assert mode_after(bus, mode, ruined) is Mode.LOST
    assert mode_after(bus, Mode.LOST, GOOD) is Mode.LOST
    assert word in cause_of(bus, Mode.SAFE, Mode.LOST, ruined)


def test_less_awake_takes_less_and_dark_takes_nothing(bus: BusSpec) -> None:
    loads_w = [base_load_w(bus, mode) for mode in (Mode.AWAKE, Mode.STANDBY, Mode.ASLEEP)]
    assert loads_w == sorted(loads_w, reverse=True)
    assert base_load_w(bus, Mode.SAFE) == base_load_w(bus, Mode.ASLEEP) > 0.0
    assert base_load_w(bus, Mode.DARK) == base_load_w(bus, Mode.LOST) == 0.0
