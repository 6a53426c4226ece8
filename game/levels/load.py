"""Opening a level: a mission folder, its mission.toml, or a lone Tiled map."""

from pathlib import Path

from game.config import nearest
from game.errors import LevelError
from game.levels.assembling import Parts, assembled
from game.levels.level import Level
from game.levels.mission_file import (
    FILE_NAME,
    MissionFile,
    MissionTables,
    mission_of_map,
    read_mission,
)
from game.levels.problems import Problems
from game.levels.tmx import TiledMap, read_map
from game.levels.validate import check_level
from game.paths import data_root, user_levels

PROJECT_PATTERN = "*.tiled-project"
MAX_FOLDERS_UP = 4


def find_level(name: str) -> Path:
    """Return the path of a level given by path or by name.

    Names are looked for among the player's own levels, then in the shipped campaign and devlab. A
    folder that happens to be called like a level does not stand in its way unless it is one.

    Raises
    ------
    LevelError
        With the nearest name.
    """
    known = level_paths()
    if Path(name).exists() and (name not in known or is_level(Path(name))):
        return Path(name)
    if name in known:
        return known[name]
    raise LevelError(
        f"there is no level {name!r}{nearest(name, known)}; known are {', '.join(sorted(known))}, "
        "or give the path of a mission folder or a .tmx map"
    )


def is_level(path: Path) -> bool:
    """Say whether a path is a level file, or a folder that holds one."""
    if path.is_dir():
        return (path / FILE_NAME).is_file() or any(path.glob("*.tmx"))
    return path.is_file() and path.suffix in (".toml", ".tmx")


def level_paths() -> dict[str, Path]:
    """Return every level that can be opened by name; the player's own come before shipped ones."""
    shipped = data_root("levels")
    own = user_levels()
    folders = [shipped / "devlab", shipped / "campaign", *([own] if own else [])]
    return {
        path.parent.name: path.parent
        for folder in folders
        for path in sorted(folder.glob(f"*/{FILE_NAME}"))
    }


def load_level(path: Path) -> Level:
    """Read and check a level.

    Parameters
    ----------
    path : Path
        A mission folder, a mission.toml or a .tmx map. A map whose folder holds a mission.toml
        that names it is opened as that mission.

    Raises
    ------
    LevelError
        One line for each thing that is wrong, with the file, the part of it, and what to do.
    """
    problems = Problems(str(path))
    mission_path, map_path = _files(path)
    tables = None
    if mission_path is not None:
        problems = Problems(str(mission_path))
        tables = read_mission(mission_path, problems)
        if tables is not None and tables.mission.map:
            map_path = _map_beside(mission_path, tables, problems)
    sheet = None
    if map_path is not None:
        sheet = _read_map(map_path, problems.elsewhere(str(map_path)))
        if sheet is not None:
            alone = mission_of_map(
                sheet.properties, map_path.stem, problems.elsewhere(str(map_path))
            )
            tables = alone if mission_path is None else tables
    if tables is None:
        # Go on with a blank one, so that the objects of the map are checked as well.
        tables = MissionTables(MissionFile(title=path.stem), {}, ())
    own_path = mission_path or path
    name = own_path.parent.name if mission_path else own_path.stem
    level = assembled(name, Parts(tables, sheet, str(map_path)), problems)
    check_level(level, problems)
    problems.raise_if_any()
    return level


def _files(path: Path) -> tuple[Path | None, Path | None]:
    """Return the mission file and the map that a path stands for; one of them is there."""
    if path.is_dir():
        return _files_of_folder(path)
    if not path.is_file():
        raise LevelError(f"{path}: there is no such level file or folder")
    if path.suffix == ".toml":
        return path, None
    if path.suffix != ".tmx":
        raise LevelError(f"{path}: a level is a folder, a {FILE_NAME} or a .tmx map")
    beside = path.parent / FILE_NAME
    if beside.is_file():
        problems = Problems(str(beside))
        tables = read_mission(beside, problems)
        if tables is None or problems.found or tables.mission.map == path.name:
            return beside, None
    return None, path


def _files_of_folder(folder: Path) -> tuple[Path | None, Path | None]:
    maps = sorted(folder.glob("*.tmx"))
    if (folder / FILE_NAME).is_file():
        return folder / FILE_NAME, None
    if len(maps) == 1:
        return None, maps[0]
    raise LevelError(f"{folder}: holds neither a {FILE_NAME} nor exactly one .tmx map")


def _map_beside(mission_path: Path, tables: MissionTables, problems: Problems) -> Path | None:
    name = tables.mission.map
    plain = Path(name).name == name and name.endswith(".tmx")
    if plain and (mission_path.parent / name).is_file():
        return mission_path.parent / name
    problems.add(f"'map' is {name!r}, but must name a .tmx file in the same folder")
    return None


def _read_map(path: Path, problems: Problems) -> TiledMap | None:
    return read_map(path, (_project_folder(path), data_root("levels")), problems)


def _project_folder(path: Path) -> Path:
    """Return the folder of the Tiled project that a map belongs to, or the map's own folder."""
    own = path.resolve().parent
    for folder in (own, *list(own.parents)[:MAX_FOLDERS_UP]):
        if any(folder.glob(PROJECT_PATTERN)):
            return folder
    return own
