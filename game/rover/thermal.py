"""Warm box, battery, deck and wings through one step, and the heaters that keep them alive."""

import math

from game.changes import quick
from game.environment.surroundings import Surroundings
from game.rover.heat import (
    Exchange,
    HeaterSpec,
    Inside,
    Nodes,
    ThermalSpec,
    ThermalState,
    exchange,
    heat_flows,
)

_made = quick(ThermalState)


def initial_thermal(
    box_k: float, outside_k: float, clear_frac: float = 1.0, store_j: float = 0.0
) -> ThermalState:
    """Return a rover with one temperature inside and one outside; the wax solid, about to melt.

    `clear_frac` of the light passes the dust on the windows. [-]
    """
    return ThermalState(box_k, box_k, outside_k, outside_k, store_j, window_clear_frac=clear_frac)


def melted_frac(spec: ThermalSpec, state: ThermalState) -> float:
    """Share of the wax that is liquid [-]."""
    latent_j = spec.store_kg * spec.store_latent_j_kg
    return min(1.0, max(0.0, state.store_j / latent_j)) if latent_j > 0.0 else 0.0


def stored_heat_j(spec: ThermalSpec, state: ThermalState) -> float:
    """Heat in all nodes, counted from absolute zero and from solid wax at its melting point [J]."""
    return (
        spec.box_j_k * state.box_k
        + spec.battery_j_k * state.battery_k
        + spec.shell_j_k * state.shell_k
        + spec.array_j_k * state.array_k
        + state.store_j
    )


def _stride(spec: ThermalSpec, nodes: Nodes, act: Exchange, dt_s: float) -> tuple[Nodes, float]:
    """Advance all nodes by the midpoint rule; every joule leaves one node for another.

    Also return the heat that left the rover [J].
    """
    box_k, battery_k, shell_k, array_k, store_j = nodes
    half_s = dt_s / 2.0
    box_w, battery_w, shell_w, array_w, wax_w, _ = heat_flows(spec, nodes, act)
    box_j_k, battery_j_k = spec.box_j_k, spec.battery_j_k
    shell_j_k, array_j_k = spec.shell_j_k, spec.array_j_k
    half = (
        box_k + box_w * half_s / box_j_k,
        battery_k + battery_w * half_s / battery_j_k,
        shell_k + shell_w * half_s / shell_j_k,
        array_k + array_w * half_s / array_j_k,
        store_j + wax_w * half_s,
    )
    box_w, battery_w, shell_w, array_w, wax_w, out_w = heat_flows(spec, half, act)
    after = (
        box_k + box_w * dt_s / box_j_k,
        battery_k + battery_w * dt_s / battery_j_k,
        shell_k + shell_w * dt_s / shell_j_k,
        array_k + array_w * dt_s / array_j_k,
        store_j + wax_w * dt_s,
    )
    return after, out_w * dt_s


def set_points_k(heater: HeaterSpec, shift_k: float) -> tuple[float, float]:
    """Return where a heater goes on and off after the ground has moved its set point [K]."""
    return heater.on_k + shift_k, heater.off_k + shift_k


def _switch_frac(
    points_k: tuple[float, float], is_on: bool, before_k: float, after_k: float
) -> float:
    """Share of a stride after which the thermostat switches; 1 or more if it does not [-]."""
    limit_k = points_k[1] if is_on else points_k[0]
    if (before_k >= limit_k) if is_on else (before_k <= limit_k):
        return 0.0
    if (after_k >= limit_k) if is_on else (after_k <= limit_k):
        return (limit_k - before_k) / (after_k - before_k)
    return 2.0


def step_thermal(
    spec: ThermalSpec, state: ThermalState, outside: Surroundings, inside: Inside, dt_s: float
) -> ThermalState:
    """Advance all temperatures by one step of up to several minutes.

    Parameters
    ----------
    outside : Surroundings
        Taken at the middle of the step, for accuracy. [-]
    inside : Inside
        Heat and light by the rover's own doing.
    dt_s : float
        Length of the step. [s]

    Notes
    -----
    Midpoint rule in strides of at most `longest_step_s`; a stride ends where a thermostat
    switches, so heater energy does not depend on the step.
    """
    base = exchange(spec, state, outside, inside)
    nodes = (state.box_k, state.battery_k, state.shell_k, state.array_k, state.store_j)
    on = (state.is_box_heated, state.is_battery_heated)
    points_k = (
        set_points_k(spec.box_heater, state.box_shift_k),
        set_points_k(spec.battery_heater, state.battery_shift_k),
    )
    powers_w = _heater_powers_w(spec, state, inside)
    left_s, box_j, battery_j, out_j = dt_s, 0.0, 0.0, 0.0
    while left_s > 0.0:
        box_w = powers_w[0] if on[0] else 0.0
        battery_w = powers_w[1] if on[1] else 0.0
        act = base
        if box_w or battery_w:
            act = Exchange(base[0] + box_w, base[1] + battery_w, *base[2:])
        stride_s = min(left_s, spec.longest_step_s)
        after, gone_j = _stride(spec, nodes, act, stride_s)
        first, switched = _switches(points_k, on, nodes, after)
        if first < 1.0:
            stride_s *= first
            after, gone_j = _stride(spec, nodes, act, stride_s) if stride_s > 0.0 else (nodes, 0.0)
        on = switched
        box_j += box_w * stride_s
        battery_j += battery_w * stride_s
        out_j += gone_j
        nodes = after
        left_s -= stride_s
    taken_w = base[0] + base[1] + base[2] + base[3] + base[6]
    return _made(
        *nodes,
        *on,
        state.has_heater_power,
        state.window_clear_frac * math.exp(-outside.dust_rate_1_s * dt_s),
        state.box_shift_k,
        state.battery_shift_k,
        box_j / dt_s,
        battery_j / dt_s,
        state.heat_in_j + taken_w * dt_s + box_j + battery_j,
        state.heat_out_j + out_j,
    )


def _switches(
    points_k: tuple[tuple[float, float], tuple[float, float]],
    on: tuple[bool, bool],
    before: Nodes,
    after: Nodes,
) -> tuple[float, tuple[bool, bool]]:
    """Return after which share of a stride a thermostat switches first, and how both are then."""
    if _rests(points_k[0], on[0], before[0], after[0]) and _rests(
        points_k[1], on[1], before[1], after[1]
    ):
        return 2.0, on
    box_frac = _switch_frac(points_k[0], on[0], before[0], after[0])
    battery_frac = _switch_frac(points_k[1], on[1], before[1], after[1])
    first = min(box_frac, battery_frac)
    if first > 1.0:
        return first, on
    return first, (on[0] ^ (box_frac == first), on[1] ^ (battery_frac == first))


def _rests(points_k: tuple[float, float], is_on: bool, before_k: float, after_k: float) -> bool:
    """Say whether a thermostat has no reason to switch anywhere in a stride."""
    if is_on:
        return before_k < points_k[1] and after_k < points_k[1]
    return before_k > points_k[0] and after_k > points_k[0]


def _heater_powers_w(spec: ThermalSpec, state: ThermalState, inside: Inside) -> tuple[float, float]:
    """Return what the heaters of box and battery give when they are on [W]."""
    if not state.has_heater_power:
        return 0.0, 0.0
    return (
        spec.box_heater.power_w * inside.box_heater_frac,
        spec.battery_heater.power_w * inside.battery_heater_frac,
    )
