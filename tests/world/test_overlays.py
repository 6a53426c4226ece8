import struct

import numpy as np
import pytest

from game.world.overlays import (
    UNPAINTED,
    CraterOverlay,
    FlatOverlay,
    HeightGrid,
    MoundOverlay,
    OpenGround,
    Overlay,
    PlaceKind,
    PlaceOverlay,
    RockFieldOverlay,
    RockOverlay,
    SoilPaint,
)
from game.world.places import places
from game.world.soil import Soil
from game.world.terrain import Terrain
from tests.world.worlds import SITES, spec, world


def with_overlays(*overlays: Overlay) -> Terrain:
    return world(7, SITES[0], overlays)


def difference_m(terrain: Terrain, level: int = 0) -> np.ndarray:
    there = (level, -40, -40, 81, 81)
    return terrain.ground(*there).height_m - world().ground(*there).height_m


def test_a_mound_rises_softly_and_only_inside_its_radius() -> None:
    change_m = difference_m(with_overlays(MoundOverlay(0.0, 0.0, 20.0, 1.5)))
    assert change_m[40, 40] == pytest.approx(1.5, abs=1e-4)
    assert change_m[40, 61] == 0.0
    assert np.abs(np.diff(change_m, axis=1)).max() < 0.2


def test_a_negative_mound_is_a_pit() -> None:
    assert difference_m(with_overlays(MoundOverlay(0.0, 0.0, 20.0, -1.0)))[40, 40] < -0.99


def test_a_flat_area_is_flat_with_a_soft_edge() -> None:
    terrain = with_overlays(FlatOverlay(-30.0, -30.0, 30.0, 30.0, 2.0, 5.0))
    z = terrain.ground(0, -40, -40, 81, 81).height_m
    assert np.all(z[20:61, 20:61] == 2.0)
    assert z[0, 0] == world().ground(0, -40, -40, 1, 1).height_m[0, 0]


def heights(*values: float) -> bytes:
    return struct.pack(f"<{len(values)}f", *values)


def test_a_grid_of_heights_replaces_or_adds() -> None:
    grid = HeightGrid(-10.0, -10.0, 20.0, 2, 2, heights(0.0, 2.0, 0.0, 2.0), is_added=False)
    z = with_overlays(grid).ground(0, -10, -10, 21, 21).height_m
    assert z[7] == pytest.approx(np.linspace(0.0, 2.0, 21), abs=1e-5)
    added = HeightGrid(-10.0, -10.0, 20.0, 2, 2, heights(1.0, 1.0, 1.0, 1.0), is_added=True)
    change_m = difference_m(with_overlays(added))
    assert change_m[40, 40] == pytest.approx(1.0, abs=1e-5)
    assert change_m[40, 60] == 0.0


def test_a_crater_is_dug_and_found() -> None:
    terrain = with_overlays(CraterOverlay(0.0, 0.0, 30.0, 0.18, 0.0))
    # Deep in the middle, young: blocks around it.
    assert difference_m(terrain)[40, 40] < -3.0
    assert float(terrain.ground(0, -40, -40, 81, 81).fresh.max()) > 0.5
    found = terrain.craters_in(-5.0, -5.0, 5.0, 5.0, 29.9)
    assert 30.0 in found.diameter_m.tolist()


def test_painted_soil_is_there_at_every_zoom_and_nowhere_else() -> None:
    soils = bytes([Soil.BEDROCK, UNPAINTED, Soil.DRIFT_DUST, Soil.LOOSE_SAND])
    terrain = with_overlays(SoilPaint(0.0, 0.0, 10.0, 2, 2, soils))
    for level in (-2, 0):
        per_m = 2**-level if level < 0 else 1
        soil = terrain.soil(level, 0, 0, 20 * per_m, 20 * per_m)
        plain = world().soil(level, 0, 0, 20 * per_m, 20 * per_m)
        # Paint blends into what lies beside it over a metre and a half.
        half, edge = 10 * per_m, per_m
        assert np.all(soil[:half, :half] == Soil.BEDROCK)
        beside = np.s_[: half - edge, half + edge :]
        assert np.array_equal(soil[beside], plain[beside])
        assert np.all(soil[half:, :half] == Soil.DRIFT_DUST)
        assert np.all(soil[half:, half:] == Soil.LOOSE_SAND)
    assert terrain.patch(5.0, 5.0, 4.0).soil(5.0, 5.0) is Soil.BEDROCK
    assert np.array_equal(terrain.soil(0, 21, 21, 9, 9), world().soil(0, 21, 21, 9, 9))


def test_later_overlays_lie_on_top() -> None:
    low, high = (FlatOverlay(-9.0, -9.0, 9.0, 9.0, height, 1.0) for height in (1.0, 3.0))
    assert with_overlays(low, high).ground(0, 0, 0, 1, 1).height_m[0, 0] == 3.0
    assert with_overlays(high, low).ground(0, 0, 0, 1, 1).height_m[0, 0] == 1.0


def test_open_ground_has_no_landmarks_of_the_site() -> None:
    terrain = with_overlays(OpenGround())
    names = [place.name for place in places(terrain.spec)]
    assert names == ["lander"]
    assert len(terrain.rocks_in(-36.0, -123.0, -26.0, -113.0, 0.2)) < len(
        world().rocks_in(-36.0, -123.0, -26.0, -113.0, 0.2)
    )


def test_places_of_a_level_come_right_after_the_lander() -> None:
    place = PlaceOverlay("flag", "Flag", PlaceKind.GOAL, 5.0, 6.0, 2.0)
    found = places(spec(7, SITES[0], (place,)))
    assert [one.name for one in found[:2]] == ["lander", "flag"]
    assert found[1].kind is PlaceKind.GOAL


@pytest.mark.parametrize(
    "make",
    [
        lambda: CraterOverlay(0.0, 0.0, -1.0, 0.1, 0.0),
        lambda: CraterOverlay(0.0, 0.0, 1.0, 0.0, 0.0),
        lambda: CraterOverlay(0.0, 0.0, 1.0, 0.1, 2.0),
        lambda: MoundOverlay(0.0, 0.0, 0.0, 1.0),
        lambda: FlatOverlay(0.0, 0.0, 0.0, 1.0, 0.0, 1.0),
        lambda: FlatOverlay(0.0, 0.0, 1.0, 1.0, 0.0, 0.0),
        lambda: HeightGrid(0.0, 0.0, 1.0, 2, 2, b"123", is_added=True),
        lambda: RockOverlay(0.0, 0.0, 0.0),
        lambda: RockFieldOverlay(0.0, 0.0, 5.0, 0.9),
        lambda: SoilPaint(0.0, 0.0, 1.0, 2, 2, b"1"),
    ],
)
def test_overlays_that_make_no_sense_are_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"[a-z]"):
        make()


def test_a_description_with_overlays_can_be_a_key() -> None:
    one = spec(7, SITES[0], (MoundOverlay(0.0, 0.0, 5.0, 1.0),))
    two = spec(7, SITES[0], (MoundOverlay(0.0, 0.0, 5.0, 1.0),))
    assert hash(one) == hash(two)
    assert one == two
    assert one != spec(7)
