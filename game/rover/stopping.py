"""How work is ended early: by a command, by a condition, by other work, by a rover in need."""

from game.changes import changed
from game.commands import ActivityKind
from game.events import Event
from game.rover.chores import halted_wings, wings_outcome
from game.rover.endings import cut_off, ended
from game.rover.instruments import OBSERVED
from game.rover.lanes import DRIVES
from game.rover.mobility import end_drive, stopped
from game.rover.modes import WORKING
from game.rover.refusals import Desk
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import Running
from game.rover.storage import queued_bit
from game.units import MBIT_BIT

SAVES_ITSELF = "the rover saves itself"
WHEELED = DRIVES | {ActivityKind.MAGNETOMETER}  # work for which the wheels turn


def stop_early(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """End one activity early; an observation keeps what it has."""
    kind, events = running.activity.kind, tuple[Event, ...]()
    if kind in OBSERVED:
        return cut_off(spec, state, desk, running, note)
    if kind in DRIVES:
        mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, stopped(note))
        state = changed(state, mobility=mobility)
    if kind is ActivityKind.SEND and is_done:
        state, more = stop_radio(state, desk)
    else:
        state, more = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *more)


def stop_main(
    spec: RoverSpec, state: RoverState, desk: Desk, why: str, *, has_lost_power: bool = False
) -> tuple[RoverState, tuple[Event, ...]]:
    """End the main activity early; an observation keeps what it has."""
    main = state.sequencer.main
    if main is None:
        return state, ()
    if main.activity.kind in OBSERVED:
        return cut_off(spec, state, desk, main, why, has_lost_power=has_lost_power)
    is_rest = main.activity.kind in (ActivityKind.SLEEP, ActivityKind.WARM_UP)
    return stop_early(spec, state, desk, main, why, is_done=is_rest)


def stop_radio(state: RoverState, desk: Desk) -> tuple[RoverState, tuple[Event, ...]]:
    """End the sending, if any, and say how much went up."""
    radio = state.sequencer.radio
    if radio is None:
        return state, ()
    sent_bit = state.storage.sent_bit - radio.sent_bit
    if sent_bit > 0:
        return ended(state, desk, radio, f"{sent_bit / MBIT_BIT:.1f} Mbit went up", is_done=True)
    if not queued_bit(state.storage):
        return ended(state, desk, radio, "nothing was waiting to go up", is_done=True)
    note = "nothing went up: nobody heard the radio, or it had no time to warm up"
    return ended(state, desk, radio, note, is_done=False)


def stop_beside(
    spec: RoverSpec, state: RoverState, desk: Desk, why: str, *, has_lost_power: bool = False
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what listens beside other work; it keeps what it has."""
    beside = state.sequencer.beside
    if beside is None:
        return state, ()
    return cut_off(spec, state, desk, beside, why, has_lost_power=has_lost_power)


def stop_wings(state: RoverState, desk: Desk, why: str) -> tuple[RoverState, tuple[Event, ...]]:
    """End work on the wings early; they stay where they are."""
    running = state.sequencer.wings
    if running is None:
        return state, ()
    state, told = ended(state, desk, running, why, is_done=False)
    return halted_wings(state), told


def follow_wings(
    state: RoverState, desk: Desk, wings: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """End work on the wings when they stand as they should, or cannot."""
    if state.mode not in WORKING:
        return ended(state, desk, wings, SAVES_ITSELF, is_done=False)
    note, is_done = wings_outcome(state, wings, desk.tick)
    return ended(state, desk, wings, note, is_done=is_done) if note else (state, ())
