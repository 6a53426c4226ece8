"""The plan screen's model out of a plan, a state and the forecast of that plan."""

import math
from dataclasses import dataclass

from game.commands import Activity, ActivityKind
from game.contact import pass_here, uplink_tick
from game.environment.clock import lmst_h
from game.forecast import Forecast
from game.levels.open import OpenedLevel
from game.mission.plan import History, Plan, find
from game.mission.rules_of_flight import Violation
from game.orbiter.relay import volume_bit
from game.rover.instruments import energy_j, instrument_for, size_bit
from game.rover.refusals import duration_s
from game.rover.storage import kept_bit
from game.state import State
from game.ui.day import Day
from game.ui.goals import estimate
from game.ui.model import link_panel
from game.ui.model_strip import CURVE_STEP_S, ahead, windows
from game.ui.plan_parts import Inspector, Pair, PaletteRow, PlanBlock, PlanModel, RuleLine
from game.ui.words import clock_text, lane_of, mbit, name_of, percent, percent_range, span_text
from game.units import MBIT_BIT, WH_J, celsius

STRETCHED = (ActivityKind.SEND, ActivityKind.AIR, ActivityKind.WARM_UP, ActivityKind.SLEEP,
             ActivityKind.DRIVE)  # fmt: skip
OFFERED = (
    ActivityKind.DRIVE,
    ActivityKind.PICTURE,
    ActivityKind.PANORAMA,
    ActivityKind.SOIL,
    ActivityKind.AIR,
    ActivityKind.SEND,
    ActivityKind.WARM_UP,
    ActivityKind.SLEEP,
)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A plan being edited, with everything its model is made from.

    `shown` is the plan on screen, which during a drag differs from the history's.
    """

    opened: OpenedLevel
    state: State
    day: Day
    history: History
    shown: Plan
    forecast: Forecast | None
    before: Forecast | None
    violations: tuple[Violation, ...]
    rule_chosen: int
    selected: int


def plan_model(draft: Draft) -> PlanModel:
    """Return everything the plan screen shows."""
    setup, day = draft.opened.setup, draft.day
    tick = draft.state.tick
    return PlanModel(
        sol=day.sol,
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
        inspector=inspector(draft),
        rules=tuple(rule_line(draft, one) for one in draft.violations),
        rule_chosen=draft.rule_chosen,
        selected=draft.selected,
        can_undo=bool(draft.history.past),
        can_redo=bool(draft.history.future),
        uplink_words=uplink_words(draft),
    )


def plan_blocks(draft: Draft) -> tuple[PlanBlock, ...]:
    """Return running and planned activities as blocks."""
    bad = {violation.number for violation in draft.violations}
    found: list[PlanBlock] = []
    sequencer = draft.state.rover.sequencer
    for running in (sequencer.main, sequencer.radio):
        if running is not None:
            span = (running.started_tick, running.ends_tick)
            found.append(_block(draft, running.activity, span, (False, True)))
    for activity in draft.shown:
        span = (activity.start_tick, activity.start_tick + planned_s(draft, activity))
        found.append(_block(draft, activity, span, (activity.number in bad, False)))
    return tuple(found)


def planned_s(draft: Draft, activity: Activity) -> int:
    """Return how long an activity is on the plan. [s]."""
    return duration_s(draft.opened.setup.rover, activity)


def _block(
    draft: Draft, activity: Activity, span: tuple[int, int], marks: tuple[bool, bool]
) -> PlanBlock:
    words = name_of(activity.kind)
    if activity.condition:
        words = f"if {activity.condition}"
    elif activity.kind is ActivityKind.DRIVE:
        words = f"Drive {_drive_m(draft, activity):.0f} m"
    day = draft.day
    return PlanBlock(
        activity.number,
        activity.kind,
        lane_of(activity.kind),
        words,
        day.hour(span[0]),
        day.hour(span[1]),
        is_optional=bool(activity.condition),
        is_bad=marks[0],
        is_begun=marks[1],
        can_stretch=activity.kind in STRETCHED,
    )


def drive_start(draft: Draft, activity: Activity) -> tuple[float, float]:
    """Return where a drive starts: the end of the drive before it, or the rover's place."""
    place = draft.state.rover.mobility
    here = (place.x_m, place.y_m)
    for other in draft.shown:
        if other.number == activity.number:
            break
        if other.kind is ActivityKind.DRIVE:
            here = (other.x_m, other.y_m)
    return here


