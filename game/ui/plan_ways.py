"""The planned drives and the goal on the ground under the plan: lines and marks, then words."""

from game.commands import ActivityKind
from game.ui.belief import Belief, belief_at
from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import HALO_SMALL, Canvas, Point
from game.ui.draw.labels import along, around, write_label
from game.ui.draw.marks import draw_doubt
from game.ui.draw.plan import plan_layout
from game.ui.draw.plan_route import POINT_R, RING_R, draw_points
from game.ui.host import Host
from game.ui.plan_draft import drive_start, price_of, price_words, route_of
from game.ui.plan_inspector import arrival
from game.ui.planning import Planning
from game.ui.routing import Routing
from game.ui.signs import draw_signs
from game.ui.stage import draw_route

FLAG_R, FLAG_UP, FLAG_RIGHT = 11.0, 8.0, 5.0  # the middle of the flag is off its foot
Way = tuple[Point, ...]
Drive = tuple[int, Point, Way]


def drives_of(planning: Planning) -> list[Drive]:
    """Return number, start and points of every planned drive."""
    draft = planning.draft
    return [
        (activity.number, drive_start(draft, activity), route_of(activity))
        for activity in draft.shown
        if activity.kind is ActivityKind.DRIVE
    ]


def draw_ways(canvas: Canvas, host: Host, planning: Planning, routing: Routing) -> None:
    """Draw the ways of all drives, the points of the selected one, and the goal.

    Words are written last, each where no other words, no mark and no panel is.
    """
    view, drives = host.stage.chart, drives_of(planning)
    ways = {number: _on_page(canvas, view, (start, *way)) for number, start, way in drives}
    flag = _flag(canvas, view, planning)
    marks = [box for way in ways.values() for box in _marks(way)]
    marks += [] if flag is None else [around(flag, FLAG_R)]
    taken = [
        *draw_signs(
            canvas, host.stage, planning.makings.goal, host.desk.places(), is_plan=True, taken=marks
        )
    ]
    draw_doubt(canvas, view, _end(planning))
    for number, start, way in drives:
        draw_route(canvas, view, [start, *way])
        if number == planning.selected:
            draw_points(canvas, view, way, routing.held)
    for drive in drives:
        words, end = _figures(planning, drive[0]), ways[drive[0]][-1]
        taken.append(write_label(canvas, words, end, RING_R, taken))
    if flag is not None:
        canvas.icon("flag", flag[0] - 10, flag[1] - 11, "ink", 22)
        canvas.icon("flag", flag[0] - 10, flag[1] - 10, "accent", 20)
        title = planning.makings.goal.title
        taken.append(write_label(canvas, title, flag, FLAG_R, taken, HALO_SMALL))
    for k, at in enumerate(ways.get(planning.selected, ())[1:-1]):
        taken.append(write_label(canvas, f"{k + 1}", at, POINT_R, taken, HALO_SMALL))


def _figures(planning: Planning, number: int) -> str:
    """Return how far a drive goes, what it takes, how it will lean and how the wheels slip."""
    draft, end = planning.draft, _end(planning)
    activity = next(one for one in draft.shown if one.number == number)
    is_last = end.long_m > 0.0 and _last_drive(planning) == number
    words = f"sol {planning.day.sol}: {price_words(price_of(draft, activity))}"
    return f"{words} · ends ±{end.long_m:.1f} m" if is_last else words


def _last_drive(planning: Planning) -> int:
    """Return the number of the drive whose end is foreseen, or 0."""
    draft = planning.draft
    drives = (one for one in draft.shown if one.kind is ActivityKind.DRIVE)
    return next((one.number for one in drives if arrival(draft, one)), 0)


def _end(planning: Planning) -> Belief:
    """Return where the last drive leaves the rover and the doubt of it; of no size without one."""
    seen = planning.draft.forecast
    if seen is None or not _last_drive(planning):
        return Belief(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return belief_at(seen.stand)


def _flag(canvas: Canvas, view: View, planning: Planning) -> Point | None:
    """Return the middle of the goal's flag, unless that is under the table."""
    place = planning.makings.goal.place
    if place is None:
        return None
    (at,) = _on_page(canvas, view, ((place.x_m, place.y_m),))
    if at[1] >= plan_layout(canvas.page).rule.y:
        return None
    return at[0] + FLAG_RIGHT, at[1] - FLAG_UP


def _marks(way: Way) -> list[Box]:
    """Return what a way covers: its line, its points and the ring at its end."""
    points = [around(at, POINT_R) for at in way[1:-1]]
    return [*along(way), *points, around(way[-1], RING_R)]


def _on_page(canvas: Canvas, view: View, points_m: Way) -> Way:
    real = (view.to_px(*place) for place in points_m)
    return tuple((x / canvas.scale, y / canvas.scale) for x, y in real)
