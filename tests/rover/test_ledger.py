"""The books of energy: exact, by name, and honest about what shedding a load buys."""

import math
from dataclasses import replace

import pytest

from game.commands import SampleAir, Send, UplinkPlan
from game.environment.clock import sol_start_tick, tick_at
from game.levels.open import OpenedLevel
from game.machine_commands import SetWings, WingMode
from game.rover.battery import Load
from game.rover.ledger import Books, Ledger, ledger, load_names, made_wh, totals_j
from game.rover.meters import used_j
from game.session import Session
from game.state import Setup, State
from game.units import WH_J
from tests.rover.desks import grounded


def books_of(setup: Setup, state: State) -> Ledger:
    rover = state.rover
    return ledger(
        setup.rover.power,
        setup.rover.instruments,
        rover.books,
        rover.power,
        rover.meters,
        (state.tick, rover.thermal.battery_k),
    )


@pytest.fixture(name="two_sols", scope="module")
def _two_sols(ninety: OpenedLevel) -> tuple[Setup, State]:
    setup = ninety.setup
    session = Session(setup, grounded(setup, 9.0))
    for hour, command in ((12.0, SampleAir(1800)), (14.0, SetWings(WingMode.TRACK))):
        session.advance_to(tick_at(setup.site, 9, hour))
        session.issue(command)
    session.advance_to(tick_at(setup.site, 10, 2.0))
    session.issue(Send(900))
    session.advance_to(tick_at(setup.site, 10, 15.0))
    session.issue(UplinkPlan(()))
    session.advance_to(tick_at(setup.site, 10, 16.0))
    return setup, session.state


def test_rows_add_up_to_what_was_used_today_and_yesterday(two_sols: tuple[Setup, State]) -> None:
    found = books_of(*two_sols)
    today = sum(row.today_wh for row in found.rows)
    yesterday = sum(row.yesterday_wh for row in found.rows)
    assert today == pytest.approx(found.used_today_wh, rel=1e-9)
    assert yesterday == pytest.approx(found.used_yesterday_wh, rel=1e-9)
    assert today + yesterday == pytest.approx(two_sols[1].rover.power.consumed_j / WH_J, rel=1e-9)
    assert used_j(two_sols[1].rover.meters) == pytest.approx(
        two_sols[1].rover.power.consumed_j, rel=1e-9
    )


def test_every_load_that_ran_is_there_by_name(two_sols: tuple[Setup, State]) -> None:
    rows = {row.name: row for row in books_of(*two_sols).rows}
    assert set(rows) == set(load_names(two_sols[0].rover.instruments))
    for name in ("computer", "weather record", "wing motors"):
        assert rows[name].yesterday_wh > 0.0, name
    assert rows["radio"].today_wh > 0.0
    assert rows["battery heater"].today_wh > 0.0
    assert rows["driving"].today_wh == rows["driving"].yesterday_wh == 0.0


def test_what_comes_in_is_used_stored_or_lost(two_sols: tuple[Setup, State]) -> None:
    setup, state = two_sols
    found, midnight = books_of(setup, state), state.rover.books
    stored_wh = found.made_today_wh - found.used_today_wh
    stored_wh -= found.trip_today_wh + found.spilled_today_wh + found.refused_today_wh
    made = len(midnight.midnight_j) - 5
    generated, consumed, trip, spilled, refused = midnight.midnight_j[made:]
    first_j = setup.rover.start_charge_frac * setup.rover.power.capacity_wh * WH_J
    charge_j = first_j + generated - consumed - trip - spilled - refused
    assert charge_j / WH_J + stored_wh == pytest.approx(state.rover.power.charge_j / WH_J)


def test_shedding_a_load_buys_the_hours_it_would_have_eaten(two_sols: tuple[Setup, State]) -> None:
    found = books_of(*two_sols)
    span_h = (two_sols[1].rover.books.tick - two_sols[1].rover.books.before_tick) / 3600.0
    mean_w = found.used_yesterday_wh / span_h
    assert found.lasts_h == pytest.approx(found.usable_wh / mean_w)
    computer = found.rows[0]
    without_w = mean_w - computer.yesterday_wh / span_h
    assert computer.buys_h == pytest.approx(found.usable_wh / without_w - found.lasts_h)
    assert computer.load is None
    heater = next(row for row in found.rows if row.name == "box heater")
    assert heater.load is Load.BOX_HEATER
    idle = next(row for row in found.rows if row.name == "driving")
    assert idle.buys_h == 0.0


def test_the_first_sol_has_no_yesterday(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    session = Session(setup)
    session.advance_to(sol_start_tick(setup.site, 1) + 80_000)
    found = books_of(setup, session.state)
    assert found.made_yesterday_wh == 0.0
    assert found.used_today_wh > 0.0
    assert found.lasts_h < math.inf


def test_nothing_is_known_of_a_sol_before_it_has_passed(ninety: OpenedLevel) -> None:
    power = grounded(ninety.setup).rover.power
    meters = grounded(ninety.setup).rover.meters
    assert made_wh(Books(), power) == math.inf
    sums = totals_j(power, meters)
    assert made_wh(Books(100, 50, sums, sums), power) == 0.0
    more = replace(power, generated_j=power.generated_j + 7.0 * WH_J)
    assert made_wh(Books(100, 50, sums, sums), more) == pytest.approx(7.0)
