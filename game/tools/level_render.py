"""The ground from above, as an orbiter would see it: `python -m game level render`."""

import argparse
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from game.config import nearest
from game.errors import UsageError
from game.levels.build import level_overlays
from game.levels.load import find_level, level_paths, load_level
from game.render.above import picture_from_above, stretched
from game.render.png import write_png
from game.render.sky import Air
from game.rules import load_rules
from game.tools.terminal import check_targets
from game.world.finds import finds_in
from game.world.places import Place, places
from game.world.terrain import Terrain
from game.world.window import COARSEST_LEVEL, FINEST_LEVEL

# Optical depth of a clear day at the site.
_TAU = 0.44
_LARGEST_PX = 4096
_PROGRESS_TILES = 16
_WIDEST_LIST_M = 4000.0


def run(options: argparse.Namespace) -> int:
    """Draw a square of ground into a PNG file and return 0; raises UsageError for bad input."""
    check_targets({"--out": options.out}, {})
    _check(options)
    try:
        terrain = ground_named(options.preset, options.seed)
        picture = picture_from_above(
            terrain, options.area, tuple(options.centre), options.size, _air(options), _tell
        )
        if options.sun > 0.0 and not options.plain:
            picture = stretched(picture)
    except ValueError as error:
        raise UsageError(str(error)) from error
    try:
        write_png(options.out, picture)
    except OSError as error:
        raise UsageError(f"cannot write {options.out}: {error.strerror}") from error
    sys.stdout.write(f"wrote {options.out}\n")
    for place in places_inside(terrain, tuple(options.centre), options.area):
        sys.stdout.write(f"{place.title}: {_way_to(place.x_m, place.y_m)}\n")
    return 0


def places_inside(
    terrain: Terrain, centre_m: tuple[float, float], area_m: float
) -> tuple[Place, ...]:
    """Return what is worth a visit in a square: named things, and finds of each square kilometre.

    Wider squares than `_WIDEST_LIST_M` would be a list nobody reads: then there is none.
    """
    if area_m > _WIDEST_LIST_M:
        return ()
    half_m, (x_m, y_m) = area_m / 2.0, centre_m
    named = (
        one for one in places(terrain.spec) if max(abs(one.x_m - x_m), abs(one.y_m - y_m)) <= half_m
    )
    return (*named, *finds_in(terrain, (x_m - half_m, y_m - half_m, x_m + half_m, y_m + half_m)))


def _way_to(x_m: float, y_m: float) -> str:
    """Return where a place lies from the lander, in words."""
    east = f"{abs(x_m):.0f} m {'east' if x_m >= 0.0 else 'west'}"
    north = f"{abs(y_m):.0f} m {'north' if y_m >= 0.0 else 'south'}"
    return f"{east}, {north}"


def ground_named(asked: str, seed: int) -> Terrain:
    """Return the ground of a region, or of a level given by name or path."""
    rules = load_rules()
    sites = list(rules.tables["terrain"]["sites"])
    if any(name.startswith(asked) for name in sites):
        return Terrain(rules.terrain(seed, site_name(asked, sites), ()))
    known = (*sites, *sorted(level_paths()))
    if asked not in known and not Path(asked).exists():
        hint = nearest(asked, known)
        raise UsageError(f"no region or level {asked!r}{hint}; there are {', '.join(known)}")
    level = load_level(find_level(asked))
    return Terrain(load_rules(level.rules).terrain(seed, level.preset, level_overlays(level)))


def site_name(asked: str, names: Iterable[str]) -> str:
    """Return the site that has this name or is the only one that begins with it."""
    found = [name for name in names if name == asked] or [
        name for name in names if name.startswith(asked)
    ]
    if len(found) != 1:
        raise UsageError(f"no site {asked!r}{nearest(asked, names)}; there are {', '.join(names)}")
    return found[0]


def _air(options: argparse.Namespace) -> Air:
    return Air(math.radians(options.sun), math.radians(options.azimuth), _TAU)


def _tell(done: int, tiles: int) -> None:
    if done % _PROGRESS_TILES == 0:
        sys.stderr.write(f"ground: {done} of {tiles} tiles\n")


def _check(options: argparse.Namespace) -> None:
    ending = Path(options.out).suffix.lower()
    if ending not in ("", ".png"):
        raise UsageError(f"--out {options.out}: pictures are written as PNG; let it end in .png")
    numbers = (options.area, *options.centre, options.sun, options.azimuth)
    if not all(math.isfinite(number) for number in numbers):
        raise UsageError("area, centre and Sun are finite numbers")
    if not 1 <= options.size <= _LARGEST_PX:
        raise UsageError(f"a picture is 1 to {_LARGEST_PX} pixels wide, not {options.size}")
    finest_m, coarsest_m = 2.0**FINEST_LEVEL, 2.0 * 2.0**COARSEST_LEVEL
    if not finest_m <= options.area / options.size <= coarsest_m:
        raise UsageError("a pixel shows 1/64 m to 128 m: change --area or --size")
    if not -90.0 <= options.sun <= 90.0:
        raise UsageError(f"the Sun stands -90 to 90 degrees high, not {options.sun:g}")
