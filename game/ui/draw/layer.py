"""The ground at one zoom on one surface, a little larger than the window and moved with it."""

import math
from dataclasses import dataclass

import pygame

from game.ui.camera import View
from game.ui.draw.baker import SunPlace, TileKey
from game.ui.draw.feather import NEIGHBOURS, enlarged, feathered
from game.ui.draw.sunlight import soil_rgb, tone, toned
from game.ui.draw.tiles import TileStore
from game.ui.draw.tiling import Stamp, box_of, level_of, part_of, tiles_in

LEAST_PX = 2  # fewer pixels of a layer are no picture of the ground
FALLBACK_RGB = (146, 106, 72)  # before the very first tile is baked


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """How the ground is put together on the screen.

    Attributes
    ----------
    margin_px : int
        Ground kept ready beyond each edge of the window. [px]
    paints_per_frame, zoom_factor : int
        Tiles scaled and painted in one frame, and how many times more right after a zoom.
    fade_frames : int
        Frames in which a finer tile comes in over the coarser one.
    melt_s : float
        How long the light of before melts into the new one. [s]
    """

    margin_px: int
    paints_per_frame: int
    zoom_factor: int
    fade_frames: int
    melt_s: float


@dataclass(slots=True)
class Fade:
    """A tile that is coming in."""

    picture: pygame.Surface
    frames_left: int


