"""What lies on the table of the plan beside its panels: head, carried block, held view."""

from game.commands import ActivityKind
from game.rover.mobility import believed_place
from game.ui.boxes import Box
from game.ui.canvas import HALO, LABEL, TITLE, Canvas, Look
from game.ui.draw.hud_panels import draw_link
from game.ui.draw.plan import PlanLayout
from game.ui.draw.plan_inspector import inspector_box
from game.ui.draw.plan_lanes import draw_plan_block
from game.ui.host import Host
from game.ui.plan_parts import PlanBlock, PlanModel
from game.ui.plan_ways import drives_of
from game.ui.planning import Planning
from game.ui.words import lane_of, name_of

ROUTE_MARGIN, HEADS_H = 60.0, 80.0
PAUSED = Look(12, "accent")
Point = tuple[float, float]


def hold_route(host: Host, planning: Planning, place: PlanLayout) -> None:
    """Ease to the zoom that holds rover, routes and goal."""
    points = [believed_place(host.desk.flight.state.rover.mobility)]
    points += [point for _, _, route in drives_of(planning) for point in route]
    goal = planning.makings.goal.place
    if goal is not None:
        points.append((goal.x_m, goal.y_m))
    factor = host.stage.view.width_px / max(1.0, place.panel.right + 16)
    left = place.palette.right + ROUTE_MARGIN
    box = (left, 88.0, place.inspector.x - ROUTE_MARGIN - left, place.rule.y - 130)
    scaled = tuple(v * factor for v in box)
    host.stage.camera.hold(
        points, (scaled[0], scaled[1], scaled[2], scaled[3]), host.shell.theme.motion.ease_s
    )


def is_ground(place: PlanLayout, model: PlanModel, x: float, y: float) -> bool:
    """Say whether nothing of the table lies over the ground at a point."""
    boxes = [place.palette]
    if model.inspector is not None:
        boxes.append(inspector_box(place.inspector, model.inspector, 2))
    low = place.rule.y if model.rules else place.panel.y
    return HEADS_H < y < low and not any(box.holds(x, y) for box in boxes)


def draw_heads(canvas: Canvas, model: PlanModel) -> None:
    """Draw the clock that stands still, and the next pass."""
    box = Box(16, 16, 288, 56)
    canvas.panel(box)
    canvas.text(f"Sol {model.sol} of {model.sol_count}", box.x + 12, box.y + 5, LABEL)
    wide = canvas.text(model.clock, box.x + 12, box.y + 15, TITLE)
    canvas.text("paused", box.x + 20 + wide, box.y + 31, PAUSED)
    draw_link(canvas, canvas.page.from_right(16, 16, 288, 56), model.link)


def draw_carried(
    canvas: Canvas, place: PlanLayout, kind: ActivityKind | None, pointer: Point
) -> None:
    """Draw the activity that is being carried from the palette."""
    if kind is None:
        return
    hour = place.lanes.hour(pointer[0])
    block = PlanBlock(0, kind, lane_of(kind), name_of(kind), hour, hour + 0.75)
    if place.lanes.box.holds(*pointer):
        draw_plan_block(canvas, place.lanes, block, is_selected=True)
    else:
        canvas.icon("more", pointer[0] + 8, pointer[1], "accent", 16)
        canvas.text(name_of(kind), pointer[0] + 26, pointer[1], HALO)
