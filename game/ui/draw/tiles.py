"""The store of ground tiles: asks for what is needed, keeps what is likely to be needed again.

All tiles on show are lit for one place of the Sun. When the Sun has moved far enough the tiles in
view are lit again into a second set, and only when that is complete the sets change places.
"""

import math
from collections.abc import Iterator

import pygame

from game.render.light import Light
from game.ui.camera import View
from game.ui.draw.backdrop import backdrop, surplus
from game.ui.draw.baker import (
    TILE_CELLS,
    Baked,
    BakedLamp,
    BakedLight,
    BakedOverlay,
    BakedTile,
    Job,
    LampJob,
    LightJob,
    Quarry,
    SunPlace,
    TileJob,
    TileKey,
)
from game.ui.draw.lamp_light import LampTiles
from game.ui.draw.lead import Lead
from game.ui.draw.makers import InlineMaker, ThreadMaker, TileMaker, best_maker
from game.ui.draw.overlays import OverlayTiles
from game.ui.draw.sunlight import has_jumped, is_due, is_far
from game.ui.draw.tiling import Tile, TilesSpec, above, by_block, level_of, lit_tile, tiles_in
from game.ui.draw.tracks import TrackIndex


class TileStore:
    """Lit tiles by key, and the jobs that make them."""

    def __init__(self, spec: TilesSpec, maker: TileMaker, quarry: Quarry) -> None:
        self.spec = spec
        self.maker = maker
        self.quarry = quarry
        self.tracks = TrackIndex()
        self.lamp = LampTiles()
        self.overlay = OverlayTiles()
        self.lead = Lead(spec.lead_frames)
        self.tiles: dict[TileKey, Tile] = {}
        self.coming: dict[TileKey, Tile] = {}
        self.sun: SunPlace | None = None
        self.next_sun: SunPlace | None = None
        self.light: Light | None = None
        self.next_light: Light | None = None
        self.change_count = 0
        self.swap_count = 0
        self._asked: set[Job] = set()
        self._last_sun: SunPlace | None = None
        self._idle_at: object = None
        self._frame = 0
        self._track_count = 0
        self._grown_frame = 0

    def update(self, view: View, sun: SunPlace) -> None:
        """Take in what is baked and ask for what the view needs; costs well under 1 ms."""
        self._frame += 1
        self.lead.follow(view)
        if len(self.tracks.points_m) != self._track_count:
            self._track_count, self._grown_frame = len(self.tracks.points_m), self._frame
        self._aim(sun)
        for baked in self.maker.collect():
            self._take(baked)
        if self.maker.is_broken:
            self._replace_maker()
        self._swap_if_complete(view)
        if self.maker.room > 0:
            self._ask(view)
        self._drop_old(view)

    def fill(self, view: View, sun: SunPlace) -> None:
        """Work until the view is complete in this very light; blocks."""
        self.next_sun, self.coming = None, {}
        if self.sun != sun:
            self.sun, self.light = sun, None
            self.tiles.clear()
        wait = pygame.time.Clock()
        while not self.is_complete(view):
            self.update(view, sun)
            if not isinstance(self.maker, InlineMaker):
                wait.tick(200)

    def is_complete(self, view: View) -> bool:
        """Tell whether every tile in view is there, with its tracks, in the light of now."""
        keys = tiles_in(view, level_of(view.scale_px_m, self.spec))
        is_lit = self.light is not None and not any(self.lamp.wanted(keys))
        is_lit = is_lit and not any(self.overlay.wanted(view))
        return is_lit and not any(self._is_due(key) or self._lag(key) for key in keys)

    def part_there(self, view: View) -> float:
        """Return how much of a view is there at its own level, in whatever light [0-1]."""
        keys = tiles_in(view, level_of(view.scale_px_m, self.spec))
        return sum(key in self.tiles for key in keys) / len(keys)

    def part_done(self, view: View) -> float:
        """Return how much of a view is there at its own level, lit and with its tracks [0-1]."""
        keys = tiles_in(view, level_of(view.scale_px_m, self.spec))
        return sum(not self._is_due(key) for key in keys) / len(keys)

    def close(self) -> None:
        """End the worker."""
        self.maker.close()

    def _ask(self, view: View) -> None:
        """Hand out jobs; when there are none, do not look again before something changes."""
        level = level_of(view.scale_px_m, self.spec)
        side_m = TILE_CELLS * 2.0**level
        place = tuple(math.floor(2.0 * edge_m / side_m) for edge_m in view.bounds_m())
        here = (
            (level, place, self.sun, self.next_sun, self._is_still()),
            (self.lamp.target, self.overlay.shown, self._track_count, self.lead.square(level)),
        )
        if here == self._idle_at:
            return
        for job in self._jobs(view):
            self._asked.add(job)
            self.maker.submit(job)
            if self.maker.room <= 0:
                return
        if not self._asked:
            self._idle_at = here

    def _aim(self, sun: SunPlace) -> None:
        last, self._last_sun = self._last_sun or sun, sun
        if self.sun is None:
            self.sun = sun
        is_free = self.next_sun is None or has_jumped(last, sun, self.spec)
        if is_free and is_due(self.sun, sun, self.spec):
            self.next_sun, self.next_light, self.coming = sun, None, {}

    def _take(self, baked: Baked) -> None:
        self._asked.discard(baked.job)
        match baked:
            case BakedLight(job, light):
                if job.sun == self.sun:
                    self.light = light
                elif job.sun == self.next_sun:
                    self.next_light = light
            case BakedLamp():
                self.lamp.take(baked)
            case BakedOverlay():
                self.overlay.take(baked)
            case BakedTile(job, pixels):
                tile = lit_tile(pixels, job.sun, job.revision, self._frame)
                self._take_tile(job, tile)

    def _take_tile(self, job: TileJob, tile: Tile) -> None:
        if job.sun == self.next_sun:
            self.coming[job.key] = tile
        elif job.sun == self.sun or job.key not in self.tiles:
            self.tiles[job.key] = tile
            self.change_count += 1

    def _swap_if_complete(self, view: View) -> None:
        if self.next_sun is None or self.next_light is None:
            return
        keys = tiles_in(view, level_of(view.scale_px_m, self.spec))
        if all(key in self.coming for key in keys if key in self.tiles):
            self.tiles.update(self.coming)
            self.change_count += 1
            self.sun, self.light = self.next_sun, self.next_light
            self.next_sun, self.next_light, self.coming = None, None, {}
            self.swap_count += 1

    def _is_due(self, key: TileKey) -> bool:
        tile = self.tiles.get(key)
        return tile is None or tile.sun != self.sun or self._is_worn(key)

    def _jobs(self, view: View) -> Iterator[Job]:
        """Yield what is worth doing, the most urgent first."""
        level = level_of(view.scale_px_m, self.spec)
        seen = tiles_in(view, level)
        for key in seen:
            self._touch(key)
        yield from self._lights(level)
        soon = self.lead.soon(view, level)
        yield from self._cover([*seen, *soon])
        if self.sun and self.next_sun and is_far(self.sun, self.next_sun, self.spec):
            yield from self._next_light(seen)
        yield from self._due(key for key in seen if key in self.tiles and self._is_worn(key))
        yield from self._due(key for key in seen if key not in self.tiles)
        if self.next_sun is None:
            yield from self._due(key for key in seen if self._is_due(key))
        for job in self.overlay.wanted(view):
            yield from self._fresh(job)
        yield from self._lamps(seen)
        yield from self._due(key for key in soon if key not in self.tiles)
        if self.next_sun is not None:
            yield from self._next_light(seen)
        else:
            yield from self._ahead(view, level)

    def _lights(self, level: int) -> Iterator[Job]:
        """Yield the light itself, for now and for the set of tiles that is coming."""
        for sun, light in ((self.sun, self.light), (self.next_sun, self.next_light)):
            if sun is not None and light is None:
                yield from self._fresh(LightJob(sun, level))

    def _lamps(self, seen: list[TileKey]) -> Iterator[Job]:
        lamp = self.lamp.target
        if lamp is None:
            return
        for key in self.lamp.wanted(seen):
            runs = self.tracks.runs(key)
            yield from self._fresh(LampJob(key, lamp, self.tracks.revision(key), runs))

    def _next_light(self, seen: list[TileKey]) -> Iterator[Job]:
        """Yield the tiles on show in the next light, which all of them must have to be shown."""
        for key in by_block(seen):
            if self.next_sun is not None and key in self.tiles and key not in self.coming:
                yield from self._fresh(self._job(key, self.next_sun))

    def _ahead(self, view: View, level: int) -> Iterator[Job]:
        """Yield what will soon be wanted: one ring around, the backdrop, then the wider view."""
        ring = tiles_in(view, level, 1)
        yield from self._due(key for key in ring if self._is_due(key))
        yield from self._due(key for key in backdrop(view, self.spec) if key not in self.tiles)
        for steps in (self.spec.coarse_steps, 2 * self.spec.coarse_steps):
            wide = min(level + steps, self.spec.coarsest_level)
            yield from self._due(key for key in tiles_in(view, wide, 1) if self._is_due(key))

    def _cover(self, keys: list[TileKey]) -> Iterator[Job]:
        """Yield coarse tiles for places where nothing at all could be shown."""
        steps = self.spec.coarse_steps
        if not keys or keys[0][0] + steps > self.spec.coarsest_level:
            return
        for key in keys:
            if key not in self.tiles and self.stand_in(key) is None:
                yield from self._due((above(key, steps),))

    def stand_in(self, key: TileKey) -> TileKey | None:
        """Return the finest coarser tile that covers a missing one."""
        for steps in range(1, self.spec.coarsest_level - key[0] + 1):
            higher = above(key, steps)
            if higher in self.tiles:
                self._touch(higher)
                return higher
        return None

    def _lag(self, key: TileKey) -> int:
        """Return how many points of the track a tile does not show yet."""
        return abs(self.tracks.revision(key) - self.tiles[key].revision)

    def _is_worn(self, key: TileKey) -> bool:
        """Tell whether a tile must be pressed again: the body hides the newest metre of track."""
        lag = self._lag(key)
        return lag >= self.spec.track_lag_count or (lag > 0 and self._is_still())

    def _is_still(self) -> bool:
        return self._frame - self._grown_frame > self.spec.track_still_frames

    def _due(self, keys: Iterator[TileKey] | tuple[TileKey, ...]) -> Iterator[Job]:
        assert self.sun is not None
        for key in keys:
            self._touch(key)
            yield from self._fresh(self._job(key, self.sun))

    def _fresh(self, job: Job) -> Iterator[Job]:
        if job not in self._asked:
            yield job

    def _job(self, key: TileKey, sun: SunPlace) -> TileJob:
        return TileJob(key, sun, self.tracks.revision(key), self.tracks.runs(key))

    def _touch(self, key: TileKey) -> None:
        tile = self.tiles.get(key)
        if tile is not None:
            tile.wanted_frame = self._frame

    def _drop_old(self, view: View) -> None:
        for key in surplus(self.tiles, view, self.spec):
            if self.tiles[key].wanted_frame < self._frame:
                del self.tiles[key]
                self.change_count += 1

    def _replace_maker(self) -> None:
        self.maker.close()
        self._asked.clear()
        self.maker = ThreadMaker(self.quarry, self.spec.queue_count)


def open_store(spec: TilesSpec, quarry: Quarry, is_synchronous: bool = False) -> TileStore:
    """Return a store with a worker, or one that bakes in the caller when it is filled."""
    if is_synchronous:
        return TileStore(spec, InlineMaker(quarry), quarry)
    maker = best_maker(quarry, spec.queue_count, spec.worker_count)
    return TileStore(spec, maker, quarry)
