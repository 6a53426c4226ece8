"""The viewer of pictures: a filter picture band by band."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.render.bands import band_frames
from game.render.false_colour import grey
from game.rover.records import FilterRecord, PictureRecord
from game.rover.storage import Product
from game.session import Session
from game.ui.band_views import BandView, band_views
from game.ui.canvas import Canvas
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.model import newest_picture
from game.ui.pictures import FULL_PX
from game.ui.screen import Pop
from game.ui.screens.play import PlayScreen
from game.ui.screens.viewer import ViewerScreen
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import PlainGround, press

LOOK = PictureRecord(100.0, 0.5, 0.8, 0.8)
FILTERS = FilterRecord(
    LOOK, (0.05, 0.07, 0.2, 0.24, 0.27, 0.27, 0.28, 0.28), (0.01,) * 8, 0.03, 0.01, 0.004, 4.0, 0.2,
    2.0,
)  # fmt: skip


@pytest.fixture
def viewer(shell: Shell, opened: Run) -> Iterator[ViewerScreen]:
    state = opened.session.state
    place = state.rover.mobility
    product = Product(
        kind="multispectral", title="Filters", made_tick=8000, sol=1, size_bit=10, priority=5,
        x_m=place.x_m, y_m=place.y_m, heading_rad=0.0, azimuth_rad=2.4, elevation_rad=-0.2,
        quality=0.8, value=0.0, record=FILTERS, number=1,
    )  # fmt: skip
    storage = replace(state.rover.storage, products=(product,))
    state = replace(state, rover=replace(state.rover, storage=storage))
    run = Run(opened.opened, Session(opened.opened.setup, state))
    play = PlayScreen(shell, run, PlainGround())  # type: ignore[arg-type]
    yield ViewerScreen(play, 1, auto_close=False)
    play.close()


def product_of(viewer: ViewerScreen) -> Product:
    assert viewer.product is not None
    return viewer.product


def test_a_broken_off_picture_has_the_bands_it_came_to(viewer: ViewerScreen) -> None:
    product = product_of(viewer)
    assert [view.words for view in band_views(product)] == [
        "480", "525", "650", "700", "800", "900", "950", "1000", "650/480"]  # fmt: skip
    short = replace(FILTERS, reflectance_frac=(0.05, 0.07), sigma_frac=(0.01, 0.01))
    assert [one.words for one in band_views(replace(product, record=short))] == ["480", "525"]
    assert band_views(replace(product, record=LOOK)) == ()


def test_keys_and_buttons_go_through_the_bands(viewer: ViewerScreen, tape: Tape) -> None:
    viewer.draw(tape)
    for expected in (1, 2):
        assert viewer.handle(press("backward")) is None
        assert viewer.band == expected
    for _ in range(3):
        viewer.handle(press("forward"))
    assert viewer.band == 0
    box = next(box for words, box in tape.written if words == "650/480")
    assert viewer.handle(Pointed(*box.centre, 1, is_down=True)) is None
    assert viewer.views[viewer.band - 1] == BandView(650, 480)
    tape.written.clear()
    viewer.draw(tape)
    assert any("650 nm over 480 nm" in words for words, _ in tape.written)
    assert isinstance(viewer.handle(Pointed(5.0, 5.0, 1, is_down=True)), Pop)


def test_a_band_shows_the_pixels_that_scripts_get(viewer: ViewerScreen, canvas: Canvas) -> None:
    viewer.band = 6
    assert viewer.picture is None or isinstance(viewer.picture, pygame.Surface)
    viewer.host.desk.pictures.wait(1)
    picture = viewer.picture
    assert picture is not None
    viewer.draw(canvas)
    setup = viewer.host.desk.flight.session.setup
    told = grey(band_frames(setup, product_of(viewer), FULL_PX).frame(900))
    assert np.array_equal(pygame.surfarray.array3d(picture).swapaxes(0, 1), told)
    viewer.band = 9
    ratio = viewer.picture
    assert ratio is not None
    assert not np.array_equal(pygame.surfarray.array3d(ratio), pygame.surfarray.array3d(picture))


def test_the_corner_shows_what_an_eye_would_see(viewer: ViewerScreen) -> None:
    state = viewer.host.desk.flight.state
    assert newest_picture(state) is None
    seen = replace(product_of(viewer), kind="picture", record=LOOK, number=0)
    storage = replace(state.rover.storage, products=(seen, product_of(viewer)))
    state = replace(state, rover=replace(state.rover, storage=storage))
    assert newest_picture(state) == seen
