import math

import pytest

from game.conditions import holds, parse_condition
from game.rover.storage import waiting_bit
from game.telemetry import CHANNELS, Readings, readings
from tests.flights import ten_sols

ENDINGS = {
    "s": ("tick", "_s"),
    "sol": ("sol",),
    "h": ("_h",),
    "rad": ("_rad",),
    "A": ("_a",),
    "m": ("_m",),
    "m2": ("_m2",),
    "m/s": ("_m_s",),
    "W": ("_w",),
    "W/m2": ("_w_m2",),
    "K": ("_k",),
    "Pa": ("_pa",),
    "J": ("_j",),
    "bit": ("_bit",),
    "bit/s": ("_bit_s",),
    "dB": ("_db",),
    "J/m": ("_j_m",),
    "wt%": ("_wt",),
    "-": ("_frac", "_count", ""),
}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_ends_in_its_unit_and_says_what_it_means(name: str) -> None:
    channel = CHANNELS[name]
    assert name.endswith(ENDINGS[channel.unit])
    assert channel.meaning


def test_every_channel_is_finite_along_a_mission_but_the_wait_for_a_pass() -> None:
    flight = ten_sols()
    for state in flight.states:
        for name, value in readings(flight.setup, state).items():
            assert type(value) is float, name
            assert math.isfinite(value) or name == "next_pass_s", (name, state.tick)


def test_shares_stay_between_nothing_and_all() -> None:
    flight = ten_sols()
    for state in flight.states:
        found = readings(flight.setup, state)
        for name in found:
            if name.endswith("_frac"):
                # wheels that are pushed downhill turn too slowly: negative slip
                least = -1.0 if name in ("slip_frac", "wheel_slip_frac") else 0.0
                assert least <= found[name] <= 1.0, (name, state.tick)


def test_what_only_grows_only_grows() -> None:
    flight = ten_sols()
    names = (
        "tick",
        "odometer_m",
        "generated_j",
        "consumed_j",
        "made_bit",
        "home_bit",
        "charted_m2",
    )
    rows = [readings(flight.setup, state) for state in flight.states]
    for name in (*names, "goals_count", "find_home_count", "heater_j", "radio_j", "drive_j"):
        series = [row[name] for row in rows]
        assert series == sorted(series), name


def test_data_made_is_sent_kept_and_lost_in_every_state() -> None:
    for state in ten_sols().states:
        storage = state.rover.storage
        assert storage.made_bit == storage.sent_bit + waiting_bit(storage) + storage.lost_bit
        flying = sum(one.product.sent_bit for one in storage.flying)
        parts = sum(product.sent_bit for product in storage.products)
        assert storage.sent_bit == storage.home_bit + flying + parts


@pytest.mark.parametrize("name", CHANNELS)
def test_conditions_on_board_can_ask_every_channel(name: str) -> None:
    flight = ten_sols()
    condition = parse_condition(f"{name} <= 1e30 or {name} > 0", CHANNELS)
    assert holds(condition, readings(flight.setup, flight.states[-1]))


def test_readings_worked_out_when_asked_are_the_same() -> None:
    flight = ten_sols()
    for state in flight.states[::8]:
        assert dict(Readings(flight.setup, state)) == readings(flight.setup, state)
    assert len(Readings(flight.setup, flight.states[0])) == len(CHANNELS)
