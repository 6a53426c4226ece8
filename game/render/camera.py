"""First-person pictures: what the mast camera sees."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.render.boulders import cast_boulders, find_boulders, light_boulders
from game.render.colour import Grade, develop, luma
from game.render.fields import Field
from game.render.light import Light, light_state, sun_vector
from game.render.look import look
from game.render.look_parts import CameraLook
from game.render.noise import dither, value_noise
from game.render.own_shadow import Pose
from game.render.rings import Guests, Ring, build_rings, ground_slopes, height_at, level_at, sample
from game.render.sky import Air, direct_light, sky_radiance, sun_disc
from game.render.solids import Seen, Solid, cast_solids
from game.render.source import Ground
from game.render.tracks import Track
from game.render.view import Fan, Rays, View, meet, rays

Picture = NDArray[np.uint8]


def camera_picture(
    terrain: Ground,
    view: View,
    air: Air,
    track: Track | None = None,
    pose: Pose | None = None,
    solids: tuple[Solid, ...] = (),
) -> Picture:
    """Return the picture a camera takes, (height, width, 3) of 8-bit RGB, row 0 on top.

    Parameters
    ----------
    terrain : Ground
        The ground.
    view : View
        Where the camera is and looks.
    air : Air
        Sun and dust.
    track : Track, optional
        Where the rover has been.
    pose : Pose, optional
        The rover, for its shadow.
    solids : tuple of Solid
        Machines in front of the camera.
    """
    shot = take_shot(terrain, view, air, Guests(track, pose, solids))
    return _developed(shot, air, shot.middle, look().camera.vignette)


def camera_ring(
    terrain: Ground, views: Sequence[View], air: Air, guests: Guests | None = None
) -> Picture:
    """Return pictures side by side as one: one exposure for all, and no darker edges between.

    Parameters
    ----------
    terrain : Ground
        The ground.
    views : sequence of View
        Neighbours from left to right, all of one size.
    air : Air
        Sun and dust.
    guests : Guests, optional
        Track and rover.
    """
    shots = [take_shot(terrain, view, air, guests or Guests(None, None)) for view in views]
    middle = float(np.median([shot.middle for shot in shots]))
    # A third of the ring tells how bright its sky is: one filter for all of it.
    bounds = [_sky_bound(shot, air, middle) for shot in shots[::3]]
    bound = float(np.median([one for one in bounds if one is not None] or [1.0]))
    parts = [_developed(shot, air, middle, 0.0, bound) for shot in shots]
    return np.concatenate(parts, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """What falls on the ground part of a film before air and development.

    Rays are finer than pixels, row by row; `is_rock` says which of them meet a rock of its own.
    """

    view: View
    beam: Rays
    distance: Field
    scene: Field
    is_rock: NDArray[np.bool_]
    middle: float
    light: Light


def take_shot(terrain: Ground, view: View, air: Air, guests: Guests) -> Shot:
    """Return what falls on the film of a camera: light from the ground by ray, and how far."""
    numbers = look().camera
    light = _camera_light(air, numbers)
    beam = rays(view, numbers.rows_per_pixel)
    fan = _fan(view, beam, numbers)
    eye_m = height_at(terrain, view) + view.eye_m
    rings = build_rings(terrain, view, light, fan, guests)
    distance = meet(fan, ground_slopes(view, fan, rings, eye_m), beam)
    scene = _ground_light(view, beam, distance, rings, light)
    is_rock = np.zeros(distance.shape, bool)
    boulders = find_boulders(terrain, view, rings, light, eye_m)
    if boulders is not None:
        hits = cast_boulders(view, beam, distance, boulders)
        index, radiance = light_boulders(beam, distance, boulders, hits, light)
        scene.reshape(3, -1)[:, index] = radiance.T
        is_rock = hits.rock >= 0
    middle = _ground_middle(scene, np.isfinite(distance))
    cast_solids(view, beam, (distance, scene), guests.solids, Seen(light, eye_m))
    return Shot(view, beam, distance, scene, is_rock, middle, light)


def _developed(
    shot: Shot, air: Air, middle: float, vignette: float, bound: float | None = None
) -> Picture:
    view, rows = shot.view, look().camera.rows_per_pixel
    scene = _through_air(shot.scene, shot.beam, shot.distance, (view, air, middle, bound))
    seen = scene.reshape(3, view.height, rows, view.width).mean(2)
    return _exposed(np.moveaxis(seen, 0, -1), middle, shot.light, (view, vignette))


def _camera_light(air: Air, numbers: CameraLook) -> Light:
    light = light_state(air.sun_elevation_rad, air.sun_azimuth_rad, air.tau, -6)
    return replace(light, slope_gain=numbers.slope_gain)


def _fan(view: View, beam: Rays, numbers: CameraLook) -> Fan:
    low, high = float(beam.turn_rad.min()), float(beam.turn_rad.max())
    planes = min(int((high - low) / view.pixel_rad * numbers.columns_per_pixel) + 2, 2000)
    steepest = max(0.05, -float(beam.up.min()))
    nearest = max(numbers.nearest_m, 0.6 * view.eye_m / steepest)
    return Fan(
        np.linspace(low, high, planes),
        np.geomspace(nearest, numbers.farthest_m, numbers.distances),
    )


def _ground_light(
    view: View, beam: Rays, distance: Field, rings: dict[int, Ring], light: Light
) -> Field:
    """Return the light from the ground on each ray, (3, rows, columns); 0 where there is sky."""
    rows, columns = distance.shape
    scene = np.zeros((3, rows, columns), np.float32)
    wobble = np.float32(0.3) * (dither(11, 7, columns, rows) - np.float32(0.5))
    near = np.minimum(distance, look().camera.farthest_m)
    level = np.rint(level_at(view, near) + wobble).astype(np.int16)
    level[~np.isfinite(distance)] = np.iinfo(np.int16).min
    for k, ring in rings.items():
        index = np.flatnonzero(level.ravel() == k)
        away = near.ravel()[index]
        x = view.x_m + beam.east.ravel()[index].astype(np.float64) * away
        y = view.y_m + beam.north.ravel()[index].astype(np.float64) * away
        lit = sample(ring.radiance, ring.grid, x, y)
        close = np.flatnonzero(away < look().camera.crumb_to_m)
        if len(close):
            lit[:, close] *= _crumbs(x[close], y[close], away[close], light)
        scene.reshape(3, -1)[:, index] = lit
    return scene


def _crumbs(x_m: Field, y_m: Field, away_m: Field, light: Light) -> Field:
    """Return factors for light on relief too fine for the ground's cells [-]."""
    numbers = look().camera
    east, north, up = sun_vector(light)
    total = np.ones(len(x_m), np.float32)
    for k, (spacing, strength) in enumerate(zip(numbers.crumb_m, numbers.crumb, strict=True)):
        fade = np.clip(1 - away_m * (0.02 / (spacing * numbers.crumb_to_m)) ** 0.5, 0, 1)
        u, v = x_m / spacing, y_m / spacing
        rise = value_noise(u, v, 201 + k)
        rise = rise - value_noise(u + 0.45 * east, v + 0.45 * north, 201 + k)
        total += np.float32(strength * (0.4 + max(0.0, 1 - up))) * fade * rise
    return np.clip(total, 0.4, 1.6)


