"""A tile in the making: the layers paint into it, one after the other."""

import math
from dataclasses import dataclass, field

import numpy as np

from game.render.fields import Field, Grid
from game.render.noise import gradient_noise, smooth
from game.render.source import Ground, GroundLike

_FINEST, _COARSEST = -6, 6
_APRON = 4  # cells of the parent that a refined child needs beyond its own edge


@dataclass(frozen=True, slots=True)
class Body:
    """A stone that is left to be drawn as a body: place, width and height [m], shape, tone."""

    x_m: float
    y_m: float
    diameter_m: float
    height_m: float
    shape_seed: int
    tone: float


@dataclass(slots=True, eq=False)
class Canvas:
    """Arrays of one tile with its margin; row 0 in the south.

    Parameters
    ----------
    grid : Grid
        The tile with its margin.
    seed : int
        Number of the world.
    site_albedo : float
        Share of sunlight that the region sends back [-].
    wind : tuple of float
        Where the wind blows to: east, north (unit vector).
    height_m, albedo, redness : array
        What the layers paint.
    cover, sand, bare, ridge, fresh : array
        What the terrain says: loose sand, where it lies, where it does not, crests, young ejecta.
    dust : array
        Where a mantle of bright dust lies, 0 to 1: it softens the small relief of far views.
    lift_m : array
        Height that far views add for shading [m].
    rubble : array
        Where rims and walls are stony, 0 to 1.
    bodies : list of Body
        Pebbles that were left out.
    """

    grid: Grid
    seed: int
    site_albedo: float
    wind: tuple[float, float]
    height_m: Field
    albedo: Field
    redness: Field
    cover: Field
    sand: Field
    bare: Field
    ridge: Field
    fresh: Field
    dust: Field
    lift_m: Field
    rubble: Field
    bodies: list[Body] = field(default_factory=list)
    octaves: dict[object, Field] = field(default_factory=dict)

    def noise(self, spacing_m: float, number: int) -> Field:
        """Return one octave of this world's noise; asked twice, computed once [-]."""
        key = (spacing_m, number)
        if key not in self.octaves:
            self.octaves[key] = gradient_noise(self.grid, spacing_m, self.seed * 131 + number)
        return self.octaves[key]

    def mixed(self, octaves: tuple[tuple[float, int, float], ...]) -> Field:
        """Return a sum of octaves (spacing [m], number, weight); computed once [-].

        Octaves of only two or three cells are left out: edges that follow them look beaded.
        """
        key = octaves
        if key not in self.octaves:
            total = np.zeros_like(self.albedo)
            for spacing_m, number, weight in octaves:
                if spacing_m >= 4 * self.grid.cell_m:
                    total += np.float32(weight) * self.noise(spacing_m, number)
            self.octaves[key] = total
        return self.octaves[key]

    def window(
        self, x_m: float, y_m: float, reach_m: float
    ) -> tuple[slice, slice, Field, Field] | None:
        """Return `Grid.window` of the tile."""
        return self.grid.window(x_m, y_m, reach_m)


def blank(terrain: Ground, grid: Grid) -> Canvas:
    """Return the bare ground of a grid, nothing painted yet."""
    height, cover, ridge, fresh = ground_arrays(terrain, grid)
    turn = math.radians(terrain.spec.site.wind_to_deg)
    return Canvas(
        grid,
        terrain.spec.seed,
        terrain.spec.site.albedo,
        (math.sin(turn), math.cos(turn)),
        height,
        np.zeros_like(height),
        np.zeros_like(height),
        cover,
        smooth(cover, -0.05, 0.75),
        1 - smooth(cover, -0.75, 0.05),
        ridge,
        fresh,
        np.zeros_like(height),
        np.zeros_like(height),
        np.zeros_like(height),
    )


def ground_arrays(terrain: Ground, grid: Grid) -> tuple[Field, Field, Field, Field]:
    """Return height, cover, ridge and fresh; finer than the terrain goes, they are subdivided."""
    if grid.level >= _FINEST:
        ground: GroundLike = terrain.ground(
            min(grid.level, _COARSEST), grid.i0, grid.j0, grid.nx, grid.ny
        )
        # Copies: what the terrain hands out may be shared.
        return (
            np.array(ground.height_m, np.float32),
            np.asarray(ground.cover, np.float32),
            np.asarray(ground.ridge, np.float32),
            np.asarray(ground.fresh, np.float32),
        )
    i0, j0 = grid.i0 // 2 - _APRON, grid.j0 // 2 - _APRON
    parent = Grid(
        grid.level + 1, i0, j0, grid.nx // 2 + 2 * _APRON + 1, grid.ny // 2 + 2 * _APRON + 1
    )
    column, row = grid.i0 - 2 * i0, grid.j0 - 2 * j0
    height, *others = ground_arrays(terrain, parent)
    if parent.level == _FINEST:
        height = softened(height)
    # The rule leaves kinks in the slope at the old cells: seen as a lattice unless smoothed.
    whole = (softened(subdivided(height)), *(subdivided(values) for values in others))
    height, cover, ridge, fresh = (
        np.ascontiguousarray(values[row : row + grid.ny, column : column + grid.nx])
        for values in whole
    )
    return height, cover, ridge, fresh


def softened(values: Field) -> Field:
    """Return values without the waves of two cells, which would show as lines when enlarged."""
    for _ in range(2):
        p = np.pad(values, ((1, 1), (0, 0)), mode="edge")
        values = ((p[:-2] + p[2:] + 2 * p[1:-1]) * np.float32(0.25)).T
    return values


def subdivided(values: Field) -> Field:
    """Return values on cells of half the width, smooth through the old ones (four-point rule).

    References
    ----------
    .. [1] N. Dyn, D. Levin, J. Gregory, "A 4-point interpolatory subdivision scheme for curve
       design", Computer Aided Geometric Design 4, 257-268 (1987).
    """
    for _ in range(2):
        p = np.pad(values, ((1, 2), (0, 0)), mode="edge")
        between = (9 * (p[1:-2] + p[2:-1]) - (p[:-3] + p[3:])) / np.float32(16)
        out = np.empty((2 * len(values), values.shape[1]), np.float32)
        out[0::2], out[1::2] = values, between
        values = out.T
    return values
