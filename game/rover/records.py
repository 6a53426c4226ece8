"""What an observation brings back: plain records that travel home inside a data product.

Use: instruments make them, storage carries them, science reads them when they have reached Earth.
"""

from dataclasses import dataclass

# Order of the oxides in every composition, as laboratories list them.
OXIDES = (
    "SiO2",
    "TiO2",
    "Al2O3",
    "FeO",
    "MnO",
    "MgO",
    "CaO",
    "Na2O",
    "K2O",
    "P2O5",
    "Cr2O3",
    "SO3",
    "Cl",
    "H2O",
)


@dataclass(frozen=True, slots=True)
class Sight:
    """When, where and along which direction something is observed; angles clockwise from north."""

    tick: int
    sol: int
    x_m: float
    y_m: float
    heading_rad: float
    azimuth_rad: float = 0.0
    elevation_rad: float = 0.0


@dataclass(frozen=True, slots=True)
class Target:
    """What truly lies under the laser: the instrument sees it through noise and dust.

    `material` names it; `oxides_wt` follows `OXIDES` [weight percent]; band depths are those of
    the clean material [-]; `dust_frac` is how much loose dust covers it.
    """

    material: str
    oxides_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float
    dust_frac: float


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """How a picture came out: light on the ground, haze, and the part of the ring it covers."""

    light_w_m2: float
    tau: float
    sun_elevation_rad: float
    view_rad: float


@dataclass(frozen=True, slots=True)
class SoilSample:
    """Laser and infrared reading of one spot of ground.

    `oxides_wt` and `sigma_wt` follow `OXIDES` [weight percent]; band depths and their common
    `depth_sigma` are fractions of the continuum [-]; `dust_frac` is the dust the first shots met.
    """

    material: str
    oxides_wt: tuple[float, ...]
    sigma_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float
    depth_sigma: float
    dust_frac: float
    ground_k: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, least and most of one quantity, in its own unit."""

    mean: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class AirSample:
    """What the weather station saw in one session."""

    duration_s: int
    readings_count: int
    pressure_pa: Spread
    air_k: Spread
    wind_m_s: Spread
    wind_from_rad: float
    tau: Spread


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """A sol's housekeeping."""

    sol: int


@dataclass(frozen=True, slots=True)
class ContextRecord:
    """A picture of the ground around the rover, taken by the orbiter: its width, Sun and haze."""

    width_m: float
    sun_elevation_rad: float
    sun_azimuth_rad: float
    tau: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a weather report says of one coming sol: the chance of a storm, and a warning or not."""

    sol: int
    chance_frac: float
    is_warned: bool


@dataclass(frozen=True, slots=True)
class WeatherReport:
    """The orbiter's weather report: dust over the site now, and what may come."""

    tau: float
    outlooks: tuple[Outlook, ...]


Record = PictureRecord | SoilSample | AirSample | HealthRecord | ContextRecord | WeatherReport
