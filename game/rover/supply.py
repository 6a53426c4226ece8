"""What wings bring and loads take during one step, and what of it becomes heat."""

import math

from game.commands import ActivityKind
from game.machine_commands import WingMode
from game.rover.battery import Load
from game.rover.heat import Inside
from game.rover.machine import RoverSpec, RoverState, is_busy
from game.rover.meters import Loads
from game.rover.modes import UNPOWERED, Mode, base_load_w
from game.rover.motors import MotorSpec, motor_temperature_k
from game.rover.power import is_shed
from game.rover.radio import RadioUse
from game.rover.scene import Scene
from game.rover.sunshine import Sunshine, sunshine
from game.rover.wing_dust import dusted, turned
from game.rover.wing_shape import BodySun
from game.rover.wings import Stance, WingsState, body_sun

NO_LIGHT = Sunshine(0.0, 0.0, 0.0)


def light_of(spec: RoverSpec, state: RoverState, scene: Scene) -> tuple[BodySun | None, Sunshine]:
    """Return where the Sun stands for the rover (None in the dark), and what the wings make."""
    outside = scene.outside
    if outside.global_w_m2 <= 0.0:
        return None, NO_LIGHT
    place = state.mobility
    sun = body_sun(Stance(place.heading_rad, place.pitch_rad, place.roll_rad), outside)
    return sun, sunshine(spec.power, state.power, outside, sun, state.thermal.array_k)


def wings_after(
    spec: RoverSpec, state: RoverState, scene: Scene, sun: BodySun | None, dt_s: float
) -> tuple[WingsState, float]:
    """Turn the wings and let dust fall on them; also return the energy of their motors [J]."""
    wings, wing_spec, outside = state.power.wings, spec.power.wings, scene.outside
    energy_j = 0.0
    if wings.mode is not WingMode.LEVEL or any(wings.tilt_rad):
        can_turn = (
            state.mode not in UNPOWERED
            and state.mobility.drive is None
            and state.thermal.shell_k >= wing_spec.hinge_min_k
            and not is_shed(spec.power, state.power, Load.WING_MOTORS)
        )
        has_beam = outside.beam_w_m2 > outside.diffuse_w_m2
        reach_s = dt_s if can_turn else 0.0
        wings, energy_j = turned(wing_spec, wings, sun if has_beam else None, reach_s)
    return dusted(wing_spec, wings, outside.dust_rate_1_s, dt_s), energy_j


def loads_of(
    spec: RoverSpec, state: RoverState, now_w: tuple[float, float, float], use: RadioUse
) -> Loads:
    """Return all loads but the box heaters; `now_w` are drive, wing motors, power of the wings."""
    drive_w, wing_w, made_w = now_w
    main, mode = state.sequencer.main, state.mode
    base_w = base_load_w(spec.bus, mode, is_busy=is_busy(state, 0))
    if mode is Mode.HIBERNATING:
        base_w = min(spec.bus.hibernate_w, made_w)
    if main is None:
        return Loads(base_w, drive_w, use.power_w, 0.0, 0.0, 0.0, wing_w)
    if main.activity.kind is ActivityKind.WARM_UP:
        mast_w = spec.mast.heater_w if state.mast_k < spec.mast.warm_k else 0.0
        return Loads(base_w, drive_w, use.power_w, 0.0, spec.motors.heater_w, mast_w, wing_w)
    tools = _tools(spec, state)
    tool_w = math.fsum(power_w for _, power_w in tools)
    return Loads(base_w, drive_w, use.power_w, tool_w, 0.0, 0.0, wing_w, tools)


def _tools(spec: RoverSpec, state: RoverState) -> tuple[tuple[int, float], ...]:
    """Return number and power of the instruments at work [-, W]."""
    lanes = state.sequencer
    at_work = [lanes.main]
    if lanes.beside is not None and state.mobility.drive is not None:
        at_work.append(lanes.beside)  # the ground radar is fed while the wheels are at work
    kinds = {running.activity.kind for running in at_work if running is not None}
    return tuple(
        (number, tool.power_w)
        for number, tool in enumerate(spec.instruments.instrument)
        if tool.kind in kinds
    )


def tool_heat_w(spec: RoverSpec, loads: Loads) -> float:
    """Heat that instruments leave in the box: those on the mast give most of theirs away [W]."""
    every = spec.instruments.instrument
    return math.fsum(every[number].heat_frac * power_w for number, power_w in loads.tools)


def inside_of(
    spec: RoverSpec, state: RoverState, scene: Scene, light: Sunshine, load_w: float
) -> Inside:
    """Return the rover's own part in its heat, with the heaters it can still feed."""
    level_w_m2, box_frac, battery_frac = scene.outside.global_w_m2, 1.0, 1.0
    if state.power.shed_count:
        box_frac *= not is_shed(spec.power, state.power, Load.BOX_HEATER)
        battery_frac *= not is_shed(spec.power, state.power, Load.BATTERY_HEATER)
    if state.mode is Mode.HIBERNATING:
        # The wings feed the heaters directly, the battery's own first: it holds one of the keys.
        left_w = max(0.0, light.power_w - spec.bus.hibernate_w)
        battery_w, box_w = spec.thermal.battery_heater.power_w, spec.thermal.box_heater.power_w
        battery_frac *= min(1.0, left_w / battery_w) if battery_w > 0.0 else 0.0
        left_w = max(0.0, left_w - battery_w)
        box_frac *= min(1.0, left_w / box_w) if box_w > 0.0 else 0.0
    return Inside(
        load_w,
        light.yield_frac,
        light.mean_w_m2 / level_w_m2 if level_w_m2 > 0.0 else 1.0,
        box_frac,
        battery_frac,
    )


def motors_after_k(
    spec: MotorSpec, before_k: float, scene: Scene, heat_w: tuple[float, float], dt_s: float
) -> float:
    """Temperature of motors after the step; `heat_w` are their heater and the work they do [K]."""
    warmth_w = (
        heat_w[0] + spec.work_heat_frac * heat_w[1] + spec.sunlit_m2 * scene.outside.global_w_m2
    )
    return motor_temperature_k(spec, before_k, scene.outside.air_k, warmth_w, dt_s)
