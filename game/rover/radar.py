"""The ground radar: echoes from the layers below the way, heard on two channels while driving.

Use: `profile(spec, seed, scene)` makes the record of a way; `loss_db` and `delay_s` are the
physics of one boundary.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from game.rng import Stream, normal
from game.rover.setting import Scene, Way
from game.rover.soundings import RadarLayer, RadarProfile
from game.units import LIGHT_SPEED_M_S
from game.world.strata import Stratum

_EPSILON_INDEX = 0  # numbers of the random draws
_STONE_INDEX = 10
_LAYER_INDEX = 100
_PLACES = 64  # draws set aside for each layer of each channel
_NS = 1.0e9


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """One channel of the radar: frequencies, and what the loudest echo may lose and be heard."""

    name: str
    low_hz: float
    high_hz: float
    range_db: float

    def __post_init__(self) -> None:
        if not 0.0 < self.low_hz < self.high_hz:
            raise ValueError(f"{self.name}: low_hz must be above zero and below high_hz")

    @property
    def middle_hz(self) -> float:
        """Middle of the band."""
        return (self.low_hz + self.high_hz) / 2.0

    @property
    def band_hz(self) -> float:
        """Width of the band."""
        return self.high_hz - self.low_hz


@dataclass(frozen=True, slots=True)
class RadarSpec:
    """How the radar listens and how well it tells what it hears.

    A trace every `trace_m`; `places_count` places of a profile are kept. An echo counts from
    `heard_db` above the noise; `trace_sigma_db` is how echoes vary. `shallow_m` is the depth whose
    permittivity the bending of echoes from stones tells, to `permittivity_sigma` on a short way
    (`short_m`), better on long ones; `model_frac` is what layers of other permittivity do to a
    depth. The size of stones is told at `stone_depths_m`, to `stone_sigma` of itself. A boundary
    that lies `wedge_m` below its usual depth is a wedge. A way of `full_m` makes a full profile,
    one below `least_m` none.
    """

    trace_m: float
    places_count: int
    heard_db: float
    trace_sigma_db: float
    shallow_m: float
    permittivity_sigma: float
    short_m: float
    model_frac: float
    stone_depths_m: tuple[float, ...]
    stone_sigma: float
    wedge_m: float
    least_m: float
    full_m: float
    channel: tuple[ChannelSpec, ...]

    def __post_init__(self) -> None:
        if not 2 <= self.places_count <= _PLACES:
            raise ValueError(f"places_count must be from 2 to {_PLACES}")
        if not 0.0 < self.least_m <= self.full_m or not self.channel:
            raise ValueError("least_m must be above zero and at most full_m; channels are needed")


@dataclass(frozen=True, slots=True)
class Echo:
    """One boundary heard at one place: what lies below it, its delay, and strength over noise."""

    lower: str
    depth_m: float
    delay_s: float
    snr_db: float


def attenuation_db_m(frequency_hz: float, permittivity: float, loss_tangent: float) -> float:
    """Loss of a wave on its way through ground, one way [dB/m].

    References
    ----------
    .. [1] D. J. Daniels, "Ground Penetrating Radar", 2nd ed., IEE 2004, ch. 3 (low-loss ground).
    """
    nepers = math.pi * frequency_hz * math.sqrt(permittivity) * loss_tangent / LIGHT_SPEED_M_S
    return 20.0 * math.log10(math.e) * nepers


def reflection(permittivity_above: float, permittivity_below: float) -> float:
    """Share of the field that a boundary throws back, straight from above (Fresnel) [-]."""
    above, below = math.sqrt(permittivity_above), math.sqrt(permittivity_below)
    return (above - below) / (above + below)


def resolution_m(channel: ChannelSpec, permittivity: float) -> float:
    """Smallest distance between two boundaries that are heard apart [m]."""
    return LIGHT_SPEED_M_S / (2.0 * channel.band_hz * math.sqrt(permittivity))


def echoes(channel: ChannelSpec, below: tuple[Stratum, ...]) -> tuple[Echo, ...]:
    """Return the echo of every boundary below a place, weak ones and blurred ones too.

    Notes
    -----
    Straight down, one bounce. What is lost: spreading with distance (from 1 m on), absorption
    there and back, and what boundaries further up throw back. A boundary nearer to the one above
    it than the channel resolves adds nothing of its own.
    """
    found: list[Echo] = []
    delay_s, lost_db, last_m = 0.0, 0.0, 0.0
    for upper, lower in pairwise(below):
        thick_m = upper.bottom_m - upper.top_m
        delay_s += 2.0 * thick_m * math.sqrt(upper.permittivity) / LIGHT_SPEED_M_S
        lost_db += (
            2.0
            * thick_m
            * attenuation_db_m(channel.middle_hz, upper.permittivity, upper.loss_tangent)
        )
        back = abs(reflection(upper.permittivity, lower.permittivity))
        apart_m = upper.bottom_m - last_m
        if back > 0.0 and apart_m >= resolution_m(channel, upper.permittivity):
            spread_db = 20.0 * math.log10(max(1.0, upper.bottom_m))
            snr_db = channel.range_db - lost_db - spread_db + 20.0 * math.log10(back)
            found.append(Echo(lower.name, upper.bottom_m, delay_s, snr_db))
            last_m = upper.bottom_m
        lost_db -= 20.0 * math.log10(1.0 - back * back)
    return tuple(found)


def profile(spec: RadarSpec, seed: int, scene: Scene) -> tuple[RadarProfile, float]:
    """Return what a way tells of the ground below it, and how good the profile is.

    Raises
    ------
    ValueError
        If there was no way: a mistake of the caller.
    """
    way = scene.way
    if way is None or not way.below:
        raise ValueError("the radar needs a way")
    tick = scene.sight.tick
    sigma = spec.permittivity_sigma / math.sqrt(max(1.0, way.length_m / spec.short_m))
    true = fmean(_shallow(spec, below) for below in way.below)
    epsilon = max(1.0, true + sigma * normal(seed, Stream.SCIENCE, tick, _EPSILON_INDEX))
    draw = _Draw(seed, tick)
    layers = tuple(
        layer
        for number, channel in enumerate(spec.channel)
        for layer in _layers(spec, draw, (number, channel), way, (epsilon, sigma))
    )
    record = RadarProfile(
        way_m=way.length_m,
        traces_count=int(way.length_m / spec.trace_m),
        permittivity=epsilon,
        permittivity_sigma=sigma,
        places_m=way.places_m,
        layers=layers,
        wedges_count=max((_wedges(spec, layer, epsilon) for layer in layers), default=0),
        stones=_stones(spec, draw, way),
    )
    return record, min(1.0, way.length_m / spec.full_m)


@dataclass(frozen=True, slots=True)
class _Draw:
    """Random numbers of one profile, by place in a list."""

    seed: int
    tick: int

    def normal(self, index: int) -> float:
        return normal(self.seed, Stream.SCIENCE, self.tick, index)


def _layers(
    spec: RadarSpec,
    draw: _Draw,
    numbered: tuple[int, ChannelSpec],
    way: Way,
    epsilon: tuple[float, float],
) -> list[RadarLayer]:
    """Return the boundaries that one channel follows along at least half of the way."""
    number, channel = numbered
    heard = [{one.lower: one for one in echoes(channel, below)} for below in way.below]
    layers: list[RadarLayer] = []
    for at, name in enumerate(dict.fromkeys(name for one in heard for name in one)):
        first = _LAYER_INDEX + _PLACES * (16 * number + at)
        delays_ns, strengths_db = [-1.0] * len(heard), []
        for place, one in enumerate(heard):
            noise = draw.normal(first + place)
            if name not in one or (one[name].snr_db + spec.trace_sigma_db * noise < spec.heard_db):
                continue
            # The top of an echo is found to a part of the pulse, the smaller the stronger it is.
            blur_s = 10.0 ** (-one[name].snr_db / 20.0) / channel.band_hz
            delays_ns[place] = round(_NS * max(0.0, one[name].delay_s + blur_s * noise), 2)
            strengths_db.append(one[name].snr_db)
        if 2 * len(strengths_db) >= len(heard):
            layers.append(_layer(spec, number, delays_ns, fmean(strengths_db), epsilon))
    return layers


def _layer(
    spec: RadarSpec,
    number: int,
    delays_ns: list[float],
    snr_db: float,
    epsilon: tuple[float, float],
) -> RadarLayer:
    delay_ns = fmean(delay for delay in delays_ns if delay >= 0.0)
    depth_m = delay_ns / _NS * LIGHT_SPEED_M_S / (2.0 * math.sqrt(epsilon[0]))
    error = math.hypot(0.5 * epsilon[1] / epsilon[0], spec.model_frac)
    return RadarLayer(number, delay_ns, depth_m, depth_m * error, snr_db, tuple(delays_ns))


def _shallow(spec: RadarSpec, below: tuple[Stratum, ...]) -> float:
    """Mean permittivity of the ground near the surface, by thickness [-]."""
    parts = [
        (min(one.bottom_m, spec.shallow_m) - one.top_m, one.permittivity)
        for one in below
        if one.top_m < spec.shallow_m
    ]
    return math.fsum(thick * epsilon for thick, epsilon in parts) / math.fsum(t for t, _ in parts)


def _stones(spec: RadarSpec, draw: _Draw, way: Way) -> tuple[tuple[float, float], ...]:
    """Size of the stones at each depth, over the whole way [m]."""
    found: list[tuple[float, float]] = []
    for at, depth_m in enumerate(spec.stone_depths_m):
        sizes = [
            layer.block_m
            for below in way.below
            for layer in below
            if layer.top_m <= depth_m < layer.bottom_m
        ]
        if sizes:
            error = math.exp(spec.stone_sigma * draw.normal(_STONE_INDEX + at))
            found.append((depth_m, fmean(sizes) * error))
    return tuple(found)


def _wedges(spec: RadarSpec, layer: RadarLayer, epsilon: float) -> int:
    """Count the stretches where a boundary dips below its usual depth."""
    heard = [delay for delay in layer.delays_ns if delay >= 0.0]
    deep_ns = spec.wedge_m * 2.0 * math.sqrt(epsilon) / LIGHT_SPEED_M_S * _NS
    is_deep = [delay > median(heard) + deep_ns for delay in heard]
    return sum(deep and not before for before, deep in pairwise([False, *is_deep]))
