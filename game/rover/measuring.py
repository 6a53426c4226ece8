"""What each kind of observation makes of the world: one function a kind, listed in `MEASURE`.

Use: `measure(spec, seed, kind, scene)` at the end of the activity; `health_report(spec, sight)`
once a sol if housekeeping is to be sent (`storage.send(..., only_kind=HEALTH)` before the relay).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.commands import ActivityKind
from game.environment.surroundings import Surroundings
from game.rng import Stream, normal
from game.rover.instruments import (
    InstrumentSpec,
    InstrumentsSpec,
    instrument_for,
    light_quality,
    size_bit,
)
from game.rover.records import (
    OXIDES,
    AirSample,
    HealthRecord,
    PictureRecord,
    Record,
    Sight,
    SoilSample,
    Spread,
    Target,
)
from game.rover.storage import Product

HEALTH = "health"
_DEPTH_INDEX = len(OXIDES)  # numbers of the random draws that follow the oxides
_SILICA_INDEX = len(OXIDES) + 1
_GAS_INDEX = len(OXIDES) + 2


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an observation meets.

    `surroundings` has one entry at the end of the observation, or one per reading for the air;
    `target` and `dust` are what the laser hits and the dust upon it; `box_k` is the temperature
    of the instrument.
    """

    sight: Sight
    duration_s: int
    surroundings: tuple[Surroundings, ...]
    box_k: float
    target: Target | None = None
    dust: Target | None = None


def measure(spec: InstrumentsSpec, seed: int, kind: ActivityKind, scene: Scene) -> Product:
    """Carry out an observation that has run its time; the product has no number yet.

    Raises
    ------
    ValueError
        If no instrument does this kind, or the laser has no target: a mistake of the caller.
    """
    tool = instrument_for(spec, kind)
    if tool is None or kind not in MEASURE:
        raise ValueError(f"no instrument does {kind}")
    record, quality = MEASURE[kind](spec, seed, scene)
    sight = scene.sight
    return Product(
        kind=str(kind),
        title=_title(tool, sight),
        made_tick=sight.tick,
        sol=sight.sol,
        size_bit=size_bit(tool, scene.duration_s),
        priority=tool.priority,
        x_m=sight.x_m,
        y_m=sight.y_m,
        heading_rad=sight.heading_rad,
        azimuth_rad=sight.azimuth_rad,
        elevation_rad=sight.elevation_rad,
        quality=quality,
        value=tool.worth * quality,
        record=record,
    )


def health_report(spec: InstrumentsSpec, sight: Sight) -> Product:
    """Return a sol's housekeeping: the only thing that may take the slow line to Earth."""
    return Product(
        kind=HEALTH,
        title=f"Housekeeping, sol {sight.sol}",
        made_tick=sight.tick,
        sol=sight.sol,
        size_bit=spec.health.size_bit,
        priority=spec.health.priority,
        x_m=sight.x_m,
        y_m=sight.y_m,
        heading_rad=sight.heading_rad,
        azimuth_rad=0.0,
        elevation_rad=0.0,
        quality=1.0,
        value=0.0,
        record=HealthRecord(sight.sol),
    )


def picture(spec: InstrumentsSpec, _seed: int, scene: Scene) -> tuple[Record, float]:
    """One stereo pair: as good as the light."""
    return _picture(spec, scene, math.radians(spec.camera.view_deg))


def panorama(spec: InstrumentsSpec, _seed: int, scene: Scene) -> tuple[Record, float]:
    """Twelve pairs that close the ring."""
    return _picture(spec, scene, math.tau)


