"""Every rule: a plan that breaks it, the sentence, and the fix, flown ahead again."""

from dataclasses import replace

import numpy as np
import pytest

from game.circumstances import circumstances
from game.commands import Activity, ActivityKind
from game.environment.clock import tick_at
from game.errors import ConfigError
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, SetHeater
from game.mission.flight_rules import Circumstances, Cost, Course, Refusal
from game.mission.plan import Plan
from game.mission.rules_of_flight import CHECKS, FlightRules, Violation, violations
from game.orbiter.relay import passes_of_sol
from game.rules import load_rules
from game.state import Setup, State
from tests.rover.desks import charged, grounded

Kind = ActivityKind


def review(
    opened: OpenedLevel, state: State, plan: Plan, setup: Setup | None = None
) -> tuple[Violation, ...]:
    """Foresee a plan until the next morning and hold it against the rules."""
    setup = setup or opened.setup
    course = forecast(setup, state, tick_at(setup.site, 10, 8.0), plan).course()
    return violations(opened.flight_rules, plan, course, circumstances(setup, state))


def one(found: tuple[Violation, ...], rule: str) -> Violation:
    (violation,) = [violation for violation in found if violation.rule == rule]
    return violation


def mended(
    opened: OpenedLevel, state: State, plan: Plan, rule: str, setup: Setup | None = None
) -> Violation:
    """Find the violation, take its fix, fly ahead again, and want it gone."""
    broken = one(review(opened, state, plan, setup), rule)
    assert broken.fix
    assert broken.fixed_plan != plan
    again = review(opened, state, broken.fixed_plan, setup)
    assert rule not in [violation.rule for violation in again], again
    assert broken.sentence("Drive", "10:30")
    return broken


def at(setup: Setup, hour: float, sol: int = 9) -> int:
    return tick_at(setup.site, sol, hour)


def night_send(setup: Setup, seconds: int) -> Activity:
    night = max(
        passes_of_sol(setup.orbiter, setup.site, 9),
        key=lambda one: one.usable_set_tick - one.usable_rise_tick,
    )
    return Activity(9, Kind.SEND, night.usable_rise_tick, seconds)


def full_memory(setup: Setup, state: State) -> State:
    """The same with so much to send that no night is long enough."""
    look = (Activity(1, Kind.PANORAMA, at(setup, 11.5), 1500),)
    end = forecast(setup, grounded(setup, 11.2), at(setup, 13.5), look).end
    storage = replace(state.rover.storage, products=end.rover.storage.products[-1:] * 3)
    return replace(state, rover=replace(state.rover, storage=storage))


def test_a_good_plan_breaks_no_rule(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    plan = (
        Activity(1, Kind.PICTURE, at(setup, 10.2), 120, azimuth_rad=3.1),
        Activity(2, Kind.DRIVE, at(setup, 11.0), 5400, 0.0, -12.0),
    )
    assert review(ninety, grounded(setup, 10.0), plan) == ()


@pytest.mark.parametrize("frac", [0.64, 0.7, 0.8, 0.9])
def test_low_charge_is_mended_by_sending_less(ninety: OpenedLevel, frac: float) -> None:
    setup = ninety.setup
    state = full_memory(setup, charged(setup, grounded(setup, 19.0), frac))
    broken = mended(ninety, state, (night_send(setup, 17_000),), "charge_floor")
    assert broken.number == 9
    assert broken.margin < 0.0
    left_s = sum(activity.duration_s for activity in broken.fixed_plan)
    assert left_s < 17_000
    assert (left_s > 0) == broken.fix.startswith("send ")


def test_what_no_leaving_out_can_mend_has_a_step_all_the_same(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = full_memory(setup, charged(setup, grounded(setup, 19.0), 0.5))
    for plan in ((night_send(setup, 17_000),), ()):
        broken = one(review(ninety, state, plan), "charge_floor")
        assert broken.fix
        assert broken.fixed_plan != plan
    assert broken.number == 0


def test_low_charge_without_sending_is_mended_by_leaving_out_the_least(
    ninety: OpenedLevel,
) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 17.5), 0.66)
    plan = (
        Activity(1, Kind.AIR, at(setup, 18.0), 9000, priority=7),
        Activity(2, Kind.AIR, at(setup, 21.0), 9000, priority=3),
    )
    broken = mended(ninety, state, plan, "charge_floor")
    assert broken.number == 2
    assert broken.fix.startswith("leave out air")


