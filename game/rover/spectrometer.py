"""Laser and infrared: where they reach, what dust and distance cost, what a spot throws back."""

import math
from dataclasses import dataclass

from game.rng import Stream, normal
from game.rover.records import OXIDES, InfraredSample, SoilSample, Target
from game.rover.setting import Scene

_DEPTH_INDEX = len(OXIDES)  # numbers of the random draws that follow the oxides
_SILICA_INDEX = len(OXIDES) + 1
_GAS_INDEX = len(OXIDES) + 2
_FIRST_INDEX = 40


@dataclass(frozen=True, slots=True)
class SpectrometerSpec:
    """Reach and noise of laser and infrared; `_wt` is weight percent, depths are fractions.

    The mirror turns by `mirror_deg` to either side of the nose. Beyond `clear_range_m` the light
    that comes back grows less. `dust_left_frac` of the loose dust outlives the first shots, of
    which there are `first_shots` of `shots`; infrared alone sees `bare_left_frac` of it, because
    its spot is larger than what a shot clears.
    """

    least_range_m: float
    usual_range_m: float
    clear_range_m: float
    most_range_m: float
    mirror_deg: float
    oxide_relative: float
    oxide_floor_wt: float
    depth_sigma: float
    gas_residue: float
    dust_left_frac: float
    bare_left_frac: float
    first_shots: int
    shots: int
    warm_noise_1_k: float
    reference_k: float

    def __post_init__(self) -> None:
        ranges = (self.least_range_m, self.usual_range_m, self.clear_range_m, self.most_range_m)
        if list(ranges) != sorted(ranges) or self.least_range_m <= 0.0:
            raise ValueError("ranges must be above zero and grow: least, usual, clear, most")
        if not 0 < self.first_shots < self.shots:
            raise ValueError("first_shots must be above zero and below shots")


def reach_refusal(spec: SpectrometerSpec, range_m: float, bearing_rad: float) -> str:
    """Say why the spectrometer cannot look there, in a sentence to act on; empty if it can."""
    if range_m and not spec.least_range_m <= range_m <= spec.most_range_m:
        return (
            f"The spectrometer reaches from {spec.least_range_m:.1f} to {spec.most_range_m:.0f} m; "
            f"{range_m:.1f} m is too {'near' if range_m < spec.least_range_m else 'far'}."
        )
    turn_deg = math.degrees(math.remainder(bearing_rad, math.tau))
    if abs(turn_deg) > spec.mirror_deg + 1e-9:
        side = "right" if turn_deg > 0.0 else "left"
        return (
            f"The target lies {abs(turn_deg):.0f}° to the {side}, the mirror reaches "
            f"{spec.mirror_deg:.0f}°; turn the rover to face it."
        )
    return ""


def loudness(spec: SpectrometerSpec, range_m: float, box_k: float) -> float:
    """How much larger errors are than at short range and the reference temperature [-].

    Notes
    -----
    Light collected falls with the square of the distance; where its own graininess is the noise,
    the relative error grows with the distance itself.

    References
    ----------
    .. [1] S. Maurice et al., "The ChemCam instrument suite on the Mars Science Laboratory rover:
       science objectives and mast unit description", Space Science Reviews 170, 2012, sec. 2.
    """
    far = max(1.0, range_m / spec.clear_range_m)
    return far * (1.0 + spec.warm_noise_1_k * max(0.0, box_k - spec.reference_k))


