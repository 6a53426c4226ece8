"""From the rover's condition to its mode, and what every change of mode brings with it."""

import math
from dataclasses import replace

from game.commands import ActivityKind
from game.events import Event, LoadShed, LowCharge, ModeChanged, StopReason
from game.rover.battery import Gauge, ShedStage
from game.rover.ledger import made_wh
from game.rover.machine import RoverSpec, RoverState, is_busy, is_powered, running_kind
from game.rover.memory import forgotten, has_volatile
from game.rover.mobility import end_drive, stopped
from game.rover.modes import (
    NOMINAL,
    UNPOWERED,
    WORKING,
    Condition,
    Mode,
    SafeCause,
    SafeState,
    cause_of,
    is_alive,
    mode_after,
)
from game.rover.power import PowerState, capacity_j, charge_frac, usable_j
from game.rover.recovery import is_recovered
from game.rover.scene import Scene

_GAUGES = {Gauge.CHARGE: "charge", Gauge.USABLE: "what the cold battery can give"}
_SAFE_CAUSES = {Mode.DARK: SafeCause.DARK, Mode.HIBERNATING: SafeCause.WAKE}


def survival_w(spec: RoverSpec) -> float:
    """Power of the sleeping computer and both box heaters: what survival takes at worst [W]."""
    heat = spec.thermal
    return spec.bus.sleep_w + heat.box_heater.power_w + heat.battery_heater.power_w


def condition_of(
    spec: RoverSpec, state: RoverState, sun_elevation_rad: float, tick: int, *, is_starved: bool
) -> Condition:
    """Return what the mode depends on."""
    power, sequence = state.power, state.sequencer
    main = running_kind(sequence.main)
    is_held = state.mode in (Mode.SAFE, Mode.DARK)
    return Condition(
        charge_frac=charge_frac(spec.power, power),
        usable_frac=usable_j(spec.power, power, state.thermal.battery_k)
        / capacity_j(spec.power, power),
        is_low=power.is_low,
        is_short=power.shed_count > 0,
        is_starved=is_starved,
        is_fed=power.in_w >= survival_w(spec),
        is_recovered=is_held
        and is_recovered(spec.bus, spec.power, power, state.thermal, state.safe),
        in_w=power.in_w,
        made_wh=made_wh(state.books, power) if power.is_low else math.inf,
        battery_k=state.thermal.battery_k,
        box_k=state.thermal.box_k,
        dark_s=state.meters.dark_s,
        sun_elevation_deg=math.degrees(sun_elevation_rad),
        is_working=is_busy(state, tick),
        is_resting=main is ActivityKind.SLEEP and sequence.radio is None,
    )


def roused(spec: RoverSpec, state: RoverState, sun_elevation_rad: float, tick: int) -> RoverState:
    """Wake the computer for work that begins now, or let it rest from work that has ended."""
    if not is_powered(state):
        return state
    now = condition_of(spec, state, sun_elevation_rad, tick, is_starved=False)
    mode = mode_after(spec.bus, state.mode, now)
    return state if mode is state.mode or mode not in WORKING else replace(state, mode=mode)


def shed_events(
    spec: RoverSpec, before: PowerState, after: PowerState, tick: int
) -> tuple[Event, ...]:
    """Tell of each load that was switched off or came back, with the cause."""
    low, high = sorted((before.shed_count, after.shed_count))
    is_off = after.shed_count > before.shed_count
    stages = spec.power.shed[low:high]
    return tuple(
        LoadShed(tick, str(stage.load), is_off, _why_shed(spec, after, stage, is_off=is_off))
        for stage in (stages if is_off else reversed(stages))
    )


def _why_shed(spec: RoverSpec, power: PowerState, stage: ShedStage, *, is_off: bool) -> str:
    if not is_off and stage.gauge is Gauge.USABLE and power.in_w >= survival_w(spec):
        return f"the wings bring {power.in_w:.0f} W, enough for it without the battery"
    went = "fell below" if is_off else "rose above"
    mark = 100 * (stage.below_frac if is_off else stage.back_frac)
    charge = 100 * charge_frac(spec.power, power)
    return f"{_GAUGES[stage.gauge]} {went} {mark:.0f} % (charge is {charge:.0f} %)"


def _is_calm(spec: RoverSpec, state: RoverState, scene: Scene) -> bool:
    """Say whether nothing can change the mode: nearly all steps are spared the full question."""
    mode, power, heat = state.mode, state.power, state.thermal
    if mode not in NOMINAL or power.is_low or power.shed_count:
        return False
    if not is_alive(spec.bus, mode, heat.battery_k, heat.box_k, state.meters.dark_s):
        return False
    lanes = state.sequencer
    if lanes.main is None and lanes.radio is None and lanes.awake_until_tick <= scene.end_tick:
        is_night = scene.outside.sun_elevation_rad < math.radians(spec.bus.sleep_sun_deg)
        return mode is (Mode.ASLEEP if is_night else Mode.STANDBY)
    return mode is Mode.AWAKE and running_kind(lanes.main) is not ActivityKind.SLEEP


def step_mode(
    spec: RoverSpec, state: RoverState, scene: Scene, *, is_starved: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """Let the mode follow from the condition at the end of a step."""
    if not is_starved and _is_calm(spec, state, scene):
        return state, ()
    now = condition_of(
        spec, state, scene.outside.sun_elevation_rad, scene.end_tick, is_starved=is_starved
    )
    mode = mode_after(spec.bus, state.mode, now)
    if mode is state.mode:
        return state, ()
    change = (mode, cause_of(spec.bus, state.mode, mode, now))
    return in_mode(spec, state, change, scene.end_tick, now)


def in_mode(
    spec: RoverSpec, state: RoverState, change: tuple[Mode, str], tick: int, now: Condition
) -> tuple[RoverState, tuple[Event, ...]]:
    """Return the rover in another mode: what must stop stops, and everybody is told why.

    `change` is the new mode and its cause, in words.
    """
    mode, cause = change
    before = state.mode
    after, events = replace(state, mode=mode), list[Event]()
    if not {mode, before} <= NOMINAL:
        events.append(ModeChanged(tick, str(before), str(mode), cause))
    if mode is Mode.SAFE:
        after = replace(after, safe=SafeState(_SAFE_CAUSES.get(before, SafeCause.CHARGE), tick))
        if before in WORKING:
            events.append(LowCharge(tick, now.charge_frac))
    if mode not in WORKING:
        halt = stopped(cause, StopReason.POWER)
        mobility, ended = end_drive(spec.mobility, after.mobility, tick, halt)
        after = replace(after, mobility=mobility)
        events += ended
    has_power = mode not in (Mode.DARK, Mode.LOST)
    if mode in UNPOWERED and has_volatile(after.storage):
        storage, lost = forgotten(after.storage, tick, f"working memory lost its power: {cause}")
        after = replace(after, storage=storage)
        events += lost
    if after.thermal.has_heater_power is not has_power:
        after = replace(after, thermal=replace(after.thermal, has_heater_power=has_power))
    return after, tuple(events)
