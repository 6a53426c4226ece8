"""The camera's rays, and where they meet the ground."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field

Real = NDArray[np.float64]
MARS_RADIUS_M = 3_389_500.0  # mean radius, IAU 2015


@dataclass(frozen=True, slots=True)
class View:
    """Where a camera stands and looks.

    Parameters
    ----------
    x_m, y_m : float
        Place, east and north of the lander [m].
    azimuth_rad : float
        Direction of the middle of the picture, clockwise from north [rad].
    elevation_rad : float
        The same over the horizon [rad].
    fov_rad : float
        Width of the picture as an angle [rad].
    width, height : int
        Size of the picture in pixels.
    eye_m : float
        Height over the ground [m].
    """

    x_m: float
    y_m: float
    azimuth_rad: float
    elevation_rad: float = -0.16
    fov_rad: float = math.radians(60)
    width: int = 640
    height: int = 360
    eye_m: float = 1.7

    @property
    def focal(self) -> float:
        """Pixels for a tangent of one."""
        return self.width / 2 / math.tan(self.fov_rad / 2)

    @property
    def pixel_rad(self) -> float:
        """Angle of a pixel in the middle [rad]."""
        return 1 / self.focal


@dataclass(frozen=True, slots=True, eq=False)
class Rays:
    """A ray for each sample of the picture; rows may be finer than pixels.

    Parameters
    ----------
    east, north, up : array
        Direction, not of unit length: east and north together are 1.
    turn_rad : array
        Azimuth against the middle of the picture [rad].
    """

    east: Field
    north: Field
    up: Field
    turn_rad: Field


def rays(view: View, rows_per_pixel: int) -> Rays:
    """Return the rays of a view through a plain pinhole."""
    across = (np.arange(view.width) + 0.5 - view.width / 2) / view.focal
    rows = view.height * rows_per_pixel
    down = ((np.arange(rows) + 0.5) / rows_per_pixel - view.height / 2) / view.focal
    tilt_c, tilt_s = math.cos(view.elevation_rad), math.sin(view.elevation_rad)
    ahead = (tilt_c + tilt_s * down)[:, None] + 0 * across[None, :]
    right = across[None, :] + 0 * down[:, None]
    up = (tilt_s - tilt_c * down)[:, None] + 0 * across[None, :]
    level = np.maximum(np.hypot(ahead, right), 1e-4)
    ahead, right, up = ahead / level, right / level, up / level
    turn_c, turn_s = math.cos(view.azimuth_rad), math.sin(view.azimuth_rad)
    return Rays(
        (ahead * turn_s + right * turn_c).astype(np.float32),
        (ahead * turn_c - right * turn_s).astype(np.float32),
        up.astype(np.float32),
        np.arctan2(right, ahead).astype(np.float32),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Vertical planes through the eye, and distances along them.

    Parameters
    ----------
    turn_rad : array
        Azimuth of each plane against the middle of the picture [rad].
    distance_m : array
        Distances, growing by a constant factor [m].
    """

    turn_rad: Real
    distance_m: Real


def meet(fan: Fan, slope: Field, beam: Rays) -> Field:
    """Return the horizontal distance at which each ray meets the ground; inf for the sky [m].

    Parameters
    ----------
    fan : Fan
        Planes and distances.
    slope : array
        Rise of the ground seen from the eye over distance, (planes, distances).
    beam : Rays
        The rays.
    """
    planes, count = slope.shape
    skyline = np.maximum.accumulate(slope, axis=1)
    step = (fan.turn_rad[-1] - fan.turn_rad[0]) / max(planes - 1, 1)
    plane = np.rint((beam.turn_rad - fan.turn_rad[0]) / step).astype(np.int64)
    plane = np.clip(plane, 0, planes - 1)
    # One search for all planes: each is lifted above the one before it.
    lift = 1e3 * np.arange(planes)
    up = np.clip(beam.up.astype(np.float64), -400.0, 400.0)
    keys = np.clip(skyline, -400.0, 400.0) + lift[:, None]
    found = np.searchsorted(keys.ravel(), (up + lift[plane]).ravel()).reshape(up.shape)
    found -= plane * count
    hit = np.clip(found, 1, count - 1)
    flat = slope.ravel()
    before = flat.take(plane * count + hit - 1)
    after = flat.take(plane * count + hit)
    share = np.clip((up - before) / np.maximum(after - before, 1e-6), 0, 1)
    share = np.where(found == 0, 0, share)
    lower = fan.distance_m.take(hit - 1)
    reached = lower * (fan.distance_m.take(hit) / lower) ** share
    return np.where(found >= count, np.inf, reached).astype(np.float32)
