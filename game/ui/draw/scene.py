"""What there is to see at one moment, read from the mission: the only way state reaches drawing."""

import math
from dataclasses import dataclass

from game.contact import pass_here
from game.orbiter.sight import look
from game.rover.power import array_dust_frac
from game.schedule import surroundings
from game.state import Setup, State
from game.ui.draw.baker import SunPlace
from game.ui.draw.rover_shape import RoverPose
from game.ui.landmarks import standing_places
from game.world.places import Place


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the surface.

    Attributes
    ----------
    rover : RoverPose
        Where and how the rover stands.
    sun : SunPlace
        The light.
    track_m : tuple of (x_m, y_m)
        The way driven so far. [m]
    places : tuple of Place
        Lander, hardware on the ground, and what is worth a visit.
    wind_from_rad, wind_m_s : float
        Where the wind comes from, clockwise from north, and how strong. [rad] [m/s]
    speed_m_s : float
        Of the rover over the ground. [m/s]
    is_lamp_on : bool
        The rover lights the ground before it.
    relay : (azimuth_rad, elevation_rad), optional
        Where the orbiter stands while the rover talks to it. [rad]
    tick : float
        Mission time between two states. [s]
    now_s : float
        Real time that moves dust; not mission time. [s]
    """

    rover: RoverPose
    sun: SunPlace
    track_m: tuple[tuple[float, float], ...] = ()
    places: tuple[Place, ...] = ()
    wind_from_rad: float = 0.0
    wind_m_s: float = 0.0
    speed_m_s: float = 0.0
    is_lamp_on: bool = False
    relay: tuple[float, float] | None = None
    tick: float = 0.0
    now_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What the window adds to the state: how far between two states, and its own time.

    Attributes
    ----------
    part : float
        Place of the frame between the previous state and the new one. [0-1]
    now_s : float
        Real time since the screen opened. [s]
    mast_rad : float, optional
        Where the cameras point, clockwise from north; straight ahead without it. [rad]
    is_lamp_on : bool
        Whether the lamp may burn; it does so only in the dark.
    """

    part: float
    now_s: float = 0.0
    mast_rad: float | None = None
    is_lamp_on: bool = True


def scene_of(setup: Setup, previous: State, state: State, moment: Moment) -> Scene:
    """Return what is to be seen a part of the way between two states."""
    part = moment.part
    tick = previous.tick + (state.tick - previous.tick) * part
    outside = surroundings(setup, round(tick))
    old, new = previous.rover.mobility, state.rover.mobility
    turned_rad = math.remainder(new.heading_rad - old.heading_rad, math.tau)
    heading_rad = old.heading_rad + turned_rad * part
    rover = RoverPose(
        old.x_m + (new.x_m - old.x_m) * part,
        old.y_m + (new.y_m - old.y_m) * part,
        heading_rad,
        old.steer_rad + (new.steer_rad - old.steer_rad) * part,
        old.odometer_m + (new.odometer_m - old.odometer_m) * part,
        heading_rad if moment.mast_rad is None else moment.mast_rad,
        1.0 - array_dust_frac(setup.rover.power, state.rover.power),
    )
    return Scene(
        rover,
        SunPlace(outside.sun_elevation_rad, outside.sun_azimuth_rad, outside.tau),
        previous.rover.track if part < 1.0 else state.rover.track,
        standing_places(setup, previous if part < 1.0 else state),
        outside.wind_from_rad,
        outside.wind_m_s,
        new.speed_m_s,
        moment.is_lamp_on and outside.sun_elevation_rad < 0.0,
        _relay(setup, state, round(tick)),
        tick,
        moment.now_s,
    )


def _relay(setup: Setup, state: State, tick: int) -> tuple[float, float] | None:
    spec = setup.orbiter
    if state.rover.radio.on_tick < 0 or pass_here(setup, state.rover, tick) is None:
        return None
    seen = look(spec.body, spec.orbit, setup.site, float(tick))
    return float(seen.azimuth_rad), float(seen.elevation_rad)
