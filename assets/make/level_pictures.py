"""Draw the ground of every shipped mission from above, for the page of new missions.

python assets/make/level_pictures.py [NAME ...]
"""

import math
import sys
from pathlib import Path

from game.levels.load import find_level, level_paths, load_level
from game.paths import data_root
from game.render.above import picture_from_above
from game.render.png import write_png
from game.render.sky import Air
from game.tools.level_render import ground_named

OUT = Path(__file__).parent.parent / "images" / "levels"
WIDE_PX, HIGH_PX = 640, 360
AIR = Air(math.radians(24.0), math.radians(283.0), 0.44)  # a clear afternoon
SEEN_FRAC = 0.7  # of the picture's height is what lies between the lander and the places
LEAST_M, MOST_M = 90.0, 900.0  # width of the ground shown


def frame_of(level):
    """Return centre [m] and width [m] of a picture that holds the lander and the places."""
    xs = [0.0, *(place.x_m for place in level.places)]
    ys = [0.0, *(place.y_m for place in level.places)]
    centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    high = (max(ys) - min(ys)) / SEEN_FRAC * WIDE_PX / HIGH_PX
    wide = max(high, (max(xs) - min(xs)) / SEEN_FRAC)
    return centre, min(max(wide, LEAST_M), MOST_M)


def draw(name):
    """Draw one mission."""
    level = load_level(find_level(name))
    centre, wide_m = frame_of(level)
    ground = ground_named(name, level.seed)
    square = picture_from_above(ground, wide_m, centre, WIDE_PX, AIR)
    first = (WIDE_PX - HIGH_PX) // 2
    write_png(OUT / f"{name}.png", square[first : first + HIGH_PX])
    print(f"{name}: {wide_m:.0f} m wide around {centre[0]:.0f}, {centre[1]:.0f}")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    shipped = data_root("levels")
    own = [name for name, folder in level_paths().items() if folder.is_relative_to(shipped)]
    for asked in sys.argv[1:] or own:
        draw(asked)
