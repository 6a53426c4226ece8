import pytest

from game.commands import ActivityKind
from game.ui.boxes import Box
from game.ui.draw.plot import Axes
from game.ui.input import Pointed
from game.ui.plan_parts import PlanBlock
from game.ui.widgets.timeline import (
    Dropped,
    Edit,
    Selected,
    Timeline,
    block_box,
)

AXES = Axes(Box(100, 0, 1200, 130))  # 50 px an hour from 06
AIR = PlanBlock(5, ActivityKind.AIR, 3, "Air", 8.0, 10.0, can_stretch=True)
SOIL = PlanBlock(6, ActivityKind.SOIL, 2, "Soil", 8.0, 9.0)
BLOCKS = (AIR, SOIL)


def down(x: float, y: float) -> Pointed:
    return Pointed(x, y, 1, is_down=True)


def up(x: float, y: float, *, is_fine: bool = False) -> Pointed:
    return Pointed(x, y, 1, is_down=False, is_fine=is_fine)


def test_a_click_selects_and_moves_nothing() -> None:
    timeline = Timeline()
    assert timeline.handle(down(250, 85), AXES, BLOCKS) == Selected(5)
    assert timeline.handle(up(251, 85), AXES, BLOCKS) is None


def test_dragging_moves_a_block_by_what_the_pointer_moved() -> None:
    timeline = Timeline()
    timeline.handle(down(250, 85), AXES, BLOCKS)
    edit = timeline.handle(Pointed(350, 85), AXES, BLOCKS)
    assert isinstance(edit, Edit)
    assert (edit.start_h, edit.end_h, edit.is_final) == (10.0, 12.0, False)
    last = timeline.handle(up(350, 85), AXES, BLOCKS)
    assert isinstance(last, Edit)
    assert last.is_final
    assert timeline.handle(Pointed(400, 85), AXES, BLOCKS) is None


def test_the_ends_of_a_block_stretch_it() -> None:
    timeline = Timeline()
    timeline.handle(down(block_box(AXES, AIR).right - 2, 85), AXES, BLOCKS)
    edit = timeline.handle(Pointed(400, 85), AXES, BLOCKS)
    assert isinstance(edit, Edit)
    assert edit.start_h == 8.0
    assert edit.end_h == pytest.approx(12.0)
    timeline = Timeline()
    timeline.handle(down(block_box(AXES, AIR).x + 2, 85), AXES, BLOCKS)
    edit = timeline.handle(Pointed(150, 85), AXES, BLOCKS)
    assert isinstance(edit, Edit)
    assert edit.start_h == pytest.approx(7.0)
    assert edit.end_h == 10.0


def test_what_has_a_fixed_length_only_moves() -> None:
    timeline = Timeline()
    timeline.handle(down(block_box(AXES, SOIL).right - 2, 60), AXES, BLOCKS)
    edit = timeline.handle(Pointed(400, 60), AXES, BLOCKS)
    assert isinstance(edit, Edit)
    assert edit.end_h - edit.start_h == pytest.approx(1.0)


def test_what_has_begun_cannot_be_taken() -> None:
    begun = PlanBlock(7, ActivityKind.DRIVE, 0, "Drive", 8.0, 9.0, is_begun=True)
    timeline = Timeline()
    assert timeline.handle(down(220, 10), AXES, (begun,)) == Selected(7)
    assert timeline.handle(Pointed(400, 10), AXES, (begun,)) is None


def test_a_new_activity_is_dropped_on_the_lanes_only() -> None:
    timeline = Timeline()
    timeline.carry(ActivityKind.PICTURE)
    dropped = timeline.handle(up(300, 40, is_fine=True), AXES, BLOCKS)
    assert dropped == Dropped(ActivityKind.PICTURE, 10.0, is_fine=True)
    timeline.carry(ActivityKind.PICTURE)
    assert timeline.handle(up(20, 40), AXES, BLOCKS) is None
    assert timeline.carried is None


def test_the_empty_lane_takes_the_selection_away() -> None:
    assert Timeline().handle(down(900, 85), AXES, BLOCKS) == Selected(0)


def test_hours_and_places_go_both_ways() -> None:
    for hour in (6.0, 12.5, 29.9):
        assert AXES.hour(AXES.x(hour)) == pytest.approx(hour)
