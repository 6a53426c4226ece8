"""Choosing a mission: which, how hard, and on which of all possible Marses."""

import pygame

from game.rules import difficulties
from game.ui.boxes import Box, Page
from game.ui.canvas import LABEL, NOTE, VALUE, Canvas, Look
from game.ui.input import Happening
from game.ui.mission_pictures import MissionPictures
from game.ui.missions import Offer, offers
from game.ui.screen import Pop, Push, Transition
from game.ui.screens.help import back_or_help
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.page import back_button, column, draw_page
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal
from game.ui.widgets.list import ListBox, Row
from game.ui.widgets.paragraph import paragraph
from game.ui.widgets.tabs import Tabs
from game.ui.widgets.text_line import TextLine, whole_number

SEED_DIGITS = 19
LEAST_PICTURE_H = 60.0  # a smaller one says nothing


class LevelsScreen:
    """The list of missions with what each is about."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.pictures = MissionPictures()
        self.offers = offers()
        none = Box(0, 0, 0, 0)
        rows = [Row(offer.name, offer.title, offer.note) for offer in self.offers]
        self.list = ListBox("level", none, rows)
        self.presets = tuple(difficulties().values())
        words = tuple(preset.title for preset in self.presets)
        self.difficulty = Tabs("difficulty", none, words)
        self.seed = TextLine("seed", none, "Seed", "", SEED_DIGITS, whole_number)
        self.start = Button("start", none, "Start", Dress.FILLED, "play", size=18)
        self.form = Form([self.list, self.difficulty, self.seed, self.start, back_button()])
        self.form.focus_on("start")
        self._take_offer()

    @property
    def offer(self) -> Offer | None:
        """The chosen mission."""
        return self.offers[self.list.chosen] if self.offers else None

    def handle(self, happening: Happening) -> Transition | None:
        """Choose and start."""
        if (way := back_or_help(self.shell, happening)) is not None:
            return way
        signal = self.form.handle(happening)
        return self._follow(signal) if signal else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the room humming."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw list, description and choices."""
        draw_page(canvas, "New mission")
        self._place(canvas.page)
        self.form.draw(canvas)
        if self.offer:
            self._draw_offer(canvas, self.offer)

    def _follow(self, signal: Signal) -> Transition | None:
        self.shell.audio.play("paper")
        match signal.name:
            case "level":
                self._take_offer()
            case "start" | "level_confirmed":
                return self._start()
            case "back":
                return Pop()
        return None

    def _start(self) -> Transition | None:
        if self.offer is None:
            return None
        difficulty = self.presets[self.difficulty.chosen].name
        seed = int(self.seed.text) if self.seed.text.lstrip("-") else self.offer.seed
        return Push(LoadingScreen(self.shell, self.offer.name, seed, difficulty))

    def _take_offer(self) -> None:
        if self.offer is None:
            return
        self.seed.text = str(self.offer.seed)
        names = tuple(preset.name for preset in self.presets)
        if self.offer.difficulty in names:
            self.difficulty.chosen = names.index(self.offer.difficulty)

    def _place(self, page: Page) -> None:
        area = column(page)
        low = page.h - 84
        self.list.box = Box(area.x, 96, area.w * 0.38, low - 112)
        right = area.x + area.w * 0.42
        wide = area.right - right
        self.difficulty.box = Box(right, low - 150, wide, 32)
        self.seed.box = Box(right, low - 64, wide * 0.6, 34)
        self.start.box = Box(area.right - 180, low, 180, 44)
        self.form.widgets[-1].box = Box(area.x, low + 4, 110, 36)

    def _draw_offer(self, canvas: Canvas, offer: Offer) -> None:
        area = column(canvas.page)
        x = area.x + area.w * 0.42
        wide = area.right - x
        canvas.text(offer.title, x, 96, VALUE)
        y = paragraph(canvas, offer.description, x, 128, wide, Look(14, "quiet"))
        canvas.text(offer.facts, x, y + 10, LABEL)
        room = Box(x, y + 36, wide, self.difficulty.box.y - y - 52)
        self._draw_picture(canvas, offer, room)
        box = self.difficulty.box
        note = self.presets[self.difficulty.chosen].description
        paragraph(canvas, note, x, box.bottom + 10, wide, NOTE)
        seed = self.seed.box
        canvas.text("the same seed is the same Mars", seed.right + 12, seed.y + 9, NOTE)

    def _draw_picture(self, canvas: Canvas, offer: Offer, room: Box) -> None:
        picture = self.pictures.of(offer)
        if picture is None or room.h < LEAST_PICTURE_H:
            return
        canvas.image(picture.subsurface(_cut(picture, room)), room)
        canvas.outline(room, "line")


def _cut(picture: pygame.Surface, room: Box) -> pygame.Rect:
    """Return the middle part of a picture that has the shape of a box."""
    wide, high = picture.get_size()
    part = pygame.Rect(0, 0, min(wide, round(high * room.w / room.h)), 0)
    part.height = min(high, round(part.width * room.h / room.w))
    part.center = (wide // 2, high // 2)
    return part
