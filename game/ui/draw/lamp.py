"""The rover's lamp by night: light to be added to tiles of ground."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.render.colour import LIGHT_MAX, LIGHTS, SKY_LIGHT, SUN_LIGHT, Grade, Packed, look_up
from game.render.fields import Field, Fields
from game.render.light import base_index
from game.render.look import look

NEAR_M = 0.35  # half width of the beam at the lamp
RISE_M = 0.45  # the beam grows from nothing over this length
SLOPE_GAIN = 1.5
FACING = 0.45  # of level ground, for a lamp at the height of the mast


@dataclass(frozen=True, slots=True)
class Lamp:
    """Where the lamp shines from and to: place [m] and heading, clockwise from north [rad]."""

    x_m: float
    y_m: float
    heading_rad: float

    def reaches(self, box_m: tuple[float, float, float, float]) -> bool:
        """Tell whether any light may fall on a box (west, south, east, north)."""
        reach_m = look().light.lamp.reach_m / 2
        x_m = self.x_m + reach_m * math.sin(self.heading_rad)
        y_m = self.y_m + reach_m * math.cos(self.heading_rad)
        west_m, south_m, east_m, north_m = box_m
        return (
            west_m - reach_m < x_m < east_m + reach_m
            and south_m - reach_m < y_m < north_m + reach_m
        )


@lru_cache(maxsize=1)
def _lamp_table() -> Packed:
    lamp = look().light.lamp
    return look_up(look().ramp, np.array(lamp.colour), np.zeros(3), Grade(lamp.exposure, 0.95))


def lamp_light(fields: Fields, lamp: Lamp) -> Packed:
    """Return the light of the lamp on a tile, packed 0xRRGGBB to be added, row 0 in the north."""
    beam, facing = _beam(fields, lamp)
    value = np.where(beam > 0, SKY_LIGHT + SUN_LIGHT * facing * beam, 0.0)
    steps = np.clip(value * ((LIGHTS - 1) / LIGHT_MAX), 0, LIGHTS - 1).astype(np.int32)
    packed = _lamp_table().take(base_index(fields) + steps)
    # What the beam does not reach must add exactly nothing.
    share = np.clip(beam * np.float32(2.2), 0.0, 1.0)
    parts = [
        (((packed >> np.uint32(shift)) & np.uint32(255)) * share).astype(np.uint32)
        << np.uint32(shift)
        for shift in (16, 8, 0)
    ]
    return np.asarray(parts[0] | parts[1] | parts[2], np.uint32)[::-1]


def _beam(fields: Fields, lamp: Lamp) -> tuple[Field, Field]:
    """Return the strength of the beam and how squarely it meets the ground."""
    numbers = look().light.lamp
    grid = fields.grid
    sine, cosine = math.sin(lamp.heading_rad), math.cos(lamp.heading_rad)
    east = (grid.x_m - lamp.x_m - numbers.offset_m * sine).astype(np.float32)[None, :]
    north = (grid.y_m - lamp.y_m - numbers.offset_m * cosine).astype(np.float32)[:, None]
    along = east * np.float32(sine) + north * np.float32(cosine)
    across = np.abs(east * np.float32(cosine) - north * np.float32(sine))
    away = np.sqrt(east * east + north * north) + np.float32(1e-3)
    width = np.maximum(along * np.float32(numbers.opening) + np.float32(NEAR_M), 1e-3)
    beam = np.clip(1 - across / width, 0, 1) ** 0.8 * (along > 0)
    beam = beam * np.clip(1 - away / np.float32(numbers.reach_m), 0, 1) ** 1.2
    beam = beam * np.clip(along / np.float32(RISE_M), 0, 1)
    rows, columns = fields.inner
    z = fields.height_m[rows.start - 1 : rows.stop + 1, columns.start - 1 : columns.stop + 1]
    half = np.float32(0.5 / grid.cell_m)
    slope_x = (z[1:-1, 2:] - z[1:-1, :-2]) * half
    slope_y = (z[2:, 1:-1] - z[:-2, 1:-1]) * half
    rising = (slope_x * east + slope_y * north) / away
    facing = np.clip(np.float32(FACING) + np.float32(SLOPE_GAIN) * rising, 0, 1.3)
    return np.asarray(beam, np.float32), np.asarray(facing, np.float32)
