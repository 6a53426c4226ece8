import pytest

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.agents.observation import observe
from game.agents.registry import AGENTS, find_agent
from game.agents.simple import IdleAgent, PlanAgent, RandomAgent
from game.commands import Activity, ActivityKind, UplinkPlan
from game.digest import digest
from game.environment.clock import lmst_h, sol_start_tick
from game.errors import UsageError
from game.events import ActivityEnded, Event, ProductHome
from game.levels.open import OpenedLevel, open_level
from game.mission.scoring import medal
from game.session import Session, replayed
from game.simulation import initial_state
from game.telemetry import score_of
from tests.flights import SOLS, ten_sols
from tests.rover.desks import grounded


@pytest.mark.parametrize("name", AGENTS)
def test_every_agent_by_name_acts_from_the_first_state_on(ninety: OpenedLevel, name: str) -> None:
    agent = find_agent(name, 7)
    state = initial_state(ninety.setup)
    agent.commands(observe(ninety.setup, state))
    agent.hear(())
    assert agent.wake_tick(observe(ninety.setup, state)) > state.tick


def test_an_unknown_agent_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean 'random'"):
        find_agent("randm", 7)


def test_idle_does_nothing_and_a_plan_is_sent_once(ninety: OpenedLevel) -> None:
    state = initial_state(ninety.setup)
    assert IdleAgent(1).commands(observe(ninety.setup, state)) == ()
    plan = (Activity(1, ActivityKind.AIR, 900, 600),)
    agent = PlanAgent(plan)
    assert agent.commands(observe(ninety.setup, state)) == (UplinkPlan(plan),)
    assert agent.commands(observe(ninety.setup, state)) == ()


def test_random_is_drawn_from_seed_and_time_alone(ninety: OpenedLevel) -> None:
    state = grounded(ninety.setup)
    seen = observe(ninety.setup, state)
    assert RandomAgent(4).commands(seen) == RandomAgent(4).commands(seen)
    drawn = {RandomAgent(seed).commands(seen) for seed in range(40)}
    assert len({type(one[0]) for one in drawn}) >= 6


def test_a_flight_ends_at_the_sol_asked_for_and_hears_every_event_once(
    ninety: OpenedLevel,
) -> None:
    heard: list[Event] = []

    class Listener(IdleAgent):
        def hear(self, events: tuple[Event, ...]) -> None:
            heard.extend(events)

    session, events = Session(ninety.setup), list[Event]()
    fly(session, Listener(0), 3, lambda _: None, events)
    assert session.state.tick == sol_start_tick(ninety.setup.site, 4)
    assert heard == events
    assert len(session.state.mission.records) == 3


def test_the_baseline_leaves_the_ramp_samples_and_serves_the_passes() -> None:
    flight = ten_sols()
    state = flight.states[-1]
    assert len(state.mission.records) == SOLS
    assert not state.rover.mobility.is_on_lander
    assert state.rover.mobility.odometer_m > 20.0
    assert any(isinstance(e, ProductHome) and e.kind == "soil" for e in flight.events)
    assert min(r.low_charge_frac for r in state.mission.records) > flight.setup.rover.bus.floor_frac


def test_few_things_that_the_baseline_plans_are_refused() -> None:
    ended = [event for event in ten_sols().events if isinstance(event, ActivityEnded)]
    failed = [event for event in ended if not event.is_done and event.kind != ActivityKind.SEND]
    assert len(failed) < 0.25 * len(ended), failed


def test_the_baseline_wakes_in_the_morning_and_in_the_evening(ninety: OpenedLevel) -> None:
    agent, tick, hours = BaselineAgent(7), 0, []
    for _ in range(4):
        state = grounded(ninety.setup) if tick else initial_state(ninety.setup)
        tick = agent.wake_tick(observe(ninety.setup, state))
        hours.append(round(lmst_h(ninety.setup.site, tick), 1))
    assert set(hours) <= {8.5, 17.0}


def test_an_agents_run_can_be_run_again_from_its_log(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    fly(session, RandomAgent(11), 2, lambda _: None, [])
    again = replayed(ninety.setup, session.log, session.state.tick)
    assert digest(again.state) == digest(session.state)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["ninety-sols", "first-hundred-metres", "off-the-ramp", "ripple-field"]
)
def test_the_baseline_earns_bronze_and_no_more_on_every_campaign_level(name: str) -> None:
    setup = open_level(name).setup
    session = Session(setup)
    fly(session, BaselineAgent(setup.seed), setup.mission.sols, lambda _: None, [])
    assert medal(setup.score, score_of(setup, session.state).total()) == "bronze"
