"""Four wings: how they lie to the Sun, and how their motors turn them."""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.machine_commands import WingMode
from game.rover.wing_shadow import Reach, mast_reaches, mast_shade, raised_shade
from game.rover.wing_shape import BodySun, MastSpec, WingSpec

EVEN_SLANT = 1.66  # way of even light through a thin layer, against straight down (Elsasser 1942)
GRAZING = 0.02  # a beam flatter than a degree brings nothing anyway


@dataclass(frozen=True, slots=True)
class WingsSpec:
    """All wings, their motors, and what dust does on them.

    height_m : above the ground. [m]
    turn_deg_s, motor_w : speed and power of one wing motor. [deg/s, W]
    hinge_min_k : below this the hinges are too stiff; they are as cold as the deck. [K]
    deadband_deg : a tracking wing is turned when it is off by more. [deg]
    steep_deg, slide_s : dust slides off a wing steeper than this, e-fold of what is loose. [deg, s]
    slide_left_frac : when no more than this share of the dust is loose, shedding is over. [-]
    cake_sols : time in which loose dust cakes on, e-fold. [sol]
    usual_slant : length of the way through dust, against straight down, in the light in which dust
        factors are measured. [-]
    gust_scatter_frac : how unevenly a gust cleans the wings, to either side. [-]
    gust_tilt_gain : how much more a gust takes off a wing at 45 degrees. [-]
    aureole_frac, aureole_fade : share of the sky's light that comes from around the Sun in thin
        dust, and how fast it falls with the dust on the way; 0 is an even sky. [-]
    """

    mast: MastSpec
    wing: tuple[WingSpec, ...]
    height_m: float
    turn_deg_s: float
    motor_w: float
    hinge_min_k: float
    deadband_deg: float
    steep_deg: float
    slide_s: float
    slide_left_frac: float
    cake_sols: float
    usual_slant: float
    gust_scatter_frac: float
    gust_tilt_gain: float
    aureole_frac: float = 0.0
    aureole_fade: float = 0.0
    area_m2: tuple[float, ...] = field(init=False, compare=False, repr=False)
    reach: tuple[tuple[Reach, ...], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out areas and where the mast's shadow meets each wing."""
        if not self.wing or self.turn_deg_s <= 0.0 or self.slide_s <= 0.0 or self.cake_sols <= 0.0:
            raise ValueError("wing needs one entry, and turn_deg_s, slide_s, cake_sols above 0")
        if self.usual_slant < 1.0:
            raise ValueError("usual_slant must be 1 or more")
        if not 0.0 <= self.gust_scatter_frac < 1.0:
            raise ValueError("gust_scatter_frac must be from 0 to below 1")
        if not 0.0 <= self.aureole_frac <= 1.0 or not 0.0 <= self.aureole_fade <= 10.0:
            raise ValueError("aureole_frac must be from 0 to 1, aureole_fade from 0 to 10")
        areas = tuple(one.across_m * one.along_m for one in self.wing)
        object.__setattr__(self, "area_m2", areas)
        object.__setattr__(self, "reach", mast_reaches(self.mast, self.wing))


@dataclass(frozen=True, slots=True)
class WingsState:
    """Angles, and dust as the optical depth of its two layers, one number a wing.

    `mode` is what the wings are told to do; `wanted_rad` the angles they are held at. Loose dust
    slides and blows off, caked dust only blows off, and that after the loose. A wing passes
    exp(-loose - caked) of the light in which a dust factor is measured.
    """

    mode: WingMode
    tilt_rad: tuple[float, ...]
    wanted_rad: tuple[float, ...]
    loose: tuple[float, ...]
    caked: tuple[float, ...]


class Stance(NamedTuple):
    """How the body stands: heading clockwise from north, nose up, right side down [rad]."""

    heading_rad: float
    pitch_rad: float
    roll_rad: float


LEVEL = Stance(0.0, 0.0, 0.0)


class ArrayLight(NamedTuple):
    """Light on all wings: mean over their area [W/m2], and what passes the dust in all [W]."""

    mean_w_m2: float
    passed_w: float


def initial_wings(spec: WingsSpec, clear_frac: float = 1.0) -> WingsState:
    """Return level wings under a layer of caked dust that passes a share of the light."""
    none = (0.0,) * len(spec.wing)
    caked = (max(0.0, -math.log(clear_frac)),) * len(spec.wing)
    return WingsState(WingMode.LEVEL, none, none, none, caked)


def wing_clear_frac(wings: WingsState) -> tuple[float, ...]:
    """Share of the light that passes the dust, one number a wing [-]."""
    return tuple(
        math.exp(-loose - caked) for loose, caked in zip(wings.loose, wings.caked, strict=True)
    )


@lru_cache(maxsize=256)
def _axes(heading_rad: float, pitch_rad: float, roll_rad: float) -> tuple[float, ...]:
    """Return right, forward and up of the body as east, north, up [-]."""
    sin_h, cos_h = math.sin(heading_rad), math.cos(heading_rad)
    sin_p, cos_p = math.sin(pitch_rad), math.cos(pitch_rad)
    sin_r, cos_r = math.sin(roll_rad), math.cos(roll_rad)
    forward = (sin_h * cos_p, cos_h * cos_p, sin_p)
    level_right = (cos_h, -sin_h, 0.0)
    level_up = (-sin_h * sin_p, -cos_h * sin_p, cos_p)
    right = tuple(r * cos_r - u * sin_r for r, u in zip(level_right, level_up, strict=True))
    up = tuple(u * cos_r + r * sin_r for r, u in zip(level_right, level_up, strict=True))
    return (*right, *forward, *up)


def body_sun(stance: Stance, sky: Surroundings) -> BodySun:
    """Turn the Sun's direction into the rover's axes."""
    rx, ry, rz, fx, fy, fz, ux, uy, uz = _axes(*stance)
    level = math.cos(sky.sun_elevation_rad)
    east, north = level * math.sin(sky.sun_azimuth_rad), level * math.cos(sky.sun_azimuth_rad)
    high = math.sin(sky.sun_elevation_rad)
    return BodySun(
        rx * east + ry * north + rz * high,
        fx * east + fy * north + fz * high,
        ux * east + uy * north + uz * high,
        uz,
        rz,
    )


def wings_normal(spec: WingsSpec, wings: WingsState, stance: Stance) -> tuple[float, float, float]:
    """Mean normal of all wings, weighed by their areas: east, north, up [-]."""
    rx, ry, rz, _, _, _, ux, uy, uz = _axes(*stance)
    if not any(wings.tilt_rad):
        return ux, uy, uz
    whole_m2 = math.fsum(spec.area_m2)
    pairs = tuple(zip(spec.area_m2, wings.tilt_rad, strict=True))
    up = math.fsum(area * math.cos(tilt) for area, tilt in pairs) / whole_m2
    right = math.fsum(area * math.sin(tilt) for area, tilt in pairs) / whole_m2
    return up * ux + right * rx, up * uy + right * ry, up * uz + right * rz


def array_light(
    spec: WingsSpec,
    wings: WingsState,
    sky: Surroundings,
    sun: BodySun,
    albedo_frac: float,
) -> ArrayLight:
    """Return the light that falls on the wings, and what of it passes their dust.

    Parameters
    ----------
    sky : Surroundings
        Beam and diffuse light. [W/m2]
    sun : BodySun
        Where it stands for the rover. [-]
    albedo_frac : float
        Of the ground, which lights a tilted wing from below. [-]

    Notes
    -----
    Beam by the cosine to each wing, less the shadows of the mast and of a raised wing; even sky,
    but for its share from around the Sun (see `split_sky_w_m2`); ground seen by the tilted part.
    Body and ground tilt enter by the rover's own axes. Dust on a wing takes more of light that
    comes at a slant: a layer of grains shades with one over the cosine, and even light passes it
    as if it came at 1.66 (a dust factor is measured at `usual_slant`).

    References
    ----------
    .. [1] J. Appelbaum, G. A. Landis, I. Sherman, "Solar Radiation on Mars: Stationary
       Photovoltaic Array", NASA TM-106321, 1993 (isotropic sky).
    .. [2] W. M. Elsasser, "Heat transfer by infrared radiation in the atmosphere", Harvard
       Meteorological Studies 6, 1942 (diffusivity factor 1.66).
    """
    beam_w_m2, even_w_m2 = split_sky_w_m2(spec, sky)
    sky_ground_w_m2 = (even_w_m2, albedo_frac * sky.global_w_m2)
    shade = _shade(spec, wings, sun) if beam_w_m2 > 0.0 else None
    flat_w_m2 = _spread_w_m2(sun.up_up, sky_ground_w_m2)
    total_w = passed_w = area_m2 = 0.0
    for at, area in enumerate(spec.area_m2):
        tilt = wings.tilt_rad[at]
        facing, light_w_m2 = sun.up, flat_w_m2
        if tilt:
            cos_t, sin_t = math.cos(tilt), math.sin(tilt)
            facing = sun.up * cos_t + sun.right * sin_t
            upward = sun.up_up * cos_t + sun.right_up * sin_t
            light_w_m2 = _spread_w_m2(upward, sky_ground_w_m2)
        straight_w_m2 = 0.0
        if facing > 0.0:
            straight_w_m2 = beam_w_m2 * facing * (1.0 if shade is None else 1.0 - shade[at])
        total_w += area * (light_w_m2 + straight_w_m2)
        dust = (wings.loose[at] + wings.caked[at]) / spec.usual_slant
        if dust > 0.0:
            light_w_m2 *= math.exp(-EVEN_SLANT * dust)
            if straight_w_m2 > 0.0:
                straight_w_m2 *= math.exp(-dust / max(facing, GRAZING))
        passed_w += area * (light_w_m2 + straight_w_m2) * spec.wing[at].working_frac
        area_m2 += area
    return ArrayLight(total_w / area_m2, passed_w)


def split_sky_w_m2(spec: WingsSpec, sky: Surroundings) -> tuple[float, float]:
    """Return the light from the Sun and around it, on a plane facing it, and the even rest [W/m2].

    Notes
    -----
    Dust sends most light on nearly straight, so the sky is brightest around the Sun: that share
    of its light is taken to come from where the Sun stands, a exp(-b tau / sin h). With a 0.85 and
    b 0.18 it agrees with the sky of `sky_colour.sky_rgb` to 5 % (rms) on clean and dusty planes
    from 30 degrees towards the Sun to 20 away, for tau 0.2 to 4; an even sky is off by a half.

    References
    ----------
    .. [1] J. E. Hay, J. A. Davies, "Calculation of the solar radiation incident on an inclined
       surface", Proc. First Canadian Solar Radiation Data Workshop, 1980 (circumsolar share).
    """
    height = math.sin(sky.sun_elevation_rad) if spec.aureole_frac > 0.0 else 0.0
    if height <= GRAZING or sky.beam_w_m2 <= 0.0:
        return sky.beam_w_m2, sky.diffuse_w_m2
    share = spec.aureole_frac * math.exp(-spec.aureole_fade * sky.tau / height)
    around_w_m2 = share * sky.diffuse_w_m2
    return sky.beam_w_m2 + around_w_m2 / height, sky.diffuse_w_m2 - around_w_m2


def _spread_w_m2(upward: float, sky_ground_w_m2: tuple[float, float]) -> float:
    """Light of an even sky and of the ground on a plane whose normal points so far up [W/m2]."""
    seen = (1.0 + upward) / 2.0
    return sky_ground_w_m2[0] * seen + sky_ground_w_m2[1] * (1.0 - seen)


def _shade(spec: WingsSpec, wings: WingsState, sun: BodySun) -> tuple[float, ...] | None:
    """Return the share of the beam that each wing loses to shadows; None if no wing does [-]."""
    if sun.up <= 0.0:
        return None
    shade = mast_shade(spec.mast, spec.reach, spec.area_m2, sun)
    if any(wings.tilt_rad) and any(tilt * sun.right < 0.0 for tilt in wings.tilt_rad):
        raised = raised_shade(spec.wing, wings.tilt_rad, sun)
        if shade is None:
            return raised
        return tuple(min(1.0, a + b) for a, b in zip(shade, raised, strict=True))
    return shade
