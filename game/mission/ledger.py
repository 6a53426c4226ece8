"""What each activity of a run ahead took: when it ran, energy beyond rest, data, way."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from game.commands import Activity, ActivityKind
from game.events import ActivityEnded, Event, ProductStored
from game.mission.flight_rules import Cost, Refusal
from game.rover.meters import heater_j
from game.rover.mobility import believed_place
from game.rover.modes import BusSpec
from game.rover.refusals import is_choice
from game.rover.rover import RoverState
from game.rover.sequencer import Running


@dataclass
class _Entry:
    activity: Activity
    start_tick: int
    end_tick: int
    odometer_m: float
    energy_j: float = 0.0
    made_bit: float = 0.0


class Ledger:
    """Follows a run step by step. Lives and dies with one forecast."""

    def __init__(self, bus: BusSpec) -> None:
        self._bus = bus
        self._entries: dict[int, _Entry] = {}
        self.refusals: list[Refusal] = []
        self.unfinished: list[tuple[int, float]] = []

    def see(
        self, span: tuple[int, int], before: RoverState, after: RoverState, *, is_day: bool
    ) -> None:
        """Book one step: what radio and wings take is theirs, the rest goes to the other lane.

        Parameters
        ----------
        span : (int, int)
            First and last tick. [s of mission time]
        before, after : RoverState
            The rover at both; activities are those of the end, as none ends within a step.
        is_day : bool
            Whether the rover at rest would stand by, or sleep.
        """
        main = after.sequencer.main or after.sequencer.beside
        radio = after.sequencer.radio
        wings = after.sequencer.wings
        if main is None and radio is None and wings is None:
            return
        rest_w = self._bus.standby_w if is_day else self._bus.sleep_w
        used_j = after.power.consumed_j - before.power.consumed_j
        used_j -= heater_j(after.meters) - heater_j(before.meters) + rest_w * (span[1] - span[0])
        radio_j = after.meters.radio_j - before.meters.radio_j
        wing_j = after.meters.wing_j - before.meters.wing_j if wings is not None else 0.0
        if main is None and radio is None:
            wing_j = used_j
        elif main is None:
            radio_j = used_j - wing_j
        main_j = used_j - radio_j - wing_j
        for running, energy_j in ((main, main_j), (radio, radio_j), (wings, wing_j)):
            if running is not None:
                entry = self._entry(running)
                entry.energy_j += energy_j
                entry.end_tick = span[1]

    def hear(self, events: Iterable[Event], after: RoverState) -> None:
        """Book what was made, what was refused, and which drives did not arrive."""
        made_bit = 0.0
        for event in events:
            if isinstance(event, ProductStored):
                made_bit += event.size_bit
            elif isinstance(event, ActivityEnded):
                entry = self._entries.get(event.number)
                if event.is_done and entry is not None:
                    entry.made_bit, made_bit = made_bit, 0.0
                elif not event.is_done and event.kind is not ActivityKind.SEND:
                    self._failed(event, entry, after)

    def costs(self) -> tuple[Cost, ...]:
        """Return what has been booked, in order of start."""
        return tuple(
            Cost(number, entry.start_tick, entry.end_tick, entry.energy_j, entry.made_bit)
            for number, entry in sorted(self._entries.items(), key=lambda one: one[1].start_tick)
        )

    def _failed(self, event: ActivityEnded, entry: _Entry | None, after: RoverState) -> None:
        if is_choice(event.note):
            return
        if entry is None or not _is_too_short(event, entry):
            self.refusals.append(Refusal(event.number, event.tick, event.note))
            return
        goal = (entry.activity.x_m, entry.activity.y_m)
        left_m = math.dist(goal, believed_place(after.mobility))
        made_m = max(after.mobility.odometer_m - entry.odometer_m, 0.0)
        self.unfinished.append((event.number, made_m / max(made_m + left_m, 1e-6)))

    def _entry(self, running: Running) -> _Entry:
        number = running.activity.number
        if number not in self._entries:
            self._entries[number] = _Entry(
                running.activity, running.started_tick, running.started_tick, running.odometer_m
            )
        return self._entries[number]


def _is_too_short(event: ActivityEnded, entry: _Entry) -> bool:
    """Say whether a drive ended because its time was over."""
    planned_tick = entry.start_tick + entry.activity.duration_s
    return event.kind is ActivityKind.DRIVE and event.tick >= planned_tick