def _drive_m(draft: Draft, activity: Activity) -> float:
    return math.dist(drive_start(draft, activity), (activity.x_m, activity.y_m))


def _curve(forecast: Forecast | None, day: Day, name: str) -> tuple[Pair, ...]:
    """Return one series of a forecast over the hours of the day, thinned."""
    if forecast is None:
        return ()
    points: list[Pair] = []
    last_s = -CURVE_STEP_S
    for tick, value in zip(forecast.tick, getattr(forecast, name), strict=True):
        if tick - last_s >= CURVE_STEP_S or tick >= forecast.tick[-1]:
            points.append((day.hour(float(tick)), float(value)))
            last_s = float(tick)
    return tuple(points)


def palette(draft: Draft) -> tuple[PaletteRow, ...]:
    """Return the activities on offer with what they cost."""
    return tuple(_offer(draft, kind) for kind in OFFERED)


def _offer(draft: Draft, kind: ActivityKind) -> PaletteRow:
    spec = draft.opened.setup.rover
    awake_w = spec.bus.awake_w - spec.bus.standby_w
    tool = instrument_for(spec.instruments, kind)
    if tool is not None:
        used_wh = (energy_j(tool, tool.duration_s) + awake_w * tool.duration_s) / WH_J
        bits = size_bit(tool, tool.duration_s)
        return PaletteRow(kind, name_of(kind), f"{max(1, round(used_wh))}", mbit(bits))
    hourly = {
        ActivityKind.SEND: spec.radio.send_w + awake_w,
        ActivityKind.WARM_UP: spec.motors.heater_w,
        ActivityKind.SLEEP: spec.bus.sleep_w,
    }
    if kind in hourly:
        return PaletteRow(kind, name_of(kind), f"{hourly[kind]:.0f}/h", "")
    place = draft.state.rover.mobility
    ahead_m = (place.x_m + 8 * math.sin(place.heading_rad),
               place.y_m + 8 * math.cos(place.heading_rad))  # fmt: skip
    seen = estimate(draft.opened.setup, (place.x_m, place.y_m), ahead_m)
    return PaletteRow(kind, name_of(kind), f"{seen.energy_wh / seen.distance_m:.1f}/m", "")


def inspector(draft: Draft) -> Inspector | None:
    """Return what the selected activity is and does."""
    activity = find(draft.shown, draft.selected)
    if activity is None:
        return None
    day, length_s = draft.day, planned_s(draft, activity)
    rows = [
        ("Start", clock_text(day.hour(activity.start_tick)), False),
        ("Length", span_text(length_s), False),
        *_makes(draft, activity, length_s),
        _dawn(draft),
        ("Priority", str(activity.priority), False),
    ]
    note = "click the ground to change its goal" if activity.kind is ActivityKind.DRIVE else ""
    if activity.condition:
        note = f"only if {activity.condition}"
    return Inspector(name_of(activity.kind), tuple(rows), note)


