"""Wheel tracks, pressed into the ground where the rover has been."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.render.canvas import Canvas
from game.render.fields import Field, Fields, Grid
from game.render.look import look
from game.render.look_parts import TracksLook
from game.render.noise import smooth

_STILL_M = 1e-6
_WIDEST = 1.9  # half widths of a band: farther out nothing is left of its berm


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Where the middle of the rover went; make it with `track_of`.

    Parameters
    ----------
    x_m, y_m : array
        Places, in order; at least two [m].
    wheel_m : array
        How far the wheels had turned there: with slip it grows faster than the way [m].
    """

    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    wheel_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Pressed:
    """For each cell: how far the wheel had turned, and its offset from the band's middle."""

    wheel_m: Field
    offset_m: Field


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """The cells that a track touches (flat index), its relief in band depths, and darkness."""

    at: NDArray[np.intp]
    relief: Field
    tone: Field


def track_of(x_m: object, y_m: object, wheel_m: object | None = None) -> Track | None:
    """Return a track through places, without those where the rover stood still.

    Parameters
    ----------
    x_m, y_m : array_like
        Places of the middle of the rover, in order [m].
    wheel_m : array_like, optional
        How far the wheels had turned at each; the way itself if not given [m].

    Returns
    -------
    Track or None
        None if the rover has not moved.
    """
    x, y = np.asarray(x_m, np.float64), np.asarray(y_m, np.float64)
    if len(x) < 2:
        return None
    step = np.hypot(np.diff(x), np.diff(y))
    moved = np.concatenate([[True], step > _STILL_M])
    if int(moved.sum()) < 2:
        return None
    way = np.concatenate([[0.0], np.cumsum(step)])
    wheel = way if wheel_m is None else np.asarray(wheel_m, np.float64)
    return Track(x[moved], y[moved], wheel[moved])


def press_tracks(fields: Fields, track: Track) -> Fields:
    """Return a tile with the track pressed in; the same object if it does not pass there.

    A cell depends on the track alone, never on the tile, so tiles fit together.
    """
    marks = _marks(fields.grid.grown(fields.margin), track)
    if marks is None:
        return fields
    numbers = look().tracks
    sand = smooth(np.full(len(marks.at), 0.4, np.float32), 0.0, 1.0)
    depth = marks.relief * soft_depth(sand)
    height, relief, albedo, redness = (
        np.array(part).ravel()
        for part in (fields.height_m, fields.relief_m, fields.albedo, fields.redness)
    )
    height[marks.at] += depth
    relief[marks.at] += depth
    for part, step in ((albedo, numbers.albedo), (redness, numbers.redness)):
        part[marks.at] = np.clip(part[marks.at] + np.float32(step) * marks.tone, 0, 1)
    shape = fields.height_m.shape
    return replace(
        fields,
        height_m=height.reshape(shape),
        relief_m=relief.reshape(shape),
        albedo=albedo.reshape(shape),
        redness=redness.reshape(shape),
    )


def press_canvas(canvas: Canvas, track: Track) -> None:
    """Press a track into a canvas: deeper where sand lies."""
    marks = track_marks(canvas.grid, track)
    if marks is None:
        return
    numbers = look().tracks
    depth, tone = marks
    canvas.height_m += depth * soft_depth(canvas.sand)
    canvas.albedo += np.float32(numbers.albedo) * tone
    canvas.redness += np.float32(numbers.redness) * tone


def soft_depth(sand: Field) -> Field:
    """Return the depth of a band on ground with this much loose sand [m]."""
    crust, more = look().tracks.depth_m
    return np.float32(crust) + np.float32(more) * sand


def track_marks(grid: Grid, track: Track) -> tuple[Field, Field] | None:
    """Return relief in band depths and darkness 0 to 1 of a track on a grid, or None.

    Parameters
    ----------
    grid : Grid
        Where.
    track : Track
        Where the rover went.
    """
    marks = _marks(grid, track)
    if marks is None:
        return None
    relief, tone = np.zeros((2, grid.ny * grid.nx), np.float32)
    relief[marks.at], tone[marks.at] = marks.relief, marks.tone
    return relief.reshape(grid.ny, grid.nx), tone.reshape(grid.ny, grid.nx)


