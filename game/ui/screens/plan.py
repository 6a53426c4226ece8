"""The plan: the world stops; lanes, palette, inspector, rules, and the curves that answer."""

from game.mission.plan import Plan
from game.state import Setup
from game.ui.canvas import HALO, Canvas
from game.ui.day import day_at
from game.ui.dragging import GroundDrag
from game.ui.draw.plan import (
    PlanLayout,
    draw_menu,
    draw_plan_panel,
    draw_rule,
    plan_buttons,
    plan_layout,
)
from game.ui.draw.plan_inspector import draw_inspector
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed, Typed, Wheeled
from game.ui.inspecting import Inspecting
from game.ui.kept_panels import KeptPanels
from game.ui.palette import Palette, TemplateMenu
from game.ui.plan_keys import EDITS
from game.ui.plan_model import plan_model
from game.ui.plan_parts import PlanModel
from game.ui.plan_shelf import ahead_only, opened_words, save_plan
from game.ui.plan_table import draw_carried, draw_heads, hold_route, is_ground
from game.ui.plan_ways import draw_ways
from game.ui.planning import Planning
from game.ui.routing import Routing
from game.ui.screen import Pop, Push, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.page import wants_back
from game.ui.screens.plan_files import PlanFilesScreen
from game.ui.widgets.timeline import Dropped, Edit, Outcome, Selected, Swept, Timeline

EMPTY_NOTE = "Click an activity or drag it onto the hours; Templates holds ready-made sols."


