"""What the pages of a run have in common: the world stands still, tabs lead from page to page."""

from dataclasses import dataclass

from game.ui.boxes import Box, Page
from game.ui.canvas import STRONG, Canvas, Look
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.screen import Pop, Push, Swap, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.page import draw_veil, wants_back

HEAD_H, MARGIN, GAP = 48.0, 16.0, 8.0
TAB_PAD, ICON_W = 14.0, 24.0
VEIL = 0.72


@dataclass(frozen=True, slots=True)
class Tab:
    """One page: the action that opens it, its word and its icon."""

    action: str
    word: str
    icon: str


# The pages of a run in the order of their tabs.
TABS = (
    Tab("map", "Map", "map"),
    Tab("power", "Power", "charge"),
    Tab("data", "Data", "queue"),
    Tab("science", "Science", "touch"),
    Tab("orbit", "Orbit", "orbit"),
    Tab("health", "Health", "wrench"),
    Tab("mission", "Mission", "flag"),
)


class Frame:
    """Head, tabs and keys of one page."""

    def __init__(self, host: Host, action: str) -> None:
        self.host = host
        self.action = action
        self.pointer = (-1.0, -1.0)
        self._tabs: tuple[Box, ...] = ()
        self._close = Box(0, 0, 0, 0)

    def handle(self, happening: Happening) -> Transition | None:
        """Change the page, or leave it."""
        match happening:
            case Pressed():
                return self._press(happening)
            case Pointed(x=x, y=y):
                self.pointer = (x, y)
                if happening.is_click:
                    return self._click(x, y)
        return None

    def update(self, frame_s: float) -> None:
        """Keep sound and ground going; mission time stands still."""
        audio = self.host.shell.audio
        audio.want("motor", 0.0)
        audio.update(frame_s)
        self.host.stage.update(frame_s, is_driving=False)

    def area(self, page: Page) -> Box:
        """Return what is left for the page's own panels."""
        top = MARGIN + HEAD_H + GAP
        return Box(MARGIN, top, page.w - 2 * MARGIN, page.h - top - MARGIN)

    def draw(self, canvas: Canvas, *, has_ground: bool = True) -> Box:
        """Draw the dimmed ground and the head; return the area of the page."""
        if has_ground:
            self.host.draw_ground(canvas)
            draw_veil(canvas, VEIL)
        self.draw_head(canvas)
        return self.area(canvas.page)

    def draw_head(self, canvas: Canvas) -> None:
        """Draw the tabs and the way back."""
        head = Box(MARGIN, MARGIN, canvas.page.w - 2 * MARGIN, HEAD_H)
        canvas.panel(head, 0.95)
        x, tabs = head.x + 8, []
        for tab in TABS:
            look = Look(14, "text" if tab.action == self.action else "quiet",
                        is_strong=tab.action == self.action)  # fmt: skip
            wide = canvas.width(tab.word, look) + ICON_W + 2 * TAB_PAD
            box = Box(x, head.y + 4, wide, HEAD_H - 8)
            if box.holds(*self.pointer) and tab.action != self.action:
                canvas.fill(box, "track", 4)
            token = "accent" if tab.action == self.action else "quiet"
            canvas.icon(tab.icon, box.x + TAB_PAD, box.y + 10, token)
            canvas.text(tab.word, box.x + TAB_PAD + ICON_W, box.y + 10, look)
            if tab.action == self.action:
                canvas.fill(Box(box.x + TAB_PAD, box.bottom - 2, wide - 2 * TAB_PAD, 2), "accent")
            tabs.append(box)
            x += wide + 4
        self._tabs = tuple(tabs)
        self._draw_close(canvas, head)

    def _draw_close(self, canvas: Canvas, head: Box) -> None:
        words = "Back to the rover"
        wide = canvas.width(words, STRONG) + 52
        self._close = Box(head.right - wide - 8, head.y + 6, wide, HEAD_H - 12)
        if self._close.holds(*self.pointer):
            canvas.fill(self._close, "track", 4)
        canvas.icon("back", self._close.x + 10, self._close.y + 8, "quiet")
        canvas.text(words, self._close.x + 38, self._close.y + 8, STRONG)

    def _press(self, pressed: Pressed) -> Transition | None:
        if pressed.is_again:
            return None
        if wants_back(pressed) or pressed.means(self.action):
            return self._leave()
        if pressed.means("help"):
            return Push(HelpScreen(self.host.shell))
        for tab in TABS:
            if pressed.means(tab.action):
                return self._swap(tab.action)
        step = pressed.means("next_field", "faster") - pressed.means("previous_field", "slower")
        if step:
            names = [tab.action for tab in TABS]
            return self._swap(names[(names.index(self.action) + step) % len(names)])
        return None

    def _click(self, x: float, y: float) -> Transition | None:
        if self._close.holds(x, y):
            return self._leave()
        for tab, box in zip(TABS, self._tabs, strict=False):
            if box.holds(x, y) and tab.action != self.action:
                return self._swap(tab.action)
        return None

    def _swap(self, action: str) -> Transition:
        self.host.shell.audio.play("paper")
        self._put_view_back()
        return Swap(self.host.opened(action))

    def _leave(self) -> Transition:
        self._put_view_back()
        return Pop()

    def _put_view_back(self) -> None:
        """Leave the map with the rover in view again."""
        if self.action == "map":
            place = self.host.desk.flight.state.rover.mobility
            self.host.stage.camera.go_home(place.x_m, place.y_m)


def three_columns(area: Box, left_w: float, right_w: float) -> tuple[Box, Box, Box]:
    """Return the left, middle and right column of a page; the middle takes what is left."""
    left = Box(area.x, area.y, left_w, area.h)
    right = Box(area.right - right_w, area.y, right_w, area.h)
    return left, Box(left.right + GAP, area.y, right.x - left.right - 2 * GAP, area.h), right


def draw_panel(canvas: Canvas, box: Box, title: str, note: str = "") -> Box:
    """Draw one panel of a page with its title; return the room inside."""
    canvas.panel(box, 0.95)
    canvas.text(title, box.x + 16, box.y + 10, STRONG)
    if note:
        canvas.text(note, box.right - 16, box.y + 12, Look(12, "faint"), "right")
    return Box(box.x + 16, box.y + 40, box.w - 32, box.h - 52)
