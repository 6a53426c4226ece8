"""What the ground truly is, spot by spot, and what that means for the laser.

Use: `target_at(spec, seed, spot_m, composition, dust_frac)` builds the `Target` for
`measuring.measure`; `dust_target(spec.ground)` the dust upon it; `ahead_of(spec.ground, x, y,
heading)` the spot in front of the rover. `composition` is a name of `data/science.toml`.
The records of samples themselves are in `game.rover.records`.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from game.rng import Stream, uniform
from game.rover.records import OXIDES, Target
from game.science.evidence import EvidenceSpec

_WATER = OXIDES.index("H2O")
_HISTORY_INDEX = 1_000  # numbers of the random draws, apart from those of the instruments
_GROUP_INDEX = 1_100
_SIGN_INDEX = 1_200
_SHARED_INDEX = 1_300
_ROW = 1 << 24  # cells are named by one number: column times this, plus row


@dataclass(frozen=True, slots=True)
class MaterialSpec:
    """One kind of ground: oxides in weight percent in the order of `OXIDES`, and its bands."""

    name: str
    oxides_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float

    def __post_init__(self) -> None:
        if len(self.oxides_wt) != len(OXIDES) or min(self.oxides_wt) < 0.0:
            raise ValueError(f"{self.name}: oxides_wt needs {len(OXIDES)} numbers from zero up")


@dataclass(frozen=True, slots=True)
class GroundSpec:
    """How water histories are spread over the land and how their signs look.

    One history holds for a square of `unit_m`; signs differ from spot to spot of `spot_m` unless
    the unit shares them (`shared_frac`). `salts` and `altered` name the materials that signs mix
    in by `mixed_frac`.
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
    ahead_m: float
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
    """Which readings count as a sign."""

    band_sigmas: float
    salts_wt: float
    hydrogen_wt: float
    basalt_most_wt: float
    picture_quality: float


@dataclass(frozen=True, slots=True)
class ScienceSpec:
    """Everything of `data/science.toml`."""

    ground: GroundSpec
    reading: ReadingSpec
    evidence: EvidenceSpec


Cell = tuple[int, int]


def ahead_of(ground: GroundSpec, x_m: float, y_m: float, azimuth_rad: float) -> tuple[float, float]:
    """Return the point of the ground that is looked at, east and north of the lander [m]."""
    return (
        x_m + ground.ahead_m * math.sin(azimuth_rad),
        y_m + ground.ahead_m * math.cos(azimuth_rad),
    )


def cell_of(x_m: float, y_m: float, size_m: float) -> Cell:
    """Return the square of this size that holds a point."""
    return math.floor(x_m / size_m), math.floor(y_m / size_m)


def history_at(spec: ScienceSpec, seed: int, unit: Cell) -> int:
    """Return the true water history of a unit, as a place in `evidence.history`."""
    draw = uniform(seed, Stream.SCIENCE, _name(unit), _HISTORY_INDEX)
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
    the whole unit and correlated group, so that neighbours repeat each other, as ground does.
    """
    ground = spec.ground
    unit, spot = cell_of(x_m, y_m, ground.unit_m), cell_of(x_m, y_m, ground.spot_m)
    history = history_at(spec, seed, unit)
    groups = tuple(dict.fromkeys(one.group for one in spec.evidence.sign))
    there: set[str] = set()
    for at, sign in enumerate(spec.evidence.sign):
        draw = uniform(seed, Stream.SCIENCE, _name(spot), _SIGN_INDEX + at)
        if uniform(seed, Stream.SCIENCE, _name(spot), _SHARED_INDEX + at) < ground.shared_frac:
            group = groups.index(sign.group)
            draw = uniform(seed, Stream.SCIENCE, _name(unit), _GROUP_INDEX + group)
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
    )


@lru_cache(maxsize=8)
def dust_target(ground: GroundSpec) -> Target:
    """Return the dust that lies on everything."""
    dust = material_of(ground, ground.dust)
    return Target(dust.name, dust.oxides_wt, dust.hydration_depth, dust.silica_depth, 1.0)


def _dry_wt(spec: ScienceSpec, base: MaterialSpec) -> float:
    """Water of ground without the sign: never above what dust holds."""
    return min(base.oxides_wt[_WATER], material_of(spec.ground, spec.ground.dust).oxides_wt[_WATER])


def _blend(base: tuple[float, ...], other: tuple[float, ...], frac: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * frac for a, b in zip(base, other, strict=True))


def _name(cell: Cell) -> int:
    return cell[0] * _ROW + cell[1]
