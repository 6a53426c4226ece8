"""Four wings, one battery: what the light gives, what the rover takes, what is left at dawn."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.units import WH_J


@dataclass(frozen=True, slots=True)
class CapacityPoint:
    """Share of the battery's energy that can be used at a temperature."""

    battery_k: float
    usable_frac: float


@dataclass(frozen=True, slots=True)
class PowerSpec:
    """Array and battery, as built.

    Array: `array_area_m2` of wing, of which `packing_frac` is cell; `cell_efficiency_frac` at
    `cell_reference_k`, falling by `cell_loss_1_k`; spectral factor 1 - a tau - b tau^2 up to
    `spectral_tau_limit`; `wiring_frac` and `system_frac` reach the bus. `tilting_frac` of the
    area can be tilted up to `tilt_limit_deg`; `ground_albedo_frac` lights a tilted wing from
    below. Battery: `capacity_wh`; `charge_efficiency_frac` of what goes in comes out again; no
    charging below `charge_inhibit_k`; `usable` falls with cold (ascending temperature); the rover
    drops to survival below `low_frac` and is ready again above `recovered_frac`. The bus falls
    from `bus_full_v` to `bus_empty_v`.
    """

    array_area_m2: float
    tilting_frac: float
    tilt_limit_deg: float
    packing_frac: float
    cell_efficiency_frac: float
    cell_reference_k: float
    cell_loss_1_k: float
    spectral_linear: float
    spectral_square: float
    spectral_tau_limit: float
    wiring_frac: float
    system_frac: float
    ground_albedo_frac: float
    capacity_wh: float
    charge_efficiency_frac: float
    charge_inhibit_k: float
    low_frac: float
    recovered_frac: float
    bus_full_v: float
    bus_empty_v: float
    usable: tuple[CapacityPoint, ...]

    def __post_init__(self) -> None:
        """Refuse a battery that cannot work."""
        if self.capacity_wh <= 0.0 or self.array_area_m2 < 0.0:
            raise ValueError("capacity_wh must be above 0 and array_area_m2 not below 0")
        if not 0.0 <= self.low_frac < self.recovered_frac <= 1.0:
            raise ValueError("low_frac must be below recovered_frac, both from 0 to 1")
        if not 0.0 < self.charge_efficiency_frac <= 1.0:
            raise ValueError("charge_efficiency_frac must be above 0 and at most 1")
        steps = [point.battery_k for point in self.usable]
        if not steps or steps != sorted(steps):
            raise ValueError("usable must list ascending battery_k")


@dataclass(frozen=True, slots=True)
class PowerState:
    """Charge, dust, wings, and running totals.

    `array_dust_frac` is the share of light that passes the dust (1 is clean). `in_w`, `out_w`
    and `unserved_w` are means over the last step: made by the array, taken by the loads, and
    asked for but not there. Totals since the start: charge = first charge + `generated_j`
    - `consumed_j` - `lost_j`; lost is the round trip plus what a full or frozen battery refused.
    """

    charge_j: float
    array_dust_frac: float = 1.0
    wing_tilt_rad: float = 0.0
    wing_azimuth_rad: float = 0.0
    is_low: bool = False
    in_w: float = 0.0
    out_w: float = 0.0
    unserved_w: float = 0.0
    generated_j: float = 0.0
    consumed_j: float = 0.0
    lost_j: float = 0.0


class Supply(NamedTuple):
    """What the bus sees during one step; powers are means over it."""

    generated_w: float
    load_w: float
    battery_k: float
    dust_rate_1_s: float = 0.0


def initial_power(spec: PowerSpec, charge_frac: float) -> PowerState:
    """Return a clean array, level wings, and a battery charged to a fraction."""
    return PowerState(charge_j=charge_frac * spec.capacity_wh * WH_J)


def cell_yield_frac(spec: PowerSpec, tau: float, array_k: float) -> float:
    """Share of the light on a clean wing that its cells turn into electricity [-].

    Parameters
    ----------
    tau : float
        Optical depth of the dust above. [-]
    array_k : float
        Temperature of the wings. [K]

    Notes
    -----
    Packing, temperature and the reddening of the light; not wiring, system or dust on the wing.
    The spectral fit was made for tau up to 4 and is held beyond.

    References
    ----------
    .. [1] B. E. Anspaugh, "GaAs Solar Cell Radiation Handbook", JPL 96-9, 1996 (linear
       temperature coefficient).
    """
    dust = min(tau, spec.spectral_tau_limit)
    spectral = 1.0 - spec.spectral_linear * dust - spec.spectral_square * dust * dust
    warm = 1.0 - spec.cell_loss_1_k * (array_k - spec.cell_reference_k)
    return spec.cell_efficiency_frac * spec.packing_frac * warm * spectral


