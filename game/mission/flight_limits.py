"""The table of flight rules, read and joined with the limits of the machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.config import nearest, parse
from game.mission.flight_checks import CHECKS
from game.mission.flight_rules import FlightRules, Rule
from game.rover.machine import RoverSpec, night_sending_w
from game.units import WH_J

NEEDED = ("box_cold", "memory_full")  # other parts show their limits, too


@dataclass(frozen=True, slots=True)
class FlightTable:
    """What `[flight_rules]` of mission.toml holds; see `FlightRules` for the fields."""

    step_s: int
    saved_frac: float
    rule: tuple[Rule, ...]

    def __post_init__(self) -> None:
        """Refuse checks that nobody knows, and a table without what others show."""
        problems = [
            f"rule {rule.name!r}: unknown check {rule.check!r}{nearest(rule.check, CHECKS)}"
            for rule in self.rule
            if rule.check not in CHECKS
        ]
        missing = set(NEEDED) - {rule.name for rule in self.rule}
        problems += [f"a rule {name!r} is needed" for name in sorted(missing)]
        if problems:
            raise ValueError("; ".join(problems))

    def limit(self, name: str) -> float:
        """Return the limit of the rule of that name."""
        return next(rule.limit for rule in self.rule if rule.name == name)


def flight_rules(table: Mapping[str, Any], rover: RoverSpec) -> FlightRules:
    """Return what plans of a machine are held against.

    Raises
    ------
    ConfigError
        With every problem of the table.
    """
    read = parse(table, FlightTable, "mission.toml.flight_rules")
    motors = rover.motors
    return FlightRules(
        charge_floor_frac=rover.bus.floor_frac,
        box_floor_k=read.limit("box_cold"),
        memory_limit_frac=read.limit("memory_full"),
        send_w=night_sending_w(rover),
        capacity_j=rover.power.capacity_wh * WH_J,
        memory_bit=float(rover.storage.capacity_bit),
        step_s=read.step_s,
        saved_frac=read.saved_frac,
        motor_min_k=motors.min_k,
        motor_warm_k=motors.heater_w / motors.conductance_w_k,
        motor_warm_s=motors.heat_capacity_j_k / motors.conductance_w_k,
        rule=read.rule,
    )
