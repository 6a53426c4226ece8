"""What belongs to one run of the window: flight, forecast, pictures, captions, and the HUD model.

Shared by the screens of a run, so that the plan and the play screen see the same thing.
"""

import gc
from dataclasses import dataclass, replace

from game.commands import Command, UplinkPlan
from game.events import (
    CommandRejected,
    Event,
    MissionEnded,
    ProductHome,
    ProductLost,
    ProductStored,
)
from game.mission.plan import Plan
from game.paths import keeping_problem
from game.rover.hand import EDGE, hand_refusal
from game.session import Session
from game.simulation import desk_at
from game.ui.actions import Bench, action_cells, command_for, refusal_for, travel_words
from game.ui.belief import correction_text
from game.ui.captions import Captions
from game.ui.day import day_at
from game.ui.flight import Flight
from game.ui.goals import Goal, goal_of, passing
from game.ui.guide import Keys, Step, later_step, sending_step, step_of
from game.ui.hud_parts import ActionCell, HudModel, Strip
from game.ui.landmarks import known_places
from game.ui.missions import Run
from game.ui.model import Moment, hud_model, newest_picture, pictures
from game.ui.model_strip import Past, strip_model
from game.ui.news import news_of
from game.ui.outlook import Outlook
from game.ui.pacing import Situation, reason
from game.ui.pictures import PictureDesk
from game.ui.shell import Shell
from game.ui.slow import Slow
from game.ui.theme import load_theme
from game.ui.way_prices import WayPrices
from game.world.places import Place

COUNT_FRAC = 0.3  # of what is missing is counted up at each reading
MODEL_S = 0.12  # the HUD is read anew this often
ACTIONS_S, GOAL_S, STRIP_S = 0.35, 1.1, 0.6  # the dear parts of it this often; never all at once
OUTLOOK_S = 2.5  # a forecast is at least this old before the next one begins
WARM_UP_S = 4.0  # the ground comes first, then the mast camera's first look
WORK_S = 0.003  # real time a frame gives to the forecast


@dataclass(slots=True)
class Timers:
    """Real time since things were last done. [s]."""

    model_s: float = MODEL_S
    outlook_s: float = OUTLOOK_S
    beside_s: float = 100.0
    age_s: float = 0.0


def last_uplinked(session: Session) -> Plan:
    """Return the plan that was sent last; the log of a save knows it too."""
    sent = (
        e.command.activities for e in reversed(session.log) if isinstance(e.command, UplinkPlan)
    )
    return next((plan for plan in sent if plan), session.state.rover.sequencer.plan)


