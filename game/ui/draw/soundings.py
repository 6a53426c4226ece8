"""Plots of what reaches below the ground or through filters: radar, magnetic stops, filters."""

import math

from game.rover.records import FILTERS_NM, FilterRecord
from game.rover.soundings import FieldSample, RadarLayer, RadarProfile
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas, Point
from game.ui.draw.plot import Axes
from game.ui.facts.spectrum import tint_of

SPEED_M_NS = 0.299792458  # of light in free space
CHANNELS = ("cool", "accent")
ROW = 24.0


def draw_radar(canvas: Canvas, box: Box, profile: RadarProfile) -> None:
    """Draw the layers under the way, deeper downwards; each with its error at the end."""
    words = (
        ("Way", f"{profile.way_m:.0f} m, {profile.traces_count:,} traces"),
        ("Permittivity", f"{profile.permittivity:.1f} ±{profile.permittivity_sigma:.1f}"),
        ("Layers heard", f"{len(profile.layers)}"),
    )
    y = draw_rows(canvas, Box(box.x, box.y, box.w, 0), words)
    plot = Box(box.x + 40, y + 20, box.w - 96, box.bottom - y - 40)
    if not profile.layers:
        canvas.text("No echo stood above the noise.", plot.x, plot.y, BODY)
        return
    deepest = max(layer.depth_m + layer.depth_sigma_m for layer in profile.layers)
    axes = Axes(plot, -1.1 * deepest, 0.0, 0.0, max(profile.way_m, 1e-6))
    canvas.line((plot.x, plot.y), (plot.right, plot.y), "driven", 2)
    canvas.text("depth, m", plot.x - 40, plot.y - 18, NOTE)
    canvas.text(f"{profile.way_m:.0f} m of way", plot.right, plot.bottom + 2, NOTE, "right")
    for depth in _marks(deepest):
        canvas.line((plot.x, axes.y(-depth)), (plot.right, axes.y(-depth)), "line")
        canvas.text(f"{depth:g}", plot.x - 6, axes.y(-depth) - 8, NOTE, "right")
    for depth_m, _ in profile.stones:
        canvas.disc((plot.x + plot.w * 0.97, axes.y(-depth_m)), 2, "faint")
    for layer in profile.layers:
        _draw_layer(canvas, axes, profile, layer)


def _draw_layer(canvas: Canvas, axes: Axes, profile: RadarProfile, layer: RadarLayer) -> None:
    """Draw one boundary where it was heard, and how well its depth is known."""
    token = CHANNELS[min(layer.channel, len(CHANNELS) - 1)]
    per_ns_m = SPEED_M_NS / (2.0 * math.sqrt(max(profile.permittivity, 1.0)))
    run: list[Point] = []
    for place_m, delay_ns in zip(profile.places_m, layer.delays_ns, strict=False):
        if delay_ns < 0.0:
            canvas.curve(run, token, 2)
            run = []
        else:
            run.append((axes.x(place_m), axes.y(-delay_ns * per_ns_m)))
    canvas.curve(run, token, 2)
    x, y = axes.box.right + 8, axes.y(-layer.depth_m)
    low, high = (axes.y(-layer.depth_m + s * layer.depth_sigma_m) for s in (-1, 1))
    canvas.line((x, low), (x, high), token, 1)
    canvas.disc((x, y), 3, token)
    canvas.text(f"{layer.depth_m:.1f}", x + 8, y - 9, STRONG)


