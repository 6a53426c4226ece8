"""Numbers of one result as a card shows them: readings with errors, curves, and what they mean.

Use: `result_card(spec, seed, product, home)` for any product that says something of the ground or
the air; None for pictures and housekeeping. Everything is computed, nothing stored.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from game.rover.records import (
    FILTERS_NM,
    OXIDES,
    SOUND_BANDS_HZ,
    AirSample,
    CalibrationRecord,
    FilterRecord,
    InfraredSample,
    SoilSample,
)
from game.rover.soundings import FieldSample, RadarProfile
from game.rover.storage import Product
from game.science.evidence import of_unit, worth_bits
from game.science.magnetism import stop_of
from game.science.notebook import all_findings
from game.science.reading import findings_of
from game.science.samples import ReadingSpec, ScienceSpec


@dataclass(frozen=True, slots=True)
class Number:
    """A reading with its error; from `limit` on (up or down) it counts as a sign, zero for none."""

    name: str
    value: float
    sigma: float
    unit: str
    limit: float = 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a curve: across, up, and the error of each."""

    name: str
    across: str
    up: str
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sign that was looked for, what else could make it, and the doubt this look removed."""

    title: str
    is_there: bool
    weight: float
    otherwise: str
    worth_bits: float


@dataclass(frozen=True, slots=True)
class ResultCard:
    """What one product says."""

    number: int
    title: str
    quality: float
    numbers: tuple[Number, ...]
    curves: tuple[Curve, ...]
    verdicts: tuple[Verdict, ...]


def result_card(
    spec: ScienceSpec, seed: int, product: Product, home: Sequence[Product]
) -> ResultCard | None:
    """Return the card of a product; its worth is reckoned against what else has come home."""
    facts = _facts(spec.reading, product)
    if facts is None:
        return None
    others = [one for one in home if one.number != product.number]
    numbers, curves = facts
    return ResultCard(
        product.number,
        product.title,
        product.quality,
        numbers,
        curves,
        _verdicts(spec, seed, product, others),
    )


Facts = tuple[tuple[Number, ...], tuple[Curve, ...]]


def _facts(rules: ReadingSpec, product: Product) -> Facts | None:
    match product.record:
        case SoilSample() as soil:
            return _soil(rules, soil)
        case InfraredSample() as infrared:
            return _bands(rules, infrared), ()
        case FilterRecord() as filters:
            return _filters(rules, filters)
        case RadarProfile() as radar:
            return _radar(rules, radar)
        case FieldSample() as field:
            return _field(rules, field), ()
        case CalibrationRecord() as target:
            return (Number("optical depth", target.tau, target.tau_sigma, "-"),), ()
        case AirSample() as air:
            return _air(air)
    return None


def _soil(rules: ReadingSpec, soil: SoilSample) -> Facts:
    limits = {
        "SiO2": rules.basalt_most_wt,
        "SO3": rules.salts_wt,
        "H2O": rules.hydrogen_wt,
    }
    oxides = tuple(
        Number(name, value, sigma, "%", limits.get(name, 0.0))
        for name, value, sigma in zip(OXIDES, soil.oxides_wt, soil.sigma_wt, strict=True)
    )
    return (*oxides, *_bands(rules, soil)), ()


def _bands(rules: ReadingSpec, sample: SoilSample | InfraredSample) -> tuple[Number, ...]:
    limit = rules.band_sigmas * sample.depth_sigma
    return (
        Number("band at 1.92 µm", sample.hydration_depth, sample.depth_sigma, "-", limit),
        Number("band at 2.21 µm", sample.silica_depth, sample.depth_sigma, "-", limit),
    )


def _filters(rules: ReadingSpec, filters: FilterRecord) -> Facts:
    limit = rules.band_sigmas * filters.index_sigma
    numbers = (
        Number("band at 900 nm", filters.ferric_depth, filters.index_sigma, "-", limit),
        Number("fall to 1000 nm", filters.water_drop, filters.index_sigma, "-", limit),
        Number("red over blue", filters.red_ratio, filters.red_ratio * filters.index_sigma, "-"),
    )
    taken_nm = FILTERS_NM[: len(filters.reflectance_frac)]
    points = zip(taken_nm, filters.reflectance_frac, filters.sigma_frac, strict=True)
    spectrum = tuple((float(nm), value, sigma) for nm, value, sigma in points)
    return numbers, (Curve("reflectance", "nm", "-", spectrum),)


def _radar(rules: ReadingSpec, radar: RadarProfile) -> Facts:
    layers = tuple(
        Number(f"boundary {at}", one.depth_m, one.depth_sigma_m, "m")
        for at, one in enumerate(radar.layers, 1)
    )
    numbers = (
        Number("way", radar.way_m, 0.0, "m"),
        Number("permittivity", radar.permittivity, radar.permittivity_sigma, "-"),
        *layers,
        Number("wedges", float(radar.wedges_count), 0.0, "-"),
    )
    echoes = tuple(
        Curve(
            f"{'low' if one.channel == 0 else 'high'} channel, {one.depth_m:.1f} m",
            "m",
            "ns",
            tuple(
                (place, delay, 0.0)
                for place, delay in zip(radar.places_m, one.delays_ns, strict=True)
                if delay >= 0.0
            ),
        )
        for one in radar.layers
    )
    first = radar.stones[0][1] if radar.stones else 0.0
    stones = tuple((depth, size, 0.0) for depth, size in radar.stones)
    grown = Number("stones at the top", first, 0.0, "m", rules.coarser_ratio * first)
    return (*numbers, grown), (*echoes, Curve("stones", "m", "m", stones))


def _field(rules: ReadingSpec, field: FieldSample) -> tuple[Number, ...]:
    stop = stop_of(field.east_nt, field.north_nt, field.sigma_nt)
    own_nt = math.hypot(field.own_forward_nt, field.own_right_nt)
    return (
        Number("level field", stop.level_nt, stop.sigma_nt, "nT", rules.weak_most_nt),
        Number("direction", math.degrees(stop.azimuth_rad), 0.0, "°"),
        Number("down, with the rover's", field.down_nt, field.down_sigma_nt, "nT"),
        Number("the rover's own", own_nt, field.sigma_nt, "nT"),
        Number("headings", float(field.headings_count), 0.0, "-"),
    )


def _air(air: AirSample) -> Facts:
    numbers = (
        Number("pressure", air.pressure_pa.mean, 0.0, "Pa"),
        Number("air", air.air_k.mean, 0.0, "K"),
        Number("wind", air.wind_m_s.mean, 0.0, "m/s"),
        Number("optical depth", air.tau.mean, 0.0, "-"),
        Number("whirls", float(air.whirls_count), 0.0, "-"),
        Number("loudest moment", air.loudest_db, 0.0, "dB"),
    )
    levels = zip(SOUND_BANDS_HZ, air.sound_db, strict=False)
    sound = tuple((math.sqrt(low * high), level, 0.0) for (low, high), level in levels)
    return numbers, (Curve("sound", "Hz", "dB", sound),)


def _verdicts(
    spec: ScienceSpec, seed: int, product: Product, others: Sequence[Product]
) -> tuple[Verdict, ...]:
    found = findings_of(spec, seed, product)
    if not found:
        return ()
    known = of_unit(all_findings(spec, seed, others), found[0].unit)
    signs = {one.name: one for one in spec.evidence.sign}
    return tuple(
        Verdict(
            signs[one.sign].title,
            one.is_there,
            one.weight,
            signs[one.sign].otherwise,
            worth_bits(spec.evidence, known, one),
        )
        for one in found
    )
