"""The two spectra of a soil sample as curves, made from its own readings for the eye.

What counts are the readings and their errors; a curve shows where in the light they come from.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.config import parse
from game.errors import ConfigError
from game.rover.records import OXIDES, InfraredSample, SoilSample
from game.ui.assets import window_table

Curve = tuple[tuple[float, float], ...]
Row = NDArray[np.float64]
LASER_POINTS, INFRARED_POINTS = 306, 120
TINTS = ((420.0, "#9E8CD8"), (500.0, "#7FA8E0"), (570.0, "#86C98F"), (600.0, "#E8CF7A"),
         (660.0, "#E89A66"))  # fmt: skip
DEEP_RED, ULTRAVIOLET_NM, ULTRAVIOLET = "#D8705E", 380.0, "#8F86C0"


@dataclass(frozen=True, slots=True)
class LaserSpec:
    """Range, width of a line [nm], glow under the lines and scatter [-]."""

    first_nm: float
    last_nm: float
    width_nm: float
    continuum: float
    noise: float


@dataclass(frozen=True, slots=True)
class InfraredSpec:
    """Range and bands of the infrared channels: places and widths [um], depths and shares [-]."""

    first_um: float
    last_um: float
    slope_1_um: float
    pyroxene_um: float
    pyroxene_width_um: float
    pyroxene_depth: float
    water_um: float
    water_width_um: float
    overtone_um: float
    overtone_width_um: float
    overtone_share: float
    silica_um: float
    silica_width_um: float


@dataclass(frozen=True, slots=True)
class LineSpec:
    """One emission line: the oxide it stands for, where [nm], and how bright per percent."""

    oxide: str
    nm: float
    strength: float


@dataclass(frozen=True, slots=True)
class SpectraSpec:
    """Everything of spectra.toml."""

    laser: LaserSpec
    infrared: InfraredSpec
    line: tuple[LineSpec, ...]


@cache
def load_spectra() -> SpectraSpec:
    """Read spectra.toml once."""
    where = "data/spectra.toml"
    spec = parse(window_table("spectra"), SpectraSpec, where)
    for line in spec.line:
        if line.oxide not in OXIDES:
            raise ConfigError(f"{where}: line at {line.nm} nm: no oxide {line.oxide!r}")
    return spec


def laser_curve(sample: SoilSample, number: int) -> Curve:
    """Return the light of the sparks over wavelength [nm], the brightest line at 1."""
    spec = load_spectra()
    laser = spec.laser
    nm = np.linspace(laser.first_nm, laser.last_nm, LASER_POINTS)
    light = laser.continuum * np.exp(-(((nm - 430.0) / 260.0) ** 2))
    for line in spec.line:
        share_wt = sample.oxides_wt[OXIDES.index(line.oxide)]
        # Half of the width: lines are drawn with a narrow head and a wide foot, as sparks have.
        away = (nm - line.nm) / (laser.width_nm / 2.0)
        light += line.strength * share_wt / 60.0 / (1.0 + away * away)
    light = light / max(float(light.max()), 1e-9)
    light = np.clip(light + laser.noise * _scatter(LASER_POINTS, number), 0.0, 1.0)
    return tuple(zip(nm.tolist(), light.tolist(), strict=True))


def infrared_curve(sample: SoilSample | InfraredSample, number: int) -> Curve:
    """Return the sunlight that the ground gives back over wavelength [um], 1 without bands."""
    spec = load_spectra().infrared
    um = np.linspace(spec.first_um, spec.last_um, INFRARED_POINTS)
    back = 1.0 - spec.slope_1_um * (spec.last_um - um) / (spec.last_um - spec.first_um)
    bands = (
        (spec.pyroxene_um, spec.pyroxene_width_um, spec.pyroxene_depth),
        (spec.water_um, spec.water_width_um, sample.hydration_depth),
        (spec.overtone_um, spec.overtone_width_um, spec.overtone_share * sample.hydration_depth),
        (spec.silica_um, spec.silica_width_um, sample.silica_depth),
    )
    for centre_um, width_um, depth in bands:
        back = back * (1.0 - depth * np.exp(-(((um - centre_um) / width_um) ** 2)))
    back = back + sample.depth_sigma * 0.35 * _scatter(INFRARED_POINTS, number + 7)
    return tuple(zip(um.tolist(), back.tolist(), strict=True))


def tint_of(nm: float) -> str:
    """Return a colour that says where in the rainbow a wavelength lies."""
    if nm < ULTRAVIOLET_NM:
        return ULTRAVIOLET
    return next((colour for last_nm, colour in TINTS if nm < last_nm), DEEP_RED)


def _scatter(count: int, number: int) -> Row:
    """Return the same restless curve for the same product every time; decoration only."""
    k = np.arange(count, dtype=np.float64)
    turn = (number % 97) * math.sqrt(2.0)
    raw = np.sin(12.9898 * k + 78.233 * turn) * 43758.5453
    return 2.0 * (raw - np.floor(raw)) - 1.0
