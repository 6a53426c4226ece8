"""Time of one frame of the surface view while driving at sixty times real time.

Run: python -m tests.benchmarks.bench_frame [--seconds 20]
"""

import argparse
import math
import os
import statistics
import sys
import time
from functools import partial

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from game.rules import load_rules
from game.ui.camera import Camera
from game.ui.draw.baker import SunPlace
from game.ui.draw.ground import GroundView
from game.ui.draw.rover_shape import RoverPose
from game.ui.draw.scene import Scene
from game.world.terrain import Terrain

SITE = "utopia-planitia"
RATE = 60.0
SPEED_M_S = 200.0 / 3600.0  # the rover's pace
SUN_RAD_S = math.tau / 88_775.0
FRAME_S = 1.0 / 60.0
START_M = -30.0  # clear of the lander


def scene_at(now_s: float) -> Scene:
    """A drive along a gentle curve in the early afternoon."""
    way_m = SPEED_M_S * RATE * now_s
    radius_m = 60.0
    angle_rad = way_m / radius_m
    x_m, y_m = radius_m * (math.cos(angle_rad) - 1.0), START_M - radius_m * math.sin(angle_rad)
    heading_rad = math.pi + angle_rad
    count = int(way_m / 0.5)
    track = tuple(
        (radius_m * (math.cos(a) - 1.0), START_M - radius_m * math.sin(a))
        for a in (0.5 * k / radius_m for k in range(count + 1))
    )
    turned_rad = SUN_RAD_S * RATE * now_s
    sun = SunPlace(math.radians(50.0) - turned_rad, math.radians(270.0) + turned_rad, 0.44)
    rover = RoverPose(x_m, y_m, heading_rad, 0.1, way_m, heading_rad, 0.1)
    return Scene(rover, sun, track, now_s=now_s)


def measure(seconds: float) -> dict[str, float]:
    """Return frame times while driving, by the clock and by the work of this thread [ms].

    On a busy machine the clock also counts what others do; the work does not.
    """
    pygame.display.init()
    target = pygame.display.set_mode((1280, 720))
    view = GroundView(partial(Terrain, load_rules().terrain(7, SITE, ())))
    camera = Camera(view.spec.camera, (1280, 720), 0.0, START_M)
    try:
        view.fill(camera.view, scene_at(0.0))
        view.draw(target, camera.view, scene_at(0.0), FRAME_S)
        frames = _drive(view, camera, target, seconds)
    finally:
        view.close()
    found = {"frame_count": float(len(frames))}
    for name, column in (("frame", 0), ("work", 1)):
        ordered = sorted(frame[column] for frame in frames)
        found[f"{name}_median_ms"] = statistics.median(ordered)
        found[f"{name}_p99_ms"] = ordered[int(len(ordered) * 0.99)]
        found[f"{name}_worst_ms"] = ordered[-1]
    found["sharp_frac"] = sum(frame[2] for frame in frames) / len(frames)
    return found


def _drive(
    view: GroundView, camera: Camera, target: pygame.Surface, seconds: float
) -> list[tuple[float, float, float]]:
    """Return clock [ms], work [ms] and the sharp part of the ground, frame by frame."""
    clock = pygame.time.Clock()
    frames = []
    start_s = time.perf_counter()
    now_s = 0.0
    while now_s < seconds:
        scene = scene_at(now_s)
        begin_s, worked_s = time.perf_counter(), time.thread_time()
        place = (scene.rover.x_m, scene.rover.y_m)
        shown = camera.update(FRAME_S, place, scene.rover.heading_rad, is_driving=True)
        view.draw(target, shown, scene, FRAME_S)
        pygame.display.flip()
        clock_ms = (time.perf_counter() - begin_s) * 1e3
        work_ms = (time.thread_time() - worked_s) * 1e3
        frames.append((clock_ms, work_ms, view.store.part_there(shown)))
        clock.tick(60)
        now_s = time.perf_counter() - start_s
    return frames


def bench() -> dict[str, float]:
    """Return what `python -m game bench` shows."""
    return measure(10.0)


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20.0)
    for name, value in measure(parser.parse_args().seconds).items():
        sys.stdout.write(f"{name} {value:.2f}\n")


if __name__ == "__main__":
    main()