def _makes(draft: Draft, activity: Activity, length_s: int) -> list[tuple[str, str, bool]]:
    setup = draft.opened.setup
    awake_w = setup.rover.bus.awake_w - setup.rover.bus.standby_w
    tool = instrument_for(setup.rover.instruments, activity.kind)
    if tool is not None:
        used_wh = (energy_j(tool, length_s) + awake_w * length_s) / WH_J
        bits = size_bit(tool, length_s)
        return [("Makes", f"{mbit(bits)} Mbit", False), ("Costs", f"{used_wh:.0f} Wh", False)]
    if activity.kind is ActivityKind.SEND:
        used_wh = (setup.rover.radio.send_w + awake_w) * length_s / WH_J
        kept = kept_bit(draft.state.rover.storage) / MBIT_BIT
        sends = sent_mbit(draft, activity, length_s)
        words = f"{sends:.0f} of {kept:.0f} Mbit" if sends < kept else f"up to {sends:.0f} Mbit"
        return [("Sends", words, sends <= 0.0), ("Costs", f"{used_wh:.0f} Wh", False)]
    if activity.kind is ActivityKind.DRIVE:
        seen = estimate(setup, drive_start(draft, activity), (activity.x_m, activity.y_m))
        is_short = seen.duration_s > length_s + 60
        return [
            ("Way", f"{seen.distance_m:.0f} m", False),
            ("Needs", span_text(seen.duration_s), is_short),
            ("Costs", f"{seen.energy_wh:.0f} Wh", False),
        ]
    return []


def sent_mbit(draft: Draft, activity: Activity, length_s: int) -> float:
    """Return what the pass takes during a planned sending. [Mbit]."""
    setup = draft.opened.setup
    end = activity.start_tick + length_s
    middle = (activity.start_tick + end) // 2
    for tick in (activity.start_tick, middle, end):
        window = pass_here(setup, draft.state.rover, tick)
        if window is not None:
            return volume_bit(window, activity.start_tick, end) / MBIT_BIT
    return 0.0


def _dawn(draft: Draft) -> tuple[str, str, bool]:
    if draft.forecast is None:
        return "Dawn charge", "…", False
    low = float(draft.forecast.charge_low_frac[-1])
    high = float(draft.forecast.charge_high_frac[-1])
    is_bad = float(draft.forecast.charge_frac[-1]) < draft.opened.flight_rules.charge_floor_frac
    return "Dawn charge", percent_range(low, high), is_bad


def rule_line(draft: Draft, violation: Violation) -> RuleLine:
    """Return a violated rule in words, with its fix named."""
    clock = clock_text(draft.day.hour(violation.tick))
    activity = find(draft.shown, violation.number)
    name = name_of(activity.kind) if activity else "This"
    value, limit = violation.value, violation.limit
    words = {
        "charge_floor": f"Charge reaches {percent(value)} at {clock} – the floor is "
        f"{percent(limit)}.",
        "box_cold": f"The warm box cools to {celsius(value):.0f} °C at {clock} – the floor is "
        f"{celsius(limit):.0f} °C.",
        "memory_full": f"Memory fills to {percent(value)} at {clock} – the limit is "
        f"{percent(limit)}.",
        "overlap": f"{name} at {clock} overlaps what runs before it by {span_text(value)}.",
        "dark": f"{name} at {clock} would be taken in the dark.",
        "refused": f"{name} at {clock}: {violation.reason}",
    }.get(violation.rule, f"{violation.rule} at {clock}")
    return RuleLine(words.replace("-", "−"), fix_words(violation, name), violation.number)


def fix_words(violation: Violation, name: str) -> str:
    """Return the words on the button that mends a rule."""
    code, _, number = violation.fix.partition(" ")
    if code == "send_less":
        return f"Fix: send {number} min less"
    if code == "later":
        return f"Fix: {name.lower()} later"
    if code == "drop":
        return f"Fix: leave out {name.lower()}"
    return ""


def uplink_words(draft: Draft) -> str:
    """Return what uplinking means now."""
    if draft.shown == draft.state.rover.sequencer.plan:
        return "on board"
    setup, tick = draft.opened.setup, draft.state.tick
    arrival = uplink_tick(setup, draft.state.rover, tick)
    if arrival is None:
        return "the Sun stands between"
    if arrival == tick:
        return "not sent yet"
    return f"on board at {clock_text(lmst_h(setup.site, arrival))}"
