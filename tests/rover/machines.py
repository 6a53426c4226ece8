"""Shared by the tests of wheels, power and heat: shipped specs, fake ground, published rows."""

import csv
import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from game.config import parse
from game.environment.surroundings import Surroundings
from game.rover.heat import ThermalSpec
from game.rover.mobility import MobilitySpec, Obstacle
from game.rover.power import PowerSpec, PowerState
from game.rover.sunshine import sunshine
from game.rover.wings import LEVEL, Stance, body_sun
from game.rules import load_rules

ROOT = Path(__file__).parent.parent.parent
REFERENCE = ROOT / "tests" / "reference"
(BEDROCK, DURICRUST, CRUSTY, COMPACT, TAR, LOOSE, DRIFT, EJECTA) = range(8)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((ROOT / "game" / "data" / "rover.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def mobility_spec() -> MobilitySpec:
    return load_rules().rover().mobility


@lru_cache(maxsize=1)
def power_spec() -> PowerSpec:
    return parse(_table()["power"], PowerSpec, "rover.toml: power")


@lru_cache(maxsize=1)
def thermal_spec() -> ThermalSpec:
    return parse(_table()["thermal"], ThermalSpec, "rover.toml: thermal")


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Plane:
    """Endless even ground of one soil; rises to the east and to the north."""

    kind: int = DURICRUST
    east: float = 0.0
    north: float = 0.0
    things: tuple[Obstacle, ...] = ()

    def height_m(self, x_m: float, y_m: float) -> float:
        return self.east * x_m + self.north * y_m

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:  # noqa: ARG002
        return self.east, self.north

    def soil(self, x_m: float, y_m: float) -> int:  # noqa: ARG002
        return self.kind

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        return tuple(
            one
            for one in self.things
            if math.hypot(one.x_m - x_m, one.y_m - y_m) <= radius_m + one.radius_m
        )


NIGHT = Surroundings(
    tick=0,
    sol=1,
    lmst_h=0.0,
    ltst_h=0.0,
    ls_rad=1.0,
    sun_elevation_rad=-1.0,
    sun_azimuth_rad=0.0,
    tau=0.44,
    beam_w_m2=0.0,
    diffuse_w_m2=0.0,
    global_w_m2=0.0,
    ground_k=190.0,
    air_k=192.0,
    longwave_w_m2=33.0,
    pressure_pa=850.0,
    wind_m_s=3.0,
    wind_from_rad=0.0,
    frost_point_k=198.0,
    dust_rate_1_s=0.0,
)


def array_power_w(
    spec: PowerSpec, state: PowerState, light: Surroundings, array_k: float, stance: Stance = LEVEL
) -> float:
    """Electrical power that the wings bring to the bus now [W]."""
    return sunshine(spec, state, light, body_sun(stance, light), array_k).power_w


def day(beam_w_m2: float, diffuse_w_m2: float, elevation_deg: float, tau: float) -> Surroundings:
    height = math.radians(elevation_deg)
    return NIGHT._replace(
        sun_elevation_rad=height,
        tau=tau,
        beam_w_m2=beam_w_m2,
        diffuse_w_m2=diffuse_w_m2,
        global_w_m2=beam_w_m2 * math.sin(height) + diffuse_w_m2,
        ground_k=260.0,
        air_k=240.0,
    )
