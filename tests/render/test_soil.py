"""Tones of soils: as bright against each other as their albedos in terrain.toml."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from game.render.fields import Grid
from game.render.soil import paint_soil
from tests.render.plain import plain_canvas

DATA = Path(__file__).parent.parent.parent / "game" / "data"
# A depth of sand well inside each class of terrain.toml's [soil] limits.
COVER = {
    "bedrock": -2.6,
    "duricrust": -1.0,
    "crusty_cloddy": 0.2,
    "compact_sand": 0.9,
    "loose_sand": 1.6,
    "drift_dust": 2.3,
}


def tone(cover: float) -> float:
    canvas = plain_canvas(Grid(-4, 0, 0, 200, 200), cover)
    paint_soil(canvas)
    return float(canvas.albedo.mean())


def test_the_order_of_tones_is_the_order_of_albedos() -> None:
    table = tomllib.loads((DATA / "terrain.toml").read_text(encoding="utf-8"))
    albedo = {one["name"]: float(one["albedo"]) for one in table["soils"]}
    drawn = {name: tone(cover) for name, cover in COVER.items()}
    names = sorted(COVER, key=lambda name: albedo[name])
    assert sorted(COVER, key=lambda name: drawn[name]) == names


def test_drift_dust_is_brighter_than_crust_and_loose_sand_darker() -> None:
    # 0.28, 0.24 and 0.18: Putzig et al. (2005) and others, see terrain.toml.
    assert tone(COVER["drift_dust"]) > tone(COVER["duricrust"]) + 0.02
    assert tone(COVER["loose_sand"]) < tone(COVER["duricrust"]) - 0.03


@pytest.mark.parametrize("level", [-6, -3, 0, 3])
def test_a_soil_has_one_tone_at_every_zoom(level: int) -> None:
    canvas = plain_canvas(Grid(level, 0, 0, 160, 160), 1.6)
    paint_soil(canvas)
    assert float(canvas.albedo.mean()) == pytest.approx(tone(1.6), abs=0.02)
    assert np.isfinite(canvas.redness).all()
