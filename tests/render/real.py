"""The real terrain of the campaign, for tests that want it."""

import tomllib
from functools import lru_cache
from pathlib import Path

from game.world.spec import terrain_spec
from game.world.terrain import Terrain

ROOT = Path(__file__).parent.parent.parent


@lru_cache(maxsize=1)
def real_terrain(seed: int = 7) -> Terrain:
    text = (ROOT / "game" / "data" / "terrain.toml").read_text(encoding="utf-8")
    return Terrain(terrain_spec(tomllib.loads(text), seed, "utopia-planitia"))
