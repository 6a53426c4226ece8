"""The tray: everything the rover can do besides the six actions, with reasons and costs."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.commands import Command, Creep, SetBody
from game.ui.canvas import Canvas
from game.ui.draw.icons import icon
from game.ui.facts.tray import GROUPS, tray_cells
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.screen import Pop, Push
from game.ui.screens.play import PlayScreen
from game.ui.screens.tray import TrayScreen
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import plain_play, press

ITEMS = [item for group in GROUPS for item in group.items]


@pytest.fixture
def play(shell: Shell, run: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, run)
    yield screen
    screen.close()


def sent(play: PlayScreen) -> list[Command]:
    return [entry.command for entry in play.desk.flight.session.log]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_every_item_has_an_icon_and_a_command(play: PlayScreen, item: object) -> None:
    assert icon(item.icon, 20, (255, 255, 255)).get_width() == 20  # type: ignore[attr-defined]
    assert item.command(play.desk.flight.state) is not None  # type: ignore[attr-defined]


def test_every_item_says_why_not_or_what_it_takes(play: PlayScreen) -> None:
    flight = play.desk.flight
    for _, cells in tray_cells(flight.session.setup, flight.state):
        for cell in cells:
            assert cell.reason or cell.effect, cell.item.name


def test_the_tray_opens_by_key_and_by_pointer_and_closes(play: PlayScreen, canvas: Canvas) -> None:
    play.draw(canvas)
    opened = play.handle(press("more"))
    assert isinstance(opened, Push)
    assert isinstance(opened.screen, TrayScreen)
    assert isinstance(opened.screen.handle(press("menu")), Pop)
    by_pointer = play.handle(Pointed(834, 548, 1, is_down=True))
    assert isinstance(by_pointer, Push)
    assert isinstance(by_pointer.screen, TrayScreen)


def test_what_cannot_be_done_stays_visible_and_does_nothing(play: PlayScreen, tape: Tape) -> None:
    tray = TrayScreen(play)
    tray.draw(tape)
    tape.all_inside(tape.page.box)
    refused = next(c for _, cells in tray.groups for c in cells if c.reason)
    assert tray.use(refused) is None
    assert sent(play) == []


def test_arrows_reach_a_cell_and_enter_gives_its_command(play: PlayScreen, canvas: Canvas) -> None:
    flight = play.desk.flight
    play.shell.reader.held.add("forward")
    for _ in range(400):
        play.update(0.05)
        if flight.state.rover.mobility.odometer_m > 1.0 and not (
            flight.state.rover.mobility.is_on_lander
        ):
            break
    play.shell.reader.held.clear()
    for _ in range(40):
        play.update(0.05)
    tray = TrayScreen(play)
    tray.draw(canvas)
    for _ in range(2):
        tray.handle(press("backward"))
    for _ in range(4):
        tray.handle(press("right"))
    assert tray.cell.item.name == "body_up"
    assert tray.cell.reason == ""
    assert isinstance(tray.handle(press("confirm")), Pop)
    assert sent(play)[-1] == SetBody(0.05)
    boxes = tray.boxes(canvas.page)[1]
    assert isinstance(tray.handle(Pointed(*boxes[2][2].centre, 1, is_down=True)), Pop)
    assert isinstance(sent(play)[-1], Creep)


def test_what_cannot_be_taken_back_is_asked_twice(play: PlayScreen, tape: Tape) -> None:
    tray = TrayScreen(play)
    cells = [cell for _, group in tray.groups for cell in group]
    grave = next(cell for cell in cells if cell.item.is_grave)
    open_cell = replace(grave, reason="")
    assert tray.use(open_cell) is None
    assert sent(play) == []
    tray.draw(tape)
    assert isinstance(tray.use(open_cell), Pop)
    assert len(sent(play)) == 1
