"""Cards that answer an instrument: spectrum, readings with errors and odds; air and its ring."""

import math
from collections.abc import Sequence

import pygame

from game.ui.boxes import Box
from game.ui.canvas import LABEL, NOTE, STRONG, Canvas, Look
from game.ui.draw.plot import Axes
from game.ui.facts.samples import AirCurve, Bar, Odds, SoilResult
from game.ui.facts.spectrum import Curve, load_spectra, tint_of
from game.ui.theme import mixed
from game.ui.wrap import shortened

ROW, ODDS_ROW = 15.0, 18.0
LEFT_W, RIGHT_X = 188.0, 214.0
RING_STEPS = 96
CENTRE = Look(18, "text", is_strong=True)
PRESSURE_LEAST_PA, WIND_LEAST_M_S = 8.0, 4.0


def draw_card_head(canvas: Canvas, box: Box, icon: str, title: str, note: str) -> None:
    """Draw the ground, the icon, the title and a note at the right."""
    canvas.panel(box, 0.93)
    canvas.icon(icon, box.x + 12, box.y + 7, "accent")
    wide = canvas.width(note, NOTE)
    room = box.w - 68 - wide
    words = shortened(title, room, lambda text: canvas.width(text, STRONG))
    canvas.text(words, box.x + 40, box.y + 6, STRONG)
    canvas.text(note, box.right - 12, box.y + 8, NOTE, "right")


def draw_working(canvas: Canvas, box: Box, icon: str, title: str, frac: float) -> None:
    """Draw an instrument at work: what it does and how far it has come."""
    draw_card_head(canvas, box, icon, title, f"{100 * frac:.0f} %")
    canvas.bar(Box(box.x + 12, box.y + 34, box.w - 24, 4), frac, "accent")


def draw_soil_card(canvas: Canvas, box: Box, soil: SoilResult, drawn: float, moved: float) -> None:
    """Draw a soil sample; `drawn` is how much of the spectrum is there, `moved` of the result."""
    draw_card_head(canvas, box, "touch", soil.title[:1].upper() + soil.title[1:], soil.note)
    draw_laser(canvas, Box(box.x + 12, box.y + 34, LEFT_W, 72), soil.laser, drawn)
    draw_infrared(canvas, Box(box.x + 12, box.y + 130, LEFT_W, 52), soil.infrared, drawn)
    x, wide = box.x + RIGHT_X, box.w - RIGHT_X - 12
    y = box.y + 32
    for bar in [one for one in soil.bars if one.limit]:
        draw_bar(canvas, Box(x, y, wide, ROW), bar, moved)
        y += ROW
    words = "odds of the past here" if soil.is_home else "odds here, once it is home"
    canvas.text(words, x, y + 6, NOTE)
    y += 24
    for one in soil.odds:
        draw_odds(canvas, Box(x, y, wide, ODDS_ROW), one, moved)
        y += ODDS_ROW


def draw_laser(canvas: Canvas, box: Box, curve: Curve, drawn: float) -> None:
    """Draw the light of the sparks, coloured by where in the rainbow it lies."""
    spec = load_spectra().laser
    axes = Axes(box, 0.0, 1.05, spec.first_nm, spec.last_nm)
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    points = axes.points(curve[: max(2, round(drawn * len(curve)))])
    for (x, y), (nm, _) in zip(points, curve, strict=False):
        colour = mixed(canvas.rgb("panel"), _rgb(tint_of(nm)), 0.55)
        canvas.line((x, box.bottom), (x, y), colour)
    canvas.curve(points, "text", 1)
    for nm in (300, 400, 500, 600, 700, 800):
        canvas.text(f"{nm}", axes.x(nm), box.bottom + 1, NOTE, "middle")
    canvas.text("laser, nm", box.right, box.y - 2, NOTE, "right")


def draw_infrared(canvas: Canvas, box: Box, curve: Curve, drawn: float) -> None:
    """Draw reflected sunlight with the places of the two bands marked."""
    spec = load_spectra().infrared
    low = min(value for _, value in curve) - 0.02
    axes = Axes(box, low, 1.02, spec.first_um, spec.last_um)
    for um in (spec.water_um, spec.silica_um):
        canvas.line((axes.x(um), box.y + 4), (axes.x(um), box.bottom), "line")
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    canvas.curve(axes.points(curve[: max(2, round(drawn * len(curve)))]), "cool", 1.5)
    for um in (1.0, 1.4, 1.92, 2.21):
        canvas.text(f"{um:g}", axes.x(um), box.bottom + 1, NOTE, "middle")
    canvas.text("infrared, µm", box.x, box.y - 4, NOTE)


