"""A plan file flown headless and in the window comes to the same state, to the last bit."""

from pathlib import Path

import pytest

from game.agents.agent import fly
from game.agents.simple import PlanAgent
from game.commands import UplinkPlan
from game.digest import digest
from game.levels.open import open_level, open_plan
from game.session import Session
from game.state import State
from game.ui.flight import Flight
from game.ui.missions import Run
from game.ui.outlook import Outlook

PLAN = """
schema = 1
name = "to the last bit"

[[activity]]
kind = "roll_off"
sol = 8
start = "10:00"

[[activity]]
kind = "picture"
sol = 8
start = "11:00"

[[activity]]
kind = "drive"
name = "go"
sol = 8
start = "11:30"
minutes = 40
x_m = 0.5
y_m = -9.0
abort = "tilt_rad > 0.4"

[[activity]]
kind = "soil"
after = "go"
gap_minutes = 3
condition = "charge_frac > 35 %"
else = "listen"

[[activity]]
kind = "air"
name = "listen"

[[activity]]
kind = "wings"
sol = 8
start = "14:30"
mode = "track"

[[activity]]
kind = "heater"
sol = 8
start = "15:00"
heater = "box"
on_k = 238.15

[[activity]]
kind = "crab"
name = "aside"
sol = 8
start = "16:10"
distance_m = 0.5
bearing_deg = 90

[[activity]]
kind = "wings"
sol = 8
start = "16:00"
mode = "level"

[[activity]]
kind = "send"
sol = 8
at_pass = "night"
minutes = 20
is_optional = true
"""
SOLS = 9


@pytest.mark.parametrize("frames", [(1 / 30,), (0.004, 0.25, 1 / 60, 0.03)])
def test_headless_and_window_agree(tmp_path: Path, frames: tuple[float, ...]) -> None:
    path = tmp_path / "same.plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    opened = open_level("ninety-sols", 7)
    plan = open_plan(path, opened.setup)

    headless = Session(opened.setup)
    seen: dict[int, State] = {}
    fly(headless, PlanAgent(plan), SOLS, lambda state: seen.update({state.tick: state}), [])
    assert headless.state.rover.mobility.odometer_m > 5.0
    assert any(p.kind == "soil" for p in headless.state.rover.storage.products) or (
        headless.state.rover.storage.home
    )

    window = Run(opened, Session(opened.setup))
    flight, outlook = Flight(window.session), Outlook()
    flight.issue(UplinkPlan(plan))
    count = 0
    while flight.state.tick < opened.setup.opening_tick + 6000:
        flight.run_to(flight.state.tick + 2000)
    flight.choose(900.0)
    while flight.state.tick < headless.state.tick - 40_000:
        flight.pause(is_paused=False)
        flight.advance(frames[count % len(frames)])
        count += 1
        if count % 40 == 0:  # looking ahead and drawing never change what happens
            outlook.start(opened.setup, flight.state, flight.state.tick + 600)
            outlook.finish()
    tick = flight.state.tick
    assert tick in seen
    assert digest(flight.state) == digest(seen[tick])
