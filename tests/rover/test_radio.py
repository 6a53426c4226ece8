import pytest

from game.rover.radio import (
    RadioState,
    RadioWish,
    direct_bit,
    ready_tick,
    sending_energy_j,
    sent_by,
    step_radio,
)
from game.units import WH_J
from tests.rover.payload_cases import shipped_payload

SPEC = shipped_payload().radio
SENDING = RadioWish(is_wanted=True, is_heard=True, has_waiting=True)


def test_a_radio_nobody_wants_is_off_and_free() -> None:
    idle = RadioWish(is_wanted=False, is_heard=True, has_waiting=True)
    state, use = step_radio(SPEC, RadioState(on_tick=5), idle, 100, 130)
    assert (state.on_tick, use.power_w, use.from_tick) == (-1, 0.0, 130)


def test_no_bit_flows_before_it_is_warm() -> None:
    state, use = step_radio(SPEC, RadioState(), SENDING, 1_000, 1_030)
    assert use.from_tick == 1_030
    assert use.power_w == SPEC.listen_w
    assert ready_tick(SPEC, state, 1_030) == 1_000 + SPEC.warm_up_s


def test_energy_and_first_bit_do_not_depend_on_the_split_of_time() -> None:
    def run(step_s: int) -> tuple[float, int]:
        state, energy_j, first = RadioState(), 0.0, 0
        for start in range(0, 600, step_s):
            state, use = step_radio(SPEC, state, SENDING, start, start + step_s)
            energy_j += use.power_w * step_s
            first = first or (use.from_tick if use.from_tick < start + step_s else 0)
        return energy_j, first

    whole = run(600)
    assert whole[1] == SPEC.warm_up_s
    for step_s in (1, 7 * 12, 30, 300):
        if 600 % step_s == 0:
            assert run(step_s) == pytest.approx(whole)


def test_without_an_orbiter_or_data_it_only_listens() -> None:
    for wish in (RadioWish(True, False, True), RadioWish(True, True, False)):
        _, use = step_radio(SPEC, RadioState(on_tick=0), wish, 500, 530)
        assert (use.power_w, use.from_tick) == (SPEC.listen_w, 530)


def test_a_whole_night_pass_costs_about_200_wh() -> None:
    # game design, section 2: 34-41 Mbit for roughly 200 Wh; usable 12,180-19,390 s; 25 %
    mean_s = (12_180 + 19_390) / 2
    assert sending_energy_j(SPEC, mean_s) / WH_J == pytest.approx(200.0, rel=0.25)


def test_the_line_to_earth_carries_sixteen_bits_a_second() -> None:
    # mission dossier, section 2.3
    assert direct_bit(SPEC, 0, 3_600) == 16 * 3_600
    direct = RadioWish(True, True, True, is_direct=True)
    assert step_radio(SPEC, RadioState(on_tick=0), direct, 500, 530)[1].power_w == SPEC.direct_w


def test_what_went_up_is_added_to_pass_and_mission() -> None:
    state = sent_by(sent_by(RadioState(), 100, 7), 50, 0)
    assert (state.pass_sent_bit, state.pass_repeated_bit, state.repeated_bit) == (150, 7, 7)


def test_a_radio_that_is_switched_off_keeps_its_sums_and_its_weakness() -> None:
    weak = RadioState(on_tick=5, pass_sent_bit=9, repeated_bit=3, gain_db=-2.0)
    idle = RadioWish(is_wanted=False, is_heard=True, has_waiting=True)
    state, _ = step_radio(SPEC, weak, idle, 100, 130)
    assert (state.on_tick, state.pass_sent_bit, state.repeated_bit) == (-1, 9, 3)
    assert state.gain_db == -2.0
