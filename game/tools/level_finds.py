"""What is worth a detour in a level, as orbital pictures show it: `python -m game level finds`."""

import argparse
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

from game.detours import detours_around
from game.errors import UsageError
from game.levels.open import open_level
from game.state import Setup
from game.tools.exit_codes import OK
from game.world.overlays import Place


def run(options: argparse.Namespace) -> int:
    """List the finds around a place and return 0; raises UsageError for bad input."""
    setup = open_level(options.level, options.seed).setup
    centre_m = tuple(options.centre or (setup.start.x_m, setup.start.y_m))
    rows = finds_table(setup, (centre_m[0], centre_m[1]), options.within)
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
        return OK
    where = f"{centre_m[0]:g} m east, {centre_m[1]:g} m north"
    sys.stdout.write(
        f"{setup.level}, seed {setup.seed}: {len(rows)} finds within {options.within:g} m "
        f"of {where}, seen from orbit\n"
    )
    for row in rows:
        sys.stdout.write(_line(row) + "\n")
    return OK


def finds_table(
    setup: Setup, centre_m: tuple[float, float], reach_m: float
) -> list[dict[str, Any]]:
    """Return the finds around a place as plain data, nearest first.

    Raises
    ------
    UsageError
        If the place or the reach is none.
    """
    try:
        found = detours_around(setup, centre_m, reach_m)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return [_row(setup, centre_m, one) for one in found]


def _row(setup: Setup, centre_m: tuple[float, float], find: Place) -> dict[str, Any]:
    east_m, north_m = find.x_m - centre_m[0], find.y_m - centre_m[1]
    return {
        "name": find.name,
        "title": find.title,
        "kind": str(find.kind),
        "x_m": find.x_m,
        "y_m": find.y_m,
        "radius_m": find.radius_m,
        "away_m": math.hypot(east_m, north_m),
        "bearing_deg": math.degrees(math.atan2(east_m, north_m)) % 360.0,
        "points": setup.score.find_points,
        "seen": "from orbit",
    }


def _line(row: Mapping[str, Any]) -> str:
    east = f"{abs(row['x_m']):.0f} m {'east' if row['x_m'] >= 0.0 else 'west'}"
    north = f"{abs(row['y_m']):.0f} m {'north' if row['y_m'] >= 0.0 else 'south'}"
    bearing = round(row["bearing_deg"]) % 360
    return (
        f"{row['away_m']:6.0f} m  {bearing:03d}°  {row['title']:20s} {east}, {north}"
        f"  {row['points']:g} points  {row['name']}"
    )
