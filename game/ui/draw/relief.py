"""Things on the ground, painted once as colour and height and lit again as the Sun moves.

`build_relief` paints the parts from the bottom up into
fields (colour, slope, height, gloss, dust); `lit` turns the fields into a picture under one light.
"""

from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.draw.parts import Part, PartKind, Point, Shape, linear_rgb, mirrored

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]

OVERSAMPLING = 3
LARGEST_PX = 1500  # of a canvas; large shapes are oversampled less
DUST_SEED = 11
TONE_FRAC = 0.8  # of the crinkle, in brightness
GAP_PX = 0.67  # between solar cells
# Threads that paint take turns: a large shape needs 70 MB while it is painted.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """Fields of a shape at the pixels it covers, float32 and flat; row 0 is the front.

    Attributes
    ----------
    size_px : int
        The picture is a square of this side. [px]
    scale_px_m : float
        Resolution. [px/m]
    where : ndarray of int
        Which pixels of the flat picture are covered.
    alpha : ndarray of uint32
        How much of each covered pixel is filled, already in its place (0xAA000000).
    colour : ndarray (3, pixels)
        Linear albedo. [0-1]
    slope_forward, slope_right, inverse, gloss : ndarray
        As in `Part`; inverse is one over the length of the normal.
    grain : ndarray
        Where dust settles first. [0-1]
    steps_m : ndarray (n, n)
        Heights at half the resolution, for shadows. [m]
    half_where : ndarray of int
        The pixel of `steps_m` under each covered pixel.
    fringe, fringe_from : ndarray of int
        Clear pixels along the outline and covered neighbours that lend them their colour, so that
        turning the picture does not mix darkness into the outline.
    """

    size_px: int
    scale_px_m: float
    where: NDArray[np.intp]
    alpha: NDArray[np.uint32]
    colour: Field
    slope_forward: Field
    slope_right: Field
    inverse: Field
    gloss: Field
    grain: Field
    steps_m: Field
    half_where: NDArray[np.intp]
    fringe: NDArray[np.intp]
    fringe_from: NDArray[np.intp]


class Painter:
    """Paints parts into fields at a multiple of the final resolution."""

    def __init__(self, half_m: float, scale_px_m: float) -> None:
        # Even after averaging, so that shadows can be cast at half the resolution.
        side_px = 2 * round(half_m * scale_px_m)
        self.oversampling = max(1, min(OVERSAMPLING, LARGEST_PX // side_px))
        self.scale_px_m = scale_px_m * self.oversampling
        self.size_px = side_px * self.oversampling
        n = self.size_px
        self.layers = {
            name: np.zeros((n, n), np.float32)
            for name in ("red", "green", "blue", "cover", "height", "forward", "right", "gloss")
        }

    def paint(self, part: Part, seed: int) -> None:
        """Lay one part over what is there."""
        box, mask = self._mask(part)
        if not mask.any():
            return
        view = {name: layer[box] for name, layer in self.layers.items()}
        tone = self._tone(part, box, seed)
        for name, value in zip(("red", "green", "blue"), linear_rgb(part.colour), strict=True):
            view[name][mask] = (value * tone)[mask]
        forward, right = self._slopes(part, box, mask.shape, seed)
        view["forward"][mask] = forward[mask]
        view["right"][mask] = right[mask]
        view["cover"][mask] = 1.0
        view["height"][mask] = part.height_m
        view["gloss"][mask] = part.gloss
        if part.cell_m[0] > 0.0:
            self._paint_cells(part, box, mask)

    def finish(self, scale_px_m: float) -> Relief:
        """Average down to the final resolution."""
        k = self.oversampling
        n = self.size_px // k
        small = {}
        for name in tuple(self.layers):  # each large field goes as soon as it has been averaged
            small[name] = self.layers.pop(name).reshape(n, k, n, k).mean((1, 3))
        inside = np.maximum(small["cover"], 1e-3)
        for name in small.keys() - {"cover"}:
            small[name] /= inside
        bevel_forward, bevel_right = _bevel(small["height"], small["cover"], scale_px_m)
        where = np.flatnonzero(small["cover"] > 1.0 / 255.0)
        flat = {name: layer.ravel()[where] for name, layer in small.items()}
        forward = flat["forward"] + bevel_forward.ravel()[where]
        right = flat["right"] + bevel_right.ravel()[where]
        grain = 0.6 * _noise((n, n), DUST_SEED, 11) + 0.4 * _noise((n, n), DUST_SEED + 1, 3)
        return Relief(
            n,
            scale_px_m,
            where,
            np.rint(flat["cover"] * 255).astype(np.uint32) << np.uint32(24),
            np.stack([flat["red"], flat["green"], flat["blue"]]),
            forward,
            right,
            np.asarray(1.0 / np.sqrt(1.0 + forward * forward + right * right), np.float32),
            flat["gloss"],
            grain.ravel()[where],
            small["height"].reshape(n // 2, 2, n // 2, 2).mean((1, 3)),
            (where // n // 2) * (n // 2) + (where % n) // 2,
            *_fringe(small["cover"] > 1.0 / 255.0),
        )

    def _to_px(self, point: Point) -> tuple[float, float]:
        half_px = self.size_px / 2
        return (half_px + point[1] * self.scale_px_m, half_px - point[0] * self.scale_px_m)

    def _mask(self, part: Part) -> tuple[tuple[slice, slice], Mask]:
        points = [self._to_px(point) for point in part.points_m]
        reach_px = part.width_m * self.scale_px_m + 2.0
        left, top = (int(max(min(p[i] for p in points) - reach_px, 0)) for i in (0, 1))
        right, low = (
            int(min(max(p[i] for p in points) + reach_px, self.size_px)) + 1 for i in (0, 1)
        )
        canvas = pygame.Surface((max(right - left, 1), max(low - top, 1)), depth=32)
        moved = [(x - left, y - top) for x, y in points]
        white = (255, 255, 255)
        match part.kind:
            case PartKind.POLYGON:
                pygame.draw.polygon(canvas, white, moved)
            case PartKind.LINE:
                width_px = max(round(part.width_m * self.scale_px_m), 1)
                for start, end in pairwise(moved):
                    _thick_line(canvas, start, end, width_px)
            case PartKind.DISC | PartKind.DOME:
                pygame.draw.circle(canvas, white, moved[0], part.width_m * self.scale_px_m)
        mask = pygame.surfarray.array_red(canvas).T > 0
        high, wide = self.layers["cover"][top:low, left:right].shape
        return (slice(top, low), slice(left, right)), mask[:high, :wide]

    def _grid(self, box: tuple[slice, slice]) -> tuple[Field, Field]:
        half_px = self.size_px / 2
        rows = np.arange(box[0].start, min(box[0].stop, self.size_px), dtype=np.float32)
        columns = np.arange(box[1].start, min(box[1].stop, self.size_px), dtype=np.float32)
        forward = (half_px - rows[:, None]) / np.float32(self.scale_px_m)
        right = (columns[None, :] - half_px) / np.float32(self.scale_px_m)
        return np.broadcast_arrays(forward, right)[0], np.broadcast_arrays(forward, right)[1]

    def _tone(self, part: Part, box: tuple[slice, slice], seed: int) -> Field:
        shape = self.layers["cover"][box].shape
        if part.crinkle <= 0.0:
            return np.ones(shape, np.float32)
        size_px = max(round(part.crinkle_m * self.scale_px_m), 2)
        strength = np.float32(TONE_FRAC * part.crinkle)
        return 1.0 + strength * (_noise(shape, seed + 7, size_px) - np.float32(0.5))

    def _slopes(
        self, part: Part, box: tuple[slice, slice], shape: tuple[int, ...], seed: int
    ) -> tuple[Field, Field]:
        forward = np.full(shape, part.slope_forward, np.float32)
        right = np.full(shape, part.slope_right, np.float32)
        if part.kind is PartKind.DOME:
            along, across = self._grid(box)
            along = (along - part.points_m[0][0]) / np.float32(part.width_m)
            across = (across - part.points_m[0][1]) / np.float32(part.width_m)
            squared = along * along + across * across
            up = np.sqrt(np.maximum(np.float32(1.0) - squared, np.float32(0.1)))
            forward = np.asarray(forward + along / up, np.float32)
            right = np.asarray(right + across / up, np.float32)
        if part.bulge_1_m > 0.0:
            along, across = self._grid(box)
            count = len(part.points_m)
            along = along - np.float32(sum(p[0] for p in part.points_m) / count)
            across = across - np.float32(sum(p[1] for p in part.points_m) / count)
            forward = forward + np.float32(part.bulge_1_m) * along
            right = right + np.float32(part.bulge_1_m) * across
        if part.crinkle > 0.0:
            for share in (1.0, 2.2):
                size_px = max(round(share * part.crinkle_m * self.scale_px_m), 2)
                crinkle = np.float32(part.crinkle)
                forward = forward + (_noise(shape, seed + 4, size_px) - np.float32(0.5)) * crinkle
                right = right + (_noise(shape, seed + 5, size_px) - np.float32(0.5)) * crinkle
        return forward, right

    def _paint_cells(self, part: Part, box: tuple[slice, slice], mask: Mask) -> None:
        along, across = self._grid(box)
        gap_m = GAP_PX * self.oversampling / self.scale_px_m
        is_gap = (np.mod(along, part.cell_m[0]) < gap_m) | (np.mod(across, part.cell_m[1]) < gap_m)
        number = np.floor(along / part.cell_m[0]) * 31 + np.floor(across / part.cell_m[1])
        tone = 1.0 + 0.22 * (np.mod(np.sin(number * 12.9898) * 43758.5453, 1.0) - 0.5)
        for name, value in zip(("red", "green", "blue"), linear_rgb(part.gap_colour), strict=True):
            layer = self.layers[name][box]
            layer[mask] *= tone[mask]
            layer[mask & is_gap] = value
        self.layers["gloss"][box][mask & is_gap] *= 0.4


def build_relief(shape: Shape, scale_px_m: float, seed: int = 0) -> Relief:
    """Paint all parts of a shape at a resolution [px/m]."""
    with _ONE_AT_A_TIME:
        painter = Painter(shape.half_m, scale_px_m)
        for number, part in enumerate(shape.parts):
            painter.paint(part, seed + 101 * number)
            if part.is_mirrored:
                painter.paint(mirrored(part), seed + 101 * number + 50)
        return painter.finish(scale_px_m)


def _fringe(solid: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    numbers = np.arange(solid.size).reshape(solid.shape)
    lender = np.full(solid.shape, -1)
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        beside = np.where(np.roll(solid, step, axis), np.roll(numbers, step, axis), -1)
        lender = np.where(lender < 0, beside, lender)
    fringe = np.flatnonzero(~solid & (lender >= 0))
    return fringe, lender.ravel()[fringe]


def _thick_line(canvas: pygame.Surface, start: Point, end: Point, width_px: int) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    nx, ny = -dy / length * width_px / 2, dx / length * width_px / 2
    corners = [
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
        (start[0] - nx, start[1] - ny),
    ]
    pygame.draw.polygon(canvas, (255, 255, 255), corners)
    for point in (start, end):
        pygame.draw.circle(canvas, (255, 255, 255), point, width_px / 2)


def _noise(shape: tuple[int, ...], seed: int, size_px: int = 3) -> Field:
    """Smooth noise between 0 and 1, by interpolating a coarse random grid."""
    high, wide = shape[0] // size_px + 2, shape[1] // size_px + 2
    coarse = np.random.default_rng(seed).random((high, wide), dtype=np.float32)
    rows = np.arange(shape[0], dtype=np.float32) / size_px
    columns = np.arange(shape[1], dtype=np.float32) / size_px
    i, j = rows.astype(int), columns.astype(int)
    u, v = (rows - i)[:, None], (columns - j)[None, :]
    top = coarse[i][:, j] * (1 - v) + coarse[i][:, j + 1] * v
    low = coarse[i + 1][:, j] * (1 - v) + coarse[i + 1][:, j + 1] * v
    return np.asarray(top * (1 - u) + low * u, np.float32)


def _bevel(height_m: Field, cover: Field, scale_px_m: float) -> tuple[Field, Field]:
    """Round the edges where one part stands above another: slopes of the softened heights."""
    soft = height_m * cover + (1.0 - cover) * height_m.mean()
    for axis in (0, 1):
        soft = (np.roll(soft, 1, axis) + 2.0 * soft + np.roll(soft, -1, axis)) / 4.0
    forward = np.gradient(soft, axis=0) * np.float32(scale_px_m)
    right = -np.gradient(soft, axis=1) * np.float32(scale_px_m)
    solid = (cover > 0.98).astype(np.float32)
    limit = np.float32(0.6)
    return np.clip(forward, -limit, limit) * solid, np.clip(right, -limit, limit) * solid
