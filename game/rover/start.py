"""The rover as it stands on the lander, a few minutes after touchdown."""

from dataclasses import dataclass

from game.rover.machine import RoverSpec, RoverState
from game.rover.meters import RoverMeters
from game.rover.mobility import initial_mobility
from game.rover.modes import Mode
from game.rover.power import initial_power
from game.rover.radio import RadioState
from game.rover.sequencer import SequencerState
from game.rover.storage import StorageState
from game.rover.thermal import initial_thermal


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the rover stands first; heading clockwise from north [rad]."""

    x_m: float
    y_m: float
    heading_rad: float
    is_on_lander: bool


def initial_rover(spec: RoverSpec, pose: Pose) -> RoverState:
    """Return the rover at touchdown: wings open, box warm from the flight."""
    thermal = initial_thermal(spec.start_box_k, spec.start_outside_k, spec.start_clear_frac)
    return RoverState(
        mode=Mode.STANDBY,
        mobility=initial_mobility(pose.x_m, pose.y_m, pose.heading_rad, pose.is_on_lander),
        power=initial_power(spec.power, spec.start_charge_frac, spec.start_clear_frac),
        thermal=thermal,
        storage=StorageState(),
        radio=RadioState(),
        sequencer=SequencerState(),
        meters=RoverMeters(tool_j=(0.0,) * len(spec.instruments.instrument)),
        motor_k=spec.start_outside_k,
        mast_k=spec.start_outside_k,
    )
