"""The magnetometer: turning in place tells the field of Mars from the rover's own."""

import cmath
import math
from dataclasses import dataclass

from game.rng import Stream, normal
from game.rover.setting import Scene
from game.rover.soundings import FieldReading, FieldSample

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class FluxgateSpec:
    """The magnetometer and the rover's own field at its sensors, along the rover's axes.

    One reading takes `reading_s` and is known to `sigma_nt`; `headings_deg` are the turns from
    the first heading. `own_sigma_nt` is how little is known of the own field without turning.
    A stop known to `good_sigma_nt` is a perfect one. A turn that has not ended after
    `turn_limit_s` is given up.
    """

    own_forward_nt: float
    own_right_nt: float
    own_down_nt: float
    own_sigma_nt: float
    sigma_nt: float
    good_sigma_nt: float
    reading_s: int
    turn_limit_s: int
    headings_deg: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.headings_deg or self.reading_s <= 0 or self.turn_limit_s <= 0:
            raise ValueError("headings_deg, reading_s and turn_limit_s must not be empty or zero")
        if min(self.sigma_nt, self.good_sigma_nt, self.own_sigma_nt) <= 0.0:
            raise ValueError("sigmas of the magnetometer must be above zero")


def reading(
    spec: FluxgateSpec, seed: int, tick: int, heading_rad: float, field_nt: Vector
) -> FieldReading:
    """Return what the sensors show: the field along the rover's axes, its own, and noise.

    Parameters
    ----------
    spec : FluxgateSpec
        The instrument.
    seed, tick : int
        Of the run, and when.
    heading_rad : float
        Of the rover, clockwise from north. [rad]
    field_nt : tuple of float
        Field of the ground to the east, to the north, and down. [nT]
    """
    east, north, down = field_nt
    turn_s, turn_c = math.sin(heading_rad), math.cos(heading_rad)
    noise = [spec.sigma_nt * normal(seed, Stream.SENSOR, tick, axis) for axis in range(3)]
    return FieldReading(
        tick,
        heading_rad,
        east * turn_s + north * turn_c + spec.own_forward_nt + noise[0],
        east * turn_c - north * turn_s + spec.own_right_nt + noise[1],
        down + spec.own_down_nt + noise[2],
    )


def survey(spec: FluxgateSpec, _seed: int, scene: Scene) -> tuple[FieldSample, float]:
    """Return the field of a stop from readings at several headings, and how good it is.

    Notes
    -----
    With forward and right as one complex number, a reading is z exp(-i heading) + own, where z is
    north + i east: least squares for z and own. One heading leaves them mixed. The part straight
    down does not change by turning, so the rover's share stays in it: as for the real rover, the
    level part is the result.

    References
    ----------
    .. [1] A. Du et al., "Ground magnetic survey on Mars from the Zhurong rover", Nature Astronomy
       7, 2023 (stops with turns, level field only).
    """
    readings = scene.readings
    if not readings:
        raise ValueError("the magnetometer needs readings")
    count = len(readings)
    turns = [cmath.exp(-1j * one.heading_rad) for one in readings]
    seen = [complex(one.forward_nt, one.right_nt) for one in readings]
    mean_turn, mean_seen = _mean(turns), _mean(seen)
    spread = 1.0 - abs(mean_turn) ** 2  # 1 for headings all around, 0 for a single one
    if spread * count > 0.1:
        swung = _mean([s * t.conjugate() for s, t in zip(seen, turns, strict=True)])
        field = (swung - mean_seen * mean_turn.conjugate()) / spread
        own = mean_seen - field * mean_turn
        sigma_nt = spec.sigma_nt / math.sqrt(spread * count)
    else:
        field, own = mean_seen / mean_turn, 0j
        sigma_nt = spec.own_sigma_nt
    record = FieldSample(
        east_nt=field.imag,
        north_nt=field.real,
        sigma_nt=sigma_nt,
        down_nt=math.fsum(one.down_nt for one in readings) / count,
        down_sigma_nt=spec.own_sigma_nt,
        own_forward_nt=own.real,
        own_right_nt=own.imag,
        headings_count=count,
    )
    return record, min(1.0, spec.good_sigma_nt / sigma_nt)


def _mean(values: list[complex]) -> complex:
    # The last bit of the built-in sum depends on the Python: floats from 3.12, complex from 3.14.
    real, imag = math.fsum(one.real for one in values), math.fsum(one.imag for one in values)
    return complex(real, imag) / len(values)
