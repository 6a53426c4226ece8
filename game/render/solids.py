"""Rover and lander as boxes in a camera's picture, met by the rays exactly."""

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.config import parse
from game.paths import PACKAGE
from game.render.fields import Field
from game.render.light import Light, sun_vector
from game.render.own_shadow import Pose
from game.render.view import Rays, View

_NEAR_M = 0.2  # nothing nearer to the lens than this is drawn
_MARGIN_RAD = 0.05
_LESS = np.array([0.0, 0.25, 0.55])  # what dust and golden foil take from red, green and blue
_BOUNCE = 0.16  # share of the light that the ground throws back, as for rocks


@dataclass(frozen=True, slots=True)
class BoxSpec:
    """One box of a machine: right, ahead and up from its middle on the ground, and half sizes."""

    middle_m: tuple[float, float, float]
    half_m: tuple[float, float, float]
    albedo: float
    redness: float

    def __post_init__(self) -> None:
        if min(self.half_m) <= 0.0 or not 0.0 <= self.albedo <= 1.0:
            raise ValueError("half_m must be above zero, albedo from 0 to 1")


@dataclass(frozen=True, slots=True)
class SolidsSpec:
    """The machines of `data/solids.toml`."""

    rover: tuple[BoxSpec, ...]
    lander: tuple[BoxSpec, ...]


@dataclass(frozen=True, slots=True)
class Solid:
    """A machine on the ground: its boxes, where it stands, and how high the ground is there [m]."""

    boxes: tuple[BoxSpec, ...]
    pose: Pose
    ground_m: float


@lru_cache(maxsize=1)
def solids() -> SolidsSpec:
    """Return the machines."""
    path = PACKAGE / "data" / "solids.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    del table["schema"]
    return parse(table, SolidsSpec, path.name)


def cast_solids(
    view: View, beam: Rays, films: tuple[Field, Field], machines: tuple[Solid, ...], seen: "Seen"
) -> None:
    """Lay machines over a picture where they stand in front of what is there.

    Parameters
    ----------
    view, beam : View, Rays
        The camera.
    films : tuple of ndarray
        Horizontal distance of what each ray meets (rows, columns) [m] and its light (3, rows,
        columns); both are changed.
    machines : tuple of Solid
        What stands there.
    seen : Seen
        Light and height of the eye.
    """
    for machine in machines:
        for box in machine.boxes:
            _cast(view, beam, films, (machine, box), seen)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The light of the moment, and how high the eye is [m]."""

    light: Light
    eye_m: float


def _cast(
    view: View, beam: Rays, films: tuple[Field, Field], what: tuple[Solid, BoxSpec], seen: Seen
) -> None:
    machine, box = what
    pose = machine.pose
    turn_s, turn_c = math.sin(pose.heading_rad), math.cos(pose.heading_rad)
    columns = _columns(view, beam, machine, box)
    if columns is None:
        return
    distance, scene = films[0][:, columns], films[1][:, :, columns]
    east, north, up = (one[:, columns] for one in (beam.east, beam.north, beam.up))
    # The eye and the rays along the machine's own axes, from the middle of the box.
    away_e, away_n = view.x_m - pose.x_m, view.y_m - pose.y_m
    eye = (
        away_e * turn_c - away_n * turn_s - box.middle_m[0],
        away_e * turn_s + away_n * turn_c - box.middle_m[1],
        seen.eye_m - machine.ground_m - box.middle_m[2],
    )
    rays = (east * turn_c - north * turn_s, east * turn_s + north * turn_c, up)
    entry, axis = _enter(eye, rays, box.half_m)
    hit = (entry > _NEAR_M) & (entry < distance)
    if not hit.any():
        return
    distance[hit] = entry[hit]
    colours = _faces(box, eye, seen.light, (turn_s, turn_c))
    scene[:, hit] = colours[axis[hit]].T


def _columns(view: View, beam: Rays, machine: Solid, box: BoxSpec) -> slice | None:
    """Return the columns of the picture in which a box may be seen."""
    pose = machine.pose
    turn_s, turn_c = math.sin(pose.heading_rad), math.cos(pose.heading_rad)
    right, ahead, _ = box.middle_m
    east = pose.x_m + right * turn_c + ahead * turn_s - view.x_m
    north = pose.y_m - right * turn_s + ahead * turn_c - view.y_m
    away = math.hypot(east, north)
    reach = math.hypot(box.half_m[0], box.half_m[1])
    half = math.pi if away <= reach else math.asin(reach / away) + _MARGIN_RAD
    turn = math.remainder(math.atan2(east, north) - view.azimuth_rad, math.tau)
    middle = beam.turn_rad[len(beam.turn_rad) // 2]
    inside = np.flatnonzero(np.abs(middle - turn) < half)
    return slice(int(inside[0]), int(inside[-1]) + 1) if len(inside) else None


def _enter(
    eye: tuple[float, float, float],
    rays: tuple[Field, Field, Field],
    half_m: tuple[float, float, float],
) -> tuple[Field, NDArray[np.int8]]:
    """Return how far along each ray it enters a box (inf if it does not), and by which axis."""
    near = np.full(rays[0].shape, -np.inf, np.float32)
    far = np.full(rays[0].shape, np.inf, np.float32)
    axis = np.zeros(rays[0].shape, np.int8)
    for number, (start, ray, half) in enumerate(zip(eye, rays, half_m, strict=True)):
        safe = np.where(np.abs(ray) < 1e-6, np.float32(1e-6), ray)
        one, other = (-half - start) / safe, (half - start) / safe
        first, last = np.minimum(one, other), np.maximum(one, other)
        axis[first > near] = number
        np.maximum(near, first, out=near)
        np.minimum(far, last, out=far)
    return np.where((near <= far) & (near > 0.0), near, np.inf).astype(np.float32), axis


def _faces(
    box: BoxSpec, eye: tuple[float, float, float], light: Light, turn: tuple[float, float]
) -> Field:
    """Return the light from the three faces of a box that the eye can see, (3 axes, rgb)."""
    east, north, up = sun_vector(light)
    turn_s, turn_c = turn
    sun = (east * turn_c - north * turn_s, east * turn_s + north * turn_c, up)
    paint = box.albedo * (1.0 - box.redness * _LESS)
    colours = np.zeros((3, 3), np.float32)
    for number in range(3):
        side = 1.0 if eye[number] > 0.0 else -1.0
        direct = max(0.0, side * sun[number]) if up > 0.0 else 0.0
        open_frac = 0.5 + 0.5 * (side if number == 2 else 0.0)
        falling = direct * light.sun_rgb + open_frac * light.sky_rgb
        ground = _BOUNCE * (1.0 - open_frac) * (light.sky_rgb + max(up, 0.0) * light.sun_rgb)
        colours[number] = paint * (falling + ground) / math.pi
    return colours