def draw_bar(canvas: Canvas, box: Box, bar: Bar, shown: float) -> None:
    """Draw a reading with its error bar, and a tick where it becomes a sign."""
    canvas.text(bar.name, box.x, box.y, LABEL)
    track = Box(box.x + 56, box.y + 8, box.w - 106, 1)
    canvas.line((track.x, track.y), (track.right, track.y), "track", 3)
    if bar.limit:
        at = track.x + track.w * min(bar.limit / bar.most, 1.0)
        canvas.line((at, track.y - 5), (at, track.y + 5), "arc", 1)
    if shown <= 0.0:
        return
    is_sign = bar.value > bar.limit > 0.0
    token = "accent" if is_sign else "text"
    low, mid, high = (
        track.x + track.w * min(max(v / bar.most, 0.0), 1.0) * shown
        for v in (bar.value - bar.sigma, bar.value, bar.value + bar.sigma)
    )
    canvas.line((low, track.y), (high, track.y), token, 1)
    for end in (low, high):
        canvas.line((end, track.y - 3), (end, track.y + 3), token, 1)
    canvas.disc((mid, track.y), 2.5, token)
    words = f"{bar.value:.1f} ±{bar.sigma:.1f}".replace("-", "−")
    canvas.text(words, box.right, box.y, Look(12, token), "right")


def draw_odds(canvas: Canvas, box: Box, one: Odds, moved: float) -> None:
    """Draw the odds of one history, on their way from before to after."""
    now = one.before + (one.after - one.before) * moved
    has_risen = one.after > one.before + 0.005
    look = Look(12, "text" if has_risen else "quiet")
    canvas.text(one.title, box.x, box.y - 2, look)
    canvas.text(f"{100 * now:.0f} %", box.right, box.y - 2, look, "right")
    track = Box(box.x, box.y + 13, box.w, 3)
    canvas.fill(track, "track", 1)
    canvas.fill(Box(track.x, track.y, max(1.0, track.w * now), 3),
                "accent" if has_risen else "quiet", 1)  # fmt: skip
    at = track.x + track.w * one.before
    canvas.line((at, track.y - 1), (at, track.bottom + 1), "text", 1)


def draw_air_card(canvas: Canvas, box: Box, air: AirCurve) -> None:
    """Draw the growing lines of pressure and wind, and the ring of this sol's coverage."""
    draw_card_head(canvas, box, "air", "Listening to the air", air.note)
    _draw_series(canvas, Box(box.x + 12, box.y + 46, 232, 58), air.pressure,
                 ("pressure, Pa", "air", PRESSURE_LEAST_PA))  # fmt: skip
    _draw_series(canvas, Box(box.x + 12, box.y + 128, 232, 58), air.wind,
                 ("wind, m/s", "cool", WIND_LEAST_M_S))  # fmt: skip
    draw_ring(canvas, (box.right - 76, box.y + 112), 56, air.spans, is_running=air.is_running)
    canvas.text(f"{air.hours:.1f} h", box.right - 76, box.y + 98, CENTRE, "middle")
    canvas.text("of this sol", box.right - 76, box.y + 118, NOTE, "middle")


def _draw_series(canvas: Canvas, box: Box, curve: Curve, style: tuple[str, str, float]) -> None:
    words, token, least = style
    values = [value for _, value in curve]
    middle = (min(values) + max(values)) / 2
    half = max(least, max(values) - min(values)) / 2 * 1.15
    last = max(curve[-1][0], 10.0)
    axes = Axes(box, middle - half, middle + half, 0.0, last)
    canvas.text(words, box.x, box.y - 14, NOTE)
    canvas.text(f"{last:.0f} min", box.right, box.y - 14, NOTE, "right")
    canvas.line((box.x, box.bottom), (box.right, box.bottom), "line")
    canvas.line((box.x, box.y), (box.right, box.y), "line")
    points = axes.points(curve)
    canvas.curve(points, token, 1.5)
    canvas.disc(points[-1], 3, token)


def draw_ring(
    canvas: Canvas,
    centre: tuple[float, float],
    radius: float,
    spans: Sequence[tuple[float, float]],
    *,
    is_running: bool,
) -> None:
    """Draw a sol as a ring, midnight below: covered hours bright, the running ones amber."""
    _arc(canvas, centre, radius, (6.0, 30.0), ("track", 7.0))
    for k, span in enumerate(spans):
        is_last = is_running and k == len(spans) - 1
        _arc(canvas, centre, radius, span, ("accent" if is_last else "air", 7.0))
    for hour, words in ((12, "12"), (18, "18"), (0, "00"), (6, "06")):
        x, y = _on_ring(centre, radius - 15, hour)
        canvas.text(words, x, y - 8, NOTE, "middle")


def _arc(
    canvas: Canvas,
    centre: tuple[float, float],
    radius: float,
    span: tuple[float, float],
    style: tuple[str, float],
) -> None:
    first, last = span
    count = max(2, round((last - first) / 24 * RING_STEPS) + 1)
    token, wide = style
    hours = [first + (last - first) * k / (count - 1) for k in range(count)]
    outer = [_on_ring(centre, radius + wide / 2, hour) for hour in hours]
    inner = [_on_ring(centre, radius - wide / 2, hour) for hour in reversed(hours)]
    canvas.area([*outer, *inner], token)
    real = [canvas.at(*point) for point in (*outer, *inner)]
    pygame.draw.aalines(canvas.surface, canvas.rgb(token), True, real)


def _on_ring(centre: tuple[float, float], radius: float, hour: float) -> tuple[float, float]:
    angle = math.tau * (hour / 24.0)
    return centre[0] - radius * math.sin(angle), centre[1] + radius * math.cos(angle)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