def _marks(grid: Grid, track: Track) -> _Marks | None:
    """Return the marks of a track on the cells it touches, or None."""
    numbers = look().tracks
    x0, y0, x1, y1 = grid.box_m
    reach = numbers.gauge_m + 2 * numbers.half_width_m + 2 * grid.cell_m
    beyond = reach + float(np.max(np.hypot(np.diff(track.x_m), np.diff(track.y_m))))
    near = (track.x_m > x0 - beyond) & (track.x_m < x1 + beyond)
    near &= (track.y_m > y0 - beyond) & (track.y_m < y1 + beyond)
    if not near.any():
        return None
    track, near = _thinned(track, near, 0.5 * grid.cell_m)
    pressed = [_pressed(grid, track, near, side) for side in (-1.0, 1.0)]
    bands = [band for band in pressed if band is not None]
    if not bands:
        return None
    width = np.float32(_WIDEST * max(numbers.half_width_m, 0.6 * grid.cell_m))
    at = np.flatnonzero(np.logical_or.reduce([np.abs(band.offset_m) < width for band in bands]))
    relief, tone = np.zeros((2, len(at)), np.float32)
    for band in bands:
        part = _Pressed(band.wheel_m.ravel()[at], band.offset_m.ravel()[at])
        other, dark = _profile(part, grid.cell_m, numbers)
        np.copyto(relief, other, where=np.abs(other) > np.abs(relief))
        np.maximum(tone, dark, out=tone)
    return _Marks(at, relief, tone)


def _thinned(
    track: Track, near: NDArray[np.bool_], least_m: float
) -> tuple[Track, NDArray[np.bool_]]:
    """Leave out places that lie closer together than the cells can show."""
    step = np.floor(track.wheel_m / least_m)
    kept = np.concatenate([[True], np.diff(step) > 0])
    kept[-1] = True
    if kept.all():
        return track, near
    at = np.flatnonzero(kept)
    wide = np.logical_or.reduceat(near, at)
    return Track(track.x_m[kept], track.y_m[kept], track.wheel_m[kept]), wide


def _pressed(grid: Grid, track: Track, near: NDArray[np.bool_], side: float) -> _Pressed | None:
    """Find, for each cell, the nearest place of one wheel line."""
    numbers = look().tracks
    x, y = _wheel_line(track, side * numbers.gauge_m)
    width = max(numbers.half_width_m, 0.6 * grid.cell_m)
    reach = 1.6 * width + grid.cell_m
    offset = np.full((grid.ny, grid.nx), np.inf, np.float32)
    wheel = np.zeros_like(offset)
    touched = False
    for k in np.flatnonzero(near[:-1] | near[1:]):
        dx, dy = x[k + 1] - x[k], y[k + 1] - y[k]
        length = float(np.hypot(dx, dy))
        middle = (float(x[k] + 0.5 * dx), float(y[k] + 0.5 * dy))
        window = grid.window(*middle, 0.5 * length + reach)
        if window is None or length < _STILL_M:
            continue
        touched = True
        rows, columns, east, north = window
        u = east * np.float32(dx / length**2) + north * np.float32(dy / length**2)
        u += np.float32(0.5)
        inside = np.clip(u, 0, 1)
        u -= inside
        u *= np.float32(length)
        across = east * np.float32(dy / length) - north * np.float32(dx / length)
        u *= u
        u += across * across
        away = np.sqrt(u, out=u)
        closer = away <= np.abs(offset[rows, columns])
        # Whole stamps are taken off before single precision, so that long ways stay sharp.
        inside *= np.float32(track.wheel_m[k + 1] - track.wheel_m[k])
        inside += np.float32(track.wheel_m[k] % (1e3 * numbers.stamp_m))
        np.copyto(wheel[rows, columns], inside, where=closer)
        np.copyto(offset[rows, columns], np.copysign(away, across, out=away), where=closer)
    return _Pressed(wheel, offset) if touched else None


def _wheel_line(track: Track, offset_m: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the line of the wheels on one side: right of the way is positive."""
    dx, dy = np.gradient(track.x_m), np.gradient(track.y_m)
    length = np.maximum(np.hypot(dx, dy), _STILL_M)
    return track.x_m + offset_m * dy / length, track.y_m - offset_m * dx / length


def _profile(band: _Pressed, cell_m: float, numbers: TracksLook) -> tuple[Field, Field]:
    """Return relief in band depths, and darkness, across and along one band."""
    width = max(numbers.half_width_m, 0.6 * cell_m)
    weight = np.float32(min(1.0, numbers.half_width_m / width))
    a = np.abs(band.offset_m) / np.float32(width)
    edge = max(0.08, 0.5 * cell_m / width)
    inside = 1 - smooth(a, 1 - edge, 1 + edge)
    floor = 1 - smooth(a, 0.78, 0.98)
    berm = np.exp(-(((np.minimum(a, 9) - np.float32(1.12)) / np.float32(0.16)) ** 2))
    relief = np.float32(numbers.berm) * berm - inside
    if cell_m < 0.4 * numbers.grouser_m:
        wave = np.cos(band.wheel_m * np.float32(2 * np.pi / numbers.grouser_m))
        relief = relief + np.float32(numbers.grouser) * wave * floor
        turns = band.wheel_m * np.float32(1 / numbers.stamp_m)
        within = (turns - np.floor(turns)) * np.float32(numbers.stamp_m) - np.float32(0.03)
        bar = (np.abs(within) < 0.030) & (a < 0.45)
        gap = (np.abs(within) < 0.010) & (a > 0.18)
        relief = relief - np.float32(numbers.stamp) * (bar & ~gap)
    return relief * weight, inside * weight
