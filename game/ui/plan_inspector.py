"""What the inspector of the plan shows and lets one change, as plain values."""

from game.commands import Activity, ActivityKind
from game.events import StopReason
from game.mission.plan import find
from game.rover.instruments import instrument_for, size_bit
from game.rover.lanes import SETTINGS
from game.rover.storage import waiting_bit
from game.ui.facts.fates import fate_inspector
from game.ui.facts.power import hourly_w, tool_energy_j
from game.ui.plan_details import detail_rows, order_rows
from game.ui.plan_draft import (
    STRETCHED,
    Draft,
    planned_s,
    price_of,
    sent_mbit,
)
from game.ui.plan_parts import Inspector, InspectorRow
from game.ui.plan_waits import waits_note, waits_words, warm_up_rows
from game.ui.words import (
    clock_text,
    degrees,
    lane_of,
    mbit,
    name_of,
    percent,
    percent_range,
    span_text,
    way_text,
)
from game.units import HOUR_S, MBIT_BIT, WH_J
from game.way_price import WayPrice

SLOTS = {"condition": "Only if", "until": "Until", "abort": "Break off if"}
ROUTE_NOTE = "click: go on there · drag: move"


def inspector(draft: Draft, slot: str = "condition", typed: str | None = None) -> Inspector | None:
    """Return what the selected activity is and does; `slot` is the text that is being looked at.

    `typed` is that text while it is being written.
    """
    activity = find(draft.shown, draft.selected)
    if activity is None:
        return past_inspector(draft)
    length_s = planned_s(draft, activity)
    text = getattr(activity, slot) if typed is None else typed
    rows = [
        *time_rows(draft, activity, length_s),
        *_makes(draft, activity, length_s),
        *detail_rows(activity),
        InspectorRow("Priority", str(activity.priority), False, "priority"),
        InspectorRow("Optional", "yes" if activity.is_optional else "no", False, "optional"),
        InspectorRow("Waits for", waits_words(draft.shown, activity), False, "waits"),
        InspectorRow(SLOTS[slot], text or "always" if slot == "condition" else text or "never",
                     False, "text"),
    ]  # fmt: skip
    count = len(draft.chosen)
    title = name_of(activity.kind) if count < 2 else f"{count} activities"
    note = ROUTE_NOTE if activity.kind is ActivityKind.DRIVE else ""
    note = waits_note(draft.shown, activity, draft.day) or note
    return Inspector(title, tuple(rows), note, *dawn(draft))


def past_inspector(draft: Draft) -> Inspector | None:
    """Return what became of the selected activity that is over."""
    at = -draft.selected - 1
    if not 0 <= at < len(draft.fates):
        return None
    fate, day = draft.fates[at], draft.day
    return fate_inspector(
        fate, clock_text(day.hour(fate.start_tick)), clock_text(day.hour(fate.end_tick))
    )


def time_rows(draft: Draft, activity: Activity, length_s: int) -> list[InspectorRow]:
    """Return when it starts, by the clock or after another one, and how long it takes."""
    start = clock_text(draft.day.hour(activity.start_tick))
    if activity.after:
        start = f"{span_text(activity.gap_s)} after" if activity.gap_s > 0 else "at once after"
    length = "at once" if activity.kind in SETTINGS else span_text(length_s)
    stretch = "length" if activity.kind in STRETCHED else ""
    return [
        InspectorRow("Start", start, False, "start"),
        InspectorRow("Length", length, False, stretch),
    ]


def _makes(draft: Draft, activity: Activity, length_s: int) -> list[InspectorRow]:
    setup = draft.opened.setup
    tool = instrument_for(setup.rover.instruments, activity.kind)
    if tool is not None:
        used_wh = tool_energy_j(setup.rover, tool, length_s) / WH_J
        made = mbit(size_bit(tool, length_s, activity.compression))
        rows = [InspectorRow("Takes", f"{used_wh:.0f} Wh, {made} Mbit")]
        if tool.size_bit_m:
            rows.append(InspectorRow("and", f"{tool.size_bit_m / MBIT_BIT:g} Mbit a metre driven"))
        return rows
    if activity.kind is ActivityKind.SEND:
        used_wh = hourly_w(setup.rover)[activity.kind] * length_s / HOUR_S
        kept = waiting_bit(draft.state.rover.storage) / MBIT_BIT
        sends = sent_mbit(draft, activity, length_s)
        words = f"{sends:.0f} of {kept:.0f} Mbit" if sends < kept else f"up to {sends:.0f} Mbit"
        return [InspectorRow("Sends", words, sends <= 0.0),
                InspectorRow("Costs", f"{used_wh:.0f} Wh")]  # fmt: skip
    if activity.kind in hourly_w(setup.rover):
        used_wh = hourly_w(setup.rover)[activity.kind] * length_s / HOUR_S
        aside = ", heaters aside" if activity.kind is ActivityKind.SLEEP else ""
        return [InspectorRow("Takes", f"{used_wh:.0f} Wh{aside}")]
    if activity.kind is ActivityKind.DRIVE:
        seen = price_of(draft, activity)
        is_short = seen.duration_s > length_s + 60
        points = len(activity.waypoints)
        way = way_text(seen.distance_m) + (f", {points + 1} legs" if points else "")
        if seen.unseen_frac > 0.0:  # how much is a guess says more than the bends, which one sees
            way = f"{way_text(seen.distance_m)}, {percent(seen.unseen_frac)} unseen"
        ends = arrival(draft, activity)
        took = span_text(seen.duration_s)
        return [
            InspectorRow("Way", f"{way}, {seen.energy_wh:.0f} Wh"),
            InspectorRow("Ends" if ends else "Takes", f"{ends}, {took}" if ends else took,
                         is_short),
            worst_row(seen),
            *warm_up_rows(setup, draft.state, activity),
        ]  # fmt: skip
    return [*order_rows(setup, activity), *warm_up_rows(setup, draft.state, activity)]


def worst_row(seen: WayPrice) -> InspectorRow:
    """Return the worst of a way, as far as it has been rehearsed, and whether it may stop."""
    is_stopping = seen.ends is not StopReason.DONE
    words = f"tilt {degrees(seen.tilt_rad)}, slip {percent(seen.slip_frac)}"
    words += ("" if seen.is_whole else " so far") + (", may stop" if is_stopping else "")
    return InspectorRow("Worst", words, is_stopping)


def arrival(draft: Draft, activity: Activity) -> str:
    """Return between which times the last drive will end; "" for others, and before it is known.

    Eight of ten ends lie between: looks take longer or shorter, and pictures are taken again.
    """
    if draft.forecast is None:
        return ""
    low, middle, high = draft.forecast.drive_end_tick
    later = (one for one in draft.shown if one.start_tick > activity.start_tick)
    lane = lane_of(activity.kind)
    if middle <= activity.start_tick or any(lane_of(one.kind) == lane for one in later):
        return ""
    first, latest = (clock_text(draft.day.hour(tick)) for tick in (low, high))
    return first if first == latest else f"{first}–{latest}"


def dawn(draft: Draft) -> tuple[str, bool]:
    """Return the charge that the plan leaves at dawn, and whether that is too little."""
    if draft.forecast is None:
        return "dawn …", False
    low = float(draft.forecast.charge_low_frac[-1])
    high = float(draft.forecast.charge_high_frac[-1])
    is_bad = float(draft.forecast.charge_frac[-1]) < draft.opened.flight_rules.charge_floor_frac
    return f"dawn {percent_range(low, high)}", is_bad
