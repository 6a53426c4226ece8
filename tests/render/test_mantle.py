"""Dust lies in patches with an edge, not in soft blots."""

import numpy as np
import pytest

from game.render.fields import Grid
from game.render.mantle import paint_mantle
from game.render.noise import box_blur
from tests.render.plain import plain_canvas


@pytest.mark.parametrize("level", [-5, -2, 0, 3])
def test_most_ground_is_dusty_or_bare_and_little_lies_between(level: int) -> None:
    canvas = plain_canvas(Grid(level, 700, -300, 400, 400))
    paint_mantle(canvas)
    between = float(np.mean((canvas.dust > 0.2) & (canvas.dust < 0.8)))
    # Of a sum of noises two thirds would lie within one deviation of the middle.
    assert between < 0.45
    assert 0.0 <= float(canvas.dust.min()) <= float(canvas.dust.max()) <= 1.0


def test_patches_are_the_same_places_at_the_next_zoom() -> None:
    fine, coarse = plain_canvas(Grid(-1, 0, 0, 512, 512)), plain_canvas(Grid(1, 0, 0, 128, 128))
    paint_mantle(fine)
    paint_mantle(coarse)
    near = box_blur(fine.dust, 2)[::4, ::4]
    assert float(np.corrcoef(near.ravel(), coarse.dust.ravel())[0, 1]) > 0.85


def test_dust_is_bright_and_red() -> None:
    canvas = plain_canvas(Grid(0, 0, 0, 600, 600))
    paint_mantle(canvas)
    dusty, bare = canvas.dust > 0.9, canvas.dust < 0.1
    assert dusty.any()
    assert bare.any()
    assert float(canvas.albedo[dusty].mean()) > float(canvas.albedo[bare].mean()) + 0.05
    assert float(canvas.redness[dusty].mean()) > float(canvas.redness[bare].mean()) + 0.1


def test_edges_are_crooked_at_every_scale() -> None:
    # Box counting: a smooth outline has dimension 1, a natural one 1.2 to 1.5.
    canvas = plain_canvas(Grid(-4, 0, 0, 1024, 1024))
    paint_mantle(canvas)
    inside = canvas.dust > 0.5
    edge = inside[:-1, :-1] ^ inside[1:, :-1] | inside[:-1, :-1] ^ inside[:-1, 1:]
    sides = np.array([2, 4, 8, 16, 32])
    counts = []
    for side in sides:
        cut = edge[: 1023 // side * side, : 1023 // side * side]
        boxes = cut.reshape(len(cut) // side, side, -1, side).any(axis=(1, 3))
        counts.append(int(boxes.sum()))
    dimension = -float(np.polyfit(np.log(sides), np.log(counts), 1)[0])
    assert 1.15 < dimension < 1.75
