"""Wheel and mast motors: too cold to turn at dawn, warmed by a heater or by the day."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MotorSpec:
    """What the motors are like.

    heat_capacity_j_k : all motors of the group and their gears together. [J/K]
    conductance_w_k : to the air and ground around them. [W/K]
    sunlit_m2 : area that takes sunlight, times its absorptivity. [m2]
    heater_w : while warming up. [W]
    work_heat_frac : share of drive power that stays in the motors. [-]
    min_k : below this the grease is too stiff to turn. [K]
    warm_k : a heater warms up to this and not further. [K]
    """

    heat_capacity_j_k: float
    conductance_w_k: float
    sunlit_m2: float
    heater_w: float
    work_heat_frac: float
    min_k: float
    warm_k: float

    def __post_init__(self) -> None:
        """Refuse motors without heat capacity or contact, and heaters beyond sense."""
        if self.heat_capacity_j_k <= 0.0 or self.conductance_w_k <= 0.0:
            raise ValueError("heat_capacity_j_k and conductance_w_k must be above 0")
        if not 0.0 <= self.heater_w <= 1000.0 or self.warm_k < self.min_k:
            raise ValueError("heater_w must be from 0 to 1000, warm_k not below min_k")


def motor_temperature_k(
    spec: MotorSpec, before_k: float, outside_k: float, heating_w: float, dt_s: float
) -> float:
    """Temperature of the motors after some seconds at constant surroundings [K].

    Exact solution of one node, C dT/dt = Q − G (T − Tₒ), so any step length gives the same answer.
    """
    settled_k = outside_k + heating_w / spec.conductance_w_k
    decay = math.exp(-dt_s * spec.conductance_w_k / spec.heat_capacity_j_k)
    return settled_k + (before_k - settled_k) * decay
