"""Changing a selected activity in the inspector, by pointer and by keys alike."""

from game.conditions import parse_condition
from game.mission.plan import anchored, find
from game.telemetry import CHANNELS
from game.ui.boxes import Box
from game.ui.draw.plan_inspector import arrows, row_box
from game.ui.input import Pointed, Pressed, Typed
from game.ui.plan_details import stepped
from game.ui.plan_edits import COARSE_S, FINE_S
from game.ui.plan_inspector import SLOTS
from game.ui.plan_parts import Inspector
from game.ui.plan_waits import next_wait, waiting, waits
from game.ui.planning import Planning

MOST_LETTERS = 120
# What left and right offer in the line of the condition, beside what is typed.
OFFERED = {
    "condition": ("", "charge_frac > 0.5", "charge_frac > 0.7", "tau < 1", "memory_frac < 0.8"),
    "until": ("", "charge_frac < 0.5", "memory_frac > 0.9"),
    "abort": ("", "charge_frac < 0.4", "tilt_rad > 0.25", "slip_frac > 0.5"),
}


class Inspecting:
    """Which line has the focus, what is being typed, and what is wrong with it."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.focus = ""
        self.slot = "condition"
        self.typed: str | None = None
        self.problem = ""

    @property
    def is_typing(self) -> bool:
        """Whether letters go into the text of a condition."""
        return self.typed is not None

    def leave(self) -> None:
        """Give the keys back to the plan; an unfinished text is dropped."""
        self.focus, self.typed, self.problem = "", None, ""

    def press(self, pressed: Pressed, inspector: Inspector | None) -> bool:
        """Answer keys while a line has the focus; return whether this was one of them."""
        if inspector is None:
            self.leave()
            return False
        if pressed.means("edit") and not self.focus:
            self.focus = "start"
            return True
        if not self.focus:
            return False
        if self.is_typing:
            return self._press_typing(pressed)
        return self._press_row(pressed, inspector)

    def _press_row(self, pressed: Pressed, inspector: Inspector) -> bool:
        names = [row.edit for row in inspector.rows if row.edit]
        at = names.index(self.focus) if self.focus in names else 0
        if pressed.means("menu", "edit"):
            self.leave()
        elif pressed.means("forward", "backward"):
            step = 1 if pressed.means("backward") else -1
            self.focus = names[min(max(at + step, 0), len(names) - 1)]
        elif pressed.means("left", "right"):
            self.step(self.focus, 1 if pressed.means("right") else -1)
        elif pressed.means("confirm") and self.focus == "text":
            self._begin()
        elif pressed.means("confirm"):
            self.step(self.focus, 1)
        else:
            return False
        return True

    def _press_typing(self, pressed: Pressed) -> bool:
        if pressed.means("menu"):
            self.typed, self.problem = None, ""
        elif pressed.means("confirm"):
            self._finish()
        elif pressed.means("back"):
            self.type((self.typed or "")[:-1])
        return True

    def read(self, typed: Typed) -> None:
        """Add letters to the text."""
        if self.typed is not None:
            self.type((self.typed + typed.text)[:MOST_LETTERS])

    def type(self, text: str) -> None:
        """Show a text, and say at once what is wrong with it."""
        self.typed = text
        self.problem = problem_of(text)

    def click(self, pointed: Pointed, box: Box, inspector: Inspector) -> bool:
        """Use the line under the pointer; return whether there was one."""
        for k, row in enumerate(inspector.rows):
            place = row_box(box, k)
            if not row.edit or not place.holds(pointed.x, pointed.y):
                continue
            self._use(row.edit, place, pointed)
            return True
        return False

    def _use(self, name: str, place: Box, pointed: Pointed) -> None:
        less, more = arrows(place)
        if name == "text":
            if pointed.x < place.x + 80:
                self._next_slot()
            elif not self.is_typing:
                self._begin()
            self.focus = "text"
            return
        self.leave()
        fine = FINE_S if pointed.is_fine else COARSE_S
        if less.holds(pointed.x, pointed.y):
            self.step(name, -1, fine)
        elif more.holds(pointed.x, pointed.y) or name in ("optional", "waits"):
            self.step(name, 1, fine)
        self.focus = name

    def step(self, name: str, by: int, seconds: int = COARSE_S) -> None:
        """Make one line of all selected activities more or less."""
        planning = self.planning
        match name:
            case "start":
                self._begin_later(by * seconds)
            case "length":
                planning.stretch(by * seconds)
            case "priority":
                planning.raise_priority(by)
            case "waits":
                self._wait(by)
            case "optional":
                planning.toggle_optional()
            case "text":
                self._offer(by)
            case _:
                self._detail(name, by, is_fine=seconds < COARSE_S)

    def _detail(self, name: str, by: int, *, is_fine: bool) -> None:
        planning = self.planning
        planning.take(
            stepped(
                planning.history.plan,
                planning.chosen,
                name,
                by,
                is_fine=is_fine,
                setup=planning.desk.run.opened.setup,
            )
        )

    def _begin_later(self, seconds: int) -> None:
        """Move the start by the clock; what waits for another activity waits longer after it."""
        planning, plan = self.planning, self.planning.history.plan
        activity = find(plan, planning.selected)
        if activity is None or not activity.after or len(planning.chosen) > 1:
            planning.shift(seconds)
            return
        gap_s = max(0, activity.gap_s + seconds)
        planning.take(anchored(plan, activity.number, activity.after, gap_s))

    def _wait(self, by: int) -> None:
        """Let the selected activity wait for the next thing that it may wait for."""
        planning, plan = self.planning, self.planning.history.plan
        activity = find(plan, planning.selected)
        if activity is not None:
            setup, tick = planning.desk.run.opened.setup, planning.desk.flight.state.tick
            found = waits(setup, plan, activity, planning.day, tick)
            planning.take(waiting(plan, activity, next_wait(found, activity, by)))

    def _offer(self, by: int) -> None:
        """Take the next of the usual conditions."""
        activity = find(self.planning.shown, self.planning.selected)
        offered = OFFERED[self.slot]
        now = getattr(activity, self.slot, "")
        at = offered.index(now) if now in offered else 0
        self.planning.change(**{self.slot: offered[(at + by) % len(offered)]})

    def _next_slot(self) -> None:
        names = list(SLOTS)
        self.slot = names[(names.index(self.slot) + 1) % len(names)]
        self.typed, self.problem = None, ""

    def _begin(self) -> None:
        activity = find(self.planning.shown, self.planning.selected)
        self.focus, self.typed = "text", str(getattr(activity, self.slot, ""))

    def _finish(self) -> None:
        if self.typed is None or problem_of(self.typed):
            return
        self.planning.change(**{self.slot: self.typed.strip()})
        self.typed, self.problem = None, ""


def problem_of(text: str) -> str:
    """Return what is wrong with a condition, or nothing."""
    if not text.strip():
        return ""
    try:
        parse_condition(text, CHANNELS)
    except ValueError as error:
        words = str(error)
        return words[:1].upper() + words[1:] + "."
    return ""
