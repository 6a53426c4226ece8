"""What a competent planner does about trouble, small queues and the last sol."""

import math
from dataclasses import replace

import pytest

from game.agents.baseline import BaselineAgent
from game.agents.draft import Draft, Habits
from game.agents.observation import Observation, Target, observe
from game.commands import Activity, ActivityKind, Navigation, UplinkPlan
from game.environment.clock import sol_of, tick_at
from game.events import ActivityEnded, ActivityOutcome, DriveEnded, StopReason
from game.levels.open import OpenedLevel
from game.mission.plan import Plan
from tests.rover.desks import grounded

Kind = ActivityKind


@pytest.fixture(name="seen")
def _seen(ninety: OpenedLevel) -> Observation:
    return observe(ninety.setup, grounded(ninety.setup, hour=8.5, sol=20))


def planned(agent: BaselineAgent, seen: Observation) -> Plan:
    (*_, last) = agent.commands(seen)
    assert isinstance(last, UplinkPlan)
    return last.activities


def drives(plan: Plan) -> list[Activity]:
    return [one for one in plan if one.kind is Kind.DRIVE]


def stopped(agent: BaselineAgent, times: int, reason: StopReason) -> None:
    for tick in range(times):
        ended = ActivityEnded(tick, 1, Kind.DRIVE, ActivityOutcome.CUT_SHORT, "short")
        agent.hear((DriveEnded(tick, 0.2, 1.0, "stopped", reason, ()), ended))


def test_a_way_round_trouble_always_lies_within_a_picture(
    ninety: OpenedLevel, seen: Observation
) -> None:
    # once the sidestep grew with every stop, and the rover stood for weeks before unseen ground
    draft = Draft(seen, Habits())
    for short_count in range(40):
        leg = draft.leg((0.0, -300.0), short_count)
        assert leg is not None
        assert math.dist(leg, seen.place_m) < ninety.setup.chart.far_m
    sides = {round(leg[0]) for n in range(1, 5) if (leg := draft.leg((0.0, -300.0), n))}
    assert len(sides) == 2  # left and right
    backs = [leg for n in (3, 4) if (leg := draft.leg((0.0, -300.0), n))]
    assert all(leg[1] > seen.place_m[1] for leg in backs)


def test_soft_ground_is_left_at_a_creep(seen: Observation) -> None:
    agent = BaselineAgent(7)
    stopped(agent, 2, StopReason.SLIP)
    assert [one.navigation for one in drives(planned(agent, seen))] == [Navigation.CREEP]
    agent = BaselineAgent(7)
    stopped(agent, 2, StopReason.ROCK)
    assert all(one.navigation is Navigation.AUTONOMOUS for one in drives(planned(agent, seen)))


def test_each_spot_is_shot_at_once(seen: Observation) -> None:
    agent = BaselineAgent(7)
    first = [one.kind for one in planned(agent, seen) if one.kind in (Kind.SOIL, Kind.INFRARED)]
    again = [one.kind for one in planned(agent, seen) if one.kind in (Kind.SOIL, Kind.INFRARED)]
    third = [one.kind for one in planned(agent, seen) if one.kind in (Kind.SOIL, Kind.INFRARED)]
    assert Kind.SOIL in first
    assert Kind.SOIL not in again
    assert Kind.INFRARED in again
    assert third == []


def test_a_near_place_is_not_the_end_of_the_day(seen: Observation) -> None:
    x_m, y_m = seen.place_m
    near, far = Target("near", x_m, y_m - 5.0), Target("far", x_m, y_m - 80.0)
    ways = drives(planned(BaselineAgent(7), replace(seen, targets=(near, far))))
    assert len(ways) == 2
    assert (ways[0].x_m, ways[0].y_m) == (near.x_m, near.y_m)
    assert ways[1].y_m == pytest.approx(y_m - Habits().drive_m)


def test_a_little_data_wait_for_noon_but_not_on_the_last_evening(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = grounded(setup, hour=17.0, sol=20)
    few = replace(observe(setup, state), queued_bit=2_000_000)
    assert planned(BaselineAgent(7), few) == few.plan
    last = replace(few, last_sol=sol_of(setup.site, state.tick) + 1)
    sends = [one for one in planned(BaselineAgent(7), last) if one.kind is Kind.SEND]
    assert len(sends) == 1
    many = replace(few, queued_bit=400_000_000)
    assert any(one.kind is Kind.SEND for one in planned(BaselineAgent(7), many))


def test_nothing_is_measured_that_cannot_get_home(seen: Observation) -> None:
    plan = planned(BaselineAgent(7), replace(seen, last_sol=seen.sol))
    after_drive = drives(plan)[0].start_tick
    cameras = (Kind.PANORAMA, Kind.MULTISPECTRAL, Kind.SOIL, Kind.PICTURE)
    assert not [one for one in plan if one.kind in cameras and one.start_tick > after_drive]
    usual = planned(BaselineAgent(7), seen)
    assert [one for one in usual if one.kind in cameras and one.start_tick > after_drive]
    assert tick_at(seen.site, seen.sol, 17.0) > after_drive
