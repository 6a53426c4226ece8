"""A rover on the ground of the default level at any hour, without flying there first."""

from dataclasses import replace

from game.environment.clock import tick_at
from game.mission.chart import charted_ring
from game.rover.mobility import initial_mobility
from game.rover.modes import Mode
from game.rover.refusals import Desk
from game.rover.rover import RoverState
from game.simulation import desk_at, initial_state
from game.state import Setup, State


def grounded(setup: Setup, hour: float = 11.0, sol: int = 9) -> State:
    """Awake, warm, well charged, 6 m south of the lander, with a panorama taken there."""
    state = initial_state(setup)
    rover = state.rover
    mobility = initial_mobility(0.0, -6.0, rover.mobility.heading_rad, is_on_lander=False)
    rover = replace(rover, mobility=mobility, motor_k=260.0, mode=Mode.STANDBY)
    chart = charted_ring(setup.chart, state.chart, 0.0, -6.0)
    return replace(state, tick=tick_at(setup.site, sol, hour), rover=rover, chart=chart)


def charged(setup: Setup, state: State, frac: float) -> State:
    """The same with another charge."""
    full_j = setup.rover.power.capacity_wh * 3600.0
    power = replace(state.rover.power, charge_j=frac * full_j)
    return replace(state, rover=replace(state.rover, power=power))


def later(setup: Setup, state: State, rover: RoverState, seconds: int) -> Desk:
    """The desk some seconds on, with that rover."""
    return desk_at(setup, replace(state, tick=state.tick + seconds, rover=rover))