def _through_air(
    scene: Field, beam: Rays, distance: Field, shot: tuple[View, Air, float, float | None]
) -> Field:
    """Lay the dust of the air over the ground, and the sky behind it."""
    numbers = look().camera
    view, air, middle, bound = shot
    is_sky = ~np.isfinite(distance)
    behind = _backdrop(beam, is_sky, view, air)
    behind = _held_back(behind, is_sky, middle, bound)
    path = np.minimum(distance, np.float32(1e6)) * np.sqrt(1 + beam.up * beam.up)
    clear = np.exp(-path * np.float32(air.tau / numbers.dust_height_m))
    clear = np.where(is_sky, 0, clear)
    out = scene * clear + behind * (1 - clear)
    if air.sun_elevation_rad > -0.01:
        azimuth = beam.turn_rad + view.azimuth_rad
        disc = sun_disc(air, azimuth, beam.up, view.pixel_rad) * is_sky
        out += disc * (direct_light(air) * numbers.disc)[:, None, None].astype(np.float32)
    return np.asarray(out)


def _backdrop(beam: Rays, is_sky: NDArray[np.bool_], view: View, air: Air) -> Field:
    """Return the light of the sky on each ray; under the horizon, that of the horizon."""
    fine = look().camera.rows_per_pixel
    rows, columns = is_sky.shape
    low = sky_radiance(
        air,
        beam.turn_rad[rows // 2] + view.azimuth_rad,
        np.full(columns, look().camera.horizon_rise),
    )
    out = np.repeat(low[:, None, :], rows, axis=1)
    # The sky is smooth: one row a pixel is enough.
    seen = np.flatnonzero(np.asarray(is_sky.any(axis=1))[::fine])
    if len(seen):
        azimuth = beam.turn_rad[::fine][seen] + view.azimuth_rad
        rise = np.maximum(beam.up[::fine][seen], look().camera.horizon_rise)
        sky = np.repeat(sky_radiance(air, azimuth, rise), fine, axis=1)
        above = (seen[:, None] * fine + np.arange(fine)).ravel()
        out[:, above] = np.where(is_sky[above], sky, out[:, above])
    return out


def _ground_middle(scene: Field, ground: NDArray[np.bool_]) -> float:
    """Return the median brightness of the ground, or of a plain one if none is in sight."""
    bright = luma(np.moveaxis(scene, 0, -1))[ground]
    return float(np.median(bright)) if ground.mean() > 0.03 else 0.02


def _held_back(
    behind: Field, is_sky: NDArray[np.bool_], middle: float, bound: float | None
) -> Field:
    """Narrow the range of the sky, as a graduated filter does, and pale it a little."""
    numbers = look().camera
    bright, shown = _narrowed(behind, middle)
    if bound is None and is_sky.any():
        bound = float(np.median(shown[is_sky])) / middle
    if bound is not None:
        shown *= float(np.clip(bound, numbers.sky_least, numbers.sky_most)) / bound
    grey = bright.astype(np.float32)
    pale = grey + (behind - grey) * np.float32(numbers.sky_saturation)
    tint = np.array(numbers.sky_tint, np.float32)[:, None, None]
    return np.asarray(pale * (shown / bright).astype(np.float32) * tint)


def _sky_bound(shot: Shot, air: Air, middle: float) -> float | None:
    """Return how bright the sky of a shot would be shown against its ground; None without sky."""
    is_sky = ~np.isfinite(shot.distance)
    if not is_sky.any():
        return None
    behind = _backdrop(shot.beam, is_sky, shot.view, air)
    _, shown = _narrowed(behind, middle)
    return float(np.median(shown[is_sky])) / middle


def _narrowed(behind: Field, middle: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the brightness of the sky, and the same with its range narrowed."""
    numbers = look().camera
    bright = np.maximum(luma(np.moveaxis(behind, 0, -1)), 1e-12)
    return bright, (bright / (numbers.sky_pivot * middle)) ** (numbers.sky_power - 1) * bright


def _exposed(seen: Field, middle: float, light: Light, lens: tuple[View, float]) -> Picture:
    """Return the developed picture: exposed for the ground, with the flaws of a lens."""
    view, vignette = lens
    powers = np.linspace(-4.0, 12.0, 321)
    grey = np.repeat((middle * 10.0**powers)[:, None], 3, 1)
    shown = develop(grey, Grade(1.0))[:, 0]
    exposure = 10.0 ** float(np.interp(_target(light), shown, powers))
    u = (np.arange(view.width) + 0.5) / view.width * 2 - 1
    v = (np.arange(view.height) + 0.5) / view.height * 2 - 1
    corner = u[None, :] ** 2 + v[:, None] ** 2
    dimmed = seen * (1 - vignette * np.clip(corner - 0.3, 0, 2) / 1.7)[..., None]
    picture = develop(dimmed, Grade(exposure, light.grade.saturation))
    noise = dither(0, 0, view.width, view.height)[..., None]
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _target(light: Light) -> float:
    """Return the median brightness the ground should have, 8 bit."""
    numbers = look().light
    elevation = math.degrees(light.sun_elevation_rad)
    return float(np.interp(elevation, numbers.elevation_deg, numbers.median_luma))
