"""The report of a sol and the end of a mission: what they tell and what they leave out."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from game.agents.agent import fly
from game.agents.registry import find_agent
from game.environment.clock import tick_at
from game.events import Outcome
from game.levels.level import BeatKind
from game.levels.open import open_level
from game.session import Session
from game.ui.goals import told_beats
from game.ui.input import Wheeled
from game.ui.missions import Run
from game.ui.screens.end import EndScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.report import ReportScreen, has_worked
from game.ui.shot_pages import FATAL
from game.ui.shot_studio import LEVEL, SEED
from tests.ui.tape import Tape


@pytest.fixture
def play(stocked: PlayScreen) -> PlayScreen:
    return stocked


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_end_can_be_drawn(play: PlayScreen, tape: Tape, outcome: Outcome) -> None:
    state = play.desk.flight.session.state
    mission = replace(state.mission, outcome=outcome, causes=("It was -51 °C.",))
    play.desk.flight.session.state = replace(state, mission=mission)
    EndScreen(play).draw(tape)
    assert any("−51 °C" in words for words, _ in tape.written)
    tape.all_inside(tape.page.box)


def test_the_list_of_goals_says_how_many_do_not_fit_and_scrolls(
    play: PlayScreen, tape: Tape
) -> None:
    session = play.desk.flight.session
    causes = ("The rover was lost on sol 19: the battery stood empty.", "No light.", "Dust.")
    mission = replace(session.state.mission, outcome=Outcome.LOSS, causes=causes)
    session.state = replace(session.state, mission=mission)
    goals, screen = session.setup.mission.objectives, EndScreen(play)
    screen.draw(tape)
    shown = [goal for goal in goals if any(words == goal.title for words, _ in tape.written)]
    assert 0 < len(shown) < len(goals)
    rest = len(goals) - len(shown)
    assert any(words == f"and {rest} more below" for words, _ in tape.written)
    for _ in goals:
        screen.handle(Wheeled(640.0, 400.0, -1))
    tape.written.clear()
    screen.draw(tape)
    assert any(words == goals[-1].title for words, _ in tape.written)
    assert any(words == f"and {rest} more above" for words, _ in tape.written)


def test_the_scene_of_a_loss_is_a_loss_with_its_causes() -> None:
    opened = open_level(LEVEL, SEED, None, FATAL)
    session = Session(opened.setup)
    fly(session, find_agent("baseline", SEED), 25, lambda _: None, [])
    assert session.state.mission.outcome is Outcome.LOSS
    assert any("tau" in cause for cause in session.state.mission.causes)


def test_a_rover_that_never_moved_is_told_of_no_tracks_and_sent_to_the_nearest_goal(
    opened: Run,
) -> None:
    setup, level = opened.session.setup, opened.opened.level
    state = replace(opened.session.state, tick=tick_at(setup.site, 9, 6.5))
    told = {beat.kind: beat for beat in told_beats(level, setup, state, 9)}
    assert BeatKind.SURPRISE not in told
    assert told[BeatKind.GOAL].place == "first-prints"
    mobility = replace(state.rover.mobility, odometer_m=12.0)
    mission = replace(state.mission, met=(("first-prints", state.tick),))
    moved = replace(state, rover=replace(state.rover, mobility=mobility), mission=mission)
    told = {beat.kind: beat for beat in told_beats(level, setup, moved, 9)}
    assert told[BeatKind.SURPRISE].title == "The tracks shine"
    assert told[BeatKind.GOAL].place == "pale-slab"


def test_a_likely_storm_is_the_threat_of_the_morning(
    play: PlayScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = ReportScreen(play)
    usual = next(b for b in screen.beats() if b.kind is BeatKind.THREAT)
    storm = SimpleNamespace(sol=11, chance_frac=0.46, is_warned=True)
    monkeypatch.setattr("game.ui.screens.report.worst_ahead", lambda *_: storm)
    threats = [b.title for b in screen.beats() if b.kind is BeatKind.THREAT]
    assert threats == ["A storm is likely on sol 11 (46 %)"]
    assert usual.title not in threats


def test_a_sol_of_rest_was_limited_by_nothing(play: PlayScreen) -> None:
    record = play.desk.flight.state.mission.records[-1]
    rest = replace(record, bound="energy", meters=replace(record.meters, working_s=0.0))
    assert not has_worked(rest)
    assert has_worked(replace(rest, meters=replace(rest.meters, working_s=60.0)))
