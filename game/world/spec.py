"""What the ground is made of, in numbers: read from data/terrain.toml, hashable, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.config import nearest, parse
from game.errors import ConfigError
from game.rng import check_seed
from game.world.overlays import Overlay


@dataclass(frozen=True, slots=True)
class ReliefSpec:
    """Self-affine noise.

    Attributes
    ----------
    knot_m : float
        Distance of the knots that carry the coarse octaves. [m]
    coarse_spacing_m : tuple of float
        Gradient points of the coarse octaves, multiples of knot_m. [m]
    fine_spacing_m : tuple of float
        Lattice points of the fine octaves, coarse to fine. [m]
    turned_spacing_m : tuple of float
        Those of the fine octaves whose lattices lie along the diagonals. [m]
    coarse_ratio : float
        A coarse octave looks like a fine one whose spacing is this much shorter. [-]
    wander : tuple of float
        Mix of the fine octaves along the axes that bends outlines, coarse to fine. [-]
    damped_below_m : float
        Octaves finer than this are damped where sand lies. [m]
    bare_gain_frac, sand_gain_frac : float
        What is left of them on bare crust and on a sand sheet. [-]
    cells_per_spacing : float
        Octaves whose spacing is under this many cells are left to finer levels. [-]
    """

    knot_m: float
    coarse_spacing_m: tuple[float, ...]
    fine_spacing_m: tuple[float, ...]
    turned_spacing_m: tuple[float, ...]
    coarse_ratio: float
    wander: tuple[float, ...]
    damped_below_m: float
    bare_gain_frac: float
    sand_gain_frac: float
    cells_per_spacing: float


@dataclass(frozen=True, slots=True)
class CoverSpec:
    """How much loose sand lies where, as a field of unit variance.

    Attributes
    ----------
    spacing_m : tuple of float
        Lattice points of the octaves, at unrelated lengths. [m]
    weight : tuple of float
        Share of each octave before normalising. [-]
    low_m : float
        Hollows gather sand: this depth below the surroundings adds 1. [m]
    """

    spacing_m: tuple[float, ...]
    weight: tuple[float, ...]
    low_m: float

    def __post_init__(self) -> None:
        if len(self.spacing_m) != len(self.weight):
            raise ValueError("spacing_m and weight need equally many numbers")


@dataclass(frozen=True, slots=True)
class CraterSpec:
    """Population and shape of craters.

    Attributes
    ----------
    smallest_m, middle_m, largest_m : float
        Diameters: craters are smallest to largest; two families part at the middle. [m]
    small_cell_m, large_cell_m : float
        Sides of the squares in which the two families are drawn. [m]
    cluster_frac : float
        Share of craters under cluster_below_m that lie in clusters. [-]
    cluster_below_m, cluster_length_m, cluster_width_m : float
        Size limit of secondaries; standard deviations of a cluster along and across. [m]
    clusters_per_cell : int
        Clusters in each square of the small family. [-]
    ghost_depth_ratio, fresh_depth_ratio : float
        Depth over diameter of the oldest, and what the youngest has more. [-]
    rim_ratio, rim_reference : float
        Rim height over diameter of a crater as deep as the reference ratio. [-]
    worn_m, worn_power, worn_floor : float
        Depth is scaled by (D / worn_m)**worn_power, at least worn_floor. [m, -, -]
    lobe2, lobe3 : float
        Share of the radius in the second and third harmonic of the outline. [-]
    fill_fresh, fill_old : float
        Sand fill over depth at birth, and what age adds. [-]
    fill_tilt : float
        Tilt of the fill down the wind, over depth. [-]
    soft_floor, soft_rim, soft_rim_ratio : float
        Widths of the blends at floor and rim, over depth, rim height and diameter. [-]
    wobble_m, wobble_ratio : float
        Wandering of the outline: metres, and at most this share of the radius. [m, -]
    reach_fresh, reach_old : float
        Radii out to which ejecta change the ground. [-]
    fresh_below : float
        Craters younger than this age have rocky ejecta. [-]
    floor_inner, floor_edge : float
        Radii between which the sand-filled floor ends. [-]
    blocks_from, blocks_full : float
        Radii between which the blocks of young ejecta begin. [-]
    cells_across : float
        Craters under this many cells are left to finer levels. [-]
    """

    smallest_m: float
    middle_m: float
    largest_m: float
    small_cell_m: float
    large_cell_m: float
    cluster_frac: float
    cluster_below_m: float
    cluster_length_m: float
    cluster_width_m: float
    clusters_per_cell: int
    ghost_depth_ratio: float
    fresh_depth_ratio: float
    rim_ratio: float
    rim_reference: float
    worn_m: float
    worn_power: float
    worn_floor: float
    lobe2: float
    lobe3: float
    fill_fresh: float
    fill_old: float
    fill_tilt: float
    soft_floor: float
    soft_rim: float
    soft_rim_ratio: float
    wobble_m: float
    wobble_ratio: float
    reach_fresh: float
    reach_old: float
    fresh_below: float
    floor_inner: float
    floor_edge: float
    blocks_from: float
    blocks_full: float
    cells_across: float


@dataclass(frozen=True, slots=True)
class RidgeSpec:
    """One family of wind-made ridges.

    Attributes
    ----------
    wavelength_m, height_m : float
        Crest to crest, and crest over trough at full growth. [m]
    crest_turn_deg : float
        Crests against the site's main crest direction, clockwise. [deg]
    rise_frac : float
        Share of a wavelength on the windward side. [-]
    sharpness : float
        0 a roof, 1 a cusp of two parabolas. [-]
    warp_spacing_m, warp_m : tuple of float
        Lattice spacings and strengths of the bending of crests. [m]
    cut_spacing_m : float
        Lattice spacing of the noise that cuts crests into crescents. [m]
    cut_depth : float
        Strength of the cutting, in standard deviations. [-]
    horn_m : float
        How far the low ends of crests lie down the wind. [m]
    mask_weight : tuple of float
        Octaves of the cover field, mixed with other signs, that say where they lie. [-]
    hollow_weight, cover_weight : float
        What a crater floor, and a unit of sand cover, add to that field. [-]
    edge : float
        Width of the border of a ridge field, in standard deviations. [-]
    """

    wavelength_m: float
    height_m: float
    crest_turn_deg: float
    rise_frac: float
    sharpness: float
    warp_spacing_m: tuple[float, ...]
    warp_m: tuple[float, ...]
    cut_spacing_m: float
    cut_depth: float
    horn_m: float
    mask_weight: tuple[float, ...]
    hollow_weight: float
    cover_weight: float
    edge: float


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
        Abundance on young ejecta, on ridges and on sand sheets, relative. [-]
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
class Recipe:
    """Everything that is the same on every site."""

    relief: ReliefSpec
    cover: CoverSpec
    crater: CraterSpec
    ridge: RidgeSpec
    ripple: RidgeSpec
    megaripple: RidgeSpec
    rock: RockSpec
    soil: SoilSpec


@dataclass(frozen=True, slots=True)
class LandmarkCrater:
    """A crater everybody knows to be there; as `CraterOverlay`."""

    x_m: float
    y_m: float
    diameter_m: float
    depth_ratio: float
    age_frac: float


@dataclass(frozen=True, slots=True)
class SiteGround:
    """One landing region.

    Attributes
    ----------
    title : str
        Words for people.
    plane_slope_deg, descent_azimuth_deg : float
        Regional plane: how steep, and the direction that goes down, from north. [deg]
    hurst, rms_slope_10m_deg : float
        Self-affine exponent, and slope at 10 m baseline. [-, deg]
    craters_200m_1_km2 : float
        Craters of 200 m and more per square kilometre. [1/km2]
    crater_power_small, crater_power_middle, crater_power_large : float
        Exponents of the size law below 200 m, to 1 km, and above. [-]
    rock_frac : float
        Area under rocks. [-]
    crest_azimuth_deg : float
        Direction in which ridge crests run, from north. [deg]
    wind_to_deg : float
        Direction the sand-moving wind blows to, from north. [deg]
    ridge_frac : float
        Area under large ridges on the plain. [-]
    sand_shift : float
        Added to the sand cover, in standard deviations. [-]
    landmarks : tuple of LandmarkCrater
        Craters known by position.
    """

    title: str
    plane_slope_deg: float
    descent_azimuth_deg: float
    hurst: float
    rms_slope_10m_deg: float
    craters_200m_1_km2: float
    crater_power_small: float
    crater_power_middle: float
    crater_power_large: float
    rock_frac: float
    crest_azimuth_deg: float
    wind_to_deg: float
    ridge_frac: float
    sand_shift: float
    landmarks: tuple[LandmarkCrater, ...] = ()


@dataclass(frozen=True, slots=True)
class TerrainSpec:
    """The whole description of a world's ground: same spec, same ground.

    Attributes
    ----------
    seed : int
        Any whole number of 64 bits. [-]
    site : SiteGround
        The landing region.
    recipe : Recipe
        Numbers shared by all regions.
    overlays : tuple of Overlay
        What a level adds, in order.
    """

    seed: int
    site: SiteGround
    recipe: Recipe
    overlays: tuple[Overlay, ...] = ()

    def __post_init__(self) -> None:
        check_seed(self.seed)


def terrain_spec(
    table: Mapping[str, Any], seed: int, site: str, overlays: tuple[Overlay, ...] = ()
) -> TerrainSpec:
    """Build the description of a world from the table in terrain.toml.

    Raises
    ------
    ConfigError
        If the table is wrong or has no such site.
    """
    sites = table.get("sites", {})
    if site not in sites:
        raise ConfigError(f"terrain.toml: no site {site!r}{nearest(site, sites)}")
    recipe = {key: value for key, value in table.items() if key not in ("sites", "schema")}
    return TerrainSpec(
        seed=seed,
        site=parse(sites[site], SiteGround, f"terrain.toml: sites.{site}"),
        recipe=parse(recipe, Recipe, "terrain.toml"),
        overlays=overlays,
    )
