"""The shipped orbiter, the landing site and the reference tables, for the tests here."""

import csv
import tomllib
from functools import cache
from pathlib import Path

from game import config
from game.environment import julian
from game.environment.clock import SiteSpec
from game.orbiter.relay import OrbiterSpec, Pass, passes_of_sol

ROOT = Path(__file__).parents[2]
# The site vector of the reference tables (Zhurong).
SITE = SiteSpec("Utopia", 25.066, 109.925, -4099.4, "2021-05-14T23:00:00Z")
TOUCHDOWN_S = julian.tai_s(SITE.epoch_utc)


def shipped_orbiter() -> OrbiterSpec:
    table = tomllib.loads((ROOT / "game/data/orbiter.toml").read_text(encoding="utf-8"))
    del table["schema"]
    return config.parse(table, OrbiterSpec, "orbiter.toml")


def rows(name: str) -> list[dict[str, str]]:
    path = ROOT / "tests/reference" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mission_s(utc: str) -> float:
    return julian.tai_s(utc) - TOUCHDOWN_S


@cache
def mission_passes() -> tuple[Pass, ...]:
    orbiter = shipped_orbiter()
    return tuple(one for sol in range(1, 111) for one in passes_of_sol(orbiter, SITE, sol))


def pass_rising_at(utc: str) -> Pass:
    moment = mission_s(utc)
    return min(mission_passes(), key=lambda one: abs(one.rise_s - moment))
