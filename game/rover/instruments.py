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
from game.rover.radio import RadioSpec
from game.rover.storage import StorageSpec
from game.units import celsius

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
    `size_bit` and, for as long as it listens, `size_bit_s` more. `coldest_k` and `warmest_k` are
    limits of the box; `light_w_m2` is the least light on the ground.
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

    def __post_init__(self) -> None:
        if min(self.power_w, self.duration_s, self.size_bit, self.size_bit_s, self.worth) < 0:
            raise ValueError(f"{self.name}: power, duration, size and worth must not be negative")
        if self.size_bit + self.size_bit_s == 0:
            raise ValueError(f"{self.name}: size_bit or size_bit_s must be above zero")


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """How light and haze make a picture good."""

    full_light_w_m2: float
    haze_loss: float
    clear_tau: float
    view_deg: float


@dataclass(frozen=True, slots=True)
class SpectrometerSpec:
    """Noise of laser and infrared spectra; `_wt` is weight percent, depths are fractions."""

    oxide_relative: float
    oxide_floor_wt: float
    depth_sigma: float
    gas_residue: float
    dust_left_frac: float
    warm_noise_1_k: float
    reference_k: float


@dataclass(frozen=True, slots=True)
class WeatherSpec:
    """Readings of the weather station: one every `reading_s`; `full_s` makes a full session."""

    reading_s: int
    pressure_sigma_pa: float
    air_sigma_k: float
    wind_sigma_m_s: float
    tau_sigma: float
    full_s: int


@dataclass(frozen=True, slots=True)
class HealthSpec:
    """A sol's housekeeping: its size and place in the queue."""

    size_bit: int
    priority: int


@dataclass(frozen=True, slots=True)
class InstrumentsSpec:
    """All instruments; at most one of each kind."""

    camera: CameraSpec
    spectrometer: SpectrometerSpec
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


def running_power_w(spec: InstrumentsSpec, kind: ActivityKind) -> float:
    """Power of the instrument that does this kind of activity, zero for other work [W]."""
    tool = instrument_for(spec, kind)
    return 0.0 if tool is None else tool.power_w


def size_bit(tool: InstrumentSpec, duration_s: int) -> int:
    """Return the size of the product of one use [bit]."""
    return tool.size_bit + tool.size_bit_s * duration_s


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


def reading_ticks(spec: WeatherSpec, start_tick: int, end_tick: int) -> tuple[int, ...]:
    """Return when the weather station reads: at whole multiples of its interval [s]."""
    first = -(-start_tick // spec.reading_s) * spec.reading_s
    return tuple(range(first, end_tick, spec.reading_s)) or (start_tick,)


def light_quality(spec: CameraSpec, light_w_m2: float, tau: float) -> float:
    """How good a picture in this light and haze can be, 0 to 1 [-]."""
    light = min(1.0, math.sqrt(max(0.0, light_w_m2) / spec.full_light_w_m2))
    haze = 1.0 - spec.haze_loss * max(0.0, tau - spec.clear_tau)
    return max(0.0, light * max(0.0, haze))
