"""Editing a plan on the table: several at once, conditions, ways on the ground, menus."""

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind
from game.contact import expected_bit, likely_bits, next_pass_here
from game.mission.plan import find
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.labels import touches
from game.ui.draw.plan import draw_plan_panel, plan_layout
from game.ui.draw.plan_inspector import arrows, row_box
from game.ui.draw.plot import Axes
from game.ui.facts.orbit import coming_passes
from game.ui.facts.queue import coming
from game.ui.facts.tray import GROUPS, effect_of
from game.ui.input import Pointed, Typed, Wheeled
from game.ui.inspecting import problem_of
from game.ui.missions import Run, start
from game.ui.model import link_panel, passes_note
from game.ui.model_strip import windows
from game.ui.plan_draft import route_of
from game.ui.plan_edits import COARSE_S, FINE_S
from game.ui.plan_inspector import arrival
from game.ui.plan_model import plan_model
from game.ui.plan_palette import GROUPS as PALETTE_GROUPS
from game.ui.plan_palette import palette
from game.ui.plan_parts import PlanBlock
from game.ui.plan_times import snapped
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from game.ui.widgets.timeline import Selected, Swept, Timeline, block_box
from game.ui.words import mbit, mbit_range, percent_range
from tests.ui.tape import Tape
from tests.ui.test_pages import press
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


def click(x: float, y: float, *, is_more: bool = False) -> Pointed:
    return Pointed(x, y, 1, is_down=True, is_more=is_more)


def release(x: float, y: float) -> Pointed:
    return Pointed(x, y, 1, is_down=False)


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
