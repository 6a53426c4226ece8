"""What the window draws of the place: the estimate with its doubt, not the truth."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.commands import Activity, ActivityKind
from game.digest import digest
from game.events import PositionFixed
from game.levels.open import OpenedLevel
from game.rover.estimate import Estimate
from game.rover.mobility import with_sight
from game.state import Setup, State
from game.ui.belief import (
    SIGMAS,
    Belief,
    Glide,
    believed_way,
    chart_view,
    corrected_m,
    correction_text,
)
from game.ui.camera import View
from game.ui.canvas import Canvas
from game.ui.draw.marks import draw_doubt
from game.ui.facts.power import activity_wh, shed_rows
from game.ui.goals import goal_of
from game.ui.missions import Run, start
from game.ui.model import beside
from game.ui.news import news_of
from game.ui.plan_draft import drive_start
from game.ui.plan_edits import Makings, drive_goal
from game.ui.screens.map import MapScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.play_hints import hint_at
from game.ui.shell import Shell
from game.ui.stage import Stage
from tests.ui.window import plain_play

NEAR, FAR = 46.0, 4.0
OFF = (3.0, -2.0)  # the true place seen from the believed one


def astray(state: State, off_m: tuple[float, float] = OFF) -> State:
    """Return the rover off its estimate, with a doubt of 2 m east and 1 m north."""
    place = state.rover.mobility
    x_m, y_m = place.x_m - off_m[0], place.y_m - off_m[1]
    unsure = Estimate(x_m, y_m, place.heading_rad, 4.0, 1.0, 0.0, 0.0,
                      mark_at_x_m=x_m, mark_at_y_m=y_m)  # fmt: skip
    mobility = replace(place, is_on_lander=False, estimate=unsure)
    return replace(state, rover=replace(state.rover, mobility=mobility))


@pytest.fixture
def lost(run: Run) -> Run:
    run.session.state = astray(run.session.state)
    run.session.previous = run.session.state
    return run


@pytest.fixture
def play(shell: Shell, lost: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, lost)
    yield screen
    screen.close()


@pytest.fixture
def sure(shell: Shell) -> Iterator[PlayScreen]:
    """The same window on the difficulty at which the place is never in doubt."""
    run = start("ninety-sols", 7, "visitor")
    screen = plain_play(shell, run)
    yield screen
    screen.close()


def truth(stage: Stage) -> tuple[float, float]:
    place = stage.flight.state.rover.mobility
    return place.x_m, place.y_m


def zoomed(stage: Stage, scale_px_m: float) -> Stage:
    stage.camera.jump(*truth(stage), scale_px_m)
    return stage


def test_close_by_the_rover_stands_where_it_is_and_marks_are_off_with_it(play: PlayScreen) -> None:
    stage = zoomed(play.stage, NEAR)
    true_m = truth(stage)
    rover = stage.scene().rover
    assert (rover.x_m, rover.y_m) == pytest.approx(true_m)
    mark_m = (true_m[0] + 5.0, true_m[1] + 7.0)
    seen = stage.view.to_m(*stage.chart.to_px(*mark_m))
    assert seen == pytest.approx((mark_m[0] + OFF[0], mark_m[1] + OFF[1]))


def test_arriving_by_its_estimate_the_rover_is_seen_at_the_mark(play: PlayScreen) -> None:
    for scale in (NEAR, 12.0, FAR, 0.5):
        stage = zoomed(play.stage, scale)
        here, rover = stage.belief(), stage.scene().rover
        arrived = stage.chart.to_px(here.x_m, here.y_m)
        assert stage.view.to_px(rover.x_m, rover.y_m) == pytest.approx(arrived), scale


def test_far_away_the_rover_is_an_arrow_where_it_believes_to_be(play: PlayScreen) -> None:
    stage = zoomed(play.stage, FAR)
    true_m, rover = truth(stage), stage.scene().rover
    assert (rover.x_m, rover.y_m) == pytest.approx((true_m[0] - OFF[0], true_m[1] - OFF[1]))
    assert stage.chart == stage.view


def test_a_click_on_a_rock_means_the_place_the_rover_will_steer_to(play: PlayScreen) -> None:
    stage = zoomed(play.stage, NEAR)
    rock_m = (truth(stage)[0] + 4.0, truth(stage)[1] + 1.0)
    meant = stage.ground_at(*stage.view.to_px(*rock_m), 1.0)
    assert meant == pytest.approx((rock_m[0] - OFF[0], rock_m[1] - OFF[1]))


def test_where_the_place_is_never_in_doubt_everything_is_the_truth(sure: PlayScreen) -> None:
    for scale in (NEAR, FAR):
        stage = zoomed(sure.stage, scale)
        here = stage.belief()
        assert (here.x_m, here.y_m) == truth(stage)
        assert (here.long_m, here.short_m, here.off_x_m, here.off_y_m) == (0.0,) * 4
        assert stage.chart == stage.view
        rover = stage.scene().rover
        assert (rover.x_m, rover.y_m) == truth(stage)
    setup, state = sure.desk.run.opened.setup, sure.desk.flight.state
    assert MapScreen(sure).rover == truth(sure.stage)
    assert not any("position" in line for line in beside(setup, state))


def test_on_the_map_the_rover_is_where_it_believes_to_be_at_every_zoom(play: PlayScreen) -> None:
    stage = zoomed(play.stage, NEAR)
    true_m = truth(stage)
    with stage.as_map():
        rover = stage.scene().rover
        assert (rover.x_m, rover.y_m) == pytest.approx((true_m[0] - OFF[0], true_m[1] - OFF[1]))
        assert stage.ground_at(*stage.view.to_px(5.0, 6.0), 1.0) == pytest.approx((5.0, 6.0))
    assert stage.is_near


def test_map_plan_and_goal_count_from_the_estimate(play: PlayScreen) -> None:
    true_m = truth(play.stage)
    believed_m = (true_m[0] - OFF[0], true_m[1] - OFF[1])
    assert MapScreen(play).rover == pytest.approx(believed_m)
    draft = PlanScreen(play).planning.draft
    drive = Activity(99, ActivityKind.DRIVE, 0, 600, x_m=0.0, y_m=9.0)
    assert drive_start(replace(draft, shown=()), drive) == pytest.approx(believed_m)
    level, setup = play.desk.run.opened.level, play.desk.run.opened.setup
    goal = goal_of(level, setup, play.desk.flight.state, 1)
    assert goal.place is not None
    away_m = math.dist(believed_m, (goal.place.x_m, goal.place.y_m))
    assert goal.way.startswith(f"{away_m:.0f} m") or away_m <= goal.place.radius_m
    aim = drive_goal(Makings(play.desk.run.opened, play.desk.flight.state, draft.day, goal))
    cross = (aim[0] - believed_m[0]) * (goal.place.y_m - believed_m[1])
    cross -= (aim[1] - believed_m[1]) * (goal.place.x_m - believed_m[0])
    assert abs(cross) < 1e-6 * away_m**2  # on the line from the estimate to the goal


def test_the_cost_of_a_drive_counts_from_the_estimate(ninety: OpenedLevel, lost: Run) -> None:
    state = astray(lost.session.state, (12.0, 0.0))
    place = state.rover.mobility
    goal = Activity(
        1, ActivityKind.DRIVE, state.tick + 600, 600, x_m=place.x_m + 8.0, y_m=place.y_m
    )
    sequencer = replace(state.rover.sequencer, plan=(goal,))
    planned = replace(state, rover=replace(state.rover, sequencer=sequencer))
    [row] = shed_rows(ninety.setup, planned, float(state.tick), 10.0)
    believed_m = (place.estimate.x_m, place.estimate.y_m)
    assert row.used_wh == activity_wh(ninety.setup, believed_m, goal)
    assert row.used_wh > 1.5 * activity_wh(ninety.setup, (place.x_m, place.y_m), goal)


def test_beside_the_rover_stands_how_sure_it_is(lost: Run) -> None:
    setup: Setup = lost.opened.setup
    lines = beside(setup, lost.session.state)
    assert f"position ±{SIGMAS * 2.0:.1f} m" in lines


def test_drawing_what_is_believed_changes_nothing(play: PlayScreen, canvas: Canvas) -> None:
    before = digest(play.desk.flight.state)
    for scale in (NEAR, FAR):
        zoomed(play.stage, scale)
        play.draw(canvas)
        MapScreen(play).draw(canvas)
        PlanScreen(play).draw(canvas)
    assert digest(play.desk.flight.state) == before


def test_the_ellipse_is_as_long_and_wide_as_the_doubt(canvas: Canvas) -> None:
    view = View(0.0, 0.0, 10.0, 1280, 720)
    empty = pygame.surfarray.array3d(canvas.surface).astype(int)
    draw_doubt(canvas, view, Belief(1.0, 2.0, 0.0, 12.0, 4.0, math.pi / 2))
    drawn = pygame.surfarray.array3d(canvas.surface).astype(int)
    xs, ys = np.nonzero(np.abs(drawn - empty).sum(axis=2) > 60)
    assert (xs.min() + xs.max()) / 2 == pytest.approx(650.0, abs=2.0)
    assert (ys.min() + ys.max()) / 2 == pytest.approx(340.0, abs=2.0)
    assert xs.max() - xs.min() == pytest.approx(240.0, abs=8.0)
    assert ys.max() - ys.min() == pytest.approx(80.0, abs=8.0)


def test_a_doubt_smaller_than_the_arrow_is_not_drawn(canvas: Canvas) -> None:
    before = pygame.surfarray.array3d(canvas.surface)
    draw_doubt(canvas, View(0.0, 0.0, 1.0, 1280, 720), Belief(0.0, 0.0, 0.0, 4.0, 2.0, 0.0))
    assert (pygame.surfarray.array3d(canvas.surface) == before).all()


def test_the_believed_way_begins_right_and_ends_at_the_estimate() -> None:
    track = tuple((0.5 * k, 0.0) for k in range(2001))
    way = believed_way(track, OFF)
    assert way[0] == track[0]
    assert way[-1] == pytest.approx((1000.0 - OFF[0], -OFF[1]))
    assert len(way) <= 600
    assert believed_way(track[:3], (0.0, 0.0)) == track[:3]


def test_a_correction_of_the_place_is_told_in_metres() -> None:
    news = news_of(PositionFixed(5, "orbiter's picture", 3.42, 0.6))
    assert news is not None
    assert news.words.startswith("Position corrected by 3.4 m")
    assert "±1.2 m" in news.words


def test_a_doubt_under_the_rover_itself_is_not_drawn(canvas: Canvas) -> None:
    before = pygame.surfarray.array3d(canvas.surface)
    view = View(0.0, 0.0, NEAR, 1280, 720)
    draw_doubt(canvas, view, Belief(0.0, 0.0, 0.0, 1.4, 0.6, 0.0), is_near=True)
    assert (pygame.surfarray.array3d(canvas.surface) == before).all()
    draw_doubt(canvas, view, Belief(0.0, 0.0, 0.0, 4.0, 2.0, 0.0), is_near=True)
    assert (pygame.surfarray.array3d(canvas.surface) != before).any()


def test_a_photograph_that_moves_the_belief_is_told_once(lost: Run, play: PlayScreen) -> None:
    before = lost.session.state
    place = before.rover.mobility
    west_m = place.x_m - 10.0  # pictures were last compared there, and the place was right
    mark = replace(place.estimate, mark_x_m=west_m, mark_y_m=place.y_m,
                   mark_at_x_m=west_m, mark_at_y_m=place.y_m)  # fmt: skip
    place = replace(place, estimate=mark)
    before = replace(before, rover=replace(before.rover, mobility=place))
    seen = with_sight(lost.opened.setup.rover.mobility, place, 7, before.tick)
    after = replace(before, rover=replace(before.rover, mobility=seen))
    moved_m = math.dist((seen.estimate.x_m, seen.estimate.y_m),
                        (place.estimate.x_m, place.estimate.y_m))  # fmt: skip
    assert moved_m > 1.0
    assert corrected_m(before, after, ()) == pytest.approx(moved_m)
    fix = PositionFixed(before.tick, "orbiter", moved_m, 1.0)
    assert corrected_m(before, after, (fix,)) == 0.0  # that is told by its own news
    assert corrected_m(after, after, ()) == 0.0
    play.desk.flight.pause(is_paused=True)
    play.desk.flight.corrected_m = moved_m
    play.desk.update(1 / 30)
    assert play.desk.captions.words == f"Position corrected by {moved_m:.1f} m, by pictures."
    assert play.desk.flight.corrected_m == 0.0


def test_small_corrections_need_no_words() -> None:
    assert correction_text(0.3) == ""


def test_hovering_over_the_rover_tells_how_sure_it_is(play: PlayScreen, canvas: Canvas) -> None:
    zoomed(play.stage, NEAR)
    play.draw(canvas)
    play.pointer, play.hover_s = play.stage.rover_at(canvas), 10.0
    assert "position ±4.0 m" in hint_at(play)[1]
    play.pointer = (play.pointer[0], play.pointer[1] + 130.0)
    assert hint_at(play)[1] == ""


def test_marks_glide_when_the_view_becomes_a_map() -> None:
    belief = Belief(0.0, 0.0, 0.0, 4.0, 2.0, 0.0, off_x_m=3.0, off_y_m=-2.0)
    glide, view = Glide(1.0), View(0.0, 0.0, 10.0, 1280, 720)
    before = chart_view(view, glide.off(belief)).to_px(5.0, 5.0)
    for _ in range(20):
        glide.step(1 / 60, 0.25, is_near=False)
        now = chart_view(view, glide.off(belief)).to_px(5.0, 5.0)
        assert math.dist(before, now) < 4.0  # 36 px on the whole
        before = now
    assert glide.off(belief) == (0.0, 0.0)
    assert before == view.to_px(5.0, 5.0)
    glide.step(1.0, 0.25, is_near=True)
    assert glide.off(belief) == (3.0, -2.0)
