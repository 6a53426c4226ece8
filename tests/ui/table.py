"""Working at the plan on the table, for tests."""

from game.commands import Activity, ActivityKind
from game.mission.plan import find
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_layout
from game.ui.screens.plan import PlanScreen
from game.ui.widgets.timeline import block_box


def add(plan: PlanScreen, *kinds: ActivityKind) -> tuple[int, ...]:
    for kind in kinds:
        plan.planning.add(kind)
    plan.settle()
    return tuple(activity.number for activity in plan.planning.shown)


def chosen(plan: PlanScreen) -> Activity:
    found = find(plan.planning.shown, plan.planning.selected)
    assert found is not None
    return found


def at_block(plan: PlanScreen, canvas: Canvas, number: int) -> tuple[float, float]:
    plan.draw(canvas)
    block = next(b for b in plan.model.blocks if b.number == number)
    return block_box(plan_layout(canvas.page).lanes, block).centre