def test_a_cold_box_whose_heaters_ran_out_is_mended_by_saving_charge() -> None:
    rules = load_rules()
    flight = rules.flight_rules(rules.rover())
    plan = (Activity(1, Kind.AIR, 1000, 9000),)
    tick = np.array([0.0, 1000.0, 10_000.0, 20_000.0])
    costs = (Cost(1, 1000, 10_000, 1.2 * flight.capacity_j * 0.3, 1e6),)
    charge = np.array([0.5, 0.5, 0.1, 0.05])
    box = np.array([270.0, 260.0, 245.0, 230.0])
    course = Course(tick, charge, box, np.zeros(4), costs=costs)
    found = violations(flight, plan, course, Circumstances(lambda _: True))
    cold = one(found, "box_cold")
    assert (cold.fixed_plan, cold.is_hard, cold.margin) == ((), True, -8.0)
    assert cold.sentence("", "04:10").startswith("The warm box cools to -43")
    warm = replace(course, charge_frac=np.full(4, 0.9))
    cold = one(violations(flight, plan, warm, Circumstances(lambda _: True)), "box_cold")
    assert cold.fix == "let the box heater come on at -31 °C"
    assert cold.fixed_plan[0].command == SetHeater(Heater.BOX, 242.0)


def test_memory_is_mended_by_leaving_out_the_least_important_product() -> None:
    rules = load_rules()
    flight = replace(rules.flight_rules(rules.rover()), memory_bit=100e6)
    plan = (
        Activity(1, Kind.PANORAMA, 1000, 900, priority=4),
        Activity(2, Kind.PANORAMA, 3000, 900, priority=6),
    )
    tick = np.array([0.0, 2000.0, 4000.0, 5000.0])
    costs = (Cost(1, 1000, 1900, 1e4, 40e6), Cost(2, 3000, 3900, 1e4, 40e6))
    filled = np.array([0.18, 0.58, 0.98, 0.98])
    course = Course(tick, np.full(4, 0.9), np.full(4, 270.0), filled, costs=costs)
    (broken,) = violations(flight, plan, course, Circumstances(lambda _: True))
    assert (broken.rule, broken.number) == ("memory_full", 1)
    assert [a.number for a in broken.fixed_plan] == [2]


