"""Layers with the marks of the past: stones sorted, ground cracked."""

import math
from itertools import pairwise

import pytest

from game.rover.radar import profile
from game.rover.setting import Scene, Way
from game.science.reading import radar_signs
from game.science.samples import signs_at
from game.science.underground import FINING, WEDGES, buried_along, buried_at, edge_m
from game.world.strata import Stratum
from tests.rover.payload_cases import shipped_payload, sight, weather
from tests.science.cases import shipped_science

SPEC = shipped_science()
RADAR = shipped_payload().instruments.radar


def plain(wander: float = 1.0) -> tuple[Stratum, ...]:
    """The layers of terrain.toml, with boundaries that wander a little."""
    rows = (
        ("regolith", 5.0, 3.6, 0.0174, 0.3),
        ("deep_regolith", 10.0, 4.0, 0.015, 0.5),
        ("upper_blocks", 30.0, 5.0, 0.012, 1.5),
        ("lower_blocks", 80.0, 6.5, 0.010, 3.0),
    )
    layers: list[Stratum] = []
    top_m = 0.0
    for name, bottom_m, epsilon, loss, block_m in rows:
        bottom_m *= wander  # noqa: PLW2901 - the same boundary, moved
        layers.append(Stratum(name, name, top_m, bottom_m, epsilon, loss, block_m, 0.0, "basalt"))
        top_m = bottom_m
    return tuple(layers)


def units(sign: str, count: int) -> list[tuple[tuple[float, float], bool]]:
    """Middles of units of ground, and whether the sign is truly there."""
    places = [(400.0 * at + 200.0, 200.0) for at in range(count)]
    return [(place, sign in signs_at(SPEC, 7, *place)) for place in places]


def heard(place_m: tuple[float, float], length_m: float, tick: int) -> dict[str, bool]:
    """What the radar shows of a way through a unit."""
    steps = [length_m * at / 23 for at in range(24)]
    below = tuple(
        buried_at(
            SPEC,
            7,
            (place_m[0] - length_m / 2 + along, place_m[1]),
            plain(1.0 + 0.03 * math.sin(along / 37.0)),
        )
        for along in steps
    )
    way = Way(length_m, tuple(steps), below)
    record, _ = profile(RADAR, 7, Scene(sight(tick), 600, (weather(),), 273.0, way=way))
    return {name: is_there for name, (is_there, _) in radar_signs(SPEC.reading, record).items()}


def test_layers_still_follow_each_other_without_gaps() -> None:
    for place, _ in units(WEDGES, 40):
        layers = buried_at(SPEC, 7, place, plain())
        for upper, lower in pairwise(layers):
            assert upper.bottom_m == lower.top_m
        assert (layers[0].top_m, layers[-1].bottom_m) == (0.0, 80.0)


def test_a_whole_way_is_marked_as_its_places_are() -> None:
    places = [(390.0 + 2.0 * at, 200.0) for at in range(12)]  # from one unit into the next
    along = buried_along(SPEC, 7, places, [plain()] * 12)
    assert along == tuple(buried_at(SPEC, 7, place, plain()) for place in places)


def test_stones_grow_with_depth_where_water_sorted_them() -> None:
    for place, is_fining in units(FINING, 40):
        layers = buried_at(SPEC, 7, place, plain())
        fine, coarse = (one.block_m for one in layers if one.name.startswith("upper_blocks"))
        assert (coarse > 2.0 * fine) == is_fining


def test_wedges_are_crossed_as_often_as_the_real_ones() -> None:
    # Zhang et al. (2024), Nature Astronomy: 16 wedges along about 1.2 km
    rules = SPEC.underground
    inside = [edge_m(rules, 7, 0.5 * at, 40.0) < rules.wedge_width_m / 2 for at in range(24_000)]
    crossed = sum(now and not before for before, now in pairwise([False, *inside]))
    assert crossed == pytest.approx(12_000 / 75, rel=0.15)


def test_a_wedge_is_as_wide_as_the_rules_say() -> None:
    # A straight way cuts straight bands of width w, lying in any direction, on pi/2 w on average.
    rules = SPEC.underground
    inside = [edge_m(rules, 7, 0.5 * at, 40.0) < rules.wedge_width_m / 2 for at in range(24_000)]
    crossed = sum(now and not before for before, now in pairwise([False, *inside]))
    assert 0.5 * sum(inside) / crossed == pytest.approx(math.pi / 2 * rules.wedge_width_m, rel=0.2)


def test_stones_that_no_water_sorted_lie_between_fine_and_coarse_by_ratio() -> None:
    # Sizes of stones go by ratios: as many times coarser than the fine as finer than the coarse.
    rules = SPEC.underground
    place = next(place for place, is_fining in units(FINING, 40) if not is_fining)
    upper, lower = (
        one.block_m for one in buried_at(SPEC, 7, place, plain()) if "upper_blocks" in one.name
    )
    assert upper == lower
    assert upper / rules.fine_m == pytest.approx(rules.coarse_m / upper)


def test_the_radar_finds_what_is_there() -> None:
    right = {FINING: 0, WEDGES: 0}
    for tick in range(60):
        for sign in right:
            place, is_there = units(sign, 60)[tick]
            right[sign] += heard(place, 300.0, tick)[sign] == is_there
    assert right[FINING] / 60 > 0.9
    assert right[WEDGES] / 60 > 0.9


def test_a_short_way_without_a_wedge_says_little() -> None:
    steps = tuple(float(at) for at in range(12))
    for length_m, weight in ((15.0, 0.1), (400.0, 1.0)):
        way = Way(length_m, steps, (plain(),) * 12)
        record, _ = profile(RADAR, 7, Scene(sight(), 600, (weather(),), 273.0, way=way))
        is_there, looked = radar_signs(SPEC.reading, record)[WEDGES]
        assert not is_there
        assert looked == pytest.approx(weight)
