"""Time of one frame of the whole play screen while a held key drives at sixty times real time.

Run: python -m tests.benchmarks.bench_play [--seconds 12] [--profile FILE]
"""

import argparse
import cProfile
import os
import statistics
import sys
import time

import pygame

from game.ui.canvas import Canvas
from game.ui.missions import start
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.shell import new_shell
from game.ui.theme import load_theme

LEVEL, SEED = "ninety-sols", 7
SIZE_PX = (1280, 720)
FRAME_S = 1.0 / 60.0
SETTLE_S, READY_FRAC = 60.0, 1.0
STUCK_FRAMES = 20
QUIET_FRAMES = 30  # before the key goes down
SLOWEST_FRAC = 0.99


class Window:
    """The play screen of a new mission without a display."""

    def __init__(self) -> None:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        pygame.display.init()
        pygame.font.init()
        self.surface = pygame.display.set_mode(SIZE_PX)
        self.shell = new_shell(Settings())
        self.canvas = Canvas(self.surface, 1.0, self.shell.letters, (0.0, 0.0), load_theme())
        self.still_frames = 0
        self.screen = PlayScreen(self.shell, start(LEVEL, SEED, None))

    def settle(self) -> None:
        """Wait for the first ground, as the loading page does."""
        began_s = time.perf_counter()
        while time.perf_counter() - began_s < SETTLE_S:
            if self.screen.stage.readiness_frac() >= READY_FRAC:
                break
            time.sleep(FRAME_S)

    def frame(self, frame_s: float) -> tuple[float, float, float]:
        """Return clock [ms], work of this thread [ms] and the sharp part of the ground."""
        begin_s, worked_s = time.perf_counter(), time.thread_time()
        self.screen.update(frame_s)
        self.screen.draw(self.canvas)
        clock_ms = (time.perf_counter() - begin_s) * 1e3
        work_ms = (time.thread_time() - worked_s) * 1e3
        stage = self.screen.stage
        return clock_ms, work_ms, stage.ground.store.part_there(stage.view)

    def drive(self, seconds: float) -> list[tuple[float, float, float]]:
        """Hold a key, forward until ground is unknown and then back; look at every frame."""
        for _ in range(QUIET_FRAMES):
            self.frame(FRAME_S)
        held = self.shell.reader.held
        held.add("forward")
        clock = pygame.time.Clock()
        frames = []
        begin_s = last_s = time.perf_counter()
        while last_s - begin_s < seconds:
            clock.tick(60)
            now_s = time.perf_counter()
            frames.append(self.frame(now_s - last_s))
            last_s = now_s
            if self.is_stuck():
                held.symmetric_difference_update({"forward", "backward"})
        return frames

    def is_stuck(self) -> bool:
        """Say whether the wheels have stood still for a while with the key down."""
        is_still = self.screen.desk.flight.state.rover.mobility.drive is None
        self.still_frames = self.still_frames + 1 if is_still else 0
        return self.still_frames > 0 and self.still_frames % STUCK_FRAMES == 0

    def close(self) -> None:
        """End the workers."""
        self.screen.close()
        pygame.display.quit()


def measure(seconds: float, profile: cProfile.Profile | None = None) -> dict[str, float]:
    """Return frame times, the way driven and the sharp part of the ground."""
    window = Window()
    try:
        window.settle()
        if profile is not None:
            profile.enable()
        frames = window.drive(seconds)
        if profile is not None:
            profile.disable()
        way_m = window.screen.desk.flight.state.rover.mobility.odometer_m
    finally:
        window.close()
    found = {"play_frame_count": float(len(frames)), "play_driven_m": way_m}
    for name, column in (("clock", 0), ("cpu", 1)):
        ordered = sorted(frame[column] for frame in frames)
        found[f"play_{name}_median_ms"] = statistics.median(ordered)
        found[f"play_{name}_p99_ms"] = ordered[int(len(ordered) * SLOWEST_FRAC)]
        found[f"play_{name}_worst_ms"] = ordered[-1]
    found["play_sharp_frac"] = sum(frame[2] for frame in frames) / len(frames)
    return found


def bench() -> dict[str, float]:
    """Return what `python -m game bench` shows."""
    return measure(12.0)


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--profile", help="write a profile of the frames to this file")
    asked = parser.parse_args()
    profile = cProfile.Profile() if asked.profile else None
    for name, value in measure(asked.seconds, profile).items():
        sys.stdout.write(f"{name} {value:.2f}\n")
    if profile is not None:
        profile.dump_stats(asked.profile)


if __name__ == "__main__":
    main()
