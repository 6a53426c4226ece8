"""The play screen: ground, rover, HUD, and every key that matters."""

import pygame

from game.commands import ActivityKind, Command, DriveTo, Turn
from game.events import ActivityStarted, CommandRejected, Event
from game.rover.instruments import LOOKS
from game.rover.mobility import believed_place
from game.telemetry import outside
from game.ui.actions import action_of
from game.ui.boxes import Page
from game.ui.canvas import Canvas
from game.ui.cards import Cards
from game.ui.desk import RunDesk
from game.ui.dragging import GroundDrag
from game.ui.draw.ground import GroundView
from game.ui.draw.hud import Hud, draw_beside, hud_layout
from game.ui.draw.hud_panels import RATES
from game.ui.draw.legend import draw_legend
from game.ui.draw.ways_on import draw_ways_on
from game.ui.hands import WHEEL_ACTIONS, Hands
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.keeping import quick_save
from game.ui.loupe import Loupe, power_of
from game.ui.missions import Run
from game.ui.screen import Screen, Transition
from game.ui.screens.pages import page_of
from game.ui.screens.play_hints import hud_view
from game.ui.screens.play_keys import choose_rate, press_time, press_view
from game.ui.screens.play_links import after_events, night_due, opened_by
from game.ui.shell import Shell
from game.ui.signs import draw_signs
from game.ui.stage import Stage, draw_route
from game.ui.ways_on import WaysOn
from game.ui.words import way_text

ACTIONS = ("drive", "picture", "soil", "air", "send", "stop")
BESIDE_PX = 96  # from the middle of the rover to the figures, clear of the wings
SKIP_STEPS = 30  # in one frame while jumping to the next event


