"""Loads by name, what can be left out, and how long that buys."""

import math
from dataclasses import dataclass

from game.commands import Activity, ActivityKind
from game.rover.instruments import energy_j, instrument_for
from game.rover.meters import RoverMeters, heater_j, instrument_j
from game.rover.power import usable_j
from game.rover.refusals import duration_s
from game.state import Setup, State
from game.ui.day import day_at
from game.ui.goals import estimate
from game.ui.words import clock_text, icon_of, name_of, span_text
from game.units import WH_J

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One load: what it draws now [W], took today and yesterday [Wh], and hours won without it."""

    name: str
    icon: str
    now_w: float
    today_wh: float
    yesterday_wh: float
    buys_h: float


@dataclass(frozen=True, slots=True)
class ShedRow:
    """A planned activity that could be left out, with the night hours its energy buys."""

    number: int
    icon: str
    title: str
    note: str
    used_wh: float
    buys_h: float


@dataclass(frozen=True, slots=True)
class PowerPage:
    """Everything the page says in figures."""

    loads: tuple[LoadRow, ...]
    shed: tuple[ShedRow, ...]
    facts: tuple[tuple[str, str], ...]


LOADS = (
    ("Computer", "box", "base_j"),
    ("Heaters", "heat", "heater_j"),
    ("Wheels", "drive", "drive_j"),
    ("Radio", "radio", "radio_j"),
    ("Instruments", "touch", "instrument_j"),
)


def power_page(setup: Setup, previous: State, state: State, tick: float) -> PowerPage:
    """Return the page of a moment; `previous` is the state one step before."""
    rover = state.rover
    usable_wh = usable_j(setup.rover.power, rover.power, rover.thermal.battery_k) / WH_J
    loads = load_rows(previous, state, usable_wh)
    shed = shed_rows(setup, state, tick)
    sleep_w = sleep_load_w(setup, state)
    now_w = max(state.rover.power.out_w, 1e-9)
    floor_wh = setup.rover.bus.floor_frac * setup.rover.power.capacity_wh
    above_wh = max(0.0, state.rover.power.charge_j / WH_J - floor_wh)
    facts = (
        ("In the battery", f"{state.rover.power.charge_j / WH_J:.0f} Wh"),
        ("of it above the floor", f"{above_wh:.0f} Wh"),
        ("lasts, as it draws now", _hours(above_wh / now_w)),
        ("lasts asleep", _hours(above_wh / sleep_w)),
    )
    return PowerPage(loads, shed, facts)


def load_rows(previous: State, state: State, usable_wh: float) -> tuple[LoadRow, ...]:
    """Return what every kind of load draws; the buying is at the mean of yesterday."""
    dt_s = max(1, state.tick - previous.tick)
    records = state.mission.records
    old, new = previous.rover.meters, state.rover.meters
    yesterday = [_yesterday_wh(state, name) for _, _, name in LOADS]
    mean_w = sum(yesterday) / 24.66 if records else 0.0
    rows = []
    for (title, icon, name), last_wh in zip(LOADS, yesterday, strict=True):
        now_w = (_of(new, name) - _of(old, name)) / dt_s
        today = (_of(new, name) - _midnight_j(state, name)) / WH_J
        rest_w = mean_w - last_wh / 24.66
        buys = usable_wh / rest_w - usable_wh / mean_w if rest_w > 1e-6 else 0.0
        rows.append(LoadRow(title, icon, now_w, today, last_wh, buys if last_wh else 0.0))
    return tuple(rows)


def _of(meters: RoverMeters, name: str) -> float:
    if name == "heater_j":
        return heater_j(meters)
    return instrument_j(meters) if name == "instrument_j" else float(getattr(meters, name))


def _midnight_j(state: State, name: str) -> float:
    """Return a meter at the last midnight; the mission keeps all but the computer's."""
    before = state.mission.before
    known_j = before.drive_j + before.heater_j + before.radio_j + before.instrument_j
    return before.consumed_j - known_j if name == "base_j" else float(getattr(before, name))


def _yesterday_wh(state: State, name: str) -> float:
    if not state.mission.records:
        return 0.0
    meters = state.mission.records[-1].meters
    known_j = meters.drive_j + meters.heater_j + meters.radio_j + meters.instrument_j
    used_j = meters.consumed_j - known_j if name == "base_j" else float(getattr(meters, name))
    return used_j / WH_J


def sleep_load_w(setup: Setup, state: State) -> float:
    """Return what the rover draws asleep, with the heaters of yesterday [W]."""
    heaters_w = _yesterday_wh(state, "heater_j") / 24.66
    return setup.rover.bus.sleep_w + heaters_w


def shed_rows(setup: Setup, state: State, tick: float) -> tuple[ShedRow, ...]:
    """Return what is planned and costs something, dearest first."""
    sleep_w = sleep_load_w(setup, state)
    rows = []
    here = (state.rover.mobility.x_m, state.rover.mobility.y_m)
    for activity in state.rover.sequencer.plan:
        used_wh = activity_wh(setup, here, activity)
        if activity.kind is ActivityKind.DRIVE:
            here = (activity.x_m, activity.y_m)
        if used_wh < 0.5 or activity.start_tick < tick:
            continue
        day = day_at(setup.site, activity.start_tick)
        clock = clock_text(day.hour(activity.start_tick))
        rows.append(
            ShedRow(
                activity.number,
                icon_of(activity.kind),
                name_of(activity.kind),
                f"sol {day.sol}, {clock} · {span_text(duration_s(setup.rover, activity))}",
                used_wh,
                used_wh / sleep_w,
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.used_wh))


def activity_wh(setup: Setup, here: tuple[float, float], activity: Activity) -> float:
    """Return what an activity will take, with the computer awake for it [Wh]."""
    rover = setup.rover
    length_s = duration_s(rover, activity)
    awake_w = rover.bus.awake_w - rover.bus.standby_w
    tool = instrument_for(rover.instruments, activity.kind)
    if tool is not None:
        return (energy_j(tool, length_s) + awake_w * length_s) / WH_J
    match activity.kind:
        case ActivityKind.SEND:
            return (rover.radio.send_w + awake_w) * length_s / WH_J
        case ActivityKind.WARM_UP:
            return rover.motors.heater_w * length_s / WH_J
        case ActivityKind.DRIVE:
            return estimate(setup, here, (activity.x_m, activity.y_m)).energy_wh
    return 0.0


def _hours(hours: float) -> str:
    if not math.isfinite(hours) or hours > 999.0:
        return "for long"
    return span_text(hours * HOUR_S)
