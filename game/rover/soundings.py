"""What reaches below the ground or into it: radar profiles and magnetic stops, as plain records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What the magnetometer showed at one heading, along the rover's own axes [nT]."""

    tick: int
    heading_rad: float
    forward_nt: float
    right_nt: float
    down_nt: float


@dataclass(frozen=True, slots=True)
class RadarLayer:
    """One boundary below the way, as one channel of the radar hears it.

    `delay_ns` there and back, `depth_m` by the permittivity that the same profile gives, `snr_db`
    above the noise. `delays_ns` is the delay at each place of the profile, negative where nothing
    was heard.
    """

    channel: int
    delay_ns: float
    depth_m: float
    depth_sigma_m: float
    snr_db: float
    delays_ns: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RadarProfile:
    """What lies under a stretch of way: `places_m` are the points of each layer along it.

    `stones` are depths and the size of the stones there, told by their many small echoes. [m]
    """

    way_m: float
    traces_count: int
    permittivity: float
    permittivity_sigma: float
    places_m: tuple[float, ...]
    layers: tuple[RadarLayer, ...]
    wedges_count: int
    stones: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FieldSample:
    """The magnetic field of a stop [nT].

    East and north share `sigma_nt`, which is large while one heading cannot tell the field from
    the rover's own (`own_...`, along its axes). The part straight down always holds the rover's
    share: turning on level ground does not change it.
    """

    east_nt: float
    north_nt: float
    sigma_nt: float
    down_nt: float
    down_sigma_nt: float
    own_forward_nt: float
    own_right_nt: float
    headings_count: int
