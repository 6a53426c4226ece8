"""A cheap ground for the tests of drawing."""

import numpy as np
from numpy.typing import NDArray

from tests.render.stand_in import StandInTerrain


class SmallGround(StandInTerrain):
    def soil(self, level: int, i0: int, j0: int, nx: int, ny: int) -> NDArray[np.uint8]:
        del level, i0, j0
        return np.zeros((ny, nx), np.uint8)


class Slope(SmallGround):
    """A plane that rises by one in ten to the east."""

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int):  # type: ignore[no-untyped-def]
        made = super().ground(level, i0, j0, nx, ny)
        x_m = (i0 + np.arange(nx, dtype=np.float32)) * np.float32(2.0**level)
        made.height_m[:] = np.float32(0.1) * x_m[None, :]
        return made
