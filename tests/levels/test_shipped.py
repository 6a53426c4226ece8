"""Every shipped level, tileset and template, and the Tiled project file."""

import json
import math
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from game.levels.build import keep_out_circles, level_overlays
from game.levels.level import BeatKind, beats_of_sol
from game.levels.load import level_paths, load_level
from game.levels.problems import Problems
from game.levels.schema import OBJECT_CLASSES, SoilName
from game.levels.tiled_layers import TileLayer
from game.levels.tiled_objects import Shape
from game.levels.tiled_project import FILE_NAME, project_text
from game.levels.tmx import read_map
from game.paths import data_root
from game.world.soil import Soil

LEVELS = data_root("levels")
MAPS = sorted(LEVELS.rglob("*.tmx"))


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_every_shipped_level_is_good(name: str) -> None:
    level = load_level(level_paths()[name])
    assert level.name == name
    assert level_overlays(level)
    assert level.author
    assert level.licence


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_a_place_of_a_shipped_level_has_words(name: str) -> None:
    for place in load_level(level_paths()[name]).places:
        assert place.text, place.name
        assert place.title[:1].isupper(), place.name


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_every_morning_has_a_goal_a_glimpse_and_a_threat(name: str) -> None:
    level = load_level(level_paths()[name])
    for sol in range(level.opening.sol, level.sols + 1):
        kinds = {beat.kind for beat in beats_of_sol(level.story, sol)}
        assert kinds >= {BeatKind.GOAL, BeatKind.GLIMPSE, BeatKind.THREAT}, sol


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_there_is_something_to_tell_when_no_condition_holds(name: str) -> None:
    level = load_level(level_paths()[name])
    plain = tuple(beat for beat in level.story if not beat.condition)
    for sol in range(level.opening.sol, level.sols + 1):
        kinds = {beat.kind for beat in beats_of_sol(plain, sol)}
        assert kinds >= {BeatKind.GOAL, BeatKind.GLIMPSE, BeatKind.THREAT}, sol


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_a_surprise_falls_in_the_first_three_sols(name: str) -> None:
    level = load_level(level_paths()[name])
    surprises = [beat.sol for beat in level.story if beat.kind is BeatKind.SURPRISE]
    assert min(surprises) - level.opening.sol <= 3


def test_the_ninety_sols_pose_a_regional_storm_near_sol_40() -> None:
    (storm,) = load_level(LEVELS / "campaign" / "ninety-sols").storms
    assert storm.kind == "regional"
    assert math.isclose(storm.start_sol, 40.0, abs_tol=3.0)


def test_the_way_to_each_goal_down_to_par_is_short() -> None:
    level = load_level(LEVELS / "campaign" / "ninety-sols")
    places = [place for place in level.places if place.y_m > -900.0]
    steps = [math.dist((a.x_m, a.y_m), (b.x_m, b.y_m)) for a, b in pairwise(places)]
    assert max(steps) < 105.0
    assert math.dist((0.0, 0.0), (places[0].x_m, places[0].y_m)) < 20.0


def test_soil_names_are_those_of_the_ground() -> None:
    assert [name.value for name in SoilName] == [soil.name.lower() for soil in Soil]
    assert [soil.value for soil in Soil] == list(range(len(SoilName)))


def test_the_tiled_project_is_up_to_date() -> None:
    assert (LEVELS / FILE_NAME).read_text(encoding="utf-8") == project_text(), (
        "run: python -m game level types"
    )


def test_the_tiled_project_runs_nothing() -> None:
    project = json.loads(project_text())
    assert project["commands"] == []
    assert not (LEVELS / project["extensionsPath"]).exists()


def test_every_object_class_is_offered_in_tiled() -> None:
    kinds = json.loads(project_text())["propertyTypes"]
    assert {kind["name"] for kind in kinds if kind["type"] == "class"} == {*OBJECT_CLASSES, "level"}


@pytest.mark.parametrize("path", sorted((LEVELS / "templates").glob("*.tx")), ids=lambda p: p.stem)
def test_every_template_gives_a_good_object(path: Path, tmp_path: Path) -> None:
    text = (Path(__file__).parent / "maps" / "good.tmx").read_text(encoding="utf-8")
    text = text.replace('template="stone.tx"', f'template="{path.name}"')
    text = re.sub("<layer.*?</layer>", "", text, flags=re.DOTALL)
    text = text.replace('width="4" height="3"', 'width="64" height="64"')
    for name in ("soil.tsx", "soil.png"):
        (tmp_path / name).write_bytes((LEVELS / "tilesets" / name).read_bytes())
    (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "map.tmx").write_text(text, encoding="utf-8")
    kinds = [item.kind for item in load_level(tmp_path).objects]
    assert kinds[-1] == path.stem.replace("-", "_")


def test_a_polygon_keep_out_is_covered_by_circles() -> None:
    level = load_level(LEVELS / "campaign" / "first-hundred-metres")
    area = next(area for area in level.keep_outs if area.points_m)
    circles = keep_out_circles(area)
    assert 9 <= len(circles) <= 80
    for x, y in area.points_m:
        assert min(math.dist((x, y), circle[:2]) - circle[2] for circle in circles) < 1.0


def tile_numbers(layer: TileLayer) -> list[list[int]]:
    rows: list[list[int]] = layer.gids[::-1].tolist()
    return rows


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_pytmx_reads_the_same_tiles_and_rectangles(path: Path) -> None:
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    pytmx = pytest.importorskip("pytmx")
    other = pytmx.TiledMap(str(path))
    ours = read_map(path, (LEVELS,), Problems(str(path)))
    assert ours is not None
    for layer in ours.tile_layers:
        theirs = other.get_layer_by_name(layer.name).data
        # pytmx numbers the tiles it meets anew; its table leads back to the numbers of the file.
        gids = [[other.tiledgidmap.get(number, 0) for number in row] for row in theirs]
        assert gids == tile_numbers(layer)
    scale = other.tilewidth / ours.metres_per_tile
    for item in (each for each in ours.objects if each.shape is Shape.RECTANGLE):
        their = other.get_object_by_name(item.name)
        assert (their.id, their.type) == (item.number, item.kind)
        assert math.isclose(their.width, item.width_m * scale)
        assert math.isclose(their.height, item.height_m * scale)
