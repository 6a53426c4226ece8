"""The inspector says what an activity waits for and what warming it takes; bands are drawn."""

import tomllib
from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind
from game.environment.clock import tick_at
from game.levels.open import plan_context
from game.mission.plan_file import parse_plan
from game.mission.plan_text import plan_text
from game.mission.rules_of_flight import Violation
from game.rover.warm_up import warm_up_needed
from game.schedule import surroundings
from game.ui.canvas import Canvas
from game.ui.draw.plan import draw_rule, plan_layout
from game.ui.draw.plan_inspector import inspector_box, row_box
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.plan_edits import COARSE_S
from game.ui.plan_model import plan_model
from game.ui.plan_waits import Wait, waits, waits_words, warm_up_rows
from game.ui.screens.plan import PlanScreen
from game.units import WH_J
from tests.ui.table import chosen
from tests.ui.tape import Tape
from tests.ui.window import press


@pytest.fixture
def plan(plan: PlanScreen, canvas: Canvas) -> PlanScreen:
    """A soil sample, and a drive that is chosen."""
    for kind in (ActivityKind.SOIL, ActivityKind.DRIVE):
        plan.planning.add(kind)
    plan.settle()
    plan.draw(canvas)
    return plan


def drive(plan: PlanScreen) -> Activity:
    found = chosen(plan)
    assert found.kind is ActivityKind.DRIVE
    return found


def row(plan: PlanScreen, label: str) -> int:
    assert plan.model.inspector is not None
    return [one.label for one in plan.model.inspector.rows].index(label)


def options(plan: PlanScreen) -> list[Wait]:
    desk, planning = plan.planning.desk, plan.planning
    setup, now = desk.run.opened.setup, desk.flight.state.tick
    return waits(setup, planning.history.plan, drive(plan), planning.day, now)


def test_stepping_leads_from_the_clock_to_passes_and_other_activities(
    plan: PlanScreen, canvas: Canvas
) -> None:
    seen = [waits_words(plan.planning.shown, drive(plan))]
    for _ in range(len(options(plan)) - 1):
        plan.inspecting.step("waits", 1)
        seen.append(waits_words(plan.planning.shown, drive(plan)))
        soil = next(a for a in plan.planning.shown if a.kind is ActivityKind.SOIL)
        plan.handle(Pointed(0, 0))
        plan.draw(canvas)
        assert plan.model.inspector is not None
        if drive(plan).after:
            assert drive(plan).after == soil.number
            assert drive(plan).start_tick == soil.start_tick + soil.duration_s
            assert "waits for soil" in plan.model.inspector.note
        if drive(plan).instead_of:
            assert drive(plan).instead_of == soil.number
            assert drive(plan).start_tick == soil.start_tick
            assert "only if this does not run: soil" in plan.model.inspector.note
    assert seen[0] == "the clock"
    passes = {"the next pass", "the noon pass", "the night pass", "pass 1", "pass 2"}
    assert {*passes, "soil laser", "no soil laser"} == set(seen[1:])
    plan.inspecting.step("waits", 1)
    assert waits_words(plan.planning.shown, drive(plan)) == "the clock"


@pytest.mark.parametrize("named", ["next", "noon", "night", "1", "2"])
def test_every_pass_that_a_plan_file_knows_can_be_chosen_and_gives_the_same_start(
    plan: PlanScreen, named: str
) -> None:
    while drive(plan).at_pass != named:
        plan.inspecting.step("waits", 1)
    setup, day = plan.planning.desk.run.opened.setup, plan.planning.day
    windows = [(w.start_h, w.end_h) for w in plan.model.windows]
    start_h = day.hour(drive(plan).start_tick)
    assert any(first - 0.3 <= start_h <= last for first, last in windows)
    context = plan_context(setup)
    text = plan_text(plan.planning.shown, setup.site, "x", context.passes, context.lead_s)
    assert f'at_pass = "{named}"' in text
    again = parse_plan(tomllib.loads(text), context, "x", text)
    assert [(a.kind, a.at_pass, a.start_tick, a.duration_s) for a in again] == [
        (a.kind, a.at_pass, a.start_tick, a.duration_s) for a in plan.planning.shown
    ]


