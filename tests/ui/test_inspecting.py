"""The inspector: every line is changed by the pointer and by keys; conditions are typed."""

from game.commands import ActivityKind
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_layout
from game.ui.draw.plan_inspector import arrows, row_box
from game.ui.input import Typed
from game.ui.inspecting import problem_of
from game.ui.screens.plan import PlanScreen
from tests.ui.table import add, chosen
from tests.ui.window import click, press


def inspector_row(plan: PlanScreen, canvas: Canvas, name: str) -> Box:
    plan.draw(canvas)
    assert plan.model.inspector is not None
    names = [row.edit for row in plan.model.inspector.rows]
    return row_box(plan_layout(canvas.page).inspector, names.index(name))


def test_the_pointer_changes_every_line_of_the_inspector(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.AIR)
    before = chosen(plan)
    for name in ("start", "length", "priority"):
        _, more = arrows(inspector_row(plan, canvas, name))
        plan.handle(click(*more.centre))
    plan.handle(click(*inspector_row(plan, canvas, "optional").centre))
    after = chosen(plan)
    assert after.start_tick == before.start_tick + 300
    assert after.duration_s == before.duration_s + 300
    assert after.priority == before.priority + 1
    assert after.is_optional
    for _ in range(4):
        plan.handle(press("undo"))
    assert chosen(plan) == before


def test_keys_change_every_line_of_the_inspector(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.AIR)
    plan.draw(canvas)
    before = chosen(plan)
    plan.handle(press("edit"))
    plan.handle(press("right", "later"))
    plan.draw(canvas)
    plan.handle(press("backward"))
    plan.handle(press("left", "earlier"))
    plan.handle(press("backward"))
    plan.handle(press("right"))
    plan.handle(press("backward"))
    plan.handle(press("confirm"))
    after = chosen(plan)
    assert after.start_tick == before.start_tick + 300
    assert after.duration_s == before.duration_s - 300
    assert after.priority == before.priority + 1
    assert after.is_optional
    plan.handle(press("menu"))
    assert plan.inspecting.focus == ""


def test_a_condition_is_typed_and_checked_while_it_is_typed(
    plan: PlanScreen, canvas: Canvas
) -> None:
    add(plan, ActivityKind.SOIL)
    row = inspector_row(plan, canvas, "text")
    plan.handle(click(row.right - 20, row.y + 10))
    assert plan.inspecting.is_typing
    plan.handle(Typed("charge_frak > 0.5"))
    assert "did you mean 'charge_frac'" in plan.inspecting.problem
    plan.handle(press("confirm"))
    assert chosen(plan).condition == ""
    for _ in range(len("k > 0.5")):
        plan.handle(press("back"))
    plan.handle(Typed("c > 0.5"))
    plan.draw(canvas)
    assert plan.inspecting.problem == ""
    plan.handle(press("confirm"))
    assert chosen(plan).condition == "charge_frac > 0.5"
    assert next(b for b in plan.planning.draft.shown).condition
    plan.handle(press("undo"))
    assert chosen(plan).condition == ""


def test_until_and_abort_stand_behind_the_same_line(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.AIR)
    row = inspector_row(plan, canvas, "text")
    plan.handle(click(row.x + 20, row.y + 10))
    assert plan.inspecting.slot == "until"
    plan.inspecting.step("text", 1)
    assert chosen(plan).until == "charge_frac < 0.5"
    assert problem_of(chosen(plan).until) == ""
