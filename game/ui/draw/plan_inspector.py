"""The inspector of the plan: what the selected activity is, with the means to change it."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, VALUE, Canvas, Look
from game.ui.plan_parts import Inspector, InspectorRow
from game.ui.wrap import shortened, wrapped

HEAD, ROW, FOOT = 30.0, 19.0, 6.0
ARROW, ARROWS = 20.0, 140.0
STEPPED = ("start", "length", "priority", "optional")
DETAIL = "detail:"
BAD_NOTE = Look(12, "act")
BAD = Look(14, "act", is_strong=True)
PROBLEM = Look(12, "act")


def row_box(box: Box, number: int) -> Box:
    """Return one line of the inspector."""
    return Box(box.x + 4, box.y + HEAD + ROW * number, box.w - 8, ROW)


def arrows(row: Box) -> tuple[Box, Box]:
    """Return where a line is made less and more."""
    return (Box(row.right - ARROWS, row.y, ARROW, ROW), Box(row.right - ARROW, row.y, ARROW, ROW))


def inspector_box(box: Box, inspector: Inspector, foot: int) -> Box:
    """Return how large the inspector has to be; `foot` is the number of lines under it."""
    high = HEAD + ROW * len(inspector.rows) + FOOT + 16.0 * foot
    return Box(box.x, box.y, box.w, high)


def draw_inspector(
    canvas: Canvas, box: Box, inspector: Inspector, focus: str, problem: str, *, is_typing: bool
) -> None:
    """Draw the lines; the one that keys change has a frame."""
    words = problem or inspector.note
    look = PROBLEM if problem else NOTE
    lines = wrapped(words, box.w - 24, lambda text: canvas.width(text, look)) if words else ()
    box = inspector_box(box, inspector, len(lines))
    canvas.panel(box)
    canvas.text(inspector.title, box.x + 12, box.y + 3, VALUE)
    aside = BAD_NOTE if inspector.is_aside_bad else NOTE
    canvas.text(inspector.aside, box.right - 12, box.y + 9, aside, "right")
    for k, row in enumerate(inspector.rows):
        place = row_box(box, k)
        if row.edit and row.edit == focus:
            canvas.outline(place.grown(-1), "accent", 2, 4)
        _draw_row(canvas, place, row, is_typing=is_typing and row.edit == focus)
    y = box.y + HEAD + ROW * len(inspector.rows)
    for k, line in enumerate(lines):
        canvas.text(line, box.x + 12, y + 16 * k, look)


def _draw_row(canvas: Canvas, place: Box, row: InspectorRow, *, is_typing: bool) -> None:
    canvas.text(row.label, place.x + 8, place.y + 1, BODY)
    if row.edit == "text":
        _draw_text(canvas, place, row, is_typing=is_typing)
        return
    look = BAD if row.is_bad else STRONG
    if row.edit not in STEPPED and not row.edit.startswith(DETAIL):
        end = place.right - 8
        if row.edit:
            canvas.icon("more", place.right - ARROW + 3, place.y + 4, "quiet", 14)
            end = place.right - ARROW - 2
        room = end - place.x - 20 - canvas.width(row.label, BODY)
        words = shortened(row.value, room, lambda text: canvas.width(text, look))
        canvas.text(words, end, place.y + 1, look, "right")
        return
    less, more = arrows(place)
    canvas.icon("back", less.x + 3, less.y + 4, "quiet", 14)
    canvas.icon("more", more.x + 3, more.y + 4, "quiet", 14)
    middle = (less.right + more.x) / 2
    canvas.text(row.value, middle, place.y + 1, look, "middle")


def _draw_text(canvas: Canvas, place: Box, row: InspectorRow, *, is_typing: bool) -> None:
    left = place.x + 14 + canvas.width(row.label, BODY)
    field = Box(left, place.y + 1, place.right - 4 - left, ROW - 3)
    canvas.fill(field, "track", 3)
    room = field.w - 14
    words = row.value
    while is_typing and canvas.width(words, STRONG) > room:
        words = words[1:]
    words = shortened(words, room, lambda text: canvas.width(text, STRONG))
    end = field.x + 6 + canvas.text(words, field.x + 6, field.y, STRONG)
    if is_typing:
        canvas.line((end + 1, field.y + 2), (end + 1, field.y + 17), "accent", 1)
