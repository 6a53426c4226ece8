"""Pictures: light and haze, packing, the filters and their calibration, thumbnails."""

import math
from dataclasses import dataclass, replace

from game.rng import Stream, normal
from game.rover.records import (
    FILTERS_NM,
    CalibrationRecord,
    FilterRecord,
    PictureRecord,
    SelfieRecord,
    ThumbnailRecord,
)
from game.rover.setting import Scene
from game.rover.storage import Product

RING_PARTS = 12  # pairs that close a ring (mission dossier, section 4.2)
_BAND_INDEX = 100  # numbers of the random draws: one for each filter from here
_TAU_INDEX = 120
_BLUE, _RED, _BEFORE, _FERRIC, _AFTER, _WATER = (
    FILTERS_NM.index(nm) for nm in (480, 650, 800, 900, 950, 1000)
)


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """How light, haze and packing make a picture good, and how far away its middle lies.

    A picture packed by no more than `clean_compression` is as good as an unpacked one; beyond, its
    quality falls with the power `packing_exponent` of what is left.
    """

    full_light_w_m2: float
    haze_loss: float
    clear_tau: float
    view_deg: float
    ahead_m: float
    clean_compression: float
    packing_exponent: float
    most_compression: float

    def __post_init__(self) -> None:
        if not 1.0 <= self.clean_compression <= self.most_compression:
            raise ValueError("compressions run from 1 over clean_ to most_compression")


