"""Where the player is told that the rover is: its own estimate, and how sure that is.

Whatever lies on the map (goals, routes, what a click means) is known by its map coordinates, and
the rover steers towards them by where it believes to be. Close by, the camera looks at the rover,
which is drawn where it truly stands; there the marks of the map are off by the error of position,
so that a rover which arrives by its own reckoning is seen arriving at the mark. Far away the
ground is the map itself, and the rover is an arrow on it, where it believes to be.
"""

import math
from dataclasses import dataclass, replace

from game.events import Event, PositionFixed
from game.mission.drive_outlook import Stand
from game.rover.estimate import ellipse, ellipse_of
from game.rover.position import PositionSpec
from game.state import State
from game.ui.camera import View

SIGMAS = 2.0  # what is shown holds the truth in six of seven cases
WAY_POINTS = 500  # a longer way is drawn with wider steps
WORTH_M = 0.5  # a smaller correction is not worth words
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Belief:
    """The believed place, half axes and direction of its ellipse, and how far it is off.

    `off_x_m`, `off_y_m` lead from the believed to the true place; they only place marks.
    """

    x_m: float
    y_m: float
    heading_rad: float
    long_m: float
    short_m: float
    azimuth_rad: float
    off_x_m: float = 0.0
    off_y_m: float = 0.0


def belief_of(spec: PositionSpec, previous: State, state: State, part: float) -> Belief:
    """Return the belief a part of the way between two states."""
    old, new = previous.rover.mobility, state.rover.mobility
    x_m, y_m = (
        a + (b - a) * part
        for a, b in (
            (old.estimate.x_m, new.estimate.x_m),
            (old.estimate.y_m, new.estimate.y_m),
        )
    )
    true_x_m, true_y_m = (a + (b - a) * part for a, b in ((old.x_m, new.x_m), (old.y_m, new.y_m)))
    long_m, short_m, azimuth_rad = ellipse(new.estimate)
    heading_rad = new.estimate.heading_rad
    off = (0.0, 0.0) if spec.is_exact else (true_x_m - x_m, true_y_m - y_m)
    return Belief(
        x_m, y_m, heading_rad, SIGMAS * long_m, SIGMAS * short_m, azimuth_rad, off[0], off[1]
    )


def belief_at(stand: Stand) -> Belief:
    """Return where a drive will leave the rover, and how far off it may truly stand."""
    long_m, short_m, azimuth_rad = ellipse_of(stand.doubt_m2)
    return Belief(stand.x_m, stand.y_m, 0.0, SIGMAS * long_m, SIGMAS * short_m, azimuth_rad)


@dataclass(slots=True)
class Glide:
    """Eases marks and rover between ground and map, so that neither jumps when the view changes.

    `near_frac` is how far they stand as on the ground: 1 close by, 0 on the map.
    """

    near_frac: float

    def step(self, frame_s: float, ease_s: float, *, is_near: bool) -> None:
        """Let time on the wall clock pass."""
        step = frame_s / ease_s
        goal = 1.0 if is_near else 0.0
        self.near_frac += min(max(goal - self.near_frac, -step), step)

    def off(self, belief: Belief) -> Point:
        """Return how far what is drawn stands from where the map has it [m]."""
        part = self.near_frac**2 * (3.0 - 2.0 * self.near_frac)
        return belief.off_x_m * part, belief.off_y_m * part


def chart_view(view: View, off_m: Point) -> View:
    """Return the view in which map coordinates lie as the rover steers by them, seen from it."""
    return replace(view, x_m=view.x_m - off_m[0], y_m=view.y_m - off_m[1])


def believed_way(track_m: tuple[Point, ...], off_m: Point) -> tuple[Point, ...]:
    """Return the way driven as the rover knows it: right at its start, off as the rover is now.

    The error grows with the way, so it is spread evenly over it.

    Parameters
    ----------
    track_m : tuple of (x_m, y_m)
        Where the wheels have been. [m]
    off_m : (x_m, y_m)
        From the believed to the true place. [m]
    """
    last = len(track_m) - 1
    if last < 1:
        return tuple((x_m - off_m[0], y_m - off_m[1]) for x_m, y_m in track_m)
    numbers = [*range(0, last, max(1, last // WAY_POINTS)), last]
    return tuple(
        (track_m[k][0] - off_m[0] * k / last, track_m[k][1] - off_m[1] * k / last) for k in numbers
    )


def corrected_m(before: State, after: State, events: tuple[Event, ...]) -> float:
    """Return how far pictures have just moved the belief [m]; a place found from above is news.

    A look at the ground sets a new mark, from which the wheels count on.
    """
    old, new = before.rover.mobility, after.rover.mobility
    was, now = old.estimate, new.estimate
    if (was.mark_x_m, was.mark_y_m) == (now.mark_x_m, now.mark_y_m):
        return 0.0
    if any(isinstance(event, PositionFixed) for event in events):
        return 0.0
    return math.dist((new.x_m - now.x_m, new.y_m - now.y_m), (old.x_m - was.x_m, old.y_m - was.y_m))


def correction_text(moved_m: float) -> str:
    """Return the words for a belief that pictures have moved; a small move needs none."""
    return f"Position corrected by {moved_m:.1f} m, by pictures." if moved_m >= WORTH_M else ""


def sureness_text(spec: PositionSpec, state: State) -> str:
    """Return how sure the rover is of its place; nothing if it is never in doubt."""
    if spec.is_exact:
        return ""
    return f"position ±{SIGMAS * ellipse(state.rover.mobility.estimate).long_m:.1f} m"
