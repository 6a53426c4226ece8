"""The map over the ground: blurred where nobody has looked, contours, a ruler, a scale."""

import math
from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np
import pygame

from game.mission.chart import ChartSpec, Grid
from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import HALO_SMALL, NOTE, Canvas
from game.ui.draw.labels import along, write_label
from game.ui.draw.tint import multiply
from game.ui.facts.relief import Contours, Step
from game.ui.words import way_text

BLUR = 26  # one pixel of the far picture stands for so many of the screen
DIM = (150, 148, 152)
SCALE_STEPS_M = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
SCALE_PX = 140.0
UNSEEN = "dashed: unseen, known from orbit only"
LINE_REACH, LENGTH_REACH = 4.0, 9.0  # kept free along a ruler; to its length, from its end
HALF = 2  # veil and mask are made at half the size of the screen


def draw_unknown(surface: pygame.Surface, view: View, spec: ChartSpec, chart: Grid) -> None:
    """Blur and dim the ground that no camera has seen yet."""
    size = surface.get_size()
    small = (max(1, size[0] // BLUR), max(1, size[1] // BLUR))
    half = (max(1, size[0] // HALF), max(1, size[1] // HALF))
    far = pygame.transform.smoothscale(pygame.transform.smoothscale(surface, small), half)
    multiply(far, DIM)
    veil = far.convert_alpha()
    pygame.surfarray.pixels_alpha(veil)[:] = _unseen(view, spec, chart, half)
    surface.blit(pygame.transform.scale(veil, size), (0, 0))


def _unseen(
    view: View, spec: ChartSpec, chart: Grid, size: tuple[int, int]
) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """Return how unknown each pixel is, 255 for never seen, with soft edges."""
    west, south, east, north = view.bounds_m()
    columns = _between(np.linspace(west, east, size[0]), spec.x_m - spec.half_m, spec.cell_m)
    rows = _between(np.linspace(north, south, size[1]), spec.y_m - spec.half_m, spec.cell_m)
    known = np.pad((chart > 0).astype(np.float32), 1)
    side = chart.shape[0]
    column, column_part = _split(columns, side)
    row, row_part = _split(rows, side)
    low = known[row][:, column] * (1 - column_part) + known[row][:, column + 1] * column_part
    high = known[row + 1][:, column] * (1 - column_part) + (
        known[row + 1][:, column + 1] * column_part
    )
    seen = low * (1 - row_part[:, None]) + high * row_part[:, None]
    return np.asarray(255.0 * (1.0 - seen), np.uint8).T


def _between(
    places: "np.ndarray[tuple[int], np.dtype[np.float64]]", first: float, cell: float
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return places as fractional cells of the padded chart."""
    return (places - first) / cell + 0.5


def _split(
    places: "np.ndarray[tuple[int], np.dtype[np.float64]]", side: int
) -> tuple[
    "np.ndarray[tuple[int], np.dtype[np.int64]]", "np.ndarray[tuple[int], np.dtype[np.float32]]"
]:
    inside = np.clip(places, 0.0, side + 0.999)
    whole = np.floor(inside).astype(np.int64)
    return whole, (inside - whole).astype(np.float32)


def draw_contours(surface: pygame.Surface, view: View, found: Contours, rgb: tuple[int, int, int],
                  scale: float) -> None:  # fmt: skip
    """Draw contour lines; every fifth one is stronger."""
    sheet = pygame.Surface(surface.get_size(), pygame.SRCALPHA)
    for height_m, pieces in found.lines:
        is_strong = round(height_m / found.interval_m) % 5 == 0
        colour = (*rgb, 150 if is_strong else 78)
        wide = max(1, round(scale * (1.6 if is_strong else 1.0)))
        x = view.width_px / 2 + (pieces[..., 0] - view.x_m) * view.scale_px_m
        y = view.height_px / 2 - (pieces[..., 1] - view.y_m) * view.scale_px_m
        for (ax, bx), (ay, by) in zip(x.tolist(), y.tolist(), strict=True):
            pygame.draw.line(sheet, colour, (ax, ay), (bx, by), wide)
    surface.blit(sheet, (0, 0))


def draw_scale(canvas: Canvas, view: View, x: float, y: float) -> None:
    """Draw a bar of a round length with its metres, and north."""
    per_m = view.scale_px_m / canvas.scale
    length_m = max((v for v in SCALE_STEPS_M if v * per_m <= SCALE_PX), default=SCALE_STEPS_M[0])
    wide = length_m * per_m
    for token, thick in (("ink", 5), ("text", 2)):
        canvas.line((x, y), (x + wide, y), token, thick)
        for end in (x, x + wide):
            canvas.line((end, y - 5), (end, y + 1), token, thick)
    canvas.text(
        way_text(length_m).replace(".0 km", " km"), x + wide / 2, y - 22, HALO_SMALL, "middle"
    )
    for token, size in (("ink", 11.0), ("text", 8.0)):
        tip = (x + wide + 34, y - 14)
        canvas.area([(tip[0], tip[1] - size), (tip[0] + size * 0.6, tip[1] + size * 0.7),
                     (tip[0], tip[1] + size * 0.3), (tip[0] - size * 0.6, tip[1] + size * 0.7)],
                    token)  # fmt: skip
    canvas.text("N", x + wide + 34, y - 4, HALO_SMALL, "middle")


def draw_ruler(
    canvas: Canvas, view: View, start_m: tuple[float, float], end_m: tuple[float, float]
) -> tuple[Box, ...]:
    """Draw the measured line; return small boxes along what is seen of it."""
    start, end = (_on_page(canvas, view, at_m) for at_m in (start_m, end_m))
    canvas.line(start, end, "ink", 5)
    canvas.line(start, end, "text", 2)
    for at in (start, end):
        canvas.disc(at, 6, "ink")
        canvas.disc(at, 4, "text")
    page = pygame.Rect(0, 0, math.ceil(canvas.page.w), math.ceil(canvas.page.h))
    return tuple(along(page.clipline(start, end), LINE_REACH))


def draw_length(
    canvas: Canvas,
    view: View,
    start_m: tuple[float, float],
    end_m: tuple[float, float],
    taken: Sequence[Box],
) -> None:
    """Write the length of a ruler beside its end, off its line and off what is taken."""
    start, end = (_on_page(canvas, view, at_m) for at_m in (start_m, end_m))
    page = pygame.Rect(0, 0, math.ceil(canvas.page.w), math.ceil(canvas.page.h))
    line = along(page.clipline(start, end), LINE_REACH)
    words = way_text(math.dist(start_m, end_m))
    write_label(canvas, words, end, LENGTH_REACH, (*line, *taken), HALO_SMALL)


def _on_page(canvas: Canvas, view: View, at_m: tuple[float, float]) -> tuple[float, float]:
    x_px, y_px = view.to_px(*at_m)
    return x_px / canvas.scale, y_px / canvas.scale


def draw_profile(canvas: Canvas, box: Box, steps: Sequence[Step]) -> None:
    """Draw heights along the measured line, stretched to be seen; unseen ground is dashed."""
    low, high = min(s.height_m for s in steps), max(s.height_m for s in steps)
    half = max(high - low, 0.5) * 0.55
    middle = (low + high) / 2
    length = max(steps[-1].way_m, 1e-6)
    curve = [
        (
            box.x + box.w * step.way_m / length,
            box.y + box.h / 2 - box.h / 2 * (step.height_m - middle) / half,
        )
        for step in steps
    ]
    for is_seen, part in groupby(
        range(len(steps) - 1), key=lambda k: steps[k].is_seen and steps[k + 1].is_seen
    ):
        numbers = list(part)
        points = curve[numbers[0] : numbers[-1] + 2]
        if is_seen:
            foot = [(points[-1][0], box.bottom), (points[0][0], box.bottom)]
            canvas.area([*points, *foot], "accent_dim")
            canvas.curve(points, "accent", 1.5)
        else:
            for start, end in list(pairwise(points))[::2]:
                canvas.line(start, end, "quiet", 1)
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    words = f"{high - low:.1f} m of relief, stretched"
    canvas.text(words, box.x, box.bottom + 4, NOTE)
    if not all(step.is_seen for step in steps):
        canvas.text(UNSEEN, box.x, box.bottom + 20, NOTE)
