"""The ground on the screen from frame to frame: one layer on show, the next one in the making."""

import pygame

from game.ui.camera import View
from game.ui.draw.layer import FALLBACK_RGB, Layer, LayerSpec
from game.ui.draw.tiles import TileStore
from game.ui.draw.tiling import box_of, level_of, tiles_in

ALL_TILES = 10_000
QUICK_STEPS = (4, 3, 2, 1, 0)  # levels that fill in while the view zooms out


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
        self._swap_count = 0
        self._scale_px_m = 0.0

    def fill(self, view: View) -> None:
        """Paint all that is there at once; nothing melts."""
        self.layer = Layer(self.spec, view)
        self.layer.paint(self.store, limit=ALL_TILES)
        self.next_layer, self._old_layer = None, None
        self._swap_count = self.store.swap_count
        self._scale_px_m = view.scale_px_m

    def draw(self, target: pygame.Surface, view: View, dt_s: float) -> None:
        """Draw the ground of one frame."""
        if self.layer is None or (view.width_px, view.height_px) != self.layer.window_px:
            self.layer, self.next_layer, self._old_layer = Layer(self.spec, view), None, None
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
            layer.blit_scaled(target, view)
        self._melt(target, view, dt_s)

    def _prepare_next(self, view: View, layer: Layer) -> None:
        """Paint a new layer beside the one on show when zoom or light have changed."""
        is_new_light = self.store.swap_count != self._swap_count
        self._swap_count = self.store.swap_count
        is_stale = self.next_layer is None or not self.next_layer.fits(view)
        if is_new_light or (is_stale and not layer.fits(view)):
            self.next_layer = Layer(self.spec, view, self._spare)
            self._spare = None
        if self.next_layer is None:
            return
        self.next_layer.follow(view)
        limit = self.spec.paints_per_frame * (1 if layer.fits(view) else self.spec.zoom_factor)
        if self.next_layer.paint(self.store, limit=limit) == 0:
            self._old_layer = layer if layer.fits(view) else None
            self._fade_left_s = self.spec.melt_s
            self.layer, self.next_layer = self.next_layer, None

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
        target.fill(FALLBACK_RGB)
        spec = self.store.spec
        for steps in QUICK_STEPS:
            level = level_of(view.scale_px_m, spec) + steps
            for key in tiles_in(view, level):
                tile = self.store.tiles.get(key)
                if tile is None:
                    continue
                west_m, south_m, east_m, north_m = box_of(key)
                left, top = (round(v) for v in view.to_px(west_m, north_m))
                right, low = (round(v) for v in view.to_px(east_m, south_m))
                size = (right - left, low - top)
                target.blit(pygame.transform.scale(tile.surface, size), (left, top))
