"""Determinism and balances of the whole step."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast, get_args

import pytest

from game import commands
from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.agents.simple import RandomAgent
from game.commands import (
    Discard,
    Drive,
    DriveTo,
    RollOff,
    SampleAir,
    SampleSoil,
    Send,
    Stop,
    TakePicture,
)
from game.conditions import parse_condition
from game.digest import digest
from game.environment.clock import sol_start_tick, tick_at
from game.events import (
    ActivityEnded,
    ActivityStarted,
    CommandRejected,
    DriveEnded,
    Event,
    MissionEnded,
    ModeChanged,
    ObjectiveMet,
    Outcome,
    ProductHome,
)
from game.levels.open import Changes, OpenedLevel, open_level
from game.mission.mission import Objective
from game.report import energy_balance_j
from game.rover.meters import used_j
from game.rover.sequencer import all_running
from game.rover.storage import waiting_bit
from game.saves import read_record, resumed, write_recording, write_save
from game.session import Session, replayed
from game.simulation import initial_state, step
from game.state import State

ROOT = Path(__file__).parent.parent


def commanded(session: Session, chunk: int | None) -> Session:
    """A busy sol: commands at fixed moments, advanced in one go or in frames of `chunk` ticks."""
    setup = session.setup
    script = (
        (9.6, RollOff()),
        (9.75, TakePicture(3.47)),
        (9.9, DriveTo(-3.0, -20.0)),
        (11.5, Drive(2.0, 0.1)),
        (11.8, TakePicture(3.0)),
        (12.0, SampleSoil()),
        (12.4, SampleAir(1800)),
        (13.0, Send(3000)),
        (14.2, Stop()),
    )
    for hour, command in script:
        reach(session, tick_at(setup.site, 8, hour), chunk)
        session.issue(command)
    reach(session, tick_at(setup.site, 8, 15.0), chunk)
    return session


def reach(session: Session, tick: int, chunk: int | None) -> None:
    while chunk is not None and session.state.tick + chunk < tick:
        session.advance_to(session.state.tick + chunk)
    session.advance_to(tick)


def busy_sol(opened: OpenedLevel, chunk: int | None = None) -> Session:
    return commanded(Session(opened.setup), chunk)


def test_frames_and_one_go_give_the_same_mission(ninety: OpenedLevel) -> None:
    whole = busy_sol(ninety)
    framed = busy_sol(ninety, 77)
    assert digest(whole.state) == digest(framed.state)
    assert whole.state.rover.mobility.odometer_m > 15.0


def test_two_processes_with_other_hash_seeds_agree() -> None:
    code = (
        "from game.levels.open import open_level; from tests.test_simulation import busy_sol; "
        "from game.digest import digest; "
        "print(digest(busy_sol(open_level('ninety-sols', 7)).state))"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outs) == 1


def test_saving_and_loading_half_way_changes_nothing(ninety: OpenedLevel, tmp_path: Path) -> None:
    session = busy_sol(ninety)
    write_save(tmp_path / "a.save.json", session)
    loaded = resumed(ninety.setup, read_record(tmp_path / "a.save.json"))
    assert digest(loaded.state) == digest(session.state)
    end = tick_at(ninety.setup.site, 9, 12.0)
    session.issue(Send(600))
    loaded.issue(Send(600))
    session.advance_to(end)
    loaded.advance_to(end)
    assert digest(loaded.state) == digest(session.state)


def test_a_recording_runs_again_to_the_same_end(ninety: OpenedLevel, tmp_path: Path) -> None:
    session = busy_sol(ninety)
    write_recording(tmp_path / "a.rec.json", session)
    record = read_record(tmp_path / "a.rec.json")
    again = replayed(ninety.setup, list(record.log), record.tick)
    assert digest(again.state) == record.digest


def test_a_command_inside_a_quiet_step_takes_effect_at_its_own_moment(
    ninety: OpenedLevel,
) -> None:
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 5, 20.0))
    shown = session.state.tick + 40
    session.advance_to(shown + 1)
    assert session.state.tick > shown + 60
    session.issue(SampleAir(600), shown)
    session.advance_to(shown + 1)
    running = session.state.rover.sequencer.main
    assert running is not None
    assert running.started_tick == shown
    again = replayed(ninety.setup, session.log, session.state.tick)
    assert digest(again.state) == digest(session.state)


def test_energy_and_data_balance_over_a_busy_sol(ninety: OpenedLevel) -> None:
    state = busy_sol(ninety).state
    assert abs(energy_balance_j(ninety.setup, state)) < 1e-6 * state.rover.power.generated_j
    storage = state.rover.storage
    assert storage.made_bit == storage.sent_bit + waiting_bit(storage) + storage.lost_bit


def test_meters_add_up_to_what_was_consumed(ninety: OpenedLevel) -> None:
    rover = busy_sol(ninety).state.rover
    assert used_j(rover.meters) == pytest.approx(rover.power.consumed_j, rel=1e-9)


def test_random_commands_break_nothing(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    events: list[Event] = []

    def watch(state: State) -> None:
        assert state.rover.power.charge_j >= 0.0
        assert state.tick > session.previous.tick or state.tick == 0

    fly(session, RandomAgent(3), 10, watch, events)
    storage = session.state.rover.storage
    assert storage.made_bit == storage.sent_bit + waiting_bit(storage) + storage.lost_bit
    assert any(isinstance(event, CommandRejected) for event in events)
    assert [event.tick for event in events] == sorted(event.tick for event in events)
    begun = [event.number for event in events if isinstance(event, ActivityStarted)]
    ended = [event.number for event in events if isinstance(event, ActivityEnded)]
    running = [one.activity.number for one in all_running(session.state.rover.sequencer)]
    assert len(set(begun)) == len(begun)
    assert len(set(ended)) == len(ended)  # what is left out ends without having begun
    assert set(begun) <= {*ended, *running}  # whatever begins ends once
    assert not set(ended) & set(running)
    home = [event.product for event in events if isinstance(event, ProductHome)]
    assert len(set(home)) == len(home)
    driven_m = sum(event.distance_m for event in events if isinstance(event, DriveEnded))
    assert driven_m == pytest.approx(session.state.rover.mobility.odometer_m, abs=0.5)


def test_steps_never_cross_a_boundary(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    starts = {sol_start_tick(ninety.setup.site, sol) for sol in range(2, 6)}
    seen: set[int] = set()
    while session.state.tick < max(starts):
        before = session.state.tick
        session.advance_once()
        assert 1 <= session.state.tick - before <= 300
        seen.add(session.state.tick)
    assert starts <= seen


@pytest.mark.parametrize(
    "command",
    [Drive(float("nan")), Drive(float("inf")), DriveTo(1e9, 0.0), Send(-5), SampleAir(10**9)],
)
def test_nonsense_in_a_command_is_refused_by_name_and_range(
    ninety: OpenedLevel, command: Drive | DriveTo | Send | SampleAir
) -> None:
    session = Session(ninety.setup)
    session.issue(command)
    (refused,) = (e for e in session.advance_once() if isinstance(e, CommandRejected))
    assert "number from" in refused.reason


def test_a_rover_without_light_is_lost_and_the_chain_says_why() -> None:
    storm = {
        "kind": "global",
        "start_sol": 1.5,
        "rise_tau": 10.0,
        "rise_sols": 1.0,
        "peak_sols": 60.0,
        "decay_sols": 60.0,
    }
    wakeful = {
        "bus": {"hibernate_wh": 0.0, "hibernate_dark_wh": 0.0}
    }  # without the refuge of hibernation
    rules = {"rover": {"power": {"capacity_wh": 300.0}}, "sequencer": wakeful}
    changes = Changes(rules, (storm,))
    opened = open_level("ninety-sols", 7, None, changes)
    session = Session(opened.setup)
    events = session.advance_to(sol_start_tick(opened.setup.site, 30))
    (ended,) = (event for event in events if isinstance(event, MissionEnded))
    assert ended.outcome is Outcome.LOSS
    assert "lost on sol" in ended.causes[0]
    assert any("Wh were used" in cause for cause in ended.causes)
    assert any("feed the heaters" in cause for cause in ended.causes)
    assert any("tau" in cause for cause in ended.causes)
    changes_of_mode = [event for event in events if isinstance(event, ModeChanged)]
    assert len(changes_of_mode) < 20  # it goes dark and stays so; it does not flicker
    rover = session.state.rover
    assert used_j(rover.meters) == pytest.approx(rover.power.consumed_j, rel=1e-9)


def test_a_goal_counts_while_the_wheels_still_turn(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 8, 9.6))
    session.issue(RollOff())
    session.advance_to(tick_at(ninety.setup.site, 8, 9.8))
    session.issue(Drive(9.0))
    while not session.state.mission.met:
        session.advance_to(session.state.tick + 5)
        assert session.state.tick < tick_at(ninety.setup.site, 8, 10.5)
    assert session.state.rover.mobility.drive is not None


def test_another_seed_is_another_mission(ninety: OpenedLevel) -> None:
    other = open_level("ninety-sols", 8)
    end = tick_at(ninety.setup.site, 3, 12.0)
    first, second = Session(ninety.setup), Session(other.setup)
    first.advance_to(end)
    second.advance_to(end)
    assert digest(first.state) != digest(second.state)


def test_light_time_delays_every_command() -> None:
    opened = open_level("ninety-sols", 7, "flight-director")
    session = Session(opened.setup)
    session.advance_to(tick_at(opened.setup.site, 5, 12.0))
    asked = session.state.tick
    session.issue(SampleAir(600))
    session.advance_to(asked + 4000)
    started = [p for p in session.state.rover.storage.products if p.kind == "air"]
    assert 1000 < started[0].made_tick - 600 - asked < 1300


@pytest.mark.parametrize("difficulty", ["operator", "flight-director"])
def test_keys_pressed_inside_quiet_steps_give_one_mission_at_any_pace(difficulty: str) -> None:
    opened = open_level("ninety-sols", 7, difficulty, Changes({}, (), ((8, 8),)))
    site, ends = opened.setup.site, []
    script = (
        (8.2, SampleAir(900)),
        (9.6, RollOff()),
        (10.3, Drive(1.0)),
        (10.5, TakePicture(3.0)),
        (20.0, Send(5000)),
        (20.9, Stop()),
        (23.2, SampleAir(2000)),
    )
    before = Session(opened.setup)
    before.advance_to(tick_at(site, 7, 22.0))
    for chunk in (None, 7777, 613):
        session = Session(opened.setup, before.state)
        for hour, command in script:
            shown = tick_at(site, 8, hour)
            reach(session, shown, chunk)
            session.issue(command, shown)
        session.advance_to(tick_at(site, 9, 3.0))
        ends.append(digest(session.state))
    again = Session(opened.setup, before.state)
    for entry in session.log:
        again.advance_to(entry.boundary_tick)
        again.issue(entry.command, entry.arrival_tick)
    again.advance_to(session.state.tick)
    assert {*ends} == {digest(again.state)}


def test_a_product_discarded_at_the_moment_it_is_stored_harms_nothing(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 5, 11.0))
    session.issue(TakePicture(3.0))
    session.advance_once()
    main = session.state.rover.sequencer.main
    assert main is not None
    session.issue(Discard(session.state.rover.storage.made_count + 1), main.ends_tick)
    session.advance_to(main.ends_tick + 60)
    assert session.state.rover.storage.lost_bit > 0


def test_goals_of_time_are_met_at_midnight_without_anything_happening() -> None:
    opened = open_level("ninety-sols", 7)
    goal = Objective("three", "Three sols", parse_condition("sol >= 4", ("sol",)), 1.0)
    mission = replace(opened.setup.mission, objectives=(goal,))
    session = Session(replace(opened.setup, mission=mission))
    events = session.advance_to(sol_start_tick(opened.setup.site, 6))
    met = [event for event in events if isinstance(event, ObjectiveMet)]
    assert [event.tick for event in met] == [sol_start_tick(opened.setup.site, 4)]


@pytest.mark.slow
def test_ninety_sols_of_the_baseline_end_alive(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    events: list[Event] = []
    fly(session, BaselineAgent(7), 90, lambda _: None, events)
    assert session.state.mission.outcome in (Outcome.SUCCESS, Outcome.PARTIAL)
    assert len(session.state.mission.records) == 90
    assert replace(session.state).rover.mobility.odometer_m > 400.0


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([Drive(2.0)], "pairs of a tick and a command"),
        ([(0, "drive")], "'drive' is no command"),
        ([(0, Drive)], "Drive is a kind of command"),
        ([(0.0, Drive(2.0))], "pairs of a tick and a command"),
        ([(0, Drive(2.0), 1)], "pairs of a tick and a command"),
    ],
)
def test_what_is_no_command_is_a_mistake_of_the_caller(
    ninety: OpenedLevel, asked: Any, sentence: str
) -> None:
    with pytest.raises(TypeError, match=sentence):
        step(ninety.setup, initial_state(ninety.setup), asked)


def test_a_session_takes_nothing_but_commands(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup)
    with pytest.raises(TypeError, match="is no command"):
        session.issue(cast(Any, (0, Drive(2.0))))
    with pytest.raises(TypeError, match="whole number of seconds"):
        session.issue(Drive(2.0), cast(Any, float("nan")))
    assert not session.log


def test_every_command_can_be_had_from_one_place() -> None:
    offered = set(commands.__all__)
    assert {kind.__name__ for kind in get_args(commands.Command)} <= offered
    assert all(hasattr(commands, name) for name in offered)