class Layer:
    """Ground of one zoom and one light; pixel (0, 0) of the world is the lander."""

    def __init__(
        self,
        spec: LayerSpec,
        view: View,
        sun: SunPlace | None,
        spare: pygame.Surface | None = None,
    ) -> None:
        self.spec = spec
        self.sun = sun
        self.is_on_show, self.has_ground = False, False
        self.scale_px_m = view.scale_px_m
        size = (view.width_px + 2 * spec.margin_px, view.height_px + 2 * spec.margin_px)
        self.window_px = (view.width_px, view.height_px)
        fits = spare is not None and spare.get_size() == size
        self.surface = spare if spare is not None and fits else pygame.Surface(size, depth=32)
        self.surface.set_alpha(None)
        corner = self.corner_px(view)
        self.left_px, self.top_px = corner[0] - spec.margin_px, corner[1] - spec.margin_px
        self.painted: dict[TileKey, Stamp] = {}
        self.stood_in: dict[TileKey, TileKey] = {}
        self.fading: dict[TileKey, Fade] = {}
        self._seen: tuple[int, int, int] | None = None
        self._bare: dict[TileKey, int] = {}  # sides on which a tile is feathered into a coarser one
        self._lamps: dict[TileKey, tuple[pygame.Surface, pygame.Surface]] = {}

    def corner_px(self, view: View) -> tuple[int, int]:
        """Return the world pixel in the top left corner of the window."""
        return (
            round(view.x_m * self.scale_px_m - view.width_px / 2),
            round(-view.y_m * self.scale_px_m - view.height_px / 2),
        )

    def fits(self, view: View) -> bool:
        """Tell whether the layer is made for this zoom and window."""
        return (
            abs(view.scale_px_m / self.scale_px_m - 1.0) < 1e-6
            and (view.width_px, view.height_px) == self.window_px
        )

    def follow(self, view: View) -> None:
        """Move the layer when the window comes near its edge."""
        corner = self.corner_px(view)
        margin = self.spec.margin_px
        dx = corner[0] - margin - self.left_px
        dy = corner[1] - margin - self.top_px
        if max(abs(dx), abs(dy)) <= margin // 2:
            return
        self.left_px += dx
        self.top_px += dy
        self.surface.scroll(-dx, -dy)
        kept = self.surface.get_rect().move(-dx, -dy).clip(self.surface.get_rect())
        for key in (*self.painted, *self.stood_in):
            rect = self.rect_px(key)
            if not kept.contains(rect):
                self.painted.pop(key, None)
                self.stood_in.pop(key, None)
                self._bare.pop(key, None)

    def rect_px(self, key: TileKey) -> pygame.Rect:
        """Return where a tile lies on the layer; neighbours share their edges."""
        west_m, south_m, east_m, north_m = box_of(key)
        left, right = (round(x * self.scale_px_m) for x in (west_m, east_m))
        top, low = (round(-y * self.scale_px_m) for y in (north_m, south_m))
        return pygame.Rect(left - self.left_px, top - self.top_px, right - left, low - top)

    def paint(self, store: TileStore, limit: int | None = None) -> int:
        """Paint some of the tiles that are new or missing; return how many are still to do.

        Parameters
        ----------
        store : TileStore
            Where the tiles are.
        limit : int, optional
            Most tiles to paint now; without it all, and none fades in.
        """
        self._fade()
        self._begin(store)
        seen = (store.change_count, self.left_px, self.top_px)
        if seen == self._seen:
            return 0
        level = level_of(self.scale_px_m, store.spec)
        wide, high = self.surface.get_size()
        whole = View(
            (self.left_px + wide / 2) / self.scale_px_m,
            -(self.top_px + high / 2) / self.scale_px_m,
            self.scale_px_m,
            wide,
            high,
        )
        left = self.spec.paints_per_frame if limit is None else limit
        waiting = 0
        for key in tiles_in(whole, level):
            if not self._is_stale(store, key):
                continue
            if left > 0:
                left -= self._paint_one(store, key)
            else:
                waiting += 1
        self._seen = None if waiting else seen
        return waiting

    def blit_to(self, target: pygame.Surface, view: View) -> None:
        """Copy the window's part of the layer."""
        corner = self.corner_px(view)
        target.blit(self.surface, (self.left_px - corner[0], self.top_px - corner[1]))

    def covers(self, view: View) -> bool:
        """Tell whether the whole window lies on the layer, whatever its zoom."""
        west_m, south_m, east_m, north_m = view.bounds_m()
        wide, high = self.surface.get_size()
        per_m, left, top = self.scale_px_m, self.left_px, self.top_px
        is_across = west_m * per_m >= left and east_m * per_m <= left + wide
        return is_across and -north_m * per_m >= top and -south_m * per_m <= top + high

    def is_done(self, store: TileStore) -> bool:
        """Tell whether all that the store has for the layer is painted and faded in."""
        return not self.fading and self._seen == (store.change_count, self.left_px, self.top_px)

    def blit_scaled(self, target: pygame.Surface, view: View) -> bool:
        """Copy the layer at another zoom, quickly; say whether it was fine enough to be of use."""
        ratio = view.scale_px_m / self.scale_px_m
        corner_x = view.x_m * self.scale_px_m - view.width_px / 2 / ratio - self.left_px
        corner_y = -view.y_m * self.scale_px_m - view.height_px / 2 / ratio - self.top_px
        wide, high = view.width_px / ratio, view.height_px / ratio
        left, top = math.floor(corner_x), math.floor(corner_y)
        right, low = math.ceil(corner_x + wide), math.ceil(corner_y + high)
        wanted = pygame.Rect(left, top, right - left, low - top)
        part = wanted.clip(self.surface.get_rect())
        if part.width < LEAST_PX or part.height < LEAST_PX:
            return False
        size = (round(part.width * ratio), round(part.height * ratio))
        picture = pygame.transform.smoothscale(self.surface.subsurface(part), size)
        target.blit(picture, ((part.x - corner_x) * ratio, (part.y - corner_y) * ratio))
        return True

    def add_lamp(self, target: pygame.Surface, view: View, store: TileStore) -> None:
        """Add the light of the lamp over the ground in the window."""
        corner = self.corner_px(view)
        for key in [key for key in self._lamps if key not in store.lamp.shown]:
            del self._lamps[key]
        for key, light in store.lamp.shown.items():
            rect = self.rect_px(key)
            if key not in self._lamps or self._lamps[key][0] is not light:
                self._lamps[key] = (light, pygame.transform.smoothscale(light, rect.size))
            rect.move_ip(self.left_px - corner[0], self.top_px - corner[1])
            target.blit(self._lamps[key][1], rect, special_flags=pygame.BLEND_RGB_ADD)

    def _is_stale(self, store: TileStore, key: TileKey) -> bool:
        tile = store.tiles.get(key)
        if tile is None:
            return key not in self.painted and self.stood_in.get(key) != store.stand_in(key)
        if self.painted.get(key) is not tile.stamp:
            return True
        was = self._bare.get(key, 0)
        return was != 0 and self._bare_sides(store, key) != was

    def _bare_sides(self, store: TileStore, key: TileKey) -> int:
        """Return the sides, as bits, beyond which only coarser ground is there to be seen."""
        margin = self.spec.margin_px  # of no concern: it is seen when the layer has moved on
        whole, (level, column, row) = self.surface.get_rect().inflate(-margin, -margin), key
        sides = 0
        for bit, (right, up) in NEIGHBOURS.items():
            other = (level, column + right, row + up)
            if other not in store.tiles and whole.colliderect(self.rect_px(other)):
                sides |= bit
        return sides

    def _paint_one(self, store: TileStore, key: TileKey) -> int:
        """Paint a tile, or what stands in for it; return 0 if there is neither."""
        tile, before = store.tiles.get(key), self.painted.get(key)
        if tile is None:
            picture = self._stand_in(store, key)
            if picture is None:
                return 0
            self._bring_in(key, picture, is_soft=True)
            return 1
        picture, size = tile.surface, self.rect_px(key).size
        if picture.get_size() != size:
            picture = pygame.transform.smoothscale(picture, size)
        picture = self._in_one_light(picture, tile.sun, key[0], key[0])
        was = self._bare.pop(key, 0)
        if key not in self.painted and key not in self.stood_in:
            self._lay_under(store, key)
        sides = self._bare_sides(store, key)
        if sides:
            self._bare[key] = sides
            # Laid over what is there once, and then faded in as a whole: that is five times as
            # quick as fading in a picture with soft edges.
            rect = self.rect_px(key)
            whole = pygame.Surface(rect.size, depth=32)
            whole.blit(self.surface, (0, 0), rect)
            whole.blit(feathered(picture, sides), (0, 0))
            picture = whole
        self.painted[key] = tile.stamp
        self.stood_in.pop(key, None)
        is_other = before is None or before.sun != tile.sun
        self._bring_in(key, picture, is_soft=is_other or was != sides)
        return 1

    def _stand_in(self, store: TileStore, key: TileKey) -> pygame.Surface | None:
        """Return the part of a coarser tile that stands in for a missing one."""
        coarse = store.stand_in(key)
        if coarse is None:
            return None
        self.stood_in[key] = coarse
        tile = store.tiles[coarse]
        part = part_of(coarse, key)
        picture = enlarged(tile.surface, part, self.rect_px(key).size)
        return self._in_one_light(picture, tile.sun, coarse[0], key[0])

    def _lay_under(self, store: TileStore, key: TileKey) -> None:
        """Lay coarse ground, if there is some, under a tile that may run out softly."""
        picture = self._stand_in(store, key)
        if picture is not None:
            self.surface.blit(picture, self.rect_px(key))

    def _bring_in(self, key: TileKey, picture: pygame.Surface, *, is_soft: bool) -> None:
        if is_soft and self.is_on_show and self.spec.fade_frames > 1:
            self.fading[key] = Fade(picture.copy(), self.spec.fade_frames)
        else:
            self.fading.pop(key, None)
            self.surface.blit(picture, self.rect_px(key))

    def _begin(self, store: TileStore) -> None:
        """Colour the empty layer like the soil in the light that it is painted for."""
        if self.has_ground:
            return
        self.sun = self.sun or store.sun
        level = level_of(self.scale_px_m, store.spec)
        self.has_ground = self.sun is not None
        self.surface.fill(FALLBACK_RGB if self.sun is None else soil_rgb(self.sun, level))

    def _in_one_light(
        self, picture: pygame.Surface, sun: SunPlace, level: int, shown_level: int
    ) -> pygame.Surface:
        """Return a picture as bright as its neighbours, whatever Sun it was lit for."""
        if self.sun is None:
            return picture
        return toned(picture, tone((sun, level), (self.sun, shown_level)))

    def _fade(self) -> None:
        for key, fade in list(self.fading.items()):
            fade.picture.set_alpha(round(255 / fade.frames_left))
            self.surface.blit(fade.picture, self.rect_px(key))
            fade.frames_left -= 1
            if fade.frames_left == 0:
                fade.picture.set_alpha(None)
                del self.fading[key]
