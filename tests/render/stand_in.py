"""A small terrain of our own: enough ground to test drawing without the real one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Grid
from game.render.noise import gradient_noise, hashed, smooth, unit


@dataclass(frozen=True, eq=False)
class StandInGround:
    height_m: Field
    cover: Field
    ridge: Field
    fresh: Field
    hollow: Field


@dataclass(frozen=True, eq=False)
class StandInRocks:
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    diameter_m: NDArray[np.float64]
    height_m: NDArray[np.float64]
    shape_seed: NDArray[np.uint32]
    tone: Field


@dataclass(frozen=True, eq=False)
class StandInCraters:
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    diameter_m: NDArray[np.float64]
    depth_ratio: NDArray[np.float64]
    age_frac: NDArray[np.float64]
    phase: NDArray[np.float64]


@dataclass(frozen=True)
class StandInSite:
    wind_to_deg: float = 233.0
    albedo: float = 0.24


@dataclass(frozen=True)
class StandInSpec:
    seed: int
    site: StandInSite = StandInSite()


class StandInTerrain:
    def __init__(self, seed: int = 7) -> None:
        self.seed = seed
        self.spec = StandInSpec(seed)

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> StandInGround:
        grid = Grid(level, i0, j0, nx, ny)
        cover = np.zeros((ny, nx), np.float32)
        for q, (spacing, share) in enumerate(((12.3, 0.55), (4.1, 0.45), (1.1, 0.22), (0.37, 0.1))):
            cover += np.float32(share) * gradient_noise(grid, spacing, self.seed + q)
        cover += np.float32(0.5) * gradient_noise(grid, 211.0, self.seed + 5)
        sand = smooth(cover, -0.05, 0.75)
        height = np.zeros((ny, nx), np.float32)
        for q, spacing in enumerate((512, 256, 128, 64, 32, 16, 8, 4, 2)):
            height += gradient_noise(grid, spacing, self.seed + 10 + q) * np.float32(
                0.0135 * spacing**0.65
            )
        for q, spacing in enumerate((1.0, 0.5, 0.25, 0.125, 0.0625)):
            fine = gradient_noise(grid, spacing, self.seed + 20 + q)
            height += fine * np.float32(0.0135 * spacing**0.77) * (0.75 - 0.62 * sand)
        phase = grid.x_m[None, :] * -0.8 + grid.y_m[:, None] * -0.6
        phase = phase / 1.75 + 0.3 * gradient_noise(grid, 3.0, self.seed + 31)
        turn = (phase - np.floor(phase)).astype(np.float32)
        wave = np.where(turn < 0.66, turn / 0.66, (1 - turn) / 0.34).astype(np.float32) ** 1.6
        thick = smooth(cover, 0.35, 1.1) * (2.0**level < 0.6)
        height += thick * wave * np.float32(0.085)
        for x, y, d, ratio in self._hollows():
            r = np.hypot(grid.x_m[None, :] - x, grid.y_m[:, None] - y) / (d / 2)
            bowl = np.where(r < 1, r * r - 1, 0) * ratio * d
            height += (bowl + 0.2 * ratio * d * np.exp(-(((r - 1) / 0.3) ** 2))).astype(np.float32)
        return StandInGround(
            height, cover, thick * wave, np.zeros_like(cover), np.zeros_like(cover)
        )

    def craters_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> StandInCraters:
        rows = [
            (x, y, d, ratio, age, 0.37 * k % 1)
            for k, (x, y, d, ratio) in enumerate(self._hollows())
            for age in (0.1 + 0.2 * (k % 4),)
            if d >= min_diameter_m and x0 - d < x < x1 + d and y0 - d < y < y1 + d
        ]
        table = np.array(rows, float).reshape(-1, 6).T
        return StandInCraters(*table)

    def rocks_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> StandInRocks:
        side = 1.7
        i = np.arange(int(x0 // side) - 1, int(x1 // side) + 2, dtype=np.int64)
        j = np.arange(int(y0 // side) - 1, int(y1 // side) + 2, dtype=np.int64)
        bits = hashed(i[None, :], j[:, None], self.seed + 99).ravel()
        x = ((i[None, :] + unit(bits).reshape(len(j), -1)) * side).ravel()
        y = ((j[:, None] + unit(bits, 9).reshape(len(j), -1)) * side).ravel()
        diameter = 0.09 / np.maximum(unit(bits * np.uint32(2654435761)), 0.01) ** 0.55
        kept = (diameter >= min_diameter_m) & (diameter < 1.2) & (bits % 3 == 0)
        kept &= (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        high = diameter * (0.35 + 0.25 * unit(bits, 5))
        return StandInRocks(
            x[kept], y[kept], diameter[kept], high[kept], bits[kept], unit(bits, 3)[kept]
        )

    def _hollows(self) -> tuple[tuple[float, float, float, float], ...]:
        return (
            (60.0, 40.0, 18.0, 0.12),
            (-90.0, 75.0, 60.0, 0.1),
            (20.0, -120.0, 30.0, 0.07),
            (700.0, 500.0, 400.0, 0.09),
        )
