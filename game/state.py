"""What never changes during a run (Setup) and what does (State)."""

from dataclasses import dataclass, field
from math import radians

import numpy as np
from numpy.typing import NDArray

from game.commands import Command
from game.environment.clock import SiteSpec
from game.environment.nature import EnvironmentSpec
from game.mission.chart import ChartSpec
from game.mission.mission import MissionSpec, MissionState
from game.mission.outlook import ForecastSpec
from game.mission.scoring import ScoreSpec
from game.orbiter.relay import OrbiterSpec
from game.rover.rover import RoverSpec, RoverState
from game.rover.start import Pose
from game.science.samples import ScienceSpec
from game.world.places import Place
from game.world.terrain import Terrain

LONGEST_STEP_S = 600  # what heat and power were checked for


@dataclass(frozen=True, slots=True)
class KeepOut:
    """A round area that no wheel may enter, and why."""

    name: str
    x_m: float
    y_m: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Outage:
    """The orbiter is not to be had between two ticks."""

    start_tick: int
    end_tick: int


@dataclass(frozen=True, slots=True)
class SoilMaterial:
    """What the laser meets on a soil or a rock: a material's name, and the dust upon it [-]."""

    material: str
    dust_frac: float


@dataclass(frozen=True, slots=True)
class StepSpec:
    """The longest steps of a rover at rest, and up to where hills are asked about the Sun.

    asleep_s, silent_s : with the computer resting, and awake. [s]
    sending_s : while the radio is at work. [s]
    watched_s : while a condition may end an activity early. [s]
    ahead_s : of a rover that rests in a run ahead, where nobody looks on. [s]
    high_sun_deg : no ground that a rover stands on rises above this all round. [deg]
    """

    asleep_s: int
    silent_s: int
    sending_s: int
    watched_s: int
    ahead_s: int
    high_sun_deg: float
    high_sun_rad: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse steps that no part of the rover was made for."""
        spans_s = (self.asleep_s, self.silent_s, self.sending_s, self.watched_s, self.ahead_s)
        if not all(1 <= one <= LONGEST_STEP_S for one in spans_s):
            raise ValueError(
                "asleep_s, silent_s, sending_s, watched_s and ahead_s must be from 1 to "
                f"{LONGEST_STEP_S} seconds"
            )
        if not 0.0 <= self.high_sun_deg <= 90.0:
            raise ValueError("high_sun_deg must be from 0 to 90")
        object.__setattr__(self, "high_sun_rad", radians(self.high_sun_deg))


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """Everything that stays fixed during a run.

    `level` is the name or path the level was opened by, `difficulty` the name of the preset:
    with `seed` they are all a save needs to build the same setup again. `opening_tick` is when a
    player takes over; sols before it are the commissioning aboard the lander. `is_delayed` says
    that commands travel at the speed of light, `is_windowed` that they get in only through a pass
    or while Earth stands over the rover's horizon. Rocks less high than
    `smallest_rock_m` are no obstacle. In a forecast, whose rover stands where the real one believes
    to be, what cameras have seen lies `sight_off_m` east and north of its place on the map.
    """

    level: str
    title: str
    seed: int
    difficulty: str
    opening_tick: int
    is_delayed: bool
    is_windowed: bool
    environment: EnvironmentSpec
    terrain: Terrain
    rover: RoverSpec
    orbiter: OrbiterSpec
    mission: MissionSpec
    score: ScoreSpec
    science: ScienceSpec
    soils: tuple[SoilMaterial, ...]
    forecast: ForecastSpec
    chart: ChartSpec
    steps: StepSpec
    start: Pose
    places: tuple[Place, ...]
    keep_outs: tuple[KeepOut, ...]
    outages: tuple[Outage, ...]
    smallest_rock_m: float
    sight_off_m: tuple[float, float] = (0.0, 0.0)

    @property
    def keep_out_circles(self) -> tuple[tuple[float, float, float], ...]:
        """Forbidden circles as plain numbers: east, north, radius [m]."""
        return tuple((one.x_m, one.y_m, one.radius_m) for one in self.keep_outs)

    @property
    def site(self) -> SiteSpec:
        """The landing place."""
        return self.environment.site


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Everything that changes. Time is the tick, in whole seconds since touchdown.

    `uplink` holds commands on their way with the tick of their arrival. `chart` is a grid of
    ground that has been seen, uint8, rows from south to north (see `mission/chart.py`).
    """

    tick: int
    rover: RoverState
    mission: MissionState
    chart: NDArray[np.uint8]
    uplink: tuple[tuple[int, Command], ...] = ()
