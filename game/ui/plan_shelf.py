"""Plan files of the window: where they lie, writing one, and what of one can still be done."""

from pathlib import Path

from game.errors import GameError
from game.levels.load import find_level
from game.levels.mission_file import FILE_NAME as MISSION_FILE
from game.levels.open import plan_context
from game.mission.plan import Plan, without
from game.mission.plan_text import plan_text
from game.paths import user_folder
from game.state import Setup
from game.ui.day import day_at
from game.ui.listed import ListedFile, listed, own_files

ENDING = ".plan.toml"
MOST_NAMES = 99  # plans of one sol of one level


def save_plan(plan: Plan, setup: Setup, sol: int) -> str:
    """Write a plan beside the saves and return a sentence about it; no file is written over."""
    if not plan:
        return "There is nothing to save: the plan is empty."
    level = Path(setup.level).stem
    title = f"{level}, sol {sol}"
    context = plan_context(setup)
    text = plan_text(plan, setup.site, title, context.passes, context.lead_s)
    try:
        path = _free_path(user_folder("saves"), f"{level}-sol-{sol:02d}", text)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        return f"The plan could not be written: {error.strerror}."
    return f"Saved as {path.name}; “run --plan” reads it too."


def _free_path(folder: Path, stem: str, text: str) -> Path:
    """Return the first name that no other plan has."""
    for number in range(1, MOST_NAMES):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ENDING}"
        if not path.exists() or path.read_bytes() == text.encode():
            return path
    return folder / f"{stem}-{MOST_NAMES}{ENDING}"


def plan_files(setup: Setup) -> tuple[ListedFile, ...]:
    """Return the player's own plans, the newest first, then those that come with the level."""
    bundled = (listed(path, ENDING, "comes with the level") for path in _bundled(setup.level))
    return (*own_files(ENDING), *bundled)


def ahead_only(plan: Plan, now_tick: int) -> tuple[Plan, int]:
    """Return what of a plan lies ahead, and how many activities are past."""
    past = [activity.number for activity in plan if activity.start_tick < now_tick]
    return without(plan, *past), len(past)


def opened_words(name: str, plan: Plan, past_count: int, setup: Setup) -> str:
    """Say what was found in a plan file."""
    if not plan:
        return f"{name}: all of it would be past, so the plan has stayed as it was."
    count = f"{len(plan)} activities" if len(plan) > 1 else "one activity"
    sols = sorted({day_at(setup.site, activity.start_tick).sol for activity in plan})
    span = f"sol {sols[0]}" if len(sols) == 1 else f"sols {sols[0]} to {sols[-1]}"
    past = f", {past_count} left out because they are past" if past_count else ""
    return f"{name}: {count} of {span}{past}. Nothing is sent before you uplink it."


def _bundled(level: str) -> list[Path]:
    try:
        path = find_level(level)
    except GameError:
        return []
    folder = path if path.is_dir() else path.parent
    return sorted(folder.glob(f"*{ENDING}")) if (folder / MISSION_FILE).exists() else []
