"""What the ground is made of, in numbers: read from data/terrain.toml, hashable, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.config import nearest, parse
from game.errors import ConfigError
from game.rng import check_seed, salted
from game.world.landform_specs import (
    CoverSpec,
    CraterSpec,
    DuneSpec,
    FarSpec,
    ReliefSpec,
    RidgeSpec,
)
from game.world.overlays import Overlay, PlaceKind
from game.world.surface_specs import PaintSpec, RockSpec, SoilSpec, SoilTraits, StrataSpec


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that is the same on every site."""

    relief: ReliefSpec
    cover: CoverSpec
    crater: CraterSpec
    far: FarSpec
    dune: DuneSpec
    ridge: RidgeSpec
    ripple: RidgeSpec
    megaripple: RidgeSpec
    rock: RockSpec
    soil: SoilSpec
    paint: PaintSpec
    strata: StrataSpec
    soils: tuple[SoilTraits, ...]


@dataclass(frozen=True, slots=True)
class LandmarkCrater:
    """A crater everybody knows to be there; as `CraterOverlay`."""

    x_m: float
    y_m: float
    diameter_m: float
    depth_ratio: float
    age_frac: float


@dataclass(frozen=True, slots=True)
class LandmarkDune:
    """A crescent dune with a known place: centre, length, width, height [m]; crest azimuth."""

    name: str
    title: str
    x_m: float
    y_m: float
    length_m: float
    width_m: float
    height_m: float
    crest_azimuth_deg: float


@dataclass(frozen=True, slots=True)
class LandmarkRocks:
    """A group of bright platy rocks: centre, spread, number, diameters [m]."""

    name: str
    title: str
    x_m: float
    y_m: float
    radius_m: float
    count: int
    low_m: float
    high_m: float


@dataclass(frozen=True, slots=True)
class LandmarkPlace:
    """A thing on the ground with a known place; see `Place`."""

    name: str
    title: str
    kind: PlaceKind
    x_m: float
    y_m: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class SiteGround:
    """One landing region.

    Attributes
    ----------
    title : str
        Words for people.
    salt : int
        A number of its own, mixed into the seed: regions of one seed share no hill. [-]
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
    far_ratio : float
        Cones, mesas and troughs, relative to southern Utopia. [-]
    albedo : float
        Share of sunlight the region sends back: what it is drawn with. [-]
    halo_m : float
        Radius round the lander that the engines swept clean. [m]
    landmarks : tuple of LandmarkCrater
        Craters known by position.
    dunes, rocks, things : tuple
        Dunes, bright rocks and hardware known by position.
    """

    title: str
    salt: int
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
    far_ratio: float
    albedo: float
    halo_m: float
    landmarks: tuple[LandmarkCrater, ...] = ()
    dunes: tuple[LandmarkDune, ...] = ()
    rocks: tuple[LandmarkRocks, ...] = ()
    things: tuple[LandmarkPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class TerrainSpec:
    """The whole description of a world's ground: same spec, same ground.

    Attributes
    ----------
    seed : int
        Any whole number of 64 bits; that of the run with the salt of the region. [-]
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
        """Refuse ridges that cover all of the ground: a family is a share of it."""
        check_seed(self.seed)
        families = (self.recipe.ridge, self.recipe.megaripple, self.recipe.ripple)
        shares = [self.site.ridge_frac * family.area_ratio for family in families]
        if not all(0.0 < share < 1.0 for share in shares):
            raise ConfigError(
                "terrain.toml: the site's ridge_frac times area_ratio of ridge, megaripple and "
                f"ripple must lie between 0 and 1, not {', '.join(f'{one:g}' for one in shares)}"
            )


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
    ground = parse(sites[site], SiteGround, f"terrain.toml: sites.{site}")
    return TerrainSpec(
        seed=salted(check_seed(seed), ground.salt),
        site=ground,
        recipe=parse(recipe, Recipe, "terrain.toml"),
        overlays=overlays,
    )
