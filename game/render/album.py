"""Pictures of a mission: each product of a camera is rendered from the ground it was taken on."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.commands import ActivityKind
from game.environment.clock import sol_of
from game.environment.nature import nature_table, surroundings_at
from game.render.above import ContextView, picture_from_above
from game.render.bands import band_frames
from game.render.camera import camera_picture, camera_ring
from game.render.false_colour import colours, contact_sheet, packed, stretched
from game.render.own_shadow import Pose
from game.render.png import write_png
from game.render.rings import Guests, height_at
from game.render.sky import Air
from game.render.solids import Solid, solids
from game.render.tracks import Track, track_of
from game.render.view import View
from game.rover.imaging import RING_PARTS, ring_azimuths_rad
from game.rover.records import (
    ContextRecord,
    FilterRecord,
    PictureRecord,
    SelfieRecord,
    ThumbnailRecord,
)
from game.rover.storage import Product
from game.state import Setup, State

Picture = NDArray[np.uint8]
SIZE = (640, 360)
THUMBNAIL_SIDE = 8  # a thumbnail has an eighth of each side
SMALL_EYE_M = 0.25  # the camera on the ground is hardly higher than a wheel
PANORAMA_ELEVATION_RAD = -0.08


def is_picture(product: Product) -> bool:
    """Say whether a product is something to look at."""
    return _taken(product) is not None or isinstance(product.record, ContextRecord)


def picture_of(
    setup: Setup, state: State, product: Product, size: tuple[int, int] = SIZE
) -> Picture:
    """Render a picture product as the camera saw it then.

    Parameters
    ----------
    setup, state : Setup, State
        The mission; tracks driven later than the picture are not in it.
    product : Product
        A picture, a panorama, one through filters (in false colours), one by the camera on the
        ground, a thumbnail of any of them, or one from orbit.
    size : tuple of int
        Width and height of one frame; a thumbnail is smaller. [px]

    Returns
    -------
    ndarray
        uint8, (height, width, 3), row 0 on top; a panorama is as wide as its ring.
    """
    if isinstance(product.record, ContextRecord):
        return context_picture(setup, state, product, product.record, size)
    taken = _taken(product)
    if taken is None:
        raise ValueError(f"{product.title} is not a picture")
    kind = product.kind
    if isinstance(product.record, ThumbnailRecord):
        kind = product.record.of_kind
        size = (max(16, size[0] // THUMBNAIL_SIDE), max(9, size[1] // THUMBNAIL_SIDE))
    outside = surroundings_at(
        nature_table(setup.environment, sol_of(setup.site, product.made_tick)), product.made_tick
    )
    air = Air(outside.sun_elevation_rad, outside.sun_azimuth_rad, outside.tau)
    if isinstance(product.record, FilterRecord) and len(product.record.reflectance_frac) > 2:
        return _through_filters(setup, product, product.record, size)
    if kind == str(ActivityKind.PANORAMA):
        shown = _panorama(setup, product, air, _track_until(state, product), size)
    elif kind == str(ActivityKind.SELFIE):
        shown = _selfie(setup, state, product, air, size)
    else:
        shown = _ahead(setup, state, product, air, (taken.view_rad, size))
    if kind == str(ActivityKind.MULTISPECTRAL):
        shown = stretched(shown)
    return packed(shown, taken.compression, setup.rover.instruments.camera.clean_compression)


def _taken(product: Product) -> PictureRecord | None:
    """Return how a picture came out; None for what is no picture by a camera of the rover."""
    match product.record:
        case PictureRecord() as taken:
            return taken
        case ThumbnailRecord(picture=taken) | FilterRecord(picture=taken):
            return taken
        case SelfieRecord(picture=taken):
            return taken
    return None


def _ahead(
    setup: Setup, state: State, product: Product, air: Air, frame: tuple[float, tuple[int, int]]
) -> Picture:
    view_rad, size = frame
    view = View(
        product.x_m, product.y_m, product.azimuth_rad, product.elevation_rad, view_rad, *size
    )
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    return camera_picture(setup.terrain, view, air, _track_until(state, product), pose)


def _through_filters(
    setup: Setup, product: Product, record: FilterRecord, size: tuple[int, int]
) -> Picture:
    """Render three bands in false colours: the longest and two shorter ones that were taken."""
    bands = band_frames(setup, product, size)
    shown = colours(bands, (bands.nm[-1], bands.nm[min(2, len(bands.nm) - 1)], bands.nm[0]))
    is_ground = shown.max(axis=2) > 0
    shown[is_ground] = stretched(shown[is_ground][None])[0]
    return packed(
        shown, record.picture.compression, setup.rover.instruments.camera.clean_compression
    )


def _selfie(
    setup: Setup, state: State, product: Product, air: Air, size: tuple[int, int]
) -> Picture:
    """Render rover and lander from the camera on the ground; it never moves again."""
    camera = state.rover.deck.camera
    if camera is None:
        raise ValueError("no camera stands on the ground")
    fov_rad = math.radians(setup.rover.instruments.small_camera.view_deg)
    view = View(camera.x_m, camera.y_m, camera.azimuth_rad, 0.04, fov_rad, *size, eye_m=SMALL_EYE_M)
    rover = Pose(product.x_m, product.y_m, product.heading_rad)
    lander = Pose(0.0, 0.0, setup.start.heading_rad)
    machines = tuple(
        Solid(boxes, pose, height_at(setup.terrain, replace(view, x_m=pose.x_m, y_m=pose.y_m)))
        for boxes, pose in ((solids().rover, rover), (solids().lander, lander))
    )
    track = _track_until(state, product)
    return camera_picture(setup.terrain, view, air, track, rover, machines)


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
        if isinstance(product.record, FilterRecord):
            sheet = contact_sheet(band_frames(setup, product))
            write_png(str(folder / f"{name}-bands.png"), sheet)
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
    fov = math.tau / RING_PARTS
    taken = _taken(product)
    view_rad = math.tau if taken is None else taken.view_rad
    width, height = size[1] // 2, size[1]
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    views = [
        View(
            product.x_m,
            product.y_m,
            azimuth_rad,
            PANORAMA_ELEVATION_RAD,
            fov,
            width,
            height,
        )
        for azimuth_rad in ring_azimuths_rad(product.azimuth_rad, view_rad)
    ]
    return camera_ring(setup.terrain, views, air, Guests(track, pose))
