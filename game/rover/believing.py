"""Where the rover believes to be, against where it stands: the one line between truth and telling.

What Earth is told (`told.py`), the map, plans and agents use the belief; the ground under the
wheels, the light on the wings and the cameras use the truth.
"""

from game.changes import changed
from game.rover.gear import MobilityState


def believed_place(state: MobilityState) -> tuple[float, float]:
    """Return where the rover believes to be, east and north [m]."""
    return state.estimate.x_m, state.estimate.y_m


def off_m(state: MobilityState) -> tuple[float, float]:
    """Return how far east and north of where it believes to be the rover truly stands [m]."""
    return state.x_m - state.estimate.x_m, state.y_m - state.estimate.y_m


def as_believed(state: MobilityState) -> MobilityState:
    """Return the rover as its own computer knows it: at the place it believes in.

    Nothing in it tells the true place: the ground that pictures showed, and the next steps on it,
    lie from there as they do from the rover.
    """
    believed, progress = state.estimate, state.progress
    east_m, north_m = off_m(state)
    if progress is not None and progress.path:
        path = tuple((x_m - east_m, y_m - north_m) for x_m, y_m in progress.path)
        progress = changed(progress, path=path)
    there = changed(
        believed, mark_x_m=believed.mark_at_x_m, mark_y_m=believed.mark_at_y_m, gyro_rad_s=0.0
    )
    return changed(
        state,
        x_m=believed.x_m,
        y_m=believed.y_m,
        heading_rad=believed.heading_rad,
        estimate=there,
        progress=progress,
    )
