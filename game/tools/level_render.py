"""The ground from above, as an orbiter would see it: `python -m game level render`."""

import argparse
import math
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.config import nearest
from game.errors import UsageError
from game.levels.build import level_overlays
from game.levels.load import find_level, level_paths, load_level
from game.render.colour import unpack
from game.render.light import Light, light_state, relight
from game.render.png import write_png
from game.render.surface import tile_fields
from game.rules import load_rules
from game.world.terrain import Terrain
from game.world.window import COARSEST_LEVEL, FINEST_LEVEL

Picture = NDArray[np.uint8]
# Optical depth of a clear day at the site.
_TAU = 0.44
_TILE = 256
_LARGEST_PX = 4096
_PROGRESS_TILES = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `python -m game level render`."""
    parser.add_argument("--seed", type=int, default=7, metavar="N")
    parser.add_argument("--area", type=float, default=1000.0, metavar="M", help="side in metres")
    parser.add_argument("--centre", type=float, nargs=2, default=(0.0, 0.0), metavar=("X", "Y"))
    parser.add_argument("--size", type=int, default=1000, metavar="PX", help="side in pixels")
    parser.add_argument("--sun", type=float, default=30.0, metavar="DEG", help="height of the Sun")
    parser.add_argument("--azimuth", type=float, default=283.0, metavar="DEG")
    parser.add_argument("--preset", default="utopia", metavar="NAME", help="region or level")
    parser.add_argument("--out", required=True, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Draw a square of ground into a PNG file and return 0; raises UsageError for bad input."""
    _check(options)
    try:
        terrain = ground_named(options.preset, options.seed)
        picture = render(terrain, options.area, tuple(options.centre), options.size, _sun(options))
    except ValueError as error:
        raise UsageError(str(error)) from error
    try:
        write_png(options.out, picture)
    except OSError as error:
        raise UsageError(f"cannot write {options.out}: {error.strerror}") from error
    sys.stdout.write(f"wrote {options.out}\n")
    return 0


def ground_named(asked: str, seed: int) -> Terrain:
    """Return the ground of a region, or of a level given by name or path."""
    rules = load_rules()
    sites = list(rules.tables["terrain"]["sites"])
    if any(name.startswith(asked) for name in sites):
        return Terrain(rules.terrain(seed, site_name(asked, sites), ()))
    known = (*sites, *sorted(level_paths()))
    if asked not in known and not Path(asked).exists():
        hint = nearest(asked, known)
        raise UsageError(f"no region or level {asked!r}{hint}; there are {', '.join(known)}")
    level = load_level(find_level(asked))
    return Terrain(load_rules(level.rules).terrain(seed, level.preset, level_overlays(level)))


def site_name(asked: str, names: Iterable[str]) -> str:
    """Return the site that has this name or is the only one that begins with it."""
    found = [name for name in names if name == asked] or [
        name for name in names if name.startswith(asked)
    ]
    if len(found) != 1:
        raise UsageError(f"no site {asked!r}{nearest(asked, names)}; there are {', '.join(names)}")
    return found[0]


def render(
    terrain: Terrain,
    area_m: float,
    centre_m: tuple[float, float],
    size_px: int,
    sun_rad: tuple[float, float],
) -> Picture:
    """Draw a square of ground, north up.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    area_m : float
        Side of the square. [m]
    centre_m : tuple of float
        Its centre, east and north of the lander. [m]
    size_px : int
        Side of the picture. [px]
    sun_rad : tuple of float
        Elevation and azimuth of the Sun. [rad]

    Returns
    -------
    ndarray
        8-bit RGB, shape (size_px, size_px, 3), row 0 in the north.
    """
    level = level_for(area_m / size_px)
    cell_m = 2.0**level
    light = light_state(sun_rad[0], sun_rad[1], _TAU, level)
    first = [math.floor((middle - area_m / 2.0) / cell_m) for middle in centre_m]
    count = math.ceil(area_m / cell_m) + 1
    nodes = _mosaic(terrain, light, (first[0], first[1]), count)
    offset = [
        (middle - area_m / 2.0) / cell_m - i for middle, i in zip(centre_m, first, strict=True)
    ]
    scale = area_m / size_px / cell_m
    columns = averaging(size_px, count, offset[0], scale)
    # Rows of the picture run from north to south.
    rows = averaging(size_px, count, count - offset[1] - size_px * scale, scale)
    flat = np.einsum("rn,nmc->rmc", rows, nodes.astype(np.float32), optimize=True)
    shown = np.einsum("cm,rmk->rck", columns, flat, optimize=True)
    bytes_: Picture = np.clip(np.rint(shown), 0, 255).astype(np.uint8)
    return bytes_


def level_for(pixel_m: float) -> int:
    """Return the coarsest ground level whose cells are no wider than a pixel."""
    return min(max(math.floor(math.log2(pixel_m) + 1e-9), FINEST_LEVEL), COARSEST_LEVEL)


def averaging(size: int, count: int, start: float, scale: float) -> NDArray[np.float32]:
    """Return weights that average `count` cells into `size` pixels `scale` cells wide [-]."""
    edge = start + np.arange(size + 1) * scale
    low, high = edge[:-1, None], edge[1:, None]
    cell = np.arange(count)[None, :]
    share = np.clip(np.minimum(high, cell + 1) - np.maximum(low, cell), 0.0, None)
    total = share.sum(axis=1, keepdims=True)
    return np.asarray(share / np.maximum(total, 1e-9), dtype=np.float32)


def _mosaic(terrain: Terrain, light: Light, first: tuple[int, int], count: int) -> Picture:
    """Return lit tiles put together, shape (count, count, 3), row 0 in the north."""
    picture = np.empty((count, count, 3), np.uint8)
    done, tiles = 0, math.ceil(count / _TILE) ** 2
    for south in range(0, count, _TILE):
        for west in range(0, count, _TILE):
            ny, nx = min(_TILE, count - south), min(_TILE, count - west)
            fields = tile_fields(terrain, light.level, first[0] + west, first[1] + south, nx, ny)
            rows = slice(count - south - ny, count - south)
            picture[rows, west : west + nx] = unpack(relight(fields, light))
            done += 1
            if done % _PROGRESS_TILES == 0:
                sys.stderr.write(f"ground: {done} of {tiles} tiles\n")
    return picture


def _sun(options: argparse.Namespace) -> tuple[float, float]:
    return math.radians(options.sun), math.radians(options.azimuth)


def _check(options: argparse.Namespace) -> None:
    numbers = (options.area, *options.centre, options.sun, options.azimuth)
    if not all(math.isfinite(number) for number in numbers):
        raise UsageError("area, centre and Sun are finite numbers")
    if not 1 <= options.size <= _LARGEST_PX:
        raise UsageError(f"a picture is 1 to {_LARGEST_PX} pixels wide, not {options.size}")
    finest_m, coarsest_m = 2.0**FINEST_LEVEL, 2.0 * 2.0**COARSEST_LEVEL
    if not finest_m <= options.area / options.size <= coarsest_m:
        raise UsageError("a pixel shows 1/64 m to 128 m: change --area or --size")
    if not -90.0 <= options.sun <= 90.0:
        raise UsageError(f"the Sun stands -90 to 90 degrees high, not {options.sun:g}")
