"""One window of ground, as fields on its nodes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.window import Window

Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One window of ground; arrays of shape (ny, nx), row 0 south, read-only.

    Attributes
    ----------
    window : Window
        Where.
    height_m : ndarray
        Everything wheels feel but rocks, float32. [m]
    cover : ndarray
        Loose sand, about unit normal, float32. [-]
    ridge : ndarray
        0 to 1 on the crests of ridges and ripples that are part of the height, float32. [-]
    fresh : ndarray
        0 to 1 where young ejecta lie, float32. [-]
    hollow : ndarray
        0 to 1 on the filled floors of craters, float32. [-]
    """

    window: Window
    height_m: Single
    cover: Single
    ridge: Single
    fresh: Single
    hollow: Single
