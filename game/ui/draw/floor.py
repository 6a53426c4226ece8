"""The ground on the screen from frame to frame: one layer on show, the next one in the making."""

import math

import pygame

from game.ui.camera import View
from game.ui.draw.baker import SunPlace
from game.ui.draw.feather import enlarged
from game.ui.draw.layer import FALLBACK_RGB, Layer, LayerSpec
from game.ui.draw.sunlight import apply_tone, is_far, rounded, soil_rgb, tone
from game.ui.draw.tiles import TileStore
from game.ui.draw.tiling import box_of, level_of, tiles_in

ALL_TILES = 10_000


class Floor:
    """Shows a layer; when light or zoom change, the next is painted beside it and melts in."""

    def __init__(self, spec: LayerSpec, store: TileStore) -> None:
        self.spec = spec
        self.store = store
        self.layer: Layer | None = None
        self.next_layer: Layer | None = None
        self._old_layer: Layer | None = None
        self._spare: pygame.Surface | None = None
        self._fade_left_s = 0.0
        self._scale_px_m = 0.0

    def fill(self, view: View) -> None:
        """Paint all that is there at once; nothing melts."""
        self.layer = Layer(self.spec, view, self.store.sun)
        self.layer.paint(self.store, limit=ALL_TILES)
        self.next_layer, self._old_layer = None, None
        self.layer.is_on_show = True
        self._scale_px_m = view.scale_px_m

    def is_settled(self, view: View) -> bool:
        """Tell whether another frame of this view would show the ground as it is shown now."""
        layer = self.layer
        if layer is None or self.next_layer is not None or self._old_layer is not None:
            return False
        return layer.fits(view) and layer.is_done(self.store)

    @property
    def sun(self) -> SunPlace | None:
        """The Sun that the layer on show is painted for; whatever is drawn on it must share it."""
        return None if self.layer is None else self.layer.sun

    def brighten(self, target: pygame.Surface, view: View, sun: SunPlace) -> None:
        """Bring ground and what stands on it from the light of the layer to that of now."""
        if self.sun is None or self.sun == sun:
            return
        level = level_of(view.scale_px_m, self.store.spec)
        apply_tone(target, tone((self.sun, level), (rounded(sun), level)))

    def draw(self, target: pygame.Surface, view: View, dt_s: float) -> None:
        """Draw the ground of one frame."""
        if self.layer is None:
            self.fill(view)
        assert self.layer is not None
        is_zooming = abs(view.scale_px_m - self._scale_px_m) > 1e-9
        self._scale_px_m = view.scale_px_m
        if not is_zooming:
            self._prepare_next(view, self.layer)
        layer = self.layer
        if layer.fits(view):
            layer.follow(view)
            if self.next_layer is None:
                layer.paint(self.store)
            layer.blit_to(target, view)
            layer.add_lamp(target, view, self.store)
        else:
            if not layer.covers(view):
                self._draw_quickly(target, view)
            if not layer.blit_scaled(target, view):
                self._draw_quickly(target, view)
        self._melt(target, view, dt_s)

    def _prepare_next(self, view: View, layer: Layer) -> None:
        """Paint a new layer beside the one on show when zoom or light have changed."""
        # A layer in the making is finished, even if the Sun is further on: when time runs fast it
        # would be begun anew for ever.
        is_wanted = not layer.fits(view) or layer.sun != self.store.sun
        if is_wanted and (self.next_layer is None or not self.next_layer.fits(view)):
            self.next_layer = Layer(self.spec, view, self.store.sun, self._spare)
            self._spare = None
        following = self.next_layer
        if following is None:
            return
        following.follow(view)
        is_urgent = not layer.fits(view) or self._is_far(layer, following)
        limit = self.spec.paints_per_frame * (self.spec.zoom_factor if is_urgent else 1)
        if following.paint(self.store, limit=limit) == 0:
            self._show(following, layer if layer.fits(view) else None, view)

    def _is_far(self, layer: Layer, following: Layer) -> bool:
        if layer.sun is None or following.sun is None:
            return True
        return is_far(layer.sun, following.sun, self.store.spec)

    def _show(self, layer: Layer, old: Layer | None, view: View) -> None:
        """Put a layer on show; the one before melts away, as bright as the new one."""
        if old is not None and old.sun is not None and layer.sun is not None:
            level = level_of(view.scale_px_m, self.store.spec)
            apply_tone(old.surface, tone((old.sun, level), (layer.sun, level)))
        self._old_layer, self._fade_left_s = old, self.spec.melt_s
        self.layer, self.next_layer = layer, None
        layer.is_on_show = True

    def _melt(self, target: pygame.Surface, view: View, dt_s: float) -> None:
        """Show what is left of the old light over the new one."""
        old = self._old_layer
        if old is None:
            return
        self._fade_left_s -= dt_s
        if self._fade_left_s <= 0.0 or not old.fits(view):
            self._spare, self._old_layer = old.surface, None
            return
        old.surface.set_alpha(round(255 * self._fade_left_s / self.spec.melt_s))
        old.blit_to(target, view)

    def _draw_quickly(self, target: pygame.Surface, view: View) -> None:
        """Fill the window with the coarse tiles that are there."""
        sun, shown = self.sun, level_of(view.scale_px_m, self.store.spec)
        target.fill(FALLBACK_RGB if sun is None else soil_rgb(sun, shown))
        for level in self._quick_levels(view, shown):
            for key in tiles_in(view, level):
                tile = self.store.tiles.get(key)
                if tile is None:
                    continue
                west_m, south_m, east_m, north_m = box_of(key)
                left, top = (round(v) for v in view.to_px(west_m, north_m))
                right, low = (round(v) for v in view.to_px(east_m, south_m))
                place = pygame.Rect(left, top, max(right - left, 1), max(low - top, 1))
                seen = place.clip(target.get_rect())
                if not seen.width or not seen.height:
                    continue
                picture = enlarged(tile.surface, *_source(tile.surface, place, seen))
                apply_tone(picture, tone((tile.sun, level), (sun or tile.sun, shown)))
                target.blit(picture, seen)

    def _quick_levels(self, view: View, shown: int) -> list[int]:
        """Return the levels to draw, the coarsest first: none that a finer one covers whole."""
        levels: list[int] = []
        for level in range(shown, self.store.spec.coarsest_level + 1):
            keys = tiles_in(view, level)
            found = sum(key in self.store.tiles for key in keys)
            if found:
                levels.append(level)
            if found == len(keys):
                break
        return levels[::-1]


def _source(
    picture: pygame.Surface, place: pygame.Rect, seen: pygame.Rect
) -> tuple[pygame.Rect, tuple[int, int]]:
    """Return the part of a tile that is seen of it, and the size at which it is seen."""
    wide, high = picture.get_width() / place.width, picture.get_height() / place.height
    left, top = (seen.x - place.x) * wide, (seen.y - place.y) * high
    right, low = left + seen.width * wide, top + seen.height * high
    part = pygame.Rect(int(left), int(top), 0, 0)
    part.width, part.height = max(1, math.ceil(right) - part.x), max(1, math.ceil(low) - part.y)
    return part.clip(picture.get_rect()), seen.size
