from pathlib import Path

import pygame
import pytest

from game.errors import LevelError
from game.paths import data_root
from game.ui.artwork import map_picture

MAPS = sorted(data_root("levels").glob("campaign/*/*.tmx"))


@pytest.fixture(autouse=True)
def window() -> None:
    pygame.display.init()
    pygame.display.set_mode((320, 200))


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_every_shipped_map_has_a_picture_with_more_than_one_colour(path: Path) -> None:
    picture = map_picture(path, (200, 160))
    assert picture.get_width() == 200 or picture.get_height() == 160
    seen = {tuple(picture.get_at((x, y))) for x in range(0, 160, 8) for y in range(0, 150, 8)}
    assert len(seen) > 5


def test_a_map_that_the_game_refuses_is_not_drawn_either(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tmx"
    bad.write_text("<map/>")
    with pytest.raises(LevelError):
        map_picture(bad, (100, 100))
