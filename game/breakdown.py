"""What faults do to a run between two steps: they begin, they interrupt, they shift the clock."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from game.commands import ActivityKind, Command, UplinkPlan
from game.contact import is_heard
from game.events import ActivityEnded, ComputerRestarted, Event
from game.rng import Stream, uniform
from game.rover.fault_course import (
    begun,
    diagnosed,
    is_incident,
    next_incident_tick,
    next_start_tick,
    shown,
    worsened,
)
from game.rover.fault_effects import Machine
from game.rover.fault_marks import as_left, is_marked
from game.rover.fault_signs import Moment
from game.rover.memory import forgotten
from game.rover.modes import WORKING
from game.rover.nonsense import nonsense
from game.rover.refusals import Desk
from game.rover.rover import RoverState
from game.rover.scene import Scene
from game.rover.stopping import stop_beside, stop_main, stop_radio
from game.rover.storage import dropped
from game.schedule import facts_at, fault_starts
from game.state import Setup, State

RESTART = "the computer started anew by itself"
ROTTEN = "worn cells of memory forgot it"

Outcome = tuple[RoverState, tuple[Event, ...]]


def fault_moments(setup: Setup, state: State, machine: Machine) -> Iterator[int | None]:
    """Boundaries that faults make: the next one begins, a restart, a loss."""
    coming = fault_starts(setup)
    if coming:
        yield next_start_tick(state.rover.faults, coming)
    if state.rover.faults.active:
        yield next_incident_tick(machine.beyond.restarts_1_sol, state.tick)
        yield next_incident_tick(machine.beyond.losses_1_sol, state.tick)


def with_new_faults(setup: Setup, state: State) -> State:
    """Return the state after faults whose moment has come have begun; nobody hears of it yet."""
    coming = fault_starts(setup)
    if not coming:
        return state
    faults = begun(state.rover.faults, coming, state.tick)
    if faults is state.rover.faults:
        return state
    return replace(state, rover=replace(state.rover, faults=faults))


def has_incident(state: State, machine: Machine) -> bool:
    """Say whether a fault interrupts the run at this moment, or its clock has moved."""
    beyond = machine.beyond
    return (
        is_marked(beyond, state.rover)
        or is_incident(beyond.restarts_1_sol, state.tick)
        or is_incident(beyond.losses_1_sol, state.tick)
    )


def interrupted(machine: Machine, rover: RoverState, desk: Desk) -> Outcome:
    """Carry out what faults do at this moment: restart, loss, a clock that has moved."""
    rover = as_left(machine, rover)
    events: tuple[Event, ...] = ()
    if is_incident(machine.beyond.losses_1_sol, desk.tick):
        rover, events = _rotten(rover, desk)
    if is_incident(machine.beyond.restarts_1_sol, desk.tick) and rover.mode in WORKING:
        rover, more = _restarted(machine, rover, desk)
        events = (*events, *more)
    return rover, events


def as_understood(rover: RoverState, commands: Sequence[Command]) -> list[Command]:
    """Return commands as the rover's clock understands them: plans start by that clock."""
    ahead_s = rover.faults.clock_s
    if ahead_s == 0:
        return list(commands)
    return [
        UplinkPlan(tuple(replace(a, start_tick=a.start_tick - ahead_s) for a in one.activities))
        if isinstance(one, UplinkPlan) and not nonsense(one)
        else one
        for one in commands
    ]


def _restarted(machine: Machine, rover: RoverState, desk: Desk) -> Outcome:
    rover, ended = stop_main(machine.rover, rover, desk, RESTART, has_lost_power=True)
    rover, unheard = stop_beside(machine.rover, rover, desk, RESTART, has_lost_power=True)
    rover, silent = stop_radio(rover, desk)
    storage, lost = forgotten(rover.storage, desk.tick, RESTART)
    faults = replace(rover.faults, restart_count=rover.faults.restart_count + 1)
    rover = replace(rover, storage=storage, faults=faults)
    return rover, (ComputerRestarted(desk.tick, RESTART), *ended, *unheard, *silent, *lost)


def _rotten(rover: RoverState, desk: Desk) -> Outcome:
    products = rover.storage.products
    if not products:
        return rover, ()
    share = uniform(desk.seed, Stream.FAULT, desk.tick)
    product = products[int(share * len(products))]
    storage, lost = dropped(rover.storage, product, desk.tick, ROTTEN)
    return replace(rover, storage=storage), (lost,)


def diagnosis(setup: Setup, rover: RoverState, events: tuple[Event, ...], tick: int) -> Outcome:
    """Tell the causes of symptoms if a diagnosis has just ended well."""
    for event in events:
        if not isinstance(event, ActivityEnded) or event.kind is not ActivityKind.DIAGNOSE:
            continue
        if event.is_done:
            faults, found = diagnosed(setup.rover.faults, rover.faults, tick)
            return replace(rover, faults=faults), found
    return rover, ()


def after_step(
    setup: Setup, state: State, machine: Machine, rover: RoverState, scene: Scene
) -> Outcome:
    """Let faults act and show after a step from `state`; the unanswered grow by the sol."""
    spec = setup.rover.faults
    rover = _veered(machine, state.rover, rover, float(scene.end_tick - scene.tick))
    now = Moment(spec.signs, state.rover, scene.outside, is_heard(setup, state.rover, state.tick))
    faults, events = shown(spec, rover.faults, now, scene.end_tick)
    if scene.end_tick == facts_at(setup, scene.tick).end_tick:
        faults = worsened(spec, faults)
    return (rover if faults is rover.faults else replace(rover, faults=faults)), events


def _veered(machine: Machine, before: RoverState, rover: RoverState, dt_s: float) -> RoverState:
    """Turn the rover by what a biased gyroscope does not feel while it drives."""
    turn_rad = machine.beyond.veer_rad_s * dt_s
    if turn_rad == 0.0 or rover.mobility.odometer_m == before.mobility.odometer_m:
        return rover
    heading_rad = rover.mobility.heading_rad + turn_rad
    return replace(rover, mobility=replace(rover.mobility, heading_rad=heading_rad))
