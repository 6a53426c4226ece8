"""The backdrop: a few coarse tiles that are always kept, so that a jump never shows bare colour."""

from collections.abc import Mapping
from dataclasses import replace

from game.ui.camera import View
from game.ui.draw.baker import TileKey
from game.ui.draw.tiling import Tile, TilesSpec, kept_for, level_of, tiles_in

WIDE_PX_M = 2.0  # the ground kept is at least that of the site's zoom


def backdrop(view: View, spec: TilesSpec) -> list[TileKey]:
    """Return the few coarse tiles around a view that stand in for everything on a jump."""
    wide = replace(view, scale_px_m=min(view.scale_px_m, WIDE_PX_M))
    return [
        key
        for level in (spec.coarsest_level, spec.coarsest_level - spec.coarse_steps)
        if level > level_of(view.scale_px_m, spec)
        for key in tiles_in(wide, level)
    ]


def surplus(tiles: Mapping[TileKey, Tile], view: View, spec: TilesSpec) -> list[TileKey]:
    """Return the tiles that are too many, the longest unwanted first; the backdrop stays."""
    count = len(tiles) - kept_for(view, spec)
    if count <= 0:
        return []
    lasting = spec.coarsest_level - spec.coarse_steps
    few = [key for key in tiles if key[0] < lasting]
    return sorted(few, key=lambda key: tiles[key].wanted_frame)[:count]
