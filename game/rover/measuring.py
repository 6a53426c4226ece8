"""What each kind of observation makes of the world: one function a kind, listed in `MEASURE`.

Use: `measure(spec, seed, kind, scene)` at the end of the activity; `health_report(spec, sight)`
once a sol if housekeeping is to be sent (`storage.send(..., only_kind=HEALTH)` before the relay).
The instruments themselves are in `imaging`, `spectrometer`, `radar`, `fluxgate`,
`weather_station` and `small_camera`.
"""

import math
from collections.abc import Callable

from game.commands import ActivityKind
from game.rover import fluxgate, imaging, radar, small_camera, spectrometer, weather_station
from game.rover.instruments import InstrumentSpec, InstrumentsSpec, instrument_for, size_bit
from game.rover.packing import packing_ratio
from game.rover.records import HealthRecord, PlacedRecord, Record, Sight
from game.rover.setting import Scene
from game.rover.storage import Product

HEALTH = "health"


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
    way_m = 0.0 if scene.way is None else scene.way.length_m
    mean_bit = size_bit(tool, scene.duration_s, scene.compression, way_m, scene.done_frac)
    ratio = packing_ratio(spec.packing, seed, sight.tick, kind)
    return Product(
        kind=str(kind),
        title=_title(tool, sight),
        made_tick=sight.tick,
        sol=sight.sol,
        size_bit=math.ceil(mean_bit * ratio),
        priority=tool.priority,
        x_m=sight.x_m,
        y_m=sight.y_m,
        heading_rad=sight.heading_rad,
        azimuth_rad=sight.azimuth_rad,
        elevation_rad=sight.elevation_rad,
        quality=quality,
        value=tool.worth * quality,
        record=record,
        range_m=scene.range_m,
        off_x_m=sight.off_m[0],
        off_y_m=sight.off_m[1],
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
        off_x_m=sight.off_m[0],
        off_y_m=sight.off_m[1],
    )


Measured = tuple[Record, float]


def picture(spec: InstrumentsSpec, _seed: int, scene: Scene) -> Measured:
    """One stereo pair."""
    ratio = compression_of(spec, ActivityKind.PICTURE, scene)
    return imaging.picture(spec.camera, scene, ratio, math.radians(spec.camera.view_deg))


def panorama(spec: InstrumentsSpec, _seed: int, scene: Scene) -> Measured:
    """Twelve pairs that close the ring; fewer leave a gap in it."""
    ratio = compression_of(spec, ActivityKind.PANORAMA, scene)
    record, quality = imaging.picture(spec.camera, scene, ratio, scene.done_frac * math.tau)
    return record, quality * scene.done_frac


def multispectral(spec: InstrumentsSpec, seed: int, scene: Scene) -> Measured:
    """One picture through each filter."""
    ratio = compression_of(spec, ActivityKind.MULTISPECTRAL, scene)
    return imaging.filters(spec.filters, spec.camera, seed, scene, ratio)


def selfie(spec: InstrumentsSpec, _seed: int, scene: Scene) -> Measured:
    """Rover and lander as the camera on the ground sees them."""
    ratio = compression_of(spec, ActivityKind.SELFIE, scene)
    return small_camera.selfie(spec.small_camera, spec.camera, scene, ratio)


def compression_of(spec: InstrumentsSpec, kind: ActivityKind, scene: Scene) -> float:
    """Return how a picture is packed: as asked for, or as usual [-]."""
    tool = instrument_for(spec, kind)
    usual = spec.camera.clean_compression if tool is None else tool.compression
    return scene.compression or usual


Measure = Callable[[InstrumentsSpec, int, Scene], Measured]
MEASURE: dict[ActivityKind, Measure] = {
    ActivityKind.PICTURE: picture,
    ActivityKind.PANORAMA: panorama,
    ActivityKind.MULTISPECTRAL: multispectral,
    ActivityKind.CALIBRATE: lambda spec, seed, scene: imaging.calibration(
        spec.filters, spec.camera, seed, scene
    ),
    ActivityKind.SOIL: lambda spec, seed, scene: spectrometer.soil(spec.spectrometer, seed, scene),
    ActivityKind.INFRARED: lambda spec, seed, scene: spectrometer.infrared(
        spec.spectrometer, seed, scene
    ),
    ActivityKind.RADAR: lambda spec, seed, scene: radar.profile(spec.radar, seed, scene),
    ActivityKind.MAGNETOMETER: lambda spec, seed, scene: fluxgate.survey(
        spec.magnetometer, seed, scene
    ),
    ActivityKind.DEPLOY_CAMERA: lambda _spec, _seed, scene: (PlacedRecord(scene.sight.sol), 1.0),
    ActivityKind.SELFIE: selfie,
    ActivityKind.AIR: lambda spec, seed, scene: weather_station.air(spec.weather, seed, scene),
}


def _title(tool: InstrumentSpec, sight: Sight) -> str:
    return f"{tool.title}, sol {sight.sol}"
