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
from game.world.squares import Box, poisson, squares, uniforms
from game.world.window import Window

Single = NDArray[np.float32]
_KM2_M2 = 1.0e6
_SALT = 70


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
        self._square = lru_cache(maxsize=64)(self._drawn)

    def touching(self, box: Box) -> list[FarForm]:
        """Return cones and mesas that reach a box, in a fixed order."""
        if not self._ratio:
            return []
        reach_m = max(self._far.cone_base_high_m, self._far.mesa_base_high_m) / 2.0
        x0, y0, x1, y1 = box
        return [
            form
            for i, j in squares(box, reach_m, self._far.cell_m)
            for form in self._square(i, j)
            if x0 - form.radius_m <= form.x_m <= x1 + form.radius_m
            and y0 - form.radius_m <= form.y_m <= y1 + form.radius_m
        ]

    def add_to(self, window: Window, height_m: Field) -> None:
        """Add cones, mesas and troughs to heights, shape (ny, nx) [m]."""
        box = window.box_m()
        far_m = max(math.hypot(x, y) for x in (box[0], box[2]) for y in (box[1], box[3]))
        if not self._ratio or far_m < self._far.clear_m:
            return
        x_m, y_m = window.x_m(), window.y_m()
        away_m = np.sqrt((x_m * x_m)[None, :] + (y_m * y_m)[:, None]).astype(np.float32)
        far = self._far
        network, gaps, ragged = (
            field.astype(np.float32) for field in self._fields.fields(window, (0, 1, 2))
        )
        # Troughs follow the lines where the network is zero; other noise leaves gaps.
        depth = np.float32(1.0) - smooth(network * network, 0.0, far.trough_width**2)
        depth *= smooth(away_m, far.clear_m, 2.0 * far.clear_m) * smooth(gaps, -0.4, 0.8)
        height_m -= depth * np.float32(far.trough_depth_m * min(1.0, self._ratio))
        for form in self.touching(box):
            u2 = ((x_m - form.x_m) ** 2)[None, :] + ((y_m - form.y_m) ** 2)[:, None]
            u = (np.sqrt(u2) / form.radius_m).astype(np.float32)
            # Ragged feet, never wider than the square they were looked up for.
            u *= np.float32(1.0) + np.maximum(ragged, np.float32(0.0))
            height_m += np.float32(form.height_m) * self._profile(form, u)

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

    def _drawn(self, i: int, j: int) -> tuple[FarForm, ...]:
        far, seed = self._far, self._spec.seed
        area_km2 = far.cell_m * far.cell_m / _KM2_M2
        forms = []
        for is_cone, density in ((True, far.cones_1_km2), (False, far.mesas_1_km2)):
            salt = _SALT + 10 * is_cone
            mean = density * self._ratio * area_km2
            count = poisson(mean, float(uniforms(1, i, j, salt, seed)[0]))
            columns = [uniforms(count, i, j, salt + number, seed) for number in range(1, 5)]
            for v, w, size, rise in zip(*(column.tolist() for column in columns), strict=True):
                form = self._form(is_cone, ((i + v) * far.cell_m, (j + w) * far.cell_m), size, rise)
                if math.hypot(form.x_m, form.y_m) - form.radius_m > far.clear_m:
                    forms.append(form)
        return tuple(forms)

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
