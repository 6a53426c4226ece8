"""Numbers that shape the ground: noise, sand cover, craters, ridges, far landforms."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class ReliefSpec:
    """Self-affine noise.

    Attributes
    ----------
    plane_half_wave_m : float
        The regional plane rises and falls in arcs of this length. [m]
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
    hurst_bias : float
        The exponent measured over 1 to 100 m is this much above that of the octaves. [-]
    wander : tuple of float
        Mix of the fine octaves along the axes that bends outlines, coarse to fine. [-]
    damped_below_m : float
        Octaves finer than this are damped where sand lies. [m]
    bare_gain_frac, sand_gain_frac : float
        What is left of them on bare crust and on a sand sheet. [-]
    cells_per_spacing : float
        Octaves whose spacing is under this many cells are left to finer levels. [-]
    """

    plane_half_wave_m: float
    knot_m: float
    coarse_spacing_m: tuple[float, ...]
    fine_spacing_m: tuple[float, ...]
    turned_spacing_m: tuple[float, ...]
    coarse_ratio: float
    hurst_bias: float
    wander: tuple[float, ...]
    damped_below_m: float
    bare_gain_frac: float
    sand_gain_frac: float
    cells_per_spacing: float

    def __post_init__(self) -> None:
        """Refuse octaves out of order: a fine one laid over far ground has cells without end."""
        fine = self.fine_spacing_m
        if not fine or fine[0] < 8.0 or any(a <= b for a, b in pairwise(fine)):
            raise ValueError(
                "fine_spacing_m must begin at 8 m or more and fall from one to the next"
            )


@dataclass(frozen=True, slots=True)
class CoverSpec:
    """How much loose sand lies where, as a field of unit variance.

    Attributes
    ----------
    spacing_m : tuple of float
        Lattice points of the octaves, at unrelated lengths. [m]
    weight : tuple of float
        Share of each octave before normalising. [-]
    swept : float
        Cover left where the landing engines blew. [-]
    """

    spacing_m: tuple[float, ...]
    weight: tuple[float, ...]
    swept: float

    def __post_init__(self) -> None:
        if len(self.spacing_m) != len(self.weight):
            raise ValueError("spacing_m and weight need equally many numbers")


@dataclass(frozen=True, slots=True)
class CraterSpec:
    """Population and shape of craters.

    Attributes
    ----------
    family_edge_m : tuple of float
        Diameters from the smallest to the largest; each pair bounds a family. [m]
    family_cell_m : tuple of float
        Side of the squares in which each family is drawn. [m]
    cluster_frac : float
        Share of the craters of the first family that lie in clusters. [-]
    cluster_length_m, cluster_width_m : float
        Standard deviations of a cluster along and across. [m]
    clusters_per_cell : int
        Clusters in each square of the first family. [-]
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
    wall_cone : float
        Share of a cone in the bowl, which keeps fresh walls under the angle of repose. [-]
    trap_ratio : float
        Depth over diameter from which a crater catches all the sand it can. [-]
    trap_m, basin_m : float
        Radii from which a floor traps ripples, and large ridges. [m]
    floor_inner, floor_edge : float
        Radii between which the sand-filled floor ends. [-]
    blocks_from, blocks_full : float
        Radii between which the blocks of young ejecta begin. [-]
    broad_m : float
        Radius from which a crater is computed on a coarse grid and has no wobble. [m]
    cells_across : float
        Craters under this many cells are left to finer levels. [-]
    """

    family_edge_m: tuple[float, ...]
    family_cell_m: tuple[float, ...]
    cluster_frac: float
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
    wall_cone: float
    trap_ratio: float
    trap_m: float
    basin_m: float
    floor_inner: float
    floor_edge: float
    blocks_from: float
    blocks_full: float
    broad_m: float
    cells_across: float

    def __post_init__(self) -> None:
        edges = self.family_edge_m
        if list(edges) != sorted(set(edges)) or len(edges) != len(self.family_cell_m) + 1:
            raise ValueError("family_edge_m must rise, with one number more than family_cell_m has")


@dataclass(frozen=True, slots=True)
class RidgeSpec:
    """One family of wind-made ridges.

    Attributes
    ----------
    area_ratio : float
        Share of the plain under them, over the site's ridge_frac. [-]
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

    area_ratio: float
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
class FarSpec:
    """Cones, mesas and troughs: on the horizon, never near the lander.

    Attributes
    ----------
    cell_m : float
        Side of the squares in which they are drawn. [m]
    cones_1_km2, mesas_1_km2 : float
        How many there are. [1/km2]
    clear_m : float
        None begins nearer to the lander than this. [m]
    cone_low_m, cone_high_m, cone_base_low_m, cone_base_high_m : float
        Heights and base diameters of cones. [m]
    pit_radius, pit_depth : float
        Summit pit over base radius and over height. [-]
    mesa_low_m, mesa_high_m, mesa_base_low_m, mesa_base_high_m : float
        Heights and base diameters of mesas. [m]
    mesa_edge : float
        Share of a mesa's radius that is its slope. [-]
    trough_spacing_m : tuple of float
        Octaves of the fields that shape all of them. [m]
    trough_weight, gap_weight, ragged_weight : tuple of float
        Their mixes: network of troughs, gaps in it, ragged feet of cones and mesas. [-]
    trough_depth_m, trough_width : float
        Depth, and half width in standard deviations of the network. [m, -]
    """

    cell_m: float
    cones_1_km2: float
    mesas_1_km2: float
    clear_m: float
    cone_low_m: float
    cone_high_m: float
    cone_base_low_m: float
    cone_base_high_m: float
    pit_radius: float
    pit_depth: float
    mesa_low_m: float
    mesa_high_m: float
    mesa_base_low_m: float
    mesa_base_high_m: float
    mesa_edge: float
    trough_spacing_m: tuple[float, ...]
    trough_weight: tuple[float, ...]
    gap_weight: tuple[float, ...]
    ragged_weight: tuple[float, ...]
    trough_depth_m: float
    trough_width: float


@dataclass(frozen=True, slots=True)
class DuneSpec:
    """Shape shared by the dunes a site names.

    Attributes
    ----------
    horn_ratio : float
        How far the horns reach down the wind, over half the length. [-]
    rise_frac : float
        Share of the width on the windward side. [-]
    """

    horn_ratio: float
    rise_frac: float
