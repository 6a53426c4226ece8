"""The queue of the data page and the rest of the plan: order, passes, and what is left out."""

from dataclasses import replace

import pytest

from game.commands import (
    Discard,
    MoveBefore,
    SetPriority,
    SortQueue,
    UplinkPlan,
)
from game.ui.canvas import Canvas
from game.ui.facts.queue import coming, expected_storage, queue_rows
from game.ui.input import Pointed
from game.ui.screens.data import ROW, DataScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from tests.ui.products import product
from tests.ui.window import click, press, release


@pytest.fixture
def play(stocked: PlayScreen) -> PlayScreen:
    return stocked


def commands(play: PlayScreen) -> list[object]:
    return [entry.command for entry in play.desk.flight.session.log]


def test_the_queue_is_dragged_into_order(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    x, y = screen._list.x + 60, screen._list.y
    screen.handle(click(x, y + 2.5 * ROW))
    screen.handle(Pointed(x, y + 10))
    screen.handle(release(x, y + 10))
    assert commands(play) == [MoveBefore(502, 500)]
    assert [row.number for row in screen.page.rows] == [502, 500, 501, 503]
    screen.handle(press("later"))
    assert [row.number for row in screen.page.rows] == [500, 502, 501, 503]
    screen.move(0, 4)
    assert [row.number for row in screen.page.rows][-1] == 500


def test_a_page_opened_again_knows_what_has_been_asked(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    screen.move(3, 0)
    again = DataScreen(play)
    assert [row.number for row in again.page.rows] == [row.number for row in screen.page.rows]


def test_sorting_holding_back_and_discarding_are_commands(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    screen.use("sort")
    assert [row.number for row in screen.page.rows] == [500, 501, 502, 503]
    screen.use("hold_back")
    assert screen.page.rows[-1].is_held
    screen.use("delete")
    assert not any(isinstance(one, Discard) for one in commands(play))
    screen.use("delete")
    kinds = [type(one) for one in commands(play)]
    assert kinds == [SortQueue, SetPriority, Discard]
    assert len(screen.page.rows) == 3


def test_the_queue_says_which_pass_takes_what(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    passes = coming(setup, state, state.tick)
    assert len(passes) == 2
    big = replace(state.rover.storage, products=(product(1, 100, 1), product(2, 5_000, 1)))
    rows = queue_rows(big, passes)
    assert rows[0].reach == passes[0].name
    assert rows[1].reach == "later"


def test_what_is_expected_is_what_the_rover_does(play: PlayScreen) -> None:
    session = play.desk.flight.session
    play.desk.issue(MoveBefore(503, 500))
    expected = expected_storage(session)
    while session.waiting_count or session.state.uplink:
        session.advance_once()
    numbers = [one.number for one in session.state.rover.storage.products]
    assert numbers == [one.number for one in expected.products]


def test_leaving_out_an_activity_sends_a_shorter_plan(play: PlayScreen, canvas: Canvas) -> None:
    screen = PowerScreen(play)
    screen.draw(canvas)
    assert screen.page.shed
    row = screen.page.shed[0]
    screen.leave_out()
    (sent,) = commands(play)
    assert isinstance(sent, UplinkPlan)
    assert all(activity.number != row.number for activity in sent.activities)
    assert all(one.number != row.number for one in screen.page.shed)
