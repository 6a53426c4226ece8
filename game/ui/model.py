"""Reads one moment of a run and returns what the HUD shows. Wiring is here and nowhere else."""

import math
from dataclasses import dataclass

from game.contact import expected_bit, is_heard, likely_bits, next_pass_here, pass_here
from game.environment.clock import lmst_h, sol_of
from game.forecast import Forecast
from game.mission.outlook import FULL_FRAC
from game.mission.rules_of_flight import FlightRules
from game.orbiting import CONTEXT, worst_ahead
from game.rover.gear import tilt_rad
from game.rover.modes import Mode
from game.rover.power import array_dust_frac, charge_frac
from game.rover.storage import Product, kept_bit
from game.state import Setup, State
from game.telemetry import outside, score_of
from game.ui.belief import sureness_text
from game.ui.day import Day, day_at
from game.ui.hud_parts import (
    ActionCell,
    HealthRow,
    HomePanel,
    HudModel,
    PassPanel,
    Strip,
)
from game.ui.model_strip import dawn_text
from game.ui.words import air_text, clock_text, mbit, mbit_range, percent, signed, span_text
from game.units import WH_J, celsius

BOX_SPAN_K = (233.0, 313.0)  # the ends of the warm-box bar
FALSE_COLOUR = "multispectral"
SEEN_KINDS = ("picture", "panorama", FALSE_COLOUR)
POWER_SPAN_W = 400.0  # the end of the power bar


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What a HUD is made from. `tick` is the shown moment, `forecast` reaches tomorrow's dawn."""

    setup: Setup
    rules: FlightRules
    state: State
    tick: float
    rate: float
    rate_reason: str
    forecast: Forecast | None
    strip: Strip
    actions: tuple[ActionCell, ...]
    goal: tuple[str, str, str] = ("", "", "")
    is_beside: bool = False


def hud_model(moment: Moment) -> HudModel:
    """Return everything the HUD shows."""
    setup, state = moment.setup, moment.state
    day = day_at(setup.site, moment.tick)
    hour = lmst_h(setup.site, moment.tick)
    return HudModel(
        sol=sol_of(setup.site, int(moment.tick)),
        sol_count=setup.mission.sols,
        clock=clock_text(hour),
        clock_note="paused" if moment.rate == 0.0 else "local",
        sun_frac=sun_frac(day, hour),
        rate=moment.rate,
        rate_reason=moment.rate_reason,
        link=link_panel(setup, state, moment.tick),
        health=health_rows(moment),
        home=home_panel(moment),
        actions=moment.actions,
        strip=moment.strip,
        beside=beside(setup, state) if moment.is_beside else (),
    )


def sun_frac(day: Day, hour: float) -> float | None:
    """Return how far the Sun has come from rise to set, None by night."""
    if not day.rise_h < hour < day.set_h:
        return None
    return round((hour - day.rise_h) / (day.set_h - day.rise_h), 2)


def link_panel(setup: Setup, state: State, tick: float) -> PassPanel:
    """Return the next pass, or the open one as a bar that drains."""
    points = score_of(setup, state).total()
    home, rover = f"{points:,.0f}", state.rover
    is_open = is_heard(setup, rover, int(tick))
    window = pass_here(setup, rover, int(tick)) if is_open else None
    if window is not None:
        left_s = window.usable_set_tick - tick
        whole_s = window.usable_set_tick - window.usable_rise_tick
        value = f"{left_s:.0f} s" if left_s < 600 else span_text(left_s)
        return PassPanel("Pass open, ends in", value, home, round(left_s / whole_s, 3), "", points)
    coming = next_pass_here(setup, rover, int(tick))
    value = "none" if coming is None else f"in {span_text(coming.usable_rise_tick - tick)}"
    hint = ""
    if coming is not None:
        high = math.degrees(coming.max_elevation_rad)
        takes = mbit(expected_bit(setup, rover, coming))
        likely = mbit_range(*likely_bits(setup, rover, coming))
        hint = f"The orbiter rises to {high:.0f}° and can take {takes} Mbit ({likely})."
    return PassPanel("Next pass", value, home, None, hint, points)


def health_rows(moment: Moment) -> tuple[HealthRow, ...]:
    """Return charge, power, warm box and air."""
    setup, state = moment.setup, moment.state
    return (
        _charge_row(moment),
        _power_row(setup, state),
        _box_row(moment),
        _air_row(setup, state),
    )


def _charge_row(moment: Moment) -> HealthRow:
    setup, state = moment.setup, moment.state
    frac = charge_frac(setup.rover.power, state.rover.power)
    floor = setup.rover.bus.floor_frac
    mode = state.rover.mode
    note = dawn_text(moment.forecast)
    if mode in (Mode.SAFE, Mode.HIBERNATING, Mode.DARK):
        note = f"{mode} mode: all work stopped"
    held_wh = state.rover.power.charge_j / WH_J
    hint = f"{held_wh:.0f} Wh in the battery; at {percent(floor)} work stops."
    return HealthRow(
        "charge", "Charge", percent(frac), note, round(frac, 2), floor, frac < floor, hint
    )


def _power_row(setup: Setup, state: State) -> HealthRow:
    power = state.rover.power
    net = power.in_w - power.out_w
    dust = percent(array_dust_frac(setup.rover.power, power))
    note = f"in {power.in_w:.0f}, out {power.out_w:.0f}"
    hint = f"The wings make {power.in_w:.0f} W; dust lets {dust} of the light through."
    if net > 0.0 and charge_frac(setup.rover.power, power) >= FULL_FRAC:
        note += ", rest unused"
        hint = f"The battery is full: {net:.0f} W that the wings could give go unused. " + hint
    return HealthRow(
        "power",
        "Power",
        f"{signed(net)} W",
        note,
        round(min(1.0, power.in_w / POWER_SPAN_W), 2),
        None,
        False,
        hint,
    )


