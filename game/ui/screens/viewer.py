"""One picture at 640 by 360 over the ground, with where and when it was taken."""

import math

import pygame

from game.rover.archive import told_place
from game.rover.records import ContextRecord
from game.rover.storage import Product
from game.ui.band_views import COLOURS, BandView, band_views
from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, VALUE, Canvas
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.model import picture_note, pictures
from game.ui.screen import Pop, Push, Swap, Transition
from game.ui.screens.page import draw_veil, wants_back
from game.ui.words import mbit, percent, place_text

WIDTH, HEIGHT = 640.0, 360.0
WAITING = "The picture is being put together…"
BAND_H, BAND_GAP = 24.0, 4.0
BANDS_KEYS = "↑ ↓ bands"
WAY_ON = "← → others · any key goes on"


def facts_of(product: Product) -> str:
    """Return where a picture was taken, how good it is and what it weighed."""
    weight = f"{mbit(product.size_bit)} Mbit"
    here = place_text(*told_place(product))
    if isinstance(product.record, ContextRecord):
        return (
            f"from orbit, {product.record.width_m:.0f} m wide, north up, around {here} · {weight}"
        )
    azimuth = math.degrees(product.azimuth_rad) % 360
    return f"looking {azimuth:03.0f}° from {here} · quality {percent(product.quality)} · {weight}"


class ViewerScreen:
    """Shows a picture; arrows go through all of them."""

    is_see_through = True
    most_scale_frac = 1.25

    def __init__(self, host: Host, number: int, *, auto_close: bool) -> None:
        self.host = host
        self.number = number
        self.auto_close = auto_close
        self.age_s = 0.0
        self.band = 0  # 0 is false colours, then the views in order
        self._buttons: tuple[Box, ...] = ()

    def handle(self, happening: Happening) -> Transition | None:
        """Close on any click or key but the arrows."""
        if isinstance(happening, Pointed):
            return self._clicked(happening) if happening.is_click else None
        if isinstance(happening, Pressed) and not happening.is_again:
            if happening.means("earlier", "later"):
                self._step(1 if happening.means("later") else -1)
                return None
            if self.views and happening.means("forward", "backward"):
                self._choose(self.band + (1 if happening.means("backward") else -1))
                return None
            return self._leave(happening)
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Close by itself if it opened by itself."""
        self.host.shell.audio.want("motor", 0.0)
        self.host.shell.audio.update(frame_s)
        if self.picture is not None:
            self.age_s += frame_s
        limit_s = self.host.shell.theme.motion.opening_s
        return Pop() if self.auto_close and self.age_s > limit_s else None

    @property
    def picture(self) -> pygame.Surface | None:
        """The picture if it is ready; of one through filters, the chosen view of it."""
        product = self.product
        if product is not None and 0 < self.band <= len(self.views):
            return self.host.desk.pictures.band(product, self.views[self.band - 1])
        return self.host.desk.pictures.get(self.number)

    @property
    def product(self) -> Product | None:
        """The product that is shown."""
        taken = pictures(self.host.desk.flight.state)
        return next((p for p in taken if p.number == self.number), None)

    @property
    def views(self) -> tuple[BandView, ...]:
        """The bands and ratios that can be looked at."""
        return band_views(self.product)

    def draw(self, canvas: Canvas) -> None:
        """Draw the picture in its frame."""
        draw_veil(canvas, 0.55)
        page = canvas.page
        frame = Box((page.w - WIDTH) / 2, (page.h - HEIGHT) / 2 - 28, WIDTH, HEIGHT)
        foot = BAND_H + 8 if self.views else 0.0
        canvas.panel(Box(frame.x - 12, frame.y - 12, WIDTH + 24, HEIGHT + 92 + foot), 0.96)
        product, picture = self.product, self.picture
        if product is not None and picture is None:
            self.host.desk.pictures.order(self.host.desk.flight.state, product)
        if picture is not None:
            canvas.image(picture, frame)
        else:
            canvas.fill(frame, "track")
            canvas.text(WAITING, *frame.centre, BODY, "middle")
        canvas.outline(frame, "line")
        canvas.text(WAY_ON, frame.right, frame.bottom + 42, NOTE, "right")
        if product is not None:
            self._draw_words(canvas, frame, product)
        self._draw_bands(canvas, frame)

    def _draw_words(self, canvas: Canvas, frame: Box, product: Product) -> None:
        y = frame.bottom + 10
        state, setup = self.host.desk.flight.state, self.host.desk.flight.session.setup
        canvas.text(product.title or product.kind.capitalize(), frame.x, y, VALUE)
        note = picture_note(setup, state, product)
        canvas.text(note, frame.right, y + 4, BODY, "right")
        words = self.views[self.band - 1].note if self.band else facts_of(product)
        canvas.text(words, frame.x, y + 32, NOTE)

    def _draw_bands(self, canvas: Canvas, frame: Box) -> None:
        """Draw a small button for each view of a filter picture."""
        names = (COLOURS, *(view.words for view in self.views)) if self.views else ()
        x, boxes = frame.x, []
        for k, words in enumerate(names):
            is_on = k == self.band
            look = STRONG if is_on else BODY
            box = Box(x, frame.bottom + 68, canvas.width(words, STRONG) + 16, BAND_H)
            canvas.fill(box, "accent_dim" if is_on else "track", 4)
            canvas.text(words, box.centre[0], box.y + 2, look, "middle")
            boxes.append(box)
            x = box.right + BAND_GAP
        self._buttons = tuple(boxes)
        if names:
            canvas.text("nm", x + 2, frame.bottom + 71, NOTE)
            canvas.text(BANDS_KEYS, frame.right, frame.bottom + 71, NOTE, "right")

    def _clicked(self, pointed: Pointed) -> Transition | None:
        """Choose a band, or close."""
        for k, box in enumerate(self._buttons):
            if box.holds(pointed.x, pointed.y):
                self._choose(k)
                return None
        return Pop()

    def _choose(self, band: int) -> None:
        self.band = min(max(band, 0), len(self.views))
        self.auto_close = False

    def _leave(self, pressed: Pressed) -> Transition:
        """Close; a key that means something to the rover does it at once."""
        if wants_back(pressed) or pressed.means("confirm", "newest_picture", "pause", "back"):
            return Pop()
        opened = self.host.handle(pressed)
        return Swap(opened.screen) if isinstance(opened, Push) else Pop()

    def _step(self, step: int) -> None:
        numbers = [p.number for p in pictures(self.host.desk.flight.state)]
        if self.number in numbers:
            at = numbers.index(self.number) + step
            self.number, self.band = numbers[min(max(at, 0), len(numbers) - 1)], 0
            self.auto_close = False
