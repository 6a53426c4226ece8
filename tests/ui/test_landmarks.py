"""Maps name what is there and what has been told; the small camera is where it was set down."""

import math
from dataclasses import replace

from game.environment.clock import tick_at
from game.rover.small_camera import placed
from game.state import State
from game.ui.camera import View
from game.ui.draw.lander import HardwarePainter, load_hardware
from game.ui.draw.scene import Moment, scene_of
from game.ui.landmarks import known_places, standing_places
from game.ui.missions import Run
from game.ui.screens.map import MapScreen
from game.ui.screens.play import PlayScreen
from tests.ui.tape import Tape

SPOT = (-4.0, -9.0)


def with_camera(run: Run, state: State) -> State:
    """The same after the small camera has been set down."""
    spec = run.opened.setup.rover.instruments.small_camera
    deck = replace(state.rover.deck, camera=placed(spec, *SPOT))
    return replace(state, rover=replace(state.rover, deck=deck))


def test_the_small_camera_stands_nowhere_before_it_is_set_down(opened: Run) -> None:
    setup, state = opened.opened.setup, opened.session.state
    assert state.rover.deck.camera is None
    assert "camera" not in {place.name for place in standing_places(setup, state)}
    assert "camera" not in {
        place.name for place in scene_of(setup, state, state, Moment(1.0)).places
    }


def test_the_small_camera_is_seen_where_it_was_set_down(opened: Run) -> None:
    setup, before = opened.opened.setup, opened.session.state
    after = with_camera(opened, before)
    (camera,) = [p for p in known_places(opened.opened, after) if p.name == "camera"]
    assert (camera.x_m, camera.y_m) == SPOT
    assert camera in scene_of(setup, before, after, Moment(1.0)).places
    assert camera not in scene_of(setup, before, after, Moment(0.5)).places  # not there yet


def test_the_small_camera_looks_back_to_the_lander(opened: Run) -> None:
    after = with_camera(opened, opened.session.state)
    places = standing_places(opened.opened.setup, after)
    painter = HardwarePainter(load_hardware(), is_patient=True)
    seen = {place.name: thing for place, thing in painter._seen(View(0, 0, 40, 1280, 720), places)}
    painter.close()
    assert after.rover.deck.camera is not None
    assert seen["camera"].heading_rad == after.rover.deck.camera.azimuth_rad
    assert math.isclose(seen["lander"].heading_rad, load_hardware()["lander"].heading_rad)


def test_a_place_is_not_named_before_its_sol(opened: Run) -> None:
    site, state = opened.opened.setup.site, opened.session.state
    pit = next(p for p in opened.opened.level.places if p.from_sol > 1)
    for sol, is_known in ((pit.from_sol - 1, False), (pit.from_sol, True)):
        then = replace(state, tick=tick_at(site, sol, 12.0))
        names = {place.name for place in known_places(opened.opened, then)}
        assert (pit.name in names) is is_known, sol
        assert "lander" in names


def test_the_map_of_the_first_sols_tells_nothing_early(stocked: PlayScreen, tape: Tape) -> None:
    level = stocked.desk.run.opened.level
    pit = next(p for p in level.places if p.from_sol > 1)
    site, state = stocked.desk.flight.session.setup.site, stocked.desk.flight.state
    for sol, is_told in ((pit.from_sol - 1, False), (pit.from_sol + 1, True)):
        stocked.desk.flight.session.state = replace(state, tick=tick_at(site, sol, 12.0))
        screen = MapScreen(stocked)
        screen.host.stage.camera.jump(pit.x_m, pit.y_m, 3.0)
        tape.written.clear()
        screen.draw(tape)
        words = {words for words, _ in tape.written}
        assert (pit.title in words) is is_told, sol
        assert "Dropped camera" not in words
