"""What drawing needs from the terrain: a narrow view, so that tests can bring their own ground."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field

Reals = NDArray[np.floating]


class GroundLike(Protocol):
    """Ground on a grid, row 0 in the south."""

    @property
    def height_m(self) -> Field:
        """Height [m]."""

    @property
    def cover(self) -> Field:
        """Loose sand, about unit normal [-]."""

    @property
    def ridge(self) -> Field:
        """Crests of ridges and ripples, 0 to 1 [-]."""

    @property
    def fresh(self) -> Field:
        """Young ejecta, 0 to 1 [-]."""

    @property
    def hollow(self) -> Field:
        """Filled floors of craters, 0 to 1 [-]."""


class CratersLike(Protocol):
    """Craters as columns."""

    @property
    def x_m(self) -> Reals:
        """East [m]."""

    @property
    def y_m(self) -> Reals:
        """North [m]."""

    @property
    def diameter_m(self) -> Reals:
        """Rim to rim [m]."""

    @property
    def depth_ratio(self) -> Reals:
        """Depth by diameter [-]."""

    @property
    def age_frac(self) -> Reals:
        """0 fresh to 1 worn [-]."""

    @property
    def phase(self) -> Reals:
        """A number of its own, 0 to 1 [-]."""


class RocksLike(Protocol):
    """Rocks as columns."""

    @property
    def x_m(self) -> Reals:
        """East [m]."""

    @property
    def y_m(self) -> Reals:
        """North [m]."""

    @property
    def diameter_m(self) -> Reals:
        """Width [m]."""

    @property
    def height_m(self) -> Reals:
        """Height over the ground [m]."""

    @property
    def shape_seed(self) -> NDArray[np.uint32]:
        """A number of its own."""

    @property
    def tone(self) -> Field:
        """How bright it is among rocks, 0 to 1 [-]."""


class SiteLike(Protocol):
    """The landing region."""

    @property
    def wind_to_deg(self) -> float:
        """Direction the sand-moving wind blows to, clockwise from north [deg]."""

    @property
    def albedo(self) -> float:
        """Share of sunlight that the region sends back [-]."""


class SpecLike(Protocol):
    """What a terrain is made from."""

    @property
    def seed(self) -> int:
        """Number of the world."""

    @property
    def site(self) -> SiteLike:
        """Where it is."""


class Ground(Protocol):
    """A terrain that can be drawn."""

    @property
    def spec(self) -> SpecLike:
        """What it is made from."""

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> GroundLike:
        """Return the ground on cells of 2**level metres."""

    def craters_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> CratersLike:
        """Return the craters that touch a box."""

    def rocks_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> RocksLike:
        """Return the rocks in a box."""
