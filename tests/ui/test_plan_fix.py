"""The button that mends a rule: proven before it is taken, with no frame late."""

import time
from dataclasses import replace
from itertools import pairwise

import pytest

from game.commands import ActivityKind, Stop, UplinkPlan
from game.ui.canvas import Canvas
from game.ui.draw.plan import draw_rule, plan_layout
from game.ui.plan_model import rule_line, uplink_words
from game.ui.planning import Planning
from game.ui.screens.plan import PlanScreen
from game.units import MARS_HOUR_S
from tests.ui.tape import Tape
from tests.ui.window import press


@pytest.fixture
def broken(plan: PlanScreen) -> Planning:
    """A plan that listens to the air through the night, its forecast made, no fix proven yet."""
    planning = plan.planning
    planning.add(ActivityKind.AIR, planning.day.tick(17.0))
    planning.stretch(round(12 * MARS_HOUR_S))
    while planning.is_busy and not planning.mender.is_busy(0):
        planning.work()
    assert planning.violations[0].rule == "charge_floor"
    return planning


def test_a_press_waits_for_the_proof_and_takes_it(plan: PlanScreen, broken: Planning) -> None:
    before = broken.shown
    plan.handle(press("fix"))
    assert broken.shown == before
    for _ in range(2000):
        plan.update(0.016)
        if broken.shown != before:
            break
    plan.settle()
    assert broken.shown != before
    assert "charge_floor" not in [one.rule for one in broken.violations]
    plan.handle(press("undo"))
    assert broken.shown == before


def test_what_is_proven_is_taken_at_once(plan: PlanScreen, broken: Planning) -> None:
    plan.settle()
    wanted = broken.violations[0].fixed_plan
    plan.handle(press("fix"))
    assert broken.shown == wanted


def test_proving_takes_a_little_of_every_frame(broken: Planning) -> None:
    longest = 0.0
    while broken.is_busy:
        began = time.process_time()
        broken.work()
        longest = max(longest, time.process_time() - began)
    assert longest < 0.060  # one piece more than the share of a frame


def test_another_edit_forgets_the_press(plan: PlanScreen, broken: Planning) -> None:
    plan.handle(press("fix"))
    broken.shift(-600)
    edited = broken.shown
    plan.settle()
    assert broken.shown == edited


def test_the_caveat_stands_beside_the_sentence(
    broken: Planning, plan: PlanScreen, tape: Tape
) -> None:
    one = replace(broken.violations[0], fix="sleep " * 30, caveat="helps, does not mend")
    line = rule_line(broken.draft, one)
    model = replace(plan.model, rules=(line,), rule_chosen=0)
    place = plan_layout(tape.page)
    draw_rule(tape, place, model, is_hovered=False)
    words = [words for words, _ in tape.written]
    assert "helps, does not mend" in words
    assert any(one.startswith("Fix: sleep") and one.endswith("…") for one in words)
    tape.all_inside(place.rule)


KEYS_TURN = (
    "{name} at {clock}: Both wake-up keys turn now (254 W from the wings, battery at -14 °C): it "
    "would wake at once. Wait for the evening."
)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_a_long_rule_is_written_to_its_end(
    broken: Planning, plan: PlanScreen, tape: Tape, scale: float
) -> None:
    rules = (rule_line(broken.draft, replace(broken.violations[0], words=KEYS_TURN)),) * 2
    assert "wake-up keys" in rules[0].words  # a hyphen is no minus
    assert "−14 °C" in rules[0].words
    large = Tape(tape.surface, scale, tape.letters)
    place = plan_layout(large.page)
    draw_rule(large, place, replace(plan.model, rules=rules, rule_chosen=0), is_hovered=False)
    written = " ".join(words for words, _ in large.written)
    assert rules[0].words in written
    lines = [box for words, box in large.written if words in rules[0].words]
    assert all(one.bottom <= two.y for one, two in pairwise(lines))
    assert all(box.right < place.fix.x for box in lines)
    large.all_inside(place.rule)


@pytest.mark.usefixtures("broken")
def test_every_rule_line_has_its_button(plan: PlanScreen, canvas: Canvas) -> None:
    plan.settle()
    plan.draw(canvas)
    assert plan.model.rules
    assert all(rule.fix.startswith("Fix: ") for rule in plan.model.rules)


def test_a_command_goes_with_the_plan_and_is_undone_like_an_edit(
    plan: PlanScreen, broken: Planning
) -> None:
    plan.settle()
    before, flight = broken.shown, plan.host.desk.flight
    stop = replace(broken.violations[0], fixed_plan=before, commands=(Stop(),))
    broken.violations = (stop, *broken.violations[1:])
    plan.handle(press("fix"))
    assert broken.shown == before
    assert broken.is_busy  # foreseen anew, with the command
    plan.settle()
    assert uplink_words(broken.draft) == "stops what is under way"
    broken.shift(-600)
    plan.handle(press("undo"))
    assert list(broken.draft.commands) == [Stop()]
    plan.handle(press("undo"))
    assert not broken.draft.commands
    assert broken.shown == before
    broken.violations = (stop,)
    broken.fix()
    broken.uplink()
    assert [entry.command for entry in flight.session.log][-2:] == [Stop(), UplinkPlan(before)]
    assert not broken.draft.commands
