"""Rocks in the camera's picture: convex bodies, met by the rays exactly."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.render.colour import ramp
from game.render.fields import Field
from game.render.light import Light, sun_vector
from game.render.look import look
from game.render.noise import hashed, unit
from game.render.rings import Ring, level_at, sample
from game.render.source import Ground
from game.render.stones import facets_of
from game.render.view import MARS_RADIUS_M, Rays, View

_FAR = np.float32(1e9)
_RANGES = 8  # each half as far as the one before
_NEAREST_M = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Boulders:
    """Rocks that are drawn as bodies, nearest first.

    Parameters
    ----------
    east_m, north_m, up_m : array
        Their feet, from the eye [m].
    radius_m, height_m, tone, sunlit : array
        Size [m], brightness among rocks and share of the Sun at their place [-].
    planes : array
        Facets, (rocks, planes, 3), see `stones.facets`.
    seed : array
        A number of its own for each.
    """

    east_m: Field
    north_m: Field
    up_m: Field
    radius_m: Field
    height_m: Field
    tone: Field
    sunlit: Field
    planes: Field
    seed: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Which rock and which of its facets each ray meets; -1 for none."""

    rock: NDArray[np.int32]
    facet: NDArray[np.int32]


def find_boulders(
    terrain: Ground, view: View, rings: dict[int, Ring], light: Light, eye_m: float
) -> Boulders | None:
    """Return the rocks that are large enough in the picture to be bodies, or None."""
    numbers = look().camera
    per_m = numbers.stone_pixels * view.pixel_rad
    parts = []
    for step in range(_RANGES):
        reach = numbers.farthest_stone_m / 2**step
        rocks = terrain.rocks_in(
            view.x_m - reach,
            view.y_m - reach,
            view.x_m + reach,
            view.y_m + reach,
            max(0.02, 0.45 * per_m * reach),
        )
        columns = (rocks.x_m, rocks.y_m, rocks.diameter_m, rocks.height_m, rocks.shape_seed)
        table = np.array([np.asarray(column, np.float64) for column in (*columns, rocks.tone)])
        away = np.hypot(table[0] - view.x_m, table[1] - view.y_m)
        nearest = reach / 2 if step < _RANGES - 1 else _NEAREST_M
        parts.append(table[:, (away <= reach) & (away > nearest)])
    for k, ring in rings.items():
        parts.append(_pebbles(view, ring, k))
    table = np.concatenate(parts, axis=1)
    x, y, diameter = table[0], table[1], table[2]
    away = np.hypot(x - view.x_m, y - view.y_m)
    level = np.rint(level_at(view, away)).astype(int)
    limit = np.array([rings[k].body_m if k in rings else math.inf for k in level.tolist()])
    kept = np.flatnonzero((diameter >= limit) & _in_sight(view, x, y, away))
    if not len(kept):
        return None
    kept = kept[np.argsort(away[kept], kind="stable")]
    return _placed(table[:, kept], view, rings, light, (level[kept], away[kept], eye_m))


def cast_boulders(view: View, beam: Rays, distance_m: Field, boulders: Boulders) -> Hits:
    """Find the rocks in front of the ground; `distance_m` is brought nearer where they are."""
    rock = np.full(distance_m.shape, -1, np.int32)
    facet = np.zeros(distance_m.shape, np.int32)
    per_pixel = distance_m.shape[0] // view.height
    for k, window in enumerate(_windows(view, boulders, per_pixel)):
        if window is None:
            continue
        rows, columns = window
        entry, plane = _enter(boulders, k, (beam.east[window], beam.north[window], beam.up[window]))
        # A foot a little under the ground is still seen in front of it.
        nearer = entry < distance_m[rows, columns]
        np.copyto(distance_m[rows, columns], entry, where=nearer)
        np.copyto(rock[rows, columns], np.int32(k), where=nearer)
        np.copyto(facet[rows, columns], plane, where=nearer)
    return Hits(rock, facet)


