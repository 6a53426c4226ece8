"""The camera that is set down once."""

import math
from dataclasses import replace

import pytest

from game.rover.setting import PlacedCamera, Scene
from game.rover.small_camera import place_refusal, placed, selfie, selfie_refusal, used
from tests.rover.payload_cases import shipped_payload, sight, weather

TOOLS = shipped_payload().instruments
SPEC = TOOLS.small_camera
CAMERA = placed(SPEC, 0.0, -16.0)


def scene(x_m: float, y_m: float, camera: PlacedCamera | None = CAMERA) -> Scene:
    here = replace(sight(), x_m=x_m, y_m=y_m)
    return Scene(here, 180, (weather(),), 273.0, camera=camera)


def test_it_looks_towards_the_lander_from_where_it_stands() -> None:
    assert CAMERA.azimuth_rad == pytest.approx(0.0)
    assert placed(SPEC, 10.0, 0.0).azimuth_rad == pytest.approx(1.5 * math.pi)


def test_it_is_set_down_once() -> None:
    assert place_refusal(None) == ""
    assert "only one" in place_refusal(CAMERA)


@pytest.mark.parametrize(
    ("camera", "place_m", "words"),
    [
        (None, (0.0, -16.0), "still aboard; set it down first"),
        (CAMERA, (0.0, -16.5), "stands over the small camera; drive 3 m away"),
        (CAMERA, (0.0, -60.0), "44 m away, its radio reaches 40 m; drive back"),
        (replace(CAMERA, left_count=0), (0.0, -10.0), "own battery is empty"),
        (CAMERA, (0.0, -6.0), ""),  # the real group photo was taken from 10 m (CNSA, 11 June 2021)
    ],
)
def test_a_picture_needs_the_camera_out_near_and_fed(
    camera: PlacedCamera | None, place_m: tuple[float, float], words: str
) -> None:
    said = selfie_refusal(SPEC, camera, *place_m)
    assert words in said
    assert bool(words) == bool(said)


def test_rover_and_lander_are_seen_when_they_stand_in_front() -> None:
    record, quality = selfie(SPEC, TOOLS.camera, scene(1.0, -8.0), 8.0)
    assert (record.is_rover_seen, record.is_lander_seen) == (True, True)
    assert record.away_m == pytest.approx(math.hypot(1.0, 8.0))
    behind, half = selfie(SPEC, TOOLS.camera, scene(0.0, -24.0), 8.0)
    assert (behind.is_rover_seen, behind.is_lander_seen) == (False, True)
    assert half == pytest.approx(0.5 * quality)


def test_each_picture_takes_from_the_battery() -> None:
    camera = CAMERA
    for _ in range(SPEC.pictures_count):
        camera = used(camera)
    assert "battery" in selfie_refusal(SPEC, camera, 0.0, -8.0)


def test_a_picture_without_a_camera_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="on the ground"):
        selfie(SPEC, TOOLS.camera, scene(0.0, 0.0, None), 8.0)
