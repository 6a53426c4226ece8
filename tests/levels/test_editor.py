"""The Tiled editor itself opens the shipped maps and holds the same tiles and objects."""

import json
import math
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from game.levels.problems import Problems
from game.levels.tmx import read_map
from game.paths import data_root

LEVELS = data_root("levels")
MAPS = sorted(LEVELS.rglob("*.tmx"))
TILED = shutil.which("tiled")


@pytest.mark.skipif(TILED is None, reason="the Tiled editor is not installed")
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.parent.name)
def test_tiled_holds_the_same_map(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.json"
    tmp_path.chmod(0o700)
    folders = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [str(TILED), "--export-map", "json", str(path), str(out)],
        env=os.environ | folders | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=30,
        check=False,
    )
    assert done.returncode == 0
    theirs = json.loads(out.read_text(encoding="utf-8"))
    ours = read_map(path, (LEVELS,), Problems(str(path)))
    assert ours is not None
    layers = {layer["name"]: layer for layer in theirs["layers"]}
    for layer in ours.tile_layers:
        assert layers[layer.name]["data"] == layer.gids[::-1].ravel().tolist()
    objects = {each["id"]: each for layer in layers.values() for each in layer.get("objects", [])}
    assert sorted(objects) == sorted(item.number for item in ours.objects)
    for item in ours.objects:
        their = objects[item.number]
        assert their["name"] == item.name
        assert their.get("type") or their.get("class") == item.kind
        said = {each["name"]: each["value"] for each in their.get("properties", [])}
        assert said == pytest.approx(dict(item.properties))
        assert math.isclose(
            their["width"] * ours.metres_per_tile / theirs["tilewidth"], item.width_m
        )
