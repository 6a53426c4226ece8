"""Worlds for tests: the shipped recipe, with one thing changed."""

import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from game.world.overlays import Overlay
from game.world.spec import TerrainSpec, terrain_spec
from game.world.terrain import Terrain

ROOT = Path(__file__).parent.parent.parent
SITES = ("utopia-planitia", "jezero", "meridiani", "gusev", "elysium")


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    return tomllib.loads((ROOT / "game" / "data" / "terrain.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def spec(seed: int = 7, site: str = SITES[0], overlays: tuple[Overlay, ...] = ()) -> TerrainSpec:
    return terrain_spec(table(), seed, site, overlays)


@lru_cache(maxsize=8)
def world(seed: int = 7, site: str = SITES[0], overlays: tuple[Overlay, ...] = ()) -> Terrain:
    return Terrain(spec(seed, site, overlays))


def plain_rocks(seed: int) -> Terrain:
    """A world whose rocks follow the site's law everywhere alike."""
    made = spec(seed)
    rock = replace(
        made.recipe.rock, patch_sigma=0.0, fresh_gain=1.0, ridge_gain=1.0, sand_gain=0.0, most=1.0
    )
    site = replace(made.site, rocks=())
    return Terrain(replace(made, recipe=replace(made.recipe, rock=rock), site=site))
