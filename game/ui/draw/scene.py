"""What there is to see at one moment, read from the mission: the only way state reaches drawing."""

from dataclasses import dataclass

from game.ui.draw.baker import SunPlace
from game.ui.draw.rover import RoverPose


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
    wind_from_rad : float
        Where the wind comes from, clockwise from north. [rad]
    now_s : float
        Real time that moves dust and ripples of light; not mission time. [s]
    """

    rover: RoverPose
    sun: SunPlace
    track_m: tuple[tuple[float, float], ...] = ()
    wind_from_rad: float = 0.0
    now_s: float = 0.0
