"""One step of the whole machine: the recipe that calls its parts in order."""

import math

from game.changes import quick
from game.commands import ActivityKind
from game.events import Event
from game.rover.gear import MobilityState
from game.rover.machine import RoverSpec, RoverState, is_powered, running_kind
from game.rover.meters import metered
from game.rover.mobility import Where, step_mobility, with_bus
from game.rover.mode_changes import condition_of, roused, shed_events, step_mode, survival_w
from game.rover.modes import Mode
from game.rover.power import Supply, bus_v, step_power
from game.rover.scene import Scene
from game.rover.sending import exchange, run_radio
from game.rover.supply import (
    inside_of,
    light_of,
    loads_of,
    motors_after_k,
    tool_heat_w,
    wings_after,
)
from game.rover.thermal import step_thermal

__all__ = [
    "RoverSpec",
    "RoverState",
    "condition_of",
    "is_powered",
    "roused",
    "running_kind",
    "step_rover",
]

# What the profile taught: a step asleep costs some 40 us, of which heat takes a seventh, light and
# wings an eighth, the battery a twentieth. Making the frozen values was a fifth and is a twentieth
# (`changes.quick`); asking for the mode only when something could change it saved a tenth
# (`mode_changes._is_calm`), looking the mast's shadow up instead of clipping it a twentieth. The
# rest is spread evenly.
TRACK_SPACING_M = 0.5  # a point of the track for every half metre: one turn of a wheel is 0.94 m

_made = quick(RoverState)


def step_rover(
    spec: RoverSpec, state: RoverState, scene: Scene
) -> tuple[RoverState, tuple[Event, ...]]:
    """Advance the machine by one step of the scene's length.

    The recipe: wheels, radio, light, wings, loads, heat, battery, memory, motors, mode.
    """
    dt_s = float(scene.end_tick - scene.tick)
    mobility, drive_w, events = _wheels(spec, state, scene, dt_s)
    is_wanted = state.sequencer.radio is not None and is_powered(state)
    radio, use = run_radio(spec.radio, state.radio, state.storage, scene, is_wanted=is_wanted)
    sun, light = light_of(spec, state, scene)
    wings, wing_j = wings_after(spec, state, scene, sun, dt_s)
    loads = loads_of(spec, state, (drive_w, wing_j / dt_s, light.power_w), use)
    inside = inside_of(
        spec, state, scene, light, loads.base_w + tool_heat_w(spec, loads) + use.heat_w
    )
    thermal = step_thermal(spec.thermal, state.thermal, scene.outside, inside, dt_s)
    heaters_w = (thermal.box_heater_w, thermal.battery_heater_w)
    load_w = loads.total_w() + thermal.box_heater_w + thermal.battery_heater_w
    supply = Supply(light.power_w, load_w, thermal.battery_k, survival_w(spec))
    power, is_starved = step_power(spec.power, state.power, supply, wings, dt_s)
    served_s = dt_s * power.out_w / load_w if is_starved else dt_s
    storage, radio, confirmed = exchange(
        (spec.radio, spec.storage), state.storage, radio, scene, use
    )
    after = _made(
        state.mode,
        mobility,
        power,
        thermal,
        storage,
        radio,
        state.sequencer,
        metered(state.meters, loads, heaters_w, (dt_s, served_s), _work(state, scene)),
        motors_after_k(spec.motors, state.motor_k, scene, (loads.wheel_heater_w, drive_w), dt_s),
        motors_after_k(spec.mast, state.mast_k, scene, (loads.mast_heater_w, 0.0), dt_s),
        state.safe,
        state.books,
        _track(state, mobility),
        state.deck,
        state.faults,
    )
    after, changed = step_mode(spec, after, scene, is_starved=is_starved)
    if power.shed_count != state.power.shed_count:
        changed = (*shed_events(spec, state.power, power, scene.end_tick), *changed)
    return after, (*events, *confirmed, *changed)


def _wheels(
    spec: RoverSpec, state: RoverState, scene: Scene, dt_s: float
) -> tuple[MobilityState, float, tuple[Event, ...]]:
    if state.mobility.drive is None or scene.ground is None:
        return state.mobility, 0.0, ()
    mobility = with_bus(spec.mobility, state.mobility, bus_v(spec.power, state.power))
    where = Where(scene.ground, scene.seed, scene.tick, scene.is_seen)
    return step_mobility(spec.mobility, mobility, where, dt_s)


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
