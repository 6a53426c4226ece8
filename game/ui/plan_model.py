"""The plan screen's model out of a plan, a state and the forecast of that plan."""

from game.commands import Activity, ActivityKind
from game.contact import uplink_tick
from game.environment.clock import lmst_h
from game.forecast import Forecast
from game.mission.plan import find
from game.mission.rules_of_flight import Violation
from game.rover.housekeeping import deaf_refusal
from game.rover.sequencer import all_running
from game.ui.day import Day, day_at
from game.ui.facts.fates import BAD
from game.ui.hud_parts import STRIP_FIRST_H, STRIP_LAST_H
from game.ui.model import link_panel
from game.ui.model_strip import CURVE_STEP_S, ahead, windows
from game.ui.plan_draft import STRETCHED, Draft, drive_m, planned_s
from game.ui.plan_inspector import inspector
from game.ui.plan_palette import palette
from game.ui.plan_parts import Band, Pair, PlanBlock, PlanModel, RuleLine
from game.ui.words import clock_text, lane_of, name_of, typeset, way_text
from game.units import celsius


def plan_model(draft: Draft, slot: str = "condition", typed: str | None = None) -> PlanModel:
    """Return everything the plan screen shows; `typed` is a text of `slot` being written."""
    setup, day = draft.opened.setup, draft.day
    tick = draft.state.tick
    return PlanModel(
        sol=day_at(setup.site, tick).sol,
        plan_sol=day.sol,
        sol_count=setup.mission.sols,
        clock=clock_text(lmst_h(setup.site, tick)),
        link=link_panel(setup, draft.state, tick),
        now_h=day.hour(tick),
        rise_h=day.rise_h,
        set_h=day.set_h,
        blocks=plan_blocks(draft),
        windows=windows(setup, draft.state, day),
        charge=ahead(draft.forecast, day),
        before=_curve(draft.before, day, "charge_frac"),
        box_c=tuple((h, celsius(k)) for h, k in _curve(draft.forecast, day, "box_k")),
        memory=_curve(draft.forecast, day, "memory_frac"),
        floor_frac=draft.opened.flight_rules.charge_floor_frac,
        box_floor_c=celsius(draft.opened.flight_rules.box_floor_k),
        palette=palette(draft),
        inspector=inspector(draft, slot, typed),
        rules=tuple(rule_line(draft, one) for one in draft.violations),
        rule_chosen=draft.rule_chosen,
        selected=draft.selected,
        chosen=draft.chosen,
        can_undo=bool(draft.history.past or draft.commands),
        can_redo=bool(draft.history.future),
        uplink_words=uplink_words(draft),
        box_band=tuple((h, celsius(a), celsius(b)) for h, a, b in _band(draft, day, "box", "k")),
        memory_band=_band(draft, day, "memory", "frac"),
    )


def plan_blocks(draft: Draft) -> tuple[PlanBlock, ...]:
    """Return running and planned activities as blocks."""
    bad = {violation.number for violation in draft.violations if violation.is_hard}
    found = past_blocks(draft)
    sequencer = draft.state.rover.sequencer
    for running in all_running(sequencer):
        span = (running.started_tick, running.ends_tick)
        found.append(_block(draft, running.activity, span, (False, True)))
    for activity in draft.shown:
        span = (activity.start_tick, activity.start_tick + planned_s(draft, activity))
        found.append(_block(draft, activity, span, (activity.number in bad, False)))
    return tuple(b for b in found if b.end_h > STRIP_FIRST_H and b.start_h < STRIP_LAST_H)


def past_blocks(draft: Draft) -> list[PlanBlock]:
    """Return what is over of this day; what failed is marked."""
    day = draft.day
    return [
        PlanBlock(
            -number,
            fate.kind,
            lane_of(fate.kind),
            name_of(fate.kind),
            day.hour(fate.start_tick),
            day.hour(fate.end_tick),
            is_bad=fate.outcome in BAD,
            is_begun=True,
            is_over=True,
        )
        for number, fate in enumerate(draft.fates, 1)
        if fate.end_tick > day.first_tick
    ]


def _block(
    draft: Draft, activity: Activity, span: tuple[int, int], marks: tuple[bool, bool]
) -> PlanBlock:
    words = name_of(activity.kind)
    if activity.condition:
        words = f"if {activity.condition}"
    elif activity.kind is ActivityKind.DRIVE:
        words = f"Drive {way_text(drive_m(draft, activity))}"
    day = draft.day
    return PlanBlock(
        activity.number,
        activity.kind,
        lane_of(activity.kind),
        words,
        day.hour(span[0]),
        day.hour(span[1]),
        is_optional=bool(activity.condition) or activity.is_optional,
        is_bad=marks[0],
        is_begun=marks[1],
        can_stretch=activity.kind in STRETCHED,
    )


def _curve(forecast: Forecast | None, day: Day, name: str) -> tuple[Pair, ...]:
    """Return one series of a forecast over the hours of the day, thinned."""
    if forecast is None:
        return ()
    points: list[Pair] = []
    last_s = -CURVE_STEP_S
    for tick, value in zip(forecast.tick, getattr(forecast, name), strict=True):
        if tick < day.first_tick:
            continue
        if tick - last_s >= CURVE_STEP_S or tick >= forecast.tick[-1]:
            points.append((day.hour(float(tick)), float(value)))
            last_s = float(tick)
    return tuple(points)


def _band(draft: Draft, day: Day, name: str, unit: str) -> tuple[Band, ...]:
    """Return the band that four of five outcomes stay in."""
    low = _curve(draft.forecast, day, f"{name}_low_{unit}")
    high = _curve(draft.forecast, day, f"{name}_high_{unit}")
    return tuple((hour, a, b) for (hour, a), (_, b) in zip(low, high, strict=True))


def rule_line(draft: Draft, violation: Violation) -> RuleLine:
    """Return a violated rule in words, with its fix named."""
    clock = clock_text(draft.day.hour(violation.tick))
    activity = find(draft.shown, violation.number)
    name = name_of(activity.kind) if activity else "This"
    words = typeset(violation.sentence(name, clock))
    fix = typeset(f"Fix: {violation.fix}")
    return RuleLine(words, fix, violation.number, violation.is_hard, violation.caveat)


def uplink_words(draft: Draft) -> str:
    """Return what uplinking means now."""
    if draft.shown == draft.state.rover.sequencer.plan and not draft.commands:
        return "on board"
    if deaf_refusal(draft.state.rover):
        return "the rover does not listen"
    setup, tick = draft.opened.setup, draft.state.tick
    arrival = uplink_tick(setup, draft.state.rover, tick)
    if arrival is None:
        return "the Sun stands between"
    if draft.commands:
        return "stops what is under way"
    if arrival == tick:
        return "not sent yet"
    return f"on board at {clock_text(lmst_h(setup.site, arrival))}"
