"""What the colours of an overlay mean."""

from game.ui.boxes import Box
from game.ui.canvas import LABEL, NOTE, STRONG, Canvas
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.draw.overlays import Scale, Stop, load_overlays
from game.ui.theme import Rgb, mixed
from game.ui.wrap import wrapped

ROW, NOTE_ROW = 20.0, 16.0
LEFT, TOP, WIDE = 16.0, 332.0, 208.0  # under the health panel
STRIP_H, BESIDE_TOP = 136.0, 88.0
Span = tuple[float, float]


def draw_legend(canvas: Canvas, kind: OverlayKind | None, span: Span | None = None) -> None:
    """Draw the scale of an overlay, and say so when all that is in view is alike."""
    if kind is None:
        return
    scale = load_overlays().scale(kind)
    words = legend_note(kind, scale, span)
    lines = wrapped(words, WIDE - 24, lambda w: canvas.width(w, NOTE)) if words else ()
    foot = 8 + NOTE_ROW * len(lines) if lines else 0
    box = Box(LEFT, TOP, WIDE, 40 + ROW * len(scale.stops) + foot)
    if box.bottom > canvas.page.h - STRIP_H:  # a low page has room beside the health panel only
        box = Box(LEFT + WIDE + 8, BESIDE_TOP, WIDE, box.h)
    canvas.panel(box)
    canvas.text(scale.title, box.x + 12, box.y + 8, STRONG)
    for k, stop in enumerate(scale.stops):
        y = box.y + 34 + ROW * k
        swatch = Box(box.x + 12, y, 20, 14)
        # On the ground a colour covers only in part: show it as it looks there.
        canvas.fill(swatch, mixed(canvas.rgb("day"), _rgb(stop.colour), stop.cover_frac), 2)
        canvas.outline(swatch, "line", 1, 2)
        canvas.text(stop.words, box.x + 42, y - 1, LABEL)
    for k, line in enumerate(lines):
        canvas.text(line, box.x + 12, box.y + 38 + ROW * len(scale.stops) + NOTE_ROW * k, NOTE)


def legend_note(kind: OverlayKind, scale: Scale, span: Span | None) -> str:
    """Return a sentence when the whole view has one colour, so that nobody looks in vain."""
    if span is None:
        return "being worked out…"
    low, high = (_stop_of(scale, value) for value in span)
    if low is not high:
        return ""
    if kind is OverlayKind.RADIO:
        if low is scale.stops[-1]:
            return "All ground in view hears the whole pass: nothing stands in the way."
        return "All ground in view hears the pass alike."
    return f"All ground in view is alike: {low.words}."


def _stop_of(scale: Scale, value: float) -> Stop:
    """Return the step of the scale that a value belongs to."""
    return next((stop for stop in reversed(scale.stops) if value >= stop.value), scale.stops[0])


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
