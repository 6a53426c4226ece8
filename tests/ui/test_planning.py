"""Editing a plan on the table: several at once, conditions, ways on the ground, menus."""

from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind
from game.contact import expected_bit, likely_bits, next_pass_here
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.plan import draw_plan_panel, plan_layout
from game.ui.draw.plot import Axes
from game.ui.facts.orbit import coming_passes
from game.ui.facts.queue import coming
from game.ui.facts.tray import GROUPS, effect_of
from game.ui.input import Pointed, Wheeled
from game.ui.model import link_panel, passes_note
from game.ui.model_strip import windows
from game.ui.plan_edits import COARSE_S, FINE_S
from game.ui.plan_model import plan_model
from game.ui.plan_palette import GROUPS as PALETTE_GROUPS
from game.ui.plan_palette import palette
from game.ui.plan_parts import PlanBlock
from game.ui.plan_times import snapped
from game.ui.screens.plan import PlanScreen
from game.ui.widgets.timeline import Selected, Swept, Timeline
from game.ui.words import mbit, mbit_range, percent_range
from tests.ui.table import add, at_block
from tests.ui.tape import Tape
from tests.ui.window import click, press, release


def test_shift_click_adds_to_the_selection_and_takes_out(plan: PlanScreen, canvas: Canvas) -> None:
    first, second = add(plan, ActivityKind.AIR, ActivityKind.SOIL)
    for number, is_more in ((first, False), (second, True)):
        place = at_block(plan, canvas, number)
        plan.handle(click(*place, is_more=is_more))
        plan.handle(release(*place))
    assert set(plan.planning.chosen) == {first, second}
    place = at_block(plan, canvas, first)
    plan.handle(click(*place, is_more=True))
    plan.handle(release(*place))
    assert plan.planning.chosen == (second,)


def test_several_move_copy_and_go_together(plan: PlanScreen, canvas: Canvas) -> None:
    add(plan, ActivityKind.AIR, ActivityKind.SOIL)
    plan.handle(press("select_all"))
    before = [a.start_tick for a in plan.planning.shown]
    plan.handle(press("later"))
    assert [a.start_tick - b for a, b in zip(plan.planning.shown, before, strict=True)] == [
        300,
        300,
    ]
    plan.handle(press("copy"))
    assert len(plan.planning.shown) == 4
    assert len(plan.planning.chosen) == 2
    plan.handle(press("delete"))
    assert len(plan.planning.shown) == 2
    for _ in range(3):
        plan.handle(press("undo"))
    assert [a.start_tick for a in plan.planning.shown] == before
    plan.draw(canvas)


def test_nothing_is_moved_into_the_past(plan: PlanScreen) -> None:
    add(plan, ActivityKind.AIR, ActivityKind.SOIL)
    plan.handle(press("select_all"))
    gap = [a.start_tick for a in plan.planning.shown]
    for _ in range(200):
        plan.handle(press("earlier"))
    starts = [a.start_tick for a in plan.planning.shown]
    assert starts[0] > plan.host.desk.flight.state.tick
    assert starts[1] - starts[0] == gap[1] - gap[0]


def test_a_frame_selects_what_it_touches() -> None:
    axes = Axes(Box(100, 0, 1200, 130))
    air = PlanBlock(5, ActivityKind.AIR, 3, "Air", 8.0, 10.0)
    soil = PlanBlock(6, ActivityKind.SOIL, 2, "Soil", 8.0, 9.0)
    far = PlanBlock(7, ActivityKind.SOIL, 2, "Soil", 18.0, 19.0)
    timeline, blocks = Timeline(), (air, soil, far)
    assert timeline.handle(click(150, 40), axes, blocks) == Selected(0)
    assert timeline.handle(Pointed(350, 100), axes, blocks) is None
    assert timeline.frame is not None
    assert timeline.handle(release(350, 100), axes, blocks) == Swept((5, 6))
    assert timeline.frame is None


def test_the_menu_of_templates_opens_and_takes_one(plan: PlanScreen, tape: Tape) -> None:
    plan.handle(press("template"))
    plan.draw(tape)
    assert {"Drive day", "Science day", "Rest"} <= {words for words, _ in tape.written}
    plan.handle(press("backward"))
    plan.handle(press("confirm"))
    assert plan.menu.chosen is None
    assert plan.planning.shown
    plan.handle(press("template"))
    box = plan_layout(tape.page).menu(len(plan.menu.titles))[2]
    plan.handle(click(*box.centre))
    assert [a.kind for a in plan.planning.shown] == [ActivityKind.SEND]


def test_the_palette_scrolls_to_every_activity(plan: PlanScreen, canvas: Canvas) -> None:
    place = plan_layout(canvas.page)
    rows = plan.model.palette
    plan.handle(press("palette_down"))
    seen: list[ActivityKind] = []
    for _ in rows:
        plan.draw(canvas)
        row = plan.palette.row(rows)
        assert row is not None
        assert row.group == plan.palette.group
        seen.append(row.kind)
        plan.handle(press("palette_down"))
    assert seen == [row.kind for row in rows]
    assert set(seen) == set(ActivityKind)
    plan.handle(press("confirm"))
    assert plan.planning.shown[-1].kind is rows[-1].kind
    plan.handle(Wheeled(*place.palette.centre, 50))
    assert plan.palette.first == 0


