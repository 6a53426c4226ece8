"""The view of the ground: metres become pixels here and nowhere else.

North is up. `View` is one moment of it, a plain value that drawing reads; `Camera` moves it:
zoom about the cursor, pan, follow the rover, ease to hold a route.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.ui.boxes import enlargement


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """How the view behaves.

    Attributes
    ----------
    wheel_px_m, near_px_m, wide_px_m, site_px_m, region_px_m : float
        The zooms with a name, from the closest to the farthest. [px/m]
    notch_factor : float
        Zoom by one notch of the mouse wheel. [-]
    zoom_s : float
        Length of an eased zoom. [s]
    rest_x_frac, rest_y_frac : float
        Where the rover rests in the window, from the left and from the top. [0-1]
    dead_zone_frac : float
        Part of the window in which the rover may wander before the view follows. [0-1]
    ahead_px : float
        How far the view looks ahead of a driving rover. [px]
    follow_s, rest_s : float
        Time constants of following, and of coming back to rest. [s]
    """

    wheel_px_m: float
    near_px_m: float
    wide_px_m: float
    site_px_m: float
    region_px_m: float
    notch_factor: float
    zoom_s: float
    rest_x_frac: float
    rest_y_frac: float
    dead_zone_frac: float
    ahead_px: float
    follow_s: float
    rest_s: float


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the camera.

    Attributes
    ----------
    x_m, y_m : float
        The ground point in the middle of the window. [m]
    scale_px_m : float
        Zoom. [px/m]
    width_px, height_px : int
        Size of the window. [px]
    """

    x_m: float
    y_m: float
    scale_px_m: float
    width_px: int
    height_px: int

    def to_px(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return the pixel of a ground point, x to the right and y down [px]."""
        return (
            self.width_px / 2 + (x_m - self.x_m) * self.scale_px_m,
            self.height_px / 2 - (y_m - self.y_m) * self.scale_px_m,
        )

    def to_m(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Return the ground point under a pixel [m]."""
        return (
            self.x_m + (x_px - self.width_px / 2) / self.scale_px_m,
            self.y_m - (y_px - self.height_px / 2) / self.scale_px_m,
        )

    def bounds_m(self, margin_px: float = 0.0) -> tuple[float, float, float, float]:
        """Return west, south, east and north of the window, widened by a margin [m]."""
        half_x_m = (self.width_px / 2 + margin_px) / self.scale_px_m
        half_y_m = (self.height_px / 2 + margin_px) / self.scale_px_m
        return (self.x_m - half_x_m, self.y_m - half_y_m, self.x_m + half_x_m, self.y_m + half_y_m)

    def sees(self, x_m: float, y_m: float, radius_m: float = 0.0) -> bool:
        """Tell whether a disc on the ground touches the window."""
        west_m, south_m, east_m, north_m = self.bounds_m()
        return (
            west_m - radius_m <= x_m <= east_m + radius_m
            and south_m - radius_m <= y_m <= north_m + radius_m
        )


@dataclass(frozen=True, slots=True)
class Travel:
    """An eased move of the view from one place and zoom to another."""

    start: View
    goal: View
    length_s: float
    passed_s: float = 0.0


def between(start: View, goal: View, part: float) -> View:
    """Return the view a part of the way, so that a point both share stays where it is."""
    eased = part * part * (3.0 - 2.0 * part)
    ratio = goal.scale_px_m / start.scale_px_m
    scale_px_m = start.scale_px_m * ratio**eased
    moved = eased
    if abs(math.log(ratio)) > 1e-6:
        moved = (1.0 / start.scale_px_m - 1.0 / scale_px_m) / (
            1.0 / start.scale_px_m - 1.0 / goal.scale_px_m
        )
    return replace(
        goal,
        x_m=start.x_m + (goal.x_m - start.x_m) * moved,
        y_m=start.y_m + (goal.y_m - start.y_m) * moved,
        scale_px_m=scale_px_m,
    )


class Camera:
    """Moves the view; what it shows is `camera.view`."""

    def __init__(self, spec: CameraSpec, size_px: tuple[int, int], x_m: float, y_m: float) -> None:
        self.spec = spec
        self.is_following = True
        self.travel: Travel | None = None
        self.view = View(x_m, y_m, spec.near_px_m * enlargement(size_px), *size_px)
        self.view = self._resting(x_m, y_m, self.home_px_m)
        self._is_at_ease = False

    def resize(self, size_px: tuple[int, int]) -> None:
        """Keep the middle of the view when the window changes its size, and what it shows."""
        before = enlargement((self.view.width_px, self.view.height_px))
        scale_px_m = self.view.scale_px_m * enlargement(size_px) / before
        self.view = replace(
            self.view, scale_px_m=scale_px_m, width_px=size_px[0], height_px=size_px[1]
        )
        self.travel = None

    @property
    def home_px_m(self) -> float:
        """The zoom at which the rover is driven: a larger window shows it larger [px/m]."""
        size_px = (self.view.width_px, self.view.height_px)
        return self.spec.near_px_m * enlargement(size_px)

    def zoom_by(self, notches: float, cursor_px: tuple[float, float]) -> None:
        """Zoom in (positive) or out by notches of the wheel, about the cursor."""
        goal = self.travel.goal if self.travel else self.view
        self.zoom_to(goal.scale_px_m * self.spec.notch_factor**notches, cursor_px)

    def zoom_to(self, scale_px_m: float, cursor_px: tuple[float, float] | None = None) -> None:
        """Ease to a zoom, about the cursor or about the middle of the view."""
        spec, view = self.spec, self.view
        closest = spec.wheel_px_m * self.home_px_m / spec.near_px_m
        scale_px_m = min(max(scale_px_m, spec.region_px_m), closest)
        x_px, y_px = cursor_px or (view.width_px / 2, view.height_px / 2)
        x_m, y_m = view.to_m(x_px, y_px)
        goal = replace(
            view,
            x_m=x_m - (x_px - view.width_px / 2) / scale_px_m,
            y_m=y_m + (y_px - view.height_px / 2) / scale_px_m,
            scale_px_m=scale_px_m,
        )
        self.travel = Travel(view, goal, spec.zoom_s)
        self._is_at_ease = True

    def jump(self, x_m: float, y_m: float, scale_px_m: float) -> None:
        """Show a rover resting at a place at once, at a zoom."""
        self.travel = None
        self.view = self._resting(x_m, y_m, scale_px_m)

    def go_home(self, x_m: float, y_m: float) -> None:
        """Ease back to the rover at the home zoom, and follow it."""
        self.is_following = True
        self._is_at_ease = False
        goal = self._resting(x_m, y_m, self.home_px_m)
        self.travel = Travel(self.view, goal, self.spec.zoom_s)

    def pan_px(self, dx_px: float, dy_px: float) -> None:
        """Drag the ground by pixels; the view stops following until it is sent home."""
        self.is_following = False
        self.travel = None
        view = self.view
        self.view = replace(
            view, x_m=view.x_m - dx_px / view.scale_px_m, y_m=view.y_m + dy_px / view.scale_px_m
        )

    def hold(
        self,
        points_m: Sequence[tuple[float, float]],
        box_px: tuple[float, float, float, float],
        length_s: float,
    ) -> None:
        """Ease to the closest zoom (never closer than home) that holds all points in a box.

        Parameters
        ----------
        points_m : sequence of (x_m, y_m)
            What must be seen. [m]
        box_px : (x, y, width, height)
            Where in the window it must be seen. [px]
        length_s : float
            How long the move takes. [s]
        """
        xs_m, ys_m = [p[0] for p in points_m], [p[1] for p in points_m]
        left_px, top_px, wide_px, high_px = box_px
        scale_px_m = min(
            wide_px / max(max(xs_m) - min(xs_m), 1e-6),
            high_px / max(max(ys_m) - min(ys_m), 1e-6),
            self.home_px_m,
        )
        scale_px_m = max(scale_px_m, self.spec.region_px_m)
        view = self.view
        goal = replace(
            view,
            x_m=(max(xs_m) + min(xs_m)) / 2
            - (left_px + wide_px / 2 - view.width_px / 2) / scale_px_m,
            y_m=(max(ys_m) + min(ys_m)) / 2
            + (top_px + high_px / 2 - view.height_px / 2) / scale_px_m,
            scale_px_m=scale_px_m,
        )
        self.is_following = False
        self.travel = Travel(view, goal, length_s)

    def update(
        self, dt_s: float, rover_m: tuple[float, float], heading_rad: float, is_driving: bool
    ) -> View:
        """Move the view by one frame and return it.

        Parameters
        ----------
        dt_s : float
            Real time since the last frame. [s]
        rover_m : (x_m, y_m)
            Where the rover is drawn. [m]
        heading_rad : float
            Where it drives to, clockwise from north. [rad]
        is_driving : bool
            Look ahead and follow; else come back to rest.
        """
        if self.travel:
            passed_s = self.travel.passed_s + dt_s
            part = min(passed_s / self.travel.length_s, 1.0)
            self.view = between(self.travel.start, self.travel.goal, part)
            self.travel = replace(self.travel, passed_s=passed_s) if part < 1.0 else None
        elif self.is_following:
            self._follow(dt_s, rover_m, heading_rad, is_driving)
        return self.view

    def _follow(
        self, dt_s: float, rover_m: tuple[float, float], heading_rad: float, is_driving: bool
    ) -> None:
        view, spec = self.view, self.spec
        x_px, y_px = view.to_px(*rover_m)
        off_x_px = x_px - spec.rest_x_frac * view.width_px
        off_y_px = y_px - spec.rest_y_frac * view.height_px
        if is_driving:
            self._is_at_ease = False
            zone_px = spec.dead_zone_frac / 2
            move_x_px = _beyond(
                off_x_px + spec.ahead_px * math.sin(heading_rad), zone_px * view.width_px
            )
            move_y_px = _beyond(
                off_y_px - spec.ahead_px * math.cos(heading_rad), zone_px * view.height_px
            )
            part = 1.0 - math.exp(-dt_s / spec.follow_s)
        else:
            # Whoever has just zoomed about the cursor wants to look there: leave it alone.
            move_x_px, move_y_px = (0.0, 0.0) if self._is_at_ease else (off_x_px, off_y_px)
            part = 1.0 - math.exp(-dt_s / spec.rest_s)
        self.view = replace(
            view,
            x_m=view.x_m + move_x_px * part / view.scale_px_m,
            y_m=view.y_m - move_y_px * part / view.scale_px_m,
        )

    def _resting(self, x_m: float, y_m: float, scale_px_m: float) -> View:
        view, spec = self.view, self.spec
        return replace(
            view,
            x_m=x_m - (spec.rest_x_frac - 0.5) * view.width_px / scale_px_m,
            y_m=y_m + (spec.rest_y_frac - 0.5) * view.height_px / scale_px_m,
            scale_px_m=scale_px_m,
        )


def _beyond(offset_px: float, zone_px: float) -> float:
    return math.copysign(max(abs(offset_px) - zone_px, 0.0), offset_px)
