"""What full pages have in common: a dark ground, a title, a way back."""

from game.ui.boxes import Box, Page
from game.ui.canvas import NOTE, TITLE, Canvas
from game.ui.input import Happening, Pressed
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form

PAGE_WIDTH, SIDE = 1080.0, 32.0


def column(page: Page) -> Box:
    """Return the column that a page's content stands in."""
    wide = min(PAGE_WIDTH, page.w - 2 * SIDE)
    return Box((page.w - wide) / 2, 0, wide, page.h)


def draw_page(canvas: Canvas, title: str, note: str = "") -> None:
    """Draw ground, title and a note under it."""
    canvas.surface.fill(canvas.rgb("space"))
    left = column(canvas.page).x
    canvas.text(title, left, 28, TITLE)
    if note:
        canvas.text(note, left, 68, NOTE)


def draw_veil(canvas: Canvas, opacity_frac: float) -> None:
    """Darken what lies below, for pages one can see through."""
    veil = canvas.sheet(canvas.page.box).surface
    veil.fill((*canvas.rgb("space"), round(255 * opacity_frac)))
    canvas.surface.blit(veil, (0, 0))


def back_button() -> Button:
    """Return the button that leads back."""
    return Button("back", Box(0, 0, 0, 0), "Back", Dress.QUIET, "back")


def wants_back(happening: Happening) -> bool:
    """Say whether the player wants to leave the page."""
    return (
        isinstance(happening, Pressed)
        and happening.means("menu", "leave")
        and not happening.is_again
    )


def place_column(form: Form, x: float, y: float, w: float, step: float, h: float) -> None:
    """Put the widgets of a form under each other."""
    for k, widget in enumerate(form.widgets):
        widget.box = Box(x, y + k * step, w, h)