def test_tabs_open_the_groups_and_a_click_takes_from_them(plan: PlanScreen, canvas: Canvas) -> None:
    place = plan_layout(canvas.page)
    for group, (_, _, kinds) in enumerate(PALETTE_GROUPS):
        plan.handle(click(*place.palette_tab(group).centre))
        plan.draw(canvas)
        mine = [row for row in plan.model.palette if row.group == group]
        assert tuple(row.kind for row in mine) == kinds
        assert len(mine) <= place.palette_count  # nothing is hidden below
        before = len(plan.planning.shown)
        x, y = place.palette_row(len(mine) - 1).centre
        plan.handle(Pointed(x, y))
        plan.handle(click(x, y))
        plan.handle(release(x, y))
        assert len(plan.planning.shown) == before + 1
        assert mine[-1].kind in {activity.kind for activity in plan.planning.shown}


def test_dragging_empty_ground_moves_the_view(plan: PlanScreen, canvas: Canvas) -> None:
    plan.planning.choose_all(())
    plan.draw(canvas)
    before = plan.host.stage.view
    plan.handle(click(600, 200))
    plan.handle(Pointed(640, 200))
    plan.handle(release(640, 200))
    assert plan.host.stage.view.x_m < before.x_m


def test_starts_snap_to_five_minutes_of_the_local_clock(plan: PlanScreen) -> None:
    day = plan.planning.day
    for hour in (8.01, 12.52, 15.49, 16.3, 23.99):
        coarse_h = day.hour(snapped(day, hour, COARSE_S))
        assert coarse_h * 12 == pytest.approx(round(hour * 12), abs=0.01)
        fine_h = day.hour(snapped(day, hour, FINE_S))
        assert fine_h * 60 == pytest.approx(round(hour * 60), abs=0.05)


def test_two_sends_in_one_pass_are_two_parts_of_its_window(plan: PlanScreen) -> None:
    state, day = plan.planning.draft.state, plan.planning.day
    setup = plan.planning.draft.opened.setup
    longest = max(windows(setup, state, day), key=lambda one: one.end_h - one.start_h)
    first = day.tick(longest.start_h) + 60
    sends = tuple(
        Activity(number, ActivityKind.SEND, first + 1200 * number, 600) for number in (1, 2)
    )
    sequencer = replace(state.rover.sequencer, plan=sends)
    planned = replace(state, rover=replace(state.rover, sequencer=sequencer))
    longest = max(windows(setup, planned, day), key=lambda one: one.end_h - one.start_h)
    spans = [(day.hour(a.start_tick), day.hour(a.start_tick + 600)) for a in sends]
    assert len(longest.uses_h) == 2
    for use_h, span_h in zip(longest.uses_h, spans, strict=True):
        assert use_h == pytest.approx(span_h)


def test_palette_and_tray_name_one_price(plan: PlanScreen) -> None:
    draft = plan.planning.draft
    row = next(row for row in palette(draft) if row.kind is ActivityKind.PANORAMA)
    item = next(i for group in GROUPS for i in group.items if i.name == "panorama")
    assert f" {row.wh} Wh" in effect_of(draft.opened.setup, item)


def test_one_pass_is_one_number_on_every_page(plan: PlanScreen) -> None:
    setup, state = plan.planning.draft.opened.setup, plan.planning.draft.state
    one = next_pass_here(setup, state.rover, state.tick)
    assert one is not None
    words = mbit(expected_bit(setup, state.rover, one))
    likely = mbit_range(*likely_bits(setup, state.rover, one))
    hud = passes_note(setup, state, state.tick).split(", ")[0]
    assert hud.endswith(f" {words}")
    assert f"take {words} Mbit ({likely})." in link_panel(setup, state, state.tick).hint
    assert coming_passes(setup, state.tick)[0].carries == f"{words} ({likely})"
    assert likely_bits(setup, state.rover, one)[0] < likely_bits(setup, state.rover, one)[1]
    assert mbit(round(coming(setup, state, state.tick)[0].takes_mbit * 1e6)) == words


def test_the_memory_row_says_most_and_what_is_left_at_dawn(plan: PlanScreen, tape: Tape) -> None:
    planning = plan.planning
    planning.add(ActivityKind.PANORAMA, planning.day.tick(12.0))
    plan.settle()
    model = plan_model(planning.draft)
    draw_plan_panel(tape, plan_layout(tape.page), model)
    found = planning.outlook.result
    assert found is not None
    full_bit = planning.desk.run.opened.setup.rover.storage.capacity_bit
    dawn = percent_range(*(found.end_memory_bit[k] / full_bit for k in (0, 2)))
    (said,) = (words for words, _ in tape.written if "% · dawn " in words)
    assert said.endswith(f"% · dawn {dawn}")
