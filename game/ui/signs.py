"""What is drawn on the ground for the player: goal, places, forbidden ground, the driven way."""

from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import Canvas, Point
from game.ui.draw.hud import hud_layout
from game.ui.draw.marks import (
    NEAR_PX_M,
    SILENT,
    draw_doubt,
    draw_goal,
    draw_keep_outs,
    draw_places,
    draw_way,
)
from game.ui.draw.plan import plan_layout
from game.ui.goals import Goal
from game.ui.stage import Stage
from game.world.places import Place

NAME_W = 110.0
ARROW = 13.0
MARK = 10.0  # half the size of a sign


def draw_signs(canvas: Canvas, stage: Stage, goal: Goal, *, is_plan: bool = False) -> None:
    """Draw the signs that help at this zoom; near the ground it speaks for itself.

    Parameters
    ----------
    canvas : Canvas
        The window.
    stage : Stage
        Ground, camera and flight.
    goal : Goal
        Where the mission wants to go next.
    is_plan : bool
        The plan shows forbidden ground at every zoom, and marks the goal itself.
    """
    setup, view, chart = stage.flight.session.setup, stage.view, stage.chart
    is_far = view.scale_px_m < NEAR_PX_M
    if is_far:
        draw_way(canvas, view, stage.way())
        places = [p for p in setup.places if not _is_beside(canvas, chart, p, goal)]
        rover = [] if stage.is_near else [_around(stage.rover_at(canvas))]
        for at, is_seen in ((chart, False), (view, True)):  # hardware is seen where it stands
            shown = [p for p in places if (p.kind in SILENT) == is_seen]
            panels = _panels(canvas, is_plan=is_plan)
            seen = [p for p in shown if _is_open(canvas, at, p, panels)]
            draw_places(canvas, at, seen, taken=rover)
    if is_far or is_plan:
        draw_keep_outs(canvas, view, setup.keep_out_circles)
    draw_doubt(canvas, chart, stage.belief(), is_near=stage.is_near)
    if goal.place is not None and not is_plan:
        draw_goal(canvas, chart, (goal.place.x_m, goal.place.y_m), goal.title if is_far else "")


def _is_beside(canvas: Canvas, view: View, place: Place, goal: Goal) -> bool:
    """Say whether the words of a place would lie on those of the goal."""
    if goal.place is None:
        return False
    dx_m, dy_m = place.x_m - goal.place.x_m, place.y_m - goal.place.y_m
    scale = view.scale_px_m / canvas.scale
    return abs(dx_m) * scale < NAME_W and abs(dy_m) * scale < 2 * MARK


def _around(place: Point) -> Box:
    """Return the box of the arrow that stands for the rover."""
    return Box(place[0] - ARROW, place[1] - ARROW, 2 * ARROW, 2 * ARROW)


def _panels(canvas: Canvas, *, is_plan: bool) -> tuple[Box, ...]:
    """Return the panels through which the name of a place would shine."""
    hud = hud_layout(canvas.page)
    if is_plan:
        plan = plan_layout(canvas.page)
        return hud.clock, hud.link, plan.palette, plan.inspector, plan.rule, plan.panel
    return hud.actions, hud.strip, hud.clock, hud.rates, hud.link


def _is_open(canvas: Canvas, view: View, place: Place, panels: tuple[Box, ...]) -> bool:
    """Say whether a place is not under a panel."""
    x, y = view.to_px(place.x_m, place.y_m)
    return not any(box.grown(MARK).holds(x / canvas.scale, y / canvas.scale) for box in panels)