def test_the_forecast_books_energy_and_data_of_every_activity(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    plan = (
        Activity(1, Kind.PANORAMA, at(setup, 10.2), 1500, azimuth_rad=3.1),
        Activity(2, Kind.AIR, at(setup, 12.0), 3600),
    )
    found = forecast(setup, grounded(setup, 10.0), at(setup, 14.0), plan)
    ring, air = found.costs
    assert (ring.number, air.number) == (1, 2)
    assert ring.made_bit > 10 * air.made_bit > 0
    assert air.end_tick - air.start_tick == 3600
    spec = setup.rover
    instrument_w = next(t.power_w for t in spec.instruments.instrument if t.kind is Kind.AIR)
    awake_w = spec.bus.awake_w - spec.bus.standby_w
    assert air.energy_j == pytest.approx(3600 * (instrument_w + awake_w), rel=0.05)


def test_overlap_is_mended_by_moving_the_later_one(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    drive = Activity(1, Kind.DRIVE, at(setup, 10.5), 5400, 0.0, -12.0)
    look = Activity(2, Kind.PICTURE, at(setup, 11.0), 120, azimuth_rad=3.1)
    broken = mended(ninety, grounded(setup, 10.0), (drive, look), "overlap")
    assert broken.fixed_plan[1].start_tick == drive.start_tick + 5400
    assert broken.value == pytest.approx(5400 - (look.start_tick - drive.start_tick))


def test_a_picture_in_the_dark_is_moved_into_daylight(ninety: OpenedLevel) -> None:
    look = Activity(1, Kind.PICTURE, at(ninety.setup, 21.0), 120, azimuth_rad=3.1)
    broken = mended(ninety, grounded(ninety.setup, 17.0), (look,), "dark")
    assert broken.fix == "move it into daylight"


def test_sending_beside_every_pass_is_moved_into_the_next(ninety: OpenedLevel) -> None:
    plan = (Activity(1, Kind.SEND, at(ninety.setup, 8.0), 900),)
    broken = mended(ninety, grounded(ninety.setup, 7.0), plan, "no_pass")
    assert not broken.is_hard
    assert broken.fix == "move it to the next pass"


def test_what_begins_before_the_plan_is_on_board_is_moved_behind_that(
    ninety: OpenedLevel,
) -> None:
    setup = replace(ninety.setup, is_delayed=True)
    state = grounded(setup, 11.0)
    plan = (Activity(1, Kind.PICTURE, state.tick + 200, 120, azimuth_rad=3.1),)
    broken = mended(ninety, state, plan, "uplink_time", setup)
    assert broken.fixed_plan[0].start_tick > state.tick + 600


def test_cold_wheels_are_warmed_before_the_drive(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    shaded = replace(setup, rover=replace(
        setup.rover, motors=replace(setup.rover.motors, sunlit_m2=0.0)))  # fmt: skip
    state = grounded(shaded, 8.0)
    state = replace(state, rover=replace(state.rover, motor_k=212.0))
    drive = Activity(1, Kind.DRIVE, at(setup, 8.9), 3600, 0.0, -9.0)
    broken = mended(ninety, state, (drive,), "cold_wheels", shaded)
    assert broken.fix.startswith("warm the motors")
    assert [a.kind for a in broken.fixed_plan] == [Kind.WARM_UP, Kind.DRIVE]


def test_wheels_too_cold_for_their_heaters_wait_for_the_day(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = grounded(setup, 7.0)
    state = replace(state, rover=replace(state.rover, motor_k=170.0))
    drive = Activity(1, Kind.DRIVE, at(setup, 7.1), 3600, 0.0, -9.0)
    broken = mended(ninety, state, (drive,), "cold_wheels")
    assert broken.fix == "drive when the day has warmed them"


def test_a_lean_is_mended_by_leaving_the_drive_out() -> None:
    rules = load_rules()
    flight = rules.flight_rules(rules.rover())
    drive = Activity(4, Kind.DRIVE, 1000, 900, 0.0, -9.0)
    tick = np.array([0.0, 1500.0, 3000.0])
    course = Course(
        tick,
        np.full(3, 0.9),
        np.full(3, 270.0),
        np.zeros(3),
        tilt_rad=np.radians([1.0, 22.0, 22.0]),
        costs=(Cost(4, 1000, 1900, 1e4, 0.0),),
    )
    (broken,) = violations(flight, (drive,), course, Circumstances(lambda _: True))
    assert (broken.rule, broken.number, broken.fixed_plan) == ("tilt", 4, ())
    assert broken.sentence("", "11:00") == "The rover leans 22° at 11:00 – the limit is 20°."


def test_a_rover_that_leans_already_may_drive_out_of_there() -> None:
    rules = load_rules()
    flight = rules.flight_rules(rules.rover())
    drive = Activity(4, Kind.DRIVE, 1000, 900, 0.0, -9.0)
    level = np.full(3, 0.9), np.full(3, 270.0), np.zeros(3)
    leaning = Course(
        np.array([0.0, 1500.0, 3000.0]), *level, tilt_rad=np.radians([22.0, 22.0, 8.0])
    )
    assert violations(flight, (drive,), leaning, Circumstances(lambda _: True)) == ()


def test_a_drive_without_time_enough_gets_more(ninety: OpenedLevel) -> None:
    drive = Activity(1, Kind.DRIVE, at(ninety.setup, 10.5), 600, 0.0, -18.0)
    broken = mended(ninety, grounded(ninety.setup, 10.0), (drive,), "drive_time")
    assert broken.value < 0.9
    assert not broken.is_hard


def test_a_condition_nobody_can_read_is_dropped(ninety: OpenedLevel) -> None:
    look = Activity(1, Kind.PICTURE, at(ninety.setup, 11.0), 120, until="chrge > 3")
    broken = mended(ninety, grounded(ninety.setup, 10.0), (look,), "condition")
    assert "chrge" in broken.sentence("Picture", "11:00")


def test_what_the_rover_would_refuse_is_told_with_its_own_sentence(ninety: OpenedLevel) -> None:
    far = Activity(1, Kind.DRIVE, at(ninety.setup, 10.5), 3600, 0.0, -300.0)
    broken = mended(ninety, grounded(ninety.setup, 10.0), (far,), "refused")
    assert "No camera has seen" in broken.sentence("Drive", "10:30")


def test_what_the_plan_itself_leaves_out_breaks_no_rule(ninety: OpenedLevel) -> None:
    go = Activity(1, Kind.SOIL, at(ninety.setup, 10.5), 840, condition="sol > 80")
    stay = Activity(2, Kind.PICTURE, at(ninety.setup, 10.5), 120, instead_of=1)
    assert review(ninety, grounded(ninety.setup, 10.0), (go, stay)) == ()


def test_one_activity_is_blamed_once(ninety: OpenedLevel) -> None:
    refusal = Refusal(1, 36_000, "It is dark.")
    look = Activity(1, Kind.PICTURE, 36_000, 120)
    tick = np.array([30_000.0, 90_000.0])
    course = Course(tick, np.ones(2), np.full(2, 270.0), np.zeros(2), refusals=(refusal,))
    (found,) = violations(ninety.flight_rules, (look,), course, Circumstances(lambda _: False))
    assert (found.rule, found.fix, found.fixed_plan) == ("dark", "leave out picture", ())


def test_hard_rules_come_first_and_every_check_is_used(ninety: OpenedLevel) -> None:
    rules: FlightRules = ninety.flight_rules
    assert {rule.check for rule in rules.rule} == set(CHECKS)
    tick = np.array([30_000.0, 90_000.0])
    low = Course(tick, np.array([0.9, 0.2]), np.full(2, 270.0), np.zeros(2))
    send = Activity(1, Kind.SEND, 40_000, 600)
    around = Circumstances(lambda _: True, lambda _: ((80_000, 81_000),))
    found = violations(rules, (send,), low, around)
    assert [violation.is_hard for violation in found] == [True, False]


def test_a_rule_with_an_unknown_check_is_named() -> None:
    rule = {"name": "x", "check": "chrge", "is_hard": True, "limit": 0.0, "words": ""}
    rules = load_rules({"mission": {"flight_rules": {"rule": [rule]}}})
    with pytest.raises(ConfigError, match="did you mean 'charge'"):
        rules.flight_rules(rules.rover())


def test_percents_that_round_alike_show_a_decimal_and_reasons_are_not_said_twice() -> None:
    words = "Charge reaches {value:.0%} at {clock} – the floor is {limit:.0%}."
    close = Violation("floor", 0, 0.296, 0.3, 0, "", (), words=words)
    told = "Charge reaches 29.6 % at 18:24 – the floor is 30.0 %."
    assert close.sentence("Send", "18:24") == told
    far = replace(close, value=0.21)
    assert far.sentence("Send", "18:24") == "Charge reaches 21 % at 18:24 – the floor is 30 %."
    refused = replace(close, words="{name} at {clock}: {reason}", reason="Panorama: too dark.")
    assert refused.sentence("Panorama", "18:24") == "Panorama at 18:24: too dark."
