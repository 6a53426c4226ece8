"""What a check against published numbers is, and how reference tables are read."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, tick_of_utc
from game.environment.julian import tai_s, tt_day
from game.environment.nature import EnvironmentSpec, environment_spec
from game.errors import UsageError
from game.paths import PACKAGE
from game.rules import load_table

Array = NDArray[np.float64]
FOLDER = PACKAGE.parent / "tests" / "reference"


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of our Mars with published numbers.

    Attributes
    ----------
    name : What is compared, in words; also its row in the table.
    against : The published numbers.
    unit : Of residual and tolerance.
    tolerance : Largest residual allowed; None if it is only published.
    residual : Computes the largest difference.
    """

    name: str
    against: str
    unit: str
    tolerance: float | None
    residual: Callable[[], float]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One table of published numbers, rows as text by column."""

    rows: tuple[dict[str, str], ...]

    def numbers(self, name: str) -> Array:
        """Return a column as numbers, not-a-number where it is empty."""
        return np.array([float(row[name]) if row[name] else np.nan for row in self.rows])

    def tt_days(self, name: str) -> Array:
        """Return a column of UTC times as terrestrial time since J2000.0 [day]."""
        return np.array([float(tt_day(tai_s(row[name]))) for row in self.rows])

    def ticks(self, site: SiteSpec, name: str) -> Array:
        """Return a column of UTC times as seconds since touchdown [s]."""
        epoch = tai_s(site.epoch_utc)
        return np.array([tai_s(row[name]) - epoch for row in self.rows])

    def where(self, keep: Callable[[dict[str, str]], bool]) -> "Reference":
        """Return the rows for which `keep` is true."""
        return Reference(tuple(row for row in self.rows if keep(row)))


@lru_cache(maxsize=64)
def reference(name: str) -> Reference:
    """Read `tests/reference/<name>.csv`; they are part of the source tree only."""
    path = Path(FOLDER) / f"{name}.csv"
    if not path.is_file():
        raise UsageError(f"{path} is missing; run this from a source tree of the project")
    with path.open(encoding="utf-8", newline="") as lines:
        return Reference(tuple(csv.DictReader(lines)))


@lru_cache(maxsize=1)
def landing() -> EnvironmentSpec:
    """Return nature at the landing site with seed 0."""
    return environment_spec(load_table("mars"), seed=0)


def turn_deg(difference_deg: Array) -> Array:
    """Wrap differences of angles to -180 to 180 [deg]."""
    return (difference_deg + 180.0) % 360.0 - 180.0


def worst(difference: Array) -> float:
    """Return the largest size of all differences."""
    return float(np.max(np.abs(difference)))


def tick(utc: str) -> int:
    """Return the tick of a UTC time at the landing site."""
    return tick_of_utc(landing().site, utc)
