"""What a new order on the plan says at first: small, safe, and seen from where the rover stands."""

import math
from collections.abc import Callable

from game.commands import (
    ActivityKind,
    Crab,
    Creep,
    Drive,
    LiftWheel,
    PlannedCommand,
    SetBody,
    SortQueue,
    Turn,
)
from game.machine_commands import Heater, Hibernate, SetHeater, SetWings, TiltWings, WingMode
from game.state import Setup, State

Kind = ActivityKind
ARC_M, CRAB_M, CREEP_M, BODY_M, TILT_RAD = 2.0, 1.0, 0.5, 0.05, math.radians(20.0)


def tidy_rad(angle_rad: float) -> float:
    """Return an angle to a tenth of a degree: a plan file gives it back to the last bit [rad]."""
    return math.radians(round(math.degrees(angle_rad), 1))


def _wheel(_: Setup, state: State) -> PlannedCommand:
    """Put a lifted wheel down, or lift the one that is worn most."""
    place = state.rover.mobility
    if place.lifted_wheel >= 0:
        return LiftWheel(place.lifted_wheel, is_lifted=False)
    wear = place.wheel_wear_frac
    return LiftWheel(max(range(len(wear)), key=lambda k: wear[k]))


def _heater(setup: Setup, state: State) -> PlannedCommand:
    heat = setup.rover.thermal.box_heater
    return SetHeater(Heater.BOX, heat.on_k + state.rover.thermal.box_shift_k)


_USUAL: dict[ActivityKind, Callable[[Setup, State], PlannedCommand]] = {
    Kind.TURN: lambda _, state: Turn(
        tidy_rad((state.rover.mobility.estimate.heading_rad + math.pi / 2.0) % math.tau)
    ),
    Kind.ARC: lambda *_: Drive(ARC_M),
    Kind.CRAB: lambda *_: Crab(CRAB_M, math.radians(90.0)),
    Kind.CREEP: lambda *_: Creep(CREEP_M),
    Kind.BODY: lambda *_: SetBody(BODY_M),
    Kind.LIFT_WHEEL: _wheel,
    Kind.WINGS: lambda *_: SetWings(WingMode.TRACK),
    Kind.TILT_WINGS: lambda *_: TiltWings(TILT_RAD, -TILT_RAD),
    Kind.HEATER: _heater,
    Kind.HIBERNATE: lambda *_: Hibernate(),
    Kind.SORT_QUEUE: lambda *_: SortQueue(),
}  # fmt: skip


def usual_command(setup: Setup, state: State, kind: ActivityKind) -> PlannedCommand | None:
    """Return what a new activity of a kind tells the rover; None for kinds that give no command."""
    make = _USUAL.get(kind)
    return None if make is None else make(setup, state)
