"""The door to everything on wheels: orders in; motion, energy and events out."""

import math
from dataclasses import replace
from itertools import chain, pairwise

from game.events import DriveEnded, Embedded, Event, RolledOff, SlipHigh
from game.rover.drive import (
    DriveKind,
    DriveOrder,
    DrivePreview,
    Ground,
    Obstacle,
    Phase,
)
from game.rover.driving import Turnout, first_progress, stretch, turnout
from game.rover.gear import MobilitySpec, MobilityState, Stretch, lift_m, rim_speed_m_s, tilt_rad
from game.rover.motion import settled
from game.rover.preview import preview_drive

__all__ = [
    "DriveKind",
    "DriveOrder",
    "DrivePreview",
    "Ground",
    "MobilitySpec",
    "MobilityState",
    "Obstacle",
    "begin_drive",
    "drive_refusal",
    "end_drive",
    "initial_mobility",
    "leg_ticks",
    "lift_m",
    "preview_drive",
    "settled",
    "step_mobility",
    "tilt_rad",
    "with_bus",
]

_IDLE_TICKS = 300  # the longest step there is
_LEG_TICKS = 10  # the longest step under way


def initial_mobility(
    x_m: float, y_m: float, heading_rad: float, is_on_lander: bool
) -> MobilityState:
    """Return a rover at rest; `settled` gives it the attitude of the ground."""
    return MobilityState(x_m, y_m, heading_rad, is_on_lander=is_on_lander)


def drive_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    """Say why an order cannot be carried out, in words; empty if it can."""
    numbers = (order.distance_m, order.curvature_1_m, order.x_m, order.y_m, order.heading_rad)
    if not all(map(math.isfinite, (*numbers, *chain(*order.waypoints)))):
        return "A drive needs finite numbers."
    if order.kind is DriveKind.ROLL_OFF:
        return "" if state.is_on_lander else "The rover has left the lander already."
    if state.is_on_lander and not (order.kind is DriveKind.ARC and order.distance_m > 0.0):
        return "The rover stands on the lander: roll off first."
    if order.kind is DriveKind.ARC:
        return _arc_refusal(spec, order)
    return _goto_refusal(spec, state, order) if order.kind is DriveKind.GOTO else ""


def _arc_refusal(spec: MobilitySpec, order: DriveOrder) -> str:
    if not 0.0 < abs(order.distance_m) <= spec.longest_order_m:
        return f"One drive is more than 0 and at most {spec.longest_order_m:.0f} m long."
    if abs(order.curvature_1_m) > spec.largest_curvature_1_m:
        radius_m = 1.0 / spec.largest_curvature_1_m
        return f"The sharpest arc has a radius of {radius_m:.1f} m; turn in place instead."
    return ""


def _goto_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    route = ((state.x_m, state.y_m), *order.waypoints, (order.x_m, order.y_m))
    away_m = sum(math.dist(*leg) for leg in pairwise(route))
    if away_m > spec.longest_order_m:
        return f"The goal is {away_m:.0f} m away; a drive is at most {spec.longest_order_m:.0f} m."
    if len(order.waypoints) > spec.most_waypoints_count:
        return f"A drive has at most {spec.most_waypoints_count} waypoints."
    return "The rover is there already." if away_m <= spec.navigation.arrival_m else ""


def begin_drive(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> MobilityState:
    """Start an order; one under way is replaced. Ask `drive_refusal` first."""
    return replace(
        state,
        drive=order,
        progress=first_progress(spec, state, order),
        is_slip_warned=False,
        drive_odometer_m=0.0,
        drive_energy_j=0.0,
    )


def end_drive(
    state: MobilityState, tick: int, cause: str
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Stop the wheels now and say why; without a drive under way nothing happens."""
    if state.drive is None:
        return state, ()
    ended = DriveEnded(tick, state.drive_odometer_m, state.drive_energy_j, cause)
    still = replace(state, drive=None, progress=None, speed_m_s=0.0, steer_rad=0.0)
    return still, (ended,)


def with_bus(spec: MobilitySpec, state: MobilityState, bus_v: float) -> MobilityState:
    """Tell the motors the voltage of the bus; low voltage drives slowly."""
    share = (bus_v - spec.bus_none_v) / (spec.bus_full_v - spec.bus_none_v)
    speed_frac = min(1.0, max(spec.slowest_frac, share))
    if speed_frac == state.bus_speed_frac:
        return state
    return replace(state, bus_speed_frac=speed_frac)


def leg_ticks(spec: MobilitySpec, state: MobilityState) -> int:
    """How long the wheels want the next step to be: 1 by hand, 10 under way, longer in looks [s].

    Parked, the answer is the longest step there is.
    """
    if state.drive is None or state.progress is None:
        return _IDLE_TICKS
    if state.drive.is_by_hand:
        return 1
    if state.progress.phase in (Phase.LOOK, Phase.CHECK):
        return max(1, math.ceil(state.progress.left_s))
    if state.progress.phase is Phase.MOVE:
        speed_m_s = spec.ramp.speed_m_s if state.is_on_lander else rim_speed_m_s(spec, state)
        return max(1, min(_LEG_TICKS, math.ceil(state.progress.left_m / speed_m_s)))
    return _LEG_TICKS


def step_mobility(
    spec: MobilitySpec,
    state: MobilityState,
    ground: Ground,
    seed: int,
    tick: int,
    dt_s: float,
) -> tuple[MobilityState, float, tuple[Event, ...]]:
    """Advance the wheels by one step that starts at a tick.

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
    while left_s > 1e-9 and state.drive is not None and state.progress is not None:
        done = stretch(spec, state, state.drive, state.progress, (ground, seed), left_s)
        left_s -= done.used_s
        energy_j += done.energy_j
        now = tick + math.ceil(dt_s - left_s - 1e-9)
        state, news = _carried_on(spec, state, done, ground, now)
        events += news
    return state, energy_j / dt_s, events


def _carried_on(
    spec: MobilitySpec, before: MobilityState, done: Stretch, ground: Ground, tick: int
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Book a stretch, then let the order go on or end."""
    order, progress = before.drive, before.progress
    assert order is not None
    assert progress is not None
    if done.cause:
        after = Turnout(progress, is_over=True, cause=done.cause)
    else:
        after = turnout(spec, order, progress, done, ground)
    is_high = done.state.slip_frac > spec.slip_warn_frac and not before.is_slip_warned
    state = replace(
        done.state,
        is_slip_warned=before.is_slip_warned or is_high,
        drive_odometer_m=before.drive_odometer_m + done.ground_m,
        drive_energy_j=before.drive_energy_j + done.energy_j,
        progress=after.progress,
    )
    events: list[Event] = []
    if is_high:
        events.append(SlipHigh(tick, state.slip_frac))
    if state.is_embedded and not before.is_embedded:
        events.append(Embedded(tick, state.sinkage_m))
    if before.is_on_lander and not state.is_on_lander:
        events.append(RolledOff(tick))
    if not after.is_over:
        return state, tuple(events)
    state, ended = end_drive(state, tick, after.cause)
    return state, (*events, *ended)
