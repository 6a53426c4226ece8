"""What is drawn on the ground for the player: goal, places, forbidden ground, the driven way."""

import math
from collections.abc import Sequence

from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import Canvas
from game.ui.draw.hud import hud_layout
from game.ui.draw.labels import around, edges
from game.ui.draw.marks import (
    GOAL_R,
    NEAR_PX_M,
    ROVER_M,
    SILENT,
    draw_doubt,
    draw_finds,
    draw_goal,
    draw_keep_outs,
    draw_places,
    draw_way,
)
from game.ui.draw.plan import plan_layout
from game.ui.goals import Goal
from game.ui.prospects import DETOUR_M
from game.ui.stage import Stage
from game.world.places import Place

NAME_W = 110.0
ARROW = 13.0
MARK = 10.0  # half the size of a sign


def draw_signs(
    canvas: Canvas,
    stage: Stage,
    goal: Goal,
    places: Sequence[Place],
    *,
    is_plan: bool = False,
    taken: Sequence[Box] = (),
) -> tuple[Box, ...]:
    """Draw the signs that help at this zoom; near the ground it speaks for itself.

    Parameters
    ----------
    canvas : Canvas
        The window.
    stage : Stage
        Ground, camera and flight.
    goal : Goal
        Where the mission wants to go next.
    places : sequence of Place
        What a map may name by now.
    is_plan : bool
        The plan shows forbidden ground at every zoom, and marks the goal itself.
    taken : sequence of Box
        Where other marks will be drawn.

    Returns
    -------
    tuple of Box
        Where no more words should be written. [layout px]
    """
    setup, view, chart = stage.flight.session.setup, stage.view, stage.chart
    is_far = view.scale_px_m < NEAR_PX_M
    panels = _panels(canvas, is_plan=is_plan)
    reach = max(ARROW, ROVER_M * view.scale_px_m / canvas.scale)
    boxes = [*panels, *edges(canvas.page), *taken, around(stage.rover_at(canvas), reach)]
    has_ring = goal.place is not None and not is_plan
    if goal.place is not None and has_ring:
        boxes.append(around(_on_page(canvas, chart, goal.place.x_m, goal.place.y_m), GOAL_R))
    if is_far:
        draw_way(canvas, view, stage.way())
        places = [p for p in places if not _is_beside(canvas, chart, p, goal)]
        for at, is_seen in ((chart, False), (view, True)):  # hardware is seen where it stands
            shown = [p for p in places if (p.kind in SILENT) == is_seen]
            seen = [p for p in shown if _is_open(canvas, at, p, panels)]
            boxes = [*draw_places(canvas, at, seen, taken=boxes)]
        here = stage.belief()
        finds = [
            (p, is_told)
            for p, is_told in stage.prospects.in_view(chart)
            if math.dist((here.x_m, here.y_m), (p.x_m, p.y_m)) <= DETOUR_M
            and not _is_beside(canvas, chart, p, goal)
        ]
        boxes = [*draw_finds(canvas, chart, finds, (here.x_m, here.y_m), boxes)]
    if is_far or is_plan:
        draw_keep_outs(canvas, chart, setup.keep_out_circles)
    draw_doubt(canvas, chart, stage.belief(), is_near=stage.is_near)
    if goal.place is not None and has_ring:
        at_m = (goal.place.x_m, goal.place.y_m)
        draw_goal(canvas, chart, at_m, goal.title if is_far else "", boxes)
    return tuple(boxes)


def _is_beside(canvas: Canvas, view: View, place: Place, goal: Goal) -> bool:
    """Say whether the words of a place would lie on those of the goal."""
    if goal.place is None:
        return False
    dx_m, dy_m = place.x_m - goal.place.x_m, place.y_m - goal.place.y_m
    scale = view.scale_px_m / canvas.scale
    return abs(dx_m) * scale < NAME_W and abs(dy_m) * scale < 2 * MARK


def _panels(canvas: Canvas, *, is_plan: bool) -> tuple[Box, ...]:
    """Return the panels through which the name of a place would shine."""
    hud = hud_layout(canvas.page)
    if is_plan:
        plan = plan_layout(canvas.page)
        return hud.clock, hud.link, plan.palette, plan.inspector, plan.rule, plan.panel
    return hud.actions, hud.strip, hud.clock, hud.rates, hud.link


def _is_open(canvas: Canvas, view: View, place: Place, panels: tuple[Box, ...]) -> bool:
    """Say whether a place is not under a panel."""
    at = _on_page(canvas, view, place.x_m, place.y_m)
    return not any(box.grown(MARK).holds(*at) for box in panels)


def _on_page(canvas: Canvas, view: View, x_m: float, y_m: float) -> tuple[float, float]:
    x_px, y_px = view.to_px(x_m, y_m)
    return x_px / canvas.scale, y_px / canvas.scale
