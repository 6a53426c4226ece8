"""After a stop the window offers what the rover offers, by pointer and by keys."""

from collections.abc import Iterator

import pygame
import pytest

from game.commands import Creep, Drive, TakePicture
from game.events import DriveEnded
from game.ui.canvas import Canvas
from game.ui.draw.hud import hud_layout
from game.ui.input import Pointed
from game.ui.missions import Run, start
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from game.ui.ways_on import SHOWN_S
from game.wheel_events import Choice, StopReason
from tests.ui.tape import Tape
from tests.ui.window import plain_play, press

BACK = Choice("Back up 2 m.", Drive(-2.0))
ONWARD = Choice("Creep on: six metres an hour, and up to 25 degrees.", Creep(2.0))
STOP = DriveEnded(0, 3.0, 9e3, "The wheels slip too much.", StopReason.SLIP, (BACK, ONWARD))


@pytest.fixture(scope="module")
def opened() -> Run:
    return start("ripple-field", 7, None)


@pytest.fixture
def play(shell: Shell, run: Run, canvas: Canvas) -> Iterator[PlayScreen]:
    screen = plain_play(shell, run)
    screen.ways.take((STOP,))
    screen.draw(canvas)
    yield screen
    screen.close()


def issued(play: PlayScreen) -> list[object]:
    return [entry.command for entry in play.desk.flight.session.log]


def test_a_click_takes_a_way_on(play: PlayScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play.desk, "refusal_of", lambda _: "")
    x, y = play.ways.boxes[1].centre
    play.handle(Pointed(x, y, 1, is_down=True))
    assert issued(play)[-1] == ONWARD.command
    assert not play.ways.choices


def test_keys_mark_take_and_close(play: PlayScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play.desk, "refusal_of", lambda _: "")
    play.handle(press("next_field", "hide_panels"))
    assert play.ways.marked == 1
    assert play.has_sides  # Tab belongs to the list while it is shown
    play.handle(press("previous_field"))
    play.handle(press("confirm"))
    assert issued(play)[-1] == BACK.command
    play.ways.take((STOP,))
    play.handle(press("back"))
    assert not play.ways.choices
    play.handle(press("next_field", "hide_panels"))
    assert not play.has_sides


def test_what_the_rover_refuses_is_said_and_stays(
    play: PlayScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play.desk, "refusal_of", lambda _: "The motors are too cold.")
    count = len(issued(play))
    play.handle(press("confirm"))
    assert len(issued(play)) == count
    assert "too cold" in play.desk.captions.words
    assert play.ways.choices


def test_the_list_goes_with_the_next_drive_or_with_time(play: PlayScreen) -> None:
    play.ways.update(0.1, is_driving=False)
    assert play.ways.choices
    play.ways.update(0.1, is_driving=True)
    assert not play.ways.choices
    play.ways.take((STOP,))
    play.ways.update(SHOWN_S + 1.0, is_driving=False)
    assert not play.ways.choices


def test_a_picture_alone_is_no_question(play: PlayScreen) -> None:
    look = Choice("Take a picture of what lies ahead.", TakePicture(0.0))
    play.ways.take((DriveEnded(0, 3.0, 9e3, "There.", StopReason.DONE, (look,)),))
    assert not play.ways.choices


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5])
def test_sentences_stay_in_their_rows(play: PlayScreen, shell: Shell, scale: float) -> None:
    tape = Tape(pygame.display.set_mode((1280, 720)), scale, shell.letters)
    play.draw(tape)
    tape.all_inside(tape.page.box)
    boxes, place = play.ways.boxes, hud_layout(tape.page)
    assert len(boxes) == 2
    assert boxes[-1].bottom < place.strip.y
    assert max(box.right for box in boxes) < place.actions.x
    assert tape.page.h < 700 or boxes[0].y - 30 > place.health.bottom