def test_the_start_of_what_waits_is_the_gap_after_the_other(
    plan: PlanScreen, canvas: Canvas
) -> None:
    while not drive(plan).after:
        plan.inspecting.step("waits", 1)
    soil = next(a for a in plan.planning.shown if a.kind is ActivityKind.SOIL)
    plan.inspecting.step("start", 1)
    assert (drive(plan).after, drive(plan).gap_s) == (soil.number, COARSE_S)
    assert drive(plan).start_tick == soil.start_tick + soil.duration_s + COARSE_S
    plan.handle(Pointed(0, 0))
    plan.draw(canvas)
    assert plan.model.inspector is not None
    assert plan.model.inspector.rows[row(plan, "Start")].value == "5 min after"
    for _ in range(3):
        plan.inspecting.step("start", -1)
    assert (drive(plan).after, drive(plan).gap_s) == (soil.number, 0)


def test_a_click_and_a_key_step_the_row(plan: PlanScreen, canvas: Canvas) -> None:
    at = row_box(plan_layout(canvas.page).inspector, row(plan, "Waits for"))
    plan.handle(Pointed(*at.centre, 1, is_down=True))
    plan.handle(Pointed(*at.centre, 1))
    assert plan.inspecting.focus == "waits"
    assert drive(plan).at_pass
    plan.draw(canvas)
    plan.handle(press("left", "earlier"))
    assert not drive(plan).at_pass


def test_the_warm_up_row_says_what_the_rover_needs_at_that_hour(opened: Run) -> None:
    setup, state = opened.opened.setup, opened.session.state
    cold = Activity(1, ActivityKind.DRIVE, tick_at(setup.site, 10, 8.5), 3600)
    (found,) = warm_up_rows(setup, state, cold)
    need = warm_up_needed(
        setup.rover, state.rover, (state.tick, cold.start_tick), cold.kind,
        lambda tick: surroundings(setup, tick),
    )  # fmt: skip
    assert need is not None
    assert need.duration_s > 0
    hours, energy = found.value.split(", ")
    assert "min" in hours or "h" in hours
    assert float(energy.removesuffix(" Wh")) == pytest.approx(need.energy_j / WH_J, rel=0.1)
    night = replace(cold, start_tick=tick_at(setup.site, 10, 7.0))
    assert warm_up_rows(setup, state, night)[0].is_bad
    noon = replace(cold, start_tick=tick_at(setup.site, 10, 13.0))
    assert warm_up_rows(setup, state, noon)[0].value == "not needed"
    assert not warm_up_rows(setup, state, replace(cold, kind=ActivityKind.AIR))


def test_the_inspector_ends_above_the_rule(plan: PlanScreen, tape: Tape) -> None:
    plan.draw(tape)
    place, shown = plan_layout(tape.page), plan.model.inspector
    assert shown is not None
    assert row(plan, "Warm-up")
    assert inspector_box(place.inspector, shown, 0).bottom <= place.rule.y
    frame = inspector_box(place.inspector, shown, 1)
    words = {one.label for one in shown.rows} | {one.value for one in shown.rows}
    tape.written = [one for one in tape.written if one[1].x >= frame.x and one[0] in words]
    assert len(tape.written) >= 2 * len(shown.rows) - 1
    tape.all_inside(frame)


def test_bands_hold_their_curves(plan: PlanScreen) -> None:
    plan.handle(Pointed(0, 0))
    model = plan.model
    assert len(model.box_band) == len(model.box_c) > 10
    for (_, low, high), (_, mid) in zip(model.box_band, model.box_c, strict=True):
        assert low - 0.5 <= mid <= high + 0.5
    for (_, low, high), (_, mid) in zip(model.memory_band, model.memory, strict=True):
        assert low - 0.01 <= mid <= high + 0.01
    assert any(high > low for _, low, high in model.box_band)


def test_a_soft_rule_warns_without_striking_the_block_out(plan: PlanScreen, tape: Tape) -> None:
    draft = plan.planning.draft
    hard = Violation("charge_floor", draft.state.tick, 0.2, 0.3, drive(plan).number,
                     "leave it out", draft.shown, words="{name} at {clock}")  # fmt: skip
    for is_hard in (True, False):
        broken = (replace(hard, is_hard=is_hard),)
        plan.model = plan_model(replace(draft, violations=broken))
        block = next(one for one in plan.model.blocks if one.number == drive(plan).number)
        assert block.is_bad is is_hard
        assert plan.model.rules[0].is_hard is is_hard
        tape.written.clear()
        draw_rule(tape, plan_layout(tape.page), plan.model, is_hovered=False)
        assert any("Fix: leave it out" in words for words, _ in tape.written)
        assert any("only a warning" in words for words, _ in tape.written) is not is_hard
