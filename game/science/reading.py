"""From a product that has come home to findings: which signs it shows or rules out.

Use: `findings_of(spec, seed, product)` for each `ProductHome`; keep them all in the State, in
order, and ask `evidence.odds` per unit.
"""

from game.rover.records import OXIDES, PictureRecord, SoilSample
from game.rover.storage import Product
from game.science.evidence import Finding
from game.science.samples import ReadingSpec, ScienceSpec, ahead_of, cell_of, signs_at

_SALTS = OXIDES.index("SO3")
_WATER = OXIDES.index("H2O")
_SILICA = OXIDES.index("SiO2")


def findings_of(spec: ScienceSpec, seed: int, product: Product) -> tuple[Finding, ...]:
    """Return a finding for each sign that this product could have shown."""
    match product.record:
        case SoilSample() as sample:
            seen = soil_signs(spec.reading, sample)
            return _findings(spec, product, "soil", seen)
        case PictureRecord():
            if product.quality < spec.reading.picture_quality:
                return ()
            place_m = ahead_of(spec.ground, product.x_m, product.y_m, product.azimuth_rad)
            return _findings(spec, product, "picture", signs_at(spec, seed, *place_m))
        case _:
            return ()


def soil_signs(spec: ReadingSpec, sample: SoilSample) -> frozenset[str]:
    """Return the signs that laser and infrared readings show, by the limits of the rules."""
    limit = spec.band_sigmas * sample.depth_sigma
    checks = {
        "hydration_band": sample.hydration_depth > limit,
        "silica_band": sample.silica_depth > limit,
        "salts": sample.oxides_wt[_SALTS] > spec.salts_wt,
        "hydrogen": sample.oxides_wt[_WATER] > spec.hydrogen_wt,
        "basalt_only": sample.oxides_wt[_SILICA] < spec.basalt_most_wt,
    }
    return frozenset(name for name, is_seen in checks.items() if is_seen)


def _findings(
    spec: ScienceSpec, product: Product, instrument: str, seen: frozenset[str]
) -> tuple[Finding, ...]:
    place_m = ahead_of(spec.ground, product.x_m, product.y_m, product.azimuth_rad)
    unit, spot = cell_of(*place_m, spec.ground.unit_m), cell_of(*place_m, spec.ground.spot_m)
    return tuple(
        Finding(sign.name, sign.name in seen, product.quality, unit, spot, product.sol)
        for sign in spec.evidence.sign
        if sign.instrument == instrument
    )
