"""A save has a picture of its moment, and one without is none the worse."""

from pathlib import Path

import pygame
import pytest

from game.ui.camera import View
from game.ui.canvas import Canvas
from game.ui.keeping import quick_save
from game.ui.save_pictures import SIZE_PX, keep_picture, picture_of
from game.ui.screens.play import PlayScreen
from game.ui.screens.saves import SavesScreen


@pytest.fixture
def saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    return tmp_path / "saves"


class Marked:
    """A stage whose left half is red."""

    def __init__(self, view: View) -> None:
        self.view = view

    def draw(self, surface: pygame.Surface) -> None:
        assert surface.get_size() == (self.view.width_px, self.view.height_px)
        surface.fill((20, 20, 20))
        wide, high = surface.get_size()
        surface.fill((200, 0, 0), (0, 0, wide // 2, high))


@pytest.mark.parametrize("size", [(1280, 720), (2560, 1080), (800, 600)])
def test_a_save_keeps_what_was_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    save = tmp_path / "one.save.json"
    keep_picture(Marked(View(0.0, 0.0, 46.0, *size)), save)  # type: ignore[arg-type]
    picture = picture_of(save)
    assert picture is not None
    assert picture.get_size() == SIZE_PX
    red = pygame.surfarray.array3d(picture)[:, :, 0].astype(int)
    assert abs(red[: SIZE_PX[0] // 2 - 2] - 200).max() < 8
    assert abs(red[SIZE_PX[0] // 2 + 2 :] - 20).max() < 8


def test_the_page_shows_the_picture_of_the_chosen_save(
    play: PlayScreen, canvas: Canvas, saves: Path
) -> None:
    quick_save(play.desk, "bare")
    assert picture_of(saves / "bare.save.json") is None
    SavesScreen(play.desk.shell).draw(canvas)
    bare = pygame.surfarray.array3d(canvas.surface)
    (saves / "bare.save.png").write_bytes(b"no picture")
    SavesScreen(play.desk.shell).draw(canvas)
    assert (pygame.surfarray.array3d(canvas.surface) == bare).all()
    quick_save(play.desk, "bare", play.stage)
    SavesScreen(play.desk.shell).draw(canvas)
    changed = (pygame.surfarray.array3d(canvas.surface) != bare).any(axis=2)
    assert changed[800:, 96:300].mean() > 0.3
