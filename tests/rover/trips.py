"""Carrying out orders to the wheels on fake ground, from begin to end."""

import math
from dataclasses import dataclass, replace

from game.events import DriveEnded, Event
from game.rover.drive import DriveKind, DriveOrder, Ground, Phase
from game.rover.gear import MobilitySpec, MobilityState, Where
from game.rover.mobility import (
    begin_drive,
    drive_refusal,
    initial_mobility,
    leg_ticks,
    settled,
    step_mobility,
)
from tests.rover.machines import mobility_spec

SPEC = mobility_spec()
STILL = replace(SPEC, chassis=replace(SPEC.chassis, scatter_sigma=0.0))
SOUTH = math.pi
TRACK_M = 0.4
HERE = initial_mobility(0.0, 0.0, 0.0, False)


@dataclass(frozen=True)
class Trip:
    """What came of an order."""

    state: MobilityState
    events: tuple[Event, ...]
    seconds: int
    energy_j: float
    steps: int
    check_count: int = 0
    track: tuple[tuple[float, float], ...] = ()

    def end(self) -> DriveEnded:
        return next(event for event in self.events if isinstance(event, DriveEnded))


def drive(
    order: DriveOrder,
    ground: Ground,
    state: MobilityState | None = None,
    spec: MobilitySpec = SPEC,
    ticks: int = 0,
    seed: int = 7,
) -> Trip:
    """Carry out an order to its end, in steps the wheels choose or of a fixed length."""
    gear = spec
    state = settled(gear, state or initial_mobility(0.0, 0.0, 0.0, False), ground)
    assert drive_refusal(gear, state, order) == ""
    state = begin_drive(gear, state, order, seed, 0)
    tick = steps = check_count = 0
    energy_j = 0.0
    events: tuple[Event, ...] = ()
    track = [(state.x_m, state.y_m)]
    while state.drive is not None:
        dt_s = ticks or leg_ticks(gear, state)
        state, power_w, news = step_mobility(gear, state, Where(ground, seed, tick), float(dt_s))
        tick += dt_s
        steps += 1
        check_count += state.progress is not None and state.progress.phase is Phase.CHECK
        energy_j += power_w * dt_s
        events = (*events, *news)
        if math.dist(track[-1], (state.x_m, state.y_m)) > TRACK_M:
            track.append((state.x_m, state.y_m))
        assert steps < 20_000
    return Trip(state, events, tick, energy_j, steps, check_count, tuple(track))


def arc(distance_m: float, curvature_1_m: float = 0.0) -> DriveOrder:
    return DriveOrder(DriveKind.ARC, distance_m, curvature_1_m, is_by_hand=True)


def goto(x_m: float, y_m: float) -> DriveOrder:
    return DriveOrder(DriveKind.GOTO, x_m=x_m, y_m=y_m)


TURN = DriveOrder(DriveKind.TURN, heading_rad=1.0)


def rise(degrees: float) -> float:
    return math.tan(math.radians(degrees))
