"""The numbers behind the look, read once from `game/data/look.toml`."""

import pkgutil
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from game.config import parse

Rgb = tuple[float, float, float]
Row = tuple[float, ...]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RampLook:
    """Linear colours of the ground by albedo, and what redness does to them."""

    colours: tuple[Rgb, ...]
    grey: Rgb
    warm: Rgb


@dataclass(frozen=True, slots=True)
class LampLook:
    """The headlight: colour, exposure, reach [m], opening (half width per metre), offset [m]."""

    colour: Rgb
    exposure: float
    reach_m: float
    opening: float
    offset_m: float


@dataclass(frozen=True, slots=True)
class LightLook:
    """How light is shown: rows of knots over the Sun's elevation, optical depth and level."""

    elevation_deg: Row
    median_luma: Row
    slope_gain: Row
    direct_gain: Row
    saturation: Row
    night: Row
    twilight: Row
    night_sky: Rgb
    dusk_sky: Rgb
    dusk_glow: Rgb
    dawn_glow: Rgb
    dusk_glow_frac: float
    dawn_glow_frac: float
    tau: Row
    storm: Row
    storm_luma: float
    storm_haze: float
    storm_haze_rgb: Rgb
    clear_haze: float
    clear_haze_rgb: Rgb
    storm_saturation: float
    level: Row
    level_gain: Row
    level_sky: Row
    level_saturation: Row
    reference_albedo: float
    reference_redness: float
    shadow_soft: float
    sky_side: float
    lamp: LampLook

    def __post_init__(self) -> None:
        """Refuse rows that do not fit their knots."""
        rows = (
            ("elevation_deg", "median_luma slope_gain direct_gain saturation night twilight"),
            ("tau", "storm"),
            ("level", "level_gain level_sky level_saturation"),
        )
        for knots, names in rows:
            for name in names.split():
                if len(getattr(self, name)) != len(getattr(self, knots)):
                    raise ValueError(f"{name} needs one value for each of {knots}")


@dataclass(frozen=True, slots=True)
class SoilLook:
    """Tone and small relief of the soil itself."""

    albedo: float
    redness: float
    cover_albedo: float
    cover_redness: float
    film_spacing_m: Row
    film_weight: Row
    film_albedo: float
    film_redness: float
    lump_spacing_m: float
    lump_albedo: float
    grain_cells: Row
    grain_albedo: Row
    grain_sand_loss: Row
    grain_redness: float
    clod_spacing_m: Row
    clod_above: Row
    clod_height_m: Row
    ridge_albedo: float
    ridge_trough: float
    ridge_redness: float
    fresh_albedo: float
    fresh_redness: float
    fresh_relief: float


@dataclass(frozen=True, slots=True)
class CrustLook:
    """Plates of duricrust and their cracks."""

    finest_cover: Span
    side_m: float
    broken_side_m: float
    broken_share: float
    warp_m: float
    crack_m: Span
    rise_m: float
    rise_spread_m: float
    broken_spread_m: float
    sunk_m: float
    tone: float
    tone_spread: float
    edge_tone: float
    redness_spread: float
    crack_dark: float
    crack_filled: float
    coarsest_cell_m: float


@dataclass(frozen=True, slots=True)
class RipplesLook:
    """Small ripples on sand."""

    spacing_m: float
    height_m: float
    rise_frac: float
    warp_m: Row
    crest_albedo: float
    coarsest_cell_m: float


@dataclass(frozen=True, slots=True)
class WindLook:
    """The streaky texture that wind leaves."""

    smear_albedo: float
    smear_keep: float


@dataclass(frozen=True, slots=True)
class PebblesLook:
    """Stones of a few centimetres, scattered in clusters."""

    side_m: float
    smallest_m: float
    largest_m: float
    power: float
    share: float
    height_frac: float
    darker: float
    greyer: float
    coarsest_cell_m: float


@dataclass(frozen=True, slots=True)
class StonesLook:
    """Rocks: faceted stamps, tails, moats, dots when far away."""

    sides: int
    tops: int
    smallest_stamp_cells: float
    smallest_cells: float
    sunk_frac: float
    tone: Span
    redness: Span
    dust: float
    dust_albedo: float
    rough: float
    tail_from_m: float
    tail_share: float
    tail_radii: Span
    tail_height: float
    tail_albedo: float
    tail_redness: float
    moat_height: float
    moat_albedo: float
    dot_darker: float
    dot_greyer: float


@dataclass(frozen=True, slots=True)
class ScarsLook:
    """What craters, wind and dust devils do to the colour."""

    smallest_m: float
    rim_albedo: float
    wall_albedo: float
    floor_dark: float
    floor_bright: float
    floor_redness: float
    dark_share: float
    ray_albedo: float
    ray_redness: float
    streak_age: float
    streak_radii: Span
    streak_bright: float
    streak_dark: float
    devil_side_m: float
    devil_share: float
    devil_length_m: Span
    devil_width_m: Span
    devil_albedo: Span


@dataclass(frozen=True, slots=True)
class HollowsLook:
    """How much sky a hollow sees, and the broad relief of far views."""

    near_cells: int
    far_cells: int
    near_gain: float
    far_gain: float
    floor: float
    into_albedo: float
    relief_near_cells: int
    relief_far_cells: int
    relief_level: Row
    relief_near: Row
    relief_far: Row


@dataclass(frozen=True, slots=True)
class TracksLook:
    """Wheel tracks: bands, berms, grouser lines and the mark of the tread."""

    gauge_m: float
    half_width_m: float
    depth_m: Span
    berm: float
    grouser_m: float
    grouser: float
    stamp_m: float
    stamp: float
    albedo: float
    redness: float


@dataclass(frozen=True, slots=True)
class CameraLook:
    """The first-person picture: detail, air, and the flaws of a real lens."""

    eye_m: float
    columns_per_pixel: float
    distances: int
    nearest_m: float
    farthest_m: float
    cell_rad: float
    far_cell_rad: float
    far_from_m: Span
    crumb_m: Span
    crumb: Span
    crumb_to_m: float
    finest_level: int
    coarsest_level: int
    rows_per_pixel: int
    slope_gain: float
    stone_pixels: float
    farthest_stone_m: float
    dust_height_m: float
    surge: float
    surge_deg: float
    sky_power: float
    sky_pivot: float
    sky_most: float
    sky_tint: Rgb
    sky_least: float
    sky_saturation: float
    vignette: float
    sun_radius_deg: float
    shade_parts: tuple[tuple[float, float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class LookSpec:
    """Everything in look.toml."""

    ramp: RampLook
    light: LightLook
    soil: SoilLook
    crust: CrustLook
    ripples: RipplesLook
    wind: WindLook
    pebbles: PebblesLook
    stones: StonesLook
    scars: ScarsLook
    hollows: HollowsLook
    tracks: TracksLook
    camera: CameraLook


@lru_cache(maxsize=1)
def look() -> LookSpec:
    """Return the look of the game.

    Raises
    ------
    ConfigError
        One line a problem of the file.
    """
    data = pkgutil.get_data("game", "data/look.toml")
    table = tomllib.loads((data or b"").decode("utf-8"))
    table.pop("schema", None)
    return parse(table, LookSpec, "look.toml")