def soil(spec: SpectrometerSpec, seed: int, scene: Scene) -> tuple[SoilSample, float]:
    """Laser shots and an infrared spectrum of one spot.

    Notes
    -----
    Dust that the first shots do not clear mixes with the target in proportion; oxides carry a
    relative and a fixed error, band depths a common one plus the residue of the air's own bands.
    Quality falls with dust and noise. A series that was broken off has fewer shots to average: the
    dusty first ones weigh more, and errors grow with the root.

    References
    ----------
    .. [1] S. M. Clegg et al., "Recalibration of the Mars Science Laboratory ChemCam instrument
       with an expanded geochemical database", Spectrochimica Acta B 129, 2017 (size of errors).
    """
    target, dust, tick = _aim(scene)
    cover = target.dust_frac * min(1.0, spec.dust_left_frac / scene.done_frac)
    louder = loudness(spec, scene.range_m, scene.box_k) / math.sqrt(scene.done_frac)
    true_wt = _mixed(target, dust, cover)
    sigma_wt = tuple(
        louder * math.hypot(spec.oxide_relative * wt, spec.oxide_floor_wt) for wt in true_wt
    )
    depths = _depths(spec, seed, scene, cover)
    few = math.sqrt(max(1.0, scene.done_frac * spec.shots / spec.first_shots))
    record = SoilSample(
        material=target.material,
        oxides_wt=_scattered(seed, tick, true_wt, sigma_wt, 0),
        sigma_wt=sigma_wt,
        hydration_depth=depths[0],
        silica_depth=depths[1],
        depth_sigma=depths[2],
        dust_frac=target.dust_frac,
        ground_k=scene.surroundings[-1].ground_k,
        range_m=scene.range_m,
        first_wt=_scattered(
            seed,
            tick,
            _mixed(target, dust, target.dust_frac),
            tuple(few * sigma for sigma in sigma_wt),
            _FIRST_INDEX,
        ),
    )
    return record, (1.0 - cover) / louder


def infrared(spec: SpectrometerSpec, seed: int, scene: Scene) -> tuple[InfraredSample, float]:
    """Read the infrared of one spot, through the dust that lies on it."""
    target, _, _ = _aim(scene)
    cover = target.dust_frac * spec.bare_left_frac
    depths = _depths(spec, seed, scene, cover)
    record = InfraredSample(
        material=target.material,
        hydration_depth=depths[0],
        silica_depth=depths[1],
        depth_sigma=depths[2],
        dust_frac=target.dust_frac,
        ground_k=scene.surroundings[-1].ground_k,
        range_m=scene.range_m,
    )
    louder = loudness(spec, scene.range_m, scene.box_k) / math.sqrt(scene.done_frac)
    return record, (1.0 - cover) / louder


def _aim(scene: Scene) -> tuple[Target, Target, int]:
    if scene.target is None or scene.dust is None:
        raise ValueError("the laser needs a target and the dust upon it")
    return scene.target, scene.dust, scene.sight.tick


def _depths(
    spec: SpectrometerSpec, seed: int, scene: Scene, cover: float
) -> tuple[float, float, float]:
    """Depth of the water band, of the silica band, and their common error [-]."""
    target, dust, tick = _aim(scene)
    louder = loudness(spec, scene.range_m, scene.box_k) / math.sqrt(scene.done_frac)
    sigma = louder * spec.depth_sigma
    residue = spec.gas_residue * normal(seed, Stream.SCIENCE, tick, _GAS_INDEX)
    hydration = _mix(target.hydration_depth, dust.hydration_depth, cover) + residue
    silica = _mix(target.silica_depth, 0.0, cover)
    return (
        hydration + sigma * normal(seed, Stream.SCIENCE, tick, _DEPTH_INDEX),
        silica + sigma * normal(seed, Stream.SCIENCE, tick, _SILICA_INDEX),
        math.hypot(sigma, spec.gas_residue),
    )


def _mixed(target: Target, dust: Target, cover: float) -> list[float]:
    return [_mix(a, b, cover) for a, b in zip(target.oxides_wt, dust.oxides_wt, strict=True)]


def _scattered(
    seed: int, tick: int, true: list[float], sigma: tuple[float, ...], first: int
) -> tuple[float, ...]:
    return tuple(
        max(0.0, value + error * normal(seed, Stream.SCIENCE, tick, first + at))
        for at, (value, error) in enumerate(zip(true, sigma, strict=True))
    )


def _mix(clean: float, dusty: float, cover_frac: float) -> float:
    return clean + (dusty - clean) * cover_frac
