"""The mission's clock: whole seconds since touchdown, sols and local hours of one place.

The sol of tick 0 is sol 1. A sol begins at local mean midnight.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, isfinite

from game.environment import julian
from game.environment.limits import MOST_ELEVATION_M, MOST_SOLS, check_finite
from game.environment.marstime import MEAN_SOL_S, mars_sol_date
from game.units import HOUR_MIN, JULIAN_DAY_S, RIGHT_ANGLE_DEG, SOL_H, TURN_DEG, Numeric

__all__ = [
    "MOST_SOLS",
    "SiteSpec",
    "clock_text",
    "lmst_h",
    "midnight_s",
    "sol_of",
    "sol_start_tick",
    "sol_time_sol",
    "tick_at",
    "tick_of_utc",
    "tt_day",
    "utc_text",
]

ROUNDING_MIN = 1e-6  # so that a tick at 12:00 is not called 11:59


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """A place on Mars and the moment its clock starts.

    Attributes
    ----------
    name : What people call it.
    latitude_deg : Planetocentric, north positive. [deg]
    longitude_deg : East positive; kept in -180 to 180 or 0 to 360 as written. [deg]
    elevation_m : Above the MOLA areoid. [m]
    epoch_utc : Touchdown, tick 0, in whole seconds of UTC.
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    elevation_m: float
    epoch_utc: str

    def __post_init__(self) -> None:
        if not (isfinite(self.latitude_deg) and abs(self.latitude_deg) <= RIGHT_ANGLE_DEG):
            raise ValueError(f"latitude_deg must be from -90 to 90, not {self.latitude_deg}")
        if not (isfinite(self.longitude_deg) and abs(self.longitude_deg) <= TURN_DEG):
            raise ValueError(f"longitude_deg must be from -360 to 360, not {self.longitude_deg}")
        if not (isfinite(self.elevation_m) and abs(self.elevation_m) <= MOST_ELEVATION_M):
            raise ValueError(
                f"elevation_m must be from {-MOST_ELEVATION_M:g} to {MOST_ELEVATION_M:g}, "
                f"not {self.elevation_m}"
            )
        if julian.tai_s(self.epoch_utc) % 1:
            raise ValueError(f"epoch_utc must be a whole second, not {self.epoch_utc}")


@lru_cache(maxsize=64)
def _landing(epoch_utc: str, longitude_deg: float) -> tuple[int, float]:
    """Return (atomic second of tick 0, tick of the mean midnight before it as a fraction)."""
    epoch_tai_s = int(julian.tai_s(epoch_utc))
    local_sol = float(mars_sol_date(julian.tt_day(epoch_tai_s))) + longitude_deg / TURN_DEG
    return epoch_tai_s, (floor(local_sol) - local_sol) * MEAN_SOL_S


def midnight_s(site: SiteSpec, sol: int) -> float:
    """Return the exact moment of local mean midnight that begins a sol [s since touchdown].

    By definition: whole turns of the mean Sun, counted from the midnight before touchdown.
    """
    check_finite("a sol", sol)
    return _landing(site.epoch_utc, site.longitude_deg)[1] + (sol - 1) * MEAN_SOL_S


def sol_start_tick(site: SiteSpec, sol: int) -> int:
    """Return the first whole tick of a sol, by definition its first; negative for sol 1."""
    return ceil(midnight_s(site, sol))


def sol_of(site: SiteSpec, tick: int) -> int:
    """Return the sol of a tick; the landing sol is 1 by definition."""
    first_s = midnight_s(site, 1)
    sol = floor((tick - first_s) / MEAN_SOL_S) + 1
    # A whole tick lies before a midnight if it lies before the first whole tick of that sol.
    if tick < first_s + (sol - 1) * MEAN_SOL_S:
        return sol - 1
    return sol + (tick >= first_s + sol * MEAN_SOL_S)


def lmst_h(site: SiteSpec, tick: float) -> float:
    """Return local mean solar time, by definition the sol's part gone by, 0 to 24 [Mars hour]."""
    check_finite("a tick", tick)
    return (tick - midnight_s(site, 1)) / MEAN_SOL_S % 1.0 * SOL_H


def clock_text(site: SiteSpec, tick: int) -> str:
    """Return local mean solar time as people say it, HH:MM."""
    hour, minute = divmod(int(lmst_h(site, tick) * HOUR_MIN + ROUNDING_MIN), HOUR_MIN)
    return f"{hour % int(SOL_H):02d}:{minute:02d}"


def tick_at(site: SiteSpec, sol: int, lmst_hour: float) -> int:
    """Return the first tick at or after a local mean time of a sol, by definition of that time."""
    check_finite("local time", lmst_hour)
    return ceil(midnight_s(site, sol) + lmst_hour / SOL_H * MEAN_SOL_S)


def sol_time_sol(site: SiteSpec, tick: Numeric) -> Numeric:
    """Return sols as a running number, by definition 12.5 at mean noon of sol 12 [sol]."""
    check_finite("a tick", tick)
    return 1.0 + (tick - midnight_s(site, 1)) / MEAN_SOL_S


def tt_day(site: SiteSpec, tick: Numeric) -> Numeric:
    """Return terrestrial time since J2000.0 of a tick, by definition in seconds [day]."""
    check_finite("a tick", tick)
    epoch_tai_s = _landing(site.epoch_utc, site.longitude_deg)[0]
    return julian.tt_day(epoch_tai_s) + tick / JULIAN_DAY_S


def utc_text(site: SiteSpec, tick: int) -> str:
    """Return the UTC date and time of a tick, ISO 8601 with Z."""
    return julian.utc_text(_landing(site.epoch_utc, site.longitude_deg)[0] + tick)


def tick_of_utc(site: SiteSpec, text: str) -> int:
    """Return the tick nearest to a UTC date and time; leap seconds count, by definition."""
    return round(julian.tai_s(text) - _landing(site.epoch_utc, site.longitude_deg)[0])