def plane_irradiance_w_m2(
    light: Surroundings, tilt_rad: float, azimuth_rad: float, albedo_frac: float
) -> float:
    """Light on a plane tilted towards an azimuth: beam, even sky and ground [W/m2].

    References
    ----------
    .. [1] J. Appelbaum, G. A. Landis, I. Sherman, "Solar Radiation on Mars: Stationary
       Photovoltaic Array", NASA TM-106321, 1993 (isotropic sky).
    """
    up = max(0.0, math.sin(light.sun_elevation_rad))
    level_w_m2 = light.beam_w_m2 * up
    if tilt_rad == 0.0:
        return level_w_m2 + light.diffuse_w_m2
    facing = math.cos(tilt_rad) * up + math.sin(tilt_rad) * math.cos(
        light.sun_elevation_rad
    ) * math.cos(light.sun_azimuth_rad - azimuth_rad)
    sky = (1.0 + math.cos(tilt_rad)) / 2.0
    ground_w_m2 = albedo_frac * (level_w_m2 + light.diffuse_w_m2) * (1.0 - sky)
    return light.beam_w_m2 * max(0.0, facing) + light.diffuse_w_m2 * sky + ground_w_m2


def array_power_w(spec: PowerSpec, state: PowerState, light: Surroundings, array_k: float) -> float:
    """Electrical power that the wings bring to the bus now [W]."""
    flat_w_m2 = plane_irradiance_w_m2(light, 0.0, 0.0, spec.ground_albedo_frac)
    if flat_w_m2 <= 0.0:
        return 0.0
    if state.wing_tilt_rad != 0.0:
        tilted_w_m2 = plane_irradiance_w_m2(
            light, state.wing_tilt_rad, state.wing_azimuth_rad, spec.ground_albedo_frac
        )
        flat_w_m2 += spec.tilting_frac * (tilted_w_m2 - flat_w_m2)
    share = cell_yield_frac(spec, light.tau, array_k) * spec.wiring_frac * spec.system_frac
    return flat_w_m2 * spec.array_area_m2 * share * state.array_dust_frac


def usable_frac(spec: PowerSpec, battery_k: float) -> float:
    """Share of the battery's capacity that can be drawn at a temperature [-]."""
    before = spec.usable[0]
    if battery_k <= before.battery_k:
        return before.usable_frac
    for point in spec.usable[1:]:
        if battery_k < point.battery_k:
            share = (battery_k - before.battery_k) / (point.battery_k - before.battery_k)
            return before.usable_frac + share * (point.usable_frac - before.usable_frac)
        before = point
    return before.usable_frac


def usable_j(spec: PowerSpec, charge_j: float, battery_k: float) -> float:
    """Energy that can be drawn now: cold locks the bottom of the battery [J]."""
    locked_j = (1.0 - usable_frac(spec, battery_k)) * spec.capacity_wh * WH_J
    return max(0.0, charge_j - locked_j)


def charge_frac(spec: PowerSpec, state: PowerState) -> float:
    """Charge as a share of the full battery [-]."""
    return state.charge_j / (spec.capacity_wh * WH_J)


def bus_v(spec: PowerSpec, state: PowerState) -> float:
    """Voltage of the bus, falling in a straight line with the charge [V]."""
    return spec.bus_empty_v + (spec.bus_full_v - spec.bus_empty_v) * charge_frac(spec, state)


def step_power(
    spec: PowerSpec, state: PowerState, supply: Supply, dt_s: float
) -> tuple[PowerState, bool]:
    """Advance the battery and the dust on the wings by one step.

    Returns
    -------
    tuple of PowerState and bool
        The new state, and whether a load went dark because the battery gave out.
    """
    full_j = spec.capacity_wh * WH_J
    generated_j = supply.generated_w * dt_s
    surplus_j = generated_j - supply.load_w * dt_s
    if surplus_j >= 0.0:
        unserved_j = 0.0
        stored_j = 0.0
        if supply.battery_k >= spec.charge_inhibit_k:
            stored_j = min(surplus_j * spec.charge_efficiency_frac, full_j - state.charge_j)
        consumed_j = generated_j - surplus_j
    else:
        stored_j = max(surplus_j, -usable_j(spec, state.charge_j, supply.battery_k))
        unserved_j = stored_j - surplus_j
        consumed_j = generated_j - stored_j
    charge_j = state.charge_j + stored_j
    return PowerState(
        charge_j,
        state.array_dust_frac * math.exp(-supply.dust_rate_1_s * dt_s),
        state.wing_tilt_rad,
        state.wing_azimuth_rad,
        charge_j < (spec.recovered_frac if state.is_low else spec.low_frac) * full_j,
        supply.generated_w,
        consumed_j / dt_s,
        unserved_j / dt_s,
        state.generated_j + generated_j,
        state.consumed_j + consumed_j,
        state.lost_j + (generated_j - consumed_j - stored_j),
    ), unserved_j > 0.0


def cleaned(state: PowerState, gain_frac: float) -> float:
    """Share of light that passes the dust after a gust took some of it away [-]."""
    return min(1.0, state.array_dust_frac * (1.0 + gain_frac))
