"""Agents see what a player sees: neither truth nor future, by import or by value."""

import ast
import math
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

import game.agents.baseline as baseline_module
import game.agents.draft as draft_module
import game.agents.simple as simple_module
from game.agents.baseline import BaselineAgent
from game.agents.observation import Observation, observe
from game.agents.simple import IdleAgent, RandomAgent
from game.commands import Activity, ActivityKind
from game.environment.clock import tick_at
from game.levels.open import OpenedLevel
from game.rover.estimate import Estimate
from game.state import Setup, State
from tests.rover.desks import grounded

# What a brain may import: words, clocks, plans, passes, chance of its own, and the observation.
PUBLIC = {
    "game.agents.draft",
    "game.agents.observation",
    "game.commands",
    "game.environment.clock",
    "game.events",
    "game.machine_commands",
    "game.mending",
    "game.mission.plan",
    "game.orbiter.relay",
    "game.rng",
}


@pytest.mark.parametrize("module", [baseline_module, draft_module, simple_module])
def test_a_brain_imports_nothing_that_reveals_the_truth(module: object) -> None:
    path = Path(str(module.__file__))  # type: ignore[attr-defined]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            used.add(str(node.module))
    assert {name for name in used if name.startswith("game")} <= PUBLIC


def test_an_observation_holds_no_state_and_no_setup() -> None:
    kinds = {str(field.type) for field in fields(Observation)}
    assert not any(
        word in kind for kind in kinds for word in ("State", "Setup", "Terrain", "Rover")
    )


def astray(state: State, east_m: float) -> State:
    """The same rover elsewhere, which believes to be where it was."""
    mobility = state.rover.mobility
    belief = replace(mobility.estimate, x_m=mobility.x_m, y_m=mobility.y_m)
    moved = replace(mobility, x_m=mobility.x_m + east_m, estimate=belief)
    return replace(state, rover=replace(state.rover, mobility=moved))


def test_the_place_is_what_the_rover_believes(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    seen = observe(setup, astray(grounded(setup), 3.0))
    belief = astray(grounded(setup), 3.0).rover.mobility.estimate
    assert isinstance(belief, Estimate)
    assert seen.place_m == (belief.x_m, belief.y_m)
    assert (seen.readings["x_m"], seen.readings["y_m"]) == seen.place_m
    assert seen.readings["heading_rad"] == belief.heading_rad
    assert seen.readings["charge_frac"] == seen.charge_frac
    assert len(seen.readings) == len(list(seen.readings))


def test_detours_lie_around_where_the_rover_believes_to_be(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, astray(grounded(ninety.setup), 300.0)
    seen = observe(setup, state)
    found = seen.detours(1200.0)
    away_m = [math.dist(seen.place_m, (one.x_m, one.y_m)) for one in found]
    assert away_m == sorted(away_m)
    assert len(found) >= 2
    assert away_m[-1] <= 1200.0
    assert found == observe(setup, astray(grounded(setup), 500.0)).detours(1200.0)
    assert {one.points for one in found} == {setup.score.find_points}
    assert not any(one.is_told or one.is_photographed for one in found)
    with pytest.raises(ValueError, match="detours"):
        seen.detours(-1.0)


def futures(setup: Setup) -> tuple[Setup, Setup]:
    """Two missions with the same past and another future: dust to come, gusts and luck."""
    spec = setup.environment
    dust = replace(spec.dust, noise_tau=0.0, storm_scale=0.0)
    one = replace(spec, dust=dust, air=replace(spec.air, weather_pa=0.0))
    return replace(setup, environment=one), replace(
        setup, seed=setup.seed + 1, environment=replace(one, seed=spec.seed + 1)
    )


@pytest.mark.parametrize("hour", [8.5, 17.0])
def test_the_baseline_decides_the_same_whatever_the_future_brings(
    ninety: OpenedLevel, hour: float
) -> None:
    asked = []
    for setup in futures(ninety.setup):
        state = grounded(setup, hour, sol=20)
        asked.append(BaselineAgent(7).commands(observe(setup, state)))
    assert asked[0] == asked[1]


def test_looking_ahead_is_the_public_forecast(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    seen = observe(setup, grounded(setup))
    plan = (Activity(1, ActivityKind.AIR, seen.tick + 600, 3600),)
    course = seen.foresee(plan, tick_at(setup.site, 10, 6.0))
    assert np.all(course.charge_low_frac <= course.charge_frac + 1e-12)
    assert [cost.number for cost in course.costs] == [1]


def test_other_agents_need_no_more(ninety: OpenedLevel) -> None:
    seen = observe(ninety.setup, grounded(ninety.setup))
    assert IdleAgent(1).commands(seen) == ()
    assert RandomAgent(1).commands(seen)
