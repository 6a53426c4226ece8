"""The door to everything on wheels: orders in; motion, energy and events out."""

import math

from game.changes import changed
from game.events import (
    DriveEnded,
    Embedded,
    Event,
    PositionFixed,
    RolledOff,
    SlipHigh,
    WheelsSinking,
)
from game.rover.believing import as_believed, believed_place, off_m
from game.rover.drive import DriveKind, DriveOrder, Ground, Obstacle, Phase
from game.rover.driving import first_progress, is_sinking, stretch, turnout
from game.rover.estimate import Estimate, Pose, ellipse, known
from game.rover.gear import (
    Halt,
    MobilitySpec,
    MobilityState,
    Stretch,
    Where,
    lift_m,
    rim_speed_m_s,
    sinkage_m,
    stopped,
    tilt_rad,
)
from game.rover.guiding import pace_of
from game.rover.halts import SINKING, choices_after
from game.rover.motion import settled
from game.rover.orders import drive_refusal
from game.rover.position import carried, checked, fixed, set_out, sighted
from game.rover.preview import DrivePreview, preview_drive
from game.units import wrap_rad

__all__ = [
    "DriveKind",
    "DriveOrder",
    "DrivePreview",
    "Ground",
    "Halt",
    "MobilitySpec",
    "MobilityState",
    "Obstacle",
    "Where",
    "as_believed",
    "begin_drive",
    "believed_place",
    "drive_refusal",
    "end_drive",
    "initial_mobility",
    "leg_ticks",
    "lift_m",
    "off_m",
    "preview_drive",
    "settled",
    "sinkage_m",
    "step_mobility",
    "stopped",
    "tilt_rad",
    "with_bus",
    "with_fix",
    "with_sight",
]

_IDLE_TICKS = 300  # the longest step there is
_LEG_TICKS = 10  # the longest step under way
_WALK_TICKS = 60  # creeping covers a tenth of a metre in a minute


def initial_mobility(
    x_m: float, y_m: float, heading_rad: float, is_on_lander: bool
) -> MobilityState:
    """Return a rover at rest; `settled` gives it the attitude of the ground."""
    here = known(Pose(x_m, y_m, heading_rad))
    return MobilityState(x_m, y_m, heading_rad, is_on_lander=is_on_lander, estimate=here)


def begin_drive(
    spec: MobilitySpec, state: MobilityState, order: DriveOrder, seed: int, tick: int
) -> MobilityState:
    """Start an order; one under way is replaced. Ask `drive_refusal` first."""
    if state.drive is None:
        state = changed(state, estimate=set_out(spec.position, state.estimate, seed, tick))
    return changed(
        state,
        drive=order,
        progress=first_progress(spec, state, order),
        is_slip_warned=False,
        is_sink_warned=False,
        drive_odometer_m=0.0,
        drive_energy_j=0.0,
    )


