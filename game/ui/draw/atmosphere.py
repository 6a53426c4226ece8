"""What the air adds to the picture: darker corners, a warm side, glow at dawn and dusk, dust."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import pygame
from numpy.typing import NDArray

from game.render.light import Light
from game.ui.draw.kept import Beside

Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AirSpec:
    """Strength of what the air does to the picture.

    Attributes
    ----------
    vignette_frac, warm_frac : float
        How much darker the corners are, and how much warmer the side of the Sun. [0-1]
    azimuth_step_deg : float
        The Sun may turn this far before these pictures are made again. [deg]
    glow_step_frac : float
        Likewise for the strength of the glow. [0-1]
    streamer_rgb : tuple of int
        Colour of blowing dust, 8 bit.
    streamer_frac : float
        Its strongest cover. [0-1]
    streamer_px : tuple of int
        Size of the texture that drifts. [px]
    drift_px_s : tuple of float
        How fast the two layers drift. [px/s]
    """

    vignette_frac: float
    warm_frac: float
    azimuth_step_deg: float
    glow_step_frac: float
    streamer_rgb: tuple[int, int, int]
    streamer_frac: float
    streamer_px: tuple[int, int]
    drift_px_s: tuple[float, float]


class Air:
    """Keeps the pictures of the air for one window."""

    def __init__(self, spec: AirSpec, is_patient: bool = False) -> None:
        self.spec = spec
        # As large as the window, and the Sun never goes back: the last one is enough.
        self._vignettes: Beside[pygame.Surface] = Beside(1, is_patient, group_count=1)
        self._glows: Beside[pygame.Surface] = Beside(1, is_patient, group_count=1)
        self._streamers: Beside[pygame.Surface] = Beside(2, is_patient, group_count=2)

    def draw(
        self, target: pygame.Surface, light: Light, wind_from_rad: float, now_s: float
    ) -> None:
        """Add storm, glow and vignette over ground and rover."""
        if light.storm_frac > 0.02:
            self._draw_streamers(target, light, wind_from_rad, now_s)
        if light.glow_frac > 0.01:
            self._draw_glow(target, light)
        step_rad = math.radians(self.spec.azimuth_step_deg)
        turn = round(light.sun_azimuth_rad / step_rad)
        size = target.get_size()
        # Dust in the air makes one light of the whole sky, and by night there is no Sun.
        warm = self.spec.warm_frac * (1.0 - light.night_frac) * (1.0 - light.storm_frac)
        vignette = self._vignettes.get(
            size, (turn, round(warm, 2)), lambda: self._vignette(size, turn * step_rad, warm)
        )
        target.blit(vignette, (0, 0), special_flags=pygame.BLEND_MULT)

    def close(self) -> None:
        """End the threads that make the pictures."""
        for pictures in (self._vignettes, self._glows, self._streamers):
            pictures.close()

    def _draw_glow(self, target: pygame.Surface, light: Light) -> None:
        spec = self.spec
        step_rad = math.radians(spec.azimuth_step_deg)
        turn = round(light.sun_azimuth_rad / step_rad)
        level = round(light.glow_frac / spec.glow_step_frac)
        size = target.get_size()
        glow = self._glows.get(
            size,
            (turn, level, light.glow_rgb),
            lambda: _glow(size, turn * step_rad, light.glow_rgb, level * spec.glow_step_frac),
        )
        target.blit(glow, (0, 0), special_flags=pygame.BLEND_RGB_ADD)

    def _draw_streamers(
        self, target: pygame.Surface, light: Light, wind_from_rad: float, now_s: float
    ) -> None:
        spec = self.spec
        east, south = -math.sin(wind_from_rad), math.cos(wind_from_rad)
        step_rad = math.radians(spec.azimuth_step_deg)
        turn = round(wind_from_rad / step_rad)
        level = round(10 * light.storm_frac)
        bright = max(light.tint)
        for number, drift_px_s in enumerate(spec.drift_px_s):
            picture = self._streamers.get(
                number,
                (turn, level, round(bright, 1)),
                partial(streamers, spec, number, turn * step_rad, level / 10, bright),
            )
            wide, high = picture.get_size()
            x_px = int(east * drift_px_s * now_s) % wide - wide
            y_px = int(south * drift_px_s * now_s) % high - high
            for left in range(x_px, target.get_width(), wide):
                for top in range(y_px, target.get_height(), high):
                    target.blit(picture, (left, top))

    def _vignette(self, size: tuple[int, int], azimuth_rad: float, warm: float) -> pygame.Surface:
        across, down = _axes(size)
        away = np.clip((0.8 * (across**2 + down**2) - 0.25) / 1.35, 0.0, 1.0) ** 1.2
        level = 1.0 - np.float32(self.spec.vignette_frac) * away
        side = across * math.sin(azimuth_rad) - down * math.cos(azimuth_rad)
        # Only warmer towards the Sun: a bluer far side would make green of the brown ground.
        side = np.clip(0.5 + 0.5 * side, 0.0, 1.0) * np.float32(warm)
        tones = np.stack([level * (1 + side), level, level * (1 - side)], axis=-1)
        return _soft_surface(np.clip(tones, 0.0, 1.0) * np.float32(255.0), size)


def _axes(size: tuple[int, int]) -> tuple[Picture, Picture]:
    across = np.linspace(-1.0, 1.0, max(size[0] // 4, 2), dtype=np.float32)[:, None]
    down = np.linspace(-1.0, 1.0, max(size[1] // 4, 2), dtype=np.float32)[None, :]
    return across, down


def _soft_surface(tones: Picture, size: tuple[int, int]) -> pygame.Surface:
    """Return tones (a quarter of the size, 8 bit) as a picture without banding."""
    grain = np.random.default_rng(5).random(tones.shape[:2], dtype=np.float32)[..., None]
    small = pygame.surfarray.make_surface(np.clip(tones + grain, 0, 255).astype(np.uint8))
    return pygame.transform.smoothscale(small, size)


def _glow(
    size: tuple[int, int], azimuth_rad: float, rgb: tuple[float, float, float], strength: float
) -> pygame.Surface:
    across, down = _axes(size)
    side = across * math.sin(azimuth_rad) - down * math.cos(azimuth_rad)
    level = np.clip(0.5 + 0.5 * side, 0.0, 1.0) ** 2 * strength
    return _soft_surface(np.asarray(level[..., None] * np.array(rgb), np.float32), size)


def streamers(
    spec: AirSpec, number: int, wind_from_rad: float, strength: float, bright: float
) -> pygame.Surface:
    """Return a texture of blowing dust that joins itself at the edges, smeared along the wind."""
    wide, high = (n // 4 for n in spec.streamer_px)
    rng = np.random.default_rng(70 + number)
    spectrum = np.fft.rfft2(rng.standard_normal((high, wide)))
    down = np.fft.fftfreq(high)[:, None]
    across = np.fft.rfftfreq(wide)[None, :]
    along = across * math.sin(wind_from_rad) - down * math.cos(wind_from_rad)
    athwart = across * math.cos(wind_from_rad) + down * math.sin(wind_from_rad)
    # Long along the wind, narrow across it; the second layer is finer.
    length = (34.0, 22.0)[number % 2]
    spectrum *= np.exp(-((along * length) ** 2) - (athwart * length / 3.4) ** 2)
    noise = np.fft.irfft2(spectrum, s=(high, wide))
    noise /= max(float(noise.std()), 1e-9)
    alpha = np.clip(0.40 + 0.30 * noise, 0.0, 1.0) * spec.streamer_frac * strength
    picture = pygame.Surface((wide, high), pygame.SRCALPHA)
    picture.fill(tuple(round(c * bright) for c in spec.streamer_rgb))
    grain = rng.random((high, wide))
    pygame.surfarray.pixels_alpha(picture)[:] = np.clip(255 * alpha + grain, 0, 255).T.astype(
        np.uint8
    )
    return pygame.transform.smoothscale(picture, spec.streamer_px)
