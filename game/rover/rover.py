"""The machine as a whole: what it is, how it stands, and one step of its physics."""

import math
from dataclasses import dataclass, replace

from game.commands import ActivityKind
from game.events import Event, LowCharge, ModeChanged, StopReason
from game.rover.deck import START_DECK, DeckState
from game.rover.faults import FaultsSpec, FaultsState
from game.rover.gear import MobilitySpec, MobilityState
from game.rover.instruments import InstrumentsSpec, instrument_for, running_power_w
from game.rover.memory import forgotten, has_volatile
from game.rover.meters import Loads, RoverMeters, metered
from game.rover.mobility import Where, end_drive, step_mobility, stopped, with_bus
from game.rover.modes import WORKING, BusSpec, Condition, Mode, base_load_w, cause_of, mode_after
from game.rover.motors import MotorSpec, motor_temperature_k
from game.rover.power import (
    PowerSpec,
    PowerState,
    Supply,
    array_power_w,
    bus_v,
    cell_yield_frac,
    charge_frac,
    step_power,
    usable_j,
)
from game.rover.radio import RadioSpec, RadioState, RadioUse
from game.rover.scene import Scene
from game.rover.sending import exchange, run_radio
from game.rover.sequencer import Running, SequencerSpec, SequencerState
from game.rover.storage import StorageSpec, StorageState
from game.rover.thermal import ThermalSpec, ThermalState, step_thermal
from game.units import WH_J

TRACK_SPACING_M = 0.5  # a point of the track for every half metre: one turn of a wheel is 0.94 m


@dataclass(frozen=True, slots=True)
class RoverSpec:
    """Everything about the machine that never changes; `start_...` is at touchdown."""

    mobility: MobilitySpec
    power: PowerSpec
    thermal: ThermalSpec
    storage: StorageSpec
    radio: RadioSpec
    instruments: InstrumentsSpec
    sequencer: SequencerSpec
    bus: BusSpec
    motors: MotorSpec
    faults: FaultsSpec
    start_charge_frac: float
    start_box_k: float
    start_outside_k: float


NO_FAULTS = FaultsState()


@dataclass(frozen=True, slots=True)
class RoverState:
    """Everything about the machine that changes.

    `track` holds the places where the wheels have been, east and north of the lander, one about
    every half metre. [m]
    """

    mode: Mode
    mobility: MobilityState
    power: PowerState
    thermal: ThermalState
    storage: StorageState
    radio: RadioState
    sequencer: SequencerState
    meters: RoverMeters
    motor_k: float
    track: tuple[tuple[float, float], ...] = ()
    deck: DeckState = START_DECK
    faults: FaultsState = NO_FAULTS


def step_rover(
    spec: RoverSpec, state: RoverState, scene: Scene
) -> tuple[RoverState, tuple[Event, ...]]:
    """Advance the machine by one step of the scene's length.

    The recipe: wheels, radio, loads, light, heat, battery, memory, motors, mode.
    """
    dt_s = float(scene.end_tick - scene.tick)
    mobility, drive_w, events = _wheels(spec, state, scene, dt_s)
    is_wanted = state.sequencer.radio is not None and is_powered(state)
    radio, use = run_radio(spec.radio, state.radio, state.storage, scene, is_wanted=is_wanted)
    loads = _loads(spec, state, drive_w, use)
    generated_w = array_power_w(spec.power, state.power, scene.outside, state.thermal.array_k)
    yield_frac = cell_yield_frac(spec.power, scene.outside.tau, state.thermal.array_k)
    inside_w = loads.base_w + loads.instrument_w + use.heat_w
    thermal, heater_w = step_thermal(
        spec.thermal, state.thermal, scene.outside, inside_w, yield_frac, dt_s
    )
    supply = Supply(
        generated_w, loads.total_w() + heater_w, thermal.battery_k, scene.outside.dust_rate_1_s
    )
    power, is_starved = step_power(spec.power, state.power, supply, dt_s)
    served_s = dt_s * power.out_w / supply.load_w if is_starved else dt_s
    storage, radio, confirmed = exchange(
        (spec.radio, spec.storage), state.storage, radio, scene, use
    )
    sunlight_w = spec.motors.sunlit_m2 * scene.outside.global_w_m2
    motor_heat_w = loads.motor_heater_w + spec.motors.work_heat_frac * drive_w + sunlight_w
    after = RoverState(
        state.mode,
        mobility,
        power,
        thermal,
        storage,
        radio,
        state.sequencer,
        metered(state.meters, loads, heater_w, (dt_s, served_s), _work(state, scene)),
        motor_temperature_k(spec.motors, state.motor_k, scene.outside.air_k, motor_heat_w, dt_s),
        _track(state, mobility),
        state.deck,
        state.faults,
    )
    after, changed = _mode(spec, after, scene, is_starved=is_starved)
    return after, (*events, *confirmed, *changed)


def is_powered(state: RoverState) -> bool:
    """Say whether the computer is alive and free to work."""
    return state.mode in WORKING


def running_kind(running: Running | None) -> ActivityKind | None:
    """Return what kind of activity runs in a lane."""
    return None if running is None else running.activity.kind


