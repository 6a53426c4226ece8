"""The run as the window sees it: the session, the shown moment between two states, and the pace.

The simulation moves in whole steps; the shown clock runs smoothly from one state to the next.
Each step is shown at the rate of its own situation, so that a leg of a drive never flies by at
the rate of the wait before it. What happens inside a step is told when the clock gets there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from game.commands import ActivityKind, Command
from game.contact import is_heard
from game.events import Event
from game.remembered import Remembered
from game.rover.drive import Phase
from game.rover.power import charge_frac
from game.rover.sequencer import Running
from game.session import Session
from game.state import State
from game.ui.belief import corrected_m
from game.ui.facts.fates import Fate, fates_of
from game.ui.pacing import (
    Pace,
    Signs,
    eased,
    frame_cut_s,
    load_pace,
    situation_of,
    with_choice,
    with_pause,
    with_situation,
)
from game.ui.theme import load_theme

MOST_STEPS = 60  # in one frame; more would be a hitch
TURNING = frozenset({Phase.TURN, Phase.MOVE, Phase.CREEP})
RESTING = frozenset({ActivityKind.SLEEP, ActivityKind.WARM_UP})
CAUTION_SLIP_FRAC = 0.5
TRAIL_STEP_S = 600
KEPT_S = 2 * 88775  # of the past in a save: today's strip and what it follows on. [s]


@dataclass(frozen=True, slots=True)
class Done:
    """An activity that is over."""

    kind: ActivityKind
    start_tick: int
    end_tick: int


@dataclass(frozen=True, slots=True)
class TrailPoint:
    """What the strip remembers of the past."""

    tick: int
    charge_frac: float
    box_k: float
    in_w: float = 0.0
    out_w: float = 0.0


class Flight:
    """Advances a session by real time."""

    def __init__(self, session: Session, shown_tick: int = 0) -> None:
        self.session = session
        self.clock_s = float(max(session.state.tick, shown_tick))
        self.spec = load_pace()
        self.pace = Pace()
        self.trail: list[TrailPoint] = []
        self.done: list[Done] = []
        self.fates: list[Fate] = []
        self._running: dict[str, Running] = {}
        self._coming: list[Event] = []
        self.is_ready = False
        self.is_result = False
        self.corrected_m = 0.0
        self.remember(session.state)

    @property
    def state(self) -> State:
        """The latest state."""
        return self.session.state

    @property
    def shown(self) -> State:
        """The state that a command given now meets, at the moment at which it does."""
        standing = self.session.standing(int(self.clock_s))
        return replace(standing, tick=max(standing.tick, int(self.clock_s)))

    @property
    def seen(self) -> State:
        """The same state at the shown moment itself, for what shows the time."""
        return replace(self.shown, tick=int(self.clock_s))

    @property
    def fraction(self) -> float:
        """How far the shown moment is from the state before to the latest one."""
        before, after = self.session.previous.tick, self.state.tick
        if after <= before:
            return 1.0
        return min(max((self.clock_s - before) / (after - before), 0.0), 1.0)

    def issue(self, command: Command) -> None:
        """Hand in a command for the shown moment; the only way anything changes."""
        ahead = self.state
        self.session.issue(command, int(self.clock_s))
        if self.state is not ahead:  # the step was taken back, and what was to come in it
            self._coming = []
        # A step in which something happened is not taken back: go to its end, and answer at once.
        self.clock_s = max(self.clock_s, float(self.state.tick))

    def advance(self, frame_s: float) -> tuple[Event, ...]:
        """Let real time pass and return what happened in it."""
        left_s = frame_cut_s(self.spec, frame_s)
        self.pace = eased(self.spec, self.pace, left_s, load_theme().motion.ease_s)
        for _ in range(MOST_STEPS):
            rate = self.pace.rate
            if rate <= 0.0 or left_s <= 0.0:
                break
            ahead_s = self.state.tick - self.clock_s
            if ahead_s > left_s * rate:
                self.clock_s += left_s * rate
                break
            # A command may have taken back a step: then the state has to catch up with the clock.
            if ahead_s > 0.0:
                left_s -= ahead_s / rate
                self.clock_s = float(self.state.tick)
            if self.session.is_over:
                break
            self._step()
        return self._told()

    def run_to(self, tick: int) -> tuple[Event, ...]:
        """Go to a moment at once."""
        while self.state.tick < tick and not self.session.is_over:
            self._step()
        self.clock_s = min(float(tick), float(self.state.tick))
        return self._told()

    def go_on(self) -> tuple[Event, ...]:
        """Go to the end of the next step at once, for the night."""
        self._step()
        self.clock_s = float(self.state.tick)
        return self._told()

    def skip(self, most_steps: int) -> tuple[Event, ...]:
        """Go to the next thing that happens, but over so many steps at most."""
        for _ in range(most_steps):
            if self._coming:
                self.clock_s = max(self.clock_s, float(min(e.tick for e in self._coming)))
                break
            self.clock_s = max(self.clock_s, float(self.state.tick))
            if self.session.is_over:
                break
            self._step()
        return self._told()

    def pause(self, *, is_paused: bool) -> None:
        """Stop or go on."""
        self.pace = with_pause(self.pace, is_paused=is_paused)

    def choose(self, rate: float | None) -> None:
        """Take the player's own rate for what is going on."""
        self.pace = with_choice(self.pace, rate)

    def watch(self) -> None:
        """Take the situation of the latest state."""
        situation = situation_of(self.signs())
        self.pace = with_situation(self.spec, self.pace, situation)

    def signs(self) -> Signs:
        """Return what the latest step showed."""
        before, after = self.session.previous, self.state
        place = after.rover.mobility
        began = before.rover.mobility.progress or place.progress
        phase = began.phase if began is not None else None
        main = before.rover.sequencer.main or after.rover.sequencer.main
        kind = None if main is None else main.activity.kind
        has_moved = place.odometer_m != before.rover.mobility.odometer_m
        is_turning = has_moved or (place.drive is not None and phase in TURNING)
        is_day = kind is not ActivityKind.SLEEP
        return Signs(
            is_turning=is_turning,
            is_looking=place.drive is not None,
            is_working=kind is not None and kind not in RESTING,
            is_contact=is_day and self._is_sending(),
            is_caution=is_turning and place.slip_frac >= CAUTION_SLIP_FRAC,
            is_ready=self.is_ready,
            is_result=self.is_result,
        )

    def recall(self, states: Sequence[State]) -> None:
        """Remember a past that this flight has not seen."""
        self.trail, self.done, self._running = [], [], {}
        for state in states:
            self.remember(state)

    def remembered(self) -> Remembered:
        """Return what a save keeps of the past that the strip shows."""
        since = self.clock_s - KEPT_S
        trail = [
            (p.tick, p.charge_frac, p.box_k, p.in_w, p.out_w) for p in self.trail if p.tick >= since
        ]
        done = [(d.kind, d.start_tick, d.end_tick) for d in self.done if d.end_tick >= since]
        fates = tuple(one for one in self.fates if one.end_tick >= since)
        return Remembered(tuple(trail), tuple(done), fates)

    def recall_past(self, past: Remembered) -> None:
        """Take over what a save remembers up to the state, before what this flight has seen."""
        until = self.state.tick
        points = [TrailPoint(*point) for point in past.trail if point[0] < until]
        self.trail = [*points, *self.trail]
        self.done = [
            Done(kind, first, last) for kind, first, last in past.done if last <= until
        ] + self.done
        self.fates = [Fate(*one) for one in past.fates if one[2] <= until] + self.fates

    def ended(self) -> tuple[Fate, ...]:
        """Return what is over by the shown moment."""
        return tuple(one for one in self.fates if one.end_tick <= self.clock_s)

    def _is_sending(self) -> bool:
        if self.state.rover.sequencer.radio is None:
            return False
        before = self.session.previous
        return is_heard(self.session.setup, before.rover, before.tick)

    def _step(self) -> None:
        events = self.session.advance_once()
        moved_m = corrected_m(self.session.previous, self.state, events)
        self.corrected_m = max(self.corrected_m, moved_m)
        self._coming += events
        self.fates += fates_of(events)
        self.remember(self.state)
        self.watch()

    def _told(self) -> tuple[Event, ...]:
        """Return what has happened up to the shown moment and was not told yet."""
        told = tuple(event for event in self._coming if event.tick <= self.clock_s)
        self._coming = [event for event in self._coming if event.tick > self.clock_s]
        return told

    def remember(self, state: State) -> None:
        """Keep what the strip shows of the past: charge, and what has been done."""
        sequencer = state.rover.sequencer
        lanes = (("main", sequencer.main), ("radio", sequencer.radio),
                 ("beside", sequencer.beside), ("wings", sequencer.wings))  # fmt: skip
        for lane, running in lanes:
            before = self._running.pop(lane, None)
            if running is not None:
                self._running[lane] = running
            if before is not None and (
                running is None or running.started_tick != before.started_tick
            ):
                kind = before.activity.kind
                self.done.append(Done(kind, before.started_tick, state.tick))
        if self.trail and state.tick - self.trail[-1].tick < TRAIL_STEP_S:
            return
        charge = charge_frac(self.session.setup.rover.power, state.rover.power)
        power = state.rover.power
        self.trail.append(
            TrailPoint(state.tick, charge, state.rover.thermal.box_k, power.in_w, power.out_w)
        )
