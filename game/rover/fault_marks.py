"""What faults leave in the state: a clock that is ahead, a weak transmitter, wheels, a wing."""

import math
from dataclasses import replace

from game.rover.fault_effects import Beyond, Machine, wheels_left
from game.rover.gear import SIX_DRIVEN
from game.rover.rover import RoverState
from game.rover.sequencer import order


def is_marked(beyond: Beyond, rover: RoverState) -> bool:
    """Say whether the state is not yet, or no longer, as its faults leave it."""
    faults = rover.faults
    is_plain = faults.clock_s == 0 and faults.gain_db == 0.0 and not any(faults.wing_deg)
    if not faults.active and is_plain and rover.mobility.wheel_health == SIX_DRIVEN:
        return False
    return (
        round(beyond.clock_s) != faults.clock_s
        or beyond.radio_gain_db != faults.gain_db
        or (beyond.wing_0_deg, beyond.wing_1_deg) != faults.wing_deg
        or wheels_left(beyond) != rover.mobility.wheel_health
    )


def as_left(machine: Machine, rover: RoverState) -> RoverState:
    """Return the rover as its faults leave it."""
    rover = _clock_shifted(machine.beyond, rover)
    rover = _radio_tuned(machine.beyond, rover)
    rover = _wings_hung(machine.beyond, rover)
    left = wheels_left(machine.beyond)
    if left != rover.mobility.wheel_health:
        rover = replace(rover, mobility=replace(rover.mobility, wheel_health=left))
    return rover


def _clock_shifted(beyond: Beyond, rover: RoverState) -> RoverState:
    """Move what is planned by as much as the rover's clock has moved against true time."""
    ahead_s = round(beyond.clock_s)
    moved_s = rover.faults.clock_s - ahead_s
    if moved_s == 0:
        return rover
    plan = tuple(replace(a, start_tick=a.start_tick + moved_s) for a in rover.sequencer.plan)
    sequencer = replace(rover.sequencer, plan=order(plan))
    return replace(rover, sequencer=sequencer, faults=replace(rover.faults, clock_s=ahead_s))


def _radio_tuned(beyond: Beyond, rover: RoverState) -> RoverState:
    """Make the transmitter as strong as faults leave it."""
    change_db = beyond.radio_gain_db - rover.faults.gain_db
    if change_db == 0.0:
        return rover
    radio = replace(rover.radio, gain_db=rover.radio.gain_db + change_db)
    faults = replace(rover.faults, gain_db=beyond.radio_gain_db)
    return replace(rover, radio=radio, faults=faults)


def _wings_hung(beyond: Beyond, rover: RoverState) -> RoverState:
    """Let side wings hang at the angles at which they are stuck; a sound one is left alone."""
    hung_deg = (beyond.wing_0_deg, beyond.wing_1_deg)
    if hung_deg == rover.faults.wing_deg:
        return rover
    wings = rover.power.wings
    tilt_rad = tuple(
        math.radians(hung_deg[at]) if at < len(hung_deg) and hung_deg[at] else tilt
        for at, tilt in enumerate(wings.tilt_rad)
    )
    power = replace(rover.power, wings=replace(wings, tilt_rad=tilt_rad))
    return replace(rover, power=power, faults=replace(rover.faults, wing_deg=hung_deg))
