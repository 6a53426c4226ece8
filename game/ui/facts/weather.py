"""The weather record: which hours of which sols have been listened to, and what was heard."""

from dataclasses import dataclass

from game.environment.clock import lmst_h, sol_of
from game.rover.records import AirSample, Spread
from game.state import Setup, State
from game.telemetry import all_products
from game.units import MARS_HOUR_S


@dataclass(frozen=True, slots=True)
class Session:
    """One record: its sol, its first and last hour of that sol, whether it is home, its numbers."""

    sol: int
    first_h: float
    last_h: float
    is_home: bool
    pressure_pa: Spread
    air_k: Spread
    wind_m_s: Spread
    tau: Spread


def sessions(setup: Setup, state: State) -> tuple[Session, ...]:
    """Return every weather record that exists, in the order in which they were made."""
    home = {p.number for p in state.rover.storage.home}
    found: list[Session] = []
    for product in sorted(all_products(state), key=lambda p: p.made_tick):
        record = product.record
        if not isinstance(record, AirSample):
            continue
        start = product.made_tick - record.duration_s
        first_h = lmst_h(setup.site, start)
        found.append(
            Session(
                sol_of(setup.site, start),
                first_h,
                first_h + record.duration_s / MARS_HOUR_S,
                product.number in home,
                record.pressure_pa,
                record.air_k,
                record.wind_m_s,
                record.tau,
            )
        )
    return tuple(found)


def hours_covered(found: tuple[Session, ...]) -> int:
    """Return how many different hours of the day are at home: the score asks for all 24."""
    hours: set[int] = set()
    for one in found:
        if one.is_home:
            hours |= {int(h) % 24 for h in range(int(one.first_h), int(one.last_h - 1e-6) + 1)}
    return len(hours)