def soil(spec: InstrumentsSpec, seed: int, scene: Scene) -> tuple[Record, float]:
    """Laser shots and an infrared spectrum of one spot.

    Notes
    -----
    Dust that the first shots do not clear mixes with the target in proportion; oxides carry a
    relative and a fixed error, band depths a common one plus the residue of the air's own bands.
    Quality falls with dust and noise.

    References
    ----------
    .. [1] S. M. Clegg et al., "Recalibration of the Mars Science Laboratory ChemCam instrument
       with an expanded geochemical database", Spectrochimica Acta B 129, 2017 (size of errors).
    """
    tool, target, dust = spec.spectrometer, scene.target, scene.dust
    if target is None or dust is None:
        raise ValueError("the laser needs a target and the dust upon it")
    tick = scene.sight.tick
    cover = target.dust_frac * tool.dust_left_frac
    louder = 1.0 + tool.warm_noise_1_k * max(0.0, scene.box_k - tool.reference_k)
    true_wt = [_mix(a, b, cover) for a, b in zip(target.oxides_wt, dust.oxides_wt, strict=True)]
    sigma_wt = tuple(
        louder * math.hypot(tool.oxide_relative * wt, tool.oxide_floor_wt) for wt in true_wt
    )
    seen_wt = tuple(
        max(0.0, wt + sigma * normal(seed, Stream.SCIENCE, tick, index))
        for index, (wt, sigma) in enumerate(zip(true_wt, sigma_wt, strict=True))
    )
    sigma = louder * tool.depth_sigma
    residue = tool.gas_residue * normal(seed, Stream.SCIENCE, tick, _GAS_INDEX)
    hydration = _mix(target.hydration_depth, dust.hydration_depth, cover) + residue
    record = SoilSample(
        material=target.material,
        oxides_wt=seen_wt,
        sigma_wt=sigma_wt,
        hydration_depth=hydration + sigma * normal(seed, Stream.SCIENCE, tick, _DEPTH_INDEX),
        silica_depth=_mix(target.silica_depth, 0.0, cover)
        + sigma * normal(seed, Stream.SCIENCE, tick, _SILICA_INDEX),
        depth_sigma=math.hypot(sigma, tool.gas_residue),
        dust_frac=target.dust_frac,
        ground_k=scene.surroundings[-1].ground_k,
    )
    return record, (1.0 - cover) / louder


def air(spec: InstrumentsSpec, seed: int, scene: Scene) -> tuple[Record, float]:
    """Means and extremes of the weather over a session, with the noise of the sensors."""
    station, felt, tick = spec.weather, scene.surroundings, scene.sight.tick
    noise = [normal(seed, Stream.SCIENCE, tick, index) for index in range(4)]
    east = math.fsum(one.wind_m_s * math.sin(one.wind_from_rad) for one in felt)
    north = math.fsum(one.wind_m_s * math.cos(one.wind_from_rad) for one in felt)
    record = AirSample(
        duration_s=scene.duration_s,
        readings_count=len(felt),
        pressure_pa=_spread(
            [one.pressure_pa for one in felt], noise[0] * station.pressure_sigma_pa
        ),
        air_k=_spread([one.air_k for one in felt], noise[1] * station.air_sigma_k),
        wind_m_s=_spread([one.wind_m_s for one in felt], noise[2] * station.wind_sigma_m_s),
        wind_from_rad=math.atan2(east, north) % math.tau,
        tau=_spread([one.tau for one in felt], noise[3] * station.tau_sigma),
    )
    return record, min(1.0, scene.duration_s / station.full_s)


Measure = Callable[[InstrumentsSpec, int, Scene], tuple[Record, float]]
MEASURE: dict[ActivityKind, Measure] = {
    ActivityKind.PICTURE: picture,
    ActivityKind.PANORAMA: panorama,
    ActivityKind.SOIL: soil,
    ActivityKind.AIR: air,
}


def _picture(spec: InstrumentsSpec, scene: Scene, view_rad: float) -> tuple[Record, float]:
    felt = scene.surroundings[-1]
    record = PictureRecord(felt.global_w_m2, felt.tau, felt.sun_elevation_rad, view_rad)
    return record, light_quality(spec.camera, felt.global_w_m2, felt.tau)


def _title(tool: InstrumentSpec, sight: Sight) -> str:
    return f"{tool.title}, sol {sight.sol}"


def _mix(clean: float, dusty: float, cover_frac: float) -> float:
    return clean + (dusty - clean) * cover_frac


def _spread(values: Sequence[float], error: float) -> Spread:
    mean = math.fsum(values) / len(values)
    return Spread(*(max(0.0, value + error) for value in (mean, min(values), max(values))))
