"""The rover's own shadow in the camera's picture."""

import math
from dataclasses import dataclass

import numpy as np

from game.render.fields import Field, Grid
from game.render.light import Light, sun_vector
from game.render.look import look

_EDGE = 0.12  # width of the shadow's edge, in parts of a half width
_LONGEST_M = 9.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the rover stands.

    Parameters
    ----------
    x_m, y_m : float
        Middle of the rover [m].
    heading_rad : float
        Clockwise from north [rad].
    """

    x_m: float
    y_m: float
    heading_rad: float


def own_shadow(grid: Grid, pose: Pose, light: Light) -> Field:
    """Return how much of the Sun the rover takes from each cell, 0 to 1 [-].

    The ground is taken as level around the rover.
    """
    shadow = np.zeros((grid.ny, grid.nx), np.float32)
    east, north, up = sun_vector(light)
    if up <= 0.02:
        return shadow
    window = grid.window(pose.x_m, pose.y_m, _LONGEST_M)
    if window is None:
        return shadow
    rows, columns, dx, dy = window
    turn_s, turn_c = math.sin(pose.heading_rad), math.cos(pose.heading_rad)
    for right, ahead, half_width, half_length, high in look().camera.shade_parts:
        x, y = dx + np.float32(high * east / up), dy + np.float32(high * north / up)
        u = (x * turn_c - y * turn_s - right) / half_width
        v = (x * turn_s + y * turn_c - ahead) / half_length
        # Between an ellipse and a rectangle: the wings have eight sides.
        u *= u
        v *= v
        inside = 1 - np.sqrt(np.sqrt(u * u + v * v))
        part = np.clip(inside / np.float32(_EDGE), 0, 1)
        np.maximum(shadow[rows, columns], part, out=shadow[rows, columns])
    return shadow
