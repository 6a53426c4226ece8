"""The shipped payload and plain observations, for the tests of memory, radio and instruments."""

import tomllib
from pathlib import Path

from game import config
from game.environment.surroundings import Surroundings
from game.rover.instruments import PayloadSpec
from game.rover.records import HealthRecord, Sight
from game.rover.storage import Product


def shipped_payload() -> PayloadSpec:
    path = Path(__file__).parents[2] / "game/data/instruments.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    del table["schema"]
    return config.parse(table, PayloadSpec, "instruments.toml")


def product(size_bit: int, priority: int = 5, value: float = 1.0, kind: str = "picture") -> Product:
    return Product(
        kind=kind,
        title=f"{kind} of {size_bit} bit",
        made_tick=10,
        sol=1,
        size_bit=size_bit,
        priority=priority,
        x_m=1.0,
        y_m=2.0,
        heading_rad=0.0,
        azimuth_rad=0.0,
        elevation_rad=0.0,
        quality=1.0,
        value=value,
        record=HealthRecord(1),
    )


def sight(tick: int = 100_000) -> Sight:
    return Sight(tick, 3, 12.0, -4.0, 1.0, 1.5, -0.1)


def weather(tick: int = 100_000, wind_m_s: float = 5.0, wind_from_rad: float = 0.5) -> Surroundings:
    return Surroundings(
        tick=tick,
        sol=3,
        lmst_h=12.0,
        ltst_h=12.1,
        ls_rad=0.8,
        sun_elevation_rad=1.2,
        sun_azimuth_rad=3.0,
        tau=0.5,
        beam_w_m2=300.0,
        diffuse_w_m2=100.0,
        global_w_m2=400.0,
        ground_k=270.0,
        air_k=250.0 + tick % 600 / 60.0,
        longwave_w_m2=40.0,
        pressure_pa=800.0,
        wind_m_s=wind_m_s,
        wind_from_rad=wind_from_rad,
        frost_point_k=198.0,
        dust_rate_1_s=0.0,
    )
