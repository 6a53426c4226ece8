from dataclasses import replace

from game.conditions import parse_condition
from game.events import ObjectiveMet, Outcome, SolEnded
from game.mission.mission import (
    Meters,
    MissionSpec,
    MissionState,
    Objective,
    SolRecord,
    bound_currency,
    check_objectives,
    close_sol,
    ended,
    since,
    watched,
)

NAMES = ("sol", "soil_count")


def goal(name: str, condition: str) -> Objective:
    return Objective(name, name.title(), parse_condition(condition, NAMES), 10.0)


SPEC = MissionSpec(3, 1, 0.3, 0.6, (goal("dig", "soil_count >= 1"), goal("live", "sol >= 3")))
RECORD = SolRecord(1, 0.9, 0.8, 250.0, 280.0, 0.5, 0.9, 0, Meters(daylight_s=40_000.0), "")


def test_a_goal_is_met_once_and_keeps_its_moment() -> None:
    state, events = check_objectives(SPEC, MissionState(), {"sol": 1.0, "soil_count": 1.0}, 50)
    assert events == (ObjectiveMet(50, "dig", "Dig"),)
    again, events = check_objectives(SPEC, state, {"sol": 1.0, "soil_count": 2.0}, 60)
    assert again is state
    assert events == ()
    assert state.met == (("dig", 50),)


def test_a_goal_is_not_asked_for_readings_that_cannot_have_changed() -> None:
    class Asked(dict[str, float]):
        def __getitem__(self, name: str) -> float:
            asked.add(name)
            return super().__getitem__(name)

    asked: set[str] = set()
    readings = Asked({"sol": 1.0, "soil_count": 2.0})
    names = frozenset().union(*(one.condition.names for one in SPEC.objectives))
    state, events = check_objectives(SPEC, MissionState(), readings, 50, names)
    assert not asked
    assert not events
    assert state.met == ()


def test_extremes_are_kept_and_nothing_new_is_the_same_object() -> None:
    state = watched(watched(MissionState(), 0.8, 260.0), 0.5, 290.0)
    assert (state.low_charge_frac, state.low_box_k, state.high_box_k) == (0.5, 260.0, 290.0)
    assert watched(state, 0.6, 270.0) is state


def test_a_closed_sol_starts_the_next_with_fresh_extremes() -> None:
    state = replace(watched(MissionState(), 0.4, 250.0), dawn_charge_frac=0.6)
    after, events = close_sol(SPEC, state, RECORD, Meters(made_bit=5), 100)
    assert events == (SolEnded(100, 1),)
    assert after.records[0].bound == "none"
    assert after.low_charge_frac == 1.0
    assert since(Meters(made_bit=7), after.before).made_bit == 2


def test_the_smallest_margin_binds() -> None:
    assert bound_currency(replace(RECORD, low_charge_frac=0.31), 0.3) == "energy"
    assert bound_currency(replace(RECORD, waiting_bit=90), 0.3) == "data"
    assert bound_currency(replace(RECORD, waiting_bit=90), 0.3, room_bit=90) == "none"
    busy = replace(RECORD.meters, working_s=39_000.0)
    assert bound_currency(replace(RECORD, meters=busy), 0.3) == "time"
    half = replace(RECORD, waiting_bit=50, meters=replace(RECORD.meters, home_bit=50))
    assert bound_currency(half, 0.3) == "none"


def test_the_end_is_success_partial_or_loss_each_with_causes() -> None:
    both = MissionState(met=(("dig", 1), ("live", 2)))
    one = MissionState(met=(("dig", 1),), records=(replace(RECORD, bound="energy"),))
    assert ended(SPEC, both, 9)[0].outcome is Outcome.SUCCESS
    partial = ended(SPEC, one, 9)[0]
    assert partial.outcome is Outcome.PARTIAL
    assert "Not reached: Live." in partial.causes
    assert "1 sols were limited by energy." in partial.causes
    lost = ended(SPEC, both, 9, ("The battery froze.",))[0]
    assert (lost.outcome, lost.causes) == (Outcome.LOSS, ("The battery froze.",))


def test_a_mission_without_goals_is_a_success_when_it_ends_alive() -> None:
    assert ended(replace(SPEC, objectives=()), MissionState(), 9)[0].outcome is Outcome.SUCCESS
