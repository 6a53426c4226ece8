"""Only the truth is moved: on plain ground, no pixel of any screen may change.

The ground is of one colour here, as cameras would show it everywhere alike; so all that is seen is
signs, words and numbers. Real ground may differ close by: there the camera looks at the rover.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.commands import Activity, ActivityKind
from game.session import Session
from game.state import KeepOut, State
from game.ui.canvas import Canvas
from game.ui.draw.marks import SILENT
from game.ui.draw.tracks import TrackIndex
from game.ui.missions import Run
from game.ui.screens.map import MapScreen
from game.ui.screens.pages import PAGES
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.viewer import ViewerScreen, facts_of
from game.ui.shell import Shell
from tests.astray import TURNED_RAD, driven_by_belief, moved_truth, unseen
from tests.rover.desks import grounded
from tests.ui.products import with_products
from tests.ui.window import plain_play

Look = Callable[[PlayScreen, Canvas], object]
NEAR, MID, FAR = 46.0, 14.0, 4.0


def states(opened: Run) -> tuple[State, State]:
    """The rover after some driving, with a drive planned; where it believes to be, and 20 m off."""
    setup = opened.opened.setup
    state = driven_by_belief(unseen(setup, with_products(grounded(setup, hour=10.0))))
    rover = state.rover
    drive = Activity(9, ActivityKind.DRIVE, state.tick + 900, 5400, 3.0, -24.0)
    track = tuple((0.1 * k, -0.2 * k) for k in range(30))
    sequencer = replace(rover.sequencer, plan=(drive, *rover.sequencer.plan))
    state = replace(state, rover=replace(rover, sequencer=sequencer, track=track))
    return state, moved_truth(state, turn_rad=TURNED_RAD)


def pictures(opened: Run, shell: Shell, canvas: Canvas, look: Look) -> list[np.ndarray]:
    """Draw both; the lander's name is left out, which stands where a camera sees the lander."""
    found, places = [], tuple(p for p in opened.opened.setup.places if p.kind not in SILENT)
    zones = (KeepOut("soft ground", 3.0, -10.0, 2.0),)
    setup = replace(opened.opened.setup, places=places, keep_outs=zones)
    level = replace(opened.opened, setup=setup)
    for state in states(opened):
        run = Run(level, Session(level.setup, state))
        play = plain_play(shell, run)
        play.desk.flight.pause(is_paused=True)
        canvas.surface.fill((120, 84, 56))
        look(play, canvas)
        found.append(pygame.surfarray.array3d(canvas.surface).copy())
        play.close()
    return found


def assert_same(found: list[np.ndarray]) -> None:
    differing = np.argwhere((found[0] != found[1]).any(axis=2))
    assert not len(differing), (len(differing), differing.min(axis=0), differing.max(axis=0))


@pytest.mark.parametrize("scale_px_m", [NEAR, MID])
def test_close_by_everything_lies_around_the_rover_as_the_map_has_it(
    opened: Run, shell: Shell, canvas: Canvas, scale_px_m: float
) -> None:
    def look(play: PlayScreen, page: Canvas) -> None:
        place = play.desk.flight.state.rover.mobility
        play.stage.camera.jump(place.x_m, place.y_m, scale_px_m)
        play.pointer, play.hover_s = play.stage.rover_at(page), 10.0
        play.draw(page)

    assert_same(pictures(opened, shell, canvas, look))


def test_from_afar_the_play_screen_does_not_tell(opened: Run, shell: Shell, canvas: Canvas) -> None:
    def look(play: PlayScreen, page: Canvas) -> None:
        play.stage.camera.jump(0.0, -10.0, FAR)
        play.draw(page)

    assert_same(pictures(opened, shell, canvas, look))


@pytest.mark.parametrize("scale_px_m", [NEAR, FAR])
def test_the_plan_does_not_tell(
    opened: Run, shell: Shell, canvas: Canvas, scale_px_m: float
) -> None:
    def look(play: PlayScreen, page: Canvas) -> None:
        plan = PlanScreen(play)
        plan.draw(page)
        place = play.desk.flight.state.rover.mobility
        here = (place.x_m, place.y_m) if scale_px_m == NEAR else (0.0, -10.0)
        play.stage.camera.jump(*here, scale_px_m)
        plan.planning.choose(9)
        plan.planning.settle()
        plan.draw(page)

    assert_same(pictures(opened, shell, canvas, look))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_tells(opened: Run, shell: Shell, canvas: Canvas, name: str) -> None:
    def look(play: PlayScreen, page: Canvas) -> None:
        screen = PAGES[name](play)
        screen.draw(page)
        if isinstance(screen, MapScreen):
            screen.measure((4.0, -30.0))
            screen.draw(page)

    assert_same(pictures(opened, shell, canvas, look))


def test_a_picture_is_told_from_where_the_rover_believed_to_be(
    opened: Run, shell: Shell, canvas: Canvas
) -> None:
    here, away = (one.rover.storage.products[0] for one in states(opened))
    assert away.x_m != here.x_m
    assert facts_of(away) == facts_of(here)

    def look(play: PlayScreen, page: Canvas) -> None:
        number = play.desk.flight.state.rover.storage.products[0].number
        ViewerScreen(play, number, auto_close=False).draw(page)

    assert_same(pictures(opened, shell, canvas, look))


def test_a_moved_estimate_would_be_seen(opened: Run, shell: Shell, canvas: Canvas) -> None:
    """The comparisons can fail: another belief is another map."""
    here = states(opened)[0]
    elsewhere = moved_truth(here, (5.0, 0.0))
    place = elsewhere.rover.mobility
    belief = replace(place.estimate, x_m=place.x_m, mark_at_x_m=place.x_m)
    rover = replace(elsewhere.rover, mobility=replace(place, estimate=belief))
    found = []
    for state in (here, replace(elsewhere, rover=rover)):
        play = plain_play(shell, Run(opened.opened, Session(opened.opened.setup, state)))
        play.stage.camera.jump(0.0, -10.0, FAR)
        play.draw(canvas)
        found.append(pygame.surfarray.array3d(canvas.surface).copy())
        play.close()
    assert (found[0] != found[1]).any()


def test_a_map_shows_no_wheel_tracks_however_close(opened: Run, shell: Shell) -> None:
    play = plain_play(shell, Run(opened.opened, Session(opened.opened.setup, states(opened)[0])))
    stage = play.stage
    place = stage.flight.state.rover.mobility
    stage.camera.jump(place.x_m, place.y_m, NEAR)
    assert stage.scene().track_m
    with stage.as_map():
        assert stage.scene().track_m == ()
    stage.camera.jump(place.x_m, place.y_m, FAR)
    assert stage.scene().track_m == ()
    play.close()


def test_hidden_tracks_come_back_as_they_were() -> None:
    index, track = TrackIndex(), tuple((0.1 * k, 0.0) for k in range(20))
    index.follow(track)
    key = (-4, 0, 0)
    assert index.revision(key) == len(index.runs(key)[0].points_m) == 20
    index.follow(())
    assert index.revision(key) == 0
    assert index.runs(key) == ()
    index.follow((*track, (2.0, 0.0)))
    assert index.revision(key) == 21
    assert len(index.points_m) == 21
