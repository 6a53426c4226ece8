"""A list of ways on, in the free corner over the strip; long sentences go over several lines."""

from game.ui.boxes import Box
from game.ui.canvas import LABEL, NOTE, Canvas, Look
from game.ui.draw.hud import HudLayout
from game.ui.ways_on import WaysOn
from game.ui.words import typeset
from game.ui.wrap import wrapped

MOST_W, PAD, LINE, GAP, HEAD = 400.0, 10.0, 18.0, 4.0, 24.0
PLAIN, MARKED = Look(14, "text"), Look(14, "accent", is_strong=True)
KEYS = "Tab: next · Enter: do it"


def draw_ways_on(
    canvas: Canvas, place: HudLayout, ways: WaysOn, pointer: tuple[float, float]
) -> None:
    """Draw the list and note where its rows are."""
    if not ways.choices:
        return
    wide = min(MOST_W, place.actions.x - place.strip.x - 12.0)
    rows = [
        wrapped(typeset(choice.text), wide - 4 * PAD, lambda words: canvas.width(words, MARKED))
        for choice in ways.choices
    ]
    heights = [LINE * len(lines) + 10.0 for lines in rows]
    high = HEAD + sum(heights) + GAP * len(rows) + PAD
    whole = Box(place.strip.x, place.strip.y - 8.0 - high, wide, high)
    canvas.panel(whole, 0.98)
    canvas.text("Ways on", whole.x + PAD, whole.y + 5, LABEL)
    if wide > 2 * canvas.width(KEYS, NOTE):
        canvas.text(KEYS, whole.right - PAD, whole.y + 5, NOTE, "right")
    y, boxes = whole.y + HEAD + 2, []
    for k, (lines, tall) in enumerate(zip(rows, heights, strict=True)):
        box = Box(whole.x + PAD, y, wide - 2 * PAD, tall)
        _draw_row(canvas, box, lines, is_marked=k == ways.marked, is_hovered=box.holds(*pointer))
        boxes.append(box)
        y += tall + GAP
    ways.boxes = tuple(boxes)


def _draw_row(
    canvas: Canvas, box: Box, lines: tuple[str, ...], *, is_marked: bool, is_hovered: bool
) -> None:
    if is_hovered:
        canvas.fill(box, "track", 4)
    canvas.outline(box, "accent" if is_marked else "line", 1, 4)
    for k, line in enumerate(lines):
        look = MARKED if is_marked else PLAIN
        canvas.text(line, box.x + PAD, box.y + 4 + LINE * k, look)
