"""Mars turning in the dark, its relief lit from one side.

Relief: MGS MOLA Science Team, NASA/GSFC, PDS Geosciences Node. Tint: after well-known regions.
"""

import math
from functools import cache

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.assets import asset

Field = NDArray[np.float32]

# Linear light of dark, middle and bright ground, and of ice; after the soil colours of the surface.
TONES = (0.0, 0.30, 0.55, 0.80, 1.0)
GROUND = (
    (0.060, 0.034, 0.023),
    (0.135, 0.066, 0.036),
    (0.360, 0.160, 0.070),
    (0.560, 0.320, 0.175),
    (0.900, 0.880, 0.850),
)
SLOPE_AT_HALF = 0.05  # as baked by assets/make/globe.py
RELIEF_GAIN = 9.0
LIGHT_STEPS, LIGHT_MOST = 256, 1.6
HAZE_RGB = (132, 92, 66)


@cache
def _packed_map() -> NDArray[np.uint32]:
    """Return slope east, slope north and tone, eight bits each, on rows from the north pole."""
    picture = pygame.image.load(asset("images", "mars_globe.png"))
    rgb = pygame.surfarray.array3d(picture).swapaxes(0, 1).astype(np.uint32)
    return rgb[..., 0] << np.uint32(16) | rgb[..., 1] << np.uint32(8) | rgb[..., 2]


@cache
def _slopes() -> Field:
    """Return the slope that each baked byte stands for. [m/m]."""
    byte = np.clip(np.arange(256) / 127.5 - 1, -0.99, 0.99)
    return (np.arctanh(byte) * SLOPE_AT_HALF * RELIEF_GAIN).astype(np.float32)


@cache
def _colours() -> NDArray[np.uint32]:
    """Return packed colours by tone and light."""
    tone = np.arange(256) / 255
    light = np.arange(LIGHT_STEPS) / (LIGHT_STEPS - 1) * LIGHT_MOST
    packed = np.zeros((256, LIGHT_STEPS), np.uint32)
    for k in range(3):
        ground = np.interp(tone, TONES, [row[k] for row in GROUND])
        linear = ground[:, None] * (light * 1.2 + 0.005)[None, :]
        shown = np.sqrt(np.clip(linear / (linear + 0.42) * 1.42, 0, 1))
        packed = packed << np.uint32(8) | (shown * 255).astype(np.uint32)
    return packed.ravel()


class Globe:
    """A disc of Mars seen from a latitude; the Sun is fixed in the view (right, up, toward us)."""

    def __init__(
        self, radius_px: int, latitude_rad: float, sun: tuple[float, float, float]
    ) -> None:
        self.radius_px = radius_px
        self.size_px = 2 * radius_px + 2
        axis = (np.arange(self.size_px) - radius_px - 0.5) / radius_px
        x, y = (part.ravel() for part in np.meshgrid(axis, -axis))
        radius = np.hypot(x, y)
        self._flat = np.flatnonzero(radius < 1)
        edge = np.clip((1 - radius[self._flat]) * radius_px, 0, 1)
        self._alpha = (edge * 255).astype(np.uint32) << np.uint32(24)
        x, y = x[self._flat], y[self._flat]
        z = np.sqrt(1 - x * x - y * y)
        self._place(x, y, z, latitude_rad)
        self._light(np.stack([x, y, z]), latitude_rad, np.array(sun) / math.hypot(*sun))

    def _place(
        self, x: NDArray[np.float64], y: NDArray[np.float64], z: NDArray[np.float64], tilt: float
    ) -> None:
        rows, self._columns = _packed_map().shape
        north = y * math.cos(tilt) + z * math.sin(tilt)
        toward = z * math.cos(tilt) - y * math.sin(tilt)
        row = ((0.5 - np.arcsin(np.clip(north, -1, 1)) / np.pi) * rows).astype(np.int32)
        self._row = np.clip(row, 0, rows - 1) * self._columns
        turn = np.arctan2(x, toward) / (2 * np.pi) % 1.0
        self._column = (turn * self._columns).astype(np.float32)

    def _light(self, normal: NDArray[np.float64], tilt: float, sun: NDArray[np.float64]) -> None:
        """Keep what the Sun gives to level ground, and per unit of slope east and north."""
        pole = np.array([0.0, math.cos(tilt), math.sin(tilt)])[:, None]
        east = np.cross(pole, normal, axis=0)
        east /= np.maximum(np.linalg.norm(east, axis=0), 1e-6)
        north = np.cross(normal, east, axis=0)
        level = sun @ normal
        fade = np.clip(level * 6 + 0.55, 0, 1) * ((LIGHT_STEPS - 1) / LIGHT_MOST)
        self._level = (level * fade).astype(np.float32)
        self._per_east = (sun @ east * fade).astype(np.float32)
        self._per_north = (sun @ north * fade).astype(np.float32)
        glow = ((1 - normal[2]) ** 3 * np.clip(level + 0.15, 0, 1))[:, None] * np.array(HAZE_RGB)
        whole = np.zeros((self.size_px**2, 3), np.uint8)
        whole[self._flat] = glow.astype(np.uint8)
        square = whole.reshape(self.size_px, self.size_px, 3).swapaxes(0, 1)
        self._haze = pygame.surfarray.make_surface(square)

    def picture(self, longitude_deg: float) -> pygame.Surface:
        """Return the disc with `longitude_deg` east in its middle."""
        column = self._column + np.float32(longitude_deg / 360 % 1.0 * self._columns)
        where = column.astype(np.int32)
        where -= (where >= self._columns) * np.int32(self._columns)
        where += self._row
        ground = _packed_map().ravel().take(where)
        light = self._level - self._per_east * _slopes().take(ground >> 16)
        light -= self._per_north * _slopes().take(ground >> 8 & 255)
        np.clip(light, 0, LIGHT_STEPS - 1, out=light)
        index = (ground & 255) * np.uint32(LIGHT_STEPS) + light.astype(np.uint32)
        whole = np.zeros(self.size_px**2, np.uint32)
        whole[self._flat] = _colours().take(index) | self._alpha
        surface = pygame.Surface((self.size_px, self.size_px), pygame.SRCALPHA, 32)
        pixels = pygame.surfarray.pixels2d(surface)
        pixels[:] = whole.reshape(self.size_px, self.size_px).T
        del pixels
        surface.blit(self._haze, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        return surface
