"""The small camera that is set down once and then looks back at rover and lander."""

import math
from dataclasses import dataclass, replace

from game.rover.imaging import CameraSpec, picture
from game.rover.records import SelfieRecord
from game.rover.setting import PlacedCamera, Scene
from game.units import wrap_rad


@dataclass(frozen=True, slots=True)
class SmallCameraSpec:
    """The camera on the ground.

    Its radio reaches `reach_m`; its own battery lasts for `pictures_count` pictures. `view_deg`
    wide, and the rover must be at least `clear_m` away to be more than a wheel.
    """

    reach_m: float
    clear_m: float
    view_deg: float
    pictures_count: int

    def __post_init__(self) -> None:
        if not 0.0 < self.clear_m < self.reach_m or self.pictures_count < 1:
            raise ValueError("clear_m must be above 0 and below reach_m, pictures_count above 0")


def placed(spec: SmallCameraSpec, x_m: float, y_m: float) -> PlacedCamera:
    """Set the camera down: it looks towards the lander, which stands at the origin."""
    return PlacedCamera(x_m, y_m, math.atan2(-x_m, -y_m) % math.tau, spec.pictures_count)


def used(camera: PlacedCamera) -> PlacedCamera:
    """Return the camera after one more picture."""
    return replace(camera, left_count=camera.left_count - 1)


def place_refusal(camera: PlacedCamera | None) -> str:
    """Say why the camera cannot be set down; empty if it can."""
    if camera is None:
        return ""
    return "The small camera stands on the ground already; there is only one."


def selfie_refusal(
    spec: SmallCameraSpec, camera: PlacedCamera | None, x_m: float, y_m: float
) -> str:
    """Say why the camera on the ground cannot take a picture now; empty if it can."""
    if camera is None:
        return "The small camera is still aboard; set it down first."
    if camera.left_count <= 0:
        return "The small camera's own battery is empty."
    away_m = math.dist((camera.x_m, camera.y_m), (x_m, y_m))
    if away_m > spec.reach_m:
        return (
            f"The small camera is {away_m:.0f} m away, its radio reaches {spec.reach_m:.0f} m; "
            "drive back to it."
        )
    if away_m < spec.clear_m:
        return f"The rover stands over the small camera; drive {spec.clear_m:.0f} m away from it."
    return ""


def selfie(
    spec: SmallCameraSpec, camera_spec: CameraSpec, scene: Scene, compression: float
) -> tuple[SelfieRecord, float]:
    """Take a picture from the ground; one without the rover in it is worth half."""
    camera, sight = scene.camera, scene.sight
    if camera is None:
        raise ValueError("the camera on the ground is needed")
    taken, quality = picture(camera_spec, scene, compression, math.radians(spec.view_deg))
    east, north = sight.x_m - camera.x_m, sight.y_m - camera.y_m
    is_rover_seen = _is_in_front(spec, camera, east, north)
    record = SelfieRecord(
        picture=taken,
        camera_x_m=camera.x_m,
        camera_y_m=camera.y_m,
        camera_azimuth_rad=camera.azimuth_rad,
        away_m=math.hypot(east, north),
        is_rover_seen=is_rover_seen,
        is_lander_seen=_is_in_front(spec, camera, -camera.x_m, -camera.y_m),
    )
    return record, quality if is_rover_seen else 0.5 * quality


def _is_in_front(spec: SmallCameraSpec, camera: PlacedCamera, east: float, north: float) -> bool:
    turn_rad = wrap_rad(math.atan2(east, north) - camera.azimuth_rad)
    return abs(turn_rad) < math.radians(spec.view_deg) / 2.0