def _wheels(
    spec: RoverSpec, state: RoverState, scene: Scene, dt_s: float
) -> tuple[MobilityState, float, tuple[Event, ...]]:
    if state.mobility.drive is None or scene.ground is None:
        return state.mobility, 0.0, ()
    mobility = with_bus(spec.mobility, state.mobility, bus_v(spec.power, state.power))
    where = Where(scene.ground, scene.seed, scene.tick, scene.is_seen)
    return step_mobility(spec.mobility, mobility, where, dt_s)


def _loads(spec: RoverSpec, state: RoverState, drive_w: float, use: RadioUse) -> Loads:
    kind = running_kind(state.sequencer.main)
    tool = None if kind is None else instrument_for(spec.instruments, kind)
    instrument_w = 0.0 if tool is None else tool.power_w
    if state.sequencer.beside is not None and state.mobility.drive is not None:
        # The ground radar is fed while the wheels are at work.
        instrument_w += running_power_w(spec.instruments, state.sequencer.beside.activity.kind)
    motor_w = spec.motors.heater_w if kind is ActivityKind.WARM_UP else 0.0
    return Loads(base_load_w(spec.bus, state.mode), drive_w, use.power_w, instrument_w, motor_w)


def _work(state: RoverState, scene: Scene) -> tuple[bool, bool, bool]:
    main = running_kind(state.sequencer.main)
    is_working = main is not None and main is not ActivityKind.SLEEP
    return is_working, scene.outside.sun_elevation_rad > 0.0, state.mode is Mode.DARK


def _track(state: RoverState, mobility: MobilityState) -> tuple[tuple[float, float], ...]:
    if mobility.odometer_m == state.mobility.odometer_m or mobility.is_on_lander:
        return state.track
    here = (mobility.x_m, mobility.y_m)
    if state.track and math.dist(state.track[-1], here) < TRACK_SPACING_M:
        return state.track
    return (*state.track, here)


def condition_of(
    spec: RoverSpec, state: RoverState, sun_elevation_rad: float, tick: int, *, is_starved: bool
) -> Condition:
    """Return what the mode depends on."""
    sequence = state.sequencer
    main = running_kind(sequence.main)
    is_resting = main is ActivityKind.SLEEP and sequence.radio is None
    is_busy = main is not None or sequence.radio is not None or sequence.awake_until_tick > tick
    full_j = spec.power.capacity_wh * WH_J
    heaters_w = spec.thermal.box_heater.power_w + spec.thermal.battery_heater.power_w
    return Condition(
        charge_frac=charge_frac(spec.power, state.power),
        usable_frac=usable_j(spec.power, state.power.charge_j, state.thermal.battery_k) / full_j,
        is_low=state.power.is_low,
        is_starved=is_starved,
        is_fed=state.power.in_w >= spec.bus.sleep_w + heaters_w,
        battery_k=state.thermal.battery_k,
        box_k=state.thermal.box_k,
        dark_s=state.meters.dark_s,
        sun_elevation_deg=math.degrees(sun_elevation_rad),
        is_working=is_busy,
        is_resting=is_resting,
    )


def roused(spec: RoverSpec, state: RoverState, sun_elevation_rad: float, tick: int) -> RoverState:
    """Wake the computer for work that begins now, or let it rest from work that has ended."""
    if not is_powered(state):
        return state
    now = condition_of(spec, state, sun_elevation_rad, tick, is_starved=False)
    mode = mode_after(spec.bus, state.mode, now)
    return state if mode is state.mode or mode not in WORKING else replace(state, mode=mode)


def _mode(
    spec: RoverSpec, state: RoverState, scene: Scene, *, is_starved: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    now = condition_of(
        spec, state, scene.outside.sun_elevation_rad, scene.end_tick, is_starved=is_starved
    )
    mode = mode_after(spec.bus, state.mode, now)
    if mode is state.mode:
        return state, ()
    cause = cause_of(spec.bus, state.mode, mode, now)
    events: list[Event] = []
    if not {mode, state.mode} <= WORKING:
        events.append(ModeChanged(scene.end_tick, str(state.mode), str(mode), cause))
    if mode is Mode.SAFE and state.mode in WORKING:
        events.append(LowCharge(scene.end_tick, now.charge_frac))
    after = replace(state, mode=mode)
    if mode in (Mode.SAFE, Mode.DARK, Mode.LOST):
        halt = stopped(cause, StopReason.POWER)
        mobility, ended = end_drive(spec.mobility, after.mobility, scene.end_tick, halt)
        after = replace(after, mobility=mobility)
        events += ended
    has_power = mode not in (Mode.DARK, Mode.LOST)
    if not has_power and has_volatile(after.storage):
        cause = f"working memory lost its power: {cause}"
        storage, lost = forgotten(after.storage, scene.end_tick, cause)
        after = replace(after, storage=storage)
        events += lost
    if after.thermal.has_heater_power is not has_power:
        after = replace(after, thermal=replace(after.thermal, has_heater_power=has_power))
    return after, tuple(events)
