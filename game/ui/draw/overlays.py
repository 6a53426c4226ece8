"""Overlays on the ground: slope, energy per metre, radio; what they mean and how they look."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

import numpy as np
import pygame
from numpy.typing import NDArray

from game.config import parse
from game.environment.clock import sol_of
from game.environment.sun import sun_position_rad, sun_times
from game.orbiter.relay import next_pass
from game.orbiter.sight import look
from game.render.fields import Field
from game.rover.gear import MobilitySpec, drive_energy_j_m
from game.rover.slip import traction
from game.state import Setup
from game.ui.assets import window_table
from game.ui.camera import View
from game.ui.draw.baker import TILE_CELLS, BakedOverlay, OverlayJob, TileKey
from game.ui.draw.kept import Cache
from game.ui.draw.overlay_fields import Overlay, OverlayKind
from game.ui.draw.tiling import box_of, tiles_in

STEEPEST_DEG = 35
KEPT_COUNT = 32  # tiles of values, 0.3 MB each: a large window shows 20
# Larger tiles are drawn in pieces of about so much, of which only those in the window are made.
WIDEST_PX, PIECE_PX = 1536, 1024
SPARE_COUNT = 4  # pictures kept beyond those in view


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a scale: from this value on this colour, this cover, this word."""

    value: float
    colour: str
    cover_frac: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What an overlay shows, and its steps in rising order."""

    title: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class OverlaysSpec:
    """The scales, and how fine overlays are.

    Attributes
    ----------
    finest_level : int
        Finer cells would show pebbles, not what the wheels feel.
    coarser_by : int
        Levels between the ground on the screen and the overlay.
    pass_moments : int
        Moments of a pass that the radio mask looks at.
    sol_moments : int
        Moments between sunrise and sunset that the sunlight looks at.
    slope, energy, radio, sun : Scale
        Colours.
    """

    finest_level: int
    coarser_by: int
    pass_moments: int
    sol_moments: int
    slope: Scale
    energy: Scale
    radio: Scale
    sun: Scale

    def scale(self, kind: OverlayKind) -> Scale:
        """Return the scale of an overlay."""
        return {
            OverlayKind.SLOPE: self.slope,
            OverlayKind.ENERGY: self.energy,
            OverlayKind.RADIO: self.radio,
            OverlayKind.SUN: self.sun,
        }[kind]


@cache
def load_overlays() -> OverlaysSpec:
    """Read overlays.toml once."""
    return parse(window_table("overlays"), OverlaysSpec, "data/overlays.toml")


def overlay_of(setup: Setup, kind: OverlayKind, tick: int) -> Overlay:
    """Return what the worker needs to know for an overlay at a moment."""
    match kind:
        case OverlayKind.SLOPE:
            return Overlay(kind)
        case OverlayKind.ENERGY:
            return Overlay(kind, drive_j_m=drive_table_j_m(setup.rover.mobility))
        case OverlayKind.RADIO:
            return Overlay(kind, sky=_sky_of_next_pass(setup, tick))
        case OverlayKind.SUN:
            return Overlay(kind, sky=_sun_of_sol(setup, tick))


@cache
def drive_table_j_m(spec: MobilitySpec) -> tuple[tuple[float, ...], ...]:
    """Return energy per metre uphill by soil number and degrees of slope [J/m]."""
    rows = []
    for curve in spec.curves:
        found = (traction(curve, math.radians(degree)) for degree in range(STEEPEST_DEG + 1))
        energies = (drive_energy_j_m(spec, one) for one in found)
        rows.append(tuple(min(energy, 1e6) for energy in energies))
    return tuple(rows)


def _sky_of_next_pass(setup: Setup, tick: int) -> tuple[tuple[float, float], ...]:
    spec = setup.orbiter
    window = next_pass(spec, setup.site, tick)
    if window is None:
        return ()
    first, last = window.usable_rise_tick, window.usable_set_tick
    moments = np.linspace(first, last, load_overlays().pass_moments)
    seen = [look(spec.body, spec.orbit, setup.site, float(moment)) for moment in moments]
    return tuple((float(one.azimuth_rad), float(one.elevation_rad)) for one in seen)


def _sun_of_sol(setup: Setup, tick: int) -> tuple[tuple[float, float], ...]:
    """Return where the Sun stands from sunrise to sunset, the ends left out."""
    times = sun_times(setup.site, sol_of(setup.site, tick))
    if times.rise_tick is None or times.set_tick is None:
        return ()
    moments = np.linspace(times.rise_tick, times.set_tick, load_overlays().sol_moments + 2)[1:-1]
    elevation_rad, azimuth_rad = sun_position_rad(setup.site, moments)
    pairs = zip(np.asarray(azimuth_rad).tolist(), np.asarray(elevation_rad).tolist(), strict=True)
    return tuple(pairs)


class OverlayTiles:
    """Keeps the tiles of the overlay that is shown."""

    def __init__(self) -> None:
        self.shown: Overlay | None = None
        self._values: dict[TileKey, Field] = {}
        self._spans: dict[TileKey, tuple[float, float]] = {}
        self._pictures: Cache[pygame.Surface] = Cache(SPARE_COUNT)

    def show(self, overlay: Overlay | None) -> None:
        """Change what is shown."""
        if overlay != self.shown:
            self.shown, self._values, self._spans = overlay, {}, {}
            self._pictures = Cache(SPARE_COUNT)

    def wanted(self, view: View) -> Iterator[OverlayJob]:
        """Yield the tiles in view that are missing."""
        if self.shown is not None:
            for key in self._keys(view):
                if key not in self._values:
                    yield OverlayJob(key, self.shown)

    def take(self, baked: BakedOverlay) -> None:
        """Take in a tile; those of an overlay no longer shown are thrown away."""
        if baked.job.overlay == self.shown:
            self._values[baked.job.key] = baked.values
            self._spans[baked.job.key] = (float(baked.values.min()), float(baked.values.max()))
            while len(self._values) > KEPT_COUNT:
                self._values.pop(next(iter(self._values)))

    def draw(self, target: pygame.Surface, view: View) -> None:
        """Lay what is there over the ground."""
        if self.shown is None:
            return
        scale = load_overlays().scale(self.shown.kind)
        window = target.get_rect()
        shown: list[tuple[TileKey, Piece, Field]] = []
        for key in self._keys(view):
            values = self._values.get(key)
            if values is None:
                continue
            for piece in pieces(view, key):
                if piece.place.colliderect(window):
                    shown.append((key, piece, values))
        self._pictures.count = len(shown) + SPARE_COUNT
        for key, piece, values in shown:
            picture = self._pictures.get(
                (key, piece.columns, piece.rows, piece.place.size),
                partial(_scaled, values[slice(*piece.rows), slice(*piece.columns)], scale, piece),
            )
            target.blit(picture, piece.place)

    def span(self, view: View) -> tuple[float, float] | None:
        """Return the least and the most that is shown in a view, None before anything is."""
        if self.shown is None:
            return None
        found = [self._spans[key] for key in self._keys(view) if key in self._values]
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def _keys(self, view: View) -> list[TileKey]:
        spec = load_overlays()
        level = math.floor(math.log2(1.0 / view.scale_px_m) + 1e-9) + spec.coarser_by
        return tiles_in(view, min(max(level, spec.finest_level), 6))


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows and columns of a tile's values, from the south-west, and where they go."""

    rows: tuple[int, int]
    columns: tuple[int, int]
    place: pygame.Rect


