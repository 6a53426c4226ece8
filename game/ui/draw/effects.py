"""Small things that move: dust at the wheels, the radio's way to the orbiter."""

import math
from collections import deque
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame

from game.ui.camera import View
from game.ui.draw.kept import Cache
from game.ui.draw.rover_shape import AssemblySpec, RoverPose, moved
from game.ui.draw.strokes import thick_line

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
    devil_frac, devil_turn_1_s : float
        Cover, and thirds of a turn a second. [0-1] [1/s]
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
    devil_turn_1_s: float
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
            chance = fraction(self._number)
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
                thick_line(target, colour, ends[0], ends[1], width)
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


def fraction(number: int) -> float:
    """Return a well mixed number in [0, 1) of a whole number; decoration only."""
    return math.modf(abs(math.sin(number * 12.9898 + 4.1) * 43758.5453))[0]
