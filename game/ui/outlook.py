"""The forecast to tomorrow's dawn, made a little in every frame so that no frame is late.

Each piece runs the real step ahead from the end of the piece before. A piece knows its own
spread only; spreads add up, which is a little wider than need be, and a full battery forgets
them.
"""

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.commands import Activity
from game.forecast import Forecast, forecast
from game.rover.sequencer import load_plan
from game.state import Setup, State

AWAKE_PIECE_S, ASLEEP_PIECE_S = 60, 600
FULL_FRAC = 0.995


class Outlook:
    """A forecast that grows; `result` is the latest complete one."""

    def __init__(self) -> None:
        self.result: Forecast | None = None
        self._setup: Setup | None = None
        self._state: State | None = None
        self._until_tick = 0
        self._pieces: list[Forecast] = []

    @property
    def is_busy(self) -> bool:
        """Whether a forecast is being made."""
        return self._state is not None

    def start(
        self, setup: Setup, state: State, until_tick: int, plan: tuple[Activity, ...] | None = None
    ) -> None:
        """Begin anew from a state, with another plan if one is given."""
        if plan is not None:
            sequencer = load_plan(state.rover.sequencer, plan)
            state = replace(state, rover=replace(state.rover, sequencer=sequencer))
        self._setup, self._state, self._until_tick = setup, state, until_tick
        self._pieces = []

    def work(self, budget_s: float) -> bool:
        """Work for a while; return whether a forecast was completed just now."""
        deadline = time.perf_counter() + budget_s
        while self._state is not None and time.perf_counter() < deadline:
            if self._piece():
                self.result = joined(self._pieces)
                self._state = None
                return True
        return False

    def finish(self) -> Forecast | None:
        """Work until done: for tests and pictures."""
        while self._state is not None:
            self.work(1.0)
        return self.result

    @property
    def partial(self) -> Forecast | None:
        """What is known so far, while it is being made."""
        return joined(self._pieces) if self._pieces else self.result

    def _piece(self) -> bool:
        if self._setup is None or self._state is None:
            return True
        is_busy = self._state.rover.sequencer.main is not None
        length_s = AWAKE_PIECE_S if is_busy else ASLEEP_PIECE_S
        until_tick = min(self._state.tick + length_s, self._until_tick)
        piece = forecast(self._setup, self._state, until_tick)
        self._pieces.append(piece)
        before, self._state = self._state.tick, piece.end
        return piece.end.tick >= self._until_tick or piece.end.tick == before


def joined(pieces: list[Forecast]) -> Forecast:
    """Put pieces together; their spreads add up until the battery is full."""
    below, above = 0.0, 0.0
    low: list[NDArray[np.float64]] = []
    high: list[NDArray[np.float64]] = []
    for piece in pieces:
        down = below + piece.charge_frac - piece.charge_low_frac
        up = above + piece.charge_high_frac - piece.charge_frac
        if piece.charge_frac[-1] >= FULL_FRAC:
            down, up = down * 0.0, up * 0.0
        low.append(np.clip(piece.charge_frac - down, 0.0, 1.0))
        high.append(np.clip(piece.charge_frac + up, 0.0, 1.0))
        below, above = float(down[-1]), float(up[-1])

    def whole(name: str) -> NDArray[np.float64]:
        return np.concatenate([getattr(piece, name) for piece in pieces])

    return Forecast(
        whole("tick"),
        whole("charge_frac"),
        np.concatenate(low),
        np.concatenate(high),
        whole("box_k"),
        whole("memory_frac"),
        whole("x_m"),
        whole("y_m"),
        pieces[-1].end,
        tuple(event for piece in pieces for event in piece.refused),
    )