def _box_row(moment: Moment) -> HealthRow:
    thermal, spec = moment.state.rover.thermal, moment.setup.rover.bus
    low_k, high_k = BOX_SPAN_K
    note = ""
    if moment.forecast is not None and len(moment.forecast.box_k):
        note = f"low tonight {signed(celsius(float(min(moment.forecast.box_k))))} °C"
    frac = (thermal.box_k - low_k) / (high_k - low_k)
    floor_k = moment.rules.box_floor_k
    limit = (floor_k - low_k) / (high_k - low_k)
    battery = signed(celsius(thermal.battery_k))
    lost = signed(celsius(spec.lost_box_k))
    return HealthRow(
        "box",
        "Warm box",
        f"{signed(celsius(thermal.box_k))} °C",
        note,
        round(min(max(frac, 0.0), 1.0), 2),
        round(limit, 3),
        thermal.box_k < floor_k,
        f"Battery {battery} °C. Below {lost} °C the electronics are ruined.",
    )


def _air_row(setup: Setup, state: State) -> HealthRow:
    felt = outside(setup, state)
    return HealthRow(
        "dust",
        "Air",
        f"τ {felt.tau:.2f}",
        f"{air_text(felt.tau)}, ground {signed(celsius(felt.ground_k))} °C",
        None,
        None,
        felt.tau >= 1.0,
        f"Air {signed(celsius(felt.air_k))} °C, wind {felt.wind_m_s:.0f} m/s, "
        f"{felt.pressure_pa:.0f} Pa.",
    )


def home_panel(moment: Moment) -> HomePanel:
    """Return what waits, the newest picture and the goal."""
    storage, spec = moment.state.rover.storage, moment.setup.rover.storage
    kept = kept_bit(storage)
    frac = kept / spec.capacity_bit
    newest = newest_picture(moment.state)
    goal, way, note = moment.goal
    return HomePanel(
        queue=f"{mbit(kept)} Mbit",
        queue_frac=round(frac, 3),
        queue_note=passes_note(moment.setup, moment.state, moment.tick),
        picture=0 if newest is None else newest.number,
        picture_note="" if newest is None else picture_note(moment.setup, moment.state, newest),
        picture_frac=1.0 if newest is None else sent_frac(newest),
        goal=goal,
        goal_way=way,
        goal_note=note,
        is_full=frac > moment.rules.memory_limit_frac,
    )


def pictures(state: State) -> tuple[Product, ...]:
    """Return all pictures that exist, on board, on their way or home, oldest first.

    What the orbiter took by itself is not known before it is home.
    """
    storage = state.rover.storage
    everything = (*storage.products, *(one.product for one in storage.flying), *storage.home)
    seen = [p for p in everything if p.kind in SEEN_KINDS]
    seen += [p for p in storage.home if p.kind == CONTEXT]
    return tuple(sorted(seen, key=lambda product: product.number))


def sent_frac(product: Product) -> float:
    """Return how much of a picture has gone up; what the orbiter took is up there anyway [-]."""
    return 1.0 if product.kind == CONTEXT else product.sent_bit / product.size_bit


def outlook_text(setup: Setup, state: State, tau: float) -> str:
    """Return what the air looks like, or the storm that the orbiter's report warns of."""
    worst = worst_ahead(state.rover, sol_of(setup.site, state.tick))
    if worst is None or not worst.is_warned:
        return air_text(tau)
    return f"storm likely on sol {worst.sol} ({percent(worst.chance_frac)})"


def newest_picture(state: State) -> Product | None:
    """Return the last picture as an eye would see it; those in false colours wait in the viewer."""
    found = [p for p in pictures(state) if p.kind != FALSE_COLOUR]
    return found[-1] if found else None


def picture_note(setup: Setup, state: State, product: Product) -> str:
    """Return when a picture was taken and where it is now."""
    day = day_at(setup.site, product.made_tick)
    hour = lmst_h(setup.site, product.made_tick)
    where = "on board"
    if any(product.number == p.number for p in state.rover.storage.home):
        where = "home"
    elif product.sent_bit:
        where = "sending" if product.sent_bit < product.size_bit else "sent"
    return f"Sol {day.sol}, {clock_text(hour)} · {where}"


def passes_note(setup: Setup, state: State, tick: float) -> str:
    """Return what the next two passes can carry."""
    first = next_pass_here(setup, state.rover, int(tick))
    if first is None:
        return "no pass in sight"
    second = next_pass_here(setup, state.rover, first.usable_rise_tick)
    parts = [
        f"{_pass_name(setup, one.usable_rise_tick, tick)} "
        f"{mbit(expected_bit(setup, state.rover, one))}"
        for one in (first, second)
        if one is not None
    ]
    return ", ".join(parts)


def _pass_name(setup: Setup, rise_tick: int, tick: float) -> str:
    hour = lmst_h(setup.site, rise_tick)
    is_night = hour < 6 or hour > 19
    if is_night:
        return "tonight"
    return (
        "noon" if day_at(setup.site, rise_tick).sol == day_at(setup.site, tick).sol else "next noon"
    )


def beside(setup: Setup, state: State) -> tuple[str, ...]:
    """Return the figures next to a driving rover."""
    place = state.rover.mobility
    sureness = sureness_text(setup.rover.mobility.position, state)
    return (
        f"{place.drive_odometer_m:.1f} m",
        f"slip {percent(max(0.0, place.slip_frac))}",
        f"tilt {math.degrees(tilt_rad(place)):.0f}°",
        *((sureness,) if sureness else ()),
    )
