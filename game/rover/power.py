"""Four wings, one battery: what the light gives, what the rover takes, what is left at dawn."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.changes import quick
from game.rover.battery import (
    AgeingSpec,
    CapacityPoint,
    Load,
    ShedStage,
    fade_frac,
    shed_count,
    usable_frac,
)
from game.rover.wings import WingsSpec, WingsState, initial_wings, wing_clear_frac
from game.units import SOL_S, WH_J


@dataclass(frozen=True, slots=True)
class PowerSpec:
    """Array and battery, as built.

    Array: `packing_frac` of the wings is cell; `cell_efficiency_frac` at `cell_reference_k`,
    falling by `cell_loss_1_k`; spectral factor 1 - a tau - b tau^2 up to `spectral_tau_limit`,
    beyond it falls by exp(-`spectral_thick` tau);
    `wiring_frac` and `system_frac` reach the bus; `working_frac` of the cells still work.
    `ground_albedo_frac` lights a tilted wing from below. Battery: `capacity_wh` when new;
    `charge_efficiency_frac` of what goes in comes out again; no charging below
    `charge_inhibit_k`; `usable` falls with cold (ascending temperature); it is low below
    `low_frac`, or when less than `low_usable_frac` can be drawn, until it is above
    `recovered_frac`; `shed` names what is switched off meanwhile, in order. The bus falls from
    `bus_full_v` to `bus_empty_v`.
    """

    wings: WingsSpec
    ageing: AgeingSpec
    packing_frac: float
    cell_efficiency_frac: float
    cell_reference_k: float
    cell_loss_1_k: float
    spectral_linear: float
    spectral_square: float
    spectral_tau_limit: float
    spectral_thick: float
    wiring_frac: float
    system_frac: float
    ground_albedo_frac: float
    capacity_wh: float
    charge_efficiency_frac: float
    charge_inhibit_k: float
    low_frac: float
    low_usable_frac: float
    recovered_frac: float
    bus_full_v: float
    bus_empty_v: float
    usable: tuple[CapacityPoint, ...]
    shed: tuple[ShedStage, ...] = ()
    working_frac: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a battery that cannot work."""
        if not 0.0 < self.capacity_wh <= 1.0e6:
            raise ValueError("capacity_wh must be above 0, at most 1e6")
        if not 0.0 <= self.low_frac < self.recovered_frac <= 1.0:
            raise ValueError("low_frac must be below recovered_frac, both from 0 to 1")
        if not 0.0 < self.charge_efficiency_frac <= 1.0:
            raise ValueError("charge_efficiency_frac must be above 0 and at most 1")
        steps = [point.battery_k for point in self.usable]
        if not steps or steps != sorted(steps):
            raise ValueError("usable must list ascending battery_k")
        for name in ("packing_frac", "cell_efficiency_frac", "wiring_frac", "system_frac"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} must be from 0 to 1")


@dataclass(frozen=True, slots=True)
class PowerState:
    """Charge, wings, age, and running totals.

    `fade_frac` is the share of the capacity lost to age; `shed_count` how many stages of `shed`
    are switched off. `in_w`, `out_w` and `unserved_w` are means over the last step: made by the
    array, taken by the loads, and asked for but not there. Totals since the start: charge = first
    charge + `generated_j` - `consumed_j` - `lost_j`; lost is the round trip plus what a full
    battery (`spilled_j`) or a frozen one (`refused_j`) turned away.
    """

    charge_j: float
    wings: WingsState
    fade_frac: float = 0.0
    shed_count: int = 0
    is_low: bool = False
    in_w: float = 0.0
    out_w: float = 0.0
    unserved_w: float = 0.0
    generated_j: float = 0.0
    consumed_j: float = 0.0
    lost_j: float = 0.0
    spilled_j: float = 0.0
    refused_j: float = 0.0


_made = quick(PowerState)


class Supply(NamedTuple):
    """What the bus sees during one step; powers are means over it.

    Wings that bring more than `fed_w` feed computer and heaters alone: then nothing need be shed
    for a cold battery.
    """

    generated_w: float
    load_w: float
    battery_k: float
    fed_w: float = math.inf


def initial_power(spec: PowerSpec, charge_frac: float, clear_frac: float = 1.0) -> PowerState:
    """Return level wings that pass a share of the light, and a battery charged to a fraction."""
    wings = initial_wings(spec.wings, clear_frac)
    return PowerState(charge_frac * spec.capacity_wh * WH_J, wings)


def array_area_m2(spec: PowerSpec) -> float:
    """Area of all wings [m2]."""
    return math.fsum(spec.wings.area_m2)


def array_dust_frac(spec: PowerSpec, state: PowerState) -> float:
    """Share of the light that passes the dust on the wings, over their area; 1 is clean [-]."""
    clear = wing_clear_frac(state.wings)
    area_m2 = spec.wings.area_m2
    return math.fsum(a * c for a, c in zip(area_m2, clear, strict=True)) / math.fsum(area_m2)


