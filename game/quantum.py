"""How far one step goes: the state alone decides, and nothing that happens is stepped over."""

from bisect import bisect_right
from collections.abc import Iterator

from game.breakdown import fault_moments
from game.rover.fault_effects import Machine
from game.rover.mobility import leg_ticks
from game.rover.modes import Mode
from game.rover.rover import RoverState
from game.rover.sequencer import all_running, is_watched, next_boundary_tick
from game.rover.storage import next_arrival_tick
from game.schedule import SolFacts
from game.state import Setup, State, StepSpec
from game.traffic import hill_edges


def ticks_ahead(setup: Setup, state: State, facts: SolFacts, machine: Machine) -> int:
    """Return how many ticks the next step covers: the state alone decides.

    At most one leg while driving, else what `StepSpec` allows, and never across a boundary: a
    command that arrives, an activity that starts or ends, a pass or an outage that begins or ends,
    sunrise, sunset, data that reach Earth, and the end of the sol. Facts and machine are those of
    the state's moment, which the step has looked up already.
    """
    tick, rover = state.tick, state.rover
    if rover.mobility.drive is not None:
        longest = leg_ticks(machine.rover.mobility, rover.mobility)
    else:
        longest = _longest_s(setup.steps, rover)
    end = tick + longest
    at = bisect_right(facts.marks, tick)
    if at < len(facts.marks) and facts.marks[at] < end:
        end = facts.marks[at]
    for moment in _moments(setup, state, facts, machine):
        if moment is not None and tick < moment < end:
            end = moment
    return end - tick


def _longest_s(spec: StepSpec, rover: RoverState) -> int:
    """Return the longest step of a rover at rest [s].

    What the profile taught: half of all steps were 30 s of an awake rover that does nothing but
    listen to the air. With 120 s the mission of ninety sols has the same way, data and goals, and
    its lowest charge differs by 0.00003; it is a fifth faster.
    """
    if rover.mode is not Mode.AWAKE and rover.mode is not Mode.LOW:
        return spec.asleep_s
    lanes = rover.sequencer
    if any(is_watched(one) for one in all_running(lanes)):
        return spec.watched_s
    return spec.silent_s if lanes.radio is None else spec.sending_s


def _moments(setup: Setup, state: State, facts: SolFacts, machine: Machine) -> Iterator[int | None]:
    """Boundaries that are not known beforehand."""
    yield next_boundary_tick(state.rover.sequencer, state.tick)
    if state.rover.storage.flying:
        yield next_arrival_tick(state.rover.storage)
    for arrival, _ in state.uplink:
        yield arrival
    yield from hill_edges(setup, state.rover, state.tick, facts)
    for outage in setup.outages:
        yield outage.start_tick
        yield outage.end_tick
    yield from fault_moments(setup, state, machine)
