"""What the rover can observe: cost beforehand, refusal in words, and the product afterwards.

Use: `tool = instrument_for(spec, kind)` gives power, heat, duration and size;
`refusal(spec, tool, Conditions(...))` says why not, or None; when the activity has run its time,
`measure(spec, seed, scene)` returns the `Product` (with its record) for `storage.store`.
For the air, `scene.surroundings` holds one reading per tick of `reading_ticks(...)`, so that the
result does not depend on how time was split; everything else takes one.
A new instrument of a known kind is a table in `data/instruments.toml`; one that measures something
new is one more function in `MEASURE` (see `measuring.py`).
"""

import math
from dataclasses import dataclass

from game.commands import ActivityKind
from game.rover.fluxgate import FluxgateSpec
from game.rover.imaging import CameraSpec, FiltersSpec, ThumbnailSpec, packed_bit
from game.rover.packing import PackingSpec, most_ratio
from game.rover.radar import RadarSpec
from game.rover.radio import RadioSpec
from game.rover.small_camera import SmallCameraSpec
from game.rover.spectrometer import SpectrometerSpec
from game.rover.storage import StorageSpec
from game.rover.weather_station import WeatherSpec
from game.units import celsius

# Kinds of work that look along a direction.
LOOKS = frozenset({ActivityKind.PICTURE, ActivityKind.PANORAMA, ActivityKind.MULTISPECTRAL})
# Kinds of work that an instrument does; a rover that does not carry it refuses them.
OBSERVED = frozenset(
    {
        ActivityKind.PICTURE,
        ActivityKind.PANORAMA,
        ActivityKind.SOIL,
        ActivityKind.INFRARED,
        ActivityKind.MULTISPECTRAL,
        ActivityKind.CALIBRATE,
        ActivityKind.MAGNETOMETER,
        ActivityKind.RADAR,
        ActivityKind.DEPLOY_CAMERA,
        ActivityKind.SELFIE,
        ActivityKind.AIR,
    }
)


@dataclass(frozen=True, slots=True)
class InstrumentSpec:
    """One instrument: what an observation costs, when it works, what it is worth.

    `power_w` above the load of the awake rover; `heat_frac` of it stays in the box. The size is
    `size_bit` and, for as long as it listens, `size_bit_s` more, and `size_bit_m` for each metre of
    way. A picture of that size is packed by `compression`; other tools have 0 there. `coldest_k`
    and `warmest_k` are limits of the box; `light_w_m2` is the least light on the ground. An
    observation is `parts_count` equal parts; each goes to flash when it is finished and outlives
    work that is broken off.
    """

    name: str
    title: str
    kind: ActivityKind
    power_w: float
    heat_frac: float
    duration_s: int
    size_bit: int
    size_bit_s: int
    priority: int
    worth: float
    coldest_k: float
    warmest_k: float
    light_w_m2: float
    is_on_lander_allowed: bool
    is_moving_allowed: bool
    compression: float = 0.0
    size_bit_m: int = 0
    parts_count: int = 1

    def __post_init__(self) -> None:
        sizes = (self.size_bit, self.size_bit_s, self.size_bit_m)
        if min(self.power_w, self.duration_s, *sizes, self.worth, self.compression) < 0:
            raise ValueError(f"{self.name}: power, duration, size and worth must not be negative")
        if sum(sizes) == 0:
            raise ValueError(f"{self.name}: size_bit, size_bit_s or size_bit_m must be above zero")
        if not 0.0 <= self.heat_frac <= 1.0:
            raise ValueError(f"{self.name}: heat_frac must be from 0 to 1")
        if not 1 <= self.parts_count <= 100:
            raise ValueError(f"{self.name}: parts_count must be from 1 to 100")


@dataclass(frozen=True, slots=True)
class HealthSpec:
    """A sol's housekeeping: its size and place in the queue."""

    size_bit: int
    priority: int