def pieces(view: View, key: TileKey) -> Iterator[Piece]:
    """Yield a tile in pieces that share their outermost values, so that no seam shows."""
    west_m, south_m, east_m, north_m = box_of(key)
    left, top = (round(v) for v in view.to_px(west_m, north_m))
    right, low = (round(v) for v in view.to_px(east_m, south_m))
    count = 1 if right - left <= WIDEST_PX else math.ceil((right - left) / PIECE_PX)
    last = TILE_CELLS - 1
    edges = [round(k * last / count) for k in range(count + 1)]
    for south, north in pairwise(edges):
        y = [low - round((low - top) * row / last) for row in (north, south)]
        for west, east in pairwise(edges):
            x = [left + round((right - left) * column / last) for column in (west, east)]
            place = pygame.Rect(x[0], y[0], x[1] - x[0], y[1] - y[0])
            yield Piece((south, north + 1), (west, east + 1), place)


def _scaled(values: Field, scale: Scale, piece: Piece) -> pygame.Surface:
    return pygame.transform.smoothscale(coloured(values, scale), piece.place.size)


def coloured(values: Field, scale: Scale) -> pygame.Surface:
    """Return values as a picture, row 0 in the south turned to the bottom."""
    at = [stop.value for stop in scale.stops]
    cover = np.interp(values, at, [stop.cover_frac for stop in scale.stops])
    picture = pygame.Surface((values.shape[1], values.shape[0]), pygame.SRCALPHA)
    rgb = pygame.surfarray.pixels3d(picture)
    for i in range(3):
        tones = [int(stop.colour[1 + 2 * i : 3 + 2 * i], 16) for stop in scale.stops]
        rgb[..., i] = _shown(np.interp(values, at, tones))
    del rgb
    pygame.surfarray.pixels_alpha(picture)[:] = _shown(255.0 * cover)
    return picture


def _shown(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(values), np.uint8)[::-1].T
