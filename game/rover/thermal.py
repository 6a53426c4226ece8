"""Warm box, battery, deck and wings, and the wax that remembers the noon Sun."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.units import STEFAN_BOLTZMANN_W_M2_K4 as SIGMA


@dataclass(frozen=True, slots=True)
class HeaterSpec:
    """An electric heater with a thermostat: on below one temperature, off above another."""

    power_w: float
    on_k: float
    off_k: float

    def __post_init__(self) -> None:
        """Refuse a thermostat without hysteresis."""
        if self.power_w < 0.0 or self.on_k >= self.off_k:
            raise ValueError("power_w must not be below 0, and on_k must be below off_k")


@dataclass(frozen=True, slots=True)
class ThermalSpec:
    """Heat capacities, conductances, skins, heaters and the wax store.

    `store_kg` of wax behind `window_area_m2` of window melts at `store_melt_k` with
    `store_latent_j_kg`; 0 kg leaves the store out. `convection_...` give the film coefficient
    of the thin air, h = a sqrt(wind / length) + b. `longest_step_s` bounds one stride.
    """

    box_j_k: float
    battery_j_k: float
    shell_j_k: float
    array_j_k: float
    box_shell_w_k: float
    box_battery_w_k: float
    shell_up_m2: float
    shell_down_m2: float
    shell_emissivity: float
    shell_absorptivity: float
    array_m2: float
    array_emissivity: float
    array_absorptivity: float
    convection_wind: float
    convection_still_w_m2_k: float
    convection_length_m: float
    box_heater: HeaterSpec
    battery_heater: HeaterSpec
    store_kg: float
    store_melt_k: float
    store_latent_j_kg: float
    store_solid_j_kg_k: float
    store_liquid_j_kg_k: float
    store_box_w_k: float
    store_shell_w_k: float
    window_area_m2: float
    window_absorptivity: float
    longest_step_s: float


@dataclass(frozen=True, slots=True)
class ThermalState:
    """Temperatures, the heat in the wax (0 is solid at the melting point), and the heaters.

    `heater_w` is the mean electric power of both heaters over the last step; `window_clear_frac`
    the share of light that passes the dust on the windows.
    """

    box_k: float
    battery_k: float
    shell_k: float
    array_k: float
    store_j: float = 0.0
    is_box_heated: bool = False
    is_battery_heated: bool = False
    has_heater_power: bool = True
    window_clear_frac: float = 1.0
    heater_w: float = 0.0
    heater_j: float = 0.0


Nodes = tuple[float, float, float, float, float]


class Exchange(NamedTuple):
    """What acts on the nodes during one step, with everything constant already worked out.

    `box_w`, `battery_w` and `wax_w` are heat put in from electronics, heaters and windows;
    `shell_w` and `array_w` what the skins take from light, sky, ground and air before giving
    any away; films and radiation carry heat back. [W, W/K, W/K4]
    """

    box_w: float
    battery_w: float
    wax_w: float
    shell_w: float
    shell_film_w_k: float
    shell_glow_w_k4: float
    array_w: float
    array_film_w_k: float
    array_glow_w_k4: float


def initial_thermal(box_k: float, outside_k: float, store_j: float = 0.0) -> ThermalState:
    """Return a rover with one temperature inside and one outside; the wax solid, about to melt."""
    return ThermalState(box_k, box_k, outside_k, outside_k, store_j)


def convection_w_m2_k(spec: ThermalSpec, wind_m_s: float) -> float:
    """Film coefficient of the thin air over a plate [W/m2/K]."""
    flow = math.sqrt(max(wind_m_s, 0.0) / spec.convection_length_m)
    return spec.convection_wind * flow + spec.convection_still_w_m2_k


def store_k(spec: ThermalSpec, store_j: float) -> float:
    """Temperature of the wax: it stands still while the wax melts [K]."""
    if spec.store_kg <= 0.0:
        return spec.store_melt_k
    if store_j < 0.0:
        return spec.store_melt_k + store_j / (spec.store_kg * spec.store_solid_j_kg_k)
    excess_j = store_j - spec.store_kg * spec.store_latent_j_kg
    return spec.store_melt_k + max(0.0, excess_j) / (spec.store_kg * spec.store_liquid_j_kg_k)


def melted_frac(spec: ThermalSpec, state: ThermalState) -> float:
    """Share of the wax that is liquid [-]."""
    latent_j = spec.store_kg * spec.store_latent_j_kg
    return min(1.0, max(0.0, state.store_j / latent_j)) if latent_j > 0.0 else 0.0


def exchange(
    spec: ThermalSpec, state: ThermalState, outside: Surroundings, load_w: float, yield_frac: float
) -> Exchange:
    """Work out what acts on the nodes, heaters still off.

    Parameters
    ----------
    load_w : float
        Electric power that becomes heat inside the box. [W]
    yield_frac : float
        Share of the light on the wings that leaves them as electricity. [-]

    References
    ----------
    .. [1] D. G. Gilmore (ed.), "Spacecraft Thermal Control Handbook", vol. 1, 2002 (lumped
       nodes; radiation to sky and ground, film to the air).
    """
    light_w_m2, air_k, sky_w_m2 = outside.global_w_m2, outside.air_k, outside.longwave_w_m2
    up_m2, down_m2, array_m2 = spec.shell_up_m2, spec.shell_down_m2, spec.array_m2
    film_w_m2_k = convection_w_m2_k(spec, outside.wind_m_s)
    ground_w_m2 = SIGMA * outside.ground_k**4
    shell_film_w_k = film_w_m2_k * (up_m2 + down_m2)
    array_film_w_k = film_w_m2_k * 2.0 * array_m2
    window_m2 = spec.window_absorptivity * spec.window_area_m2 if spec.store_kg > 0.0 else 0.0
    return Exchange(
        load_w,
        0.0,
        window_m2 * state.window_clear_frac * light_w_m2,
        spec.shell_absorptivity * up_m2 * light_w_m2
        + spec.shell_emissivity * (up_m2 * sky_w_m2 + down_m2 * ground_w_m2)
        + shell_film_w_k * air_k,
        shell_film_w_k,
        SIGMA * spec.shell_emissivity * (up_m2 + down_m2),
        (spec.array_absorptivity - yield_frac) * array_m2 * light_w_m2
        + spec.array_emissivity * array_m2 * (sky_w_m2 + ground_w_m2)
        + array_film_w_k * air_k,
        array_film_w_k,
        SIGMA * spec.array_emissivity * 2.0 * array_m2,
    )


def heat_flows(spec: ThermalSpec, nodes: Nodes, act: Exchange) -> Nodes:
    """Heat that each node gains: box, battery, shell, array, wax [W]."""
    box_k, battery_k, shell_k, array_k, store_j = nodes
    box_w, battery_w, wax_w, shell_w, shell_film, shell_glow, array_w, array_film, array_glow = act
    box_out_w = spec.box_shell_w_k * (box_k - shell_k)
    to_battery_w = spec.box_battery_w_k * (box_k - battery_k)
    wax_box_w = wax_shell_w = 0.0
    if spec.store_kg > 0.0:
        wax_k = store_k(spec, store_j)
        wax_box_w = spec.store_box_w_k * (wax_k - box_k)
        wax_shell_w = spec.store_shell_w_k * (wax_k - shell_k)
    return (
        box_w + wax_box_w - box_out_w - to_battery_w,
        battery_w + to_battery_w,
        shell_w + box_out_w + wax_shell_w - (shell_glow * shell_k**3 + shell_film) * shell_k,
        array_w - (array_glow * array_k**3 + array_film) * array_k,
        wax_w - wax_box_w - wax_shell_w,
    )


def _stride(spec: ThermalSpec, nodes: Nodes, act: Exchange, dt_s: float) -> Nodes:
    """Advance all nodes by the midpoint rule; every joule leaves one node for another."""
    half = _moved(spec, nodes, heat_flows(spec, nodes, act), dt_s / 2.0)
    return _moved(spec, nodes, heat_flows(spec, half, act), dt_s)


def _moved(spec: ThermalSpec, nodes: Nodes, flows_w: Nodes, dt_s: float) -> Nodes:
    return (
        nodes[0] + flows_w[0] * dt_s / spec.box_j_k,
        nodes[1] + flows_w[1] * dt_s / spec.battery_j_k,
        nodes[2] + flows_w[2] * dt_s / spec.shell_j_k,
        nodes[3] + flows_w[3] * dt_s / spec.array_j_k,
        nodes[4] + flows_w[4] * dt_s,
    )


def _switch_frac(heater: HeaterSpec, is_on: bool, before_k: float, after_k: float) -> float:
    """Share of a stride after which the thermostat switches; 1 or more if it does not [-]."""
    limit_k = heater.off_k if is_on else heater.on_k
    if (before_k >= limit_k) if is_on else (before_k <= limit_k):
        return 0.0
    if (after_k >= limit_k) if is_on else (after_k <= limit_k):
        return (limit_k - before_k) / (after_k - before_k)
    return 2.0


def step_thermal(
    spec: ThermalSpec,
    state: ThermalState,
    outside: Surroundings,
    load_w: float,
    yield_frac: float,
    dt_s: float,
) -> tuple[ThermalState, float]:
    """Advance all temperatures by one step of up to several minutes.

    Parameters
    ----------
    outside : Surroundings
        Taken at the middle of the step, for accuracy. [-]
    load_w : float
        Electric power that becomes heat inside the box. [W]
    yield_frac : float
        Share of the light on the wings that leaves them as electricity. [-]
    dt_s : float
        Length of the step. [s]

    Returns
    -------
    tuple of ThermalState and float
        The new state, and the mean electric power of the heaters. [W]

    Notes
    -----
    Midpoint rule in strides of at most `longest_step_s`; a stride ends where a thermostat
    switches, so heater energy does not depend on the step.
    """
    base = exchange(spec, state, outside, load_w, yield_frac)
    nodes = (state.box_k, state.battery_k, state.shell_k, state.array_k, state.store_j)
    box_on, battery_on = state.is_box_heated, state.is_battery_heated
    left_s, spent_j = dt_s, 0.0
    while left_s > 0.0:
        box_w = spec.box_heater.power_w if box_on and state.has_heater_power else 0.0
        battery_w = spec.battery_heater.power_w if battery_on and state.has_heater_power else 0.0
        act = Exchange(base[0] + box_w, base[1] + battery_w, *base[2:])
        stride_s = min(left_s, spec.longest_step_s)
        after = _stride(spec, nodes, act, stride_s)
        box_frac = _switch_frac(spec.box_heater, box_on, nodes[0], after[0])
        battery_frac = _switch_frac(spec.battery_heater, battery_on, nodes[1], after[1])
        first = min(box_frac, battery_frac)
        if first < 1.0:
            stride_s *= first
            after = _stride(spec, nodes, act, stride_s) if stride_s > 0.0 else nodes
        box_on ^= box_frac == first and first <= 1.0
        battery_on ^= battery_frac == first and first <= 1.0
        spent_j += (box_w + battery_w) * stride_s
        nodes = after
        left_s -= stride_s
    heater_w = spent_j / dt_s
    return ThermalState(
        *nodes,
        box_on,
        battery_on,
        state.has_heater_power,
        state.window_clear_frac,
        heater_w,
        state.heater_j + spent_j,
    ), heater_w
