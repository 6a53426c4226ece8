"""From a level, a seed and a preset to a Setup: the one way in for window, runs and scenarios."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from game.commands import ActivityKind
from game.conditions import parse_condition
from game.config import why_unreadable
from game.environment.clock import SiteSpec, sol_start_tick, tick_at
from game.errors import ConfigError, ScenarioError
from game.levels.build import keep_out_circles, level_overlays, start_heading_rad
from game.levels.check_rules import fault_kinds, spec_problems
from game.levels.level import Level
from game.levels.load import find_level, load_level
from game.mission.mission import MissionSpec, Objective
from game.mission.plan import Plan
from game.mission.plan_entry import PlanContext
from game.mission.plan_file import parse_plan
from game.mission.rules_of_flight import FlightRules
from game.mission.scoring import scaled
from game.orbiter.relay import passes_of_sol
from game.rng import check_seed
from game.rover.faults import FaultEntry, unknown_kinds
from game.rover.instruments import InstrumentsSpec
from game.rover.order_times import order_price
from game.rover.start import Pose
from game.rules import Difficulty, Rules, find_difficulty, load_rules, load_table
from game.state import KeepOut, Outage, Setup
from game.telemetry import CHANNELS
from game.world.places import places
from game.world.terrain import Terrain

MOST_PLAN_BYTES = 4 << 20
UNKNOWN_S = 600  # planned for work that no instrument aboard does; it will be refused


@dataclass(frozen=True, slots=True, eq=False)
class OpenedLevel:
    """A level ready to fly: its own words, the setup, and the limits plans are held against."""

    level: Level
    setup: Setup
    flight_rules: FlightRules


@dataclass(frozen=True, slots=True)
class Changes:
    """What a scenario lays over a level: rules, storms, faults, and sols without an orbiter."""

    rules: Mapping[str, Any]
    storms: tuple[Mapping[str, Any], ...] = ()
    outages: tuple[tuple[int, int], ...] = ()
    faults: tuple[FaultEntry, ...] = ()


def open_level(
    name: str,
    seed: int | None = None,
    difficulty: str | None = None,
    changes: Changes | None = None,
) -> OpenedLevel:
    """Open a level by name or path.

    Parameters
    ----------
    name : str
        A bundled level's name, a mission folder, a mission.toml or a .tmx map.
    seed : int, optional
        Seed of ground, weather and chance; the level's own if not given.
    difficulty : str, optional
        Name of a preset; the level's own if not given.
    changes : Changes, optional
        What a scenario changes.

    Raises
    ------
    GameError
        With every problem of level, preset or rules.
    """
    level = load_level(find_level(name))
    seed = check_seed(level.seed if seed is None else seed)
    preset = find_difficulty(difficulty or level.difficulty)
    changes = changes or Changes({})
    rules = load_rules(level.rules, preset.rules, changes.rules)
    try:
        setup = _setup(name, seed, level, preset, (rules, changes))
        return OpenedLevel(level, setup, rules.flight_rules(setup.rover))
    except ConfigError as error:  # the first of them; tell what else there is
        told = (*str(error).splitlines(), *spec_problems(rules, level, seed))
        raise ConfigError("\n".join(dict.fromkeys(told))) from None


def _setup(
    name: str, seed: int, level: Level, preset: Difficulty, laid: tuple[Rules, Changes]
) -> Setup:
    rules, changes = laid
    environment = rules.environment(seed, (*_plain(level.storms), *changes.storms))
    terrain = Terrain(rules.terrain(seed, level.preset, level_overlays(level)))
    kinds = fault_kinds(rules)
    if strange := unknown_kinds(changes.faults, kinds, "fault"):
        raise ConfigError("\n".join(strange))
    rover = rules.rover((*level.faults, *changes.faults))
    site = environment.site
    return Setup(
        level=name,
        title=level.title,
        seed=seed,
        difficulty=preset.name,
        opening_tick=max(0, tick_at(site, level.opening.sol, level.opening.hour_lmst)),
        is_delayed=preset.is_delayed,
        is_windowed=preset.is_windowed,
        environment=environment,
        terrain=terrain,
        rover=rover,
        orbiter=rules.orbiter(level.sols),
        mission=_mission(level, rules, rover.bus.floor_frac),
        score=scaled(rules.score(), preset.score_factor),
        science=rules.science(),
        soils=rules.soils(),
        forecast=rules.forecast(),
        chart=rules.chart(),
        steps=rules.steps(),
        start=Pose(
            level.start.x_m, level.start.y_m, start_heading_rad(level), level.start.is_on_lander
        ),
        places=places(terrain.spec),
        keep_outs=_keep_outs(level),
        outages=_outages(site, changes.outages),
        smallest_rock_m=rover.mobility.navigation.rock_height_m,
    )


def open_plan(path: Path, setup: Setup) -> Plan:
    """Read a plan file for a setup.

    Raises
    ------
    ScenarioError
        With every problem in the file.
    """
    text = _plain_text(path)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{path}: {why_unreadable(error)}") from None
    return parse_plan(table, plan_context(setup), str(path), text)


def _plain_text(path: Path) -> str:
    """Read a plan file as text; a mark of byte order and ends of lines of Windows do no harm."""
    try:
        if path.stat().st_size > MOST_PLAN_BYTES:
            raise ScenarioError(
                f"{path}: too large to be a plan (over {MOST_PLAN_BYTES >> 20} MiB)"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError(f"{path}:{line}: this is no text in UTF-8") from None


def plan_context(setup: Setup) -> PlanContext:
    """Return what plan files of a mission are read against."""

    def passes(sol: int) -> tuple[tuple[int, int], ...]:
        return tuple(
            (one.usable_rise_tick, one.usable_set_tick)
            for one in passes_of_sol(setup.orbiter, setup.site, sol)
            if one.usable_rise_tick < one.usable_set_tick
        )

    return PlanContext(
        site=setup.site,
        usual_s=usual_durations_s(setup.rover.instruments),
        readings=CHANNELS,
        passes=passes,
        lead_s=setup.rover.radio.warm_up_s,
        sols=setup.mission.sols,
        rover=setup.rover,
        start_m=(setup.start.x_m, setup.start.y_m),
        is_on_lander=setup.start.is_on_lander,
        roll_off_sol=setup.mission.roll_off_sol,
        order_s=lambda command: order_price(setup.rover, command).duration_s,
        templates={str(one["title"]): one for one in load_table("templates")["template"]},
    )


def usual_durations_s(instruments: InstrumentsSpec) -> dict[ActivityKind, int]:
    """Return how long each kind of activity usually takes [s]."""
    usual = dict.fromkeys(ActivityKind, UNKNOWN_S) | {
        ActivityKind.ROLL_OFF: 1800,
        ActivityKind.DRIVE: 5400,
        ActivityKind.SEND: 1800,
        ActivityKind.WARM_UP: 1800,
        ActivityKind.SLEEP: 36_000,
        ActivityKind.DIAGNOSE: 1200,
    }
    return usual | {tool.kind: tool.duration_s for tool in instruments.instrument}


def _mission(level: Level, rules: Rules, floor_frac: float) -> MissionSpec:
    shared = rules.mission()
    return MissionSpec(
        sols=level.sols,
        roll_off_sol=min(level.opening.sol, shared.roll_off_sol),
        floor_frac=floor_frac,
        success_frac=shared.success_frac,
        storm_tau=shared.storm_tau,
        objectives=tuple(
            Objective(o.name, o.title, parse_condition(o.condition, CHANNELS), o.points)
            for o in level.objectives
        ),
    )


def _keep_outs(level: Level) -> tuple[KeepOut, ...]:
    return tuple(
        KeepOut(area.name, *circle) for area in level.keep_outs for circle in keep_out_circles(area)
    )


def _outages(site: SiteSpec, spans: tuple[tuple[int, int], ...]) -> tuple[Outage, ...]:
    return tuple(
        Outage(sol_start_tick(site, first), sol_start_tick(site, last + 1)) for first, last in spans
    )


def _plain(storms: tuple[Any, ...]) -> tuple[dict[str, Any], ...]:
    return tuple({f.name: getattr(storm, f.name) for f in fields(storm)} for storm in storms)
