"""Loads by name, what can be left out, and how long that buys."""

import math
from dataclasses import dataclass

from game.commands import Activity, ActivityKind
from game.rover.instruments import InstrumentSpec, energy_j, instrument_for
from game.rover.ledger import Ledger, totals_j
from game.rover.mobility import believed_place
from game.rover.order_times import order_price
from game.rover.refusals import duration_s
from game.rover.rover import RoverSpec
from game.state import Setup, State
from game.telemetry import ledger_of
from game.ui.day import day_at
from game.ui.words import clock_text, icon_of, name_of, span_text
from game.units import SOL_S, WH_J
from game.way_price import outlined

HOUR_S = 3600.0
SOL_H = SOL_S / HOUR_S


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


# By a word of the name of a load; the first that fits counts.
ICONS = {
    "heater": "heat",
    "computer": "queue",
    "driving": "drive",
    "wing": "wing",
    "radar": "radar",
    "radio": "radio",
    "weather": "air",
    "magnet": "magnet",
    "infrared": "infrared",
    "filter": "filter",
    "spectral": "filter",
    "calibrat": "target",
    "selfie": "selfie",
    "camera": "drop",
    "picture": "look",
    "panorama": "look",
}
LEAST_WH = 0.05  # a load that took less on both sols is not listed


def power_page(setup: Setup, previous: State, state: State, tick: float) -> PowerPage:
    """Return the page of a moment; `previous` is the state one step before."""
    rover = state.rover
    books = ledger_of(setup, state)
    sleep_w = sleep_load_w(setup, books)
    charge_wh = rover.power.charge_j / WH_J
    floor_wh = setup.rover.bus.floor_frac * setup.rover.power.capacity_wh
    above_wh = max(0.0, charge_wh - floor_wh)
    facts = (
        ("Made today", f"{books.made_today_wh:,.0f} Wh"),
        ("of it turned away, battery full", f"{books.spilled_today_wh:,.0f} Wh"),
        ("In the battery", f"{charge_wh:.0f} Wh"),
        ("of it above the floor", f"{above_wh:.0f} Wh"),
        ("lasts, as it draws now", _hours(above_wh / max(rover.power.out_w, 1e-9))),
        ("lasts asleep", _hours(above_wh / sleep_w)),
    )
    shed = shed_rows(setup, state, tick, sleep_w)
    return PowerPage(load_rows(books, previous, state), shed, facts)


def load_rows(books: Ledger, previous: State, state: State) -> tuple[LoadRow, ...]:
    """Return what every load draws now, took today and yesterday, and what is won without it."""
    dt_s = max(1, state.tick - previous.tick)
    old, new = (totals_j(one.rover.power, one.rover.meters) for one in (previous, state))
    rows = []
    for row, before_j, after_j in zip(books.rows, old, new, strict=False):
        now_w = (after_j - before_j) / dt_s
        if max(now_w, row.today_wh, row.yesterday_wh) < LEAST_WH:
            continue
        buys_h = row.buys_h if row.load is not None else 0.0
        rows.append(
            LoadRow(
                row.name[:1].upper() + row.name[1:],
                icon_of_load(row.name),
                now_w,
                row.today_wh,
                row.yesterday_wh,
                buys_h,
            )
        )
    return tuple(rows)


def icon_of_load(name: str) -> str:
    """Return the icon of a load of the ledger."""
    return next((icon for word, icon in ICONS.items() if word in name), "touch")


def sleep_load_w(setup: Setup, books: Ledger) -> float:
    """Return what the rover draws asleep, with the heaters of yesterday [W]."""
    heaters_wh = sum(row.yesterday_wh for row in books.rows if "heater" in row.name)
    return setup.rover.bus.sleep_w + heaters_wh / SOL_H


def shed_rows(setup: Setup, state: State, tick: float, sleep_w: float) -> tuple[ShedRow, ...]:
    """Return what is planned and costs something, dearest first."""
    rows = []
    here = believed_place(state.rover.mobility)
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


def tool_energy_j(rover: RoverSpec, tool: InstrumentSpec, length_s: int) -> float:
    """Return what the use of an instrument takes, with the computer awake for it [J]."""
    return energy_j(tool, length_s) + (rover.bus.awake_w - rover.bus.standby_w) * length_s


def hourly_w(rover: RoverSpec) -> dict[ActivityKind, float]:
    """Return what work without an instrument takes while it lasts; a sleep takes it in all [W]."""
    awake_w = rover.bus.awake_w - rover.bus.standby_w
    return {
        ActivityKind.SEND: rover.radio.send_w + awake_w,
        ActivityKind.WARM_UP: rover.motors.heater_w,
        ActivityKind.SLEEP: rover.bus.sleep_w,
        ActivityKind.DIAGNOSE: awake_w,
    }


def activity_wh(setup: Setup, here: tuple[float, float], activity: Activity) -> float:
    """Return what an activity will take, with the computer awake for it [Wh]."""
    rover = setup.rover
    length_s = duration_s(rover, activity)
    awake_w = rover.bus.awake_w - rover.bus.standby_w
    tool = instrument_for(rover.instruments, activity.kind)
    if tool is not None:
        return tool_energy_j(rover, tool, length_s) / WH_J
    match activity.kind:
        case ActivityKind.SEND:
            return (rover.radio.send_w + awake_w) * length_s / WH_J
        case ActivityKind.WARM_UP:
            return rover.motors.heater_w * length_s / WH_J
        case ActivityKind.DRIVE:
            points = (here, *activity.waypoints, (activity.x_m, activity.y_m))
            return outlined(setup, points).energy_wh
    if activity.command is not None:
        return order_price(rover, activity.command).energy_j / WH_J
    return 0.0


def _hours(hours: float) -> str:
    if not math.isfinite(hours) or hours > 999.0:
        return "for long"
    return span_text(hours * HOUR_S)
