import itertools

import pytest

from game.world.soil import Soil
from game.world.strata import Strata
from tests.world.worlds import spec


def test_layers_follow_each_other_without_gaps() -> None:
    layers = Strata(spec()).below(12.0, -40.0, Soil.DURICRUST)
    assert [layer.name for layer in layers][:2] == ["duricrust", "regolith"]
    assert layers[0].top_m == 0.0
    for upper, lower in itertools.pairwise(layers):
        assert upper.bottom_m == lower.top_m < lower.bottom_m


def test_crust_is_ten_to_twenty_centimetres() -> None:
    # Yang et al. (2025).
    strata = Strata(spec())
    depths = [strata.below(7.0 * k, 3.0 * k, Soil.DURICRUST)[0].bottom_m for k in range(40)]
    assert min(depths) > 0.07
    assert max(depths) < 0.23
    assert sum(depths) / 40 == pytest.approx(0.15, abs=0.02)


def test_the_top_five_metres_are_as_the_radar_found_them() -> None:
    # 3.6 (-2.0/+3.1) and 0.0174 +- 0.0053: Zhang et al. (2023), GRL.
    regolith = Strata(spec()).below(0.0, 0.0, Soil.LOOSE_SAND)[0]
    assert (regolith.permittivity, regolith.loss_tangent) == (3.6, 0.0174)
    assert regolith.bottom_m == pytest.approx(5.0, rel=0.5)


def test_sand_has_no_crust_and_bedrock_no_regolith() -> None:
    strata = Strata(spec())
    assert strata.below(0.0, 0.0, Soil.LOOSE_SAND)[0].name == "regolith"
    assert strata.below(0.0, 0.0, Soil.BEDROCK)[0].name == "deep_regolith"


def test_a_point_always_has_the_same_layers() -> None:
    assert Strata(spec()).below(5.0, 6.0, Soil.DURICRUST) == Strata(spec()).below(
        5.0, 6.0, Soil.DURICRUST
    )
