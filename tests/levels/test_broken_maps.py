"""Each kind of mistake in a map and the sentence that names it."""

from pathlib import Path

import pytest

from tests.levels.folders import MAPS, changed_map, refusal
from tests.levels.test_tmx import csv_part

CRATER = 'layer "objects": object 2 "B4" (crater): '
GOAL = 'layer "objects": object 3 "Goal" (goal): '
SOIL = 'layer "soil": '
FORMAT = 'Fix: in Tiled set Map > Map Properties > "Tile Layer Format" to CSV and save'
COUNT = "Fix: open the map in Tiled, check its size and save it again"

# What is replaced in the good map, by what, and the line that must come out.
MISTAKES = {
    "unknown property": (
        ('"depth_ratio"', '"depth_ration"'),
        CRATER + "unknown property 'depth_ration'; did you mean 'depth_ratio'?",
    ),
    "unknown class": (('"crater"', '"carter"'), "unknown class \"carter\"; did you mean 'crater'?"),
    "no class": ((' class="goal"', ""), 'object 3 "Goal" (no class): has no class'),
    "number out of range": (
        ('value="0.15"', 'value="15"'),
        CRATER + "property 'depth_ratio' must be from 0.005 to 0.25, not 15",
    ),
    "property of another type": (
        ('"depth_ratio" type="float" value="0.15"', '"depth_ratio" value="deep"'),
        CRATER + "property 'depth_ratio': must be a float, not 'deep'. Fix: delete the property in "
        "Tiled and add it again with the type float",
    ),
    "unreadable number": (
        ('value="0.15"', 'value="0,15"'),
        CRATER + 'property "depth_ratio": "0,15" is not a value of the type float',
    ),
    "not a number": (
        ('value="0.15"', 'value="nan"'),
        CRATER + 'property "depth_ratio": "nan" is not a value of the type float',
    ),
    "coordinate not a number": (
        ('x="96" y="64"', 'x="nan" y="64"'),
        GOAL + 'x: must be a plain number, but is "nan"',
    ),
    "infinite coordinate": (
        ('x="96" y="64"', 'x="1e999" y="64"'),
        GOAL + 'x: must be a plain number, but is "1e999"',
    ),
    "lost type": (
        ('type="float" value="0.15"', 'type="" value="0.15"'),
        CRATER + 'property "depth_ratio": has lost its type because the map was saved without its '
        "project. Fix: open levels/ninety-sols.tiled-project first, delete the property and set it "
        "again",
    ),
    "class property": (
        ('type="float" value="0.15"', 'type="class" propertytype="Deep"'),
        CRATER + 'property "depth_ratio": is of the type class, which Tiled loses when a map is '
        "saved without its project",
    ),
    "list property": (
        ('type="float" value="0.15"', 'type="list"'),
        CRATER + 'property "depth_ratio": is a list, which is not read here. Fix: use plain '
        "properties",
    ),
    "unknown property type": (
        ('type="float" value="0.15"', 'type="flaot" value="0.15"'),
        "unknown property type \"flaot\"; did you mean 'float'?",
    ),
    "unknown attribute": (
        ('rotation="90"', 'rotatoin="90"'),
        "<object>: unknown attribute \"rotatoin\"; did you mean 'rotation'?",
    ),
    "oval crater": (
        ('x="64" y="32" width="32" height="32"', 'x="64" y="32" width="32" height="16"'),
        CRATER + "a crater is round, but this one is 2.0 m × 1.0 m. Fix: make width and height "
        "equal",
    ),
    "wrong shape": (
        ("<ellipse/>", '<polygon points="0,0 9,0 9,9"/>'),
        CRATER + "is drawn as a polygon, but a crater is a point or ellipse",
    ),
    "point without size": (
        ('<property name="radius_m" type="float" value="3"/>', ""),
        GOAL + "has no size: 'radius_m' is 0. Fix: set 'radius_m', or draw a circle in Tiled",
    ),
    "capsule": (("<ellipse/>", "<capsule/>"), CRATER + "is a picture, text or capsule"),
    "unknown element": (
        ("<ellipse/>", "<elipse/>"),
        CRATER + "contains an unknown element <elipse>",
    ),
    "bad polygon": (
        ("0,0 32,0 32,64", "0,0 a,b 32,64"),
        'object 4 "Sand" (soil_patch): the point "a,b" is not a pair of numbers x,y',
    ),
    "thin polygon": (
        ("0,0 32,0 32,64", "0,0 32,0"),
        'object 4 "Sand" (soil_patch): a polygon has 3 to 400 points, this one 2',
    ),
    "same number twice": (
        ('id="3" name="Goal"', 'id="2" name="Goal"'),
        'object 2 "Goal" (goal): the number 2 is used by another object, too. Fix: delete one of '
        "the two in Tiled and draw it again",
    ),
    "outside the map": (
        ('x="96" y="64"', 'x="960" y="64"'),
        GOAL + "lies outside the map. Fix: move it inside, or delete it",
    ),
    "no lander": (
        ('"lander"', '"landmark"'),
        "has 0 objects of the class lander, but all metres count from exactly one",
    ),
    "infinite map": (
        ('infinite="0"', 'infinite="1"'),
        "is an infinite map, which is not read here. Fix: in Tiled switch off Map > Map Properties "
        '> "Infinite" and save',
    ),
    "isometric map": (
        ('"orthogonal"', '"isometric"'),
        'is "isometric", but only orthogonal maps are read. Fix: in Tiled set Map > Map Properties '
        '> "Orientation" to Orthogonal',
    ),
    "oblong tiles": (
        ('tileheight="32"', 'tileheight="16"'),
        "has tiles of 32 × 16 pixels, but a metre is as long both ways",
    ),
    "no scale": (
        ('"metres_per_tile"', '"meters_per_tile"'),
        "map property 'metres_per_tile' must be a number from 0.25 to 100.0, but is missing",
    ),
    "misspelt map property": (
        ('"title"', '"titel"'),
        "map: unknown property 'titel'; did you mean 'title'?",
    ),
    "huge map": (
        ('width="4" height="3" tilewidth', 'width="1000000000" height="3" tilewidth'),
        'width: must be a whole number from 1 to 1024, but is "1000000000"',
    ),
    "layer of another size": (
        ('name="soil" width="4"', 'name="soil" width="5"'),
        SOIL + f"is 5 × 3 tiles, but the map is 4 × 3. {COUNT}",
    ),
    "too few tiles": (
        ("17,21,25,29", "17,21,25"),
        SOIL + f"has 11 tile numbers, but its size needs 12. {COUNT}",
    ),
    "a letter among the tiles": (
        ("17,21,25,29", "17,21,x,29"),
        SOIL + f'tile number 11 is "x". {COUNT}',
    ),
    "a tile of no tileset": (
        ("17,21,25,29", "17,21,25,99"),
        SOIL + "1 cells have a tile number of no tileset, such as 99 in column 3, row 2 (counted "
        "from the top left). Fix: add the missing tileset to the map, or erase these cells",
    ),
    "zstd": (
        ('encoding="csv"', 'encoding="base64" compression="zstd"'),
        SOIL + f"is compressed with Zstandard, which is not read here. {FORMAT}",
    ),
    "unknown encoding": (
        ('encoding="csv"', 'encoding="yaml"'),
        SOIL + f'has the unknown storage format "yaml". {FORMAT}',
    ),
    "tiles as XML": (
        (' encoding="csv"', ""),
        SOIL + f"is stored as XML, which is not read here. {FORMAT}",
    ),
    "junk base64": (
        ('encoding="csv"', 'encoding="base64"'),
        SOIL + f"is not valid base64. {FORMAT}",
    ),
    "no data": ((csv_part(), ""), SOIL + f"has no <data>. {COUNT}"),
    "chunks": ((csv_part(), "<data><chunk/></data>"), "is stored in chunks of an infinite map"),
    "unknown tile layer": (
        ('name="soil" width', 'name="soli" width'),
        'layer "soli": unknown tile layer; did you mean \'soil\'? Fix: name it "soil", or let its '
        'name begin with "decor" if it is only for the eye',
    ),
    "missing tileset": (
        ('source="soil.tsx"', 'source="soli.tsx"'),
        'the file "soli.tsx" does not exist. Fix: check its name and folder',
    ),
    "tileset outside": (
        ('source="soil.tsx"', 'source="../../../x.tsx"'),
        'the path "../../../x.tsx" leads outside the project',
    ),
    "absolute tileset": (
        ('source="soil.tsx"', 'source="/etc/x.tsx"'),
        'the path "/etc/x.tsx" cannot be used. Fix: keep it in the folder of the level or of its '
        "project and use a relative path",
    ),
    "tileset on a drive": (
        ('source="soil.tsx"', 'source="C:\\x.tsx"'),
        'the path "C:\\x.tsx" cannot be used',
    ),
    "device": (('source="soil.tsx"', 'source="CON.tsx"'), 'the path "CON.tsx" cannot be used'),
    "json tileset": (
        ('source="soil.tsx"', 'source="soil.tsj"'),
        'the tileset "soil.tsj" is not a .tsx file. Fix: in Tiled open the tileset and save it as '
        ".tsx",
    ),
    "template outside": (
        ('template="stone.tx"', 'template="../../stone.tx"'),
        'object 6 "Stone" (no class): the path "../../stone.tx" leads outside the project',
    ),
    "goal in a keep-out": (
        ('x="96" y="0" width="16" height="16"', 'x="112" y="48" width="32" height="32"'),
        'the place "Goal" lies in the keep-out area "Keep off"',
    ),
    "no goal": (
        ('class="goal"', 'class="landmark"'),
        "has no goal. Fix: add an object of the class goal or sample_site",
    ),
    "unknown soil": (
        (
            'x="0" y="0">\n',
            'x="0" y="0"><properties><property name="soil" value="sand"/></properties>\n',
        ),
        "object 4 \"Sand\" (soil_patch): property 'soil': must be one of bedrock, duricrust, "
        "crusty_cloddy, compact_sand, tar_crest, loose_sand, drift_dust, fresh_ejecta, not 'sand'",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_a_fix(tmp_path: Path, name: str) -> None:
    change, expected = MISTAKES[name]
    lines = refusal(changed_map(tmp_path, change))
    assert any(expected in line for line in lines), "\n".join(lines)
    assert all(line.startswith("map.tmx: ") for line in lines), lines


def test_all_mistakes_come_out_together(tmp_path: Path) -> None:
    several = ("unknown property", "zstd", "outside the map", "bad polygon")
    lines = refusal(changed_map(tmp_path, *(MISTAKES[name][0] for name in several)))
    assert len(lines) == len(several)
    for name in several:
        assert any(MISTAKES[name][1] in line for line in lines), name


def test_a_long_list_of_problems_is_cut(tmp_path: Path) -> None:
    many = "".join(f'<object id="{number}" type="x"/>' for number in range(100, 300))
    lines = refusal(changed_map(tmp_path, ('<object id="6"', f'{many}<object id="6"')))
    assert len(lines) == 61
    assert lines[-1] == "… and 140 more problems"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "is not well-formed XML"),
        ("not xml", "is not well-formed XML"),
        ('{"width": 3}', "is not well-formed XML"),
        ("<map>", "is not well-formed XML"),
        ("<foo/>", "begins with <foo>, but <map> is expected here"),
        ('<!DOCTYPE map [<!ENTITY a "b">]><map/>', "contains a DOCTYPE or entities"),
        ('<?xml version="1.0" encoding="klingon"?><map/>', "Fix: save the file as UTF-8"),
        ("<map>" + "<group>" * 50 + "</group>" * 50 + "</map>", "nests deeper than 32"),
    ],
    ids=["empty", "text", "json", "cut off", "other root", "doctype", "encoding", "deep"],
)
def test_a_file_that_is_no_map_is_refused_in_a_sentence(
    tmp_path: Path, text: str, expected: str
) -> None:
    path = tmp_path / "map.tmx"
    path.write_text(text, encoding="utf-8")
    assert expected in refusal(path)[0]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.tsx", tmp_path / "level"
    folder.mkdir()
    outside.write_bytes((MAPS / "soil.tsx").read_bytes())
    path = changed_map(folder)
    (folder / "soil.tsx").unlink()
    (folder / "soil.tsx").symlink_to(outside)
    assert 'the path "soil.tsx" leads outside the project' in refusal(path)[0]


def test_pictures_are_measured_by_their_header_alone(tmp_path: Path) -> None:
    path = changed_map(tmp_path)
    picture = bytearray((tmp_path / "soil.png").read_bytes())
    picture[16:24] = (30_000).to_bytes(4, "big") * 2
    (tmp_path / "soil.png").write_bytes(picture)
    assert refusal(path) == [
        'map.tmx: tileset "soil.tsx": picture "soil.png": is 30000 × 30000 pixels; at most 4096 '
        "each way are read"
    ]


def test_an_object_name_cannot_send_control_characters(tmp_path: Path) -> None:
    path = changed_map(tmp_path, ('name="B4" type="crater"', 'name="&#13;B&#9;" type="carter"'))
    assert 'object 2 "?B?" (carter)' in refusal(path)[0]
