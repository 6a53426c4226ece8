"""The mark that the landing left on the ground: dust blown away, streaks to north and south."""

from dataclasses import dataclass, replace

import numpy as np

from game.render.fields import Field, Fields
from game.render.noise import gradient_noise


@dataclass(frozen=True, slots=True)
class BlastSpec:
    """Shape and strength of the mark; albedo is added to the ground's.

    Attributes
    ----------
    dark_m, bright_m, streak_m, streak_width_m : float
        Radius of the dark patch and of the scoured middle, length and width of streaks. [m]
    dark_albedo, bright_albedo, streak_albedo : float
        Strengths. [-]
    ray_count : int
        How many lobes the patch has.
    """

    dark_m: float
    dark_albedo: float
    bright_m: float
    bright_albedo: float
    streak_m: float
    streak_width_m: float
    streak_albedo: float
    ray_count: int


@dataclass(frozen=True, slots=True)
class Blast:
    """The mark at a place [m]."""

    spec: BlastSpec
    x_m: float
    y_m: float


def marked(fields: Fields, blast: Blast) -> Fields:
    """Return a tile with the mark in its albedo; the same object if it is too far away."""
    grid = fields.grid.grown(fields.margin)
    spec = blast.spec
    reach_m = max(2.4 * spec.dark_m, 1.2 * spec.streak_m)
    west_m, south_m, east_m, north_m = grid.box_m
    if not (west_m - reach_m < blast.x_m < east_m + reach_m):
        return fields
    if not (south_m - reach_m < blast.y_m < north_m + reach_m):
        return fields
    east = (grid.x_m - blast.x_m).astype(np.float32)[None, :]
    north = (grid.y_m - blast.y_m).astype(np.float32)[:, None]
    rough = np.float32(0.6) * gradient_noise(grid, 3.1, 811)
    rough += np.float32(0.4) * gradient_noise(grid, 0.83, 812)
    tone = _patch(spec, east, north, rough) + _streaks(spec, east, north, rough)
    albedo = np.clip(fields.albedo + tone, 0.0, 1.0)
    redness = np.clip(fields.redness + np.float32(1.2) * tone, 0.0, 1.0)
    return replace(fields, albedo=albedo, redness=redness)


def _patch(spec: BlastSpec, east: Field, north: Field, rough: Field) -> Field:
    away = np.hypot(east, north)
    bearing = np.arctan2(east, north)
    lobes = np.sin(spec.ray_count * bearing + 0.7) + np.sin((spec.ray_count - 4) * bearing + 2.1)
    edge = np.float32(spec.dark_m) * (1 + np.float32(0.13) * lobes + np.float32(0.10) * rough)
    dark = np.clip(1.25 - away / edge, 0.0, 1.0) ** 2
    fall = np.clip(1.25 - away / np.float32(spec.bright_m) + np.float32(0.2) * rough, 0.0, 1.0)
    tone = np.float32(spec.dark_albedo) * dark * (1 + np.float32(0.25) * rough)
    tone += np.float32(spec.bright_albedo - spec.dark_albedo) * fall
    return np.asarray(tone, np.float32)


def _streaks(spec: BlastSpec, east: Field, north: Field, rough: Field) -> Field:
    along = np.abs(north) / np.float32(spec.streak_m)
    width = np.float32(spec.streak_width_m) * (np.float32(0.45) + along)
    side = np.abs(east + np.float32(0.3) * rough) / width
    shape = np.clip(1 - side, 0.0, 1.0) * np.clip(1 - along, 0.0, 1.0) * np.clip(6 * along, 0, 1)
    broken = np.clip(np.float32(0.75) + np.float32(0.35) * rough, 0.0, 1.3)
    return np.asarray(np.float32(spec.streak_albedo) * shape * broken, np.float32)
