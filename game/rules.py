"""The rules: TOML files of `game/data`, merged with what a level, a scenario or a preset changes.

Every number of the game lives in those files; here they become the frozen specs of the core.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from game.config import nearest, parse
from game.environment import julian
from game.environment.nature import EnvironmentSpec, environment_spec
from game.environment.tables import toml_table
from game.errors import ConfigError
from game.mission.chart import ChartSpec
from game.mission.flight_limits import flight_rules
from game.mission.flight_rules import FlightRules
from game.mission.mission import MissionRules
from game.mission.outlook import ForecastSpec
from game.mission.scoring import ScoreSpec
from game.orbiter.ground_check import flight_problem
from game.orbiter.relay import OrbiterSpec
from game.ranges import out_of_range, ranges
from game.rover.fault_effects import path_problem, placed
from game.rover.fault_signs import SITUATIONS
from game.rover.faults import FaultEntry, FaultsSpec
from game.rover.gear import MobilitySpec
from game.rover.heat import ThermalSpec
from game.rover.instruments import PayloadSpec
from game.rover.modes import BusSpec
from game.rover.motors import MotorSpec
from game.rover.power import PowerSpec
from game.rover.rover import RoverSpec
from game.rover.sequencer import SequencerSpec
from game.science.samples import ScienceSpec
from game.state import SoilMaterial, StepSpec
from game.world.overlays import Overlay
from game.world.spec import TerrainSpec, terrain_spec

Table = Mapping[str, Any]
NAMES = (
    "faults",
    "instruments",
    "mars",
    "mission",
    "orbiter",
    "rover",
    "science",
    "scoring",
    "sequencer",
    "terrain",
)
IN_PARTS = ("mission", "rover", "scoring", "sequencer")  # no spec reads the whole of these
FIXED = ("mars", "planet")  # file and table that are the same in every level


@dataclass(frozen=True, slots=True)
class Difficulty:
    """One preset: words for people, its switches, and what it overrides."""

    name: str
    title: str
    description: str
    is_delayed: bool
    is_windowed: bool
    score_factor: float
    rules: Table


@dataclass(frozen=True, slots=True)
class Rules:
    """All tables after merging, by file name without its ending."""

    tables: Mapping[str, Table]

    def environment(self, seed: int, storms: tuple[Table, ...] = ()) -> EnvironmentSpec:
        """Return nature for a seed, with authored storms added."""
        table = deepcopy(dict(self.tables["mars"]))
        if storms:
            known = table["dust"].get("storms", [])
            if not isinstance(known, list):
                raise ConfigError(f"mars.toml.dust.storms: expected an array, got {known!r}")
            table["dust"]["storms"] = [*known, *storms]
        return environment_spec(table, seed)

    def terrain(self, seed: int, site: str, overlays: tuple[Overlay, ...]) -> TerrainSpec:
        """Return the description of the ground."""
        return terrain_spec(self.tables["terrain"], seed, site, overlays)

    def rover(self, ordered: tuple[FaultEntry, ...] = ()) -> RoverSpec:
        """Return the machine, with the faults that a level or scenario orders."""
        table, sequence = self.tables["rover"], self.tables["sequencer"]
        start = parse(sequence["start"], _Start, "sequencer.toml.start")
        payload = parse(self.tables["instruments"], PayloadSpec, "instruments.toml")
        bus = parse(sequence["bus"], BusSpec, "sequencer.toml.bus")
        wheels = _merged({"awake_w": bus.awake_w}, table["mobility"])
        spec = RoverSpec(
            mobility=parse(wheels, MobilitySpec, "rover.toml.mobility"),
            power=parse(table["power"], PowerSpec, "rover.toml.power"),
            thermal=parse(table["thermal"], ThermalSpec, "rover.toml.thermal"),
            instruments=payload.instruments,
            storage=payload.storage,
            radio=payload.radio,
            sequencer=parse(sequence["sequencer"], SequencerSpec, "sequencer.toml.sequencer"),
            bus=bus,
            faults=self._faults(ordered),
            motors=parse(sequence["motors"], MotorSpec, "sequencer.toml.motors"),
            mast=parse(sequence["mast"], MotorSpec, "sequencer.toml.mast"),
            start_charge_frac=start.charge_frac,
            start_clear_frac=start.clear_frac,
            start_box_k=start.box_k,
            start_outside_k=start.outside_k,
        )
        return checked(spec)

    def _faults(self, ordered: tuple[FaultEntry, ...]) -> FaultsSpec:
        spec = parse(self.tables["faults"], FaultsSpec, "faults.toml")
        try:
            return replace(spec, ordered=(*spec.ordered, *ordered))
        except ValueError as error:
            raise ConfigError(f"fault: {error}") from None

    def orbiter(self, sols: int = 0) -> OrbiterSpec:
        """Return the orbiter, if its orbit can be flown for so many sols."""
        spec = parse(self.tables["orbiter"], OrbiterSpec, "orbiter.toml")
        landed_s = julian.tai_s(self.environment(0).site.epoch_utc)
        if problem := flight_problem(spec.body, spec.orbit, landed_s, sols):
            raise ConfigError(f"orbiter.toml.orbit.{': '.join(problem)}")
        return spec

    def science(self) -> ScienceSpec:
        """Return what observations mean."""
        return parse(self.tables["science"], ScienceSpec, "science.toml")

    def soils(self) -> tuple[SoilMaterial, ...]:
        """Return what the laser meets, by soil class."""
        return parse({"soil": self.tables["mission"]["soil"]}, _Soils, "mission.toml").soil

    def score(self) -> ScoreSpec:
        """Return what counts for how much."""
        return parse(self.tables["scoring"]["score"], ScoreSpec, "scoring.toml.score")

    def mission(self) -> MissionRules:
        """Return the rules of every mission."""
        return parse(self.tables["mission"]["mission"], MissionRules, "mission.toml.mission")

    def forecast(self) -> ForecastSpec:
        """Return how sure forecasts are."""
        return parse(self.tables["mission"]["forecast"], ForecastSpec, "mission.toml.forecast")

    def chart(self) -> ChartSpec:
        """Return the size of the chart."""
        return parse(self.tables["mission"]["chart"], ChartSpec, "mission.toml.chart")

    def steps(self) -> StepSpec:
        """Return how far a step may go."""
        return parse(self.tables["mission"]["steps"], StepSpec, "mission.toml.steps")

    def flight_rules(self, rover: RoverSpec) -> FlightRules:
        """Return what plans are held against."""
        return flight_rules(self.tables["mission"]["flight_rules"], rover)


@dataclass(frozen=True, slots=True)
class _Start:
    charge_frac: float
    clear_frac: float
    box_k: float
    outside_k: float

    def __post_init__(self) -> None:
        """Refuse a beginning that cannot be."""
        if not (0.0 <= self.charge_frac <= 1.0 and 0.0 < self.clear_frac <= 1.0):
            raise ValueError("charge_frac must be from 0 to 1, clear_frac above 0 to 1")
        if not (100.0 <= self.box_k <= 400.0 and 100.0 <= self.outside_k <= 400.0):
            raise ValueError("box_k and outside_k must be from 100 to 400 kelvin")


@dataclass(frozen=True, slots=True)
class _Soils:
    soil: tuple[SoilMaterial, ...]


def checked(spec: RoverSpec) -> RoverSpec:
    """Return the machine if every kind of fault names numbers and situations that exist.

    Raises
    ------
    ConfigError
        With every problem, a line each.
    """
    problems: list[str] = []
    for kind in spec.faults.kind:
        where = f"faults.toml: {kind.name}"
        effects = kind.effect
        for one in kind.answer:
            effects = (*effects, *one.cost, *one.instead)
        places = kind.place or ("",)
        paths = [
            path_problem(spec, effect.path)
            for place in places
            for effect in placed(kind, effects, place)
        ]
        problems += [f"{where}: {text}" for text in dict.fromkeys(paths) if text]
        names = (kind.shows, *(one.when for one in kind.answer if one.when))
        problems += [
            f"{where}: unknown situation {name!r}{nearest(name, SITUATIONS)}"
            for name in names
            if name not in SITUATIONS
        ]
    if problems:
        raise ConfigError("\n".join(problems))
    return spec


def load_rules(*overrides: Table) -> Rules:
    """Read all rules files and lay the overrides over them, later ones on top.

    Raises
    ------
    ConfigError
        If an override names a file or a table that does not exist.
    """
    tables = {name: deepcopy(load_table(name)) for name in NAMES}
    problems: list[str] = []
    for override in overrides:
        for name, part in override.items():
            if name not in tables:
                problems.append(f"rules: unknown file {name!r}{nearest(name, NAMES)}")
                continue
            problems += odd_parts(name, part)
            tables[name] = _merged(tables[name], part)
    if problems:
        raise ConfigError("\n".join(dict.fromkeys(problems)))
    return Rules(tables)


def odd_parts(name: str, part: Any) -> list[str]:
    """Name the keys that nobody would ever look at, and the numbers outside their ranges."""
    shipped = load_table(name)
    given = part if isinstance(part, Mapping) else {}
    unknown = [key for key in given if name in IN_PARTS and key not in shipped]
    problems = [f"rules.{name}: unknown key {key!r}{nearest(key, shipped)}" for key in unknown]
    fixed = [f"rules.{name}.{key}" for key in given if (name, key) == FIXED]
    problems += [f"{where}: is the same in every level; leave it out" for where in fixed]
    free = {key: value for key, value in given.items() if (name, key) != FIXED}
    return problems + out_of_range(ranges(load_table("ranges")), name, free, shipped)


@lru_cache(maxsize=32)
def load_table(name: str) -> dict[str, Any]:
    """Read one file of `game/data`, without its schema line."""
    table = dict(toml_table(name))
    if table.pop("schema", None) != 1:
        raise ConfigError(f"{name}.toml: schema must be 1")
    return table


def difficulties() -> dict[str, Difficulty]:
    """Return the presets by name, in the order of the file."""
    return {
        name: Difficulty(
            name=name,
            title=table["title"],
            description=table["description"],
            is_delayed=table["is_delayed"],
            is_windowed=table["is_windowed"],
            score_factor=table["score_factor"],
            rules=table.get("rules", {}),
        )
        for name, table in load_table("difficulty").items()
    }


def find_difficulty(name: str) -> Difficulty:
    """Return a preset.

    Raises
    ------
    ConfigError
        With the nearest name.
    """
    known = difficulties()
    if name not in known:
        raise ConfigError(
            f"unknown difficulty {name!r}{nearest(name, known)} (there are {', '.join(known)})"
        )
    return known[name]


def _merged(base: Any, over: Any) -> Any:
    """Lay one table over another; numbers and arrays are replaced, tables are merged by key.

    Keys that the base lacks are let through: the spec that reads the table names them.
    """
    if not isinstance(base, dict) or not isinstance(over, Mapping):
        return over
    return base | {key: _merged(base.get(key), value) for key, value in over.items()}
