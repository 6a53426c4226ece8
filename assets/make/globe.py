"""Bake Mars for the title: slopes from MOLA and a tint after well-known bright and dark regions.

    python assets/make/globe.py terrain_mars_mola_megt90n000cb.img

Needs the MGS MOLA MEGDR file at 4 pixels a degree (NASA PDS, MGS-M-MOLA-5-MEGDR-L3-V1.0; public
domain). Red: slope to the east, green: slope to the north, blue: brightness of the ground.
"""

import sys
from pathlib import Path

import numpy as np
import pygame

OUT = Path(__file__).parent.parent / "images" / "mars_globe.png"
ROWS, COLUMNS = 720, 1440
RADIUS_M = 3_389_500.0  # mean radius; Seidelmann et al. 2007
# latitude, longitude east, half height, half width in degrees, brightness
REGIONS = (
    (11, 69, 13, 8, -0.30), (2, 66, 9, 7, -0.22), (-8, 20, 6, 26, -0.20), (-5, 355, 5, 9, -0.24),
    (47, 330, 13, 20, -0.25), (38, 318, 9, 16, -0.16), (-25, 322, 14, 24, -0.20),
    (-20, 108, 12, 22, -0.22), (-26, 138, 11, 26, -0.22), (-32, 205, 9, 28, -0.22),
    (-27, 272, 7, 9, -0.16), (-45, 300, 10, 30, -0.10), (-60, 60, 10, 70, -0.12),
    (50, 100, 14, 34, -0.10), (60, 20, 9, 60, -0.08), (-10, 290, 5, 26, -0.12),
    (-43, 70, 15, 20, 0.20), (22, 22, 18, 26, 0.18), (3, 248, 22, 24, 0.14),
    (24, 148, 13, 16, 0.14),
    (20, 200, 18, 26, 0.14), (-50, 316, 9, 11, 0.12), (-5, 170, 10, 22, 0.06),
    (30, 285, 14, 20, 0.06),
)  # fmt: skip


def smooth_noise(rng, cells):
    """Return noise that closes round the globe."""
    grid = rng.standard_normal((cells // 2 + 1, cells))
    y = np.linspace(0, cells // 2, ROWS)
    x = np.arange(COLUMNS) / COLUMNS * cells
    j, i = np.minimum(y.astype(int), cells // 2 - 1), x.astype(int)
    u, v = (y - j)[:, None], (x - i)[None, :]
    u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
    i2 = (i + 1) % cells
    top = grid[np.ix_(j, i)] * (1 - v) + grid[np.ix_(j, i2)] * v
    low = grid[np.ix_(j + 1, i)] * (1 - v) + grid[np.ix_(j + 1, i2)] * v
    return top * (1 - u) + low * u


def brightness(height_m):
    """Return the brightness of the ground, 0 to 1."""
    rng = np.random.default_rng(11)
    lat = (90 - (np.arange(ROWS) + 0.5) / 4)[:, None]
    lon = ((np.arange(COLUMNS) + 0.5) / 4)[None, :]
    warp = [sum(smooth_noise(rng, n) * 90 / n for n in (12, 26, 58, 126)) for _ in range(2)]
    shrink = np.cos(np.radians(lat))
    lat_w, lon_w = lat + 0.9 * warp[0], lon + 1.3 * warp[1]
    tone = np.full((ROWS, COLUMNS), 0.52)
    for centre, east, half_h, half_w, k in REGIONS:
        away = (lon_w - east + 180) % 360 - 180
        d = ((lat_w - centre) / half_h) ** 2 + (away / half_w) ** 2
        tone += 1.45 * k * np.exp(-(d**1.4))
    tone += 0.022 * shrink * sum(smooth_noise(rng, n) for n in (40, 90, 200, 420))
    tone += 0.02 * np.clip(height_m / 8000, -1, 1.5)
    ragged = 0.35 * warp[0] * np.maximum(shrink, 0.2)
    cap = np.clip((lat + ragged - 79.5) / 2.5, 0, 1) + np.clip((-lat + ragged - 84.5) / 2, 0, 1)
    frost = np.clip((lat + 2 * ragged - 70) / 14, 0, 1) * 0.06
    return np.clip(tone + frost + cap * 0.5, 0, 1)


def main() -> None:
    """Write the map."""
    height = np.fromfile(sys.argv[1], ">i2").reshape(ROWS, COLUMNS).astype(float)
    cell = np.radians(0.25) * RADIUS_M
    lat = np.radians(90 - (np.arange(ROWS) + 0.5) / 4)[:, None]
    east = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) / (
        2 * cell * np.maximum(np.cos(lat), 0.25)
    )
    padded = np.vstack([height[:1], height, height[-1:]])
    north = (padded[:-2] - padded[2:]) / (2 * cell)
    packed = [np.round(127.5 + 127.5 * np.tanh(s / 0.05)) for s in (east, north)]
    rgb = np.dstack([*packed, np.round(255 * brightness(height))]).astype(np.uint8)
    pygame.image.save(pygame.surfarray.make_surface(rgb.swapaxes(0, 1)), OUT)


if __name__ == "__main__":
    main()