class PlayScreen:
    """Hosts the ground and the HUD of one run."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(
        self, shell: Shell, run: Run, ground: GroundView | None = None, *, is_still: bool = False
    ) -> None:
        self.shell = shell
        self.desk = RunDesk(shell, run)
        power = 1.0 if is_still else power_of(shell.settings.scale_frac, self.most_scale_frac)
        size = Loupe(pygame.display.get_surface().get_size(), power).sheet_px
        self.stage = Stage(self.desk.flight, size, ground, is_synchronous=is_still)
        self.hud = Hud()
        self.cards = Cards(self.desk.flight.session.setup)
        self.hands = Hands()
        self.ways = WaysOn()
        self.has_sides, self.has_any = True, True
        self.is_aiming = self.is_skipping = False
        self.is_still = is_still
        self.night_done_sol = 0
        self.page = Page(1280, 720)
        self.pointer = (0.0, 0.0)
        self.hover_s = 0.0
        self._scale = 1.0
        self.refused = ("", 0.0)
        self._drag = GroundDrag()
        self._target: tuple[float, float] | None = None

    def close(self) -> None:
        """End the workers of this run."""
        self.stage.close()
        self.desk.close()

    def opened(self, action: str) -> Screen:
        """Return the page of this run that an action opens."""
        return page_of(self, action)

    def rescue(self) -> None:
        """Save the run after a mistake of the program."""
        quick_save(self.desk, name="rescued")

    def handle(self, happening: Happening) -> Transition | None:
        """Answer keys, pointer and wheel."""
        match happening:
            case Pressed():
                return self._press(happening)
            case Pointed():
                return self._point(happening)
            case Wheeled(x=x, y=y, steps=steps):
                scale = self._scale
                self.stage.camera.zoom_by(steps, (x * scale, y * scale))
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Let time pass."""
        self._drive()
        events = self.desk.update(frame_s)
        if self.is_skipping:
            events = (*events, *self._skip())
        self.stage.update(frame_s, is_driving=self.desk.is_driving)
        self.hover_s += frame_s
        self.refused = (self.refused[0], max(0.0, self.refused[1] - frame_s))
        self._answer(events)
        self.ways.update(
            frame_s, is_driving=self.desk.flight.state.rover.mobility.drive is not None
        )
        self._follow_cards(frame_s)
        self._sound(frame_s)
        return after_events(self, events) or night_due(self)

    def draw(self, canvas: Canvas) -> None:
        """Draw ground, then what is drawn on it, then the HUD."""
        self.page, self._scale = canvas.page, canvas.scale
        self.draw_ground(canvas)
        self.stage.draw_view(canvas)
        model = self.desk.model()
        if self.has_any:
            self._draw_ways(canvas)
            x, y = self.stage.rover_at(canvas)
            draw_beside(canvas, model.beside, x + BESIDE_PX, y - 22)
            draw_legend(canvas, self.stage.overlay, self.stage.overlay_span())
        self.hud.draw(canvas, model, hud_view(self))
        if self.has_any:
            draw_ways_on(canvas, hud_layout(canvas.page), self.ways, self.pointer)
            self.cards.draw(canvas)

    def draw_ground(self, canvas: Canvas) -> None:
        """Draw only the ground: for screens that lie over it."""
        if self.is_still:
            self.stage.fill(canvas.surface)
        else:
            self.stage.draw(canvas.surface)

    def drive_to(self, x_m: float, y_m: float) -> None:
        """Send the rover to a place."""
        self.is_aiming = False
        self._target = (x_m, y_m)
        self.desk.issue(DriveTo(x_m, y_m))

    def act(self, name: str) -> None:
        """Do one of the six actions, or show why not."""
        if name == "drive" and not self.desk.flight.state.rover.mobility.is_on_lander:
            self.is_aiming = not self.is_aiming
            if self.is_aiming:
                self.desk.captions.say("Click the place to drive to, or hold the arrow keys.", 2)
            return
        if name == "picture":
            self.stage.show_view(self.desk.flight.state.rover.mobility.estimate.heading_rad)
        if self.desk.act(name):
            self.refuse(name)

    def go_on(self, command: Command) -> None:
        """Take one of the ways on after a stop, or say why it cannot be now."""
        if why_not := self.desk.refusal_of(command):
            self.desk.captions.say(why_not, 3)
            self.shell.audio.play("refused")
            return
        self.ways.forget()
        if isinstance(command, DriveTo):
            self._target = (command.x_m, command.y_m)
        self.desk.flight.pause(is_paused=False)
        self.desk.issue(command)

    def refuse(self, name: str) -> None:
        """Let the outline of an action fade in and out."""
        self.refused = (name, self.shell.theme.motion.refusal_s)

    def _answer(self, events: tuple[Event, ...]) -> None:
        """Show at once what events mean: a field of view, a card, a refusal."""
        state = self.desk.flight.state
        self.cards.take(events, state)
        self.ways.take(events)
        main = state.rover.sequencer.main
        for event in events:
            if isinstance(event, CommandRejected):
                self.refuse(action_of(event.command))
            elif isinstance(event, ActivityStarted) and event.kind in LOOKS and main is not None:
                is_ring = event.kind is ActivityKind.PANORAMA
                self.stage.show_view(main.activity.azimuth_rad, is_ring=is_ring)

    def _follow_cards(self, frame_s: float) -> None:
        """Let the card follow the instrument; a fresh result slows the sol."""
        flight = self.desk.flight
        self.cards.update(frame_s, flight.state, flight.clock_s)
        if flight.is_result != self.cards.is_fresh:
            flight.is_result = self.cards.is_fresh
            flight.watch()

    def _press(self, pressed: Pressed) -> Transition | None:
        if pressed.is_again:
            return None
        if self.has_any and self.ways.press(pressed, self.go_on):
            return None
        transition = opened_by(self, pressed)
        if transition is not None:
            return transition
        for name in ACTIONS:
            if pressed.means(name) and not pressed.means(*WHEEL_ACTIONS):
                self.act(name)
                return None
        press_time(self, pressed)
        press_view(self, pressed)
        return None

    def _point(self, pointed: Pointed) -> Transition | None:
        if (pointed.x, pointed.y) != self.pointer:
            self.hover_s = 0.0
        self.pointer = (pointed.x, pointed.y)
        if pointed.button == 3 and pointed.is_down:
            self.drive_to(*self.stage.ground_at(pointed.x, pointed.y, self._scale))
        elif pointed.is_click:
            return self._click(pointed)
        else:
            self._drag.point(pointed, self.stage.camera, self._scale)
        return None

    def _click(self, pointed: Pointed) -> Transition | None:
        if self.has_any and self._is_on_panel(pointed.x, pointed.y):
            return None
        if self.has_any:
            transition = opened_by(self, pointed)
            if transition is not None:
                return transition
        if self.is_aiming:
            self.drive_to(*self.stage.ground_at(pointed.x, pointed.y, self._scale))
        else:
            self._drag.point(pointed, self.stage.camera, self._scale)
        return None

    def _is_on_panel(self, x: float, y: float) -> bool:
        """Use the card, action or rate under a point; say whether there was one."""
        if self.cards.holds(self.page, x, y):
            self.cards.close()
            return True
        if self.ways.click(x, y, self.go_on):
            return True
        place, actions = hud_layout(self.page), self.desk.model().actions
        for cell, action in zip(place.action_cells(len(actions)), actions, strict=True):
            if cell.holds(x, y) and action.name != "more":
                self.act(action.name)
                return True
        for k, cell in enumerate(place.rate_cells()):
            if cell.holds(x, y):
                choose_rate(self, RATES[k])
                return True
        return False

    def _drive(self) -> None:
        held = self.shell.reader.held
        flight = self.desk.flight
        command: Command | None = self.hands.command(held, flight.state)
        if command is None:
            return
        why_not = self.desk.refusal_of(command)
        if why_not:
            # A key that stays down must not ask again in every frame: each asking takes time.
            if self.hands.is_news(held):
                self.desk.captions.say(why_not, 3)
                self.shell.audio.play("refused")
                self.refuse("drive")
            return
        self.hands.accept()
        if not isinstance(command, Turn):
            self.is_aiming, self._target = False, None
        flight.pause(is_paused=False)
        self.desk.issue(command)

    def _skip(self) -> tuple[Event, ...]:
        flight = self.desk.flight
        events = flight.skip(SKIP_STEPS)
        if events or flight.session.is_over:
            self.is_skipping = False
            self.desk.take(events)
        return events

    def _sound(self, frame_s: float) -> None:
        audio, flight = self.shell.audio, self.desk.flight
        felt = outside(flight.session.setup, flight.state)
        is_running = not flight.pace.is_paused
        turning = self.desk.flight.signs().is_turning and is_running
        audio.want("hum", 0.5)
        audio.want("wind", min(1.0, felt.wind_m_s / 14.0))
        audio.want("motor", 0.8 if turning else 0.0)
        audio.update(frame_s)

    def _draw_ways(self, canvas: Canvas) -> None:
        draw_signs(canvas, self.stage, self.desk.goal, self.desk.places())
        place = self.desk.flight.state.rover.mobility
        here = believed_place(place)
        if place.drive is not None and self._target is not None:
            draw_route(canvas, self.stage.chart, [here, self._target])
        elif self.is_aiming:
            aim = self.stage.ground_at(*self.pointer, canvas.scale)
            away = ((aim[0] - here[0]) ** 2 + (aim[1] - here[1]) ** 2) ** 0.5
            draw_route(canvas, self.stage.chart, [here, aim], way_text(away))
