"""Run the step ahead on a throw-away state: the course of charge, warmth and memory of a plan."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.commands import Activity, ActivityKind
from game.events import ActivityEnded
from game.mission.rules_of_flight import Course, Refusal
from game.rng import Stream, uniform
from game.rover.power import charge_frac
from game.rover.sequencer import load_plan
from game.rover.storage import kept_bit
from game.simulation import step
from game.state import Setup, State
from game.units import WH_J

Series = NDArray[np.float64]
_SEED_RANGE = 2**32


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Arrays of equal length over time; the band holds four of five outcomes.

    `refused` are the activities that would not be carried out, each with the reason.
    """

    tick: Series
    charge_frac: Series
    charge_low_frac: Series
    charge_high_frac: Series
    box_k: Series
    memory_frac: Series
    x_m: Series
    y_m: Series
    end: State
    refused: tuple[ActivityEnded, ...] = ()

    def course(self) -> Course:
        """Return what the rules of flight look at."""
        refusals = tuple(Refusal(e.number, e.tick, e.note) for e in self.refused)
        return Course(self.tick, self.charge_frac, self.box_k, self.memory_frac, refusals)

    def at(self, tick: float) -> tuple[float, float, float]:
        """Return charge, and its low and high end, at a moment [-]."""
        return tuple(  # type: ignore[return-value]
            float(np.interp(tick, self.tick, series))
            for series in (self.charge_frac, self.charge_low_frac, self.charge_high_frac)
        )


def forecast(
    setup: Setup,
    state: State,
    until_tick: int,
    plan: tuple[Activity, ...] | None = None,
) -> Forecast:
    """Run ahead from a state, with another plan if one is given.

    The run uses its own luck, so that it never knows the slip that is to come.

    Parameters
    ----------
    setup, state : Setup, State
        Where the mission stands; neither is changed.
    until_tick : int
        Where the forecast ends. [s]
    plan : tuple of Activity, optional
        What would be uplinked; the plan on board if not given.
    """
    luck = int(uniform(setup.seed, Stream.FORECAST, 0) * _SEED_RANGE)
    blind = replace(setup, seed=luck)
    if plan is not None:
        sequencer = load_plan(state.rover.sequencer, plan)
        state = replace(state, rover=replace(state.rover, sequencer=sequencer))
    rows = [_row(setup, state)]
    refused: list[ActivityEnded] = []
    while state.tick < until_tick and state.mission.outcome is None:
        state, events = step(blind, state)
        rows.append(_row(setup, state))
        refused += [e for e in events if isinstance(e, ActivityEnded) and _is_refusal(e)]
    return replace(_with_band(setup, np.array(rows), state), refused=tuple(refused))


def _is_refusal(event: ActivityEnded) -> bool:
    """Say whether an activity could not do its work; a pass with nothing to send is no fault."""
    return not event.is_done and event.kind is not ActivityKind.SEND


def _row(setup: Setup, state: State) -> tuple[float, ...]:
    rover = state.rover
    return (
        float(state.tick),
        charge_frac(setup.rover.power, rover.power),
        rover.thermal.box_k,
        kept_bit(rover.storage) / setup.rover.storage.capacity_bit,
        rover.mobility.x_m,
        rover.mobility.y_m,
        rover.power.generated_j,
        rover.power.consumed_j,
        rover.power.lost_j,
    )


def _with_band(setup: Setup, table: Series, end: State) -> Forecast:
    """Add the band: errors of energy made and used grow apart from each other.

    A full battery forgets: what was lost because it was full cannot be missing later, so the
    error of generation counts only what was kept.
    """
    tick, charge, box_k, memory, x_m, y_m, generated, consumed, lost = table.T
    spec, full_j = setup.forecast, setup.rover.power.capacity_wh * WH_J
    kept_j = np.maximum((generated - generated[0]) - (lost - lost[0]), 0.0)
    used_j = consumed - consumed[0]
    sigma = np.hypot(spec.generated_error_frac * kept_j, spec.consumed_error_frac * used_j)
    full_at = np.flatnonzero(charge > 0.995)
    if full_at.size:
        after = slice(int(full_at[-1]), None)
        sigma[after] = np.hypot(
            spec.generated_error_frac * (kept_j[after] - kept_j[after.start]),
            spec.consumed_error_frac * (used_j[after] - used_j[after.start]),
        )
    spread = spec.band_sigma * sigma / full_j
    return Forecast(
        tick,
        charge,
        np.clip(charge - spread, 0.0, 1.0),
        np.clip(charge + spread, 0.0, 1.0),
        box_k,
        memory,
        x_m,
        y_m,
        end,
    )