def capacity_j(spec: PowerSpec, state: PowerState) -> float:
    """Energy that the battery holds at its age [J]."""
    return spec.capacity_wh * WH_J * (1.0 - state.fade_frac)


def usable_j(spec: PowerSpec, state: PowerState, battery_k: float) -> float:
    """Energy that can be drawn now: cold locks the bottom of the battery [J]."""
    locked_j = (1.0 - usable_frac(spec.usable, battery_k)) * capacity_j(spec, state)
    return max(0.0, state.charge_j - locked_j)


def charge_frac(spec: PowerSpec, state: PowerState) -> float:
    """Charge as a share of what the battery holds at its age [-]."""
    return state.charge_j / capacity_j(spec, state)


def is_shed(spec: PowerSpec, state: PowerState, load: Load) -> bool:
    """Say whether a load is switched off to save the battery."""
    return any(stage.load is load for stage in spec.shed[: state.shed_count])


def bus_v(spec: PowerSpec, state: PowerState) -> float:
    """Voltage of the bus, falling in a straight line with the charge [V]."""
    return spec.bus_empty_v + (spec.bus_full_v - spec.bus_empty_v) * charge_frac(spec, state)


def step_power(
    spec: PowerSpec, state: PowerState, supply: Supply, wings: WingsState, dt_s: float
) -> tuple[PowerState, bool]:
    """Advance the battery by one step; `wings` are as they are after it.

    Returns
    -------
    tuple of PowerState and bool
        The new state, and whether a load went dark because the battery gave out.
    """
    full_j = capacity_j(spec, state)
    reach = usable_frac(spec.usable, supply.battery_k)
    flow = _flow(spec, state, supply, dt_s, (full_j, reach))
    cycles = -flow.stored_j / full_j if flow.stored_j < 0.0 else 0.0
    fade = state.fade_frac + fade_frac(spec.ageing, cycles, supply.battery_k, dt_s / SOL_S)
    full_j = spec.capacity_wh * WH_J * (1.0 - fade)
    stored_j = min(flow.stored_j, full_j - state.charge_j)  # what no longer fits is lost with age
    charge_j = state.charge_j + stored_j
    charge = charge_j / full_j
    usable = max(0.0, charge - 1.0 + reach)
    needed = usable if supply.generated_w < supply.fed_w else 1.0
    return _made(
        charge_j,
        wings,
        fade,
        shed_count(spec.shed, state.shed_count, charge, needed),
        _is_low(spec, state, charge, usable),
        supply.generated_w,
        flow.consumed_j / dt_s,
        flow.unserved_j / dt_s,
        state.generated_j + flow.generated_j,
        state.consumed_j + flow.consumed_j,
        state.lost_j + (flow.generated_j - flow.consumed_j - stored_j),
        state.spilled_j + flow.spilled_j,
        state.refused_j + flow.refused_j,
    ), flow.unserved_j > 0.0


class _Flow(NamedTuple):
    """Where the energy of one step went [J]."""

    generated_j: float
    consumed_j: float
    stored_j: float
    unserved_j: float = 0.0
    spilled_j: float = 0.0
    refused_j: float = 0.0


def _flow(
    spec: PowerSpec, state: PowerState, supply: Supply, dt_s: float, holds: tuple[float, float]
) -> _Flow:
    """Share one step's energy out; `holds` are capacity [J] and its usable share in the cold."""
    full_j, reach = holds
    generated_j, load_j = supply.generated_w * dt_s, supply.load_w * dt_s
    surplus_j = generated_j - load_j
    if surplus_j < 0.0:
        stored_j = max(surplus_j, -max(0.0, state.charge_j - (1.0 - reach) * full_j))
        return _Flow(generated_j, generated_j - stored_j, stored_j, stored_j - surplus_j)
    consumed_j = generated_j - surplus_j
    if supply.battery_k < spec.charge_inhibit_k:
        return _Flow(generated_j, consumed_j, 0.0, 0.0, 0.0, surplus_j)
    taken_j = surplus_j * spec.charge_efficiency_frac
    stored_j = min(taken_j, full_j - state.charge_j)
    spilled_j = max(0.0, surplus_j - stored_j / spec.charge_efficiency_frac)
    return _Flow(generated_j, consumed_j, stored_j, 0.0, spilled_j)


def _is_low(spec: PowerSpec, state: PowerState, charge: float, usable: float) -> bool:
    """Say whether the battery is low, with its memory: it recovers higher than it falls."""
    if state.is_low:
        return charge < spec.recovered_frac or usable < spec.low_usable_frac
    return charge < spec.low_frac or usable < spec.low_usable_frac
