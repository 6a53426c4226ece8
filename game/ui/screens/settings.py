"""Settings: size, sound, hints, and every key."""

import pygame

from game.ui.boxes import Box, Page
from game.ui.canvas import NOTE, Canvas
from game.ui.input import Happening, Pressed, default_keys
from game.ui.screen import Pop, Transition
from game.ui.screens.help import back_or_help
from game.ui.screens.page import back_button, column, draw_page
from game.ui.settings import SCALES
from game.ui.shell import Shell
from game.ui.theme import palettes
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal, Widget
from game.ui.widgets.list import ListBox, Row
from game.ui.widgets.slider import Slider
from game.ui.widgets.tabs import Tabs

VOLUME_STEPS = 10
SWITCH = ("off", "on")
COLOURS = ("usual", "red-green blind")
ROOMY = 1.0
SLIDES = "What is larger than the window slides under the pointer, or with Alt and the arrows."
NOWHERE = Box(0, 0, 0, 0)


class SettingsScreen:
    """Two tabs: how it looks and sounds, and the keys."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.tabs = Tabs("tab", NOWHERE, ("Look and sound", "Keys"))
        self.waiting_for = ""
        self.form = Form([])
        self._fill()

    def handle(self, happening: Happening) -> Transition | None:
        """Change settings; while a new key is awaited, take it."""
        if self.waiting_for:
            self._take_key(happening)
            return None
        if (way := back_or_help(self.shell, happening)) is not None:
            return way
        signal = self.form.handle(happening)
        return self._follow(signal) if signal else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going, so that the volume can be heard."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the tab that is open."""
        draw_page(canvas, "Settings")
        self._place(canvas.page)
        self.form.draw(canvas)
        area = column(canvas.page)
        words = "Changes count at once and are kept."
        if self.shell.settings.scale_frac > ROOMY:
            words += " " + SLIDES
        if self.tabs.chosen == 1:
            words = "Choose an action, press Enter, then press its new key."
        if self.waiting_for:
            words = f"Press the new key for “{_said(self.waiting_for)}”. Escape leaves it."
        canvas.text(words, area.x + 126, canvas.page.h - 50, NOTE)

    def _fill(self) -> None:
        settings = self.shell.settings
        widgets: list[Widget] = [self.tabs]
        if self.tabs.chosen == 0:
            scales = tuple(f"{scale * 100:.0f} %" for scale in SCALES)
            nearest = min(range(len(SCALES)), key=lambda k: abs(SCALES[k] - settings.scale_frac))
            volumes = tuple(f"{k * 10} %" for k in range(VOLUME_STEPS + 1))
            volume = round(settings.volume_frac * VOLUME_STEPS)
            widgets += [
                Slider("scale_frac", NOWHERE, "Size of everything", scales, nearest),
                Slider("volume_frac", NOWHERE, "Sound", volumes, volume),
                Slider("palette", NOWHERE, "Colours", COLOURS, palettes().index(
                    self.shell.theme.palette)),
                Slider("has_captions", NOWHERE, "Captions for sounds", SWITCH,
                       int(settings.has_captions)),
                Slider("has_hints", NOWHERE, "First steps", SWITCH, int(settings.has_hints)),
            ]  # fmt: skip
        else:
            widgets += [
                ListBox("keys", NOWHERE, self._key_rows(), row_height=40),
                Button("reset", NOWHERE, "Shipped keys", Dress.QUIET, "undo"),
            ]
        widgets.append(back_button())
        self.form.widgets = widgets
        self.form.focus = 1

    def _key_rows(self) -> list[Row]:
        keys = self.shell.keymap.keys
        return [Row(name, _said(name), "   ".join(keys[name])) for name in default_keys()]

    def _place(self, page: Page) -> None:
        area = column(page)
        self.tabs.box = Box(area.x, 84, area.w, 32)
        for k, widget in enumerate(self.form.widgets[1:-1]):
            widget.box = Box(area.x, 140 + 48 * k, min(area.w, 640), 40)
        if self.tabs.chosen == 1:
            self.form.widgets[1].box = Box(area.x, 132, min(area.w, 640), page.h - 216)
            self.form.widgets[2].box = Box(area.right - 160, 132, 160, 36)
        self.form.widgets[-1].box = Box(area.x, page.h - 60, 110, 36)

    def _follow(self, signal: Signal) -> Transition | None:
        match signal.name:
            case "back":
                return Pop()
            case "tab":
                self._fill()
                self.form.focus = 0
            case "keys_confirmed":
                self.waiting_for = str(signal.value)
            case "reset":
                self.shell.change(keys={})
                self._fill()
            case "keys":
                pass
            case _:
                self._change(signal)
        return None

    def _change(self, signal: Signal) -> None:
        step = int(signal.value)
        match signal.name:
            case "scale_frac":
                self.shell.change(scale_frac=SCALES[step])
            case "volume_frac":
                self.shell.change(volume_frac=step / VOLUME_STEPS)
                self.shell.audio.play("home")
            case "palette":
                self.shell.change(palette=palettes()[step])
            case name:
                self.shell.change(**{name: bool(step)})

    def _take_key(self, happening: Happening) -> None:
        chord = self.shell.reader.last_chord
        if not isinstance(happening, Pressed) or not chord:
            return
        if chord != pygame.key.name(pygame.K_ESCAPE):
            self.shell.change(keys={**self.shell.settings.keys, self.waiting_for: [chord]})
        chosen = self.form.widgets[1]
        number = chosen.chosen if isinstance(chosen, ListBox) else 0
        self.waiting_for = ""
        self._fill()
        if isinstance(self.form.widgets[1], ListBox):
            self.form.widgets[1].chosen = number


def _said(name: str) -> str:
    """Return an action's name as a person would say it."""
    return name.replace("_", " ").capitalize()
