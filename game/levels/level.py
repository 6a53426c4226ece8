"""A level as the game reads it, whichever kind of file it came from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from game.environment.storms import StormSpec
from game.levels.schema import ObjectRecord, SoilName, ranged
from game.rover.faults import FaultEntry
from game.world.overlays import PlaceKind

Points = tuple[tuple[float, float], ...]


class BeatKind(StrEnum):
    """What a line of the story is for: every morning has a goal, a glimpse and a threat."""

    GOAL = "goal"
    GLIMPSE = "glimpse"
    THREAT = "threat"
    SURPRISE = "surprise"


@dataclass(frozen=True, slots=True)
class Placed:
    """An object of a level, in metres from the lander (x east, y north).

    `kind` is its class and `properties` the record of that class. Round things have `radius_m`;
    areas their outline, counter-clockwise, in `points_m`; the other one is empty or 0. `where`
    names it in messages.
    """

    kind: str
    name: str
    x_m: float
    y_m: float
    radius_m: float
    points_m: Points
    properties: ObjectRecord
    where: str


@dataclass(frozen=True, slots=True)
class SoilGrid:
    """Soil painted in Tiled: `codes` is row by row from the south-west, 255 for unpainted cells.

    Code n is the nth member of `SoilName`. The south-west corner lies at (`x_m`, `y_m`) from the
    lander.
    """

    x_m: float
    y_m: float
    cell_m: float
    columns: int
    rows: int
    codes: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """When a mission opens: sol and local mean time."""

    sol: int = ranged(8, 1, 669)
    hour_lmst: float = ranged(9.5, 0.0, 23.999)


@dataclass(frozen=True, slots=True)
class StartPose:
    """Where the rover stands at the opening, in metres from the lander; heading clockwise [deg]."""

    x_m: float
    y_m: float
    heading_deg: float
    is_on_lander: bool


@dataclass(frozen=True, slots=True)
class LevelPlace:
    """A named place: a sample site, the goal or a landmark, with the words that go with it."""

    name: str
    title: str
    kind: PlaceKind
    x_m: float
    y_m: float
    radius_m: float
    text: str
    points: float
    from_sol: int


@dataclass(frozen=True, slots=True)
class KeepOutArea:
    """Ground that self-driving avoids: a circle if `radius_m` is above 0, else an outline."""

    name: str
    text: str
    x_m: float
    y_m: float
    radius_m: float
    points_m: Points


@dataclass(frozen=True, slots=True)
class LevelObjective:
    """Something to reach.

    `condition` is text in the grammar of `conditions.py`. If `place` names a place of the level,
    the rover must also be there; before `from_sol` the goal does not count. In a loaded `Level`
    all of this is already part of the condition.
    """

    name: str
    title: str
    condition: str = ""
    points: float = ranged(100.0, 0.0, 5000.0)
    place: str = ""
    from_sol: int = ranged(1, 1, 669)


@dataclass(frozen=True, slots=True)
class StoryBeat:
    """A line of the story, from a sol on; `place` names what it is about, if it is a place.

    `condition` is text in the grammar of `conditions.py`: the line is only told while it is true.
    """

    kind: BeatKind
    title: str
    sol: int = ranged(1, 1, 669)
    text: str = ""
    place: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A mission before it is built: everything an author decides.

    `sols` is the number of the last sol. `rules` holds overrides by the names of game/data: table,
    then keys, as in `rules["rover"]["power"]["capacity_j"]`.
    """

    name: str
    title: str
    description: str
    author: str
    licence: str
    preset: str
    seed: int
    sols: int
    difficulty: str
    agent: str
    is_open_ground: bool
    opening: Opening
    start: StartPose
    lander_heading_deg: float
    objects: tuple[Placed, ...]
    soil: SoilGrid | None
    places: tuple[LevelPlace, ...]
    keep_outs: tuple[KeepOutArea, ...]
    objectives: tuple[LevelObjective, ...]
    story: tuple[StoryBeat, ...]
    storms: tuple[StormSpec, ...]
    faults: tuple[FaultEntry, ...]
    rules: Mapping[str, object] = field(default_factory=dict)


def soil_code(name: SoilName) -> int:
    """Return the number that stands for a soil class in a `SoilGrid`."""
    return tuple(SoilName).index(name)


def beats_of_sol(
    story: tuple[StoryBeat, ...],
    sol: int,
    reached: Collection[str] = (),
    away_m: Mapping[str, float] | None = None,
) -> tuple[StoryBeat, ...]:
    """Return what is told on the morning of a sol: goal, glimpse, threat, and perhaps a surprise.

    Parameters
    ----------
    story : tuple of StoryBeat
        The lines that may be told; those whose condition does not hold are left out before.
    sol : int
        The sol that begins.
    reached : collection of str
        Places that were reached already. Goals and glimpses there are passed over: who is ahead
        of the story is told its next line early.
    away_m : mapping, optional
        How far the places are [m]. With it, the nearest of the goals and glimpses that have begun
        is told, not the newest: who is behind the story is not sent past what lies before.
    """
    told = tuple(_told(story, kind, sol, reached, away_m or {}) for kind in BeatKind)
    return tuple(beat for beat in told if beat is not None)


def _told(
    story: tuple[StoryBeat, ...],
    kind: BeatKind,
    sol: int,
    reached: Collection[str],
    away_m: Mapping[str, float],
) -> StoryBeat | None:
    beats = sorted((beat for beat in story if beat.kind is kind), key=lambda beat: beat.sol)
    if kind is BeatKind.SURPRISE:
        return next((beat for beat in beats if beat.sol == sol), None)
    if kind is not BeatKind.THREAT:
        beats = [beat for beat in beats if not beat.place or beat.place not in reached]
    begun = [beat for beat in beats if beat.sol <= sol]
    if begun and kind is not BeatKind.THREAT:
        newest_first = reversed(begun)  # of places alike near, the newest line
        return min(newest_first, key=lambda beat: away_m.get(beat.place, 0.0))
    if begun:
        return begun[-1]
    return beats[0] if beats and reached else None
