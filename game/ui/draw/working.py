"""What an instrument does to the ground while it works: the field of view, the laser's sparks."""

import math

import pygame

from game.ui.camera import View
from game.ui.canvas import Canvas

FAN_STEPS = 24
REACH_M = 8.0
SPARK_COUNT, SPARK_PX = 7, 13.0
SPARKS_1_S = 14.0  # the laser fires faster; the eye would not follow
NEAREST_PX_M = 8.0  # farther away sparks are too small to see


def draw_fan(
    canvas: Canvas, view: View, place_m: tuple[float, float], look: tuple[float, float], part: float
) -> None:
    """Draw the field of view on the ground, fading as `part` falls from 1 to 0.

    Parameters
    ----------
    canvas, view : Canvas, View
        The window.
    place_m : (x_m, y_m)
        Where the camera stands. [m]
    look : (azimuth_rad, width_rad)
        Where it looks, and how wide. [rad]
    part : float
        Opacity. [0-1]
    """
    azimuth_rad, width_rad = look
    is_ring = width_rad > math.pi
    points = [] if is_ring else [view.to_px(*place_m)]
    for k in range(FAN_STEPS + 1):
        angle = azimuth_rad + width_rad * (k / FAN_STEPS - 0.5)
        x_m = place_m[0] + REACH_M * math.sin(angle)
        y_m = place_m[1] + REACH_M * math.cos(angle)
        points.append(view.to_px(x_m, y_m))
    left, top = (math.floor(min(p[i] for p in points)) - 3 for i in (0, 1))
    right, low = (math.ceil(max(p[i] for p in points)) + 3 for i in (0, 1))
    area = pygame.Rect(left, top, right - left, low - top).clip(canvas.surface.get_rect())
    if area.w < 1 or area.h < 1:
        return
    fan = pygame.Surface(area.size, pygame.SRCALPHA)
    inner = [(x - area.x, y - area.y) for x, y in points]
    pygame.draw.polygon(fan, (*canvas.rgb("look"), round(80 * part)), inner)
    pygame.draw.aalines(fan, (*canvas.rgb("ink"), round(255 * part)), True,
                        [(x + 1, y + 1) for x, y in inner])  # fmt: skip
    pygame.draw.aalines(fan, (*canvas.rgb("text"), round(255 * part)), True, inner)
    canvas.surface.blit(fan, area)


def draw_laser_spot(
    canvas: Canvas,
    view: View,
    mast_m: tuple[float, float],
    spot_m: tuple[float, float],
    now_s: float,
) -> None:
    """Draw the laser's thin line and the sparks where it meets the ground."""
    if view.scale_px_m < NEAREST_PX_M:
        return
    start, end = (
        (x / canvas.scale, y / canvas.scale) for x, y in (view.to_px(*mast_m), view.to_px(*spot_m))
    )
    shot = int(now_s * SPARKS_1_S)
    fade = 1.0 - (now_s * SPARKS_1_S - shot)
    canvas.line(start, end, "ink", 3)
    canvas.line(start, end, "touch", 1)
    for k in range(SPARK_COUNT):
        turn = ((shot * 7 + k * 11) % 29) / 29.0
        reach = SPARK_PX * (0.35 + 0.65 * ((shot * 13 + k * 17) % 23) / 23.0) * (1.2 - 0.5 * fade)
        angle = math.tau * (k + turn) / SPARK_COUNT
        tip = (end[0] + reach * math.cos(angle), end[1] + reach * math.sin(angle))
        base = (end[0] + 0.4 * reach * math.cos(angle), end[1] + 0.4 * reach * math.sin(angle))
        canvas.line(base, tip, "spark", 1.5)
    canvas.disc(end, 2.5 + 2.5 * fade, "spark")