@dataclass(frozen=True, slots=True)
class ThumbnailSpec:
    """Small copies: their size and worth as parts of the full picture, and their place."""

    size_frac: float
    worth_frac: float
    priority: int

    def __post_init__(self) -> None:
        if not 0.0 < self.size_frac < 1.0:
            raise ValueError("size_frac of a thumbnail must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class FiltersSpec:
    """How well the filters measure.

    A band is known to `calibrated_sigma` [-] when the calibration target has just been looked at,
    worse by `drift_1_sol` each sol, and never worse than `raw_sigma`, which is what it is without
    any calibration. Packing beyond the camera's clean ratio adds `packing_sigma` for each doubling.
    """

    calibrated_sigma: float
    drift_1_sol: float
    raw_sigma: float
    packing_sigma: float
    tau_sigma: float


def light_quality(spec: CameraSpec, light_w_m2: float, tau: float) -> float:
    """How good a picture in this light and haze can be, 0 to 1 [-]."""
    light = min(1.0, math.sqrt(max(0.0, light_w_m2) / spec.full_light_w_m2))
    haze = 1.0 - spec.haze_loss * max(0.0, tau - spec.clear_tau)
    return max(0.0, light * max(0.0, haze))


def packed_quality(spec: CameraSpec, compression: float) -> float:
    """Share of its quality that a picture keeps when it is packed, 0 to 1 [-].

    Notes
    -----
    A plain power law beyond the clean ratio; real coders differ with the scene.
    """
    return min(1.0, math.pow(spec.clean_compression / compression, spec.packing_exponent))


def packed_bit(usual_bit: int, usual_compression: float, compression: float) -> int:
    """Return the size of a picture that is packed otherwise than usual [bit]."""
    if compression <= 0.0 or compression == usual_compression:
        return usual_bit
    return math.ceil(usual_bit * usual_compression / compression)


def picture(
    spec: CameraSpec, scene: Scene, compression: float, view_rad: float
) -> tuple[PictureRecord, float]:
    """One picture or a ring: as good as light, haze and packing let it be."""
    felt = scene.surroundings[-1]
    record = PictureRecord(
        felt.global_w_m2, felt.tau, felt.sun_elevation_rad, view_rad, compression
    )
    quality = light_quality(spec, felt.global_w_m2, felt.tau)
    return record, quality * packed_quality(spec, compression)


def band_sigma(spec: FiltersSpec, camera: CameraSpec, sols: float, compression: float) -> float:
    """Relative error of one filter, with a calibration so many sols ago (negative: none) [-]."""
    sigma = spec.raw_sigma
    if sols >= 0.0:
        sigma = min(spec.raw_sigma, spec.calibrated_sigma + spec.drift_1_sol * sols)
    doublings = max(0.0, math.log2(compression / camera.clean_compression))
    return math.hypot(sigma, spec.packing_sigma * doublings)


def filters(
    spec: FiltersSpec, camera: CameraSpec, seed: int, scene: Scene, compression: float
) -> tuple[FilterRecord, float]:
    """Take a picture through each filter; measure the reflectance of the spot in its middle.

    Notes
    -----
    Dust mixes in proportion to its cover. The band of ferric oxides is measured against a straight
    line from 800 to 950 nm; water (and some hydroxyl) bends the end of the range down.

    References
    ----------
    .. [1] J. F. Bell III et al., "Pancam multispectral imaging results from the Spirit rover at
       Gusev crater", Science 305, 2004 (bands at 860-900 nm, ratio of red to blue).
    .. [2] M. S. Rice et al., "Silica-rich deposits and hydrated minerals at Gusev Crater, Mars:
       Vis-NIR spectral characterization and regional mapping", Icarus 205, 2010 (fall to 1009 nm).
    """
    target, dust = scene.target, scene.dust
    if target is None or dust is None:
        raise ValueError("the filters need a target and the dust upon it")
    cover = target.dust_frac
    relative = band_sigma(spec, camera, scene.calibrated_sols, compression)
    true = [
        clean + (dusty - clean) * cover
        for clean, dusty in zip(target.reflectance_frac, dust.reflectance_frac, strict=True)
    ]
    true = true[: round(scene.done_frac * len(true))]
    seen = tuple(
        part * (1.0 + relative * normal(seed, Stream.SCIENCE, scene.sight.tick, _BAND_INDEX + at))
        for at, part in enumerate(true)
    )
    taken, quality = picture(camera, scene, compression, math.radians(camera.view_deg))
    is_whole = len(seen) == len(FILTERS_NM)
    record = FilterRecord(
        picture=taken,
        reflectance_frac=seen,
        sigma_frac=tuple(relative * part for part in true),
        ferric_depth=ferric_depth(seen) if is_whole else 0.0,
        water_drop=1.0 - seen[_WATER] / seen[_AFTER] if is_whole else 0.0,
        index_sigma=math.sqrt(2.0) * relative if is_whole else 1.0,
        red_ratio=seen[_RED] / seen[_BLUE] if len(seen) > _RED else 0.0,
        dust_frac=cover,
        calibrated_sols=scene.calibrated_sols,
    )
    return record, quality * (1.0 - cover) * scene.done_frac


def ring_azimuths_rad(azimuth_rad: float, view_rad: float) -> tuple[float, ...]:
    """Return where each pair of a ring looks, in the order they are taken: from behind, clockwise.

    Parameters
    ----------
    azimuth_rad : float
        Middle of the whole ring. [rad]
    view_rad : float
        How much of the ring there is; less than a turn if it was broken off. [rad]
    """
    part_rad = math.tau / RING_PARTS
    first_rad = azimuth_rad - (RING_PARTS - 1) / 2.0 * part_rad
    return tuple(first_rad + part * part_rad for part in range(round(view_rad / part_rad)))


def ferric_depth(reflectance_frac: tuple[float, ...]) -> float:
    """Depth of the band at 900 nm below a line from 800 to 950 nm [-]."""
    share = (FILTERS_NM[_FERRIC] - FILTERS_NM[_BEFORE]) / (FILTERS_NM[_AFTER] - FILTERS_NM[_BEFORE])
    before, after = reflectance_frac[_BEFORE], reflectance_frac[_AFTER]
    return 1.0 - reflectance_frac[_FERRIC] / (before + (after - before) * share)


def calibration(
    spec: FiltersSpec, camera: CameraSpec, seed: int, scene: Scene
) -> tuple[CalibrationRecord, float]:
    """Look at the calibration target through each filter; its shadow also tells the haze."""
    felt, sight = scene.surroundings[-1], scene.sight
    error = spec.tau_sigma * normal(seed, Stream.SCIENCE, sight.tick, _TAU_INDEX)
    record = CalibrationRecord(
        sight.sol, max(0.0, felt.tau + error), spec.tau_sigma, felt.global_w_m2
    )
    return record, light_quality(camera, felt.global_w_m2, felt.tau)


def thumbnail(spec: ThumbnailSpec, full: Product, number: int) -> Product | None:
    """Return the small copy of a picture that will get `number`; None for other products."""
    match full.record:
        case PictureRecord() as taken:
            pass
        case FilterRecord(picture=taken) | SelfieRecord(picture=taken):
            pass
        case _:
            return None
    return replace(
        full,
        kind="thumbnail",
        title=f"Thumbnail of {full.title[:1].lower()}{full.title[1:]}",
        size_bit=math.ceil(full.size_bit * spec.size_frac),
        priority=spec.priority,
        value=full.value * spec.worth_frac,
        record=ThumbnailRecord(number, full.kind, taken),
    )
