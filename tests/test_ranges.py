"""No number of the rules can be absurd: each has a range, and ours lie inside theirs."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from game.agents.agent import fly
from game.agents.registry import find_agent
from game.environment.limits import MOST_ELEVATION_M
from game.environment.sky import check_lit_albedo
from game.errors import ConfigError, GameError
from game.levels.open import Changes, open_level
from game.ranges import Range, out_of_range, ranges
from game.rules import FIXED, NAMES, load_rules, load_table
from game.session import Session

Path = tuple[str | int, ...]
LIMITS = ranges(load_table("ranges"))

ABSURD = (
    ("rover", "mobility.speed_m_s", 1e6),
    ("rover", "mobility.tilt_stop_deg", -361.0),
    ("rover", "mobility.navigation.slowest_frac", -5.0),
    ("rover", "thermal.array_j_k", 1.0),
    ("rover", "thermal.box_shell_w_k", 999.0),
    ("rover", "thermal.store_box_w_k", 1e9),
    ("mars", "air.heat_ratio", -2.0),
    ("mission", "forecast.storm_sols", 0.0),
    ("mars", "air.gas_constant_j_kg_k", -1.0),
    ("mars", "ground.layers", 100_000),
    ("mars", "wind.memory_steps", 1_000_000_000),
    ("science", "magnetism.weak_nt", -1e9),
    ("scoring", "score.science_full_value", 0),
    ("terrain", "sites.utopia-planitia.hurst", -3.0),
    ("terrain", "sites.utopia-planitia.rock_frac", 5.0),
)


def nested(file: str, path: str, value: float) -> dict[str, Any]:
    over: Any = value
    for key in reversed(path.split(".")):
        over = {key: over}
    return {file: over}


def numbers(table: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from numbers(value, (*place, key))
    elif isinstance(table, list):
        for value in table:
            yield from numbers(value, place)
    elif isinstance(table, int | float) and not isinstance(table, bool):
        yield place, float(table)


def open_table(name: str) -> dict[str, Any]:
    """What a level may write over."""
    return {key: value for key, value in load_table(name).items() if (name, key) != FIXED}


@pytest.mark.parametrize("name", NAMES)
def test_all_shipped_numbers_lie_within_their_ranges(name: str) -> None:
    table = open_table(name)
    assert out_of_range(LIMITS, name, table, table) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_number_may_become_a_million_million(name: str) -> None:
    table = open_table(name)
    for place, value in numbers(table, (name,)):
        limit = LIMITS.of(place, [value])
        if value != 0.0:
            assert not limit.admits(1e12 * max(abs(value), 1e-3)), place


@pytest.mark.parametrize(("file", "path", "value"), ABSURD)
def test_an_absurd_number_is_refused_with_its_name_and_range(
    file: str, path: str, value: float
) -> None:
    with pytest.raises(ConfigError) as caught:
        open_level("ninety-sols", 1, None, Changes(nested(file, path, value)))
    assert f"rules.{file}.{path}: must be from " in str(caught.value)


def test_no_level_changes_the_planet_itself() -> None:
    over = {"mars": {"planet": {"limits": {"most_tau": 5.0}}, "air": {"heat_ratio": -2.0}}}
    with pytest.raises(ConfigError) as caught:
        load_rules(over)
    first, second = str(caught.value).splitlines()
    assert first == "rules.mars.planet: is the same in every level; leave it out"
    assert second.startswith("rules.mars.air.heat_ratio: must be from ")


def test_a_bold_idea_is_admitted() -> None:
    rules = load_rules(nested("rover", "mobility.speed_m_s", 0.2))
    assert rules.rover().mobility.speed_m_s == 0.2


@pytest.mark.parametrize("elevation_m", [-8200.0, -205.0, -100.0, 0.0, 100.0, 2000.0, 21000.0])
def test_a_level_may_lie_at_any_elevation(elevation_m: float) -> None:
    over = nested("mars", "site.elevation_m", elevation_m)
    assert load_rules(over).environment(7).site.elevation_m == elevation_m


@pytest.mark.parametrize("elevation_m", [-30000.0, 100.0, 30000.0])
def test_a_mission_flies_at_any_elevation(elevation_m: float) -> None:
    fly_with("mars", ("site", "elevation_m"), elevation_m, may_refuse=False)


def test_rules_and_places_admit_the_same_elevations() -> None:
    limit = LIMITS.of(("mars", "site", "elevation_m"), [-4099.4])
    assert (limit.lowest, limit.highest) == (-MOST_ELEVATION_M, MOST_ELEVATION_M)


def test_a_level_may_not_have_ground_whose_light_is_not_known() -> None:
    limit = LIMITS.of(("mars", "ground", "albedo"), [0.25])
    check_lit_albedo(limit.highest)
    with pytest.raises(ConfigError, match=r"ground\.albedo: must be from 0 to 0\.4, got 0\.9 "):
        load_rules(nested("mars", "ground.albedo", 0.9))
    with pytest.raises(ValueError, match=r"albedo must be from 0 to 0\.4"):
        check_lit_albedo(limit.highest + 1e-9)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Range(0.0, 1.0), "from 0 to 1"),
        (Range(0.5, 9.0), "from 0.5 to 9"),
        (Range(-12000.0, 0.0, 30.0), "from -12000 to -30 or 0"),
        (Range(0.0, 40.0, 0.1), "from 0.1 to 40 or 0"),
        (Range(-20.0, 20.0, 0.05), "from -20 to -0.05, from 0.05 to 20 or 0"),
    ],
)
def test_a_range_is_said_as_it_is_meant(limit: Range, words: str) -> None:
    assert str(limit) == words


def test_a_number_too_near_zero_is_refused_with_a_range_that_it_misses() -> None:
    over = nested("mission", "chart.y_m", -5.0)
    with pytest.raises(ConfigError, match="must be from -12000 to -30 or 0, got -5 "):
        load_rules(over)


def test_every_entry_of_the_ranges_names_something_that_exists() -> None:
    places = {place for name in NAMES for place, _ in numbers(load_table(name), (name,))}
    dotted = {".".join(place) for place in places}
    keys = {place[-1] for place in places}
    assert set(LIMITS.place) <= dotted
    assert set(LIMITS.key) <= keys


def places(table: Any, path: Path) -> Iterator[tuple[Path, float]]:
    """Every number of a table, one for each array, with keys and indices that lead to it."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from places(value, (*path, key))
    elif isinstance(table, list):
        yield from places(table[0] if table else None, (*path, 0))
    elif isinstance(table, int | float) and not isinstance(table, bool):
        yield path, table


