"""Every question about the ground refuses a number that is none, in its own name, with its place.

Each query is given good numbers; then each of them in turn is spoilt. A query that is new in
`game.world` must be added here: the last test finds those that are missing.
"""

import inspect
import math
import pkgutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
import pytest

import game.world
from game.world import finds, low_sun, minerals, shade, sightline, skyline, streaming, survey
from game.world.patch import Patch
from game.world.sightline import Horizon
from game.world.soil import Soil
from game.world.strata import Strata
from game.world.terrain import Terrain
from game.world.window import Window
from tests.world.worlds import spec, world

BAD = (math.nan, math.inf, -math.inf)
EAST, NORTH = np.array([1.0, 4.0, 2.0]), np.array([-2.0, 3.0, 5.0])
FEET = (np.array([[0.0, 1.0, 0.0], [5.0, 6.0, 5.0]]), np.array([[0.0, 0.0, 1.0], [5.0, 5.0, 6.0]]))
FIELD, WINDOW = np.zeros((4, 4), np.float32), Window(0, 0, 0, 8, 8)
CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
EYE, TARGET = (0.0, 0.0, 1.5), (5.0, 0.0, 0.5)
Ask = Callable[..., object]
Way = tuple[int, ...]


@lru_cache(maxsize=1)
def patch() -> Patch:
    return world().patch(0.0, 0.0, 8.0)


def on_ground(ask: Ask) -> Ask:
    return lambda *numbers: ask(world(), *numbers)


def on_patch(ask: Ask) -> Ask:
    return lambda *numbers: ask(patch(), *numbers)


def strata() -> Strata:
    return Strata(spec())


def flat_line() -> Horizon:
    return Horizon((0.0,) * 360)


