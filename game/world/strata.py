"""Layers below any point: for the radar, for samples, for the story of the place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.relief import Layer, amplitudes, octaves_of
from game.world.scatter import Group, gathered
from game.world.soil import Soil
from game.world.spec import TerrainSpec
from game.world.surface_specs import LayerSpec
from game.world.window import Window, check_place, check_places

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One layer below a point.

    Attributes
    ----------
    name : str
        Key of the layer.
    title : str
        Words for people.
    top_m, bottom_m : float
        Depth below the surface. [m]
    permittivity : float
        Relative, real part. [-]
    loss_tangent : float
        Imaginary over real part. [-]
    block_m : float
        Size of the stones in it. [m]
    hydration_frac : float
        Water bound in minerals, by mass. [-]
    composition : str
        Row of the soil composition table.
    """

    name: str
    title: str
    top_m: float
    bottom_m: float
    permittivity: float
    loss_tangent: float
    block_m: float
    hydration_frac: float
    composition: str


class Strata:
    """The layers of one world; boundaries wander from place to place."""

    def __init__(self, spec: TerrainSpec) -> None:
        self._layers = spec.recipe.strata.layers
        self._wander_frac = spec.recipe.strata.wander_frac
        self._fields = tuple(
            Layer(
                octaves_of(spec.recipe.strata.wander_spacing_m, spec.seed, 800 + 20 * number),
                (amplitudes(spec.recipe.strata.wander_weight),),
                1.0,
            )
            for number in range(len(self._layers))
        )

    def below(self, x_m: float, y_m: float, soil: Soil) -> tuple[Stratum, ...]:
        """Return the layers below a point, from the surface down.

        Parameters
        ----------
        x_m, y_m : float
            Where. [m]
        soil : Soil
            Soil class at the surface: only crusted soils have a crust, bedrock has no regolith.
        """
        check_place(x_m, y_m, "strata")
        return self.below_each(np.array([x_m]), np.array([y_m]), (soil,), "strata")[0]

    def below_each(
        self, x_m: Array, y_m: Array, soils: tuple[Soil, ...], where: str
    ) -> tuple[tuple[Stratum, ...], ...]:
        """Return `below` of many places, arrays of one axis, for who asks, in their order."""
        check_places(x_m, y_m, where)
        if not len(x_m):
            return ()
        # Boundaries are those of the nearest whole metre.
        places = (0, np.rint(x_m), np.rint(y_m))
        wander = gathered(places, self._wandering, _at_nodes, where)
        factors = np.clip(1.0 + self._wander_frac * wander, 0.5, 1.5)
        return tuple(
            self._stacked(factors[:, number].tolist(), soil) for number, soil in enumerate(soils)
        )

    def _wandering(self, window: Window) -> Array:
        """Return how the boundary of each layer wanders over a window [-]."""
        return np.stack([field.fields(window, (0,))[0] for field in self._fields])

    def _stacked(self, factors: list[float], soil: Soil) -> tuple[Stratum, ...]:
        found: list[Stratum] = []
        top_m = 0.0
        for layer, factor in zip(self._layers, factors, strict=True):
            bottom_m = layer.bottom_m * factor
            if soil.name.lower() in layer.missing_under or bottom_m <= top_m:
                continue
            found.append(_stratum(layer, top_m, bottom_m))
            top_m = bottom_m
        return tuple(found)


def _at_nodes(group: Group, layers: Array) -> Array:
    return np.asarray(layers[:, group.row, group.column])


def _stratum(layer: LayerSpec, top_m: float, bottom_m: float) -> Stratum:
    return Stratum(
        layer.name,
        layer.title,
        top_m,
        bottom_m,
        layer.permittivity,
        layer.loss_tangent,
        layer.block_m,
        layer.hydration_frac,
        layer.composition,
    )
