"""The door to everything on wheels: orders in, motion, energy and events out."""

import math
from dataclasses import replace

from game.events import Event
from game.rover.drive import DriveKind, DriveOrder, DrivePreview, Ground, Phase, Progress
from game.rover.motion import MobilitySpec, MobilityState

__all__ = [
    "DriveKind",
    "DriveOrder",
    "DrivePreview",
    "Ground",
    "MobilitySpec",
    "MobilityState",
    "begin_drive",
    "drive_refusal",
    "end_drive",
    "initial_mobility",
    "leg_ticks",
    "preview_drive",
    "step_mobility",
    "with_bus",
]


def initial_mobility(
    x_m: float, y_m: float, heading_rad: float, is_on_lander: bool
) -> MobilityState:
    """Return a rover at rest."""
    return MobilityState(x_m, y_m, heading_rad, is_on_lander=is_on_lander)


def drive_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    """Say why an order cannot be carried out, in words; empty if it can."""
    raise NotImplementedError


def begin_drive(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> MobilityState:
    """Start an order; one under way is replaced (see `drive_refusal` first)."""
    raise NotImplementedError


def end_drive(
    state: MobilityState, tick: int, cause: str
) -> tuple[MobilityState, tuple[Event, ...]]:
    """Stop the wheels now and say why; without a drive under way nothing happens."""
    raise NotImplementedError


def with_bus(spec: MobilitySpec, state: MobilityState, bus_v: float) -> MobilityState:
    """Tell the motors the voltage of the bus; low voltage drives slowly."""
    raise NotImplementedError


def leg_ticks(spec: MobilitySpec, state: MobilityState) -> int:
    """How many ticks the wheels want in the next step; 0 when they have no wish [s]."""
    raise NotImplementedError


def step_mobility(
    spec: MobilitySpec,
    state: MobilityState,
    ground: Ground,
    seed: int,
    tick: int,
    dt_s: float,
) -> tuple[MobilityState, float, tuple[Event, ...]]:
    """Advance the wheels: the new state, mean electric power over the step [W], events."""
    raise NotImplementedError


def preview_drive(
    spec: MobilitySpec, ground: Ground, x0_m: float, y0_m: float, goal: tuple[float, float]
) -> DrivePreview:
    """What a drive in a straight line would take, for plans and screens."""
    raise NotImplementedError
