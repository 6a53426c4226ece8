"""Pictures of a mission: each product of a camera is rendered from the ground it was taken on."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import sol_of
from game.environment.nature import nature_table, surroundings_at
from game.render.above import ContextView, picture_from_above
from game.render.camera import camera_picture, camera_ring
from game.render.own_shadow import Pose
from game.render.png import write_png
from game.render.rings import Guests
from game.render.sky import Air
from game.render.tracks import Track, track_of
from game.render.view import View
from game.rover.records import ContextRecord, PictureRecord
from game.rover.storage import Product
from game.state import Setup, State

Picture = NDArray[np.uint8]
SIZE = (640, 360)
PANORAMA_PARTS = 12
PANORAMA_ELEVATION_RAD = -0.08


def is_picture(product: Product) -> bool:
    """Say whether a product is something to look at."""
    return isinstance(product.record, PictureRecord | ContextRecord)


def picture_of(
    setup: Setup, state: State, product: Product, size: tuple[int, int] = SIZE
) -> Picture:
    """Render a picture product as the camera saw it then.

    Parameters
    ----------
    setup, state : Setup, State
        The mission; tracks driven later than the picture are not in it.
    product : Product
        A picture or a panorama.
    size : tuple of int
        Width and height of one frame. [px]

    Returns
    -------
    ndarray
        uint8, (height, width, 3), row 0 on top; a panorama is as wide as its ring.
    """
    if isinstance(product.record, ContextRecord):
        return context_picture(setup, state, product, product.record, size)
    if not isinstance(product.record, PictureRecord):
        raise ValueError(f"{product.title} is not a picture")
    outside = surroundings_at(
        nature_table(setup.environment, sol_of(setup.site, product.made_tick)), product.made_tick
    )
    air = Air(outside.sun_elevation_rad, outside.sun_azimuth_rad, outside.tau)
    track = _track_until(state, product)
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    if product.record.view_rad < math.tau - 1e-6:
        view = View(
            product.x_m,
            product.y_m,
            product.azimuth_rad,
            product.elevation_rad,
            product.record.view_rad,
            *size,
        )
        return camera_picture(setup.terrain, view, air, track, pose)
    return _panorama(setup, product, air, track, size)


def context_picture(
    setup: Setup, state: State, product: Product, record: ContextRecord, size: tuple[int, int]
) -> Picture:
    """Render a picture from orbit: the ground, the way driven until then, lander and rover."""
    width, height = size
    air = Air(record.sun_elevation_rad, record.sun_azimuth_rad, record.tau)
    here = (product.x_m, product.y_m)
    square = picture_from_above(setup.terrain, record.width_m, here, width, air)
    first = (width - height) // 2
    view = ContextView(square[first : first + height], here, record.width_m / width)
    track = _track_until(state, product)
    if track is not None:
        view.draw_way(track.x_m, track.y_m)
    view.draw_spot((0.0, 0.0))
    view.draw_spot(here)
    return view.picture


def save_pictures(setup: Setup, state: State, folder: Path) -> int:
    """Write every picture that has come home as PNG; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [product for product in state.rover.storage.home if is_picture(product)]
    for product in pictures:
        name = f"{product.number:04d}-sol{sol_of(setup.site, product.made_tick):03d}-{product.kind}"
        write_png(str(folder / f"{name}.png"), picture_of(setup, state, product))
    return len(pictures)


def _track_until(state: State, product: Product) -> Track | None:
    """Return the track up to where the picture was taken."""
    points = state.rover.track
    if len(points) < 2:
        return None
    away = [math.dist(point, (product.x_m, product.y_m)) for point in points]
    last = min(range(len(points)), key=lambda at: away[at])
    places = np.array(points[: last + 1])
    return track_of(places[:, 0], places[:, 1]) if len(places) >= 2 else None


def _panorama(
    setup: Setup, product: Product, air: Air, track: Track | None, size: tuple[int, int]
) -> Picture:
    fov = math.tau / PANORAMA_PARTS
    width, height = size[1] // 2, size[1]
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    views = [
        View(
            product.x_m,
            product.y_m,
            product.azimuth_rad + (part - (PANORAMA_PARTS - 1) / 2.0) * fov,
            PANORAMA_ELEVATION_RAD,
            fov,
            width,
            height,
        )
        for part in range(PANORAMA_PARTS)
    ]
    return camera_ring(setup.terrain, views, air, Guests(track, pose))
