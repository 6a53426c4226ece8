"""Small things that move: dust at the wheels, dust devils, the radio's way to the orbiter."""

import math
from collections import deque
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame

from game.ui.camera import View
from game.ui.draw.kept import Cache
from game.ui.draw.rover_shape import AssemblySpec, RoverPose, moved
from game.ui.draw.shading import SpriteLight
from game.ui.draw.shadow import shade_rgb

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class EffectsSpec:
    """Looks of the small things.

    Attributes
    ----------
    puff_every_m : float
        Way between two puffs of dust at a wheel. [m]
    puff_life_s, puff_rise_m_s : float
        How long a puff lives, and how fast it grows. [s] [m/s]
    puff_m, puff_frac : float
        Its first radius and cover. [m] [0-1]
    dust_rgb : tuple of int
        Colour of dust in full light, 8 bit.
    devil_every_s, devil_life_s : float
        Time between two dust devils and how long one lives, in real time. [s]
    devil_above_deg : float
        They need a Sun at least this high. [deg]
    devil_m, devil_path_m, devil_high_m : float
        Radius, length of the path and height. [m]
    devil_frac : float
        Cover. [0-1]
    radio_dash_px, radio_speed_px_s, zenith_px : float
        Dashes of the radio line, their speed, and how far a pass at the horizon is away. [px]
    """

    puff_every_m: float
    puff_life_s: float
    puff_rise_m_s: float
    puff_m: float
    puff_frac: float
    dust_rgb: Rgb
    devil_every_s: float
    devil_life_s: float
    devil_above_deg: float
    devil_m: float
    devil_path_m: float
    devil_high_m: float
    devil_frac: float
    radio_dash_px: float
    radio_speed_px_s: float
    zenith_px: float


@dataclass(frozen=True, slots=True)
class Puff:
    """A little cloud: where and when it rose [m] [s]."""

    x_m: float
    y_m: float
    born_s: float
    size_frac: float


class WheelDust:
    """Dust that the wheels throw up; reads the pose only."""

    def __init__(self, spec: EffectsSpec, assembly: AssemblySpec) -> None:
        self.spec = spec
        self.assembly = assembly
        self._puffs: deque[Puff] = deque(maxlen=90)
        self._driven_m: float | None = None
        self._number = 0
        self._pictures: Cache[pygame.Surface] = Cache(160)

    def update(self, pose: RoverPose, now_s: float) -> None:
        """Let puffs rise where wheels have turned since the last frame."""
        last_m, self._driven_m = self._driven_m, pose.driven_m
        if last_m is None or abs(pose.driven_m - last_m) > 2.0:
            return
        count = int(pose.driven_m / self.spec.puff_every_m)
        for _ in range(min(count - int(last_m / self.spec.puff_every_m), 4)):
            self._number += 1
            chance = _fraction(self._number)
            wheel = self.assembly.wheels_m[self._number % len(self.assembly.wheels_m)]
            behind = (wheel[0] - 0.12, wheel[1] + 0.1 * (chance - 0.5))
            x_m, y_m = moved(pose.x_m, pose.y_m, pose.heading_rad, behind)
            self._puffs.append(Puff(x_m, y_m, now_s, 0.6 + 0.8 * chance))

    def draw(
        self,
        target: pygame.Surface,
        view: View,
        tint: tuple[float, float, float],
        wind: tuple[float, float],
        now_s: float,
    ) -> None:
        """Draw what still hangs in the air; wind is (from, speed) [rad] [m/s]."""
        spec = self.spec
        while self._puffs and now_s - self._puffs[0].born_s > spec.puff_life_s:
            self._puffs.popleft()
        colour = tuple(int(c * t) for c, t in zip(spec.dust_rgb, tint, strict=True))
        drift_m_s = 0.12 * min(wind[1], 8.0)
        for puff in self._puffs:
            age_s = max(now_s - puff.born_s, 0.0)
            rest = max(1.0 - age_s / spec.puff_life_s, 0.0)
            radius_m = (spec.puff_m + spec.puff_rise_m_s * age_s) * puff.size_frac
            radius_px = max(round(radius_m * view.scale_px_m), 1)
            alpha = round(12 * rest) * round(255 * spec.puff_frac / 12)
            picture = self._pictures.get(
                (radius_px, alpha, colour), partial(soft_disc, radius_px, colour, alpha)
            )
            x_px, y_px = view.to_px(
                puff.x_m - math.sin(wind[0]) * drift_m_s * age_s,
                puff.y_m - math.cos(wind[0]) * drift_m_s * age_s,
            )
            target.blit(picture, (round(x_px) - radius_px, round(y_px) - radius_px))


