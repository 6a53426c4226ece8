"""Checking levels and keeping the Tiled project in step with the schema."""

import sys
from collections.abc import Sequence
from pathlib import Path

from game.errors import LevelError
from game.levels.build import level_overlays
from game.levels.level import Level
from game.levels.load import find_level, load_level
from game.levels.mission_file import FILE_NAME as FILE_NAME_MISSION
from game.levels.tiled_project import FILE_NAME, project_text
from game.paths import data_root
from game.tools.exit_codes import BAD_INPUT, OK


def validate(paths: Sequence[str]) -> int:
    """Check levels by path or name; all problems of all of them go to stderr.

    Returns
    -------
    int
        Exit code: 0 if every level is good, else 2.
    """
    bad = 0
    names = [name for path in paths for name in levels_below(path)]
    for name in names:
        try:
            sys.stdout.write(summary(load_level(find_level(name))) + "\n")
        except LevelError as error:
            bad += 1
            sys.stderr.write(f"{error}\n")
    if bad:
        sys.stderr.write(f"{bad} of {len(names)} levels cannot be used.\n")
    return BAD_INPUT if bad else OK


def levels_below(path: str) -> list[str]:
    """Return the levels a path stands for: itself, or all in a folder of many.

    A folder that holds a mission or a single map is a level; any other is searched for missions,
    and for maps that no mission beside them uses.
    """
    folder = Path(path)
    if not folder.is_dir() or (folder / FILE_NAME_MISSION).is_file():
        return [path]
    missions = sorted(folder.rglob(FILE_NAME_MISSION))
    owned = {mission.parent for mission in missions}
    maps = sorted(one for one in folder.rglob("*.tmx") if one.parent not in owned)
    found = [*(str(mission.parent) for mission in missions), *(str(one) for one in maps)]
    return found or [path]


def summary(level: Level) -> str:
    """Describe a level in one line."""
    soil = level.soil
    ground = (
        f"{soil.columns * soil.cell_m:g} × {soil.rows * soil.cell_m:g} m painted, " if soil else ""
    )
    return (
        f"{level.name}: {level.title} – sols {level.opening.sol} to {level.sols}, {ground}"
        f"{len(level_overlays(level))} overlays, {len(level.places)} places, "
        f"{len(level.objectives)} goals, {len(level.keep_outs)} keep-outs. OK"
    )


def types() -> int:
    """Write the Tiled project file anew from the schema; returns the exit code."""
    path: Path = data_root("levels") / FILE_NAME
    path.write_text(project_text(), encoding="utf-8")
    sys.stdout.write(f"wrote {path}\n")
    return OK
