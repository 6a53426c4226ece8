import re

import pytest

from game.errors import ConfigError
from game.world.soil import Soil, traits_of
from game.world.spec import terrain_spec
from tests.world.worlds import ROOT, SITES, spec, table


def test_every_shipped_region_parses() -> None:
    assert set(SITES) <= set(table()["sites"])
    for site in table()["sites"]:
        assert spec(7, site).site.title


def test_a_region_that_is_not_there_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="did you mean 'meridiani'"):
        terrain_spec(table(), 7, "meridani")


def test_an_unknown_number_is_refused_with_the_nearest_name() -> None:
    changed = {**table(), "rock": {**table()["rock"], "patch_sgma": 1.0}}
    with pytest.raises(ConfigError, match="patch_sigma"):
        terrain_spec(changed, 7, SITES[0])


@pytest.mark.parametrize(
    "edges", [[20000.0, 48.0, 256.0, 4096.0], [5.0, 5.0, 256.0, 4096.0], [5.0]]
)
def test_families_of_craters_rise_in_size(edges: list[float]) -> None:
    changed = {**table(), "crater": {**table()["crater"], "family_edge_m": edges}}
    with pytest.raises(ConfigError, match="family_edge_m must rise"):
        terrain_spec(changed, 7, SITES[0])


def test_the_regions_differ_as_published() -> None:
    # Fewest rocks and smoothest ground at Meridiani; most rocks at Jezero and Gusev.
    sites = {name: spec(7, name).site for name in SITES}
    assert min(sites, key=lambda name: sites[name].rock_frac) == "meridiani"
    assert min(sites, key=lambda name: sites[name].rms_slope_10m_deg) == "meridiani"
    assert sites["jezero"].rock_frac > sites["utopia-planitia"].rock_frac


def test_every_soil_class_has_traits() -> None:
    traits = spec().recipe.soils
    assert {one.name for one in traits} == {soil.name.lower() for soil in Soil}
    assert traits_of(Soil.DRIFT_DUST, traits).thermal_inertia < 100.0
    assert traits_of(Soil.BEDROCK, traits).thermal_inertia > 1000.0


def test_soil_numbers_never_change() -> None:
    # Levels and saves hold them.
    assert [soil.name for soil in Soil] == [
        "BEDROCK",
        "DURICRUST",
        "CRUSTY_CLODDY",
        "COMPACT_SAND",
        "TAR_CREST",
        "LOOSE_SAND",
        "DRIFT_DUST",
        "FRESH_EJECTA",
    ]


def test_every_number_of_a_region_names_its_source_or_says_that_it_was_chosen() -> None:
    text = (ROOT / "game" / "data" / "terrain.toml").read_text(encoding="utf-8")
    words = ("CNSA", "MOLA", "look: ", "landing-site selection", "number of its own", "same plane")
    named = re.compile("|".join([r"\(\d{4}\)", r"\[chosen\] \w", *words]))
    regions = text[text.index("[sites.") :]
    told, numbers = "", 0
    for line in regions.splitlines():
        if line.startswith("#"):
            told += line
            continue
        if re.match(r"\w+ = [-\d]", line):
            numbers += 1
            assert named.search(told), line
        told = ""
    assert numbers >= 16 * len(SITES)
