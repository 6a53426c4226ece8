"""What may be read of power and heat: each with its unit, its meaning, and how to get it."""

from collections.abc import Callable

from game.rover.ledger import made_sol_j
from game.rover.machine import RoverSpec, RoverState
from game.rover.meters import heater_j, instrument_j
from game.rover.modes import Mode
from game.rover.power import array_dust_frac, capacity_j, charge_frac, usable_j
from game.rover.thermal import melted_frac
from game.rover.wings import wing_clear_frac

RoverRead = Callable[[RoverSpec, RoverState], float]


def _clear(state: RoverState, wing: int) -> float:
    return wing_clear_frac(state.power.wings)[wing]


POWER_READINGS: dict[str, tuple[str, str, RoverRead]] = {
    "charge_frac": ("-", "charge of the battery",
        lambda u, r: charge_frac(u.power, r.power)),
    "charge_j": ("J", "charge of the battery", lambda _, r: r.power.charge_j),
    "generated_w": ("W", "power of the array", lambda _, r: r.power.in_w),
    "load_w": ("W", "power taken by all loads", lambda _, r: r.power.out_w),
    "generated_j": ("J", "energy made", lambda _, r: r.power.generated_j),
    "consumed_j": ("J", "energy used", lambda _, r: r.power.consumed_j),
    "drive_j": ("J", "energy used to drive", lambda _, r: r.meters.drive_j),
    "base_j": ("J", "energy used by the computer", lambda _, r: r.meters.base_j),
    "heater_j": ("J", "energy used by heaters", lambda _, r: heater_j(r.meters)),
    "box_heater_j": ("J", "energy used by the heater of the box",
        lambda _, r: r.meters.box_heater_j),
    "battery_heater_j": ("J", "energy used by the heater of the battery",
        lambda _, r: r.meters.battery_heater_j),
    "wing_j": ("J", "energy used by wing motors", lambda _, r: r.meters.wing_j),
    "radio_j": ("J", "energy used by the radio", lambda _, r: r.meters.radio_j),
    "instrument_j": ("J", "energy used by instruments",
        lambda _, r: instrument_j(r.meters)),
    "lost_j": ("J", "energy lost by the round trip, or turned away",
        lambda _, r: r.power.lost_j),
    "spilled_j": ("J", "energy turned away by a full battery",
        lambda _, r: r.power.spilled_j),
    "refused_j": ("J", "energy turned away by a frozen battery",
        lambda _, r: r.power.refused_j),
    "made_sol_j": ("J", "energy made since midnight",
        lambda _, r: made_sol_j(r.books, r.power)[0]),
    "made_before_j": ("J", "energy made in the sol before",
        lambda _, r: made_sol_j(r.books, r.power)[1]),
    "array_dust_frac": ("-", "light that passes the dust on the wings",
        lambda u, r: array_dust_frac(u.power, r.power)),
    "left_clear_frac": ("-", "the same of the left wing", lambda _, r: _clear(r, 0)),
    "right_clear_frac": ("-", "the same of the right wing", lambda _, r: _clear(r, 1)),
    "rear_clear_frac": ("-", "the same of the last rear wing", lambda _, r: _clear(r, -1)),
    "left_tilt_rad": ("rad", "angle of the left wing, positive faces right",
        lambda _, r: r.power.wings.tilt_rad[0]),
    "right_tilt_rad": ("rad", "angle of the right wing, positive faces right",
        lambda _, r: r.power.wings.tilt_rad[1]),
    "window_clear_frac": ("-", "light that passes the dust on the windows",
        lambda _, r: r.thermal.window_clear_frac),
    "capacity_j": ("J", "what the battery holds at its age",
        lambda u, r: capacity_j(u.power, r.power)),
    "usable_j": ("J", "what the battery gives at its temperature",
        lambda u, r: usable_j(u.power, r.power, r.thermal.battery_k)),
    "array_k": ("K", "wings", lambda _, r: r.thermal.array_k),
    "box_k": ("K", "warm box", lambda _, r: r.thermal.box_k),
    "battery_k": ("K", "battery", lambda _, r: r.thermal.battery_k),
    "shell_k": ("K", "deck and hinges", lambda _, r: r.thermal.shell_k),
    "motor_k": ("K", "drive motors", lambda _, r: r.motor_k),
    "mast_k": ("K", "mast motors", lambda _, r: r.mast_k),
    "melted_frac": ("-", "share of the wax that is liquid",
        lambda u, r: melted_frac(u.thermal, r.thermal)),
    "shed_count": ("-", "loads switched off to save the battery",
        lambda _, r: float(r.power.shed_count)),
    "low_power": ("-", "1 in low-power mode", lambda _, r: float(r.mode is Mode.LOW)),
    "hibernating": ("-", "1 while hibernating", lambda _, r: float(r.mode is Mode.HIBERNATING)),
}  # fmt: skip
