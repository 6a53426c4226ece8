"""Every kind of picture product can be shown, and those that are none are refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.commands import Calibrate, DeployCamera, TakeMultispectral, TakePicture, TakeSelfie
from game.levels.open import OpenedLevel
from game.render.album import is_picture, picture_of
from game.rover.storage import Product
from game.state import State
from tests.rover.desks import grounded
from tests.rover.test_fieldwork import flown

SIZE = (128, 72)


@pytest.fixture(scope="module")
def taken(ninety: OpenedLevel) -> State:
    """A mission that has taken one picture of each kind, the rover beside the camera set down."""
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 320, DeployCamera())
    beside = replace(state.rover.mobility, x_m=1.0, y_m=-2.5)
    state = replace(state, rover=replace(state.rover, mobility=beside))
    for command, seconds in (
        (TakeSelfie(), 200),
        (Calibrate(), 260),
        (TakeMultispectral(math.pi), 620),
        (TakePicture(math.pi, compression=64.0), 140),
    ):
        state, _ = flown(setup, state, seconds, command)
    return state


def of_kind(state: State, kind: str) -> Product:
    return next(one for one in state.rover.storage.products if one.kind == kind)


def test_pictures_of_all_kinds_have_pixels(ninety: OpenedLevel, taken: State) -> None:
    for kind in ("selfie", "multispectral", "picture"):
        shown = picture_of(ninety.setup, taken, of_kind(taken, kind), SIZE)
        assert shown.shape == (72, 128, 3)
        assert shown.std() > 5.0, kind


def test_a_thumbnail_is_an_eighth_of_each_side_and_looks_alike(
    ninety: OpenedLevel, taken: State
) -> None:
    size = (256, 144)
    for small in (one for one in taken.rover.storage.products if one.kind == "thumbnail"):
        shown = picture_of(ninety.setup, taken, small, size)
        assert shown.shape == (18, 32, 3)


def test_the_rover_is_in_the_picture_from_the_ground(ninety: OpenedLevel, taken: State) -> None:
    product = of_kind(taken, "selfie")
    away = replace(product, x_m=60.0, y_m=-60.0)
    there = picture_of(ninety.setup, taken, product, SIZE).astype(int)
    gone = picture_of(ninety.setup, taken, away, SIZE).astype(int)
    assert (np.abs(there - gone).max(axis=2) > 20).mean() > 0.01


def test_what_is_no_picture_is_not_shown(ninety: OpenedLevel, taken: State) -> None:
    for kind in ("calibrate", "deploy_camera"):
        product = of_kind(taken, kind)
        assert not is_picture(product)
        with pytest.raises(ValueError, match="not a picture"):
            picture_of(ninety.setup, taken, product, SIZE)
