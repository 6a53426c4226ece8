"""What has left the rover's memory: passes to come, products on their way, products at home."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas
from game.ui.facts.queue import Elsewhere, QueuePage
from game.ui.wrap import shortened

ROW, MOST_FLYING = 38.0, 5


def draw_way_home(canvas: Canvas, room: Box, page: QueuePage) -> None:
    """Draw what passes can take, then what is under way, then what is home."""
    y = room.y
    for one in page.passes:
        canvas.icon("pass", room.x - 2, y - 1, "radio", 18)
        canvas.text(one.name[:1].upper() + one.name[1:], room.x + 24, y, BODY)
        canvas.text(f"{one.takes_mbit:,.0f} Mbit", room.right, y, STRONG, "right")
        y += 26
    y = _draw_list(canvas, room, y + 8, ("On the way", "radio", page.flying[:MOST_FLYING]))
    _draw_list(canvas, room, y + 8, ("Home", "safe", page.home))


def _draw_list(
    canvas: Canvas, room: Box, y: float, what: tuple[str, str, tuple[Elsewhere, ...]]
) -> float:
    title, token, found = what
    canvas.line((room.x, y), (room.right, y), "line")
    canvas.text(title, room.x, y + 8, LABEL)
    canvas.text(f"{len(found)}" if found else "nothing", room.right, y + 8, NOTE, "right")
    y += 32
    for one in found:
        if y + ROW - 2 > room.bottom:
            break
        canvas.icon(one.icon, room.x - 2, y, token, 18)
        fits = shortened(one.title, room.w - 28, lambda words: canvas.width(words, BODY))
        canvas.text(fits, room.x + 24, y - 3, BODY)
        note = shortened(one.note, room.w - 28, lambda words: canvas.width(words, NOTE))
        canvas.text(note, room.x + 24, y + 15, NOTE)
        y += ROW
    return y
