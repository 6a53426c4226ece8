"""From a product that has come home to findings: which signs it shows or rules out.

Use: `findings_of(spec, seed, product)` for each `ProductHome`; keep them all in the State, in
order, and ask `evidence.odds` per unit.
"""

from collections.abc import Mapping

from game.rover.archive import told_place
from game.rover.records import OXIDES, FilterRecord, InfraredSample, PictureRecord, SoilSample
from game.rover.soundings import FieldSample, RadarProfile
from game.rover.storage import Product
from game.science.evidence import Finding
from game.science.magnetism import WEAK, stop_of
from game.science.samples import ReadingSpec, ScienceSpec, ahead_of, cell_of, signs_at
from game.science.underground import FINING, WEDGES

_SALTS = OXIDES.index("SO3")
_WATER = OXIDES.index("H2O")
_SILICA = OXIDES.index("SiO2")
Seen = Mapping[str, tuple[bool, float]]


def findings_of(spec: ScienceSpec, seed: int, product: Product) -> tuple[Finding, ...]:
    """Return a finding for each sign that this product could have shown.

    It is booked for the ground on which the rover believed to be.
    """
    place_m = ahead_of(*told_place(product), product.azimuth_rad, product.range_m)
    unit, spot = cell_of(*place_m, spec.ground.unit_m), cell_of(*place_m, spec.ground.spot_m)
    seen = _seen(spec, seed, product)
    return tuple(
        Finding(sign.name, *seen[sign.name], unit, spot, product.sol)
        for sign in spec.evidence.sign
        if sign.name in seen and seen[sign.name][1] > 0.0
    )


def place_of(product: Product) -> tuple[float, float]:
    """Return the spot that a product tells about, east and north of the lander [m]."""
    return ahead_of(product.x_m, product.y_m, product.azimuth_rad, product.range_m)


def soil_signs(spec: ReadingSpec, sample: SoilSample) -> frozenset[str]:
    """Return the signs that laser and infrared readings show, by the limits of the rules."""
    checks = {
        **band_signs(spec, sample),
        "salts": sample.oxides_wt[_SALTS] > spec.salts_wt,
        "hydrogen": sample.oxides_wt[_WATER] > spec.hydrogen_wt,
        "basalt_only": sample.oxides_wt[_SILICA] < spec.basalt_most_wt,
    }
    return frozenset(name for name, is_seen in checks.items() if is_seen)


def band_signs(spec: ReadingSpec, sample: SoilSample | InfraredSample) -> dict[str, bool]:
    """Say which bands of the infrared are there."""
    limit = spec.band_sigmas * sample.depth_sigma
    return {
        "hydration_band": sample.hydration_depth > limit,
        "silica_band": sample.silica_depth > limit,
    }


def filter_signs(spec: ScienceSpec, record: FilterRecord) -> dict[str, tuple[bool, float]]:
    """Say which bands the filters show, and how well each could be seen.

    A band that the error would hide decides nothing: its weight is zero.
    """
    limit = spec.reading.band_sigmas * record.index_sigma
    clear = 1.0 - record.dust_frac
    return {
        name: (depth > limit, clear if usual * clear > limit else 0.0)
        for name, depth, usual in (
            ("water_edge", record.water_drop, spec.ground.water_drop),
            ("ferric_band", record.ferric_depth, spec.ground.ferric_depth),
        )
    }


def radar_signs(spec: ReadingSpec, record: RadarProfile) -> dict[str, tuple[bool, float]]:
    """Say what a profile shows of the past, and how well a way of its length could show it."""
    stones = dict(record.stones)
    depths = sorted(depth for depth in stones if 10.0 <= depth <= 30.0)
    is_sorted = len(depths) > 1 and stones[depths[-1]] > spec.coarser_ratio * stones[depths[0]]
    share = min(1.0, record.way_m / spec.wedge_way_m)
    has_wedge = record.wedges_count > 0
    return {
        FINING: (is_sorted, 1.0 if len(depths) > 1 else 0.0),
        WEDGES: (has_wedge, 1.0 if has_wedge else share),
    }


def field_signs(spec: ReadingSpec, record: FieldSample) -> dict[str, tuple[bool, float]]:
    """Say whether the ground is weakly magnetic; nothing while the rover's own field is in it."""
    stop = stop_of(record.east_nt, record.north_nt, record.sigma_nt)
    is_known = stop.sigma_nt <= spec.field_sigma_nt
    return {WEAK: (stop.level_nt < spec.weak_most_nt, 1.0 if is_known else 0.0)}


def _seen(spec: ScienceSpec, seed: int, product: Product) -> Seen:
    """Return the signs a product could show: whether each is there, and the weight of the look."""
    rules, quality = spec.reading, product.quality
    match product.record:
        case SoilSample() as sample:
            found = soil_signs(rules, sample)
            return {name: (name in found, quality) for name in _signs_of(spec, "soil")}
        case InfraredSample() as sample:
            bands = band_signs(rules, sample)
            return {name: (is_there, quality) for name, is_there in bands.items()}
        case PictureRecord():
            if quality < rules.picture_quality:
                return {}
            there = signs_at(spec, seed, *place_of(product))
            return {name: (name in there, quality) for name in _signs_of(spec, "picture")}
        case FilterRecord() as filters:
            return filter_signs(spec, filters) if quality > 0.0 else {}
        case RadarProfile() as profile:
            return radar_signs(rules, profile)
        case FieldSample() as stop:
            return field_signs(rules, stop)
    return {}


def _signs_of(spec: ScienceSpec, instrument: str) -> tuple[str, ...]:
    return tuple(sign.name for sign in spec.evidence.sign if sign.instrument == instrument)
