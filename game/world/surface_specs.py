"""Numbers that say what lies on the ground and below it: rocks, soils, layers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RockTraits:
    """What one class of rocks is like.

    Attributes
    ----------
    name : str
        Name of the `RockClass` member, lower case.
    title : str
        Words for people.
    composition : str
        Row of the soil composition table.
    hydration_frac : float
        Water bound in minerals, by mass. [-]
    dust_frac : float
        Share of the surface under dust. [-]
    """

    name: str
    title: str
    composition: str
    hydration_frac: float
    dust_frac: float


@dataclass(frozen=True, slots=True)
class RockSpec:
    """Rocks as objects.

    Attributes
    ----------
    smallest_m, largest_m : float
        Diameters that are drawn. [m]
    large_m : float
        Rocks from here on are kept apart, for wide views. [m]
    cell_m : float
        Side of the squares in which they are drawn. [m]
    q_1_m, q_k_1_m : float
        Exponent q = q_1_m + q_k_1_m / k of the size law. [1/m]
    height_low, height_high : float
        Height over diameter. [-]
    patch_spacing_m, patch_sigma : float
        Lattice and strength of the abundance's wandering (lognormal). [m, -]
    fresh_gain, ridge_gain, sand_gain : float
        Abundance on young ejecta and on ridges, relative; what a full sand sheet takes away. [-]
    sand_mean : float
        Mean sand share of the plain, where sand changes nothing. [-]
    most : float
        Highest abundance, relative to the site. [-]
    field_level : int
        Ground level whose fields decide. [-]
    platy_height, platy_tone : float
        Rocks flatter than this (height over diameter) and at least so bright are platy. [-]
    coated_frac : float
        Share of the other rocks under a coat of dust and rind. [-]
    classes : tuple of RockTraits
        What each class is like.
    """

    smallest_m: float
    largest_m: float
    large_m: float
    cell_m: float
    q_1_m: float
    q_k_1_m: float
    height_low: float
    height_high: float
    patch_spacing_m: float
    patch_sigma: float
    fresh_gain: float
    ridge_gain: float
    sand_gain: float
    sand_mean: float
    most: float
    field_level: int
    platy_height: float
    platy_tone: float
    coated_frac: float
    classes: tuple[RockTraits, ...]


@dataclass(frozen=True, slots=True)
class SoilSpec:
    """Where which soil lies: limits on the cover field (standard deviations) and other fields."""

    bedrock_below: float
    duricrust_below: float
    crusty_below: float
    compact_below: float
    drift_above: float
    ridge_above: float
    fresh_above: float


@dataclass(frozen=True, slots=True)
class PaintSoilSpec:
    """What a level's paint makes of one soil class.

    Attributes
    ----------
    name : str
        Name of the `Soil` member, lower case.
    cover_low, cover_high : float
        Loose sand under it, within the limits of `SoilSpec`. [-]
    ripples : float
        How far ripples have grown at least; below 0 they do not run on over it. [-]
    """

    name: str
    cover_low: float
    cover_high: float
    ripples: float

    def __post_init__(self) -> None:
        if self.cover_low > self.cover_high:
            raise ValueError("cover_low is above cover_high")
        if self.ripples > 1.0:
            raise ValueError("ripples is 1 at most")


@dataclass(frozen=True, slots=True)
class PaintSpec:
    """How painted soil shows in the ground.

    Attributes
    ----------
    blend_m : float
        Width of the soft edge, half of it on either side. [m]
    texture : float
        Natural cover from minus to plus this spans the cover of a painted soil. [-]
    crest, fresh : float
        Crest mark on painted crests, young ejecta where these are painted. [-]
    soils : tuple of PaintSoilSpec
        Every soil class once.
    """

    blend_m: float
    texture: float
    crest: float
    fresh: float
    soils: tuple[PaintSoilSpec, ...]

    def __post_init__(self) -> None:
        if self.blend_m <= 0.0:
            raise ValueError("blend_m must be above 0")


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer below the ground; see `Stratum`. `missing_under` names soil classes."""

    name: str
    title: str
    bottom_m: float
    permittivity: float
    loss_tangent: float
    block_m: float
    hydration_frac: float
    composition: str
    missing_under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrataSpec:
    """Layers from the surface down, and how their depths wander (share, lattices, mix)."""

    wander_frac: float
    wander_spacing_m: tuple[float, ...]
    wander_weight: tuple[float, ...]
    layers: tuple[LayerSpec, ...]


@dataclass(frozen=True, slots=True)
class SoilTraits:
    """What one soil class is like.

    Attributes
    ----------
    name : str
        Name of the `Soil` member, lower case.
    title : str
        Words for people.
    mobility : str
        Row of the wheel-soil table.
    thermal_inertia : float
        Square root of conductivity, density and heat capacity. [J/(m2 K s^0.5)]
    albedo : float
        Share of sunlight sent back. [-]
    dust_frac : float
        Share of the surface under settled dust. [-]
    composition : str
        Row of the soil composition table.
    """

    name: str
    title: str
    mobility: str
    thermal_inertia: float
    albedo: float
    dust_frac: float
    composition: str
