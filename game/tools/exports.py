"""What a run leaves behind for other programs: every channel by time, and all that happened."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from game.environment.clock import sol_of, utc_text
from game.events import Event
from game.state import Setup, State
from game.telemetry import CHANNELS, readings

USUAL_S = 60


class TelemetryFile:
    """Writes a row of every channel while a mission is flown: the first state of each span.

    A disk that fills up stops the rows, not the mission; `problem` then says so.
    """

    def __init__(self, path: Path, setup: Setup, every_s: int) -> None:
        self._setup, self._every_s, self._next_tick = setup, every_s, 0
        self.problem = ""
        self._file: TextIO | None = None
        try:
            self._file = path.open("w", encoding="utf-8")
            self._file.write(",".join(CHANNELS) + "\n")
        except OSError as error:
            self._give_up(error)

    def see(self, state: State) -> None:
        """Write a row if its time has come."""
        if self._file is None or state.tick < self._next_tick:
            return
        self._next_tick = (state.tick // self._every_s + 1) * self._every_s
        row = readings(self._setup, state)
        try:
            self._file.write(",".join(f"{row[name]:.10g}" for name in CHANNELS) + "\n")
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Write what is left."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()
        self.problem = str(error.strerror or error)


def events_text(setup: Setup, events: Iterable[Event]) -> str:
    """Return one JSON object a line: tick, sol, UTC, kind of event, and its fields."""
    return "".join(
        json.dumps(
            {
                "tick": event.tick,
                "sol": sol_of(setup.site, event.tick),
                "utc": utc_text(setup.site, event.tick),
                "event": type(event).__name__,
                **{f.name: _plain(getattr(event, f.name)) for f in fields(event)},
            },
            ensure_ascii=False,
        )
        + "\n"
        for event in events
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        inner = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"kind": type(value).__name__, **inner}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)