def draw_field(canvas: Canvas, box: Box, field: FieldSample) -> None:
    """Draw the field of a stop as an arrow with its circle of error, north up."""
    strength = math.hypot(field.east_nt, field.north_nt)
    words = (
        ("East", f"{field.east_nt:+.1f} ±{field.sigma_nt:.1f} nT"),
        ("North", f"{field.north_nt:+.1f} ±{field.sigma_nt:.1f} nT"),
        ("Down", f"{field.down_nt:+.1f} ±{field.down_sigma_nt:.1f} nT"),
        ("Headings", f"{field.headings_count}"),
    )
    y = draw_rows(canvas, Box(box.x, box.y, box.w, 0), words)
    radius = min(box.w, box.bottom - y - 24) / 2
    centre = (box.x + box.w / 2, y + 12 + radius)
    most = max(strength + field.sigma_nt, 1.0) * 1.15
    for part in (0.5, 1.0):
        _ring(canvas, centre, radius * part, "line")
        canvas.text(f"{most * part:.0f} nT", centre[0] + 4, centre[1] - radius * part, NOTE)
    canvas.text("N", centre[0], centre[1] - radius - 18, LABEL, "middle")
    tip = (centre[0] + radius * field.east_nt / most, centre[1] - radius * field.north_nt / most)
    canvas.line(centre, tip, "accent", 2)
    canvas.disc(tip, 4, "accent")
    _ring(canvas, tip, max(3.0, radius * field.sigma_nt / most), "accent")
    if field.headings_count < 2:
        canvas.text("One heading cannot tell the ground from the rover.", box.x, box.bottom - 16,
                    NOTE)  # fmt: skip


def draw_filters(canvas: Canvas, box: Box, record: FilterRecord) -> None:
    """Draw what the spot throws back through each filter, with error bars."""
    calibrated = "never" if record.calibrated_sols < 0 else f"{record.calibrated_sols:.0f} sols ago"
    words = (
        ("Iron oxide band", f"{100 * record.ferric_depth:.1f} ±{100 * record.index_sigma:.1f} %"),
        ("Fall to 1,000 nm", f"{100 * record.water_drop:.1f} ±{100 * record.index_sigma:.1f} %"),
        ("Red to blue", f"{record.red_ratio:.2f}"),
        ("Calibrated", calibrated),
    )
    y = draw_rows(canvas, Box(box.x, box.y, box.w, 0), words)
    plot = Box(box.x + 30, y + 16, box.w - 40, box.bottom - y - 40)
    most = max(record.reflectance_frac, default=0.5) * 1.25
    axes = Axes(plot, 0.0, most, FILTERS_NM[0] - 30, FILTERS_NM[-1] + 30)
    canvas.line((plot.x, plot.bottom), (plot.right, plot.bottom), "line")
    rows = list(zip(FILTERS_NM, record.reflectance_frac, record.sigma_frac, strict=False))
    canvas.curve([(axes.x(nm), axes.y(value)) for nm, value, _ in rows], "quiet", 1.5)
    for nm, value, sigma in rows:
        x = axes.x(nm)
        canvas.line((x, axes.y(value - sigma)), (x, axes.y(value + sigma)), "text", 1)
        canvas.disc((x, axes.y(value)), 4, _rgb(tint_of(float(nm))))
        canvas.text(f"{nm}", x, plot.bottom + 3, NOTE, "middle")
    canvas.text("thrown back", plot.x - 30, plot.y - 16, NOTE)
    canvas.text(f"{100 * most:.0f} %", plot.x - 4, plot.y, NOTE, "right")


def draw_rows(canvas: Canvas, box: Box, rows: tuple[tuple[str, str], ...]) -> float:
    """Write labels and values under each other; return the height below."""
    y = box.y
    for label, value in rows:
        canvas.text(label, box.x, y, BODY)
        canvas.text(value.replace("-", "−"), box.right, y, STRONG, "right")
        y += ROW
    return y


def _marks(deepest_m: float) -> tuple[float, ...]:
    step = next((s for s in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if deepest_m / s <= 6), 50.0)
    return tuple(step * k for k in range(1, int(deepest_m / step) + 1))


def _ring(canvas: Canvas, centre: Point, radius: float, token: str) -> None:
    points = [
        (centre[0] + radius * math.cos(math.tau * k / 48),
         centre[1] + radius * math.sin(math.tau * k / 48))
        for k in range(49)
    ]  # fmt: skip
    canvas.curve(points, token, 1)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
