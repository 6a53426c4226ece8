"""Bakes tiles of ground: pure work without a window, done in the worker process or in this one."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Fields, Grid
from game.render.light import Light, bare_light, light_state, relight
from game.render.surface import tile_fields
from game.render.tracks import press_tracks, track_of
from game.ui.draw.blast import Blast, marked
from game.ui.draw.block_files import BlockFiles, mark_of
from game.ui.draw.lamp import Lamp, lamp_light
from game.ui.draw.overlay_fields import Overlay, SoilGround, Squares, overlay_values
from game.world.streaming import ChunkStore

TILE_CELLS = 256
BLOCK_TILES = 2
PRESSED_COUNT = 12  # tiles kept with their tracks: those under a view, 1.9 MB each
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
    budget_byte : int
        Memory for drawn ground. [byte]
    blast : Blast, optional
        The mark of the landing.
    files : Path, optional
        Folder in which drawn ground is kept from one game to the next.
    files_byte : int
        Room for it there. [byte]
    """

    ground: Callable[[], SoilGround]
    budget_byte: int
    blast: Blast | None = None
    files: Path | None = None
    files_byte: int = 0


class Baker:
    """Keeps the drawn ground within a budget and lights it."""

    def __init__(self, quarry: Quarry) -> None:
        self.ground = quarry.ground()
        self.blast = quarry.blast
        shelf = None
        if quarry.files is not None:
            mark = mark_of(self.ground.spec, self.blast)
            shelf = BlockFiles(quarry.files, mark, quarry.files_byte)
        self._blocks = ChunkStore(self._drawn, size_byte, quarry.budget_byte, shelf)
        self._squares = Squares(self.ground)
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
                grid = grid_of(job.key)
                values = overlay_values(self.ground, job.overlay, grid, self._squares)
                return BakedOverlay(job, values)
            case LightJob():
                return BakedLight(job, light_of(job.sun, job.level))

    def fields(self, key: TileKey) -> Fields:
        """Return what a tile is, without tracks; its neighbours in the block are made with it."""
        return cut(self._blocks.get(block_of(key)), grid_of(key))

    def kept_byte(self) -> int:
        """Return the memory that drawn ground without tracks takes [byte]."""
        return self._blocks.used_byte()

    def _drawn(self, block: TileKey) -> Fields:
        """Draw a block: one large block costs half of its tiles one by one."""
        level, first, low = block
        side = BLOCK_TILES * TILE_CELLS
        corner = (first * TILE_CELLS, low * TILE_CELLS)
        whole = tile_fields(self.ground, level, *corner, side, side)
        return whole if self.blast is None else marked(whole, self.blast)

    def _with_tracks(self, job: TileJob | LampJob) -> Fields:
        if not job.runs:
            return self.fields(job.key)
        revision, pressed = self._pressed.pop(job.key, (-1, None))
        if pressed is None or revision != job.revision:
            pressed = self.fields(job.key)
            for run in job.runs:
                pressed = _pressed(pressed, run)
            pressed = _of_its_own(pressed)
        self._pressed[job.key] = (job.revision, pressed)
        while len(self._pressed) > PRESSED_COUNT:
            self._pressed.popitem(last=False)
        return pressed


def block_of(key: TileKey) -> TileKey:
    """Return the block of a tile: its level, and the column and row of its south-western tile."""
    # The lander stands in the middle of a block, so that a mission begins with one.
    first, low = ((number + 1) // BLOCK_TILES * BLOCK_TILES - 1 for number in (key[1], key[2]))
    return key[0], first, low


def size_byte(fields: Fields) -> int:
    """Return how much memory drawn ground takes; an array used twice counts once [byte]."""
    names = ("height_m", "relief_m", "albedo", "redness", "hollow", "outer_m")
    arrays = {id(one): one for one in (getattr(fields, name) for name in names)}
    return sum(one.nbytes for one in arrays.values())


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


def _of_its_own(fields: Fields) -> Fields:
    """Return fields that hold on to no block: a view of an array keeps all of it."""
    return replace(
        fields,
        height_m=np.array(fields.height_m),
        relief_m=np.array(fields.relief_m),
        albedo=np.array(fields.albedo),
        redness=np.array(fields.redness),
        hollow=np.array(fields.hollow),
    )


def light_of(sun: SunPlace, level: int) -> Light:
    """Return the light of a place of the Sun, without its table of colours."""
    return bare_light(sun.elevation_rad, sun.azimuth_rad, sun.tau, level)


def _light(sun: SunPlace, level: int) -> Light:
    return light_state(sun.elevation_rad, sun.azimuth_rad, sun.tau, level)
