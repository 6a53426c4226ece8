"""Far landforms: pitted cones, mesas and troughs that make the horizon."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.world.lattice import Field
from game.world.overlays import OpenGround
from game.world.relief import Layer, amplitudes, octaves_of, smooth
from game.world.spec import TerrainSpec
from game.world.squares import Box, numbered, poisson, squares
from game.world.window import Window

Single = NDArray[np.float32]
_KM2_M2 = 1.0e6
_SALT = 70
# So many squares a side are drawn at once.
_BLOCK = 4
# A little more than one: beyond so many times a distance a rise has reached its end.
_BEYOND = 1.001


@dataclass(frozen=True, slots=True)
class FarForm:
    """A cone or a mesa: centre, base radius, height [m]."""

    is_cone: bool
    x_m: float
    y_m: float
    radius_m: float
    height_m: float


class FarField:
    """All far landforms of one world."""

    def __init__(self, spec: TerrainSpec) -> None:
        self._spec, self._far = spec, spec.recipe.far
        self._ratio = spec.site.far_ratio
        if any(isinstance(overlay, OpenGround) for overlay in spec.overlays):
            self._ratio = 0.0
        octaves = octaves_of(self._far.trough_spacing_m, spec.seed, 900)
        mixes = (self._far.trough_weight, self._far.gap_weight, self._far.ragged_weight)
        self._fields = Layer(octaves, tuple(amplitudes(mix) for mix in mixes), 1.0)
        self._block = lru_cache(maxsize=16)(self._drawn)

    def touching(self, box: Box) -> list[FarForm]:
        """Return cones and mesas that reach a box, in a fixed order."""
        if not self._ratio:
            return []
        reach_m = max(self._far.cone_base_high_m, self._far.mesa_base_high_m) / 2.0
        x0, y0, x1, y1 = box
        return [
            form
            for i, j in squares(box, reach_m, self._far.cell_m)
            for form in self._block(i // _BLOCK, j // _BLOCK)[j % _BLOCK * _BLOCK + i % _BLOCK]
            if x0 - form.radius_m <= form.x_m <= x1 + form.radius_m
            and y0 - form.radius_m <= form.y_m <= y1 + form.radius_m
        ]

    def add_to(self, window: Window, height_m: Field) -> None:
        """Add cones, mesas and troughs to heights, shape (ny, nx) [m]."""
        box = window.box_m()
        far_m = max(math.hypot(x, y) for x in (box[0], box[2]) for y in (box[1], box[3]))
        if not self._ratio or far_m < self._far.clear_m:
            return
        forms = self.touching(box)
        network, gaps, *ragged = (
            field.astype(np.float32)
            for field in self._fields.fields(window, (0, 1, 2) if forms else (0, 1))
        )
        self._add_troughs(window, height_m, network, gaps)
        for form in forms:
            self._add_form(window, height_m, form, ragged[0])

    def _add_troughs(self, window: Window, height_m: Field, network: Single, gaps: Single) -> None:
        """Troughs follow the lines where the network is zero; other noise leaves gaps."""
        far = self._far
        network *= network
        depth = np.float32(1.0) - smooth(network, 0.0, far.trough_width**2)
        share = smooth(gaps, -0.4, 0.8)
        x0, y0, x1, y1 = window.box_m()
        aside_m = max(x0, -x1, 0.0), max(y0, -y1, 0.0)
        # Far from the lander they are as deep as they get.
        if math.hypot(*aside_m) < _BEYOND * 2.0 * far.clear_m:
            x_m, y_m = window.x_m(), window.y_m()
            away_m = np.sqrt((x_m * x_m)[None, :] + (y_m * y_m)[:, None]).astype(np.float32)
            share *= smooth(away_m, far.clear_m, 2.0 * far.clear_m)
        depth *= share
        depth *= np.float32(far.trough_depth_m * min(1.0, self._ratio))
        height_m -= depth

    def _add_form(self, window: Window, height_m: Field, form: FarForm, ragged: Single) -> None:
        x_m, y_m = window.x_m() - form.x_m, window.y_m() - form.y_m
        columns, rows = (
            slice(*np.searchsorted(way_m, (-form.radius_m, form.radius_m)).tolist())
            for way_m in (x_m, y_m)
        )
        x_m, y_m = x_m[columns], y_m[rows]
        u2 = (x_m * x_m)[None, :] + (y_m * y_m)[:, None]
        u = (np.sqrt(u2) / form.radius_m).astype(np.float32)
        # Ragged feet, never wider than the square they were looked up for.
        u *= np.float32(1.0) + np.maximum(ragged[rows, columns], np.float32(0.0))
        height_m[rows, columns] += np.float32(form.height_m) * self._profile(form, u)

    def _profile(self, form: FarForm, u: Single) -> Single:
        """Return the height over that of the summit: cone with a pit, or flat top [-]."""
        far = self._far
        if not form.is_cone:
            return smooth(u, 1.0, 1.0 - far.mesa_edge)
        flank = np.clip(np.float32(1.0) - u, 0.0, 1.0)
        # A slightly hollow flank, near (1 - u)^1.2.
        flank *= np.float32(0.8) + np.float32(0.2) * flank
        pit = smooth(u, far.pit_radius, 0.0)
        rim = np.float32(1.0 - far.pit_radius)
        return np.asarray(np.minimum(flank, rim) - np.float32(far.pit_depth) * pit)

    def _drawn(self, i: int, j: int) -> tuple[tuple[FarForm, ...], ...]:
        """Return the landforms of a block of squares, square by square."""
        far, seed = self._far, self._spec.seed
        area_km2 = far.cell_m * far.cell_m / _KM2_M2
        cells = [(_BLOCK * i + k % _BLOCK, _BLOCK * j + k // _BLOCK) for k in range(_BLOCK**2)]
        forms: list[list[FarForm]] = [[] for _ in cells]
        for is_cone, density in ((True, far.cones_1_km2), (False, far.mesas_1_km2)):
            salt = _SALT + 10 * is_cone
            mean = density * self._ratio * area_km2
            (chance,) = numbered(cells, [1] * len(cells)).uniforms((salt,), seed)
            things = numbered(cells, [poisson(mean, one) for one in chance.tolist()])
            columns = things.uniforms(range(salt + 1, salt + 5), seed).tolist()
            for place, v, w, size, rise in zip(things.place.tolist(), *columns, strict=True):
                at = ((cells[place][0] + v) * far.cell_m, (cells[place][1] + w) * far.cell_m)
                form = self._form(is_cone, at, size, rise)
                if math.hypot(form.x_m, form.y_m) - form.radius_m > far.clear_m:
                    forms[place].append(form)
        return tuple(tuple(one) for one in forms)

    def _form(self, is_cone: bool, place: tuple[float, float], size: float, rise: float) -> FarForm:
        far = self._far
        if is_cone:
            base = (far.cone_base_low_m, far.cone_base_high_m)
            tall = (far.cone_low_m, far.cone_high_m)
            # Wide cones are the high ones.
            rise = (size + rise) / 2.0
        else:
            base, tall = (
                (far.mesa_base_low_m, far.mesa_base_high_m),
                (far.mesa_low_m, far.mesa_high_m),
            )
        # Small ones are many: sizes are even in the logarithm.
        width_m = base[0] * (base[1] / base[0]) ** size
        return FarForm(is_cone, *place, width_m / 2.0, tall[0] * (tall[1] / tall[0]) ** rise)
