"""The numbers behind the look, read once from `game/data/look.toml`."""

import pkgutil
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from game.config import parse
from game.render.look_parts import (
    CameraLook,
    CrustLook,
    HollowsLook,
    MantleLook,
    PebblesLook,
    Rgb,
    RipplesLook,
    Row,
    ScarsLook,
    SoilLook,
    StonesLook,
    TracksLook,
    WindLook,
)


@dataclass(frozen=True, slots=True)
class RampLook:
    """Linear colours of the ground by albedo, and what redness does to them."""

    colours: tuple[Rgb, ...]
    grey: Rgb
    warm: Rgb


@dataclass(frozen=True, slots=True)
class LampLook:
    """The headlight: colour, exposure, reach [m], opening (half width per metre), offset [m]."""

    colour: Rgb
    exposure: float
    reach_m: float
    opening: float
    offset_m: float


@dataclass(frozen=True, slots=True)
class LightLook:
    """How light is shown: rows of knots over the Sun's elevation, optical depth and level."""

    elevation_deg: Row
    median_luma: Row
    slope_gain: Row
    direct_gain: Row
    saturation: Row
    contrast: Row
    night: Row
    twilight: Row
    night_sky: Rgb
    dusk_sky: Rgb
    dusk_glow: Rgb
    dawn_glow: Rgb
    dusk_glow_frac: float
    dawn_glow_frac: float
    tau: Row
    storm: Row
    storm_luma: float
    storm_haze: float
    storm_haze_rgb: Rgb
    clear_haze: float
    clear_haze_rgb: Rgb
    storm_saturation: float
    level: Row
    level_gain: Row
    level_sky: Row
    level_saturation: Row
    reference_albedo: float
    reference_redness: float
    shadow_soft: float
    sky_side: float
    lamp: LampLook

    def __post_init__(self) -> None:
        """Refuse rows that do not fit their knots."""
        rows = (
            (
                "elevation_deg",
                "median_luma slope_gain direct_gain saturation contrast night twilight",
            ),
            ("tau", "storm"),
            ("level", "level_gain level_sky level_saturation"),
        )
        for knots, names in rows:
            for name in names.split():
                if len(getattr(self, name)) != len(getattr(self, knots)):
                    raise ValueError(f"{name} needs one value for each of {knots}")


@dataclass(frozen=True, slots=True)
class LookSpec:
    """Everything in look.toml."""

    ramp: RampLook
    light: LightLook
    soil: SoilLook
    mantle: MantleLook
    crust: CrustLook
    ripples: RipplesLook
    wind: WindLook
    pebbles: PebblesLook
    stones: StonesLook
    scars: ScarsLook
    hollows: HollowsLook
    tracks: TracksLook
    camera: CameraLook


@lru_cache(maxsize=1)
def look() -> LookSpec:
    """Return the look of the game.

    Raises
    ------
    ConfigError
        One line a problem of the file.
    """
    data = pkgutil.get_data("game", "data/look.toml")
    table = tomllib.loads((data or b"").decode("utf-8"))
    table.pop("schema", None)
    return parse(table, LookSpec, "look.toml")