@dataclass(frozen=True, slots=True)
class InstrumentsSpec:
    """All instruments; at most one of each kind."""

    camera: CameraSpec
    packing: PackingSpec
    thumbnail: ThumbnailSpec
    filters: FiltersSpec
    spectrometer: SpectrometerSpec
    radar: RadarSpec
    magnetometer: FluxgateSpec
    small_camera: SmallCameraSpec
    weather: WeatherSpec
    health: HealthSpec
    instrument: tuple[InstrumentSpec, ...]

    def __post_init__(self) -> None:
        kinds = [one.kind for one in self.instrument]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two instruments are of the same kind")


@dataclass(frozen=True, slots=True)
class PayloadSpec:
    """Memory, radio and instruments, as `data/instruments.toml` says them."""

    storage: StorageSpec
    radio: RadioSpec
    instruments: InstrumentsSpec


@dataclass(frozen=True, slots=True)
class Conditions:
    """What decides whether an instrument may be used now."""

    box_k: float
    light_w_m2: float
    is_moving: bool
    is_on_lander: bool


def instrument_for(spec: InstrumentsSpec, kind: ActivityKind) -> InstrumentSpec | None:
    """Return the instrument that does this kind of activity."""
    for one in spec.instrument:
        if one.kind is kind:
            return one
    return None


def finished_frac(tool: InstrumentSpec, lasted_s: int) -> float:
    """Share of an observation that lies in flash after some time: whole parts only [-]."""
    if tool.duration_s <= 0 or lasted_s >= tool.duration_s:
        return 1.0
    return math.floor(tool.parts_count * lasted_s / tool.duration_s) / tool.parts_count


def size_bit(
    tool: InstrumentSpec,
    duration_s: int,
    compression: float = 0.0,
    way_m: float = 0.0,
    done_frac: float = 1.0,
) -> int:
    """Return the size of the product of one use; of a picture, the mean one [bit].

    Parameters
    ----------
    tool : InstrumentSpec
        The instrument.
    duration_s : int
        How long it listens. [s]
    compression : float
        Raw size over sent size of a picture; zero for the usual one. [-]
    way_m : float
        Metres driven while it listened. [m]
    done_frac : float
        Share of its parts that are finished. [-]
    """
    still_bit = packed_bit(tool.size_bit, tool.compression, compression)
    if done_frac < 1.0:
        still_bit = math.ceil(done_frac * still_bit)
    return still_bit + tool.size_bit_s * duration_s + math.ceil(tool.size_bit_m * way_m)


def most_bit(spec: InstrumentsSpec, tool: InstrumentSpec, usual_bit: int) -> int:
    """Return how big a product of a usual size may become: rough ground packs badly [bit]."""
    return math.ceil(usual_bit * most_ratio(spec.packing, tool.kind))


def energy_j(tool: InstrumentSpec, duration_s: int) -> float:
    """Energy of one use, without the load of the awake rover [J]."""
    return tool.power_w * duration_s


def refusal(tool: InstrumentSpec, now: Conditions) -> str | None:
    """Return why the instrument cannot be used now, in a sentence to act on; None if it can."""
    if now.is_moving and not tool.is_moving_allowed:
        return f"{tool.title}: the rover is moving; stop first."
    if now.is_on_lander and not tool.is_on_lander_allowed:
        return f"{tool.title}: the rover stands on the lander; roll off first."
    if now.light_w_m2 < tool.light_w_m2:
        return f"{tool.title}: too dark; wait for daylight."
    if now.box_k < tool.coldest_k:
        return (
            f"{tool.title}: the box is too cold ({celsius(now.box_k):.0f} °C, "
            f"needs {celsius(tool.coldest_k):.0f} °C); wait for the Sun."
        )
    if now.box_k > tool.warmest_k:
        return (
            f"{tool.title}: the box is too warm ({celsius(now.box_k):.0f} °C, "
            f"at most {celsius(tool.warmest_k):.0f} °C); let it cool."
        )
    return None