class DustDevils:
    """Now and then, by day, a column of dust wanders across."""

    def __init__(self, spec: EffectsSpec) -> None:
        self.spec = spec
        self._swirl: pygame.Surface | None = None
        self._middle = (-1, 0.0, 0.0)  # number of the devil, and the ground it wanders about

    def draw(
        self,
        target: pygame.Surface,
        view: View,
        light: SpriteLight,
        wind_from_rad: float,
        now_s: float,
    ) -> None:
        """Draw the devil of the moment, if there is one in view."""
        spec = self.spec
        if light.elevation_rad < math.radians(spec.devil_above_deg):
            return
        number, age_s = divmod(now_s, spec.devil_every_s)
        part = age_s / spec.devil_life_s
        if part >= 1.0 or view.scale_px_m * spec.devil_m < 2.0:
            return
        if self._middle[0] != int(number):
            self._middle = (int(number), view.x_m, view.y_m)
        x_m, y_m = self._place(view, int(number), part, wind_from_rad)
        strength = math.sin(math.pi * part) ** 0.5
        side_px = max(round(2.4 * spec.devil_m * view.scale_px_m), 8)
        self._draw_shadow(target, view, light, (x_m, y_m), strength)
        picture = pygame.transform.rotozoom(
            self._texture(), -(now_s * 220.0) % 360.0, side_px / 192.0
        )
        picture.set_alpha(round(255 * spec.devil_frac * strength))
        x_px, y_px = view.to_px(x_m, y_m)
        target.blit(picture, picture.get_rect(center=(round(x_px), round(y_px))))

    def _place(
        self, view: View, number: int, part: float, wind_from_rad: float
    ) -> tuple[float, float]:
        spec = self.spec
        reach_m = min(0.5 * view.height_px / view.scale_px_m, spec.devil_path_m)
        aside_m = (2.0 * _fraction(number * 7 + 3) - 1.0) * reach_m
        along_m = (part - 0.5) * 2.2 * reach_m
        wobble_m = 0.12 * reach_m * math.sin(9.0 * part + 6.0 * _fraction(number))
        sine, cosine = -math.sin(wind_from_rad), -math.cos(wind_from_rad)
        side_m = aside_m + wobble_m
        return (
            self._middle[1] + along_m * sine + side_m * cosine,
            self._middle[2] + along_m * cosine - side_m * sine,
        )

    def _draw_shadow(
        self,
        target: pygame.Surface,
        view: View,
        light: SpriteLight,
        place_m: tuple[float, float],
        strength: float,
    ) -> None:
        spec = self.spec
        fall_m = spec.devil_high_m / max(math.tan(light.elevation_rad), 0.25)
        away = (-math.sin(light.azimuth_rad) * fall_m, -math.cos(light.azimuth_rad) * fall_m)
        dark = shade_rgb(light)
        for step in range(6):
            part = step / 5
            level = tuple(round(255 - (255 - c) * 0.10 * strength * (1 - 0.5 * part)) for c in dark)
            at = view.to_px(place_m[0] + away[0] * part, place_m[1] + away[1] * part)
            radius = max(round(spec.devil_m * (0.5 + 0.7 * part) * view.scale_px_m), 2)
            blot = pygame.Surface((2 * radius, 2 * radius), depth=32)
            blot.fill((255, 255, 255))
            pygame.draw.circle(blot, level, (radius, radius), radius)
            corner = (round(at[0]) - radius, round(at[1]) - radius)
            target.blit(blot, corner, special_flags=pygame.BLEND_MULT)

    def _texture(self) -> pygame.Surface:
        if self._swirl is None:
            self._swirl = swirl(192, self.spec.dust_rgb)
        return self._swirl