def light_boulders(
    beam: Rays, distance_m: Field, boulders: Boulders, hits: Hits, light: Light
) -> tuple[NDArray[np.intp], Field]:
    """Return the rays that meet rocks (flat index) and the light they bring, (n, 3)."""
    index = np.flatnonzero(hits.rock.ravel() >= 0)
    rock, facet = hits.rock.ravel()[index], hits.facet.ravel()[index]
    distance = distance_m.ravel()[index]
    place = [
        beam.east.ravel()[index] * distance - boulders.east_m[rock],
        beam.north.ravel()[index] * distance - boulders.north_m[rock],
        beam.up.ravel()[index] * distance - boulders.up_m[rock],
    ]
    radius, high = boulders.radius_m[rock], boulders.height_m[rock]
    plane = boulders.planes[rock, facet]
    seed = boulders.seed[rock]
    spot = [axis / (0.16 * radius) for axis in place]
    rough = [
        _noise3(spot, seed + k) + 0.6 * _noise3([3.1 * s for s in spot], seed + 7 + k)
        for k in range(3)
    ]
    normal = np.stack(
        [-plane[:, 0] * high / radius, -plane[:, 1] * high / radius, np.ones_like(high)]
    )
    normal /= np.sqrt((normal**2).sum(0))
    normal += np.float32(0.33) * np.stack(rough)
    normal /= np.sqrt((normal**2).sum(0))
    east, north, up = sun_vector(light)
    direct = np.clip(normal[0] * east + normal[1] * north + normal[2] * up, 0, 1)
    direct *= boulders.sunlit[rock] * (up > 0)
    above = np.clip(place[2] / high, 0, 1)
    open_sky = (0.5 + 0.5 * normal[2]) * (0.55 + 0.45 * np.sqrt(above))
    dust = np.clip((normal[2] - 0.72) * 3, 0, 1) * ((seed >> 3) % 16) / 16 * look().stones.dust
    numbers = look().stones
    low, top = numbers.tone
    albedo = low + (top - low) * boulders.tone[rock] + numbers.dust_albedo * dust
    albedo = albedo + 0.05 * rough[0] + 0.03 * rough[1]
    redness = numbers.redness[0] + (numbers.redness[1] - numbers.redness[0]) * ((seed % 64) / 64)
    stone = ramp(look().ramp, np.clip(albedo, 0, 1), redness + dust)
    soil = 0.16 * (0.5 - 0.5 * normal[2]) * np.clip(1.3 - above, 0, 1)
    bounce = (
        soil[:, None] * np.array([1.3, 0.8, 0.5]) * (light.sky_rgb + light.sun_rgb * max(up, 0))
    )
    falling = direct[:, None] * light.sun_rgb + open_sky[:, None] * light.sky_rgb + bounce
    return index, (stone * falling / math.pi).astype(np.float32)


def _pebbles(view: View, ring: Ring, level: int) -> Field:
    """Return the pebbles of a ring that no other ring shows, as columns of the table."""
    rows = [
        (b.x_m, b.y_m, b.diameter_m, b.height_m, float(b.shape_seed), b.tone) for b in ring.pebbles
    ]
    table = np.array(rows, np.float64).reshape(-1, 6).T
    away = np.hypot(table[0] - view.x_m, table[1] - view.y_m)
    return table[:, (np.rint(level_at(view, away)) == level) & (away > _NEAREST_M)]


def _in_sight(view: View, x: Field, y: Field, away: Field) -> NDArray[np.bool_]:
    turn = np.arctan2(x - view.x_m, y - view.y_m) - view.azimuth_rad
    turn = np.abs((turn + math.pi) % math.tau - math.pi)
    half = math.atan(math.tan(view.fov_rad / 2) / max(0.2, math.cos(abs(view.elevation_rad) + 0.3)))
    return np.asarray((turn < half + 2.0 / np.maximum(away, 1.0)) | (away < 1.5))


def _placed(
    table: Field,
    view: View,
    rings: dict[int, Ring],
    light: Light,
    where: tuple[NDArray[np.int64], Field, float],
) -> Boulders:
    """Set rocks on the ground of their rings."""
    level, away, eye_m = where
    x, y, diameter, high, seed, tone = table
    ground, sunlit = np.zeros_like(x), np.ones_like(x)
    east, north, _ = sun_vector(light)
    for k in set(level.tolist()):
        ring, here = rings[k], level == k
        ground[here] = sample(ring.height_m[None], ring.grid, x[here], y[here])[0]
        toward = 0.75 * diameter[here] / max(math.hypot(east, north), 1e-6)
        at = (x[here] + east * toward, y[here] + north * toward)
        sunlit[here] = sample(ring.sunlit[None], ring.grid, *at)[0]
    drop = away * away / (2 * MARS_RADIUS_M)
    planes = facets_of(seed.astype(np.int64))
    foot = ground - drop - eye_m - look().stones.sunk_frac * high
    return Boulders(
        (x - view.x_m).astype(np.float32),
        (y - view.y_m).astype(np.float32),
        foot.astype(np.float32),
        (diameter / 2).astype(np.float32),
        high.astype(np.float32),
        tone.astype(np.float32),
        sunlit.astype(np.float32),
        planes,
        seed.astype(np.int64),
    )


