"""Where heat sits in the rover, and how it flows: box, battery, deck, wings and wax."""

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.units import STEFAN_BOLTZMANN_W_M2_K4 as SIGMA


@dataclass(frozen=True, slots=True)
class HeaterSpec:
    """An electric heater with a thermostat: on below one temperature, off above another.

    The ground may move the first between `lowest_on_k` and `highest_on_k`; the span stays.
    """

    power_w: float
    on_k: float
    off_k: float
    lowest_on_k: float = 173.15
    highest_on_k: float = 313.15

    def __post_init__(self) -> None:
        """Refuse a thermostat without hysteresis, or one outside its own limits."""
        if not 0.0 <= self.power_w <= 1000.0 or self.on_k >= self.off_k:
            raise ValueError("power_w must be from 0 to 1000, and on_k must be below off_k")
        if self.lowest_on_k > self.highest_on_k:
            raise ValueError("lowest_on_k must not be above highest_on_k")


@dataclass(frozen=True, slots=True)
class ThermalSpec:
    """Heat capacities, conductances, skins, heaters and the wax store.

    `store_kg` of wax behind `window_area_m2` of window melts at `store_melt_k` with
    `store_latent_j_kg`; 0 kg leaves the store out. Worked out from these: the window that takes
    light, and what both skins radiate per K4. `convection_...` give the film coefficient
    of the thin air, h = a sqrt(wind / length) + b. `longest_step_s` bounds one stride.
    `box_isotope_w` and `battery_isotope_w` are radioisotope heaters, which never go out. [W]
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
    box_isotope_w: float = 0.0
    battery_isotope_w: float = 0.0
    window_m2: float = field(init=False, compare=False, repr=False)
    shell_glow_w_k4: float = field(init=False, compare=False, repr=False)
    array_glow_w_k4: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse a body that heat cannot flow through; work out what every step asks for."""
        self._check()
        window_m2 = self.window_absorptivity * self.window_area_m2 if self.store_kg > 0.0 else 0.0
        shell_m2 = self.shell_up_m2 + self.shell_down_m2
        object.__setattr__(self, "window_m2", window_m2)
        object.__setattr__(self, "shell_glow_w_k4", SIGMA * self.shell_emissivity * shell_m2)
        array_w_k4 = SIGMA * self.array_emissivity * 2.0 * self.array_m2
        object.__setattr__(self, "array_glow_w_k4", array_w_k4)

    def _check(self) -> None:
        """Name each number that is out of its range."""
        for name in ("box_j_k", "battery_j_k", "shell_j_k", "array_j_k"):
            if not 1.0 <= getattr(self, name) <= 1.0e8:
                raise ValueError(f"{name} must be from 1 to 1e8")
        for name in (
            "shell_emissivity",
            "shell_absorptivity",
            "array_emissivity",
            "array_absorptivity",
            "window_absorptivity",
        ):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} must be from 0 to 1")
        for name in (
            "box_shell_w_k",
            "box_battery_w_k",
            "store_kg",
            "window_area_m2",
            "array_m2",
            "box_isotope_w",
            "battery_isotope_w",
        ):
            if not 0.0 <= getattr(self, name) <= 1000.0:
                raise ValueError(f"{name} must be from 0 to 1000")
        if not 1.0 <= self.longest_step_s <= 300.0 or self.convection_length_m <= 0.0:
            raise ValueError("longest_step_s must be from 1 to 300, convection_length_m above 0")


@dataclass(frozen=True, slots=True)
class ThermalState:
    """Temperatures, the heat in the wax (0 is solid at the melting point), and the heaters.

    `window_clear_frac` is the share of light that passes the dust on the windows; `..._shift_k`
    how far the ground has moved a heater's set point; `..._heater_w` the mean electric power of a
    heater over the last step. `heat_in_j` (electricity, isotopes, sunlight, sky, ground and air)
    and `heat_out_j` (what the skins radiate and give to the air) are totals since the start.
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
    box_shift_k: float = 0.0
    battery_shift_k: float = 0.0
    box_heater_w: float = 0.0
    battery_heater_w: float = 0.0
    heat_in_j: float = 0.0
    heat_out_j: float = 0.0


Nodes = tuple[float, float, float, float, float]
Flows = tuple[float, float, float, float, float, float]


class Inside(NamedTuple):
    """What the rover itself does to its heat during one step.

    `load_w` is electric power that becomes heat in the box; `yield_frac` the share of the light
    on the wings that leaves them as electricity; `tilt_ratio` the light on the wings against that
    on level ground; `..._heater_frac` what of their power the heaters have.
    """

    load_w: float
    yield_frac: float
    tilt_ratio: float = 1.0
    box_heater_frac: float = 1.0
    battery_heater_frac: float = 1.0


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


def exchange(
    spec: ThermalSpec, state: ThermalState, outside: Surroundings, inside: Inside
) -> Exchange:
    """Work out what acts on the nodes, heaters still off.

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
    return Exchange(
        inside.load_w + spec.box_isotope_w,
        spec.battery_isotope_w,
        spec.window_m2 * state.window_clear_frac * light_w_m2,
        spec.shell_absorptivity * up_m2 * light_w_m2
        + spec.shell_emissivity * (up_m2 * sky_w_m2 + down_m2 * ground_w_m2)
        + shell_film_w_k * air_k,
        shell_film_w_k,
        spec.shell_glow_w_k4,
        (spec.array_absorptivity - inside.yield_frac) * array_m2 * inside.tilt_ratio * light_w_m2
        + spec.array_emissivity * array_m2 * (sky_w_m2 + ground_w_m2)
        + array_film_w_k * air_k,
        array_film_w_k,
        spec.array_glow_w_k4,
    )


def heat_flows(spec: ThermalSpec, nodes: Nodes, act: Exchange) -> Flows:
    """Heat gained by box, battery, shell, array and wax, and what leaves the rover [W]."""
    box_k, battery_k, shell_k, array_k, store_j = nodes
    box_w, battery_w, wax_w, shell_w, shell_film, shell_glow, array_w, array_film, array_glow = act
    box_out_w = spec.box_shell_w_k * (box_k - shell_k)
    to_battery_w = spec.box_battery_w_k * (box_k - battery_k)
    wax_box_w = wax_shell_w = 0.0
    if spec.store_kg > 0.0:
        wax_k = store_k(spec, store_j)
        wax_box_w = spec.store_box_w_k * (wax_k - box_k)
        wax_shell_w = spec.store_shell_w_k * (wax_k - shell_k)
    shell_out_w = (shell_glow * shell_k**3 + shell_film) * shell_k
    array_out_w = (array_glow * array_k**3 + array_film) * array_k
    return (
        box_w + wax_box_w - box_out_w - to_battery_w,
        battery_w + to_battery_w,
        shell_w + box_out_w + wax_shell_w - shell_out_w,
        array_w - array_out_w,
        wax_w - wax_box_w - wax_shell_w,
        shell_out_w + array_out_w,
    )
