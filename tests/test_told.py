"""Only the truth is moved, by 20 m: no number that a player or an agent gets may change."""

import math
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from game.agents.baseline import BaselineAgent
from game.agents.observation import Observation, observe
from game.circumstances import circumstances
from game.commands import Activity, ActivityKind, DriveTo, Navigation, Turn, UplinkPlan
from game.contact import is_heard, next_pass_here, pass_here
from game.events import CommandRejected
from game.forecast import Forecast, forecast
from game.levels.open import OpenedLevel, open_level
from game.mission.chart import charted_disc, charted_ring, is_charted
from game.rover.archive import told_place
from game.rover.mobility import as_believed, believed_place, off_m
from game.rover.told import as_told
from game.session import Session
from game.state import Setup, State
from tests.astray import FAR_M, TURNED_RAD, driven_by_belief, moved_truth, unseen
from tests.passes import pit, standing
from tests.rover.desks import grounded

Kind = ActivityKind


def planned(state: State) -> tuple[Activity, ...]:
    """A drive over ground that was seen, and work before and after it."""
    tick = state.tick
    return (
        Activity(1, Kind.PICTURE, tick + 300, 120, azimuth_rad=3.1),
        Activity(2, Kind.DRIVE, tick + 900, 5400, 2.0, -20.0, navigation=Navigation.VISUAL),
        Activity(3, Kind.AIR, tick + 9000, 3600),
        Activity(4, Kind.SEND, tick + 40_000, 3600),
    )


def pair(setup: Setup) -> tuple[State, State]:
    """A rover that is where it believes to be, and one 20 m away; no camera has seen a thing."""
    here = driven_by_belief(unseen(setup, grounded(setup, hour=9.5)))
    return here, moved_truth(here, turn_rad=TURNED_RAD)


def numbers(seen: Forecast) -> dict[str, np.ndarray]:
    """Every series and every band of a forecast."""
    found = {}
    for field in fields(seen):
        value = getattr(seen, field.name)
        if field.name == "stand":
            found[field.name] = np.array([value.x_m, value.y_m, *value.doubt_m2])
        elif field.name not in ("end", "costs", "refusals", "unfinished"):
            found[field.name] = np.asarray(value)
    return found


def test_a_forecast_is_the_same_wherever_the_rover_truly_stands(ninety: OpenedLevel) -> None:
    setup, found = ninety.setup, []
    for state in pair(setup):
        found.append(forecast(setup, state, state.tick + 60_000, planned(state)))
    one, other = (numbers(seen) for seen in found)
    for name, value in one.items():
        assert np.array_equal(value, other[name]), name
    assert [(found[0].costs, found[0].refusals, found[0].unfinished)] == [
        (found[1].costs, found[1].refusals, found[1].unfinished)
    ]
    end = found[1].end.rover.mobility
    assert (end.x_m, end.y_m) == pytest.approx(believed_place(end), abs=1.5)


