from itertools import pairwise

import pytest

from game.ui.pacing import (
    Pace,
    Signs,
    Situation,
    eased,
    frame_cut_s,
    load_pace,
    night_frac,
    reason,
    situation_of,
    stepped_choice,
    wanted_rate,
    with_choice,
    with_pause,
    with_situation,
)

SPEC = load_pace()
EASE_S = 0.25


def settled(pace: Pace) -> Pace:
    return eased(SPEC, pace, 1.0, EASE_S)


def test_turning_wheels_run_at_sixty() -> None:
    pace = settled(with_situation(SPEC, Pace(), Situation.DRIVE))
    assert pace.rate == 60.0
    assert reason(SPEC, pace) == "slowed for driving"


def test_a_twenty_metre_drive_takes_about_eight_seconds() -> None:
    # 200 m/h while turning, and a stop of 45 s after every half metre.
    turning_s, looking_s = 20 / 200 * 3600, 40 * 45
    real_s = turning_s / SPEC.rate(Situation.DRIVE) + looking_s / SPEC.rate(Situation.LOOK)
    assert real_s == pytest.approx(8.0, abs=0.5)


def test_legs_and_looks_of_one_drive_are_not_blurred_by_easing() -> None:
    driving = settled(with_situation(SPEC, Pace(), Situation.DRIVE))
    looking = with_situation(SPEC, driving, Situation.LOOK)
    assert looking.rate == 900.0
    assert with_situation(SPEC, looking, Situation.DRIVE).rate == 60.0


def test_other_changes_ease_over_a_quarter_of_a_second() -> None:
    waiting = settled(Pace())
    braking = with_situation(SPEC, waiting, Situation.CONTACT)
    half_way = eased(SPEC, braking, EASE_S / 2, EASE_S)
    assert half_way.rate == pytest.approx((900 * 60) ** 0.5)
    assert eased(SPEC, half_way, EASE_S, EASE_S).rate == 60.0


def test_pausing_stops_and_going_on_returns_to_the_same_rate() -> None:
    pace = settled(with_situation(SPEC, Pace(), Situation.INSTRUMENT))
    stopped = settled(with_pause(pace, is_paused=True))
    assert stopped.rate == 0.0
    assert settled(with_pause(stopped, is_paused=False)).rate == 300.0


def test_a_chosen_rate_belongs_to_its_situation() -> None:
    pace = with_choice(with_situation(SPEC, Pace(), Situation.DRIVE), 10.0)
    assert wanted_rate(SPEC, pace) == 10.0
    assert reason(SPEC, pace) == "your choice"
    assert wanted_rate(SPEC, with_situation(SPEC, pace, Situation.WAIT)) == 900.0
    again = with_situation(SPEC, with_situation(SPEC, pace, Situation.WAIT), Situation.DRIVE)
    assert wanted_rate(SPEC, again) == 10.0
    assert wanted_rate(SPEC, with_choice(again, None)) == 60.0


def test_a_hitch_is_dropped_not_chased() -> None:
    assert frame_cut_s(SPEC, 20.0) == SPEC.hitch_s
    assert frame_cut_s(SPEC, 0.016) == 0.016


def test_slipping_wheels_want_more_attention_than_anything_else() -> None:
    signs = Signs(is_turning=True, is_contact=True, is_caution=True)
    assert situation_of(signs) is Situation.CAUTION
    assert situation_of(Signs(is_looking=True, is_contact=True)) is Situation.CONTACT
    assert situation_of(Signs()) is Situation.WAIT


def test_the_night_is_slow_at_both_ends_and_takes_six_seconds() -> None:
    assert night_frac(SPEC, 0.0) == 0.0
    assert night_frac(SPEC, 6.0) == 1.0
    assert night_frac(SPEC, 0.3) < 0.02
    steps = [night_frac(SPEC, k / 10) for k in range(61)]
    fastest = max(b - a for a, b in pairwise(steps)) * 10
    # a night of ten Mars hours at its fastest
    assert fastest * 10 * 3699 == pytest.approx(SPEC.night_peak, rel=0.06)


def test_choices_step_up_and_down_and_stop_at_the_ends() -> None:
    choices = (1.0, 10.0, 60.0, 300.0, 900.0)
    assert stepped_choice(60.0, choices, 1) == 300.0
    assert stepped_choice(900.0, choices, 1) == 900.0
    assert stepped_choice(1.0, choices, -1) == 1.0
