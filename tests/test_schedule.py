from itertools import pairwise

from game.contact import is_heard
from game.environment.clock import sol_of, sol_start_tick
from game.events import ArrayCleaned, PassClosed, PassOpened, StormRose
from game.levels.open import Changes, OpenedLevel, open_level
from game.orbiter.relay import passes_near
from game.schedule import facts_at, is_overhead
from game.session import Session


def test_marks_lie_in_their_sol_in_order_and_end_at_midnight(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    for sol in (1, 3, 40, 90):
        facts = facts_at(setup, max(0, sol_start_tick(setup.site, sol)))
        assert facts.sol == sol
        assert list(facts.marks) == sorted(set(facts.marks))
        assert facts.marks[-1] == facts.end_tick == sol_start_tick(setup.site, sol + 1)
        assert facts.start_tick < facts.marks[0]
        assert facts.start_tick < facts.rise_tick < facts.end_tick


def test_the_last_second_of_a_sol_has_another_schedule_than_midnight(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    midnight = sol_start_tick(setup.site, 12)
    assert facts_at(setup, midnight - 1).sol == 11
    assert facts_at(setup, midnight).sol == 12


def test_every_edge_of_a_pass_is_a_mark_of_its_sol(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    for sol in range(3, 12):
        for one in passes_near(setup.orbiter, setup.site, sol_start_tick(setup.site, sol)):
            if one.usable_rise_tick < one.usable_set_tick:
                for edge in (one.usable_rise_tick, one.usable_set_tick):
                    assert edge in facts_at(setup, edge - 1).marks


def test_overhead_is_from_opening_to_closing_of_a_pass_over_open_ground(
    ninety: OpenedLevel,
) -> None:
    setup = ninety.setup
    for sol in range(3, 12):
        for one in passes_near(setup.orbiter, setup.site, sol_start_tick(setup.site, sol)):
            first, last = one.usable_rise_tick, one.usable_set_tick
            if first == last:
                continue
            facts = facts_at(setup, sol_start_tick(setup.site, sol))
            assert [is_overhead(facts, at) for at in (first, first + 1, last)] == [True] * 3
            assert [is_overhead(facts, at) for at in (first - 1, last + 1)] == [False] * 2


def test_each_pass_opens_and_closes_once_also_when_an_outage_cuts_it(ninety: OpenedLevel) -> None:
    del ninety
    setup = open_level("ninety-sols", 7, None, Changes({}, (), ((6, 6),))).setup
    session = Session(setup)
    events = session.advance_to(sol_start_tick(setup.site, 9))
    edges = [event for event in events if isinstance(event, PassOpened | PassClosed)]
    for first, second in pairwise(edges):
        assert type(first) is not type(second)
    rover = session.state.rover
    for edge in edges:
        assert is_heard(setup, rover, edge.tick) == isinstance(edge, PassOpened)
        assert is_heard(setup, rover, edge.tick - 1) != isinstance(edge, PassOpened)
        if isinstance(edge, PassOpened):
            closed = next((e.tick for e in edges if e.tick > edge.tick), edge.closes_tick)
            assert edge.closes_tick == closed
        assert sol_of(setup.site, edge.tick) != 6 or edge.tick == setup.outages[0].start_tick


def test_gusts_and_storms_are_told_once_each() -> None:
    storm = {
        "kind": "regional",
        "start_sol": 4.2,
        "rise_tau": 2.0,
        "rise_sols": 3.0,
        "peak_sols": 3.0,
        "decay_sols": 3.0,
    }
    rules = {"mars": {"dust": {"cleaning": {"chance_1_sol": 1.0}}}}
    setup = open_level("ninety-sols", 7, None, Changes(rules, (storm,))).setup
    events = Session(setup).advance_to(sol_start_tick(setup.site, 9))
    assert sum(isinstance(event, StormRose) for event in events) == 1
    cleaned = [event.tick for event in events if isinstance(event, ArrayCleaned)]
    due = [
        tick
        for sol in range(1, 9)
        for tick, _ in facts_at(setup, max(0, sol_start_tick(setup.site, sol))).gusts
        if tick >= 0
    ]
    assert cleaned == due
    assert len(cleaned) > 2
