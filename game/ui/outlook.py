"""The forecast to tomorrow's dawn, made a little in every frame so that no frame is late."""

import time

from game.ahead import Ahead
from game.commands import Activity, Command
from game.forecast import Forecast, foreseen
from game.state import Setup, State

AWAKE_PIECE_S, ASLEEP_PIECE_S = 60, 600
PARTS = 12  # how often what is known so far gets new bands on the way to the end


class Outlook:
    """A forecast that grows; `result` is the latest complete one."""

    def __init__(self) -> None:
        self.result: Forecast | None = None
        self._ahead: Ahead | None = None
        self._until_tick = 0
        self._part: tuple[int, Forecast] | None = None
        self._part_s = 0

    @property
    def is_busy(self) -> bool:
        """Whether a forecast is being made."""
        return self._ahead is not None

    def start(
        self,
        setup: Setup,
        state: State,
        until_tick: int,
        plan: tuple[Activity, ...] | None = None,
        commands: tuple[Command, ...] = (),
    ) -> None:
        """Begin anew from a state, with another plan if one is given, and what is sent with it."""
        self._ahead, self._until_tick = Ahead(setup, state, plan, commands), until_tick
        self._part, self._part_s = None, (until_tick - state.tick) // PARTS

    def work(self, budget_s: float) -> bool:
        """Work for a while; return whether a forecast was completed just now."""
        deadline = time.perf_counter() + budget_s
        while self._ahead is not None and time.perf_counter() < deadline:
            if self._piece(self._ahead):
                self.result = foreseen(self._ahead)
                self._ahead = None
                return True
        return False

    def finish(self) -> Forecast | None:
        """Work until done: for tests and pictures."""
        while self._ahead is not None:
            self.work(1.0)
        return self.result

    @property
    def partial(self) -> Forecast | None:
        """The last complete one while another is being made; before the first, what is known."""
        if self.result is not None or self._ahead is None:
            return self.result
        tick = self._ahead.state.tick
        if self._part is None or tick - self._part[0] >= self._part_s:
            self._part = (tick, foreseen(self._ahead))
        return self._part[1]

    def _piece(self, ahead: Ahead) -> bool:
        """Go on for a piece; return whether the end is reached."""
        is_busy = ahead.state.rover.sequencer.main is not None
        before = ahead.state.tick
        ahead.run(min(before + (AWAKE_PIECE_S if is_busy else ASLEEP_PIECE_S), self._until_tick))
        return ahead.state.tick >= self._until_tick or ahead.state.tick == before
