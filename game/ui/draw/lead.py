"""Where the view is going: so that the ground is there before it is seen."""

import math
from dataclasses import replace

from game.ui.camera import View

SMOOTH_FRAC = 0.12  # of the newest frame in the mean motion
FARTHEST_FRAC = 0.5  # of the window
JUMP_FRAC = 0.25  # of the window: more than this in one frame is not motion


class Lead:
    """Follows the view and tells where it will be.

    Parameters
    ----------
    frames : int
        How far ahead it looks.
    """

    def __init__(self, frames: int) -> None:
        self.frames = frames
        self._last: View | None = None
        self._step_m = (0.0, 0.0)

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