class PlanScreen:
    """Edits the plan of the sol over a standing world."""

    is_see_through = False
    most_scale_frac = 1.0

    def __init__(self, host: Host) -> None:
        self.host = host
        desk = host.desk
        day = day_at(desk.flight.session.setup.site, desk.flight.clock_s)
        self.planning = Planning(desk, day)
        self.timeline = Timeline()
        self.inspecting = Inspecting(self.planning)
        self.routing = Routing(self.planning)
        self.model: PlanModel = plan_model(self.planning.draft)
        self.note = ""
        self.pointer = (-1.0, -1.0)
        self.palette, self.menu = Palette(), TemplateMenu()
        self._drag = GroundDrag()
        self._panels = KeptPanels()
        self._place: PlanLayout | None = None
        self._scale = 1.0
        self._is_dirty = True
        self._has_view = False

    def handle(self, happening: Happening) -> Transition | None:
        """Edit by pointer and keys."""
        self._is_dirty = True
        match happening:
            case Pointed():
                return self._point(happening)
            case Pressed():
                return self._press(happening)
            case Typed():
                self.inspecting.read(happening)
            case Wheeled():
                self._wheel(happening)
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Go on with the forecast; mission time stands still."""
        self.host.shell.audio.want("motor", 0.0)
        self.host.shell.audio.update(frame_s)
        if not self._has_view and self._place is not None:
            self._has_view = True
            hold_route(self.host, self.planning, self._place)
        self.host.stage.update(frame_s, is_driving=False)
        if self.planning.is_busy:
            self.planning.work()
            self._is_dirty = True
        return None

    def settle(self) -> None:
        """Finish the forecast at once: for tests and stills."""
        self.planning.finish()
        self._is_dirty = True

    def draw(self, canvas: Canvas) -> None:
        """Draw the ground with the route, then the panels."""
        self._place, self._scale = (place := plan_layout(canvas.page)), canvas.scale
        inspecting = self.inspecting
        if self._is_dirty:
            self.model = plan_model(self.planning.draft, inspecting.slot, inspecting.typed)
            self._is_dirty = False
        self.host.draw_ground(canvas)
        draw_ways(canvas, self.host, self.planning, self.routing)
        self._panels.begin()
        draw_heads(canvas, self.model)
        self.palette.draw(canvas, place, self.model.palette)
        if self.model.inspector is not None:
            draw_inspector(
                canvas, place.inspector, self.model.inspector, inspecting.focus,
                inspecting.problem, is_typing=inspecting.is_typing,
            )  # fmt: skip
        draw_rule(canvas, place, self.model, is_hovered=place.fix.holds(*self.pointer))
        self._panels.draw(
            canvas, "panel", place.panel, self.model,
            lambda sheet, _: draw_plan_panel(sheet, place, self.model),
        )  # fmt: skip
        self._draw_buttons(canvas, place)
        if (frame := self.timeline.frame) is not None:
            canvas.outline(frame, "accent", 1)
        draw_carried(canvas, place, self.timeline.carried, self.pointer)
        if note := self.note or ("" if self.planning.shown else EMPTY_NOTE):
            canvas.text(note, canvas.page.w / 2, place.rule.y - 28, HALO, "middle")
        if self.menu.chosen is not None:
            draw_menu(canvas, place.menu(len(self.menu.titles)), self.menu.titles, self.menu.chosen)

    def _wheel(self, wheeled: Wheeled) -> None:
        place = self._place
        if place is None:
            return
        if place.palette.holds(wheeled.x, wheeled.y):
            self.palette.scroll(place, -wheeled.steps, self.model.palette)
        elif wheeled.y < place.rule.y:
            at = (wheeled.x * self._scale, wheeled.y * self._scale)
            self.host.stage.camera.zoom_by(wheeled.steps, at)

    def _point(self, pointed: Pointed) -> Transition | None:
        self.pointer = (pointed.x, pointed.y)
        place = self._place
        if place is None:
            return None
        if self.menu.chosen is not None:
            self.take_template(self.menu.point(place, pointed))
            return None
        if self.timeline.carried is None:
            self.palette.point(place, pointed, self.model.palette)
        if pointed.is_click:
            transition = self._click(place, pointed)
            if transition is not None or self.timeline.carried is not None:
                return transition
        is_free = is_ground(place, self.model, pointed.x, pointed.y)
        if is_free or self.routing.held is not None:
            self._point_ground(pointed)
        elif not self._drag.is_held:
            self._point_lanes(place, pointed)
        return None

    def _point_lanes(self, place: PlanLayout, pointed: Pointed) -> None:
        """Edit on the lanes; what was clicked in the palette and not dragged is added too."""
        carried = self.timeline.carried
        self._take(self.timeline.handle(pointed, place.lanes, self.model.blocks))
        if carried is None or self.timeline.carried is not None:
            return
        if self.palette.is_at(place, pointed):
            self.planning.add(carried)
            self.host.shell.audio.play("paper")

    def _take(self, outcome: Outcome) -> None:
        """Take what the lanes say."""
        planning = self.planning
        match outcome:
            case Edit():
                planning.apply(outcome)
            case Selected(number=number, is_more=is_more):
                self.inspecting.leave()
                planning.choose(number, is_more=is_more)
                if number == 0 and not is_more:
                    planning.choose_all(())
            case Swept(numbers=numbers):
                planning.choose_all(numbers)
            case Dropped():
                planning.drop(outcome)
        if isinstance(outcome, Dropped) or (isinstance(outcome, Edit) and outcome.is_final):
            self.host.shell.audio.play("paper")

    def _point_ground(self, pointed: Pointed) -> None:
        """Draw the way of a drive, or move the view."""
        if not self.routing.point(pointed, self.host.stage.chart, self._scale):
            self._drag.point(pointed, self.host.stage.camera, self._scale)

    def _click(self, place: PlanLayout, pointed: Pointed) -> Transition | None:
        self.note = ""
        self._drag.leave()
        for button in plan_buttons(place):
            if button.box.holds(pointed.x, pointed.y):
                return self._command(button.name)
        if self.model.rules and place.fix.holds(pointed.x, pointed.y):
            return self._command("fix")
        inspector = self.model.inspector
        if inspector is not None and self.inspecting.click(pointed, place.inspector, inspector):
            return None
        if self.palette.click_tab(place, pointed):
            return None
        if (row := self.palette.row(self.model.palette)) is not None:
            self.timeline.carry(row.kind)
        return None

    def _press(self, pressed: Pressed) -> Transition | None:
        self.note = ""
        if self.menu.chosen is not None:
            self.take_template(self.menu.press(pressed))
            return None
        if self.inspecting.press(pressed, self.model.inspector):
            return None
        if wants_back(pressed) or pressed.means("plan"):
            return self._leave()
        if pressed.means("help"):
            return Push(HelpScreen(self.host.shell))
        for name in ("uplink", "template", "save", "load"):
            if pressed.means(name):
                return self._command(name)
        self._press_palette(pressed)
        return None

    def _press_palette(self, pressed: Pressed) -> None:
        rows = self.model.palette
        if pressed.means("palette_up", "palette_down") and self._place is not None:
            step = 1 if pressed.means("palette_down") else -1
            self.palette.walk(self._place, step, rows)
        elif pressed.means("confirm") and self.palette.chosen >= 0:
            self.planning.add(rows[self.palette.chosen].kind)
        else:
            self._edit(pressed)

    def _edit(self, pressed: Pressed) -> None:
        for name, edit in EDITS.items():
            if pressed.means(name):
                edit(self.planning)
                return

    def _command(self, name: str) -> Transition | None:
        planning = self.planning
        self.host.shell.audio.play("paper")
        match name:
            case "uplink":
                planning.uplink()
                self.host.desk.captions.say("The plan is on its way.", 3)
                return self._leave()
            case "repeat":
                self.note = planning.repeat()
            case "template":
                self.menu.chosen = 0
            case "save":
                self.note = save_plan(planning.shown, self._setup, planning.day.sol)
            case "load":
                return Push(PlanFilesScreen(self.host.shell, self._setup, self.take_file))
            case _:
                EDITS[name](planning)
        return None

    @property
    def _setup(self) -> Setup:
        return self.host.desk.flight.session.setup

    def take_file(self, name: str, plan: Plan) -> None:
        """Put on the table what of a plan file lies ahead."""
        ahead, past_count = ahead_only(plan, self.host.desk.flight.shown.tick)
        self.note = opened_words(name, ahead, past_count, self._setup)
        if ahead:
            self.planning.choose_all(())
            self.planning.take(ahead)

    def take_template(self, number: int | None) -> None:
        """Put a ready-made sol on the table, if one was taken from the menu."""
        if number is None:
            return
        self.planning.template(number)
        title, is_laid = self.menu.titles[number], bool(self.planning.shown)
        late = f"It is too late in the sol for “{title}”: all of it would be past."
        self.note = f"{title}: change it as you like, then uplink it." if is_laid else late

    def _leave(self) -> Transition:
        place = self.host.desk.flight.state.rover.mobility
        self.host.stage.camera.go_home(place.x_m, place.y_m)
        return Pop()

    def _draw_buttons(self, canvas: Canvas, place: PlanLayout) -> None:
        enabled = {"undo": self.model.can_undo, "redo": self.model.can_redo}
        enabled |= dict.fromkeys(("delete", "copy"), bool(self.planning.chosen))
        enabled["sol_before"] = self.model.plan_sol > self.model.sol
        for button in plan_buttons(place):
            button.is_enabled = enabled.get(button.name, True)
            button.draw(canvas, is_focused=False, is_hovered=button.box.holds(*self.pointer))
