"""Where view and rover are going: so that the ground is there before it is seen."""

import math
from dataclasses import replace

from game.ui.camera import View
from game.ui.draw.baker import TILE_CELLS, TileKey
from game.ui.draw.tiling import tiles_in
from game.world.streaming import ahead

SMOOTH_FRAC = 0.12  # of the newest frame in the mean motion
FARTHEST_FRAC = 0.5  # of the window
JUMP_FRAC = 0.25  # of the window: more than this in one frame is not motion
COURSE_FRAC = 0.5  # of the window, ahead of the rover, and two tiles more
COURSE_TILES = 2


class Lead:
    """Follows the view and the rover and tells where they will be.

    Parameters
    ----------
    frames : int
        How far ahead it looks.
    """

    def __init__(self, frames: int) -> None:
        self.frames = frames
        self._last: View | None = None
        self._step_m = (0.0, 0.0)
        self._course: tuple[float, float, float] | None = None

    def head(self, x_m: float, y_m: float, heading_rad: float) -> None:
        """Take in where the rover is and where it is heading, on show or not."""
        self._course = (x_m, y_m, heading_rad)

    def follow(self, view: View) -> None:
        """Take in the view of one frame."""
        last, self._last = self._last, view
        if last is None or last.scale_px_m != view.scale_px_m:
            self._step_m = (0.0, 0.0)
            return
        step_m = (view.x_m - last.x_m, view.y_m - last.y_m)
        if math.hypot(*step_m) * view.scale_px_m > JUMP_FRAC * view.width_px:
            self._step_m = (0.0, 0.0)
            return
        east_m, north_m = (
            old + (new - old) * SMOOTH_FRAC for old, new in zip(self._step_m, step_m, strict=True)
        )
        self._step_m = (east_m, north_m)

    def view(self, now: View) -> View:
        """Return the view some frames after this one."""
        most_m = FARTHEST_FRAC * now.width_px / now.scale_px_m
        east_m, north_m = (min(max(s * self.frames, -most_m), most_m) for s in self._step_m)
        return replace(now, x_m=now.x_m + east_m, y_m=now.y_m + north_m)

    def square(self, level: int) -> tuple[int, int, int]:
        """Return what of the rover's course decides about tiles: its tile, and its direction."""
        if self._course is None:
            return (0, 0, 0)
        x_m, y_m, heading_rad = self._course
        side_m = TILE_CELLS * 2.0**level
        return math.floor(x_m / side_m), math.floor(y_m / side_m), round(4.0 * heading_rad)

    def soon(self, now: View, level: int) -> list[TileKey]:
        """Return the tiles that will be wanted: by the moving view first, then by the rover."""
        keys = tiles_in(self.view(now), level, 1)
        if self._course is None:
            return keys
        x_m, y_m, heading_rad = self._course
        side_m = TILE_CELLS * 2.0**level
        count = math.ceil(COURSE_FRAC * now.width_px / now.scale_px_m / side_m) + COURSE_TILES
        place = (x_m / side_m, y_m / side_m)
        course = ahead(place, (math.sin(heading_rad), math.cos(heading_rad)), count)
        known = set(keys)
        return keys + [(level, *one) for one in course if (level, *one) not in known]
