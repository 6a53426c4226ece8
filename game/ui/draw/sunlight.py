"""From one Sun to another: how far it went, and how much brighter or darker the ground is then.

Tiles take a while to be lit again. Until they are, pictures in an older light are toned: each
colour is multiplied with the ratio of the shown brightness of level soil in the two lights.
"""

import math
from functools import lru_cache

import numpy as np
import pygame

from game.render.colour import develop, ramp
from game.render.look import look
from game.ui.draw.baker import SunPlace, light_of
from game.ui.draw.tiling import TilesSpec
from game.ui.draw.tint import multiply

Tone = tuple[float, float, float]

EVEN: Tone = (1.0, 1.0, 1.0)
SEEN_FRAC = 0.012  # a smaller change of brightness is not seen
MOST_DOUBLINGS = 3  # from the darkest night to day
STEP_DEG = 0.1  # of the Sun, for which a tone is worked out


def moved_deg(old: SunPlace, new: SunPlace, spec: TilesSpec) -> float:
    """Return how far the Sun went in the sky; under the horizon of night it goes nowhere. [deg]."""
    night_rad = math.radians(spec.night_below_deg)
    if max(new.elevation_rad, old.elevation_rad) < night_rad:
        return 0.0
    rise_rad = abs(max(new.elevation_rad, night_rad) - max(old.elevation_rad, night_rad))
    turn_rad = abs(math.remainder(new.azimuth_rad - old.azimuth_rad, math.tau))
    turn_rad *= math.cos(max(new.elevation_rad, night_rad))
    return math.degrees(math.hypot(rise_rad, turn_rad))


def is_due(old: SunPlace, new: SunPlace, spec: TilesSpec) -> bool:
    """Tell whether light and dust have changed enough to light the ground again."""
    if abs(new.tau - old.tau) > spec.relight_tau:
        return True
    return moved_deg(old, new, spec) > spec.relight_deg


def is_far(old: SunPlace, new: SunPlace, spec: TilesSpec) -> bool:
    """Tell whether a light is so old that a new one matters more than new ground."""
    return moved_deg(old, new, spec) > spec.far_deg


def has_jumped(old: SunPlace, new: SunPlace, spec: TilesSpec) -> bool:
    """Tell whether the Sun went farther in one frame than it does in the fastest night."""
    return moved_deg(old, new, spec) > spec.jump_deg


def soil_rgb(sun: SunPlace, level: int) -> tuple[int, int, int]:
    """Return how level soil of the middle tone is shown in a light, 8 bit."""
    red, green, blue = (round(v) for v in _soil(sun, level))
    return red, green, blue


@lru_cache(maxsize=256)
def _soil(sun: SunPlace, level: int) -> Tone:
    numbers = look()
    soil = ramp(
        numbers.ramp,
        np.array(numbers.light.reference_albedo),
        np.array(numbers.light.reference_redness),
    )
    light = light_of(sun, level)
    falls = np.array(light.sky_rgb)
    falls = falls + np.array(light.sun_rgb) * max(math.sin(light.sun_elevation_rad), 0.0)
    red, green, blue = (float(v) for v in np.ravel(develop(soil * falls, light.grade)))
    return red, green, blue


def tone(old: tuple[SunPlace, int], new: tuple[SunPlace, int]) -> Tone:
    """Return what a picture in one light, of one level, is multiplied with to fit another."""
    if old == new:
        return EVEN
    before, after = (_soil(*place) for place in (old, new))
    red, green, blue = (max(b, 1.0) / max(a, 1.0) for a, b in zip(before, after, strict=True))
    return red, green, blue


def rounded(sun: SunPlace) -> SunPlace:
    """Return a place of the Sun rounded, so that one tone serves several frames."""
    step_rad = math.radians(STEP_DEG)
    return SunPlace(
        round(sun.elevation_rad / step_rad) * step_rad,
        round(sun.azimuth_rad / step_rad) * step_rad,
        round(sun.tau, 2),
    )


def is_even(change: Tone) -> bool:
    """Tell whether nobody would see the change."""
    return all(abs(factor - 1.0) < SEEN_FRAC for factor in change)


def apply_tone(surface: pygame.Surface, change: Tone) -> None:
    """Multiply the colours of a picture."""
    if is_even(change):
        return
    if min(change) < 1.0:
        multiply(surface, _bytes(tuple(min(f, 1.0) for f in change)))
    left = [max(f, 1.0) for f in change]
    for _ in range(MOST_DOUBLINGS):
        if max(left) < 1.0 + SEEN_FRAC:
            return
        more = [min(f - 1.0, 1.0) for f in left]
        light = surface.copy()
        if min(more) < 1.0:
            multiply(light, _bytes(tuple(more)))
        surface.blit(light, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        left = [f / (1.0 + m) for f, m in zip(left, more, strict=True)]


def toned(picture: pygame.Surface, change: Tone) -> pygame.Surface:
    """Return a picture with its colours multiplied; the picture itself when nothing changes."""
    if is_even(change):
        return picture
    copy = picture.copy()
    apply_tone(copy, change)
    return copy


def _bytes(part: tuple[float, ...]) -> tuple[int, int, int]:
    red, green, blue = (round(255 * f) for f in part)
    return red, green, blue