def test_a_forecast_made_on_the_way_tells_no_more(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    session = Session(setup, grounded(setup, hour=10.0))
    session.issue(DriveTo(1.0, -22.0))
    session.advance_to(session.state.tick + 900)
    under_way = unseen(setup, session.state)
    drive = under_way.rover.mobility.drive
    assert drive is not None
    ends = []
    for state in (under_way, moved_truth(under_way)):
        told = as_told(state.rover).mobility
        assert off_m(told) == (0.0, 0.0)
        assert told.progress is not None
        assert all(math.dist(believed_place(told), point) < 15.0 for point in told.progress.path)
        ends.append(numbers(forecast(setup, state, state.tick + 9000)))
    for name, value in ends[0].items():
        # the next steps are numbers of the ground: they differ in the last bits
        assert np.allclose(value, ends[1][name], rtol=1e-6, atol=1e-6), name


def test_what_an_agent_is_shown_is_the_same(ninety: OpenedLevel) -> None:
    setup, seen = ninety.setup, []
    for state in pair(setup):
        desk = observe(setup, state)
        plain = {f.name: getattr(desk, f.name) for f in fields(Observation)}
        asked = [plain.pop(name) for name in ("readings", "passes", "foresee", "detours")]
        plan = planned(state)
        course = desk.foresee(plan, state.tick + 60_000)
        curves = {f.name: getattr(course, f.name) for f in fields(course)}
        passes = desk.passes(state.tick, state.tick + 200_000)
        detours = desk.detours(1500.0)
        assert detours
        told = {k: str(v) for k, v in curves.items()}
        seen.append((plain, dict(asked[0]), passes, detours, told))
        assert len(passes) > 2
    assert seen[0] == seen[1]
    decided = [BaselineAgent(7).commands(observe(setup, state)) for state in pair(setup)]
    assert decided[0] == decided[1]


def test_the_truth_would_be_told_if_it_were_in_the_readings(ninety: OpenedLevel) -> None:
    """The comparison above can fail: the true state differs in what it reads."""
    here, away = pair(ninety.setup)
    assert (away.rover.mobility.x_m - here.rover.mobility.x_m) == pytest.approx(FAR_M[0])
    assert off_m(away.rover.mobility) == pytest.approx(FAR_M)
    assert as_believed(away.rover.mobility) == as_believed(here.rover.mobility)
    assert away.rover.mobility != here.rover.mobility


def test_passes_are_foretold_from_the_belief_and_heard_from_the_truth() -> None:
    setup = pit()
    state = replace(grounded(setup, sol=5), rover=standing(setup, 0.0, 0.0))
    away = moved_truth(state, (0.0, 250.0))  # on the plain, believing to be in the pit
    for tick in range(state.tick - 44_000, state.tick + 44_000, 2000):
        foretold = next_pass_here(setup, state.rover, tick)
        assert next_pass_here(setup, away.rover, tick) == foretold
        assert circumstances(setup, away).passes(tick) == circumstances(setup, state).passes(tick)
    found = next_pass_here(setup, state.rover, state.tick - 44_000)
    assert found is not None
    early = found.usable_rise_tick - 1
    assert pass_here(setup, away.rover, early) is None
    assert is_heard(setup, away.rover, early)
    assert not is_heard(setup, state.rover, early)


def test_the_chart_is_a_map_as_the_rover_knows_it(ninety: OpenedLevel) -> None:
    """What a picture shows is put around the place where the rover believes it took it."""
    setup = ninety.setup
    state = moved_truth(unseen(setup, grounded(setup, hour=10.0)), (0.0, -60.0))
    session = Session(setup, state)
    session.issue(UplinkPlan((Activity(1, Kind.PANORAMA, state.tick + 60, 1500),)))
    session.advance_to(state.tick + 3000)
    after = session.state
    here = believed_place(after.rover.mobility)
    assert is_charted(setup.chart, after.chart, here[0], here[1] + 20.0)
    assert not is_charted(setup.chart, after.chart, here[0], here[1] - 60.0)
    made = [p for p in after.rover.storage.products if p.kind == "panorama"]
    assert [told_place(one) for one in made] == [here]
    assert math.dist((made[0].x_m, made[0].y_m), here) > 50.0
    session.issue(DriveTo(here[0], here[1] - 6.0))
    session.advance_to(after.tick + 3000)
    place = session.state.rover.mobility
    assert place.odometer_m > 4.0
    assert is_charted(setup.chart, session.state.chart, *believed_place(place))
    assert not is_charted(setup.chart, session.state.chart, place.x_m, place.y_m)


def test_a_refusal_does_not_tell_where_the_rover_truly_stands(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = grounded(setup, hour=10.0)
    for goal_m in ((0.0, -24.0), (0.0, -44.0), (14.0, -18.0)):
        answers = []
        for one in (state, moved_truth(state, (0.0, -20.0))):
            session = Session(setup, one)
            session.issue(DriveTo(*goal_m))
            events = session.advance_to(one.tick + 60)
            answers.append([e.reason for e in events if isinstance(e, CommandRejected)])
        assert answers[0] == answers[1], goal_m


def test_a_turn_ends_where_the_gyroscope_says(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = moved_truth(grounded(setup, hour=10.0), (0.0, 0.0), TURNED_RAD)
    session = Session(setup, state)
    session.issue(Turn(1.0))
    session.advance_to(state.tick + 600)
    after = session.state.rover.mobility
    assert after.drive is None
    assert after.estimate.heading_rad == pytest.approx(1.0, abs=1e-6)
    assert after.heading_rad == pytest.approx(1.0 + TURNED_RAD, abs=2e-3)


WALL = """
[[objects]]
class = "rock"
name = "wall {number}"
x_m = {x_m}
y_m = {y_m}
diameter_m = 1.6
"""
LAND = """
schema = 1
title = "A wall"
is_open_ground = true
sols = 12

[[objects]]
class = "start"
name = "here"
x_m = 0.0
y_m = 0.0
is_on_lander = false

[[objects]]
class = "goal"
name = "there"
x_m = 0.0
y_m = -200.0
radius_m = 5.0
"""


def test_what_cameras_show_around_the_rover_is_in_its_forecast(tmp_path: Path) -> None:
    """A wall before the rover is before it on the map too, however far off the map it is."""
    text = LAND + "".join(WALL.format(number=n, x_m=1.7 * n - 6.8, y_m=-48.0) for n in range(9))
    path = tmp_path / "mission.toml"
    path.write_text(text, encoding="utf-8")
    setup = open_level(str(path), 7).setup
    state = grounded(setup, hour=10.0, sol=5)
    state = replace(state, chart=charted_ring(setup.chart, state.chart, 0.0, -20.0))
    state = replace(state, chart=charted_disc(setup.chart, state.chart, 0.0, -6.0))
    before_wall = moved_truth(state, (0.0, -34.0))  # the wall lies 8 m ahead, at -14 m on the map
    ways = []
    for one in (state, before_wall):
        drive = Activity(1, Kind.DRIVE, one.tick + 60, 7000, 0.0, -24.0)
        drive = replace(drive, navigation=Navigation.AUTONOMOUS)
        ways.append(forecast(setup, one, one.tick + 8000, (drive,)))
    straight, round_about = ways
    assert np.abs(straight.x_m).max() < 1.0
    assert np.abs(round_about.x_m).max() > 4.0 or round_about.y_m.min() > -14.0
