"""A flight that many tests look at: the baseline's first ten sols, flown once."""

from dataclasses import dataclass
from functools import lru_cache

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.events import Event
from game.levels.open import open_level
from game.report import Recorder
from game.session import Session
from game.state import Setup, State

SOLS = 10
EVERY = 60  # steps between two states that are kept


@dataclass(frozen=True)
class Flight:
    setup: Setup
    states: tuple[State, ...]
    events: tuple[Event, ...]
    rows: tuple[dict[str, float], ...]


@lru_cache(maxsize=1)
def ten_sols() -> Flight:
    setup = open_level("ninety-sols", 7).setup
    session, recorder = Session(setup), Recorder(setup)
    kept, events = [session.state], list[Event]()
    count = 0

    def watch(state: State) -> None:
        nonlocal count
        count += 1
        recorder.see(state)
        if count % EVERY == 0 or state.mission.records != kept[-1].mission.records:
            kept.append(state)

    fly(session, BaselineAgent(7), SOLS, watch, events)
    return Flight(setup, (*kept, session.state), tuple(events), tuple(recorder.rows))
