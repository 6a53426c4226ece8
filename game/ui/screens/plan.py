"""The plan: the world stops; lanes, palette, inspector, rules, and the curves that answer."""

from collections.abc import Callable

from game.commands import ActivityKind
from game.mission.plan import find
from game.ui.boxes import Box
from game.ui.canvas import HALO, HALO_SMALL, LABEL, TITLE, Canvas, Look
from game.ui.day import day_at
from game.ui.draw.hud_panels import draw_link
from game.ui.draw.plan import (
    PlanLayout,
    draw_inspector,
    draw_palette,
    draw_plan_panel,
    draw_rule,
    plan_buttons,
    plan_layout,
)
from game.ui.draw.plan_lanes import draw_plan_block
from game.ui.goals import estimate
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.kept_panels import KeptPanels
from game.ui.plan_edits import COARSE_S, template_titles
from game.ui.plan_model import drive_start, plan_model
from game.ui.plan_parts import PlanBlock, PlanModel
from game.ui.planning import Planning
from game.ui.screen import Pop, Push, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.page import wants_back
from game.ui.signs import draw_signs
from game.ui.stage import draw_route
from game.ui.widgets.timeline import Dropped, Edit, Selected, Timeline
from game.ui.words import lane_of, name_of, percent

ROUTE_MARGIN = 60.0
# What keys and buttons do to the plan on the table.
EDITS: dict[str, Callable[[Planning], None]] = {
    "undo": Planning.undo,
    "redo": Planning.redo,
    "delete": Planning.delete,
    "copy": Planning.copy,
    "fix": Planning.fix,
    "earlier": lambda planning: planning.shift(-COARSE_S),
    "later": lambda planning: planning.shift(COARSE_S),
    "shorter": lambda planning: planning.stretch(-COARSE_S),
    "longer": lambda planning: planning.stretch(COARSE_S),
    "forward": lambda planning: planning.walk(-1),
    "backward": lambda planning: planning.walk(1),
    "next_field": lambda planning: planning.select(1),
    "previous_field": lambda planning: planning.select(-1),
}
EMPTY_NOTE = "Drag activities onto the hours, or click Templates for a ready-made sol."
PAUSED = Look(12, "accent")


