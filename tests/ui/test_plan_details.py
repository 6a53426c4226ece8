"""Every line of the inspector can be changed by the pointer, and says what it does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.commands import COMMANDED, Activity, ActivityKind
from game.mission.plan import find
from game.rover.nonsense import nonsense
from game.rover.order_times import order_price
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_layout
from game.ui.draw.plan_inspector import arrows, inspector_box, row_box
from game.ui.input import Pointed
from game.ui.missions import Run, start
from game.ui.plan_details import DETAILS, PREFIX, detail_rows
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from tests.ui.test_play import PlainGround


@pytest.fixture(scope="module")
def opened() -> Run:
    return start("ninety-sols", 7, None)


@pytest.fixture
def plan(shell: Shell, opened: Run, canvas: Canvas) -> Iterator[PlanScreen]:
    play = PlayScreen(shell, opened, PlainGround(), is_still=True)  # type: ignore[arg-type]
    screen = PlanScreen(play)
    screen.planning.select_all()
    screen.planning.delete()
    screen.draw(canvas)
    yield screen
    play.close()


def chosen(plan: PlanScreen) -> Activity:
    found = find(plan.planning.shown, plan.planning.selected)
    assert found is not None
    return found


def arrow(plan: PlanScreen, canvas: Canvas, field: str, *, is_more: bool) -> Box:
    plan.handle(Pointed(0, 0))
    plan.draw(canvas)
    assert plan.model.inspector is not None
    names = [row.edit for row in plan.model.inspector.rows]
    box = row_box(plan_layout(canvas.page).inspector, names.index(PREFIX + field))
    return arrows(box)[is_more]


def value_of(activity: Activity, field: str) -> object:
    return getattr(activity if activity.command is None else activity.command, field)


@pytest.mark.parametrize("kind", DETAILS, ids=str)
def test_the_pointer_changes_what_a_kind_does(
    plan: PlanScreen, canvas: Canvas, kind: ActivityKind
) -> None:
    plan.planning.add(kind)
    for detail in DETAILS[kind]:
        before, words = value_of(chosen(plan), detail.field), detail_rows(chosen(plan))
        more = arrow(plan, canvas, detail.field, is_more=True).centre
        less = arrow(plan, canvas, detail.field, is_more=False).centre
        plan.handle(Pointed(*more, 1, is_down=True))
        after = value_of(chosen(plan), detail.field)
        assert after != before, detail
        assert detail_rows(chosen(plan)) != words
        assert nonsense(chosen(plan)) == ""
        plan.handle(Pointed(*less, 1, is_down=True))
        again = value_of(chosen(plan), detail.field)
        off = abs(again - before) if isinstance(again, float) else float(again != before)  # type: ignore[operator]
        assert off < 0.3
        plan.planning.undo()
        assert value_of(chosen(plan), detail.field) == after  # every step is one edit


def test_a_longer_way_takes_longer_unless_the_player_set_the_time(plan: PlanScreen) -> None:
    setup = plan.planning.desk.run.opened.setup
    plan.planning.add(ActivityKind.CREEP)
    for _ in range(6):
        plan.inspecting.step(PREFIX + "distance_m", 1)
    command = chosen(plan).command
    assert command is not None
    assert chosen(plan).duration_s == order_price(setup.rover, command).duration_s > 1800
    plan.planning.stretch(600)
    kept_s = chosen(plan).duration_s
    plan.inspecting.step(PREFIX + "distance_m", 1)
    assert chosen(plan).duration_s == kept_s


def test_the_inspector_of_every_kind_ends_above_the_rule(plan: PlanScreen, canvas: Canvas) -> None:
    place = plan_layout(canvas.page)
    for kind in ActivityKind:
        plan.planning.add(kind)
        plan.handle(Pointed(0, 0))
        plan.draw(canvas)
        assert plan.model.inspector is not None
        assert inspector_box(place.inspector, plan.model.inspector, 0).bottom <= place.rule.y, kind


def test_a_new_order_is_sound_and_says_its_price(plan: PlanScreen) -> None:
    for kind in COMMANDED:
        plan.planning.add(kind)
        activity = chosen(plan)
        assert nonsense(replace(activity, number=1)) == ""
        assert activity.duration_s >= 60
        row = next(one for one in plan.model.palette if one.kind is kind)
        assert row.wh
