"""Drawing the way of a planned drive on the ground: a click goes on, a drag moves a point."""

import math

from game.commands import Activity, ActivityKind
from game.mission.plan import find
from game.ui.camera import View
from game.ui.input import Pointed
from game.ui.plan_draft import drive_start, route_of
from game.ui.planning import Planning

NEAR_PX, LINE_PX = 14.0, 9.0
Point = tuple[float, float]
Route = tuple[Point, ...]


class Routing:
    """Edits the route of the selected drive; holds the point that is being dragged."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.held: int | None = None
        self._before: Route = ()

    @property
    def activity(self) -> Activity | None:
        """The selected drive, if a drive is selected."""
        found = find(self.planning.shown, self.planning.selected)
        return found if found is not None and found.kind is ActivityKind.DRIVE else None

    def point(self, pointed: Pointed, view: View, scale: float) -> bool:
        """Answer the pointer over open ground; return whether the route took it."""
        activity = self.activity
        if activity is None:
            return False
        at = (pointed.x * scale, pointed.y * scale)
        if pointed.button == 3 and pointed.is_down:
            return self._remove(activity, view, at)
        if pointed.is_click:
            self._press(activity, view, at)
            return True
        if self.held is None:
            return False
        route = list(self._before)
        route[self.held] = view.to_m(*at)
        is_up = pointed.button == 1 and not pointed.is_down
        self.planning.reroute(tuple(route), is_final=is_up)
        if is_up:
            self.held = None
        return True

    def _press(self, activity: Activity, view: View, at: Point) -> None:
        """Take hold of a point, of the line between two, or go on to a new place."""
        route = route_of(activity)
        for k, place in enumerate(route):
            if math.dist(view.to_px(*place), at) <= NEAR_PX:
                self.held, self._before = k, route
                return
        start = drive_start(self.planning.draft, activity)
        pixels = [view.to_px(*place) for place in (start, *route)]
        for k in range(len(route)):
            if _from_line(at, pixels[k], pixels[k + 1]) <= LINE_PX:
                self.held = k
                self._before = (*route[:k], view.to_m(*at), *route[k:])
                return
        self.planning.reroute((*route, view.to_m(*at)))

    def _remove(self, activity: Activity, view: View, at: Point) -> bool:
        """Take the point under the pointer out; one must stay."""
        route = route_of(activity)
        for k, place in enumerate(route):
            if len(route) > 1 and math.dist(view.to_px(*place), at) <= NEAR_PX:
                self.planning.reroute((*route[:k], *route[k + 1 :]))
                return True
        return False


def _from_line(at: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a piece of a line."""
    length = math.dist(start, end)
    if length < 1e-6:
        return math.dist(at, start)
    along = (at[0] - start[0]) * (end[0] - start[0]) + (at[1] - start[1]) * (end[1] - start[1])
    part = min(max(along / length**2, 0.0), 1.0)
    foot = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
    return math.dist(at, foot)
