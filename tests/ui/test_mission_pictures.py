"""Every mission on the page has a picture."""

import shutil
from dataclasses import replace
from pathlib import Path

import pygame

from game.levels.load import level_paths
from game.ui.mission_pictures import SIZE_PX, MissionPictures
from game.ui.missions import offers


def test_every_shipped_mission_has_a_picture(display: pygame.Surface) -> None:
    pictures = MissionPictures()
    for offer in offers():
        picture = pictures.of(offer)
        assert picture is not None, offer.name
        assert picture.get_size() == SIZE_PX
    del display


def test_a_players_own_map_is_its_picture(display: pygame.Surface, tmp_path: Path) -> None:
    painted = next(offer for offer in offers() if offer.map is not None)
    folder = level_paths()[painted.name]
    assert painted.map is not None
    own = replace(painted, name="mine", is_shipped=False)
    assert MissionPictures().of(own) is not None
    broken = tmp_path / "map.tmx"
    shutil.copy(folder / "mission.toml", broken)
    assert MissionPictures().of(replace(own, map=broken)) is None
    del display
