"""A sol does not afford everything: the numbers of the default level are tuned to that."""

import math
from dataclasses import replace

import pytest

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.agents.observation import usable_passes
from game.commands import Activity, ActivityKind
from game.environment.clock import tick_at
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.mission.plan import Plan, sorted_plan
from game.session import Session
from game.state import Setup, State

Kind = ActivityKind


def everything(setup: Setup, state: State, sol: int) -> Plan:
    """A full drive, a panorama, samples, weather through the evening, and every usable pass."""
    here = state.rover.mobility

    def at(hour: float) -> int:
        return tick_at(setup.site, sol, hour)

    items = [
        Activity(0, Kind.SOIL, at(9.6), 840),
        Activity(0, Kind.PICTURE, at(9.9), 120, azimuth_rad=math.pi, elevation_rad=-0.12),
        Activity(0, Kind.DRIVE, at(10.0), 5400, here.x_m, here.y_m - 18.0),
        Activity(0, Kind.SOIL, at(11.6), 840),
        Activity(0, Kind.PANORAMA, at(14.0), 1500, azimuth_rad=math.pi),
        Activity(0, Kind.AIR, at(16.5), 5400),
        Activity(0, Kind.AIR, at(19.0), 5400),
        Activity(0, Kind.AIR, at(21.0), 5400),
    ]
    morning = tick_at(setup.site, sol + 1, 8.5)
    for one in usable_passes(setup, state, state.tick, morning):
        length = one.usable_set_tick - one.usable_rise_tick
        items.append(Activity(0, Kind.SEND, one.usable_rise_tick, length))
    return sorted_plan(tuple(items))


@pytest.mark.parametrize("sol", [12, 30])
def test_a_sol_with_everything_in_it_goes_well_below_the_floor(
    ninety: OpenedLevel, sol: int
) -> None:
    setup = ninety.setup
    session = Session(setup)
    fly(session, BaselineAgent(7), sol - 1, lambda _: None, [])
    session.advance_to(tick_at(setup.site, sol, 8.5))
    state = session.state
    # A battery three times as large shows what the sol would take, without safe mode cutting in.
    power = replace(setup.rover.power, capacity_wh=3.0 * setup.rover.power.capacity_wh)
    large = replace(setup, rover=replace(setup.rover, power=power))
    course = forecast(
        large, state, tick_at(setup.site, sol + 1, 8.5), everything(setup, state, sol)
    )
    assert course.refusals == ()
    dusk = int(course.charge_frac.argmax())
    taken_wh = float(course.charge_frac[dusk] - course.charge_frac[dusk:].min()) * power.capacity_wh
    budget_wh = (1.0 - setup.rover.bus.floor_frac) * setup.rover.power.capacity_wh
    assert 1.2 < taken_wh / budget_wh < 1.5
