"""Does a level make sense as a whole? Everything that one object alone cannot tell."""

import math
from collections.abc import Sequence

import numpy as np

from game.conditions import parse_condition
from game.config import nearest
from game.levels.check_rules import check_rules
from game.levels.level import KeepOutArea, Level
from game.levels.overlay_shapes import inside
from game.levels.problems import Problems, quoted
from game.levels.schema import Lander, Start
from game.telemetry import CHANNELS

# Areas are turned into many circles and squares; more of them would make a level slow to open.
MAX_AREAS = 200
# A start on the lander stands within its platform. [m]
PLATFORM_M = 3.0


def check_level(level: Level, problems: Problems) -> None:
    """Note everything that does not fit together in a level.

    What could merely follow from an object that was refused before is left for the next time.
    """
    is_whole = not problems.found
    _check_dates(level, problems)
    _check_conditions(level, problems)
    check_rules(level, problems)
    if is_whole:
        _check_start(level, problems)
        _check_names(level, problems)
        _check_references(level, problems)
        _check_ground(level, problems)


def _check_dates(level: Level, problems: Problems) -> None:
    if level.opening.sol > level.sols:
        problems.add(
            f"opens on sol {level.opening.sol}, but its last sol is {level.sols}",
            "'sols' is the number of the last sol; raise it",
        )
    for beat in level.story:
        if beat.sol > level.sols:
            problems.add(f"story {quoted(beat.title)}: sol {beat.sol} is after the last sol")


def _check_start(level: Level, problems: Problems) -> None:
    for record, word in ((Start, "start"), (Lander, "lander")):
        count = sum(isinstance(item.properties, record) for item in level.objects)
        if count > 1:
            problems.add(f"has {count} objects of the class {word}", "keep one of them")
    start = level.start
    if start.is_on_lander and math.hypot(start.x_m, start.y_m) > PLATFORM_M:
        problems.add(
            f"the start is {math.hypot(start.x_m, start.y_m):.1f} m from the lander, but is said "
            "to be on it",
            "move it there, or switch off its property 'is_on_lander'",
        )


def _check_names(level: Level, problems: Problems) -> None:
    _check_unique([place.name for place in level.places], "place", problems)
    _check_unique([goal.name for goal in level.objectives], "goal", problems)
    if not level.objectives:
        problems.add("has no goal", "add an object of the class goal or sample_site")


def _check_unique(names: Sequence[str], word: str, problems: Problems) -> None:
    if any(not name.strip() for name in names):
        problems.add(f"has a {word} without a name", "give every one a name of its own")
    for name in dict.fromkeys(names):
        if name and names.count(name) > 1:
            problems.add(f"has {names.count(name)} {word}s called {quoted(name)}", "rename one")


def _check_conditions(level: Level, problems: Problems) -> None:
    told = [(f"objective {quoted(goal.name)}", goal.condition) for goal in level.objectives]
    told += [(f"story {quoted(beat.title)}", beat.condition) for beat in level.story]
    for where, condition in told:
        if condition:
            try:
                parse_condition(condition, CHANNELS)
            except ValueError as error:
                problems.within(where).add(str(error))


def _check_references(level: Level, problems: Problems) -> None:
    places = [place.name for place in level.places]
    named = [(f"story {quoted(beat.title)}", beat.place) for beat in level.story]
    named += [(f"objective {quoted(goal.name)}", goal.place) for goal in level.objectives]
    for where, place in named:
        if place and place not in places:
            problems.within(where).add(f"there is no place {place!r}{nearest(place, places)}")
    for goal in level.objectives:
        if not goal.condition and not goal.place:
            problems.within(f"objective {quoted(goal.name)}").add(
                "has neither a condition nor a place"
            )


def _check_ground(level: Level, problems: Problems) -> None:
    areas = sum(bool(item.points_m) for item in level.objects)
    if areas > MAX_AREAS:
        problems.add(f"has {areas} rectangles and polygons, at most {MAX_AREAS} are read")
        return
    for place in level.places:
        for area in level.keep_outs:
            if place.points > 0.0 and _holds(area, place.x_m, place.y_m):
                problems.add(
                    f"the place {quoted(place.name)} lies in the keep-out area {quoted(area.name)}",
                    "move one of them",
                )
    for area in level.keep_outs:
        if _holds(area, level.start.x_m, level.start.y_m):
            problems.add(f"the start lies in the keep-out area {quoted(area.name)}", "move it")


def _holds(area: KeepOutArea, x_m: float, y_m: float) -> bool:
    if area.radius_m > 0.0:
        return math.hypot(x_m - area.x_m, y_m - area.y_m) < area.radius_m
    return bool(inside(area.points_m, np.array(x_m), np.array(y_m)))
