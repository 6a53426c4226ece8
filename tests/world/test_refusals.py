"""Questions that have no answer are refused in a sentence that says who was asked what."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from game.world import low_sun, places, shade, sightline, skyline, survey
from game.world.patch import Patch
from game.world.spec import terrain_spec
from game.world.terrain import Terrain
from game.world.window import Window
from tests.world.worlds import SITES, table, world

NAN = math.nan
BAD = (NAN, math.inf, -math.inf)
ONE = np.zeros(1)
Ask = Callable[[Terrain, Patch, float], object]

# Every query, with a bad number in each of its places, and the words that name it.
ASKED: tuple[tuple[str, Ask], ...] = (
    ("patch", lambda t, _, x: t.patch(x, 0.0, 8.0)),
    ("patch", lambda t, _, x: t.patch(0.0, 0.0, x)),
    ("^height_m", lambda t, _, x: t.height_m(0.0, x)),
    ("patch", lambda _, p, x: p.height_m(x, 0.0)),
    ("patch", lambda _, p, x: p.slope(0.0, x)),
    ("patch", lambda _, p, x: p.soil(x, 0.0)),
    ("i0", lambda t, _, x: t.ground(0, x, 0, 8, 8)),  # type: ignore[arg-type]
    ("ny", lambda t, _, x: t.soil(0, 0, 0, 8, x)),  # type: ignore[arg-type]
    ("rocks_in", lambda t, _, x: t.rocks_in(0.0, 0.0, x, 1.0, 0.1)),
    ("rocks_in", lambda t, _, x: t.rocks_in(0.0, 0.0, 1.0, 1.0, x)),
    ("craters_in", lambda t, _, x: t.craters_in(0.0, x, 1.0, 1.0, 5.0)),
    ("craters_in", lambda t, _, x: t.craters_in(0.0, 0.0, 1.0, 1.0, x)),
    ("strata", lambda t, _, x: t.strata(x, 0.0)),
    ("strata_each: number 1", lambda t, _, x: t.strata_each(np.array([0.0, x]), np.zeros(2))),
    ("heights_m: number 1", lambda t, _, x: survey.heights_m(t, -2, np.array([0, x]), np.zeros(2))),
    ("^slopes_at", lambda t, _, x: survey.slopes_at(t, -2, ONE, np.array([x]))),
    ("^normals_at", lambda t, _, x: survey.normals_at(t, -2, ONE, np.array([x]))),
    ("soils_at", lambda t, _, x: survey.soils_at(t, -2, np.array([x]), ONE)),
    ("patch", lambda _, p, x: survey.normal(p, x, 0.0)),
    ("patch", lambda _, p, x: survey.footprint(p, [(0.0, 0.0), (1.0, 0.0), (x, 1.0)])),
    ("^footprints", lambda t, _, x: survey.footprints(t, -2, np.array([[0, 1, x]]), np.eye(3)[:1])),
    ("roughness", lambda _, p, x: survey.roughness_m(p, 0.0, x, 1.0)),
    ("roughness", lambda _, p, x: survey.roughness_m(p, 0.0, 0.0, x)),
    ("^roughnesses_m", lambda t, _, x: survey.roughnesses_m(t, -2, np.array([x]), ONE, 1.0)),
    ("rocks_near", lambda t, _, x: survey.rocks_near(t, x, 0.0, 5.0, 0.1)),
    ("rocks_near", lambda t, _, x: survey.rocks_near(t, 0.0, 0.0, x, 0.1)),
    ("rocks_near", lambda t, _, x: survey.rocks_near_each(t, np.array([x]), ONE, 5.0, 0.1)),
    ("skyline", lambda t, _, x: low_sun.skyline(t, x, 0.0, 1.0)),
    ("skyline", lambda t, _, x: low_sun.skyline(t, 0.0, 0.0, x)),
    ("skyline_rad", lambda t, _, x: skyline.skyline_rad(t, (0.0, x), 1.3, 0.1)),
    ("horizon", lambda t, _, x: sightline.horizon(t, 0.0, x, 1.0)),
    ("horizon", lambda t, _, x: sightline.horizon(t, 0.0, 0.0, x)),
    ("line of sight", lambda t, _, x: sightline.sees(t, (x, 0.0, 1.0), (5.0, 0.0, 1.0))),
    ("line of sight", lambda t, _, x: sightline.sees(t, (0.0, 0.0, 1.0), (5.0, 0.0, x))),
    ("lit_places", lambda t, _, x: sightline.lit_places(t, ONE, ONE, x, 0.3)),
    ("is_lit", lambda _, __, x: sightline.is_lit(np.zeros((4, 4), np.float32), 1.0, 0.3, x)),
    ("lit_area", lambda t, _, x: shade.lit_area(t, Window(0, 0, 0, 8, 8), x, 0.3)),
    ("finds", lambda t, _, x: places.finds(t, x, 0)),  # type: ignore[arg-type]
)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(("who", "ask"), ASKED, ids=[str(k) for k in range(len(ASKED))])
def test_numbers_that_are_none_are_refused_by_name(who: str, ask: Ask, bad: float) -> None:
    terrain = world()
    with pytest.raises(ValueError, match=who) as caught:
        ask(terrain, terrain.patch(0.0, 0.0, 8.0), bad)
    assert "nan" in str(caught.value) or "inf" in str(caught.value)


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
