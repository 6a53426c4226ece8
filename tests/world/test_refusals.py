"""Questions that have no answer are refused in a sentence that says who was asked what."""

import math
from typing import Any

import numpy as np
import pytest

from game.world import survey
from game.world.spec import terrain_spec
from game.world.window import Window
from tests.world.worlds import SITES, table, world

ONE = np.zeros(1)


@pytest.mark.parametrize("far_m", [2e12, -1e300])
def test_places_beyond_all_ground_are_refused(far_m: float) -> None:
    terrain = world()
    for ask in (
        lambda: terrain.height_m(far_m, 0.0),
        lambda: terrain.rocks_in(0.0, far_m, 1.0, far_m, 0.1),
        lambda: survey.heights_m(terrain, 0, np.array([far_m]), ONE),
    ):
        with pytest.raises(ValueError, match="too far away"):
            ask()


@pytest.mark.parametrize("bad", [0.0, 1.5, True, "3", None, np.float64(2.0), np.bool_(True)])
def test_nodes_are_counted_in_whole_numbers(bad: Any) -> None:
    for window in ((bad, 0, 0, 8, 8), (0, bad, 0, 8, 8), (0, 0, 0, 8, bad)):
        with pytest.raises(ValueError, match="whole numbers"):
            Window(*window)


def test_whole_numbers_of_numpy_are_as_good() -> None:
    window = Window(*(np.int64(k) for k in (-2, 3, 4, 5, 6)))  # type: ignore[arg-type]
    assert window == Window(-2, 3, 4, 5, 6)
    assert type(window.level) is int
    assert hash(window) == hash(Window(-2, 3, 4, 5, 6))


WRONG_SEEDS: tuple[Any, ...] = (
    True,
    False,
    1.0,
    math.nan,
    np.int64(7),
    np.uint64(7),
    np.float64(7.0),
    1 << 64,
    -(1 << 63) - 1,
    "7",
    None,
    7j,
    [7],
)


@pytest.mark.parametrize("seed", WRONG_SEEDS, ids=repr)
@pytest.mark.parametrize("site", SITES[:2])
def test_seeds_that_are_none_are_refused_in_a_sentence(seed: Any, site: str) -> None:
    with pytest.raises(ValueError, match="a seed is a whole number from -2\\^63 to 2\\^64-1, not"):
        terrain_spec(table(), seed, site)


def test_feet_and_lists_that_do_not_fit_are_refused() -> None:
    terrain = world()
    patch = terrain.patch(0.0, 0.0, 8.0)
    with pytest.raises(ValueError, match="three feet, not 2"):
        survey.footprint(patch, [(0.0, 0.0), (1.0, 0.0)])
    with pytest.raises(ValueError, match="three feet, not 0"):
        survey.footprint(patch, [])
    with pytest.raises(ValueError, match="sets of three feet"):
        survey.footprints(terrain, -2, np.zeros((4, 2)), np.zeros((4, 2)))
    with pytest.raises(ValueError, match="3 places east, but 2 north"):
        survey.heights_m(terrain, -2, np.zeros(3), np.zeros(2))
    with pytest.raises(ValueError, match="reaches 0 to 1000 m"):
        terrain.patch(0.0, 0.0, -5.0)
