"""Pictures that the rover has taken, rendered aside while the game goes on."""

from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pygame
from numpy.typing import NDArray

from game.render.camera import Pose, camera_picture
from game.render.sky import Air
from game.render.tracks import track_of
from game.render.view import View
from game.rover.storage import Product
from game.simulation import surroundings
from game.state import Setup, State
from game.world.terrain import Terrain

Pixels = NDArray[np.uint8]
WIDTH_PX, HEIGHT_PX = 640, 360


class PictureDesk:
    """Renders products by number and keeps the pictures.

    The worker has a terrain of its own: what it holds depends on the spec alone.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._terrain: Terrain | None = None
        self._coming: dict[int, Future[Pixels]] = {}
        self._ready: dict[int, pygame.Surface] = {}

    def order(self, state: State, product: Product) -> None:
        """Have a picture rendered unless it is there or on its way."""
        if product.number in self._ready or product.number in self._coming:
            return
        track = state.rover.track
        self._coming[product.number] = self._worker.submit(self._render, product, track)

    def get(self, number: int) -> pygame.Surface | None:
        """Return a picture if it is ready."""
        coming = self._coming.get(number)
        if coming is not None and coming.done():
            del self._coming[number]
            self._ready[number] = surface_of(coming.result())
        return self._ready.get(number)

    def wait(self, number: int) -> pygame.Surface | None:
        """Return a picture, waiting for it: for tests and stills."""
        if number in self._coming:
            self._coming[number].result()
        return self.get(number)

    def put(self, number: int, picture: pygame.Surface) -> None:
        """Keep a picture made elsewhere."""
        self._ready[number] = picture

    def close(self) -> None:
        """End the worker."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _render(self, product: Product, track: tuple[tuple[float, float], ...]) -> Pixels:
        if self._terrain is None:
            self._terrain = Terrain(self.setup.terrain.spec)
        return product_pixels(self.setup, self._terrain, product, track)


def product_pixels(
    setup: Setup, terrain: Terrain, product: Product, track: tuple[tuple[float, float], ...]
) -> Pixels:
    """Return the picture that a product is: where it was taken, in the light of that moment."""
    felt = surroundings(setup, product.made_tick)
    view = View(
        product.x_m,
        product.y_m,
        product.azimuth_rad,
        product.elevation_rad,
        width=WIDTH_PX,
        height=HEIGHT_PX,
    )
    air = Air(felt.sun_elevation_rad, felt.sun_azimuth_rad, felt.tau)
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    way = track_of([x for x, _ in track], [y for _, y in track])
    return camera_picture(terrain, view, air, way, pose)


def surface_of(pixels: Pixels) -> pygame.Surface:
    """Turn rows of colour into a surface."""
    return pygame.surfarray.make_surface(pixels.swapaxes(0, 1)).convert()
