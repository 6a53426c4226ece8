"""F1: how to play on one page, and the keys."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas
from game.ui.input import Happening, Pressed
from game.ui.screen import Pop, Push, Transition
from game.ui.screens.page import back_button, column, draw_veil, wants_back
from game.ui.shell import Shell
from game.ui.widgets.form import Form
from game.ui.widgets.paragraph import paragraph

WORDS = (
    ("The sol", "Each sol gives light, time and a little room on the radio, and never enough of "
     "all three. Plan in the morning, drive and measure by day, send when the orbiter passes."),
    ("Dawn charge", "The number to guard. The night costs heat; below the red line the rover "
     "switches everything off, and a cold night on an empty battery ends the mission."),
    ("The radio", "The orbiter passes once around noon, short and loud, and once at night, long "
     "and thin. Only what has reached Earth counts."),
    ("The ground", "Sand slips and costs energy, bedrock holds. Ripples look soft and are. "
     "Look before you drive; what you have seen is on the chart."),
    ("More", "Click a panel to open its page: health leads to power, the queue to data, the goal "
     "to the map, the pass to the orbit, the score to the mission."),
)  # fmt: skip
KEYS = (
    ("forward", "drive; hold"), ("backward", "back up"), ("left", "steer left"),
    ("right", "steer right"), ("picture", "picture"), ("soil", "soil laser"), ("air", "air"),
    ("send", "send"), ("stop", "stop"), ("more", "what else it can do"),
    ("plan", "plan the sol"), ("pause", "pause"),
    ("slower", "slower"), ("faster", "faster"), ("next_event", "to the next event"),
    ("sleep_till_dawn", "to dawn"), ("newest_picture", "newest picture"),
    ("map", "map"), ("power", "power"), ("data", "data and queue"), ("science", "science"),
    ("orbit", "orbit and passes"), ("health", "faults and answers"),
    ("mission", "mission on a page"),
    ("overlay", "ground overlays"),
    ("zoom_in", "closer (or wheel)"), ("zoom_out", "farther"), ("home_view", "back to the rover"),
    ("hide_panels", "hide side panels"), ("hide_all", "hide everything"), ("save", "save"),
    ("load", "load a save"),
    ("full_screen", "full screen"), ("menu", "menu"),
)  # fmt: skip
PER_COLUMN = 17
KEYS_Y, KEY_H, FOOT_H = 108.0, 29.0, 84.0  # key rows move closer on a low page


class HelpScreen:
    """One page of help over whatever was on."""

    is_see_through = True
    most_scale_frac = 1.25

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.form = Form([back_button()])

    def handle(self, happening: Happening) -> Transition | None:
        """Close on Escape, F1 or the button."""
        if wants_back(happening) or (isinstance(happening, Pressed) and happening.means("help")):
            return Pop()
        return Pop() if self.form.handle(happening) else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw words on the left, keys on the right."""
        draw_veil(canvas, 0.96)
        area = column(canvas.page)
        canvas.text("How to stay alive", area.x, 40, STRONG._replace(size=28))
        y = 104.0
        for title, words in WORDS:
            canvas.text(title, area.x, y, STRONG)
            y = paragraph(canvas, words, area.x, y + 24, area.w * 0.44, BODY) + 14
        step = min(KEY_H, (canvas.page.h - FOOT_H - KEYS_Y) / PER_COLUMN)
        canvas.text("Keys (change them in Settings)", area.x + area.w * 0.52, 80, LABEL)
        for k, (name, words) in enumerate(KEYS):
            x = area.x + area.w * (0.52 + 0.25 * (k // PER_COLUMN))
            y = KEYS_Y + step * (k % PER_COLUMN)
            high = min(24.0, step - 2)
            self._draw_key(canvas, Box(x, y - 3, 28.0, high), self.shell.keymap.key_of(name), words)
        self.form.widgets[0].box = Box(area.x, canvas.page.h - 68, 110, 36)
        self.form.draw(canvas)
        canvas.text("Hover over anything to learn more about it.", area.x + 126,
                    canvas.page.h - 58, NOTE)  # fmt: skip

    @staticmethod
    def _draw_key(canvas: Canvas, box: Box, key: str, words: str) -> None:
        wide = max(box.w, canvas.width(key, STRONG) + 14)
        y = box.y + (box.h - 20) / 2
        canvas.fill(box._replace(w=wide), "track", 4)
        canvas.text(key, box.x + wide / 2, y, STRONG, "middle")
        canvas.text(words, box.x + max(wide + 10, 84), y, BODY)


def back_or_help(shell: Shell, happening: Happening) -> Transition | None:
    """Return what every page answers alike: the way back, and help."""
    if wants_back(happening):
        return Pop()
    if isinstance(happening, Pressed) and happening.means("help"):
        return Push(HelpScreen(shell))
    return None
