"""What an observation brings back: plain records that travel home inside a data product.

Use: instruments make them, storage carries them, science reads them when they have reached Earth.
"""

from dataclasses import dataclass

from game.rover.soundings import FieldSample, RadarProfile

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
# Filters of MSCam, middle wavelengths: Li et al., "Mission overview and scientific objectives of
# the Mars mission Tianwen-1", J. Deep Space Exploration 5(5), 2018 (mission dossier, section 4.1).
FILTERS_NM = (480, 525, 650, 700, 800, 900, 950, 1000)
# Bands of the microphone: wind below 100 Hz, voices and motors, and what the thin air swallows.
SOUND_BANDS_HZ = ((20, 100), (100, 400), (400, 2000))


@dataclass(frozen=True, slots=True)
class Sight:
    """When, where and along which direction something is observed; angles clockwise from north.

    `off_m` leads from where the rover believes to be to where it is, east and north. [m]
    """

    tick: int
    sol: int
    x_m: float
    y_m: float
    heading_rad: float
    azimuth_rad: float = 0.0
    elevation_rad: float = 0.0
    off_m: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Target:
    """What truly lies under the laser: the instrument sees it through noise and dust.

    `material` names it; `oxides_wt` follows `OXIDES` [weight percent]; band depths are those of
    the clean material [-]; `dust_frac` is how much loose dust covers it. `reflectance_frac` is
    what it throws back at the wavelengths of `FILTERS_NM` [-].
    """

    material: str
    oxides_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float
    dust_frac: float
    reflectance_frac: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """How a picture came out: light on the ground, haze, and the part of the ring it covers.

    `compression` is the quality asked for: raw size over sent size of a mean picture.
    """

    light_w_m2: float
    tau: float
    sun_elevation_rad: float
    view_rad: float
    compression: float = 8.0


@dataclass(frozen=True, slots=True)
class ThumbnailRecord:
    """A small copy of a picture that goes first; `of` is the number of the full one."""

    of: int
    of_kind: str
    picture: PictureRecord


@dataclass(frozen=True, slots=True)
class FilterRecord:
    """A picture through each filter, and what the spot in its middle throws back.

    `reflectance_frac` and `sigma_frac` follow `FILTERS_NM`. `ferric_depth` is the band of iron
    oxides at 900 nm, `water_drop` the fall from 950 to 1000 nm, `red_ratio` that of 650 to 480 nm;
    the first two share `index_sigma` [-]. `calibrated_sols` is negative without a calibration. Work
    that was broken off has fewer filters, and indices that are not known: `index_sigma` is 1.
    """

    picture: PictureRecord
    reflectance_frac: tuple[float, ...]
    sigma_frac: tuple[float, ...]
    ferric_depth: float
    water_drop: float
    index_sigma: float
    red_ratio: float
    dust_frac: float
    calibrated_sols: float


@dataclass(frozen=True, slots=True)
class CalibrationRecord:
    """The calibration target through each filter: the haze it tells, and the light it was in."""

    sol: int
    tau: float
    tau_sigma: float
    light_w_m2: float


@dataclass(frozen=True, slots=True)
class InfraredSample:
    """Infrared reading of one spot: band depths and their common error, fractions of the continuum.

    No shot has cleared the spot: `dust_frac` is what lies on it.
    """

    material: str
    hydration_depth: float
    silica_depth: float
    depth_sigma: float
    dust_frac: float
    ground_k: float
    range_m: float


@dataclass(frozen=True, slots=True)
class PlacedRecord:
    """The small camera stands on the ground, at the place and direction of the product."""

    sol: int


@dataclass(frozen=True, slots=True)
class SelfieRecord:
    """A picture by the camera on the ground; the product says where the rover stood.

    `is_rover_seen` and `is_lander_seen` tell whether they are in front of the camera.
    """

    picture: PictureRecord
    camera_x_m: float
    camera_y_m: float
    camera_azimuth_rad: float
    away_m: float
    is_rover_seen: bool
    is_lander_seen: bool


@dataclass(frozen=True, slots=True)
class SoilSample:
    """Laser and infrared reading of one spot of ground.

    `oxides_wt` and `sigma_wt` follow `OXIDES` [weight percent]; band depths and their common
    `depth_sigma` are fractions of the continuum [-]; `dust_frac` is the dust the first shots met,
    `first_wt` the composition that those shots alone would give.
    """

    material: str
    oxides_wt: tuple[float, ...]
    sigma_wt: tuple[float, ...]
    hydration_depth: float
    silica_depth: float
    depth_sigma: float
    dust_frac: float
    ground_k: float
    range_m: float = 2.0
    first_wt: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, least and most of one quantity, in its own unit."""

    mean: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class AirSample:
    """What the weather station saw and heard in one session.

    `sound_db` is the mean level of each band of `SOUND_BANDS_HZ`, `loudest_db` the loudest moment
    of the lowest one; `whirls_count` counts dips of pressure that pass within a minute or two.
    """

    duration_s: int
    readings_count: int
    pressure_pa: Spread
    air_k: Spread
    wind_m_s: Spread
    wind_from_rad: float
    tau: Spread
    sound_db: tuple[float, ...] = ()
    loudest_db: float = 0.0
    whirls_count: int = 0


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


Record = (
    PictureRecord
    | ThumbnailRecord
    | FilterRecord
    | CalibrationRecord
    | SelfieRecord
    | PlacedRecord
    | SoilSample
    | InfraredSample
    | RadarProfile
    | FieldSample
    | AirSample
    | HealthRecord
    | ContextRecord
    | WeatherReport
)
