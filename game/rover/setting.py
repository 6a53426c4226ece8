"""Everything an observation meets when it has run its time."""

from dataclasses import dataclass

from game.environment.surroundings import Surroundings
from game.rover.records import Sight, Target
from game.rover.soundings import FieldReading
from game.world.strata import Stratum


@dataclass(frozen=True, slots=True)
class Way:
    """The ground that the radar was driven over.

    `places_m` are points along the way [m from its start], `below` what lies under each of them.
    """

    length_m: float
    places_m: tuple[float, ...]
    below: tuple[tuple[Stratum, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedCamera:
    """The small camera on the ground: where it stands, looks, and how many pictures it has left."""

    x_m: float
    y_m: float
    azimuth_rad: float
    left_count: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What one observation is made of.

    `surroundings` has one entry at the end of the observation, or one per reading for the air;
    `target` and `dust` are what laser or filters see and the dust upon it, `range_m` away;
    `box_k` is the temperature of the instrument. `compression` is raw size over sent size, zero
    for the usual one. `calibrated_sols` is how long ago the calibration target was looked at,
    negative if never. The rest is for the radar, the magnetometer and the camera on the ground.
    `done_frac` is below 1 for work that was broken off.
    """

    sight: Sight
    duration_s: int
    surroundings: tuple[Surroundings, ...]
    box_k: float
    target: Target | None = None
    dust: Target | None = None
    range_m: float = 0.0
    compression: float = 0.0
    calibrated_sols: float = -1.0
    done_frac: float = 1.0
    way: Way | None = None
    readings: tuple[FieldReading, ...] = ()
    camera: PlacedCamera | None = None