# What is asked: its name, how the error begins, what asks, and good numbers for it.
QUERIES: tuple[tuple[str, str, Ask, tuple[Any, ...]], ...] = (
    ("Terrain.ground", "ground:", on_ground(Terrain.ground), (0, 0, 0, 8, 8)),
    ("Terrain.soil", "soil:", on_ground(Terrain.soil), (0, 0, 0, 8, 8)),
    ("Terrain.craters_in", "craters_in:", on_ground(Terrain.craters_in), (0.0, 0.0, 9.0, 9.0, 5.0)),
    ("Terrain.rocks_in", "rocks_in:", on_ground(Terrain.rocks_in), (0.0, 0.0, 9.0, 9.0, 0.1)),
    ("Terrain.patch", "patch:", on_ground(Terrain.patch), (0.0, 0.0, 8.0, -2)),
    ("Terrain.height_m", "height_m:", on_ground(Terrain.height_m), (0.0, 0.0, -2)),
    ("Terrain.strata", "strata:", on_ground(Terrain.strata), (0.0, 0.0)),
    ("Terrain.strata_each", "strata_each:", on_ground(Terrain.strata_each), (EAST, NORTH)),
    (
        "Terrain.strata_under",
        "strata_under:",
        lambda x, y: world().strata_under(x, y, (Soil.DURICRUST,) * 3),
        (EAST, NORTH),
    ),
    ("Strata.below", "strata:", lambda x, y: strata().below(x, y, Soil.DURICRUST), (0.0, 0.0)),
    (
        "Strata.below_each",
        "radar:",
        lambda x, y: strata().below_each(x, y, (Soil.DURICRUST,) * 3, "radar"),
        (EAST, NORTH),
    ),
    ("Patch.contains", "patch.contains:", on_patch(Patch.contains), (0.0, 0.0, 1.0)),
    ("Patch.height_m", "patch.height_m:", on_patch(Patch.height_m), (0.0, 0.0)),
    ("Patch.slope", "patch.slope:", on_patch(Patch.slope), (0.0, 0.0)),
    ("Patch.soil", "patch.soil:", on_patch(Patch.soil), (0.0, 0.0)),
    ("survey.heights_m", "heights_m:", on_ground(survey.heights_m), (-2, EAST, NORTH)),
    ("survey.slopes_at", "slopes_at:", on_ground(survey.slopes_at), (-2, EAST, NORTH)),
    ("survey.normals_at", "normals_at:", on_ground(survey.normals_at), (-2, EAST, NORTH)),
    ("survey.soils_at", "soils_at:", on_ground(survey.soils_at), (-2, EAST, NORTH)),
    ("survey.normal", "normal:", on_patch(survey.normal), (0.0, 0.0)),
    ("survey.footprint", "footprint:", on_patch(survey.footprint), (CORNERS,)),
    ("survey.footprints", "footprints:", on_ground(survey.footprints), (-2, *FEET)),
    ("survey.roughness_m", "roughness_m:", on_patch(survey.roughness_m), (0.0, 0.0, 1.0)),
    (
        "survey.roughnesses_m",
        "roughnesses_m:",
        on_ground(survey.roughnesses_m),
        (-2, EAST, NORTH, 1.0),
    ),
    ("survey.rocks_near", "rocks_near:", on_ground(survey.rocks_near), (0.0, 0.0, 5.0, 0.1)),
    (
        "survey.rocks_near_each",
        "rocks_near_each:",
        on_ground(survey.rocks_near_each),
        (EAST, NORTH, 5.0, 0.1),
    ),
    ("sightline.horizon", "horizon:", on_ground(sightline.horizon), (0.0, 0.0, 1.5)),
    ("sightline.horizons", "horizons:", on_ground(sightline.horizons), (EAST[:2], NORTH[:2], 1.5)),
    (
        "sightline.lit_places",
        "lit_places:",
        on_ground(sightline.lit_places),
        (EAST, NORTH, 1.0, -0.3),
    ),
    ("sightline.sees", "sees:", on_ground(sightline.sees), (EYE, TARGET)),
    ("sightline.sees_each", "sees_each:", on_ground(sightline.sees_each), (EYE, (TARGET, TARGET))),
    (
        "sightline.shadow_depth_m",
        "shadow_depth_m:",
        lambda *numbers: sightline.shadow_depth_m(FIELD, *numbers),
        (1.0, 1.0, 0.3),
    ),
    (
        "sightline.is_lit",
        "is_lit:",
        lambda *numbers: sightline.is_lit(FIELD, *numbers),
        (1.0, 1.0, -0.3),
    ),
    ("Horizon.at_rad", "at_rad:", lambda turn: flat_line().at_rad(turn), (1.0,)),
    (
        "shade.lit_area",
        "lit_area:",
        lambda *numbers: shade.lit_area(world(), WINDOW, *numbers),
        (1.0, -0.3),
    ),
    (
        "shade.fallen_shadow_m",
        "fallen_shadow_m:",
        lambda sun: shade.fallen_shadow_m(world(), WINDOW, sun),
        ((1.0, 0.8),),
    ),
    (
        "skyline.skyline_rad",
        "skyline_rad:",
        on_ground(skyline.skyline_rad),
        ((0.0, 0.0), 1.3, 0.17),
    ),
    (
        "skyline.skyline_of_square",
        "skyline_of_square:",
        on_ground(skyline.skyline_of_square),
        ((0, 0), 1.3, 0.17),
    ),
    ("skyline.square_of", "square_of:", skyline.square_of, (0.0, 0.0)),
    ("low_sun.skyline", "skyline:", on_ground(low_sun.skyline), (0.0, 0.0, 1.3)),
    (
        "low_sun.sunlit_frac",
        "sunlit_frac:",
        lambda *turns: low_sun.sunlit_frac(flat_line(), *turns),
        (1.0, 0.1),
    ),
    ("finds.finds", "finds:", on_ground(finds.finds), (0, 0)),
    ("finds.finds_in", "finds_in:", on_ground(finds.finds_in), ((0.0, 0.0, 9.0, 9.0),)),
    ("finds.finds_over", "finds_over:", on_ground(finds.finds_over), (0.0, 0.0)),
    ("minerals.rock_at", "rock_at:", on_ground(minerals.rock_at), (0.0, 0.0)),
    (
        "streaming.ahead",
        "ahead:",
        lambda place, way: streaming.ahead(place, way, 2),
        ((0.0, 0.0), (1.0, 0.0)),
    ),
)
# Which of the numbers are sizes that cannot be negative.
SIZES = {
    "Patch.contains": (2,),
    "Terrain.patch": (2,),
    "survey.roughness_m": (2,),
    "survey.roughnesses_m": (3,),
    "survey.rocks_near": (2,),
    "survey.rocks_near_each": (2,),
    "sightline.shadow_depth_m": (0,),
    "sightline.is_lit": (0,),
}
# Words for where and how large; whoever takes one of them is asked about the ground.
WORDS = (
    "x_m y_m x0 y0 x1 y1 i0 j0 place places square box box_m feet_m half_m radius_m margin_m "
    "smallest_m eye_m eye target sun_rad sun_azimuth_rad sun_elevation_rad azimuth_rad"
)
# Makers that only `Terrain` and the queries above ask, after they have looked at the numbers.
MAKERS = (
    "Abundance.of CraterField.touching CraterField.inside FarField.touching HasGround.ground "
    "Landmarks.rocks OwnCraters.merged RockField.inside diagonals.crossed diagonals.weave "
    "lattice.lattice_values layers.with_rocks rocks.rocks_1_m2 scatter.groups scatter.gathered "
    "sightline.check_sun squares.squares Window.box_m window.check_place window.check_places"
)


