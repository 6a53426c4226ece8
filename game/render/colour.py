"""From light to colour: the ramp of the ground, the film curve, and one look-up for all of it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.render.look import RampLook
from game.render.look_parts import Rgb

Rgbs = NDArray[np.floating[Any]]
Packed = NDArray[np.uint32]

ALBEDOS, REDNESSES, LIGHTS = 32, 8, 256
LIGHT_MAX = 1.6  # light value of the last entry; 0.5 is the open sky alone
SKY_LIGHT = 0.5
SUN_LIGHT = 0.815  # light value added by a Sun at full face
_CURVE_STEPS = 8191
LUMA = np.array([0.2126, 0.7152, 0.0722])  # ITU-R BT.709


@dataclass(frozen=True, slots=True)
class Grade:
    """How linear light becomes a picture.

    Parameters
    ----------
    exposure : float
        Factor before the film curve [-].
    saturation : float
        Distance from grey after it, 1 leaves colours alone [-].
    haze_frac : float
        Share of the haze [-].
    haze_rgb : tuple of float
        Its colour, already exposed [-].
    contrast : float
        Power by which brightness is spread about the pivot, 1 leaves it alone [-].
    pivot : float
        Exposed brightness that stays as it is [-].
    """

    exposure: float
    saturation: float = 1.0
    haze_frac: float = 0.0
    haze_rgb: Rgb = (0.0, 0.0, 0.0)
    contrast: float = 1.0
    pivot: float = 1.0


def luma(rgb: Rgbs) -> Rgbs:
    """Return the brightness of colours (..., 3) [same unit]."""
    return np.asarray(rgb @ LUMA)


def film(exposed: Rgbs) -> Rgbs:
    """Return the film curve: soft shoulder, soft toe, 0 to 1 [-].

    References
    ----------
    .. [1] K. Narkowicz, "ACES filmic tone mapping curve" (2016), the rational fit.
    """
    x = np.maximum(exposed, 0)
    shown = 2.51 * x
    shown += 0.03
    shown *= x
    rest = 2.43 * x
    rest += 0.59
    rest *= x
    rest += 0.14
    shown /= rest
    return np.minimum(shown, 1)


def srgb(linear: Rgbs) -> Rgbs:
    """Return the transfer curve of screens, 0 to 1 (IEC 61966-2-1) [-]."""
    curved = 1.055 * np.power(np.maximum(linear, 1e-6), 1 / 2.4) - 0.055
    return np.where(linear < 0.0031308, 12.92 * linear, curved)


def develop(linear: Rgbs, grade: Grade) -> Rgbs:
    """Return 8-bit screen values (as floats) for linear light (..., 3)."""
    exposed = linear * grade.exposure
    if grade.contrast != 1.0:
        bright = np.maximum(luma(exposed)[..., None], 1e-9)
        exposed = exposed * (bright / grade.pivot) ** (grade.contrast - 1)
    exposed = exposed * (1 - grade.haze_frac)
    shown = film(exposed + grade.haze_frac * np.array(grade.haze_rgb))
    grey = luma(shown)[..., None]
    return np.asarray(255.0 * srgb(np.clip(grey + (shown - grey) * grade.saturation, 0.0, 1.0)))


def ramp(look: RampLook, albedo: Rgbs, redness: Rgbs) -> Rgbs:
    """Return linear reflectance (..., 3) of ground with this albedo and redness [-]."""
    table = np.array(look.colours, np.float32)
    place = np.clip(albedo, 0, 1).astype(np.float32) * np.float32(len(table) - 1)
    knot = np.minimum(place.astype(np.intp), len(table) - 2)
    place -= knot
    rising = table[1:] - table[:-1]
    base = [table[:, k].take(knot) + rising[:, k].take(knot) * place for k in range(3)]
    mix = 2 * np.clip(redness, 0, 1).astype(np.float32) - 1
    cold, hot = np.maximum(-mix, 0), np.maximum(mix, 0)
    grey = sum(np.float32(weight) * part for weight, part in zip(LUMA, base, strict=True)) * cold
    out = np.empty((*np.shape(place), 3), np.float32)
    for k, part in enumerate(base):
        warmer = np.float32(look.warm[k] - 1) * hot
        warmer += 1 - cold
        warmer *= part
        warmer += np.float32(look.grey[k]) * grey
        out[..., k] = warmer
    return out


def ramp_grid(look: RampLook) -> Rgbs:
    """Return the ramp on the steps of the look-up, (ALBEDOS, REDNESSES, 3)."""
    albedo = np.linspace(0.0, 1.0, ALBEDOS)[:, None]
    redness = np.linspace(0.0, 1.0, REDNESSES)[None, :]
    return ramp(look, np.broadcast_to(albedo, (ALBEDOS, REDNESSES)), redness + 0 * albedo)


def look_up(look: RampLook, sun: Rgbs, sky: Rgbs, grade: Grade) -> Packed:
    """Return packed 0xRRGGBB for albedo × redness × light, flat.

    Below SKY_LIGHT the sky is taken away, above it the Sun is added.
    """
    light = np.linspace(0.0, LIGHT_MAX, LIGHTS)
    added = np.clip((light - SKY_LIGHT) / SUN_LIGHT, 0.0, None)
    kept = np.clip(light / SKY_LIGHT, 0.0, 1.0)
    falling = kept[:, None] * sky + added[:, None] * sun
    gain = grade.exposure * (1 - grade.haze_frac)
    soil = ramp_grid(look).reshape(-1, 3).astype(np.float32)
    lit = [
        np.multiply.outer(soil[:, k], (falling[:, k] * gain).astype(np.float32)) for k in range(3)
    ]
    if grade.contrast != 1.0:
        bright = sum(np.float32(w) * part for w, part in zip(LUMA, lit, strict=True))
        scale = 1 / (grade.pivot * (1 - grade.haze_frac))
        spread = np.maximum(bright * np.float32(scale), 1e-9) ** np.float32(grade.contrast - 1)
        lit = [part * spread for part in lit]
    parts = [
        film(part + np.float32(grade.haze_frac * tone))
        for part, tone in zip(lit, grade.haze_rgb, strict=True)
    ]
    grey = sum(np.float32(w) * part for w, part in zip(LUMA, parts, strict=True))
    packed = np.zeros((len(soil), LIGHTS), np.uint32)
    for part in parts:
        packed <<= np.uint32(8)
        packed |= _shown(part - grey, np.asarray(grey), grade.saturation)
    return packed.reshape(-1)


def _shown(colour: Rgbs, grey: Rgbs, saturation: float) -> Packed:
    """Return 8-bit values of one colour, given by its distance from grey, which is changed."""
    colour *= np.float32(saturation)
    colour += grey
    colour *= np.float32(_CURVE_STEPS)
    colour += np.float32(0.5)
    return _curve().take(colour.astype(np.int32), mode="clip")


@lru_cache(maxsize=1)
def _curve() -> Packed:
    """Return the screen's curve as a table of whole 8-bit values."""
    return np.rint(255 * srgb(np.linspace(0.0, 1.0, _CURVE_STEPS + 1))).astype(np.uint32)


def pack(screen: Rgbs) -> Packed:
    """Return packed 0xRRGGBB of 8-bit values (..., 3)."""
    q = np.clip(screen, 0, 255).astype(np.uint32)
    return (q[..., 0] << np.uint32(16)) | (q[..., 1] << np.uint32(8)) | q[..., 2]


def unpack(packed: Packed) -> NDArray[np.uint8]:
    """Return (..., 3) bytes of packed 0xRRGGBB."""
    parts = [(packed >> np.uint32(shift)) & np.uint32(255) for shift in (16, 8, 0)]
    return np.stack(parts, -1).astype(np.uint8)
