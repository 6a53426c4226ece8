"""What the colours of an overlay mean."""

from game.ui.boxes import Box
from game.ui.canvas import LABEL, STRONG, Canvas
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.draw.overlays import load_overlays
from game.ui.theme import Rgb

ROW = 20.0


def draw_legend(canvas: Canvas, kind: OverlayKind | None) -> None:
    """Draw the scale of an overlay under the health panel."""
    if kind is None:
        return
    scale = load_overlays().scale(kind)
    box = Box(16, 332, 208, 40 + ROW * len(scale.stops))
    canvas.panel(box)
    canvas.text(scale.title, box.x + 12, box.y + 8, STRONG)
    for k, stop in enumerate(scale.stops):
        y = box.y + 34 + ROW * k
        canvas.fill(Box(box.x + 12, y, 20, 14), _rgb(stop.colour), 2)
        canvas.outline(Box(box.x + 12, y, 20, 14), "line", 1, 2)
        canvas.text(stop.words, box.x + 42, y - 1, LABEL)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