class PlanScreen:
    """Edits the plan of the sol over a standing world."""

    is_see_through = False
    most_scale_frac = 1.0

    def __init__(self, host: Host) -> None:
        self.host = host
        desk = host.desk
        day = day_at(desk.flight.session.setup.site, desk.flight.state.tick)
        self.planning = Planning(desk, day)
        self.timeline = Timeline()
        self.model: PlanModel = plan_model(self.planning.draft)
        self.note = ""
        self.pointer = (-1.0, -1.0)
        self.palette_chosen = -1
        self._template = 0
        self._panels = KeptPanels()
        self._place: PlanLayout | None = None
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
            case Wheeled(x=x, y=y, steps=steps):
                if self._place and y < self._place.rule.y:
                    self.host.stage.camera.zoom_by(steps, (x, y))
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Go on with the forecast; mission time stands still."""
        self.host.shell.audio.want("motor", 0.0)
        self.host.shell.audio.update(frame_s)
        if not self._has_view and self._place is not None:
            self._has_view = True
            self._hold_route(self._place)
        self.host.stage.update(frame_s, is_driving=False)
        if self.planning.outlook.is_busy:
            self.planning.work()
            self._is_dirty = True
        return None

    def settle(self) -> None:
        """Finish the forecast at once: for tests and stills."""
        self.planning.outlook.finish()
        self.planning.settle()
        self._is_dirty = True

    def draw(self, canvas: Canvas) -> None:
        """Draw the ground with the route, then the panels."""
        self._place = place = plan_layout(canvas.page)
        if self._is_dirty:
            self.model = plan_model(self.planning.draft)
            self._is_dirty = False
        self.host.draw_ground(canvas)
        self._draw_route(canvas)
        self._panels.begin()
        self._draw_heads(canvas)
        draw_palette(canvas, place, self.model, self.palette_chosen)
        if self.model.inspector is not None:
            draw_inspector(canvas, place.inspector, self.model.inspector)
        draw_rule(canvas, place, self.model, is_hovered=place.fix.holds(*self.pointer))
        self._panels.draw(
            canvas, "panel", place.panel, self.model,
            lambda sheet, _: draw_plan_panel(sheet, place, self.model),
        )  # fmt: skip
        self._draw_buttons(canvas, place)
        self._draw_carried(canvas, place)
        note = self.note or ("" if self.planning.shown else EMPTY_NOTE)
        if note:
            canvas.text(note, canvas.page.w / 2, place.rule.y - 28, HALO, "middle")

    def _point(self, pointed: Pointed) -> Transition | None:
        self.pointer = (pointed.x, pointed.y)
        place = self._place
        if place is None:
            return None
        self.palette_chosen = self._palette_at(place, pointed)
        if pointed.is_click:
            transition = self._click(place, pointed)
            if transition is not None or self.timeline.carried is not None:
                return transition
        outcome = self.timeline.handle(pointed, place.lanes, self.model.blocks)
        match outcome:
            case Edit():
                self.planning.apply(outcome)
                if outcome.is_final:
                    self.host.shell.audio.play("paper")
            case Selected(number=number):
                self.planning.selected = number
            case Dropped():
                self.planning.drop(outcome)
                self.host.shell.audio.play("paper")
        return None

    def _palette_at(self, place: PlanLayout, pointed: Pointed) -> int:
        for k, row in enumerate(place.palette_rows(len(self.model.palette))):
            if row.holds(pointed.x, pointed.y):
                return k
        return -1

    def _click(self, place: PlanLayout, pointed: Pointed) -> Transition | None:
        self.note = ""
        for button in plan_buttons(place):
            if button.box.holds(pointed.x, pointed.y):
                return self._command(button.name)
        if self.model.rules and place.fix.holds(pointed.x, pointed.y):
            return self._command("fix")
        if self.palette_chosen >= 0:
            self.timeline.carry(self.model.palette[self.palette_chosen].kind)
        elif pointed.y < place.rule.y and not place.inspector.holds(pointed.x, pointed.y):
            x, y = self.host.stage.view.to_m(pointed.x, pointed.y)
            self.planning.retarget(x, y)
        return None

    def _press(self, pressed: Pressed) -> Transition | None:
        self.note = ""
        if wants_back(pressed) or pressed.means("plan"):
            return self._leave()
        if pressed.means("help"):
            return Push(HelpScreen(self.host.shell))
        if pressed.means("uplink"):
            return self._command("uplink")
        if pressed.means("confirm") and self.palette_chosen >= 0:
            self.planning.add(self.model.palette[self.palette_chosen].kind)
            return None
        for name, edit in EDITS.items():
            if pressed.means(name):
                edit(self.planning)
                return None
        return None

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
                titles = template_titles()
                self.note = f"{titles[self._template]} – click again for the next template."
                planning.template(self._template)
                self._template = (self._template + 1) % len(titles)
            case _:
                EDITS[name](planning)
        return None

    def _leave(self) -> Transition:
        place = self.host.desk.flight.state.rover.mobility
        self.host.stage.camera.go_home(place.x_m, place.y_m)
        return Pop()

    def _hold_route(self, place: PlanLayout) -> None:
        """Ease to the zoom that holds the route."""
        mobility = self.host.desk.flight.state.rover.mobility
        points = [(mobility.x_m, mobility.y_m), *self._targets()]
        goal = self.planning.makings.goal.place
        if goal is not None:
            points.append((goal.x_m, goal.y_m))
        view = self.host.stage.view
        factor = view.width_px / max(1.0, place.panel.right + 16)
        left = place.palette.right + ROUTE_MARGIN
        box = (left, 88.0, place.inspector.x - ROUTE_MARGIN - left, place.rule.y - 130)
        scaled = tuple(v * factor for v in box)
        self.host.stage.camera.hold(
            points, (scaled[0], scaled[1], scaled[2], scaled[3]),
            self.host.shell.theme.motion.ease_s,
        )  # fmt: skip

    def _targets(self) -> list[tuple[float, float]]:
        return [(a.x_m, a.y_m) for a in self.planning.shown if a.kind is ActivityKind.DRIVE]

    def _draw_route(self, canvas: Canvas) -> None:
        mobility = self.host.desk.flight.state.rover.mobility
        here = (mobility.x_m, mobility.y_m)
        targets = self._targets()
        view = self.host.stage.view
        draw_signs(canvas, self.host.stage, self.planning.makings.goal, is_plan=True)
        if targets:
            draw_route(canvas, view, [here, *targets], self._route_words())
        goal = self.planning.makings.goal
        if goal.place is not None:
            x, y = view.to_px(goal.place.x_m, goal.place.y_m)
            x, y = x / canvas.scale, y / canvas.scale
            canvas.icon("flag", x - 5, y - 19, "ink", 22)
            canvas.icon("flag", x - 5, y - 18, "accent", 20)
            canvas.text(goal.title, x + 16, y - 30, HALO_SMALL)

    def _route_words(self) -> str:
        draft = self.planning.draft
        drives = [a for a in draft.shown if a.kind is ActivityKind.DRIVE]
        setup = draft.opened.setup
        parts = [estimate(setup, drive_start(draft, a), (a.x_m, a.y_m)) for a in drives]
        way = sum(part.distance_m for part in parts)
        used = sum(part.energy_wh for part in parts)
        slip = max(part.slip_frac for part in parts)
        return f"sol {draft.day.sol}: {way:.0f} m · {used:.0f} Wh · slip to {percent(slip)}"

    def _draw_heads(self, canvas: Canvas) -> None:
        box = Box(16, 16, 288, 56)
        canvas.panel(box)
        words = f"Sol {self.model.sol} of {self.model.sol_count}"
        canvas.text(words, box.x + 12, box.y + 5, LABEL)
        wide = canvas.text(self.model.clock, box.x + 12, box.y + 15, TITLE)
        canvas.text("paused", box.x + 20 + wide, box.y + 31, PAUSED)
        draw_link(canvas, canvas.page.from_right(16, 16, 288, 56), self.model.link)

    def _draw_buttons(self, canvas: Canvas, place: PlanLayout) -> None:
        enabled = {
            "undo": self.model.can_undo,
            "redo": self.model.can_redo,
            "delete": find(self.planning.shown, self.planning.selected) is not None,
        }
        for button in plan_buttons(place):
            button.is_enabled = enabled.get(button.name, True)
            button.draw(canvas, is_focused=False, is_hovered=button.box.holds(*self.pointer))

    def _draw_carried(self, canvas: Canvas, place: PlanLayout) -> None:
        kind = self.timeline.carried
        if kind is None:
            return
        hour = place.lanes.hour(self.pointer[0])
        block = PlanBlock(0, kind, lane_of(kind), name_of(kind), hour, hour + 0.75)
        if place.lanes.box.holds(*self.pointer):
            draw_plan_block(canvas, place.lanes, block, is_selected=True)
        else:
            canvas.icon("more", self.pointer[0] + 8, self.pointer[1], "accent", 16)
            canvas.text(name_of(kind), self.pointer[0] + 26, self.pointer[1], HALO)
