"""A plain with nothing on it but what a test puts there."""

from dataclasses import dataclass, replace

import numpy as np

from game.render.canvas import Canvas, blank
from game.render.fields import Grid
from tests.render.stand_in import (
    StandInCraters,
    StandInGround,
    StandInRocks,
    StandInSpec,
)

_SPEC = StandInSpec(7)


@dataclass(frozen=True, eq=False)
class Plain:
    """Level ground under one depth of sand, and craters as rows of the six columns."""

    cover: float = 0.0
    craters: tuple[tuple[float, float, float, float, float, float], ...] = ()
    spec: StandInSpec = _SPEC

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> StandInGround:
        grid = Grid(level, i0, j0, nx, ny)
        zero = np.zeros((ny, nx), np.float32)
        height = zero.copy()
        for x, y, diameter, ratio, _, _ in self.craters:
            u = np.hypot(grid.x_m[None, :] - x, grid.y_m[:, None] - y) / (diameter / 2)
            height -= (np.maximum(1 - u * u, 0) * ratio * diameter).astype(np.float32)
        return StandInGround(height, zero + np.float32(self.cover), zero, zero, zero)

    def craters_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> StandInCraters:
        reach = 3000.0
        rows = [
            row
            for row in self.craters
            if row[2] >= min_diameter_m
            and x0 - reach < row[0] < x1 + reach
            and y0 - reach < row[1] < y1 + reach
        ]
        return StandInCraters(*np.array(rows, float).reshape(-1, 6).T)

    def rocks_in(self, *_: float) -> StandInRocks:
        none = np.zeros(0)
        seeds = np.zeros(0, np.uint32)
        return StandInRocks(none, none, none, none, seeds, none.astype(np.float32))


def plain_canvas(grid: Grid, cover: float = 0.0) -> Canvas:
    return blank(Plain(cover), grid)


def without(plain: Plain) -> Plain:
    """The same plain before anything fell on it."""
    return replace(plain, craters=())
