"""Pictures that the rover has taken, rendered aside while the game goes on."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pygame
from numpy.typing import NDArray

from game.render.album import is_picture, picture_of
from game.render.bands import Bands, band_frames
from game.render.false_colour import grey
from game.rover.records import PictureRecord
from game.rover.storage import Product
from game.state import Setup, State
from game.ui.band_views import BandView
from game.world.terrain import Terrain

Pixels = NDArray[np.uint8]
FULL_PX = (640, 360)
WARM_RAD = 0.8
QUICK_PX = (160, 90)  # shown within the first second, while the full one is made


class PictureDesk:
    """Renders products by number and keeps the pictures.

    The worker has a terrain of its own: what that holds depends on its spec alone, so the picture
    is the same, and nothing is shared with the simulation.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = replace(setup, terrain=Terrain(setup.terrain.spec))
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._quick: dict[int, Future[Pixels]] = {}
        self._full: dict[int, Future[Pixels]] = {}
        self._ready: dict[int, pygame.Surface] = {}
        self._bands: dict[int, Future[Bands]] = {}
        self._grey: dict[tuple[int, BandView], pygame.Surface] = {}

    def warm_up(self, state: State) -> None:
        """Have the ground around looked at once, so that the first picture does not wait for it."""
        place = state.rover.mobility
        look = Product(
            kind="picture",
            title="",
            made_tick=state.tick,
            sol=0,
            size_bit=1,
            priority=1,
            x_m=place.x_m,
            y_m=place.y_m,
            heading_rad=place.heading_rad,
            azimuth_rad=place.heading_rad,
            elevation_rad=0.0,
            quality=0.0,
            value=0.0,
            record=PictureRecord(0.0, 0.0, 0.0, WARM_RAD),
        )
        self._worker.submit(picture_of, self.setup, state, look, QUICK_PX)

    def order(self, state: State, product: Product) -> None:
        """Have a picture rendered unless it is there or on its way."""
        number = product.number
        if number in self._ready or number in self._full or not is_picture(product):
            return
        for size, coming in ((QUICK_PX, self._quick), (FULL_PX, self._full)):
            coming[number] = self._worker.submit(picture_of, self.setup, state, product, size)

    def get(self, number: int) -> pygame.Surface | None:
        """Return a picture if it is ready; at first a rough one."""
        for coming in (self._quick, self._full):
            if number in coming and coming[number].done():
                self._ready[number] = surface_of(coming.pop(number).result())
        return self._ready.get(number)

    def band(self, product: Product, view: BandView) -> pygame.Surface | None:
        """Return one band or ratio of a filter picture if it is ready; the first call orders it."""
        key = (product.number, view)
        if key not in self._grey:
            coming = self._bands.get(product.number)
            if coming is None:
                coming = self._worker.submit(band_frames, self.setup, product, FULL_PX)
                self._bands[product.number] = coming
            if not coming.done():
                return None
            self._grey[key] = surface_of(grey(view.of(coming.result())))
        return self._grey[key]

    def wait(self, number: int) -> pygame.Surface | None:
        """Return a picture, waiting for it: for tests and stills."""
        for coming in (self._full, self._bands):
            if number in coming:
                coming[number].result()
        return self.get(number)

    def close(self) -> None:
        """End the worker."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def surface_of(pixels: Pixels) -> pygame.Surface:
    """Turn rows of colour into a surface."""
    return pygame.surfarray.make_surface(pixels.swapaxes(0, 1)).convert()
