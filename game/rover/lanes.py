"""Which work can go on side by side: the radio, what listens beside other work, and the rest."""

from enum import StrEnum

from game.commands import ActivityKind


class Lane(StrEnum):
    """Where an activity runs: one at a time in each."""

    MAIN = "main"
    RADIO = "radio"
    BESIDE = "beside"


def lane_of(kind: ActivityKind) -> Lane:
    """Return the lane in which this kind runs."""
    if kind is ActivityKind.SEND:
        return Lane.RADIO
    return Lane.BESIDE if kind is ActivityKind.RADAR else Lane.MAIN
