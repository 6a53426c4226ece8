"""Observations asked for by hand: which activity each command is."""

import math

from game.commands import (
    Activity,
    ActivityKind,
    Calibrate,
    Command,
    DeployCamera,
    ListenRadar,
    MeasureField,
    ReadInfrared,
    SampleSoil,
    TakeMultispectral,
    TakePicture,
    TakeSelfie,
)

HAND_PRIORITY = 9  # what a player does by hand goes before any plan

_PLAIN: dict[type, ActivityKind] = {
    Calibrate: ActivityKind.CALIBRATE,
    MeasureField: ActivityKind.MAGNETOMETER,
    DeployCamera: ActivityKind.DEPLOY_CAMERA,
    TakeSelfie: ActivityKind.SELFIE,
}


def observation_of(command: Command, tick: int) -> Activity | None:
    """Return the observation that a command asks for; None for other commands."""
    match command:
        case TakePicture() | TakeMultispectral():
            return Activity(
                0,
                _look(command),
                tick,
                1,
                azimuth_rad=command.azimuth_rad % math.tau,
                elevation_rad=command.elevation_rad,
                priority=HAND_PRIORITY,
                compression=command.compression,
            )
        case SampleSoil() | ReadInfrared():
            is_laser = isinstance(command, SampleSoil)
            return Activity(
                0,
                ActivityKind.SOIL if is_laser else ActivityKind.INFRARED,
                tick,
                1,
                priority=HAND_PRIORITY,
                range_m=command.range_m,
                bearing_rad=command.bearing_rad,
            )
        case ListenRadar(duration_s=duration_s):
            return Activity(0, ActivityKind.RADAR, tick, duration_s, priority=HAND_PRIORITY)
        case Calibrate() | MeasureField() | DeployCamera() | TakeSelfie():
            return Activity(0, _PLAIN[type(command)], tick, 1, priority=HAND_PRIORITY)
    return None


def _look(command: TakePicture | TakeMultispectral) -> ActivityKind:
    if isinstance(command, TakeMultispectral):
        return ActivityKind.MULTISPECTRAL
    return ActivityKind.PANORAMA if command.is_panorama else ActivityKind.PICTURE
