"""The numbers of look.toml that belong to the ground and to the camera."""

from dataclasses import dataclass

Rgb = tuple[float, float, float]
Row = tuple[float, ...]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SoilLook:
    """Tone and small relief of the soil itself."""

    albedo: float
    redness: float
    site_albedo: float
    site_tone: float
    site_redness: float
    cover_knots: Row
    cover_albedo: Row
    cover_redness: float
    lump_spacing_m: float
    lump_albedo: float
    grain_cells: Row
    grain_albedo: Row
    grain_sand_loss: Row
    grain_redness: float
    calm_cell_m: Row
    calm: Row
    fine_spacing_m: Row
    fine_height: float
    clod_spacing_m: Row
    clod_above: Row
    clod_height_m: Row
    ridge_level: Row
    ridge_albedo: Row
    ridge_trough: float
    ridge_redness: float
    fresh_albedo: float
    fresh_redness: float
    fresh_ragged: float
    fresh_from: Span
    fresh_relief: float


@dataclass(frozen=True, slots=True)
class MantleLook:
    """Patches of bright dust."""

    spacing_m: Row
    number: Row
    weight: Row
    shift: float
    edge: float
    soft: float
    sand_loss: float
    cover_weight: float
    albedo: float
    redness: float


@dataclass(frozen=True, slots=True)
class CrustLook:
    """Plates of duricrust and their cracks."""

    cover: Span
    buried: Span
    buried_keep: float
    flat: float
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
    fresh: float
    rubble: float
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
    lobes: Span
    ragged: float
    toned_m: float
    sheet: Span
    rim_albedo: float
    rim_lift: float
    rim_lift_m: float
    flat_floor: Span
    floor_lift: float
    chutes_from_m: float
    chute_m: float
    chute_lift: float
    chute_albedo: float
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
    relief_fine: Row
    relief_near: Row
    relief_far: Row
    relief_middle: Row
    relief_dust: Row
    relief_lift: Row
    relief_ridge_m: Row


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
    disc: float
    horizon_rise: float
    shade_parts: tuple[tuple[float, float, float, float, float], ...]