def end_drive(
    spec: MobilitySpec, state: MobilityState, tick: int, halt: Halt, ground: Ground | None = None
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Stop the wheels now and say why; without a drive under way nothing happens."""
    if state.drive is None:
        return state, ()
    choices = choices_after(spec, state, halt, ground)
    ended = DriveEnded(
        tick, state.drive_odometer_m, state.drive_energy_j, halt.cause, halt.reason, choices
    )
    still = changed(
        state,
        drive=None,
        progress=None,
        speed_m_s=0.0,
        steer_rad=0.0,
        halt_reason=halt.reason,
        halt_cause=halt.cause,
    )
    return still, (ended,)


def with_bus(spec: MobilitySpec, state: MobilityState, bus_v: float) -> MobilityState:
    """Tell the motors the voltage of the bus; low voltage drives slowly."""
    share = (bus_v - spec.bus_none_v) / (spec.bus_full_v - spec.bus_none_v)
    speed_frac = min(1.0, max(spec.slowest_frac, share))
    if speed_frac == state.bus_speed_frac:
        return state
    return changed(state, bus_speed_frac=speed_frac)


def with_sight(spec: MobilitySpec, state: MobilityState, seed: int, tick: int) -> MobilityState:
    """Take heading and way from a photograph that was just taken."""
    pose = Pose(state.x_m, state.y_m, state.heading_rad)
    return changed(state, estimate=sighted(spec.position, state.estimate, pose, seed, tick))


def with_fix(
    spec: MobilitySpec, state: MobilityState, source: str, sigma_m: float, draw: tuple[int, int]
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Find the place from above: the radio of a pass, or a picture by the orbiter.

    Parameters
    ----------
    source, sigma_m
        What found it, in words, and one sigma of it. [m]
    draw : tuple of int
        Seed and tick.
    """
    before = state.estimate
    if spec.position.is_exact or ellipse(before).long_m < sigma_m / 2.0:
        return state, ()
    pose = Pose(state.x_m, state.y_m, state.heading_rad)
    after = fixed(spec.position, before, pose, sigma_m, draw)
    moved_m = math.hypot(after.x_m - before.x_m, after.y_m - before.y_m)
    now_m = ellipse(after).long_m
    fix = PositionFixed(draw[1], source, moved_m, now_m)
    return changed(state, estimate=after), (fix,)


def leg_ticks(spec: MobilitySpec, state: MobilityState) -> int:
    """How long the wheels want the next step to be: 1 by hand, 10 under way, longer in looks [s].

    Parked, the answer is the longest step there is.
    """
    if state.drive is None or state.progress is None:
        return _IDLE_TICKS
    if state.drive.is_by_hand:
        return 1
    match state.progress.phase:
        case Phase.LOOK | Phase.CHECK | Phase.STEER | Phase.LIFT | Phase.BACK_OUT:
            return max(1, math.ceil(state.progress.left_s))
        case Phase.CREEP | Phase.FREE:
            return _WALK_TICKS
        case Phase.MOVE:
            speed_m_s = spec.ramp.speed_m_s if state.is_on_lander else rim_speed_m_s(spec, state)
            return max(1, min(_LEG_TICKS, math.ceil(state.progress.left_m / speed_m_s)))
    return _LEG_TICKS


def step_mobility(
    spec: MobilitySpec, state: MobilityState, where: Where, dt_s: float
) -> tuple[MobilityState, float, tuple[Event, ...]]:
    """Advance the wheels by one step that starts at the tick of `where`.

    Returns
    -------
    tuple of MobilityState, float and events
        The new state, the mean electric power of wheels and drive electronics over the step [W],
        and what happened.
    """
    if state.drive is None:
        return state, 0.0, ()
    left_s, energy_j = dt_s, 0.0
    events: tuple[Event, ...] = ()
    tick = where.tick
    while left_s > 1e-9 and state.drive is not None:
        done = stretch(spec, state, where, left_s)
        left_s -= done.used_s
        energy_j += done.energy_j
        where = where._replace(tick=tick + math.ceil(dt_s - left_s - 1e-9))
        state, news = _carried_on(spec, state, done, where)
        events += news
    return state, energy_j / dt_s, events


def _carried_on(
    spec: MobilitySpec, before: MobilityState, done: Stretch, where: Where
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Book a stretch, then let the order go on or end."""
    order, progress = before.drive, before.progress
    assert order is not None
    assert progress is not None
    is_checked = (
        progress.phase is Phase.CHECK
        and done.used_s >= progress.left_s - 1e-9
        and pace_of(spec.navigation, order.navigation).is_slip_measured
    )
    after, estimate = done.state, _located(spec, before, done, where, is_checked=is_checked)
    if estimate is not after.estimate:
        after = changed(after, estimate=estimate)
    after, events = _warned(spec, before, after, where.tick)
    halt = done.halt
    if halt is None and is_sinking(spec, order, after):
        halt = SINKING
    if halt is None:
        progress, halt = turnout(spec, order, progress, done._replace(state=after), where)
    state = changed(
        after,
        drive_odometer_m=before.drive_odometer_m + done.ground_m,
        drive_energy_j=before.drive_energy_j + done.energy_j,
        progress=progress,
    )
    if halt is None:
        return state, events
    state, ended = end_drive(spec, state, where.tick, halt, where.ground)
    return state, (*events, *ended)


def _located(
    spec: MobilitySpec, before: MobilityState, done: Stretch, where: Where, *, is_checked: bool
) -> Estimate:
    """Return what the rover believes of its place after a stretch."""
    after = done.state
    pose = Pose(after.x_m, after.y_m, after.heading_rad)
    if is_checked:
        return checked(spec.position, before.estimate, pose, where.seed, where.tick)
    if done.ground_m == 0.0 and done.wheel_m == 0.0 and after.heading_rad == before.heading_rad:
        return after.estimate
    turned_rad = wrap_rad(after.heading_rad - before.heading_rad)
    moved = (done.used_s, turned_rad)
    return carried(spec.position, before.estimate, pose, done.felt, moved)


def _warned(
    spec: MobilitySpec, before: MobilityState, after: MobilityState, tick: int
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Tell what a driver should know: slip, digging wheels, and being caught at last."""
    events: list[Event] = []
    if after.slip_frac > spec.slip_warn_frac and not before.is_slip_warned:
        events.append(SlipHigh(tick, after.slip_frac))
        after = changed(after, is_slip_warned=True)
    if not before.is_sink_warned:
        wheel = max(range(len(after.wheel_dug_m)), key=after.wheel_dug_m.__getitem__)
        dug_m, current_a = after.wheel_dug_m[wheel], after.wheel_current_a[wheel]
        if dug_m > spec.strain.warn_dug_m or current_a > spec.strain.warn_current_a:
            slip_frac = after.wheel_slip_frac[wheel]
            events.append(WheelsSinking(tick, wheel, dug_m, slip_frac, current_a))
            after = changed(after, is_sink_warned=True)
    if after.is_embedded and not before.is_embedded:
        events.append(Embedded(tick, sinkage_m(after)))
    if before.is_on_lander and not after.is_on_lander:
        events.append(RolledOff(tick))
    return after, tuple(events)