def spots(numbers: Any, way: Way = ()) -> Iterator[Way]:
    """Yield the way to every number in nested tuples and arrays."""
    if isinstance(numbers, np.ndarray):
        yield from ((*way, *at) for at in np.ndindex(numbers.shape))
    elif isinstance(numbers, tuple):
        for at, one in enumerate(numbers):
            yield from spots(one, (*way, at))
    else:
        yield way


def spoilt(numbers: Any, way: Way, bad: float) -> Any:
    """Return the numbers with another one in a spot."""
    if not way:
        return bad
    if isinstance(numbers, np.ndarray):
        copy = numbers.copy()
        copy[way] = bad
        return copy
    changed = list(numbers)
    changed[way[0]] = spoilt(numbers[way[0]], way[1:], bad)
    return tuple(changed)


def index_of(numbers: tuple[Any, ...], way: Way) -> str:
    """Return how the error must name a spot in a list of places, nothing for a lone number."""
    if isinstance(numbers[way[0]], np.ndarray):
        at = way[1:]
        return f"number {at[0] if len(at) == 1 else at} of the places"
    if numbers[way[0]] is CORNERS:
        return f"foot {way[1]}"
    is_list = isinstance(numbers[way[0]], tuple) and isinstance(numbers[way[0]][0], tuple)
    return f"number {way[1]} of the targets" if is_list else ""


@pytest.mark.parametrize(
    ("begins", "ask", "numbers"), [one[1:] for one in QUERIES], ids=[one[0] for one in QUERIES]
)
def test_numbers_that_are_none_are_refused_by_name(
    begins: str, ask: Ask, numbers: tuple[Any, ...]
) -> None:
    ask(*numbers)
    for way in spots(numbers):
        for bad in BAD:
            with pytest.raises(ValueError, match=r"nan|inf") as caught:
                ask(*spoilt(numbers, way, bad))
            said = str(caught.value)
            assert said.startswith(begins), (way, said)
            assert repr(bad) in said
            assert index_of(numbers, way) in said


@pytest.mark.parametrize("name", SIZES)
def test_sizes_that_are_negative_are_refused_by_name(name: str) -> None:
    begins, ask, numbers = next(one[1:] for one in QUERIES if one[0] == name)
    for at in SIZES[name]:
        with pytest.raises(ValueError, match=rf"^{begins} .*-1\.0"):
            ask(*spoilt(numbers, (at,), -1.0))


def is_query(ask: object) -> bool:
    return callable(ask) and not set(WORDS.split()).isdisjoint(inspect.signature(ask).parameters)


def public_queries() -> Iterator[str]:
    """Yield the names of all functions and methods of `game.world` that take a place or a size."""
    for found in pkgutil.iter_modules(game.world.__path__):
        module = import_module(f"game.world.{found.name}")
        for name, one in vars(module).items():
            if name.startswith("_") or getattr(one, "__module__", "") != module.__name__:
                continue
            if inspect.isclass(one):
                for part, method in vars(one).items():
                    if not part.startswith("_") and inspect.isfunction(method) and is_query(method):
                        yield f"{name}.{part}"
            elif inspect.isroutine(one) and is_query(one):
                yield f"{found.name}.{name}"


def test_no_query_is_missing_from_the_list() -> None:
    asked = {one[0] for one in QUERIES}
    makers = set(MAKERS.split())
    assert set(public_queries()) - asked == makers
    assert len(QUERIES) == len(asked)
