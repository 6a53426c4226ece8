"""The tables of the planet: every number has its range, and nothing in them is passed over."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from math import inf, nan
from typing import Any

import pytest

from game.environment import tables
from game.environment.atmosphere import GlowSpec
from game.environment.earth import PoleSpec
from game.environment.limits import LimitsSpec
from game.environment.marstime import SeasonSpec
from game.environment.sky_optics import SkyColourSpec
from game.errors import ConfigError
from game.ranges import out_of_rows

ROWS: Mapping[str, Mapping[str, list[float]]] = tables.toml_table("ranges")["planet"]
SHIPPED: Mapping[str, Mapping[str, Any]] = tables.toml_table("mars")["planet"]
Lay = Callable[[str, Any], None]


@pytest.fixture
def lay(monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Write over one part of `[planet]`, as somebody would in the file."""
    mars = deepcopy(dict(tables.toml_table("mars")))
    real = tables.toml_table

    def over(path: str, value: Any) -> None:
        inner = mars
        *parents, last = path.split(".")
        for key in parents:
            inner = inner[key]
        inner[last] = value

    monkeypatch.setattr(tables, "toml_table", lambda name: mars if name == "mars" else real(name))
    return over


def test_every_number_of_the_planet_has_a_row_and_every_row_a_number() -> None:
    assert {name: set(table) for name, table in SHIPPED.items()} == {
        name: set(rows) for name, rows in ROWS.items()
    }


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_shipped_planet_lies_within_its_rows(name: str) -> None:
    assert out_of_rows(ROWS[name], SHIPPED[name], name) == []


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.parametrize("end", [0, 1])
def test_every_number_beyond_its_row_is_named(name: str, end: int) -> None:
    beyond = {
        key: row[end] + (2 * end - 1) * (abs(row[end]) + 1) for key, row in ROWS[name].items()
    }
    told = out_of_rows(ROWS[name], beyond, name)
    assert [line.partition(":")[0] for line in told] == [f"{name}.{key}" for key in ROWS[name]]


@pytest.mark.parametrize(
    ("path", "value", "kind", "told"),
    [
        ("limits.last_year", 99999, LimitsSpec, "must be from 1972 to 2049, got 99999"),
        ("limits.most_sols", -1, LimitsSpec, "must be from 1 to 2000, got -1"),
        ("limits.most_sols", 10**400, LimitsSpec, "must be from 1 to 2000, got inf"),
        ("season.tilt_sine", 1.5, SeasonSpec, "must be from 0 to 1, got 1.5"),
        ("glow.slant", -1.66, GlowSpec, "must be from 1 to 3, got -1.66"),
        ("glow.slant", nan, GlowSpec, "must be a finite number, got nan"),
        ("glow.most_tau", inf, GlowSpec, "must be from 0 to 20, got inf"),
        (
            "sky_colour.dust_albedo",
            [0.9, 1.5, 0.8],
            SkyColourSpec,
            "must be from 0.3 to 0.999, got",
        ),
    ],
)
def test_an_absurd_planet_is_refused_with_file_key_and_range(
    lay: Lay, path: str, value: Any, kind: type, told: str
) -> None:
    lay(f"planet.{path}", value)
    with pytest.raises(ConfigError) as caught:
        tables.planet(path.partition(".")[0], kind)
    first = str(caught.value).splitlines()[0]
    assert first.startswith(f"mars.toml.planet.{path}")
    assert told in first


def test_a_table_that_nobody_asks_for_is_named_with_the_nearest(lay: Lay) -> None:
    lay("planet.pol", {"ascension_deg": 3.0})
    with pytest.raises(ConfigError) as caught:
        tables.planet("glow", GlowSpec)
    assert str(caught.value) == "mars.toml.planet: unknown table 'pol'; did you mean 'pole'?"


def test_all_that_is_wrong_is_told_at_once(lay: Lay) -> None:
    lay("planet.foo", 3)
    lay("planet.glow", {"slant": 0.5, "most_tao": 3.0})
    with pytest.raises(ConfigError) as caught:
        tables.planet("glow", GlowSpec)
    assert str(caught.value).splitlines() == [
        "mars.toml.planet: unknown table 'foo'",
        "mars.toml.planet.glow.slant: must be from 1 to 3, got 0.5",
        "mars.toml.planet.glow: unknown key 'most_tao'; did you mean 'most_tau'?",
        "mars.toml.planet.glow: missing key 'most_tau'",
    ]


@pytest.mark.parametrize(
    ("path", "told"),
    [("planet", "mars.toml.planet: expected a table"), ("planet.pole", "planet.pole: expected a")],
)
def test_what_is_no_table_is_refused(lay: Lay, path: str, told: str) -> None:
    lay(path, [1, 2])
    with pytest.raises(ConfigError, match=told):
        tables.planet("pole", PoleSpec)
