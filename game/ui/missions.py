"""Which missions can be started from the window, and starting one."""

from dataclasses import dataclass
from pathlib import Path

from game.levels.load import find_level, level_paths, load_level
from game.levels.mission_file import FILE_NAME, read_mission
from game.levels.open import OpenedLevel, open_level
from game.levels.problems import Problems
from game.paths import data_root
from game.remembered import NOTHING, Remembered
from game.rules import find_difficulty
from game.saves import read_record, resumed
from game.session import Session

FIRST = "ninety-sols"  # stands at the top and is chosen
# For those who have never driven; said in the list.
GENTLEST = {"off-the-ramp": "the gentlest start", "first-hundred-metres": "a good first drive"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A mission that can be started; `note` is one line for the list, `facts` one for the page.

    `map` is its painted ground, if it has one.
    """

    name: str
    title: str
    note: str
    description: str
    facts: str
    seed: int
    difficulty: str
    map: Path | None = None
    is_shipped: bool = True


def offers() -> tuple[Offer, ...]:
    """Return all missions, the long one first; broken ones are listed by their folder."""
    found = [_offer(name, folder) for name, folder in level_paths().items()]
    return tuple(sorted(found, key=lambda offer: (offer.name != FIRST, offer.title)))


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A mission under way: the level with its words, the session, and the moment to show first."""

    opened: OpenedLevel
    session: Session
    shown_tick: int = 0
    remembered: Remembered = NOTHING


def check(level: str, difficulty: str | None) -> None:
    """Read a level without building it.

    Raises
    ------
    GameError
        Everything that is wrong with the level, or the name of the preset.
    """
    load_level(find_level(level))
    if difficulty is not None:
        find_difficulty(difficulty)


def start(level: str, seed: int | None, difficulty: str | None) -> Run:
    """Open a level and bring it to where the player takes over.

    Raises
    ------
    GameError
        Everything that is wrong with the level.
    """
    opened = open_level(level, seed, difficulty)
    session = Session(opened.setup)
    session.advance_to(opened.setup.opening_tick)
    return Run(opened, session)


def resume(path: Path, *, may_differ: bool = False) -> Run:
    """Open the level of a save and go on where it was made.

    Raises
    ------
    OtherWorldError
        If the level has changed since and that has not been allowed.
    GameError
        If the save or its level cannot be read.
    """
    record = read_record(path)
    opened = open_level(record.level, record.seed, record.difficulty)
    session = resumed(opened.setup, record, may_differ=may_differ)
    return Run(opened, session, record.shown_tick, record.remembered)


def _offer(name: str, folder: Path) -> Offer:
    tables = read_mission(folder / FILE_NAME, Problems(str(folder)))
    if tables is None:
        words = "This mission has mistakes in its file; start it to see them."
        return Offer(name, name, "cannot be read", words, "", 1, "")
    mission = tables.mission
    is_shipped = folder.is_relative_to(data_root("levels"))
    ground = "painted ground" if mission.map else "seeded ground"
    return Offer(
        name,
        mission.title,
        f"sols {mission.opening.sol} to {mission.sols} · {GENTLEST.get(name, ground)}",
        " ".join(mission.description.split()),
        f"Opens on sol {mission.opening.sol}, ends on sol {mission.sols} · {ground}"
        + ("" if is_shipped or not mission.author else f" · by {mission.author}"),
        mission.seed,
        mission.difficulty,
        folder / mission.map if mission.map else None,
        is_shipped,
    )