def limits() -> list[tuple[str, Path, float]]:
    """Every number of the rules at its lowest, its highest and, where it may be, at 0."""
    found = []
    for name in NAMES:
        ours: dict[tuple[str, ...], list[float]] = {}
        for place, value in numbers(open_table(name), (name,)):
            ours.setdefault(place, []).append(value)
        for path, value in places(open_table(name), ()):
            place = (name, *(str(key) for key in path if not isinstance(key, int)))
            limit = LIMITS.of(place, ours[place])
            for end in {limit.lowest, limit.highest, 0.0}:
                if abs(end) < 1e15 and limit.admits(end) and end != value:
                    found.append((name, path, round(end) if isinstance(value, int) else end))
    return found


def with_number(name: str, path: Path, value: float) -> dict[str, Any]:
    """An override with one number changed; the arrays above it are given whole."""
    table = deepcopy(dict(load_table(name)))
    inner: Any = table
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    depth = next((at for at, key in enumerate(path) if isinstance(key, int)), len(path))
    over: Any = table
    for key in path[:depth]:
        over = over[key]
    for key in reversed(path[:depth]):
        over = {key: over}
    return {name: over}


def fly_with(name: str, path: Path, value: float, *, may_refuse: bool = True) -> None:
    """A sol with a number at its limit: it flies, or is refused in a sentence."""
    try:
        opened = open_level("ninety-sols", 7, None, Changes(with_number(name, path, value)))
    except GameError:
        if not may_refuse:
            raise
        return
    fly(Session(opened.setup), find_agent("baseline", 7), 9, lambda _: None, [])


@pytest.mark.parametrize(
    ("name", "path", "value"), Random(1).sample(limits(), 24), ids=lambda one: str(one)[:60]
)
def test_a_number_at_its_limit_flies_or_is_refused(name: str, path: Path, value: float) -> None:
    fly_with(name, path, value)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_at_its_limit_flies_or_is_refused(name: str) -> None:
    for file, path, value in limits():
        if file == name and "sites" not in path:
            try:
                fly_with(file, path, value)
            except Exception as error:
                raise AssertionError(f"{file} {path} = {value}") from error
