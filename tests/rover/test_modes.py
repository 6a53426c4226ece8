from dataclasses import replace

import pytest

from game.levels.open import OpenedLevel
from game.rover.modes import (
    NOMINAL,
    WORKING,
    BusSpec,
    Condition,
    Mode,
    base_load_w,
    cause_of,
    limits_k,
    mode_after,
    wake_keys,
)

GOOD = Condition(
    charge_frac=0.8,
    usable_frac=0.7,
    is_low=False,
    is_short=False,
    is_starved=False,
    is_fed=True,
    is_recovered=True,
    in_w=200.0,
    made_wh=2000.0,
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
    assert mode_after(bus, Mode.SAFE, GOOD._replace(is_recovered=False)) is Mode.SAFE
    assert mode_after(bus, Mode.SAFE, GOOD) is Mode.STANDBY
    assert "every check" in cause_of(bus, Mode.SAFE, Mode.STANDBY, GOOD)


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
        bears = mode is Mode.HIBERNATING and not ruined.dark_s
        assert (mode_after(bus, mode, ruined) is Mode.LOST) is not bears
    assert mode_after(bus, Mode.LOST, GOOD) is Mode.LOST
    assert word in cause_of(bus, Mode.SAFE, Mode.LOST, ruined)


def test_less_awake_takes_less_and_dark_takes_nothing(bus: BusSpec) -> None:
    loads_w = [base_load_w(bus, mode) for mode in (Mode.AWAKE, Mode.STANDBY, Mode.ASLEEP)]
    assert loads_w == sorted(loads_w, reverse=True)
    assert base_load_w(bus, Mode.SAFE) == base_load_w(bus, Mode.ASLEEP) > 0.0
    assert base_load_w(bus, Mode.DARK) == base_load_w(bus, Mode.LOST) == 0.0


def test_shed_loads_are_low_power_until_they_are_back(bus: BusSpec) -> None:
    short = GOOD._replace(charge_frac=0.25, is_short=True)
    for mode in NOMINAL:
        assert mode_after(bus, mode, short) is Mode.LOW
    assert mode_after(bus, Mode.LOW, short._replace(is_working=True)) is Mode.LOW
    assert mode_after(bus, Mode.LOW, GOOD) is Mode.STANDBY
    assert "switched off" in cause_of(bus, Mode.STANDBY, Mode.LOW, short)
    assert "back at" in cause_of(bus, Mode.LOW, Mode.STANDBY, GOOD)
    assert base_load_w(bus, Mode.LOW) == bus.sleep_w
    assert base_load_w(bus, Mode.LOW, is_busy=True) == bus.awake_w


def test_a_sol_that_gives_too_little_ends_in_hibernation(bus: BusSpec) -> None:
    storm = GOOD._replace(
        charge_frac=0.18, is_low=True, is_fed=False, in_w=12.0, made_wh=bus.hibernate_wh - 1.0
    )
    assert mode_after(bus, Mode.AWAKE, storm) is Mode.SAFE  # first safe, then asleep
    assert mode_after(bus, Mode.SAFE, storm) is Mode.HIBERNATING
    assert mode_after(bus, Mode.SAFE, storm._replace(made_wh=bus.hibernate_wh)) is Mode.SAFE
    assert mode_after(bus, Mode.SAFE, storm._replace(is_low=False, is_recovered=False)) is Mode.SAFE
    assert "in a sol" in cause_of(bus, Mode.SAFE, Mode.HIBERNATING, storm)
    assert base_load_w(bus, Mode.HIBERNATING) == 0.0


@pytest.mark.parametrize(
    ("in_w", "battery_c", "wakes"),
    [(139.0, 0.0, False), (141.0, -15.5, False), (140.0, -15.0, True), (300.0, -40.0, False)],
)
def test_both_keys_must_turn(bus: BusSpec, in_w: float, battery_c: float, wakes: bool) -> None:
    # 140 W and -15 C, both (Zhang Rongqiao, 2022-09-21).
    now = GOOD._replace(in_w=in_w, battery_k=battery_c + 273.15, is_low=True, is_fed=False)
    assert all(wake_keys(bus, now.in_w, now.battery_k)) is wakes
    after = mode_after(bus, Mode.HIBERNATING, now)
    assert after is (Mode.SAFE if wakes else Mode.HIBERNATING)
    if wakes:
        assert "both keys" in cause_of(bus, Mode.HIBERNATING, after, now)


def test_asleep_it_bears_more_cold_but_not_any(bus: BusSpec) -> None:
    cold = GOOD._replace(battery_k=bus.lost_battery_k - 5.0, in_w=0.0)
    assert mode_after(bus, Mode.SAFE, cold) is Mode.LOST
    assert mode_after(bus, Mode.HIBERNATING, cold) is Mode.HIBERNATING
    frozen = GOOD._replace(box_k=limits_k(bus, Mode.HIBERNATING)[1] - 1.0)
    assert mode_after(bus, Mode.HIBERNATING, frozen) is Mode.LOST
    assert "froze" in cause_of(bus, Mode.HIBERNATING, Mode.LOST, frozen)


def test_a_computer_beyond_sense_is_refused_by_name(bus: BusSpec) -> None:
    with pytest.raises(ValueError, match="awake_w must be from 0 to 1000"):
        replace(bus, awake_w=float("inf"))
    with pytest.raises(ValueError, match="dark_frac"):
        replace(bus, dark_frac=0.5)
    with pytest.raises(ValueError, match="dormant_battery_k"):
        replace(bus, dormant_battery_k=300.0)
