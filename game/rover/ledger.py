"""The books of energy: every load by name, today and yesterday, and what shedding it would buy."""

import math
from dataclasses import dataclass

from game.rover.battery import Load
from game.rover.instruments import InstrumentsSpec
from game.rover.meters import RoverMeters
from game.rover.power import PowerSpec, PowerState, usable_j
from game.units import WH_J

HOUR_S = 3600.0
_FIXED: tuple[tuple[str, Load | None], ...] = (
    ("computer", None),
    ("driving", Load.WHEELS),
    ("radio", Load.RADIO),
    ("box heater", Load.BOX_HEATER),
    ("battery heater", Load.BATTERY_HEATER),
    ("wheel heater", Load.WHEELS),
    ("mast heater", Load.INSTRUMENTS),
    ("wing motors", Load.WING_MOTORS),
)
_FLOWS = 5  # made, used, lost on the round trip, turned away full, turned away cold


@dataclass(frozen=True, slots=True)
class Books:
    """Running totals at the last midnight and at the one before [J]; empty before they passed.

    In the order of `totals_j`; `tick` is the last midnight, `before_tick` the one before. [s]
    """

    tick: int = 0
    before_tick: int = 0
    midnight_j: tuple[float, ...] = ()
    before_j: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One load: energy of this sol so far, of the last and since touchdown [Wh], and its worth.

    `load` is what would be switched off, None if it cannot be; `buys_h` how many hours longer the
    battery alone would then last at the mean draw of the last sol. [h]
    """

    name: str
    today_wh: float
    yesterday_wh: float
    total_wh: float
    load: Load | None
    buys_h: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """A sol's books: rows add up to `used_...`, exactly.

    `lasts_h` : how long the battery alone lasts at the mean draw of the last sol. [h]
    """

    rows: tuple[LedgerRow, ...]
    made_today_wh: float
    made_yesterday_wh: float
    used_today_wh: float
    used_yesterday_wh: float
    trip_today_wh: float
    spilled_today_wh: float
    refused_today_wh: float
    usable_wh: float
    lasts_h: float


def load_names(spec: InstrumentsSpec) -> tuple[str, ...]:
    """Return the names of all loads, in the order of the ledger."""
    return (*(name for name, _ in _FIXED), *(tool.title.lower() for tool in spec.instrument))


def totals_j(power: PowerState, meters: RoverMeters) -> tuple[float, ...]:
    """Return running totals of every load, then of what was made, used and lost [J]."""
    return (
        meters.base_j,
        meters.drive_j,
        meters.radio_j,
        meters.box_heater_j,
        meters.battery_heater_j,
        meters.wheel_heater_j,
        meters.mast_heater_j,
        meters.wing_j,
        *meters.tool_j,
        power.generated_j,
        power.consumed_j,
        power.lost_j - power.spilled_j - power.refused_j,
        power.spilled_j,
        power.refused_j,
    )


def at_midnight(books: Books, power: PowerState, meters: RoverMeters, tick: int) -> Books:
    """Close a sol: the last midnight becomes the one before."""
    return Books(tick, books.tick, totals_j(power, meters), books.midnight_j)


def made_sol_j(books: Books, power: PowerState) -> tuple[float, float]:
    """Energy made since midnight, and in the sol before [J]."""
    midnight_j, before_j = (
        totals[-_FLOWS] if totals else 0.0 for totals in (books.midnight_j, books.before_j)
    )
    return power.generated_j - midnight_j, midnight_j - before_j


def made_wh(books: Books, power: PowerState) -> float:
    """Energy made in the last whole sol or in this one, whichever is more [Wh].

    Infinite until a whole sol has been closed: nothing is known before.
    """
    return max(made_sol_j(books, power)) / WH_J if books.before_j else math.inf


def ledger(
    spec: PowerSpec,
    tools: InstrumentsSpec,
    books: Books,
    power: PowerState,
    meters: RoverMeters,
    moment: tuple[int, float],
) -> Ledger:
    """Return the books of this sol and of the last.

    Parameters
    ----------
    moment : tuple of int and float
        Now, and the temperature of the battery. [s, K]

    Notes
    -----
    What shedding buys is a plain question with a plain answer: the battery alone, no light, every
    load at its mean of the last sol (of this one, if it is the first); with and without the load.
    """
    tick, battery_k = moment
    now_j = totals_j(power, meters)
    midnight_j = books.midnight_j or (0.0,) * len(now_j)
    before_j = books.before_j or (0.0,) * len(now_j)
    today_wh = _between_wh(midnight_j, now_j)
    yesterday_wh = _between_wh(before_j, midnight_j)
    span_h = (books.tick - books.before_tick) / HOUR_S if books.midnight_j else 0.0
    mean_w = [energy / span_h for energy in yesterday_wh] if span_h > 0.0 else None
    if mean_w is None:
        mean_w = [energy / max(1.0 / HOUR_S, (tick - books.tick) / HOUR_S) for energy in today_wh]
    usable_wh = usable_j(spec, power, battery_k) / WH_J
    names, at = load_names(tools), len(now_j) - _FLOWS
    loads = (*(load for _, load in _FIXED), *(Load.INSTRUMENTS,) * len(tools.instrument))
    all_w = math.fsum(mean_w[:at])
    rows = tuple(
        LedgerRow(
            name,
            today_wh[i],
            yesterday_wh[i],
            now_j[i] / WH_J,
            load,
            _buys_h(usable_wh, all_w, mean_w[i]),
        )
        for i, (name, load) in enumerate(zip(names, loads, strict=True))
    )
    return Ledger(
        rows,
        today_wh[at],
        yesterday_wh[at],
        today_wh[at + 1],
        yesterday_wh[at + 1],
        today_wh[at + 2],
        today_wh[at + 3],
        today_wh[at + 4],
        usable_wh,
        usable_wh / all_w if all_w > 0.0 else math.inf,
    )


def _between_wh(start_j: tuple[float, ...], end_j: tuple[float, ...]) -> list[float]:
    return [(end - start) / WH_J for start, end in zip(start_j, end_j, strict=True)]


def _buys_h(usable_wh: float, all_w: float, load_w: float) -> float:
    """Return how many hours longer a battery lasts without one of its loads [h]."""
    if load_w <= 0.0 or all_w <= 0.0:
        return 0.0
    rest_w = all_w - load_w
    return usable_wh / rest_w - usable_wh / all_w if rest_w > 1e-9 * all_w else math.inf
