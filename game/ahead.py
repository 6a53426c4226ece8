"""A run of the step on a throw-away state, in pieces, with a row of numbers for every step.

It knows what a planner may know: nature until now and the season's mean after it, the ground that
has been seen, without its scatter, and no luck. It sets out from where the rover believes to be,
over the relief of the map there, with the soil and the stones that cameras showed around it; where
it truly stands shows in nothing else.
"""

from copy import deepcopy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.circumstances import unknowing
from game.commands import Activity, Command
from game.mission.chart import as_known
from game.mission.flight_rules import Cost
from game.mission.ledger import Ledger
from game.rover.faults import found_only
from game.rover.gear import tilt_rad
from game.rover.meters import heater_j
from game.rover.mobility import believed_place, off_m
from game.rover.plan_links import load_plan
from game.rover.power import capacity_j, charge_frac
from game.rover.storage import kept_bit, waiting_bit
from game.rover.told import as_told
from game.rover.wings import Stance, WingsSpec, wings_normal
from game.simulation import step
from game.state import Setup, State
from game.witness import Witness

Series = NDArray[np.float64]
LARGE = 3  # times the battery: enough for any sol
COLUMNS = (
    "tick",
    "charge_j",
    "generated_j",
    "consumed_j",
    "lost_j",
    "heater_j",
    "drive_j",
    "box_k",
    "memory_bit",
    "waiting_bit",
    "odometer_m",
    "x_m",
    "y_m",
    "battery_k",
    "motor_k",
    "tilt_rad",
    "wings_east",
    "wings_north",
    "wings_up",
    "mast_k",
    "shell_k",
)


class Ahead:
    """A run ahead under way: its state, and the rows behind it. Nothing outside can see it change.

    Parameters
    ----------
    setup, state : Setup, State
        Where the mission stands; neither is changed.
    plan : tuple of Activity, optional
        What would be uplinked; the plan on board if not given.
    commands : tuple of Command
        What would be sent with it, on the same road as all that is sent.
    """

    def __init__(
        self,
        setup: Setup,
        state: State,
        plan: tuple[Activity, ...] | None = None,
        commands: tuple[Command, ...] = (),
    ) -> None:
        self._commands = tuple((state.tick, command) for command in commands)
        if plan is not None:
            sequencer = load_plan(state.rover.sequencer, plan)
            state = replace(state, rover=replace(state.rover, sequencer=sequencer))
        if state.rover.faults.active:
            known = found_only(state.rover.faults)
            state = replace(state, rover=replace(state.rover, faults=known))
        self.blind = unknowing(setup, state.tick)
        if (sight_off_m := off_m(state.rover.mobility)) != (0.0, 0.0):
            self.blind = replace(self.blind, sight_off_m=sight_off_m)
        state = replace(state, rover=as_told(state.rover), chart=as_known(state.chart))
        self.setup, self.state = setup, state
        self._memory = _memory_bit(state)
        self._wings = self.blind.rover.power.wings
        self._rows = [_row(self._wings, state, self._memory)]
        self.ledger = Ledger(setup.rover.bus)
        self.witness = Witness(setup, state)
        self._uncut: Ahead | None = None

    def run(self, until_tick: int) -> None:
        """Go on until a moment, or the end of the mission."""
        while self.state.tick < until_tick and self.state.mission.outcome is None:
            self._step()
            if self._uncut is None and self._is_below_floor():
                self._uncut = self._with_large_battery()
        if self._uncut is not None:
            self._uncut.run(self.state.tick)

    def _step(self) -> None:
        before = self.state
        self.state, events = step(self.blind, before, self._commands)
        self._commands = ()
        if self.state.rover.storage is not before.rover.storage:
            self._memory = _memory_bit(self.state)
        self._rows.append(_row(self._wings, self.state, self._memory))
        span = (before.tick, self.state.tick)
        is_day = before.rover.power.in_w > 0.0
        self.ledger.see(span, before.rover, self.state.rover, is_day=is_day)
        self.witness.see(before, self.state)
        if events:
            self.ledger.hear(events, self.state.rover)
            self.witness.hear(events, self.state.rover)

    def _is_below_floor(self) -> bool:
        spec = self.blind.rover
        return charge_frac(spec.power, self.state.rover.power) < spec.bus.floor_frac

    def _with_large_battery(self) -> "Ahead":
        """Return the same run with a battery that safe mode need not save: what the plan asks."""
        spec, power = self.blind.rover, self.state.rover.power
        full_j = capacity_j(spec.power, power)
        large = replace(spec.power, capacity_wh=LARGE * spec.power.capacity_wh)
        rich = replace(power, charge_j=power.charge_j + (LARGE - 1) * full_j)
        state = replace(self.state, rover=replace(self.state.rover, power=rich))
        uncut = Ahead(self.setup, state)
        uncut.state, uncut.blind = state, replace(self.blind, rover=replace(spec, power=large))
        uncut.ledger = deepcopy(self.ledger)
        return uncut

    def shortfall(self) -> tuple[int, float, tuple[Cost, ...]]:
        """Return when a plan that is not cut short would have least charge, that [-], and costs.

        The charge may be below nothing.
        """
        uncut = self._uncut
        if uncut is None:
            return 0, 1.0, self.ledger.costs()
        full_j = capacity_j(self.blind.rover.power, self.state.rover.power)
        lowest = min(uncut._rows, key=lambda row: row[1])
        return int(lowest[0]), lowest[1] / full_j - (LARGE - 1), uncut.ledger.costs()

    def table(self) -> dict[str, Series]:
        """Return the rows so far by column."""
        return dict(zip(COLUMNS, np.array(self._rows).T, strict=True))


def _memory_bit(state: State) -> tuple[float, float]:
    """Return what lies in memory, and what waits [bit]."""
    storage = state.rover.storage
    return float(kept_bit(storage)), float(waiting_bit(storage))


def _row(spec: WingsSpec, state: State, memory_bit: tuple[float, float]) -> tuple[float, ...]:
    rover, place = state.rover, state.rover.mobility
    stance = Stance(place.heading_rad, place.pitch_rad, place.roll_rad)
    return (
        float(state.tick),
        rover.power.charge_j,
        rover.power.generated_j,
        rover.power.consumed_j,
        rover.power.lost_j,
        heater_j(rover.meters),
        rover.meters.drive_j,
        rover.thermal.box_k,
        *memory_bit,
        rover.mobility.odometer_m,
        *believed_place(rover.mobility),
        rover.thermal.battery_k,
        rover.motor_k,
        tilt_rad(rover.mobility),
        *wings_normal(spec, rover.power.wings, stance),
        rover.mast_k,
        rover.thermal.shell_k,
    )