class RunDesk:
    """One run and everything the window keeps about it."""

    def __init__(self, shell: Shell, run: Run) -> None:
        self.shell = shell
        self.run = run
        self.flight = Flight(run.session, run.shown_tick)
        self.flight.recall_past(run.remembered)
        self.outlook = Outlook()
        self.ways = WayPrices()
        self.pictures = PictureDesk(run.opened.setup)
        self.captions = Captions(load_theme().motion.caption_s)
        if shell.is_lasting and (problem := keeping_problem()):
            self.captions.say(problem, 3)
        self.step: Step | None = None
        self.timers = Timers()
        self.lost: list[ProductLost] = []
        self.last_plan = last_uplinked(run.session)
        self._actions: Slow[tuple[ActionCell, ...]] = Slow(ACTIONS_S)
        self._strip: Slow[Strip] = Slow(STRIP_S)
        self._goal: Slow[Goal] = Slow(GOAL_S)
        self._model: HudModel | None = None
        self._score: float | None = None
        if newest := newest_picture(self.flight.state):
            self.pictures.order(self.flight.state, newest)

    def issue(self, command: Command) -> None:
        """Hand in a command at the shown moment."""
        if words := travel_words(self.run.opened.setup, self.flight.shown, command):
            self.captions.say(words, 2)
        self.flight.issue(command)
        self.timers.model_s = MODEL_S
        self.timers.outlook_s = OUTLOOK_S
        self._actions.forget()

    def act(self, name: str) -> str:
        """Do one of the six actions; return why not, or nothing."""
        setup, state = self.run.opened.setup, self.flight.shown
        why_not = refusal_for(name, setup, state)
        if why_not:
            self.captions.say(why_not, 3)
            self.shell.audio.play("refused")
        else:
            self.issue(command_for(name, setup, state))
        return why_not

    def refusal_of(self, command: Command) -> str:
        """Say why the rover would refuse a command now, or nothing."""
        setup, state = self.run.opened.setup, self.flight.shown
        return hand_refusal(setup.rover, state.rover, desk_at(setup, state), command)

    def places(self) -> tuple[Place, ...]:
        """Return the places that a map may name by now."""
        return known_places(self.run.opened, self.flight.state)

    def update(self, frame_s: float) -> tuple[Event, ...]:
        """Let real time pass; return what happened."""
        events = self.flight.advance(frame_s)
        self.take(events)
        if words := correction_text(self.flight.corrected_m):
            self.captions.say(words, 2)
        self.flight.corrected_m = 0.0
        self.captions.update(frame_s)
        self._work(frame_s)
        return events

    def take(self, events: tuple[Event, ...]) -> None:
        """Turn events into sentences, sounds and pictures."""
        told = [one for one in map(news_of, events) if one is not None]
        if any(one.stops_time for one in told):
            self.flight.pause(is_paused=True)
        for event in events:
            if isinstance(event, ProductLost):
                self.lost.append(event)
            elif isinstance(event, ProductStored | ProductHome):
                self._order(event.product)
        if told:
            captions = self.shell.settings.has_captions
            self.captions.tell(told, self.shell.audio, has_captions=captions)
        if events:
            self.timers.model_s = MODEL_S
            if not all(isinstance(event, CommandRejected) for event in events):
                self.timers.outlook_s = max(self.timers.outlook_s, OUTLOOK_S - 0.4)

    def model(self) -> HudModel:
        """Return the HUD, read anew a few times a second."""
        if self._model is None or self.timers.model_s >= MODEL_S:
            self.timers.model_s = 0.0
            self._model = self._read()
        return self._model

    def ended(self, events: tuple[Event, ...]) -> bool:
        """Say whether the mission has ended in these events."""
        return any(isinstance(event, MissionEnded) for event in events)

    def close(self) -> None:
        """End the workers."""
        self.pictures.close()
        gc.unfreeze()

    def settle(self) -> None:
        """Finish the forecast and the pictures, for stills."""
        flight = self.flight
        day = day_at(flight.session.setup.site, flight.clock_s)
        self.outlook.start(flight.session.setup, flight.state, day.last_tick)
        self.outlook.finish()
        flight.advance(0.0)
        if newest := newest_picture(flight.state):
            self.pictures.order(flight.state, newest)
            self.pictures.wait(newest.number)
        self._forget()

    def _forget(self) -> None:
        """Read the whole HUD anew."""
        self._model = None
        for part in (self._actions, self._strip, self._goal):
            part.forget()

    def _order(self, number: int) -> None:
        state = self.flight.state
        for product in pictures(state):
            if product.number == number:
                self.pictures.order(state, product)

    def _work(self, frame_s: float) -> None:
        timers, flight = self.timers, self.flight
        timers.model_s += frame_s
        timers.outlook_s += frame_s
        timers.age_s += frame_s
        if timers.age_s >= WARM_UP_S > timers.age_s - frame_s:
            self.pictures.warm_up(flight.state)
            # What the profile taught: the one frame in a thousand that took 40-100 ms was Python's
            # collector walking over all that a mission is made of. What is here now, stays.
            gc.freeze()
        place = flight.state.rover.mobility
        timers.beside_s = 0.0 if place.drive is not None else timers.beside_s + frame_s
        if self.is_driving:
            return  # every millisecond belongs to the ground that comes into view
        if timers.outlook_s >= OUTLOOK_S and not self.outlook.is_busy:
            timers.outlook_s = 0.0
            day = day_at(flight.session.setup.site, flight.clock_s)
            self.outlook.start(flight.session.setup, flight.state, day.last_tick)
        if self.outlook.work(WORK_S):
            timers.model_s = MODEL_S
            self._strip.forget()

    def _read(self) -> HudModel:
        flight, opened = self.flight, self.run.opened
        setup, state = opened.setup, flight.state
        keymap = self.shell.keymap
        refusal = self._drive_refusal()
        self.step = self._guided(refusal) if self.shell.settings.has_hints else None
        # What only waiting mends, like cold motors, lets time go on.
        is_ready = self.step is not None and self.step.is_first and refusal in ("", EDGE)
        lit = self.step.action if self.step else ""
        if flight.is_ready != is_ready:
            flight.is_ready = is_ready
            flight.watch()
        bench = Bench(setup, opened.flight_rules, flight.shown, self.outlook.result, keymap)
        now_s = self.timers.age_s
        actions = self._actions.get(now_s, lambda: action_cells(bench, lit))
        day = day_at(setup.site, flight.clock_s)
        goal = self._goal.get(now_s, lambda: goal_of(opened.level, setup, state, day.sol))
        past = Past(tuple(flight.trail), tuple(flight.done))
        seen = self.outlook.result
        strip = self._strip.get(now_s, lambda: strip_model(setup, flight.seen, day, seen, past))
        model = hud_model(
            Moment(
                setup,
                opened.flight_rules,
                state,
                flight.clock_s,
                0.0 if flight.pace.is_paused else flight.pace.rate,
                reason(flight.spec, flight.pace),
                seen,
                strip,
                actions,
                (goal.title, goal.way, goal.note),
                self.timers.beside_s < load_theme().motion.beside_s,
            )
        )
        link = replace(model.link, home=f"{self._counted(model.link.points):,.0f}")
        return replace(model, link=link)

    def _guided(self, refusal: str) -> Step | None:
        """Return the step to light; an open pass goes before all but the stop at a goal."""
        setup, flight, keymap = self.run.opened.setup, self.flight, self.shell.keymap
        keys = [keymap.key_of(name) for name in ("forward", "picture")]
        goal_name = passing(self.goal, flight.state)
        step = step_of(flight.state, *keys, is_at_edge=refusal == EDGE, passing=goal_name)
        if step is not None and step.action == "stop":
            return step
        step = sending_step(setup, flight.shown, keymap.key_of("send")) or step
        if step is not None:
            return step
        later = Keys(*(keymap.key_of(n) for n in ("soil", "plan", "next_event", "sleep_till_dawn")))
        return later_step(setup, flight.shown, later, has_planned=bool(self.last_plan))

    def _counted(self, points: float) -> float:
        """Let the score count up to what it is, a part of the way at every reading."""
        if self._score is None or abs(points - self._score) < 1.0:
            self._score = points
        else:
            self._score += (points - self._score) * COUNT_FRAC
        return self._score

    def _drive_refusal(self) -> str:
        """Say why a rover at rest cannot be driven now, or nothing."""
        state = self.flight.state
        is_idle = state.rover.mobility.drive is None and state.rover.sequencer.main is None
        return refusal_for("drive", self.run.opened.setup, state) if is_idle else ""

    @property
    def goal(self) -> Goal:
        """The goal as the HUD shows it."""
        return self._goal.kept() or Goal("", "", "", None)

    @property
    def is_driving(self) -> bool:
        """Whether wheels turn now."""
        return self.flight.pace.situation in (Situation.DRIVE, Situation.LOOK, Situation.CAUTION)