def draw_radio(
    target: pygame.Surface,
    spec: EffectsSpec,
    start_px: tuple[float, float],
    sight: tuple[float, float],
    colours: tuple[Rgb, Rgb],
    now_s: float,
) -> None:
    """Draw the way of the data: dashes that run from the dish to a dot where the orbiter stands.

    Parameters
    ----------
    target : pygame.Surface
        The window.
    spec : EffectsSpec
        Looks.
    start_px : tuple of float
        The dish. [px]
    sight : (azimuth_rad, elevation_rad)
        Where the orbiter is; at the zenith the dot stands over the dish. [rad]
    colours : tuple of colours
        Of the line and of its casing.
    now_s : float
        Moves the dashes. [s]
    """
    azimuth_rad, elevation_rad = sight
    far_px = spec.zenith_px * math.cos(max(elevation_rad, 0.0))
    step = (math.sin(azimuth_rad), -math.cos(azimuth_rad))
    dash, offset = spec.radio_dash_px, (now_s * spec.radio_speed_px_s) % (2 * spec.radio_dash_px)
    for colour, width in ((colours[1], 5), (colours[0], 2)):
        at = 14.0 + offset - 2 * dash
        while at < far_px - 8.0:
            first, last = max(at, 14.0), min(at + dash, far_px - 8.0)
            if last > first:
                ends = [
                    (start_px[0] + step[0] * d, start_px[1] + step[1] * d) for d in (first, last)
                ]
                pygame.draw.line(target, colour, ends[0], ends[1], width)
            at += 2 * dash
        dot = (start_px[0] + step[0] * far_px, start_px[1] + step[1] * far_px)
        pygame.draw.circle(target, colour, dot, 4 + width / 2)


def soft_disc(radius_px: int, colour: tuple[int, ...], alpha: int) -> pygame.Surface:
    """Return a round cloud that fades to its edge."""
    axis = np.linspace(-1.0, 1.0, 2 * radius_px)
    fade = np.clip(1.0 - axis[:, None] ** 2 - axis[None, :] ** 2, 0.0, 1.0) ** 1.5
    picture = pygame.Surface((2 * radius_px, 2 * radius_px), pygame.SRCALPHA)
    picture.fill(colour)
    pygame.surfarray.pixels_alpha(picture)[:] = np.rint(fade * alpha).astype(np.uint8)
    return picture


def swirl(side_px: int, colour: Rgb) -> pygame.Surface:
    """Return the top of a dust devil: arms of dust winding into a thick ring."""
    axis = np.linspace(-1.0, 1.0, side_px)
    x, y = axis[:, None], axis[None, :]
    away = np.hypot(x, y)
    turn = np.arctan2(y, x) + 4.2 * np.log(away + 0.15)
    arms = 0.55 + 0.30 * np.sin(3 * turn) + 0.15 * np.sin(7 * turn + 1.0)
    ring = np.exp(-(((away - 0.30) / 0.20) ** 2)) + 0.45 * np.exp(-(((away - 0.55) / 0.32) ** 2))
    alpha = np.clip(arms * ring * np.clip(1.2 - 1.2 * away, 0.0, 1.0), 0.0, 1.0)
    picture = pygame.Surface((side_px, side_px), pygame.SRCALPHA)
    picture.fill(colour)
    pygame.surfarray.pixels_alpha(picture)[:] = np.rint(255 * alpha).astype(np.uint8)
    return picture


def _fraction(number: int) -> float:
    """Return a well mixed number in [0, 1) of a whole number; decoration only."""
    return math.modf(abs(math.sin(number * 12.9898 + 4.1) * 43758.5453))[0]
