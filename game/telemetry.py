"""Every quantity with its name, unit and meaning: glossary, CSV header and tooltips alike."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from game.contact import blackout_until, is_heard, next_pass_here
from game.environment.clock import lmst_h, sol_of
from game.environment.surroundings import Surroundings
from game.machine import machine_of
from game.mission.chart import charted_m2
from game.mission.scoring import Score, score
from game.orbiting import worst_ahead
from game.rover.faults import Stage
from game.rover.gear import tilt_rad
from game.rover.ledger import Ledger, ledger
from game.rover.modes import Mode
from game.rover.newest import drive_j_m, newest, newest_quality_frac
from game.rover.power_readings import POWER_READINGS, RoverRead
from game.rover.records import AirSample, SoilSample
from game.rover.soundings import RadarProfile
from game.rover.storage import Archive, Product, kept_bit, unconfirmed_bit, waiting_bit
from game.rover.wheel_channels import WHEEL_CHANNELS, WheelRead
from game.schedule import surroundings
from game.standing import score_facts
from game.state import Setup, State

Read = Callable[[Setup, State], float]


@dataclass(frozen=True, slots=True)
class Channel:
    """One reading: what it means for people, its unit, and how to get it."""

    unit: str
    meaning: str
    read: Read


def readings(setup: Setup, state: State) -> dict[str, float]:
    """Return every channel of a state."""
    return {name: channel.read(setup, state) for name, channel in CHANNELS.items()}


class Readings(Mapping[str, float]):
    """Every channel of a state, worked out when it is asked for: conditions ask few of them."""

    def __init__(self, setup: Setup, state: State) -> None:
        self._setup, self._state = setup, state
        self._known: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = CHANNELS[name].read(self._setup, self._state)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(CHANNELS)

    def __len__(self) -> int:
        return len(CHANNELS)


@lru_cache(maxsize=64)
def _felt(setup: Setup, tick: int) -> Surroundings:
    return surroundings(setup, tick)


def outside(setup: Setup, state: State) -> Surroundings:
    """Return what the site feels at the moment of a state."""
    return _felt(setup, state.tick)


def score_of(setup: Setup, state: State) -> Score:
    """Return the points of a state; only what is at home counts."""
    return score(setup.score, score_facts(setup, state))


def home_bit(state: State) -> int:
    """Return what has reached Earth in whole products [bit]."""
    return state.rover.storage.home_bit


def all_products(state: State) -> tuple[Product, ...]:
    """Return every product that was made and not lost: on board, on its way, at home."""
    storage = state.rover.storage
    return (*storage.products, *(one.product for one in storage.flying), *storage.home)


def count_of(state: State, kind: str) -> int:
    """Return how many products of a kind were made and not lost."""
    storage = state.rover.storage
    away = (*storage.products, *(one.product for one in storage.flying))
    return _kinds(storage.home)[kind] + sum(product.kind == kind for product in away)


@lru_cache(maxsize=4)
def _kinds(home: Archive) -> Counter[str]:
    """Count what has come home by kind: a dozen channels ask for it."""
    return Counter(product.kind for product in home)


@lru_cache(maxsize=4)
def _sounded_m(home: Archive) -> float:
    profiles = (one.record for one in home if isinstance(one.record, RadarProfile))
    return math.fsum(one.way_m for one in profiles)


def _count(kind: str, _setup: Setup, state: State) -> float:
    return float(count_of(state, kind))


def _home_count(kind: str, _setup: Setup, state: State) -> float:
    return float(_kinds(state.rover.storage.home)[kind])


def _radar_home_m(_setup: Setup, state: State) -> float:
    return _sounded_m(state.rover.storage.home)


def _next_pass_s(setup: Setup, state: State) -> float:
    if is_heard(setup, state.rover, state.tick):
        return 0.0
    coming = next_pass_here(setup, state.rover, state.tick)
    return float("inf") if coming is None else float(coming.usable_rise_tick - state.tick)


def _storm_chance_frac(setup: Setup, state: State) -> float:
    worst = worst_ahead(state.rover, sol_of(setup.site, state.tick))
    return 0.0 if worst is None else worst.chance_frac


def _stage_count(state: State, stage: Stage) -> int:
    return sum(fault.stage is stage for fault in state.rover.faults.active)


def _of_rover(unit: str, meaning: str, read: RoverRead) -> Channel:
    """Return a channel that asks nothing but the rover."""
    return Channel(unit, meaning, lambda setup, state: read(setup.rover, state.rover))


COUNTED = {
    "picture": "pictures",
    "panorama": "panoramas",
    "soil": "soil samples",
    "air": "weather records",
    "infrared": "infrared readings",
    "multispectral": "filter pictures",
    "magnetometer": "magnetic stops",
    "radar": "radar profiles",
    "selfie": "pictures from the ground",
}


# What changes only when something reaches Earth.
HOME_CHANNELS = frozenset({"radar_home_m", *(f"{kind}_home_count" for kind in COUNTED)})


def _counts() -> dict[str, Channel]:
    """Return two channels for each kind of product: how many there are, and how many at home."""
    made = {
        f"{kind}_count": Channel("-", f"{words} made", partial(_count, kind))
        for kind, words in COUNTED.items()
    }
    home = {
        f"{kind}_home_count": Channel("-", f"{words} on Earth", partial(_home_count, kind))
        for kind, words in COUNTED.items()
    }
    return made | home


def _of_wheels(unit: str, meaning: str, read: WheelRead) -> Channel:
    """Return a channel that asks nothing but the running gear."""
    return Channel(
        unit, meaning, lambda setup, state: read(setup.rover.mobility, state.rover.mobility)
    )


CHANNELS: dict[str, Channel] = {
    "tick": Channel("s", "mission time since touchdown", lambda _, s: float(s.tick)),
    "sol": Channel("sol", "sol of the mission; landing is 1",
        lambda u, s: float(sol_of(u.site, s.tick))),
    "lmst_h": Channel("h", "local mean solar time", lambda u, s: lmst_h(u.site, s.tick)),
    "ltst_h": Channel("h", "local true solar time", lambda u, s: outside(u, s).ltst_h),
    "ls_rad": Channel("rad", "season: longitude of the Sun", lambda u, s: outside(u, s).ls_rad),
    "sun_elevation_rad": Channel("rad", "height of the Sun",
        lambda u, s: outside(u, s).sun_elevation_rad),
    "tau": Channel("-", "optical depth of the dust", lambda u, s: outside(u, s).tau),
    "global_w_m2": Channel("W/m2", "light on level ground", lambda u, s: outside(u, s).global_w_m2),
    "ground_k": Channel("K", "skin of the ground", lambda u, s: outside(u, s).ground_k),
    "air_k": Channel("K", "air at 1.5 m", lambda u, s: outside(u, s).air_k),
    "pressure_pa": Channel("Pa", "air pressure", lambda u, s: outside(u, s).pressure_pa),
    "wind_m_s": Channel("m/s", "wind", lambda u, s: outside(u, s).wind_m_s),
    **{name: _of_wheels(*row) for name, row in WHEEL_CHANNELS.items()},
    **{name: _of_rover(*row) for name, row in POWER_READINGS.items()},
    "memory_bit": Channel("bit", "data in memory", lambda _, s: float(kept_bit(s.rover.storage))),
    "memory_frac": Channel("-", "memory in use",
        lambda u, s: kept_bit(s.rover.storage) / machine_of(u, s).rover.storage.capacity_bit),
    "made_bit": Channel("bit", "data made", lambda _, s: float(s.rover.storage.made_bit)),
    "sent_bit": Channel("bit", "data sent up", lambda _, s: float(s.rover.storage.sent_bit)),
    "waiting_bit": Channel("bit", "data that have still to go up",
        lambda _, s: float(waiting_bit(s.rover.storage))),
    "unconfirmed_bit": Channel("bit", "data kept until the orbiter confirms them",
        lambda _, s: float(unconfirmed_bit(s.rover.storage))),
    "repeated_bit": Channel("bit", "data sent again after a fade of the signal",
        lambda _, s: float(s.rover.radio.repeated_bit)),
    "lost_bit": Channel("bit", "data lost", lambda _, s: float(s.rover.storage.lost_bit)),
    "home_bit": Channel("bit", "data on Earth", lambda _, s: float(home_bit(s))),
    **_counts(),
    "radar_home_m": Channel("m", "way with a radar profile on Earth", _radar_home_m),
    "charted_m2": Channel("m2", "ground seen", lambda u, s: charted_m2(u.chart, s.chart)),
    "next_pass_s": Channel("s", "time to the next pass", _next_pass_s),
    "pass_open": Channel("-", "1 while the orbiter hears",
        lambda u, s: float(is_heard(u, s.rover, s.tick))),
    "earth_silent": Channel("-", "1 while the Sun stands between Mars and Earth",
        lambda u, s: float(blackout_until(u, s.tick) is not None)),
    "storm_chance_frac": Channel("-", "highest chance of a storm in the newest weather report",
        _storm_chance_frac),
    "safe": Channel("-", "1 in safe mode", lambda _, s: float(s.rover.mode is Mode.SAFE)),
    "dark": Channel("-", "1 without power", lambda _, s: float(s.rover.mode is Mode.DARK)),
    "lost": Channel("-", "1 when the rover is lost", lambda _, s: float(s.rover.mode is Mode.LOST)),
    "drive_j_m": Channel("J/m", "energy for each metre of this drive or the last",
        lambda _, s: drive_j_m(s.rover.mobility)),
    "product_quality_frac": Channel("-", "quality of the newest product",
        lambda _, s: newest_quality_frac(s.rover.storage)),
    "soil_sigma_wt": Channel("wt%", "error of silica in the newest soil sample",
        lambda _, s: newest(s.rover.storage, SoilSample, lambda one: one.sigma_wt[0])),
    "soil_depth_sigma_frac": Channel("-", "error of band depths in the newest soil sample",
        lambda _, s: newest(s.rover.storage, SoilSample, lambda one: one.depth_sigma)),
    "record_pressure_pa": Channel("Pa", "mean pressure of the newest weather record",
        lambda _, s: newest(s.rover.storage, AirSample, lambda one: one.pressure_pa.mean)),
    "record_air_k": Channel("K", "mean air temperature of the newest weather record",
        lambda _, s: newest(s.rover.storage, AirSample, lambda one: one.air_k.mean)),
    "record_wind_m_s": Channel("m/s", "mean wind of the newest weather record",
        lambda _, s: newest(s.rover.storage, AirSample, lambda one: one.wind_m_s.mean)),
    "radio_gain_db": Channel("dB", "strength of the transmitter against its best",
        lambda _, s: s.rover.radio.gain_db),
    "direct_bit_s": Channel("bit/s", "rate of the line straight to Earth",
        lambda u, s: float(machine_of(u, s).rover.radio.direct_bit_s)),
    "command_wait_s": Channel("s", "how long commands wait until they are heard",
        lambda u, s: machine_of(u, s).beyond.command_delay_s),
    "clock_error_s": Channel("s", "how far the rover's clock is ahead",
        lambda _, s: float(s.rover.faults.clock_s)),
    "restart_count": Channel("-", "times the computer started anew by itself",
        lambda _, s: float(s.rover.faults.restart_count)),
    "symptom_count": Channel("-", "strange readings whose cause is not known",
        lambda _, s: float(_stage_count(s, Stage.SYMPTOM))),
    "fault_count": Channel("-", "faults whose cause is known",
        lambda _, s: float(_stage_count(s, Stage.FOUND))),
    "answer_count": Channel("-", "answers to faults in force",
        lambda _, s: float(sum(len(one.answers) for one in s.rover.faults.active))),
    "goals_count": Channel("-", "goals reached", lambda _, s: float(len(s.mission.met))),
    "score": Channel("-", "points so far", lambda u, s: score_of(u, s).total()),
}  # fmt: skip


def tilt_deg(state: State) -> float:
    """Return the lean of the rover in degrees, for people [deg]."""
    return math.degrees(tilt_rad(state.rover.mobility))


def ledger_of(setup: Setup, state: State) -> Ledger:
    """Return the books of the loads of this sol and of the last."""
    rover = state.rover
    return ledger(
        setup.rover.power,
        setup.rover.instruments,
        rover.books,
        rover.power,
        rover.meters,
        (state.tick, rover.thermal.battery_k),
    )
