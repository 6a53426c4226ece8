"""The ground of one world: heights, soils, craters and rocks of any place, at any zoom."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.abundance import Abundance
from game.world.crater_field import CraterField
from game.world.crater_shape import CraterMarks, crater_marks
from game.world.craters import Craters
from game.world.far import FarField
from game.world.ground import Ground
from game.world.landmarks import Landmarks
from game.world.layers import apply_heights, apply_soils, own_craters, with_rocks
from game.world.memory import keep_freed_memory
from game.world.painting import Painted, SoilPainting
from game.world.patch import Patch
from game.world.relief import Cover, Relief
from game.world.ridges import RidgeField
from game.world.rocks import RockField, Rocks, joined_rocks
from game.world.scatter import Group, gathered
from game.world.soil import Soil, soil_classes
from game.world.spec import TerrainSpec
from game.world.squares import Box
from game.world.strata import Strata, Stratum
from game.world.streaming import ChunkStore
from game.world.window import Window, asked_window, check_length, check_level, check_place

Single = NDArray[np.float32]

# Ground kept for wheels: some 15 patches of 34 m. No answer depends on it.
_PATCHES_BYTE = 12_000_000
_WIDEST_PATCH_M = 1000.0

__all__ = ["Ground", "Terrain"]


class Terrain:
    """Asks the description; keeps small memories that never change an answer."""

    def __init__(self, spec: TerrainSpec) -> None:
        keep_freed_memory()
        self.spec = spec
        recipe, site = spec.recipe, spec.site
        self._relief, self._cover = Relief(spec), Cover(spec)
        self._craters = CraterField(spec)
        self._own = own_craters(spec)
        self._far, self._landmarks = FarField(spec), Landmarks(spec)
        self._strata = Strata(spec)
        self._painting = SoilPainting(spec.overlays, recipe.paint)
        families = (recipe.ridge, recipe.megaripple, recipe.ripple)
        self._ridges = tuple(
            RidgeField(spec, ridge, site.ridge_frac * ridge.area_ratio, 300 + 100 * number)
            for number, ridge in enumerate(families)
        )
        wind_rad = math.radians(site.wind_to_deg)
        self._wind = (math.sin(wind_rad), math.cos(wind_rad))
        self._rocks = RockField(spec, Abundance(spec, self._litter))
        self._patches = ChunkStore(self._made_patch, Patch.size_byte, _PATCHES_BYTE)

    def __reduce__(self) -> tuple[type["Terrain"], tuple[TerrainSpec]]:
        """Let copies in other processes be made anew from the description."""
        return Terrain, (self.spec,)

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> Ground:
        """Return a window of ground.

        Parameters
        ----------
        level : int
            Power of two of the cell in metres, -6 to 6. [-]
        i0, j0 : int
            First column and row: node (i, j) lies at x = i * 2**level, y = j * 2**level. [-]
        nx, ny : int
            Columns and rows. [-]

        Returns
        -------
        Ground
            A node's values are the same in every window of its level.
        """
        return self.window(asked_window("ground", (level, i0, j0, nx, ny)))

    def window(self, window: Window) -> Ground:
        """Return the ground of a window."""
        cover, height_m, marks, ridge = self._fields(window)
        ground = Ground(window, height_m, cover, ridge, marks[0], marks[1])
        for field in (ground.height_m, cover, ridge, ground.fresh, ground.hollow):
            field.flags.writeable = False
        return ground

    def soil(self, level: int, i0: int, j0: int, nx: int, ny: int) -> NDArray[np.uint8]:
        """Return `Soil` numbers of a window, uint8, shape (ny, nx)."""
        return self.soil_of(self.window(asked_window("soil", (level, i0, j0, nx, ny))))

    def soil_of(self, ground: Ground) -> NDArray[np.uint8]:
        """Return `Soil` numbers of ground already made, uint8, same shape."""
        soil = soil_classes(
            ground.cover, ground.ridge, ground.fresh, ground.hollow, self.spec.recipe.soil
        )
        return apply_soils(self.spec.overlays, ground.window, soil)

    def craters_in(
        self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float
    ) -> Craters:
        """Return craters of a size and more whose ground touches a box [m], oldest first."""
        check_place(x0, y0, "craters_in")
        check_place(x1, y1, "craters_in")
        check_length(min_diameter_m, "craters_in: the smallest diameter")
        return self._own.merged(self._craters, (x0, y0, x1, y1), min_diameter_m)

    def rocks_in(self, x0: float, y0: float, x1: float, y1: float, min_diameter_m: float) -> Rocks:
        """Return rocks of a size and more whose centres lie in a box [m]."""
        check_place(x0, y0, "rocks_in")
        check_place(x1, y1, "rocks_in")
        check_length(min_diameter_m, "rocks_in: the smallest diameter")
        box: Box = (x0, y0, x1, y1)
        rocks = self._rocks.inside(box, min_diameter_m)
        rocks = with_rocks(self.spec, rocks, box, min_diameter_m)
        bright = self._landmarks.rocks(box, min_diameter_m)
        return joined_rocks([rocks, *bright]) if bright else rocks

    def patch(self, x_m: float, y_m: float, half_m: float, level: int = -2) -> Patch:
        """Return ground for wheels: a square that reaches half_m from a place on every side.

        The square is laid on a coarse raster, so that moving a little asks for the same one.
        """
        check_place(x_m, y_m, "patch")
        check_level(level, "patch")
        if not 0.0 <= half_m <= _WIDEST_PATCH_M:
            raise ValueError(f"patch: it reaches 0 to {_WIDEST_PATCH_M:g} m, not {half_m!r}")
        cell_m = 2.0**level
        raster = max(1, int(half_m / 8.0 / cell_m))
        i = round(x_m / cell_m / raster) * raster
        j = round(y_m / cell_m / raster) * raster
        half = math.ceil(half_m / cell_m) + raster // 2 + 1
        return self._patches.get(Window(level, i - half, j - half, 2 * half + 1, 2 * half + 1))

    def height_m(self, x_m: float, y_m: float, level: int = -2) -> float:
        """Return the height of one place [m]; for many, ask `patch` or `ground`."""
        check_place(x_m, y_m, "height_m")
        check_level(level, "height_m")
        return self.patch(x_m, y_m, 1.0, level).height_m(x_m, y_m)

    def strata(self, x_m: float, y_m: float) -> tuple[Stratum, ...]:
        """Return the layers below a place, from the surface down."""
        check_place(x_m, y_m, "strata")
        return self._strata.below(x_m, y_m, self.patch(x_m, y_m, 1.0).soil(x_m, y_m))

    def strata_each(
        self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
    ) -> tuple[tuple[Stratum, ...], ...]:
        """Return `strata` of many places, such as those along a radar line, in their order."""

        def soils(group: Group, ground: Ground) -> NDArray[np.uint8]:
            return np.asarray(group.nearest(self.soil_of(ground)))

        found = gathered((-2, x_m, y_m), self.window, soils, "strata_each")
        under = tuple(Soil(one) for one in found.astype(np.uint8).tolist())
        return self._strata.below_each(x_m, y_m, under, "strata_each")

    def strata_under(
        self, x_m: NDArray[np.float64], y_m: NDArray[np.float64], soils: tuple[Soil, ...]
    ) -> tuple[tuple[Stratum, ...], ...]:
        """Return `strata_each` where the soils are known, as they are below a wheel's track."""
        return self._strata.below_each(x_m, y_m, soils, "strata_under")

    def _made_patch(self, window: Window) -> Patch:
        ground = self.window(window)
        return Patch(window, ground.height_m, self.soil_of(ground))

    def _fields(self, window: Window) -> tuple[Single, Single, tuple[Single, Single], Single]:
        """Return cover, height, (fresh, hollow) and ridge crests of a window."""
        layer, masks = self._sand(window)
        height_m, wander = self._relief.height_m(window, layer.cover)
        self._far.add_to(window, height_m)
        marks = self._stamped(window, wander)
        height_m += marks.height_m
        ridge = self._ridged(window, height_m, masks, marks, layer)
        fresh = self._painting.ejected(marks.fresh, layer.painted)
        height_m = apply_heights(self.spec.overlays, window, height_m)
        return layer.cover, height_m.astype(np.float32), (fresh, marks.hollow), ridge

    def _litter(self, window: Window) -> tuple[Single, Single, Single]:
        """Return cover, ridge crests and young ejecta of a window: heights are left out."""
        layer, masks = self._sand(window)
        marks = self._stamped(window, self._relief.wander(window))
        ridge = self._ridged(window, marks.height_m, masks, marks, layer)
        return layer.cover, ridge, self._painting.ejected(marks.fresh, layer.painted)

    def _sand(self, window: Window) -> tuple["_Layer", dict[int, Single]]:
        """Return the sand of a window, and the masks of the ridges that it is fine enough for."""
        seen = [number for number, field in enumerate(self._ridges) if field.is_seen(window)]
        cover, *masks = self._cover.fields(window, seen)
        self._landmarks.sweep(window, cover)
        painted = self._painting.over(window)
        layer = _Layer(cover, self._painting.covered(cover, painted), painted)
        return layer, dict(zip(seen, masks, strict=True))

    def _stamped(self, window: Window, wander: Single) -> CraterMarks:
        """Return what craters add to a window."""
        crater = self.spec.recipe.crater
        smallest_m = crater.cells_across * window.cell_m()
        craters = self._own.merged(self._craters, window.box_m(), smallest_m)
        return crater_marks(window, craters, crater, self._wind, wander)

    def _ridged(
        self,
        window: Window,
        height_m: NDArray[np.float64],
        masks: dict[int, Single],
        marks: CraterMarks,
        layer: "_Layer",
    ) -> Single:
        """Add ridges and ripples to heights [m] and return the marks of their crests [-]."""
        painting, painted = self._painting, layer.painted
        ridge = np.zeros_like(layer.cover)
        for number, mask in masks.items():
            field = self._ridges[number]
            if number:
                growth = field.growth(mask, layer.cover, marks.hollow)
                growth = painting.rippled(growth, painted)
            else:
                # Large ridges run on under paint: cut off, they would leave cliffs.
                growth = field.growth(mask, layer.natural, marks.basin)
            part = _used(growth)
            if part is not None:
                crests = field.crests(window.part(*part))
                crests *= growth[part]
                height_m[part] += crests * np.float32(field.height_m)
                ridge[part] = np.maximum(ridge[part], crests)
            if not number:
                ridge = painting.bared(ridge, painted)
        self._landmarks.add_dunes(window, height_m, ridge)
        return painting.crested(ridge, painted)


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """Sand as nature laid it, as it lies after painting, and the paint."""

    natural: Single
    cover: Single
    painted: Painted | None


def _used(growth: Single) -> tuple[slice, slice] | None:
    """Return the smallest rectangle that holds everything above zero, as rows and columns."""
    rows = np.flatnonzero(growth.any(axis=1))
    if not rows.size:
        return None
    columns = np.flatnonzero(growth.any(axis=0))
    return (
        slice(int(rows[0]), int(rows[-1]) + 1),
        slice(int(columns[0]), int(columns[-1]) + 1),
    )
