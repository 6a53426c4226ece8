"""A value between two ends, and a switch, which is a slider with two places."""

from dataclasses import dataclass

from game.ui.boxes import Box
from game.ui.canvas import BODY, STRONG, Canvas
from game.ui.input import Happening, Pointed, Pressed
from game.ui.widgets.form import Signal

LABEL_FRAC = 0.42  # of the width goes to the words


@dataclass(slots=True)
class Slider:
    """A slider with a label; `shown` are the words for each step."""

    name: str
    box: Box
    label: str
    shown: tuple[str, ...]
    step: int
    is_enabled: bool = True
    is_held: bool = False

    def handle(self, happening: Happening) -> Signal | None:
        """Move by arrows or by dragging."""
        match happening:
            case Pressed() if happening.means("left"):
                return self._move_to(self.step - 1)
            case Pressed() if happening.means("right"):
                return self._move_to(self.step + 1)
            case Pointed():
                return self._point(happening)
        return None

    def _point(self, pointed: Pointed) -> Signal | None:
        if pointed.button == 1:
            self.is_held = pointed.is_down
        if not self.is_held:
            return None
        track = self._track()
        part = (pointed.x - track.x) / track.w
        return self._move_to(round(part * (len(self.shown) - 1)))

    def _move_to(self, step: int) -> Signal | None:
        step = min(max(step, 0), len(self.shown) - 1)
        if step == self.step:
            return None
        self.step = step
        return Signal(self.name, step)

    def _track(self) -> Box:
        left = self.box.x + self.box.w * LABEL_FRAC
        return Box(left, self.box.y + self.box.h / 2 - 2, self.box.right - left - 84, 4)

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw label, track, knob and value."""
        track, middle = self._track(), self.box.y + self.box.h / 2
        canvas.text(self.label, self.box.x + 8, middle - 9, BODY)
        canvas.fill(track, "track", 2)
        part = self.step / max(1, len(self.shown) - 1)
        canvas.fill(Box(track.x, track.y, max(1.0, track.w * part), 4), "accent", 2)
        knob = (track.x + track.w * part, middle)
        canvas.disc(knob, 8 if is_hovered or self.is_held else 7, "accent")
        canvas.text(self.shown[self.step], self.box.right - 8, middle - 9, STRONG, "right")
        if is_focused:
            canvas.outline(self.box, "accent", 2, 6)
