"""Every line of the inspector can be changed by the pointer, and says what it does."""

import tomllib
from dataclasses import replace

import pytest

from game.commands import COMMANDED, Activity, ActivityKind
from game.levels.open import plan_context
from game.mission.plan import find
from game.mission.plan_file import parse_plan
from game.mission.plan_text import plan_text
from game.rover.nonsense import nonsense
from game.rover.order_times import order_price
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_layout
from game.ui.draw.plan_inspector import arrows, inspector_box, row_box
from game.ui.input import Pointed
from game.ui.plan_details import DETAILS, PREFIX, detail_rows, ends, stepped
from game.ui.screens.plan import PlanScreen
from tests.ui.table import chosen

Kind = ActivityKind


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


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("kind", DETAILS, ids=str)
def test_no_line_goes_beyond_what_the_rover_reaches(
    plan: PlanScreen, kind: ActivityKind, by: int
) -> None:
    setup = plan.planning.desk.run.opened.setup
    plan.planning.add(kind)
    numbers = [one for one in DETAILS[kind] if not (one.choices or one.turns)]
    draft, number = plan.planning.history.plan, chosen(plan).number
    for detail in numbers:
        for _ in range(1200):
            draft = stepped(draft, (number,), detail.field, by, is_fine=False, setup=setup)
        activity = find(draft, number)
        assert activity is not None
        low, high = ends(setup.rover, activity, detail.field)
        value = value_of(activity, detail.field)
        usual = detail.field == "range_m" and by < 0
        assert value == pytest.approx(0.0 if usual else high if by > 0 else low)


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


def test_what_the_window_plans_comes_back_from_its_file_to_the_last_bit(plan: PlanScreen) -> None:
    """So that a run from the file has the digest of the run in the window."""
    planning = plan.planning
    setup = planning.desk.run.opened.setup
    day_long = [kind for kind in ActivityKind if kind not in (Kind.SLEEP, Kind.DRIVE, Kind.AIR)]
    for at, kind in enumerate(day_long):
        planning.add(kind, planning.day.tick(8.0 + 0.7 * at))
        for detail in DETAILS.get(kind, ()):
            plan.inspecting.step(PREFIX + detail.field, 1)
    planning.select_all()
    planning.change(condition="charge_frac > 40 %", abort="tilt_rad > 0.3", is_optional=True)
    context = plan_context(setup)
    text = plan_text(planning.shown, setup.site, "x", context.passes, context.lead_s)
    again = parse_plan(tomllib.loads(text), context, "x", text)
    numbered = [replace(one, number=at) for at, one in enumerate(planning.shown, 1)]
    assert list(again) == numbered
