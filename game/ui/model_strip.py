"""The strip's blocks, passes and charge curve out of a state and its forecast."""

from dataclasses import dataclass

from game.commands import Activity, ActivityKind
from game.contact import passes_here
from game.forecast import Forecast
from game.rover.power import charge_frac
from game.rover.refusals import duration_s
from game.state import Setup, State
from game.ui.day import Day
from game.ui.flight import Done, TrailPoint
from game.ui.hud_parts import STRIP_FIRST_H, STRIP_LAST_H, Block, Strip, Window
from game.ui.words import icon_of, name_of, percent_range, token_of

CURVE_STEP_S = 600.0


@dataclass(frozen=True, slots=True)
class Past:
    """What the window remembers: the charge so far, and what is over."""

    trail: tuple[TrailPoint, ...] = ()
    done: tuple[Done, ...] = ()


def strip_model(
    setup: Setup, state: State, day: Day, forecast: Forecast | None, past: Past
) -> Strip:
    """Return the sol from 06 to 06."""
    now_h = day.hour(state.tick)
    curve = [
        (day.hour(point.tick), round(point.charge_frac, 3))
        for point in past.trail
        if STRIP_FIRST_H <= day.hour(point.tick) <= now_h
    ]
    charge = round(charge_frac(setup.rover.power, state.rover.power), 3)
    return Strip(
        now_h=round(now_h, 2),
        rise_h=day.rise_h,
        set_h=day.set_h,
        blocks=(*done_blocks(past, day), *blocks(setup, state, day)),
        windows=windows(setup, state, day),
        past=(*curve, (round(now_h, 2), charge)),
        ahead=ahead(forecast, day),
        floor_frac=setup.rover.bus.floor_frac,
        dawn=dawn_text(forecast),
    )


def done_blocks(past: Past, day: Day) -> tuple[Block, ...]:
    """Return what has been done this day."""
    found = [
        Block(
            token_of(done.kind),
            icon_of(done.kind),
            name_of(done.kind),
            day.hour(done.start_tick),
            day.hour(done.end_tick),
            is_past=True,
        )
        for done in past.done
        if done.kind is not ActivityKind.SEND
    ]
    return tuple(b for b in found if b.end_h > STRIP_FIRST_H and b.start_h < STRIP_LAST_H)


def dawn_text(forecast: Forecast | None) -> str:
    """Return the charge at the end of a forecast, as a range."""
    if forecast is None or not len(forecast.tick):
        return ""
    low, high = float(forecast.charge_low_frac[-1]), float(forecast.charge_high_frac[-1])
    return f"dawn {percent_range(low, high)}"


def ahead(forecast: Forecast | None, day: Day) -> tuple[tuple[float, float, float, float], ...]:
    """Return the forecast as hour, middle, low and high, at most one point every ten minutes."""
    if forecast is None:
        return ()
    points: list[tuple[float, float, float, float]] = []
    last_s = -CURVE_STEP_S
    rows = zip(
        forecast.tick,
        forecast.charge_frac,
        forecast.charge_low_frac,
        forecast.charge_high_frac,
        strict=True,
    )
    for tick, middle, low, high in rows:
        if tick < day.first_tick:
            continue
        is_end = tick >= forecast.tick[-1]
        if tick - last_s >= CURVE_STEP_S or is_end:
            hour = day.hour(float(tick))
            points.append((hour, float(middle), float(low), float(high)))
            last_s = float(tick)
    return tuple(points)


def blocks(setup: Setup, state: State, day: Day) -> tuple[Block, ...]:
    """Return what runs now and what is planned, within the day."""
    sequencer = state.rover.sequencer
    found: list[Block] = []
    for running in (sequencer.main, sequencer.radio):
        if running is not None and running.activity.kind is not ActivityKind.SEND:
            span = (running.started_tick, running.ends_tick)
            found.append(_block(running.activity, day, span, is_now=True))
    for activity in sequencer.plan:
        if activity.kind is ActivityKind.SEND:
            continue  # sending has its own row
        length_s = duration_s(setup.rover, activity)
        span = (activity.start_tick, activity.start_tick + length_s)
        found.append(_block(activity, day, span, is_now=False))
    return tuple(b for b in found if b.end_h > STRIP_FIRST_H and b.start_h < STRIP_LAST_H)


def _block(activity: Activity, day: Day, span: tuple[int, int], *, is_now: bool) -> Block:
    return Block(
        token_of(activity.kind),
        icon_of(activity.kind),
        name_of(activity.kind),
        day.hour(span[0]),
        day.hour(span[1]),
        is_now=is_now,
        is_optional=bool(activity.condition),
    )


def windows(setup: Setup, state: State, day: Day) -> tuple[Window, ...]:
    """Return the passes of the day, and which parts of each are planned for sending."""
    sequencer = state.rover.sequencer
    senders = [
        (day.hour(a.start_tick), day.hour(a.start_tick + a.duration_s))
        for a in sequencer.plan
        if a.kind == "send"
    ]
    if sequencer.radio is not None:
        running = sequencer.radio
        senders.append((day.hour(running.started_tick), day.hour(running.ends_tick)))
    middle = (day.first_tick + day.last_tick) // 2
    found: list[Window] = []
    for one in passes_here(setup, state.rover, middle):
        if one.usable_rise_tick >= one.usable_set_tick:
            continue
        start_h, end_h = day.hour(one.usable_rise_tick), day.hour(one.usable_set_tick)
        if end_h <= STRIP_FIRST_H or start_h >= STRIP_LAST_H:
            continue
        is_past = one.usable_set_tick < state.tick
        found.append(Window(start_h, end_h, _overlaps(senders, start_h, end_h), is_past=is_past))
    return tuple(found)


def _overlaps(
    spans: list[tuple[float, float]], start_h: float, end_h: float
) -> tuple[tuple[float, float], ...]:
    """Return every part of a window that lies in one of the spans."""
    return tuple(
        (max(first, start_h), min(last, end_h))
        for first, last in sorted(spans)
        if first < end_h and last > start_h
    )
