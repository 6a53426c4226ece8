"""Bakes tiles of ground: pure work without a window, done in the worker process or in this one."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Fields, Grid
from game.render.light import Light, bare_light, light_state, relight
from game.render.surface import tile_fields
from game.render.tracks import press_tracks, track_of
from game.ui.draw.blast import Blast, marked
from game.ui.draw.lamp import Lamp, lamp_light
from game.ui.draw.overlay_fields import Overlay, SoilGround, overlay_values

TILE_CELLS = 256
BLOCK_TILES = 2
TileKey: TypeAlias = tuple[int, int, int]  # level, column and row of the tile
Line: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SunPlace:
    """The light that a set of tiles is drawn for.

    Attributes
    ----------
    elevation_rad, azimuth_rad : float
        Where the Sun is. [rad]
    tau : float
        Optical depth of the dust. [-]
    """

    elevation_rad: float
    azimuth_rad: float
    tau: float


@dataclass(frozen=True, slots=True)
class TrackRun:
    """A piece of driven track that crosses a tile.

    Attributes
    ----------
    points_m : tuple of (x_m, y_m)
        Where the middle of the rover went. [m]
    start_m : float
        Way driven before the first point. [m]
    """

    points_m: Line
    start_m: float


@dataclass(frozen=True, slots=True)
class TileJob:
    """A tile in one light; `revision` counts the changes of its tracks."""

    key: TileKey
    sun: SunPlace
    revision: int
    runs: tuple[TrackRun, ...]


@dataclass(frozen=True, slots=True)
class LightJob:
    """The light of a moment, for the things that stand on the ground."""

    sun: SunPlace
    level: int


@dataclass(frozen=True, slots=True)
class LampJob:
    """The lamp's light on a tile."""

    key: TileKey
    lamp: Lamp
    revision: int
    runs: tuple[TrackRun, ...]


@dataclass(frozen=True, slots=True, eq=False)
class BakedLamp:
    """Pixels to be added to a tile, packed 0xRRGGBB, row 0 in the north."""

    job: LampJob
    pixels: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class OverlayJob:
    """An overlay's quantity on a tile."""

    key: TileKey
    overlay: Overlay


@dataclass(frozen=True, slots=True, eq=False)
class BakedOverlay:
    """The quantity, float32, row 0 in the south."""

    job: OverlayJob
    values: Field


@dataclass(frozen=True, slots=True, eq=False)
class BakedTile:
    """Pixels of a tile, packed 0xRRGGBB, row 0 in the north."""

    job: TileJob
    pixels: NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class BakedLight:
    """The light asked for; its table is left out."""

    job: LightJob
    light: Light


Job: TypeAlias = TileJob | LightJob | LampJob | OverlayJob
Baked: TypeAlias = BakedTile | BakedLight | BakedLamp | BakedOverlay


@dataclass(frozen=True, slots=True)
class Quarry:
    """What a baker works with; it travels to the worker, so all of it can be pickled.

    Attributes
    ----------
    ground : callable
        Builds the terrain.
    kept_count : int
        Tiles whose fields are kept.
    blast : Blast, optional
        The mark of the landing.
    """

    ground: Callable[[], SoilGround]
    kept_count: int
    blast: Blast | None = None


class Baker:
    """Keeps the fields of tiles within a budget and lights them."""

    def __init__(self, quarry: Quarry) -> None:
        self.ground = quarry.ground()
        self.kept_count = quarry.kept_count
        self.blast = quarry.blast
        self._fields: OrderedDict[TileKey, Fields] = OrderedDict()
        self._pressed: OrderedDict[TileKey, tuple[int, Fields]] = OrderedDict()

    def bake(self, job: Job) -> Baked:
        """Do one job."""
        match job:
            case TileJob():
                light = _light(job.sun, job.key[0])
                return BakedTile(job, np.ascontiguousarray(relight(self._with_tracks(job), light)))
            case LampJob():
                pixels = lamp_light(self._with_tracks(job), job.lamp)
                return BakedLamp(job, np.ascontiguousarray(pixels))
            case OverlayJob():
                return BakedOverlay(job, overlay_values(self.ground, job.overlay, grid_of(job.key)))
            case LightJob():
                return BakedLight(job, light_of(job.sun, job.level))

    def fields(self, key: TileKey) -> Fields:
        """Return what a tile is, without tracks; its neighbours in the block are made with it."""
        found = self._fields.pop(key, None)
        if found is None:
            for other, part in self._block(key):
                self._fields[other] = part
            found = self._fields.pop(key)
        self._fields[key] = found
        while len(self._fields) > self.kept_count:
            self._fields.popitem(last=False)
        return found

    def _block(self, key: TileKey) -> Iterator[tuple[TileKey, Fields]]:
        """Yield the tiles of a block: one large block costs half of its tiles one by one."""
        # The lander stands in the middle of a block, so that a mission begins with one.
        first, low = ((number + 1) // BLOCK_TILES * BLOCK_TILES - 1 for number in (key[1], key[2]))
        side = BLOCK_TILES * TILE_CELLS
        corner = (first * TILE_CELLS, low * TILE_CELLS)
        whole = tile_fields(self.ground, key[0], *corner, side, side)
        if self.blast is not None:
            whole = marked(whole, self.blast)
        for down in range(BLOCK_TILES):
            for across in range(BLOCK_TILES):
                part = (key[0], first + across, low + down)
                yield part, cut(whole, grid_of(part))

    def _with_tracks(self, job: TileJob | LampJob) -> Fields:
        if not job.runs:
            return self.fields(job.key)
        revision, pressed = self._pressed.pop(job.key, (-1, None))
        if pressed is None or revision != job.revision:
            pressed = self.fields(job.key)
            for run in job.runs:
                pressed = _pressed(pressed, run)
        self._pressed[job.key] = (job.revision, pressed)
        while len(self._pressed) > self.kept_count // 2:
            self._pressed.popitem(last=False)
        return pressed


def cut(whole: Fields, grid: Grid) -> Fields:
    """Return a smaller grid of larger fields, with the same margins."""
    down, across = grid.j0 - whole.grid.j0, grid.i0 - whole.grid.i0
    more = 2 * whole.margin
    part = (slice(down, down + grid.ny + more), slice(across, across + grid.nx + more))
    return replace(
        whole,
        grid=grid,
        height_m=whole.height_m[part],
        relief_m=whole.relief_m[part],
        albedo=whole.albedo[part],
        redness=whole.redness[part],
        hollow=whole.hollow[part],
    )


def grid_of(key: TileKey) -> Grid:
    """Return the cells of a tile."""
    level, column, row = key
    return Grid(level, column * TILE_CELLS, row * TILE_CELLS, TILE_CELLS, TILE_CELLS)


def _pressed(fields: Fields, run: TrackRun) -> Fields:
    x_m = np.array([point[0] for point in run.points_m])
    y_m = np.array([point[1] for point in run.points_m])
    way_m = run.start_m + np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x_m), np.diff(y_m)))])
    track = track_of(x_m, y_m, way_m)
    return fields if track is None else press_tracks(fields, track)


def light_of(sun: SunPlace, level: int) -> Light:
    """Return the light of a place of the Sun, without its table of colours."""
    return bare_light(sun.elevation_rad, sun.azimuth_rad, sun.tau, level)


def _light(sun: SunPlace, level: int) -> Light:
    return light_state(sun.elevation_rad, sun.azimuth_rad, sun.tau, level)
