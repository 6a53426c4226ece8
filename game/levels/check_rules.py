"""Do the overrides of a level fit the rules? Tried by building every spec once."""

from collections.abc import Callable, Mapping

from game.config import laid_path, nearest
from game.errors import ConfigError
from game.levels.level import Level
from game.levels.problems import Problems, quoted
from game.rover.faults import unknown_kinds
from game.rules import (
    NAMES,
    Rules,
    difficulties,
    load_rules,
    load_table,
    odd_parts,
)
from game.world.overlays import OpenGround
from game.world.places import places


def check_rules(level: Level, problems: Problems) -> None:
    """Note unknown presets, difficulties, tables and keys, and values out of their range."""
    sites = load_table("terrain")["sites"]
    if level.preset not in sites:
        known = ", ".join(sites)
        hint = nearest(level.preset, sites)
        problems.add(f"unknown preset {level.preset!r}{hint} (there are {known})")
        return
    if level.difficulty not in difficulties():
        known = ", ".join(difficulties())
        hint = nearest(level.difficulty, difficulties())
        problems.add(f"unknown difficulty {level.difficulty!r}{hint} (there are {known})")
    before = len(problems.found)
    sound = _sound_parts(level, problems)
    if sound or len(problems.found) == before:
        rules = load_rules(sound)
        for text in spec_problems(rules, level):
            told = laid_path(text, "rules")
            problems.add_at(told, told.replace("rules.orbiter.orbit", "orbiter", 1))
        for text in unknown_kinds(level.faults, fault_kinds(rules), "faults"):
            problems.add_at(text)
        if len(problems.found) == before:
            _check_place_names(level, rules, problems)


def fault_kinds(rules: Rules) -> tuple[str, ...]:
    """Return the names of all kinds of faults, as far as the rules can be read."""
    kinds = rules.tables["faults"].get("kind", ())
    tables = [one for one in kinds if isinstance(one, Mapping)] if isinstance(kinds, list) else []
    return tuple(str(one.get("name", "")) for one in tables)


def _sound_parts(level: Level, problems: Problems) -> dict[str, object]:
    """Return the files a level changes whose keys are known; the others are noted and left."""
    sound: dict[str, object] = {}
    for name, part in level.rules.items():
        if name not in NAMES:
            problems.add_at(f"rules: unknown table {name!r}{nearest(name, NAMES)}")
            continue
        count = len(problems.found)
        _check_kinds(load_table(name), part, f"rules.{name}", problems)
        for text in odd_parts(name, part):
            problems.add_at(text)
        if len(problems.found) == count:
            sound[name] = part
    return sound


def _check_kinds(base: object, over: object, where: str, problems: Problems) -> None:
    """Note where a table stands for a value or the other way round."""
    if isinstance(base, Mapping) != isinstance(over, Mapping):
        word = "table" if isinstance(base, Mapping) else "value"
        problems.add_at(f"{where}: must be a {word}, not {over!r}")
    elif isinstance(base, Mapping) and isinstance(over, Mapping):
        for key, part in over.items():
            if key in base:
                _check_kinds(base[key], part, f"{where}.{key}", problems)


def _check_place_names(level: Level, rules: Rules, problems: Problems) -> None:
    """Note places of the level that are called like one of the site's own."""
    spec = rules.terrain(level.seed, level.preset, (OpenGround(),) if level.is_open_ground else ())
    known = {place.name for place in places(spec)}
    for place in level.places:
        if place.name in known:
            problems.add(f"the site has a place called {quoted(place.name)}, too", "rename yours")


def spec_problems(rules: Rules, level: Level, seed: int | None = None) -> list[str]:
    """Return everything that the specs refuse, a line each; all of them are tried."""
    specs: tuple[Callable[[], object], ...] = (
        lambda: rules.environment(level.seed if seed is None else seed),
        lambda: rules.terrain(level.seed if seed is None else seed, level.preset, ()),
        rules.rover,
        lambda: rules.orbiter(level.sols),
        rules.science,
        rules.soils,
        rules.score,
        rules.mission,
        rules.forecast,
        rules.chart,
        rules.steps,
    )
    found: list[str] = []
    for spec in specs:
        try:
            spec()
        except ConfigError as error:
            found += str(error).splitlines()
    return found
