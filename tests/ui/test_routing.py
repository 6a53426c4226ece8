"""Ways of planned drives: drawn, gripped, undone, and what they say of time and place."""

import math
from dataclasses import replace

import pytest

from game.commands import ActivityKind
from game.ui.canvas import Canvas
from game.ui.draw.labels import touches
from game.ui.input import Pointed
from game.ui.plan_draft import route_of
from game.ui.plan_inspector import arrival
from game.ui.screens.plan import PlanScreen
from tests.ui.table import add, chosen
from tests.ui.tape import Tape
from tests.ui.window import click, press, release


def on_ground(plan: PlanScreen, place: tuple[float, float]) -> tuple[float, float]:
    return plan.host.stage.view.to_px(*place)


def test_a_way_is_drawn_by_clicking_dragged_and_undone(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.DRIVE)
    plan.draw(canvas)
    before = chosen(plan)
    for x, y in ((560.0, 180.0), (700.0, 220.0)):
        plan.handle(click(x, y))
        plan.handle(release(x, y))
    after = chosen(plan)
    assert len(after.waypoints) == 2
    assert after.waypoints[0] == (before.x_m, before.y_m)
    assert (after.x_m, after.y_m) == pytest.approx(plan.host.stage.view.to_m(700.0, 220.0))
    grip = on_ground(plan, after.waypoints[1])
    plan.handle(click(*grip))
    plan.handle(Pointed(grip[0] + 30, grip[1]))
    plan.handle(release(grip[0] + 30, grip[1]))
    moved = chosen(plan).waypoints[1]
    assert moved[0] == pytest.approx(after.waypoints[1][0] + 30 / plan.host.stage.view.scale_px_m)
    plan.handle(Pointed(*on_ground(plan, moved), 3, is_down=True))
    assert len(chosen(plan).waypoints) == 1
    for _ in range(4):
        plan.handle(press("undo"))
    assert chosen(plan) == before


def test_a_new_point_comes_where_the_line_is_gripped(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.DRIVE)
    plan.draw(canvas)
    plan.planning.reroute(((10.0, -30.0), (14.0, -60.0)))
    view = plan.host.stage.view
    route = route_of(chosen(plan))
    middle = tuple((a + b) / 2 for a, b in zip(view.to_px(*route[0]), view.to_px(*route[1]),
                                               strict=True))  # fmt: skip
    assert plan.routing.point(click(middle[0], middle[1]), view, 1.0)
    assert plan.routing.point(release(middle[0] + 9, middle[1]), view, 1.0)
    assert len(route_of(chosen(plan))) == 3


def test_a_longer_way_makes_a_longer_block(plan: PlanScreen) -> None:
    add(plan, ActivityKind.DRIVE)
    plan.planning.reroute(((0.0, -20.0),))
    short = chosen(plan).duration_s
    plan.planning.reroute(((0.0, -20.0), (0.0, -80.0)))
    assert chosen(plan).duration_s > short


@pytest.mark.parametrize("turn_deg", [0.0, 90.0, 180.0, 270.0])
def test_figures_of_a_drive_keep_off_the_goal_beside_its_end(
    plan: PlanScreen, tape: Tape, turn_deg: float
) -> None:
    planning = plan.planning
    goal = planning.makings.goal.place
    assert goal is not None
    turn = math.radians(turn_deg)
    planning.add(ActivityKind.DRIVE, planning.day.tick(11.0))
    planning.reroute(((goal.x_m + 2.0 * math.cos(turn), goal.y_m + 2.0 * math.sin(turn)),))
    plan.host.stage.camera.jump(goal.x_m, goal.y_m - 8.0, 20.0)
    plan.settle()
    plan.draw(tape)
    title = planning.makings.goal.title
    words = [(said, box) for said, box in tape.written if "slip to" in said or said == title]
    assert sum("slip to" in said for said, _ in words) == 1
    assert sum(said == title for said, _ in words) == 1
    (_, one), (_, other) = words
    assert not touches(one, other)


def test_the_plan_says_between_which_times_the_last_drive_ends(plan: PlanScreen) -> None:
    planning = plan.planning
    place = planning.makings.state.rover.mobility
    here = (place.x_m, place.y_m)
    planning.add(ActivityKind.DRIVE, planning.day.tick(11.0))
    planning.reroute(((here[0] + 3.0, here[1] - 4.0),))
    first = planning.selected
    planning.add(ActivityKind.DRIVE, planning.day.tick(13.0))
    planning.reroute(((here[0] + 5.0, here[1] - 9.0),))
    last = planning.selected
    plan.settle()
    found = planning.outlook.result
    assert found is not None
    drives = [a for a in planning.shown if a.kind is ActivityKind.DRIVE]
    begins = max(one.start_tick for one in drives)
    for ends, said in (((700, 800, 1000), "13:11–13:16"), ((780, 781, 782), "13:12")):
        ticks = (begins + ends[0], begins + ends[1], begins + ends[2])
        draft = replace(planning.draft, forecast=replace(found, drive_end_tick=ticks))
        assert {one.number: arrival(draft, one) for one in drives} == {first: "", last: said}
    never = replace(planning.draft, forecast=replace(found, drive_end_tick=(0.0, 0.0, 0.0)))
    assert [arrival(never, one) for one in drives] == ["", ""]
