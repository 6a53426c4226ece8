"""Which work can go on side by side: wheels and tools, the radio, what listens, wings, settings."""

from enum import StrEnum

from game.commands import ActivityKind

# Kinds that are one order to the wheels, and all for which nothing but wheels is at work.
WHEEL_ORDERS = frozenset({
    ActivityKind.TURN, ActivityKind.ARC, ActivityKind.CRAB, ActivityKind.CREEP, ActivityKind.BODY,
    ActivityKind.LIFT_WHEEL,
})  # fmt: skip
DRIVES = WHEEL_ORDERS | {ActivityKind.DRIVE, ActivityKind.ROLL_OFF}
WING_WORK = frozenset({ActivityKind.WINGS, ActivityKind.TILT_WINGS})
SETTINGS = frozenset({ActivityKind.HEATER, ActivityKind.HIBERNATE, ActivityKind.SORT_QUEUE})
CHORES = WING_WORK | SETTINGS


class Lane(StrEnum):
    """Where an activity runs: one at a time in each, but settings are made in no time."""

    MAIN = "main"
    RADIO = "radio"
    BESIDE = "beside"
    WINGS = "wings"
    SETTING = "setting"


_LANES = (
    {ActivityKind.SEND: Lane.RADIO, ActivityKind.RADAR: Lane.BESIDE}
    | dict.fromkeys(WING_WORK, Lane.WINGS)
    | dict.fromkeys(SETTINGS, Lane.SETTING)
)


def lane_of(kind: ActivityKind) -> Lane:
    """Return the lane in which this kind runs."""
    return _LANES.get(kind, Lane.MAIN)
