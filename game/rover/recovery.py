"""The way back from safe mode: a list that a person can read, every item of which must hold."""

from typing import NamedTuple

from game.rover.heat import ThermalState
from game.rover.modes import BusSpec, SafeState
from game.rover.power import PowerSpec, PowerState, charge_frac
from game.units import celsius


class CheckItem(NamedTuple):
    """One condition of leaving safe mode: its name, how it stands, and whether it holds."""

    name: str
    text: str
    is_met: bool


def recovery_checklist(
    spec: BusSpec, power_spec: PowerSpec, power: PowerState, thermal: ThermalState, safe: SafeState
) -> tuple[CheckItem, ...]:
    """Return what a rover in safe mode waits for, in the order in which it usually comes."""
    charge = charge_frac(power_spec, power)
    items = [
        CheckItem(
            "charge",
            f"Charge at {100 * charge:.0f} % of {100 * power_spec.recovered_frac:.0f} % needed",
            not power.is_low,
        ),
        CheckItem(
            "battery",
            f"Battery at {celsius(thermal.battery_k):.0f} °C, "
            f"from {celsius(spec.recover_battery_k):.0f} °C it takes charge",
            thermal.battery_k >= spec.recover_battery_k,
        ),
        CheckItem(
            "electronics",
            f"Electronics at {celsius(thermal.box_k):.0f} °C, "
            f"safe from {celsius(spec.recover_box_k):.0f} °C",
            thermal.box_k >= spec.recover_box_k,
        ),
        _cause_item(power, safe),
    ]
    if spec.is_ground_needed:
        word = "has been given" if safe.is_released else "is awaited: send a plan, or Recover"
        items.append(CheckItem("go-ahead", f"The go-ahead from Earth {word}", safe.is_released))
    return tuple(items)


def is_recovered(
    spec: BusSpec, power_spec: PowerSpec, power: PowerState, thermal: ThermalState, safe: SafeState
) -> bool:
    """Say whether every item of the list holds."""
    items = recovery_checklist(spec, power_spec, power, thermal, safe)
    return all(item.is_met for item in items)


def _cause_item(power: PowerState, safe: SafeState) -> CheckItem:
    """Say whether what brought the rover here is over."""
    net_w = power.in_w - power.out_w
    return CheckItem(
        "cause",
        f"Cause ({safe.cause}): the wings bring {power.in_w:.0f} W, the rover takes "
        f"{power.out_w:.0f} W",
        net_w >= 0.0,
    )
