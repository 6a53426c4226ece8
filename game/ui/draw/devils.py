"""Dust devils: now and then, by day, a column of dust wanders across."""

import math
from functools import partial

import numpy as np
import pygame

from game.ui.camera import View
from game.ui.draw.effects import EffectsSpec, fraction, soft_disc
from game.ui.draw.kept import Beside
from game.ui.draw.shading import SpriteLight
from game.ui.draw.shadow import PlacedShadow, shade_rgb

TEXTURE_PX = 192
ARMS = 3
FRAMES = 12  # pictures of a third of a turn; the arms repeat after it
SHADOW_DISCS = 7
SHADOW_FRAC = 0.34


class DustDevils:
    """Draws the devil of the moment, if there is one in view."""

    def __init__(self, spec: EffectsSpec, is_patient: bool = False) -> None:
        self.spec = spec
        self._frames: Beside[pygame.Surface] = Beside(2 * FRAMES, is_patient)
        self._shadows: Beside[PlacedShadow] = Beside(4, is_patient)
        # number of the devil, and the ground it wanders about
        self._middle = (-1, 0.0, 0.0)

    def close(self) -> None:
        """End the threads that make pictures."""
        self._frames.close()
        self._shadows.close()

    def draw(
        self,
        target: pygame.Surface,
        view: View,
        light: SpriteLight,
        wind_from_rad: float,
        now_s: float,
    ) -> None:
        """Draw it with its shadow; the first comes some time after the start."""
        spec = self.spec
        number, age_s = divmod(now_s, spec.devil_every_s)
        part = age_s / spec.devil_life_s
        if number < 1 or part >= 1.0 or light.elevation_rad < math.radians(spec.devil_above_deg):
            return
        if view.scale_px_m * spec.devil_m < 2.0:
            return
        if self._middle[0] != int(number):
            self._middle = (int(number), view.x_m, view.y_m)
        x_px, y_px = view.to_px(*self._place(view, part, wind_from_rad))
        zoom = round(view.scale_px_m, 2)
        shadow = self._shadows.get(zoom, light, partial(_shadow, spec, light, view.scale_px_m))
        corner = (round(x_px) + shadow.corner_px[0], round(y_px) + shadow.corner_px[1])
        target.blit(shadow.picture, corner, special_flags=pygame.BLEND_MULT)
        frame = int(now_s * spec.devil_turn_1_s * FRAMES) % FRAMES
        picture = self._frames.get(zoom, frame, partial(_frame, spec, view.scale_px_m, frame))
        strength = math.sin(math.pi * part) ** 0.5
        picture.set_alpha(round(255 * spec.devil_frac * strength))
        target.blit(picture, picture.get_rect(center=(round(x_px), round(y_px))))

    def _place(self, view: View, part: float, wind_from_rad: float) -> tuple[float, float]:
        spec = self.spec
        number, x_m, y_m = self._middle
        reach_m = min(0.5 * view.height_px / view.scale_px_m, spec.devil_path_m)
        side_m = (2.0 * fraction(number * 7 + 3) - 1.0) * reach_m
        side_m += 0.12 * reach_m * math.sin(9.0 * part + 6.0 * fraction(number))
        along_m = (part - 0.5) * 2.2 * reach_m
        sine, cosine = -math.sin(wind_from_rad), -math.cos(wind_from_rad)
        return x_m + along_m * sine + side_m * cosine, y_m + along_m * cosine - side_m * sine


def _frame(spec: EffectsSpec, scale_px_m: float, number: int) -> pygame.Surface:
    factor = 2.4 * spec.devil_m * scale_px_m / TEXTURE_PX
    turn_deg = -360.0 / ARMS * number / FRAMES
    return pygame.transform.rotozoom(swirl(TEXTURE_PX, spec.dust_rgb), turn_deg, factor)


def _shadow(spec: EffectsSpec, light: SpriteLight, scale_px_m: float) -> PlacedShadow:
    """Return the soft shadow of a column, fainter and wider to its top."""
    fall_px = spec.devil_high_m / max(math.tan(light.elevation_rad), 0.25) * scale_px_m
    away = (-math.sin(light.azimuth_rad) * fall_px, math.cos(light.azimuth_rad) * fall_px)
    widest = max(round(1.2 * spec.devil_m * scale_px_m), 2)
    left, top = min(0.0, away[0]) - widest, min(0.0, away[1]) - widest
    size = (round(abs(away[0])) + 2 * widest, round(abs(away[1])) + 2 * widest)
    picture = pygame.Surface(size, depth=32)
    picture.fill((255, 255, 255))
    dark = shade_rgb(light)
    for step in range(SHADOW_DISCS):
        part = step / (SHADOW_DISCS - 1)
        radius = max(round(spec.devil_m * (0.5 + 0.7 * part) * scale_px_m), 2)
        blot = soft_disc(radius, dark, round(255 * SHADOW_FRAC * (1.0 - 0.5 * part)))
        at = (away[0] * part - left - radius, away[1] * part - top - radius)
        picture.blit(blot, (round(at[0]), round(at[1])))
    return PlacedShadow(picture, (round(left), round(top)))


def swirl(side_px: int, colour: tuple[int, int, int]) -> pygame.Surface:
    """Return the top of a dust devil: arms of dust winding into a thick ring."""
    axis = np.linspace(-1.0, 1.0, side_px)
    x, y = axis[:, None], axis[None, :]
    away = np.hypot(x, y)
    turn = np.arctan2(y, x) + 4.2 * np.log(away + 0.15)
    arms = 0.55 + 0.30 * np.sin(ARMS * turn) + 0.15 * np.sin(2 * ARMS * turn + 1.0)
    ring = np.exp(-(((away - 0.30) / 0.20) ** 2)) + 0.45 * np.exp(-(((away - 0.55) / 0.32) ** 2))
    alpha = np.clip(arms * ring * np.clip(1.2 - 1.2 * away, 0.0, 1.0), 0.0, 1.0)
    picture = pygame.Surface((side_px, side_px), pygame.SRCALPHA)
    picture.fill(colour)
    pygame.surfarray.pixels_alpha(picture)[:] = np.rint(255 * alpha).astype(np.uint8)
    return picture
