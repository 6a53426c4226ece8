"""What the ground truly is, spot by spot, and what that means for the laser.

Use: `target_at(spec, seed, spot_m, composition, dust_frac)` builds the `Target` for
`measuring.measure`; `dust_target(spec.ground)` the dust upon it; `ahead_of(x, y, azimuth, range)`
the spot that an instrument looked at. `composition` is a name of `data/science.toml`.
The records of samples themselves are in `game.rover.records`.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from game.rng import Stream, uniform
from game.rover.records import FILTERS_NM, OXIDES, Target
from game.science.evidence import EvidenceSpec

_WATER = OXIDES.index("H2O")
_FERRIC = FILTERS_NM.index(900)
_EDGE = FILTERS_NM.index(1000)
_HISTORY_INDEX = 1_000  # numbers of the random draws, apart from those of the instruments
_GROUP_INDEX = 1_100
_SIGN_INDEX = 1_200
_SHARED_INDEX = 1_300
_ROW = 1 << 24  # cells are named by one number: column times this, plus row


@dataclass(frozen=True, slots=True)
class MaterialSpec:
    """One kind of ground: oxides in weight percent in the order of `OXIDES`, and its bands.

    `reflectance_frac` follows `FILTERS_NM`. [-]
    """

    name: str
    oxides_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float
    reflectance_frac: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.reflectance_frac) != len(FILTERS_NM) or min(self.reflectance_frac) <= 0.0:
            raise ValueError(f"{self.name}: reflectance_frac needs {len(FILTERS_NM)} numbers")
        if len(self.oxides_wt) != len(OXIDES) or min(self.oxides_wt) < 0.0:
            raise ValueError(f"{self.name}: oxides_wt needs {len(OXIDES)} numbers from zero up")


@dataclass(frozen=True, slots=True)
class GroundSpec:
    """How water histories are spread over the land and how their signs look.

    One history holds for a square of `unit_m`; signs differ from spot to spot of `spot_m` unless
    the unit shares them (`shared_frac`). `salts` and `altered` name the materials that signs mix
    in by `mixed_frac`. `ferric_depth` and `water_drop` are the bands of the filters at 900 and at
    1000 nm where their signs are there.
    """

    unit_m: float
    spot_m: float
    shared_frac: float
    dust: str
    salts: str
    altered: str
    mixed_frac: float
    hydration_depth: float
    silica_depth: float
    bound_water_wt: float
    ferric_depth: float
    water_drop: float
    material: tuple[MaterialSpec, ...]

    def __post_init__(self) -> None:
        names = {one.name for one in self.material}
        for name in (self.dust, self.salts, self.altered):
            if name not in names:
                raise ValueError(f"there is no material {name!r}")
        if min(self.unit_m, self.spot_m) <= 0.0:
            raise ValueError("unit_m and spot_m must be above zero")


@dataclass(frozen=True, slots=True)
class ReadingSpec:
    """Which readings count as a sign.

    Filters decide nothing while `band_sigmas` of their error hide the band itself; the magnetic
    field is known when its error is below `field_sigma_nt`. A radar way of `wedge_way_m` without
    a wedge says that there are none.
    """

    band_sigmas: float
    salts_wt: float
    hydrogen_wt: float
    basalt_most_wt: float
    picture_quality: float
    coarser_ratio: float
    wedge_way_m: float
    weak_most_nt: float
    field_sigma_nt: float


@dataclass(frozen=True, slots=True)
class MagnetismSpec:
    """Magnetic field of the ground [nT]: level part where it is weak, and what strong ground adds.

    `daily_nt` comes from currents high above; the field dips by up to half of `dip_deg`.
    """

    site_m: float
    weak_nt: float
    strong_nt: float
    daily_nt: float
    dip_deg: float


@dataclass(frozen=True, slots=True)
class UndergroundSpec:
    """Marks of the past below the surface: stones sorted by size, and buried polygons [m].

    `sorted_layer` and `polygon_layer` are layers of `terrain.toml`.
    """

    sorted_layer: str
    fine_m: float
    coarse_m: float
    polygon_layer: str
    polygon_m: float
    polygon_top_m: float
    polygon_bottom_m: float
    polygon_permittivity: float
    wedge_m: float
    wedge_width_m: float


@dataclass(frozen=True, slots=True)
class ScienceSpec:
    """Everything of `data/science.toml`."""

    ground: GroundSpec
    reading: ReadingSpec
    magnetism: MagnetismSpec
    underground: UndergroundSpec
    evidence: EvidenceSpec


Cell = tuple[int, int]


def ahead_of(x_m: float, y_m: float, azimuth_rad: float, range_m: float) -> tuple[float, float]:
    """Return the point of the ground that is looked at, east and north of the lander [m]."""
    return x_m + range_m * math.sin(azimuth_rad), y_m + range_m * math.cos(azimuth_rad)


def cell_of(x_m: float, y_m: float, size_m: float) -> Cell:
    """Return the square of this size that holds a point."""
    return math.floor(x_m / size_m), math.floor(y_m / size_m)


def history_at(spec: ScienceSpec, seed: int, unit: Cell) -> int:
    """Return the true water history of a unit, as a place in `evidence.history`."""
    draw = uniform(seed, Stream.SCIENCE, cell_name(unit), _HISTORY_INDEX)
    for at, one in enumerate(spec.evidence.history):
        draw -= one.prior_frac
        if draw < 0.0:
            return at
    return len(spec.evidence.history) - 1


def signs_at(spec: ScienceSpec, seed: int, x_m: float, y_m: float) -> frozenset[str]:
    """Return the signs that are truly there at a point, by name.

    Notes
    -----
    Each sign is there as often as its likelihood says. For a share of them one draw decides for
    the whole unit and correlated group, so that neighbours repeat each other, as ground does. A
    wide sign is the same all over its unit.
    """
    ground = spec.ground
    unit, spot = cell_of(x_m, y_m, ground.unit_m), cell_of(x_m, y_m, ground.spot_m)
    history = history_at(spec, seed, unit)
    groups = tuple(dict.fromkeys(one.group for one in spec.evidence.sign))
    there: set[str] = set()
    for at, sign in enumerate(spec.evidence.sign):
        place = cell_name(unit if sign.is_wide else spot)
        draw = uniform(seed, Stream.SCIENCE, place, _SIGN_INDEX + at)
        if uniform(seed, Stream.SCIENCE, place, _SHARED_INDEX + at) < ground.shared_frac:
            group = groups.index(sign.group)
            draw = uniform(seed, Stream.SCIENCE, cell_name(unit), _GROUP_INDEX + group)
        if draw < sign.seen_frac[history]:
            there.add(sign.name)
    return frozenset(there)


def material_of(ground: GroundSpec, name: str) -> MaterialSpec:
    """Return the material of this name.

    Raises
    ------
    ValueError
        If the name is not in `data/science.toml`.
    """
    for one in ground.material:
        if one.name == name:
            return one
    raise ValueError(f"there is no material {name!r}")


def target_at(
    spec: ScienceSpec, seed: int, place_m: tuple[float, float], composition: str, dust_frac: float
) -> Target:
    """Return what the laser would hit at a point: the soil there with the signs of its past."""
    ground = spec.ground
    signs = signs_at(spec, seed, *place_m)
    base = material_of(ground, composition)
    oxides_wt = base.oxides_wt
    if "salts" in signs:
        salts_wt = material_of(ground, ground.salts).oxides_wt
        oxides_wt = _blend(oxides_wt, salts_wt, ground.mixed_frac)
    if "basalt_only" not in signs:
        altered_wt = material_of(ground, ground.altered).oxides_wt
        oxides_wt = (
            _blend(oxides_wt, altered_wt, ground.mixed_frac)[0],
            *oxides_wt[1:],
        )
    water_wt = ground.bound_water_wt if "hydrogen" in signs else _dry_wt(spec, base)
    return Target(
        material=composition,
        oxides_wt=(*oxides_wt[:_WATER], water_wt),
        hydration_depth=(
            ground.hydration_depth if "hydration_band" in signs else base.hydration_depth
        ),
        silica_depth=ground.silica_depth if "silica_band" in signs else base.silica_depth,
        dust_frac=dust_frac,
        reflectance_frac=_coloured(ground, base.reflectance_frac, signs),
    )


@lru_cache(maxsize=8)
def dust_target(ground: GroundSpec) -> Target:
    """Return the dust that lies on everything."""
    dust = material_of(ground, ground.dust)
    return Target(
        dust.name,
        dust.oxides_wt,
        dust.hydration_depth,
        dust.silica_depth,
        1.0,
        dust.reflectance_frac,
    )


def _coloured(
    ground: GroundSpec, reflectance_frac: tuple[float, ...], signs: frozenset[str]
) -> tuple[float, ...]:
    """Lay the bands of iron oxides and of water over a spectrum."""
    seen = list(reflectance_frac)
    if "ferric_band" in signs:
        seen[_FERRIC] *= 1.0 - ground.ferric_depth
    if "water_edge" in signs:
        seen[_EDGE] *= 1.0 - ground.water_drop
    return tuple(seen)


def _dry_wt(spec: ScienceSpec, base: MaterialSpec) -> float:
    """Water of ground without the sign: never above what dust holds."""
    return min(base.oxides_wt[_WATER], material_of(spec.ground, spec.ground.dust).oxides_wt[_WATER])


def _blend(base: tuple[float, ...], other: tuple[float, ...], frac: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * frac for a, b in zip(base, other, strict=True))


def cell_name(cell: Cell) -> int:
    """Return one number for a square, for random draws."""
    return cell[0] * _ROW + cell[1]
