import math
from dataclasses import replace

import pytest

from game.rover.imaging import ferric_depth
from game.rover.records import FILTERS_NM, OXIDES
from game.science.samples import (
    ahead_of,
    cell_of,
    dust_target,
    history_at,
    material_of,
    signs_at,
    target_at,
)
from tests.science.cases import rows, shipped_science

SPEC = shipped_science()
COLUMNS = [*("FeO_T" if name == "FeO" else name for name in OXIDES[:-1]), "H2O_eq_wt"]
WATER = OXIDES.index("H2O")


@pytest.mark.parametrize(
    "row", rows("terrain_science_soil_composition"), ids=lambda row: row["material"]
)
def test_materials_are_those_of_the_table(row: dict[str, str]) -> None:
    # terrain_science_soil_composition.csv, every oxide of every material
    found = material_of(SPEC.ground, row["material"])
    assert list(found.oxides_wt) == [float(row[column] or 0.0) for column in COLUMNS]


def test_dust_is_red_and_rock_is_dark_and_grey() -> None:
    # Bell et al. (2004), Pancam at Gusev: dust near 0.3 at 750 nm and red, rock near 0.1 and grey
    red, blue, near = (FILTERS_NM.index(nm) for nm in (650, 480, 700))
    dust = material_of(SPEC.ground, "global dust").reflectance_frac
    rock = material_of(SPEC.ground, "basalt rock (Adirondack class)").reflectance_frac
    assert dust[red] / dust[blue] > 3.0
    assert rock[red] / rock[blue] < 2.0
    assert dust[near] == pytest.approx(0.3, abs=0.05)
    assert rock[near] == pytest.approx(0.1, abs=0.02)


def test_histories_are_spread_as_their_priors_say() -> None:
    counts = [0] * len(SPEC.evidence.history)
    for i in range(40):
        for j in range(40):
            counts[history_at(SPEC, 7, (i - 20, j - 20))] += 1
    for count, one in zip(counts, SPEC.evidence.history, strict=True):
        assert count / 1_600 == pytest.approx(one.prior_frac, abs=0.04)


def test_signs_are_there_as_often_as_their_likelihood_says() -> None:
    seen: dict[tuple[str, int], list[bool]] = {}
    for unit in range(600):
        place = (unit * SPEC.ground.unit_m + 5.0, 5.0)
        history = history_at(SPEC, 3, cell_of(*place, SPEC.ground.unit_m))
        there = signs_at(SPEC, 3, *place)
        for sign in SPEC.evidence.sign:
            seen.setdefault((sign.name, history), []).append(sign.name in there)
    for sign in SPEC.evidence.sign:
        for history, frac in enumerate(sign.seen_frac):
            found = seen[sign.name, history]
            error = math.sqrt(frac * (1.0 - frac) / len(found))
            assert sum(found) / len(found) == pytest.approx(frac, abs=4.0 * error), sign.name


def test_the_same_spot_shows_the_same_signs_and_another_seed_others() -> None:
    assert signs_at(SPEC, 7, 3.0, 4.0) == signs_at(SPEC, 7, 5.0, 6.0)
    spots = [(12.0 * i + 1.0, 1.0) for i in range(40)]
    assert [signs_at(SPEC, 7, *p) for p in spots] != [signs_at(SPEC, 8, *p) for p in spots]


def test_a_target_shows_its_signs_in_its_chemistry() -> None:
    for i in range(60):
        place = (12.0 * i + 1.0, 40.0 * i)
        signs = signs_at(SPEC, 7, *place)
        target = target_at(SPEC, 7, place, "Gale Rocknest sand", 0.3)
        assert (target.oxides_wt[OXIDES.index("SO3")] > 9.0) == ("salts" in signs)
        assert (target.oxides_wt[WATER] > 3.0) == ("hydrogen" in signs)
        assert (target.hydration_depth > 0.03) == ("hydration_band" in signs)
        assert (target.oxides_wt[0] < 49.0) == ("basalt_only" in signs)
        seen = target.reflectance_frac
        edge = 1.0 - seen[FILTERS_NM.index(1000)] / seen[FILTERS_NM.index(950)]
        assert (edge > 0.03) == ("water_edge" in signs)
        assert (ferric_depth(seen) > 0.03) == ("ferric_band" in signs)


def test_the_laser_looks_ahead_of_the_rover() -> None:
    x_m, y_m = ahead_of(10.0, 20.0, math.pi / 2, 3.0)
    assert (x_m, y_m) == pytest.approx((13.0, 20.0))


def test_dust_is_the_named_material() -> None:
    assert dust_target(SPEC.ground).oxides_wt == material_of(SPEC.ground, "global dust").oxides_wt


def test_unknown_materials_are_refused() -> None:
    with pytest.raises(ValueError, match="no material 'cheese'"):
        target_at(SPEC, 7, (0.0, 0.0), "cheese", 0.3)
    with pytest.raises(ValueError, match="no material 'cheese'"):
        replace(SPEC.ground, dust="cheese")
