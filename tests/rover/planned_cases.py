"""One command for every kind of activity that gives one."""

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

Kind = ActivityKind
COMMANDS: dict[ActivityKind, PlannedCommand] = {
    Kind.TURN: Turn(1.0),
    Kind.ARC: Drive(-2.5, 0.125),
    Kind.CRAB: Crab(1.5, -0.7),
    Kind.CREEP: Creep(0.5),
    Kind.BODY: SetBody(0.1),
    Kind.LIFT_WHEEL: LiftWheel(3, is_lifted=False),
    Kind.WINGS: SetWings(WingMode.SHED),
    Kind.TILT_WINGS: TiltWings(0.3, -0.2),
    Kind.HEATER: SetHeater(Heater.BOX, 251.5),
    Kind.HIBERNATE: Hibernate(),
    Kind.SORT_QUEUE: SortQueue(are_thumbnails_first=False),
}
