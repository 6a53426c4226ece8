"""The small good map, number by number."""

import base64
import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from game.levels.load import load_level
from game.levels.problems import Problems
from game.levels.tiled_objects import Shape
from game.levels.tmx import TiledMap, read_map
from tests.levels.folders import MAPS, changed_map, good_level, refusal

GIDS = [1, 5, 9, 13, 0, 0, 0, 0, 17, 21, 25, 29]


def good_sheet() -> TiledMap:
    problems = Problems("good.tmx")
    sheet = read_map(MAPS / "good.tmx", (MAPS,), problems)
    assert not problems.found
    assert sheet is not None
    return sheet


def test_rows_run_from_south_to_north() -> None:
    gids = good_sheet().tile_layers[0].gids
    assert gids.tolist() == [[17, 21, 25, 29], [0, 0, 0, 0], [1, 5, 9, 13]]


def test_metres_count_from_the_south_west_corner_with_y_up() -> None:
    lander = good_sheet().objects[0]
    # 64 px of 32 px tiles of 2 m from the west; 32 px from the north edge of a 6 m high map.
    assert (lander.x_m, lander.y_m) == (4.0, 4.0)


def test_an_ellipse_is_known_by_its_middle() -> None:
    crater = good_sheet().objects[1]
    assert crater.shape is Shape.ELLIPSE
    assert (crater.x_m, crater.y_m, crater.width_m) == (5.0, 3.0, 2.0)


def test_class_and_type_both_name_the_class() -> None:
    assert [item.kind for item in good_sheet().objects] == [
        "lander",
        "crater",
        "goal",
        "soil_patch",
        "keep_out",
        "rock",
    ]


def test_a_rectangle_turns_clockwise_about_its_corner() -> None:
    area = good_sheet().objects[4]
    # Corner at (6 m, 6 m); turned by 90 degrees a 1 m square lies to the south-west of it.
    assert math.isclose(area.x_m, 5.5)
    assert math.isclose(area.y_m, 5.5)


def test_outlines_run_counter_clockwise() -> None:
    points = good_sheet().objects[3].points_m
    pairs = zip(points, points[1:] + points[:1], strict=True)
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) > 0.0


def test_a_template_gives_what_the_object_does_not_say() -> None:
    stone = good_sheet().objects[5]
    assert (stone.name, stone.kind, stone.properties) == ("Stone", "rock", {"diameter_m": 0.8})
    assert (stone.x_m, stone.y_m) == (2.0, 1.0)


def test_offsets_of_groups_and_layers_move_objects(tmp_path: Path) -> None:
    path = changed_map(tmp_path, ('name="all" offsetx="0"', 'name="all" offsetx="16.5"'))
    sheet = read_map(path, (tmp_path,), Problems("map"))
    assert sheet is not None
    assert math.isclose(sheet.objects[0].x_m, 4.0 + 16.5 / 16.0)


def packed(body: bytes, name: str) -> str:
    head = f'<data encoding="base64" compression="{name}">' if name else '<data encoding="base64">'
    return head + base64.b64encode(body).decode() + "</data>"


def csv_part() -> str:
    text = (MAPS / "good.tmx").read_text(encoding="utf-8")
    return text[text.index("<data") : text.index("</data>") + len("</data>")]


PLAIN = struct.pack("<12I", *GIDS)


@pytest.mark.parametrize(
    ("body", "name"),
    [(PLAIN, ""), (zlib.compress(PLAIN), "zlib"), (gzip.compress(PLAIN), "gzip")],
    ids=["base64", "zlib", "gzip"],
)
def test_every_storage_format_gives_the_same_tiles(tmp_path: Path, body: bytes, name: str) -> None:
    path = changed_map(tmp_path, (csv_part(), packed(body, name)))
    level, good = load_level(path), load_level(MAPS / "good.tmx")
    assert level.soil == good.soil


def test_mirrored_and_turned_tiles_are_the_same_soil(tmp_path: Path) -> None:
    path = changed_map(tmp_path, ("1,5,9,13,", f"{1 | 0xE0000000},5,9,13,"))
    assert load_level(path).soil == load_level(MAPS / "good.tmx").soil


DAMAGED = 'layer "soil": is damaged or has the wrong length: 12 tiles are 48 bytes'


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (PLAIN[:-4], ""),
        (PLAIN + b"\0", ""),
        (zlib.compress(PLAIN)[:-5], "zlib"),
        (zlib.compress(PLAIN + PLAIN), "zlib"),
        (b"junk", "gzip"),
        (zlib.compress(bytes(64 * 1024 * 1024)), "zlib"),
    ],
    ids=["short", "long", "cut off", "twice as much", "junk", "bomb"],
)
def test_packed_tiles_must_have_the_exact_length(tmp_path: Path, body: bytes, name: str) -> None:
    path = changed_map(tmp_path, (csv_part(), packed(body, name)))
    assert DAMAGED in refusal(path)[0]


def test_soil_and_objects_are_placed_from_the_lander(tmp_path: Path) -> None:
    level = good_level(tmp_path)
    assert level.soil is not None
    assert (level.soil.x_m, level.soil.y_m, level.soil.cell_m) == (-4.0, -4.0, 2.0)
    codes = np.frombuffer(level.soil.codes, np.uint8).reshape(3, 4)
    assert codes.tolist() == [[4, 5, 6, 7], [255] * 4, [0, 1, 2, 3]]
    goal = level.places[0]
    assert (goal.x_m, goal.y_m, goal.radius_m) == (2.0, -2.0, 3.0)
