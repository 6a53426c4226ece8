"""The sol from 06 to 06 that strip and plan show, and its hours in ticks."""

from dataclasses import dataclass

from game.environment.clock import SiteSpec, lmst_h, midnight_s, sol_of
from game.environment.sun import sun_times
from game.ui.hud_parts import STRIP_FIRST_H, STRIP_LAST_H
from game.units import MARS_HOUR_S

FLIP_H = 5.0  # the strip turns over shortly before sunrise


@dataclass(frozen=True, slots=True)
class Day:
    """One sol as the window counts it: from 06 local mean time to 06 of the next.

    `rise_h` and `set_h` are of the sol itself; both are outside the strip in a polar night.
    """

    sol: int
    midnight_s: float
    rise_h: float
    set_h: float

    def hour(self, tick: float) -> float:
        """Return the hour of a tick, 6 to 30 within this day. [h]."""
        return (tick - self.midnight_s) / MARS_HOUR_S

    def tick(self, hour: float) -> int:
        """Return the tick of an hour. [s]."""
        return round(self.midnight_s + hour * MARS_HOUR_S)

    @property
    def first_tick(self) -> int:
        """When the day begins, at 06. [s]."""
        return self.tick(STRIP_FIRST_H)

    @property
    def last_tick(self) -> int:
        """When the day ends, at the next 06. [s]."""
        return self.tick(STRIP_LAST_H)


def day_at(site: SiteSpec, tick: float) -> Day:
    """Return the day that a moment belongs to: before first light it is still yesterday's."""
    sol = sol_of(site, int(tick))
    if lmst_h(site, tick) < FLIP_H:
        sol -= 1
    start_s = midnight_s(site, sol)
    times = sun_times(site, sol)
    rise = times.rise_tick if times.rise_tick is not None else start_s
    down = times.set_tick if times.set_tick is not None else start_s
    return Day(sol, start_s, (rise - start_s) / MARS_HOUR_S, (down - start_s) / MARS_HOUR_S)
