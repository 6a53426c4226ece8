"""Nature's constants stand in `units.py` or `data/mars.toml`; every formula names its source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from game.environment.tables import planet, toml_table
from game.errors import ConfigError
from game.paths import PACKAGE

FOLDER = PACKAGE / "environment"
FILES = sorted(FOLDER.glob("*.py"))
# What may stand anywhere: 0, 1, 2 and halves; 3 and 4 as powers and their slopes (T^4 and 4 T^3),
# corners of a cubic, components of a vector, colours.
STRUCTURE = range(5)
# Numerical settings, by file: how finely and how long something is computed, never how Mars is.
SETTINGS = {
    "clock": {"ROUNDING_MIN"},
    "dust": {"NEGLIGIBLE_TAU", "STORM_MEMORY_SOLS", "BLOCK_SOLS", "NOISE_MEMORY"},
    "earth": {"KEPLER_STEPS"},
    "ground": {
        "BLOCK",
        "SETTLING_ROUNDS",
        "STIFFNESS_PARTS",
        "FIRST_GUESS_K",
        "LEAST_DECAY",
        "SERIES_BELOW",
        "MOST_DEPTH",
    },
    "limits": {"ROUNDING_RAD"},
    "nature": {"FROST_STRIDE", "WHIRL_REACH"},
    "series": {"STEPS", "CHAIN_SOLS"},
    "sky": {"GRAZING"},
    "sky_colour": {"LEAST_TAU", "NEXT_TO", "FINE_COUNT"},
    "sky_optics": {"ANGLES"},
    "spec": {"HEXADECIMAL"},
    "storms": {"STORM_DRAWS"},
    "sun": {"SEARCH_SPACING_S", "SEARCH_PRECISION_S"},
    "vortices": {"MOST_WHIRLS", "WHIRL_DRAWS", "EDGE_H"},
    "wind": {"NOISE_MEMORY", "WEIBULL_SHAPES"},
}
# Functions that read a file, ask another function, or put the answers of others side by side.
NO_FORMULA = {
    "dust": {"constant_dust", "storms_near", "forecast_of"},
    "earth": {"earth_at"},
    "nature": {
        "nature_table",
        "expected_environment",
        "passing_whirls",
        "dust_devils",
        "storm_outlook",
        "cleanings",
    },
    "places": {"named_places"},
    "series": {"sol_series", "ground_run", "ground_start"},
    "sky_colour": {"sky_table"},
    "spec": {"environment_spec"},
    "tables": {"table_rows", "table_columns", "planet", "toml_table"},
}
SOURCE = re.compile(r"References\n-+\n\.\. \[1\] |\(\d{4}\)|\b[Dd]efinition\b|\b[Gg]eometry\b")


def settings_of(tree: ast.Module, source: str) -> dict[str, ast.expr]:
    """Named numbers of a module that have a comment, on their line or on the one above."""
    lines = source.splitlines()
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            above = lines[node.lineno - 2].startswith("#")
            if above or "  # " in lines[node.lineno - 1]:
                found[node.targets[0].id] = node.value
    return found


def stray_numbers(source: str, settings: set[str]) -> list[float]:
    """Every number that is neither structure, index, size of a cache, nor a setting."""
    tree = ast.parse(source)
    named = settings_of(tree, source)
    allowed: set[ast.AST] = set()
    for name in settings & named.keys():
        allowed |= set(ast.walk(named[name]))
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            inside = node.slice
            parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
            for part in parts:
                allowed |= (
                    set(ast.iter_child_nodes(part)) if isinstance(part, ast.Slice) else {part}
                )
        elif isinstance(node, ast.keyword) and node.arg == "maxsize":
            allowed.add(node.value)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and node.value not in STRUCTURE
        and node not in allowed
    ]


def formulas() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of nature that returns something else than words."""
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                answer = ast.unparse(node.returns) if node.returns else "None"
                if answer not in ("None", "str"):
                    yield path.stem, node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_constant_of_nature_stands_in_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert stray_numbers(source, SETTINGS.get(path.stem, set())) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(x):\n    return 0.069 * x", [0.069]),
        ("def f(x):\n    return 1.0 - 2 * x**4 + x / 2", []),
        ("def f(x):\n    return x % 24.0 + x[7] + x[9:, 5]", [24.0]),
        ("def f(x):\n    return x[g(7)]", [7]),
        ("ROUNDS = 9  # more change nothing", []),
        ("ROUNDS = 9", [9]),
        ("SLOPE = 9.5  # Somebody (1999)", [9.5]),
        ("@lru_cache(maxsize=64)\ndef f(x: int = 7) -> int: ...", [7]),
        ("HEIGHTS = (-3630.0, 2)", [3630.0]),
    ],
)
def test_a_constant_in_code_is_found(source: str, found: list[float]) -> None:
    assert stray_numbers(source, {"ROUNDS"}) == found


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_setting_that_is_excused_exists(name: str) -> None:
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert SETTINGS[name] <= settings_of(ast.parse(source), source).keys()


@pytest.mark.parametrize(
    ("name", "node"), list(formulas()), ids=lambda one: getattr(one, "name", one)
)
def test_every_formula_says_where_it_is_from(name: str, node: ast.FunctionDef) -> None:
    says = bool(SOURCE.search(ast.get_docstring(node) or ""))
    assert says or node.name in NO_FORMULA.get(name, set())


def test_every_function_that_is_excused_exists_and_names_no_source() -> None:
    silent = {
        (name, node.name)
        for name, node in formulas()
        if not SOURCE.search(ast.get_docstring(node) or "")
    }
    assert {(name, one) for name, functions in NO_FORMULA.items() for one in functions} == silent


def test_every_table_of_the_planet_is_read_by_the_formulas() -> None:
    asked = [
        node.args[0].value
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "planet"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert sorted(map(str, asked)) == sorted(toml_table("mars")["planet"])


def test_every_table_of_mars_names_its_sources() -> None:
    lines = (PACKAGE / "data" / "mars.toml").read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    for start, end in pairwise([*starts, len(lines)]):
        body = "\n".join(lines[start:end]).rpartition("=")[0]  # without what belongs to the next
        assert lines[start - 1].startswith("#") or "\n#" in body, lines[start]


@dataclass(frozen=True, slots=True)
class Misread:
    slat: float
    most_tau: float


def test_a_wrong_table_of_the_planet_is_told_with_its_place() -> None:
    with pytest.raises(ConfigError) as caught:
        planet("glow", Misread)
    assert str(caught.value).splitlines() == [
        "mars.toml.planet.glow: unknown key 'slant'; did you mean 'slat'?",
        "mars.toml.planet.glow: missing key 'slat'",
    ]
    with pytest.raises(ConfigError, match="missing key 'slat'"):
        planet("glw", Misread)
