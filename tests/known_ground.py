"""Rovers that stand on ground they have seen, ready to drive, and what becomes of them."""

import math
from dataclasses import dataclass, replace

import numpy as np

from game.changes import changed
from game.commands import DriveTo
from game.environment.clock import tick_at
from game.events import DriveEnded, StopReason
from game.rover.footing import Country
from game.rover.mobility import initial_mobility, settled
from game.rover.power import capacity_j
from game.session import Session
from game.simulation import initial_state
from game.state import Setup, State
from game.units import WH_J

PATIENCE_S = 60_000


@dataclass(frozen=True)
class Flown:
    """How a drive came out; `energy_wh` counts the awake rover, as the price of a way does."""

    reason: StopReason
    duration_s: float
    energy_wh: float


def standing(
    setup: Setup, place: tuple[float, float], heading_rad: float = 0.0, hour: float = 11.5
) -> State:
    """A rover on open ground on sol 2, with a picture of everything around."""
    session = Session(setup, initial_state(setup))
    session.advance_to(tick_at(setup.site, 2, hour))
    state = session.state
    ground = Country(setup.terrain, setup.smallest_rock_m)
    wheels = initial_mobility(*place, heading_rad, is_on_lander=False)
    rover = changed(state.rover, mobility=settled(setup.rover.mobility, wheels, ground))
    chart = np.ones_like(state.chart)
    chart.flags.writeable = False
    return changed(state, rover=rover, chart=chart)


def with_charge(setup: Setup, state: State, frac: float) -> State:
    """The same with another charge of the battery."""
    power = state.rover.power
    power = replace(power, charge_j=frac * capacity_j(setup.rover.power, power))
    return changed(state, rover=changed(state.rover, power=power))


def driven(setup: Setup, state: State, order: DriveTo) -> Flown:
    """Give an order and let the mission run until the wheels stop."""
    session = Session(setup, state)
    session.issue(order)
    while session.state.tick < state.tick + PATIENCE_S:
        for event in session.advance_to(session.state.tick + 60):
            if isinstance(event, DriveEnded):
                took_s = event.tick - state.tick
                used_j = event.energy_j + setup.rover.bus.awake_w * took_s
                return Flown(event.reason, took_s, used_j / WH_J)
    raise AssertionError("the drive never ends")


def ahead(place: tuple[float, float], bearing_rad: float, way_m: float) -> tuple[float, float]:
    """Where a straight way leads."""
    return place[0] + way_m * math.sin(bearing_rad), place[1] + way_m * math.cos(bearing_rad)
