"""A plan of several sols on the table: one sol at a time, each edit on its own sol."""

import pytest

from game.commands import Activity, ActivityKind
from game.machine_commands import SetWings, WingMode
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_buttons, plan_layout
from game.ui.input import Pointed
from game.ui.screens.plan import PlanScreen
from game.units import SOL_S
from tests.ui.window import press

Kind = ActivityKind


def shown(plan: PlanScreen, canvas: Canvas) -> list[ActivityKind]:
    plan.handle(Pointed(0, 0))
    plan.draw(canvas)
    return [block.kind for block in plan.model.blocks]


def test_each_sol_shows_its_own_work_and_keeps_the_others(plan: PlanScreen, canvas: Canvas) -> None:
    today = plan.planning.day.sol
    plan.planning.add(Kind.AIR)
    plan.handle(press("sol_after"))
    assert plan.planning.day.sol == today + 1
    assert shown(plan, canvas) == []
    plan.planning.add(Kind.SOIL)
    assert shown(plan, canvas) == [Kind.SOIL]
    (soil,) = (a for a in plan.planning.shown if a.kind is Kind.SOIL)
    assert plan.planning.day.hour(soil.start_tick) == pytest.approx(9.0, abs=0.1)
    plan.planning.template(0)
    assert Kind.SOIL not in shown(plan, canvas)
    assert Kind.AIR in {
        a.kind for a in plan.planning.shown if a.start_tick < soil.start_tick - 5000
    }
    plan.handle(press("sol_before"))
    assert shown(plan, canvas) == [Kind.AIR]
    plan.planning.undo()
    assert [a.kind for a in plan.planning.shown] == [Kind.AIR, Kind.SOIL]


def test_no_sol_of_the_past_and_none_after_the_mission(plan: PlanScreen, canvas: Canvas) -> None:
    today, last = plan.planning.day.sol, plan.planning.desk.run.opened.setup.mission.sols
    plan.handle(press("sol_before"))
    assert plan.planning.day.sol == today
    plan.planning.turn(1000)
    assert plan.planning.day.sol == last
    plan.planning.turn(-1000)
    assert plan.planning.day.sol == today
    place = plan_layout(canvas.page)
    before, after = plan_buttons(place)[:2]
    plan.handle(Pointed(*after.box.centre, 1, is_down=True))
    assert plan.planning.day.sol == today + 1
    plan.handle(Pointed(*before.box.centre, 1, is_down=True))
    assert plan.planning.day.sol == today


def test_a_plan_of_many_sols_is_foreseen_to_the_sol_on_the_table(
    plan: PlanScreen, canvas: Canvas
) -> None:
    first = plan.planning.day.tick(12.0)
    sols = tuple(Activity(at + 1, Kind.PICTURE, first + round(at * SOL_S), 120) for at in range(4))
    plan.planning.take(sols)
    plan.planning.turn(2)
    plan.settle()
    assert shown(plan, canvas) == [Kind.PICTURE]
    hours = [hour for hour, *_ in plan.model.charge]
    assert min(hours) >= 6.0
    assert max(hours) == pytest.approx(30.0, abs=0.2)


def test_a_ready_made_sol_may_give_orders(plan: PlanScreen) -> None:
    plan.planning.turn(1)
    plan.planning.template(plan.menu.titles.index("Dust off"))
    wings = [a.command for a in plan.planning.shown if a.kind is Kind.WINGS]
    assert wings == [SetWings(WingMode.SHED), SetWings(WingMode.TRACK), SetWings(WingMode.LEVEL)]
