"""The ground around a camera: fine cells near, coarse ones far, each lit and ready to look at."""

import math
from dataclasses import dataclass

import numpy as np

from game.render.canvas import Body, Canvas, ground_arrays
from game.render.colour import ramp
from game.render.fields import Field, Fields, Grid
from game.render.light import Light, shade
from game.render.look import look
from game.render.own_shadow import Pose, own_shadow
from game.render.solids import Solid
from game.render.source import Ground
from game.render.stones import paint_stones, raise_all, raise_stones
from game.render.surface import MARGIN, hollows, painted, surroundings
from game.render.tracks import Track, press_canvas
from game.render.view import MARS_RADIUS_M, Fan, View

_SHORT_SHADOWS_RAD = math.radians(20)  # above it a ring needs no heights from beyond its edge
_OVERLAP = 0.13  # levels that a ring reaches beyond the middle between its neighbours


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A piece of lit ground.

    Parameters
    ----------
    grid : Grid
        Where.
    height_m : array
        Ground without the rocks that are drawn as bodies [m].
    radiance : array
        Light it sends up, (3, ny, nx) [per unit flux above the air].
    sunlit : array
        Share of the Sun that reaches the ground, 0 to 1 [-].
    body_m : float
        Rocks of this width and more are bodies [m].
    pebbles : tuple of Body
        Pebbles of that width.
    """

    grid: Grid
    height_m: Field
    radiance: Field
    sunlit: Field
    body_m: float
    pebbles: tuple[Body, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guests:
    """What is on the ground besides the terrain: the rover's track, and the rover itself.

    `solids` are machines in front of the camera.
    """

    track: Track | None = None
    pose: Pose | None = None
    solids: tuple[Solid, ...] = ()


def level_at(view: View, distance_m: Field) -> Field:
    """Return the level of ground, not rounded, that suits a distance from the camera [-]."""
    numbers = look().camera
    scale = view.pixel_rad / (math.radians(60) / 640)
    knots = np.log(numbers.far_from_m)
    distance = np.log(np.maximum(distance_m, 1e-3))
    cell = np.interp(distance, knots, np.log([numbers.cell_rad, numbers.far_cell_rad]))
    level = (distance + cell + math.log(scale)) / math.log(2.0)
    return np.clip(level, numbers.finest_level, numbers.coarsest_level)


def build_rings(
    terrain: Ground, view: View, light: Light, fan: Fan, guests: Guests
) -> dict[int, Ring]:
    """Return lit ground by level, wide enough for everything a view can see."""
    levels = level_at(view, fan.distance_m)
    turns = fan.turn_rad + view.azimuth_rad
    rings = {}
    for level in range(round(float(levels.min())), round(float(levels.max())) + 1):
        distances = fan.distance_m[np.abs(levels - level) < 0.5 + _OVERLAP]
        x = view.x_m + np.outer(np.sin(turns), distances[[0, -1]])
        y = view.y_m + np.outer(np.cos(turns), distances[[0, -1]])
        grid = _grid_around(level, x, y)
        middle = float(np.sqrt(distances[0] * distances[-1]))
        body = look().camera.stone_pixels * view.pixel_rad * middle
        rings[level] = _ring(terrain, grid, light, guests, body)
    return rings


def ground_slopes(view: View, fan: Fan, rings: dict[int, Ring], eye_m: float) -> Field:
    """Return how steeply the eye looks up to the ground, by plane and distance [-]."""
    levels = np.rint(level_at(view, fan.distance_m)).astype(int)
    turns = (fan.turn_rad + view.azimuth_rad)[:, None]
    slope = np.empty((len(fan.turn_rad), len(fan.distance_m)), np.float32)
    for level, ring in rings.items():
        here = levels == level
        distance = fan.distance_m[here][None, :]
        x = view.x_m + np.sin(turns) * distance
        y = view.y_m + np.cos(turns) * distance
        height = sample(ring.height_m[None], ring.grid, x, y)[0]
        drop = distance * distance / (2 * MARS_RADIUS_M)
        slope[:, here] = (height - drop - eye_m) / distance
    return slope


def sample(values: Field, grid: Grid, x_m: Field, y_m: Field) -> Field:
    """Return values (k, ny, nx) between cells, bilinear: (k, ...) for places of any shape."""
    column = np.clip(x_m / grid.cell_m - grid.i0, 0, grid.nx - 1.001)
    row = np.clip(y_m / grid.cell_m - grid.j0, 0, grid.ny - 1.001)
    i, j = column.astype(np.int32), row.astype(np.int32)
    fx, fy = (column - i).astype(np.float32), (row - j).astype(np.float32)
    at = j * grid.nx + i
    out = np.empty((len(values), *np.shape(at)), np.float32)
    for k, layer in enumerate(values.reshape(len(values), -1)):
        low = layer.take(at) * (1 - fx) + layer.take(at + 1) * fx
        high = layer.take(at + grid.nx) * (1 - fx) + layer.take(at + grid.nx + 1) * fx
        out[k] = low + (high - low) * fy
    return out


def height_at(terrain: Ground, view: View) -> float:
    """Return the ground under the camera [m]."""
    cell = 2.0**-5
    i, j = math.floor(view.x_m / cell), math.floor(view.y_m / cell)
    grid = Grid(-5, i - 1, j - 1, 4, 4)
    height, *_ = ground_arrays(terrain, grid)
    return float(sample(height[None], grid, np.array(view.x_m), np.array(view.y_m))[0])


def _grid_around(level: int, x: Field, y: Field) -> Grid:
    cell = 2.0**level
    i0, j0 = math.floor(float(x.min()) / cell) - 2, math.floor(float(y.min()) / cell) - 2
    i1, j1 = math.ceil(float(x.max()) / cell) + 3, math.ceil(float(y.max()) / cell) + 3
    return Grid(level, i0, j0, i1 - i0, j1 - j0)


def _ring(terrain: Ground, grid: Grid, light: Light, guests: Guests, body_m: float) -> Ring:
    canvas = painted(terrain, grid.grown(MARGIN), body_m)
    paint_stones(canvas, terrain, body_m)
    if guests.track is not None:
        press_canvas(canvas, guests.track)
    is_high = abs(light.sun_elevation_rad) > _SHORT_SHADOWS_RAD
    fields = _fields(terrain, canvas, grid, body_m, is_high=is_high)
    direct, sky, sunlit = shade(fields, light)
    if guests.pose is not None:
        direct = direct * (1 - own_shadow(grid, guests.pose, light))
    inner = fields.inner
    soil = ramp(look().ramp, fields.albedo[inner], fields.redness[inner])
    glow = soil * (sky[..., None] * light.sky_rgb + direct[..., None] * light.sun_rgb)
    radiance = np.ascontiguousarray(np.moveaxis(glow / math.pi, -1, 0)).astype(np.float32)
    height = np.ascontiguousarray(canvas.height_m[inner])
    return Ring(grid, height, radiance, np.ascontiguousarray(sunlit), body_m, tuple(canvas.bodies))


def _fields(terrain: Ground, canvas: Canvas, tile: Grid, body_m: float, *, is_high: bool) -> Fields:
    """Return the fields of a ring: rocks throw shadows and shut out sky, but are not relief."""
    full = canvas.height_m.copy()
    raise_stones(full, canvas.grid, terrain, max(body_m, 2.0 * canvas.grid.cell_m))
    if canvas.bodies:
        table = [(body.x_m, body.y_m, body.diameter_m, body.height_m) for body in canvas.bodies]
        seed = np.array([body.shape_seed for body in canvas.bodies], np.int64)
        raise_all(full, canvas.grid, np.array(table, np.float64).T, seed)
    hollow, _ = hollows(full, canvas.dust, canvas.grid.level)
    into = np.float32(look().hollows.into_albedo)
    albedo = np.clip(canvas.albedo * (1 - into + into * hollow), 0, 1)
    redness = np.clip(canvas.redness, 0, 1)
    if is_high:
        outer, outer_m = canvas.grid, full
    else:
        outer, outer_m = surroundings(terrain, tile)
    return Fields(tile, MARGIN, full, canvas.height_m, albedo, redness, hollow, outer_m, outer)