def _windows(view: View, boulders: Boulders, per_pixel: int) -> list[tuple[slice, slice] | None]:
    """Return the rows and columns that each rock can cover, or None."""
    radius, high = np.float64(1.35) * boulders.radius_m, boulders.height_m.astype(np.float64)
    corner = np.array([-1.0, 1.0])
    east = (
        boulders.east_m[:, None, None, None] + np.multiply.outer(radius, corner)[:, :, None, None]
    )
    north = (
        boulders.north_m[:, None, None, None] + np.multiply.outer(radius, corner)[:, None, :, None]
    )
    up = (boulders.up_m[:, None] + np.multiply.outer(high, [-0.1, 1.15]))[:, None, None, :]
    turn_s, turn_c = math.sin(view.azimuth_rad), math.cos(view.azimuth_rad)
    ahead, right = east * turn_s + north * turn_c, east * turn_c - north * turn_s
    tilt_s, tilt_c = math.sin(view.elevation_rad), math.cos(view.elevation_rad)
    depth = (ahead * tilt_c + up * tilt_s).reshape(len(radius), 8)
    is_ahead = depth.min(axis=1) >= 0.15
    depth = np.where(is_ahead[:, None], depth, 1.0)
    side = (right + 0 * up).reshape(len(radius), 8)
    rise = (up * tilt_c - ahead * tilt_s).reshape(len(radius), 8)
    column = view.width / 2 + view.focal * side / depth
    row = (view.height / 2 - view.focal * rise / depth) * per_pixel
    left = np.maximum(0, np.floor(column.min(axis=1))).astype(int)
    last = np.minimum(view.width, np.ceil(column.max(axis=1)) + 1).astype(int)
    top = np.maximum(0, np.floor(row.min(axis=1))).astype(int)
    low = np.minimum(view.height * per_pixel, np.ceil(row.max(axis=1)) + 1).astype(int)
    seen = is_ahead & (left < last) & (top < low)
    return [
        (slice(int(t), int(b)), slice(int(a), int(z))) if is_seen else None
        for is_seen, t, b, a, z in zip(seen, top, low, left, last, strict=True)
    ]


def _enter(
    boulders: Boulders, k: int, beam: tuple[Field, Field, Field]
) -> tuple[Field, NDArray[np.int32]]:
    """Return where rays enter a rock (far away if they miss) and through which facet."""
    radius, high = boulders.radius_m[k], boulders.height_m[k]
    a, b, c = (boulders.planes[k, :, n][:, None, None] for n in range(3))
    a, b, c = a * (high / radius), b * (high / radius), c * high
    # Under every plane: up - foot <= c + a·(east - foot) + b·(north - foot) along the ray.
    rate = beam[2] - a * beam[0] - b * beam[1]
    room = c - a * boulders.east_m[k] - b * boulders.north_m[k] + boulders.up_m[k]
    at = room / np.where(np.abs(rate) < 1e-7, np.float32(1e-7), rate)
    entry = np.where(rate < 0, at, -_FAR)
    plane = entry.argmax(0).astype(np.int32)
    first = entry.max(0)
    last = np.where(rate > 0, at, _FAR).min(0)
    return np.where((first < last) & (first > 0.1), first, _FAR), plane


def _noise3(place: list[Field], seed: NDArray[np.int64]) -> Field:
    """Return smooth noise in space, -1 to 1 [-]."""
    base = [np.floor(axis).astype(np.int64) for axis in place]
    part = [(axis - low).astype(np.float32) for axis, low in zip(place, base, strict=True)]
    fade = [f * f * (3 - 2 * f) for f in part]
    total = np.zeros_like(fade[0])
    for corner in range(8):
        step = [(corner >> n) & 1 for n in range(3)]
        weight = np.ones_like(total)
        for f, s in zip(fade, step, strict=True):
            weight = weight * (f if s else 1 - f)
        i = base[0] + step[0] + 7919 * (base[2] + step[2])
        total += weight * unit(hashed(i, base[1] + step[1] + 31 * seed, 5), 8)
    return 2 * total - 1
