"""The mission on a page: sol by sol, by purpose, and beside the real rover."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from game.config import parse
from game.mission.scoring import medal
from game.render.album import is_picture
from game.rover.meters import heater_j, instrument_j
from game.rover.storage import Product
from game.state import Setup, State
from game.telemetry import all_products, score_of
from game.ui.assets import window_table
from game.units import MBIT_BIT, WH_J


@dataclass(frozen=True, slots=True)
class WayPoint:
    """How far somebody had come by a sol."""

    sol: int
    odometer_m: float


@dataclass(frozen=True, slots=True)
class RealRover:
    """The rover that was there: its name and its way."""

    name: str
    way: tuple[WayPoint, ...]


@dataclass(frozen=True, slots=True)
class SolColumn:
    """One sol of the strip. `bound` names the currency that limited it."""

    sol: int
    dawn_frac: float
    way_m: float
    home_mbit: float
    tau: float
    bound: str


@dataclass(frozen=True, slots=True)
class Share:
    """Energy that went into one purpose [Wh]."""

    title: str
    token: str
    used_wh: float


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One part of the score, and the most it can be."""

    title: str
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The score with what medals take."""

    lines: tuple[ScoreLine, ...]
    total: float
    medal: str
    marks: tuple[tuple[str, float], ...]
    most: float


@cache
def real_rover() -> RealRover:
    """Read real_rover.toml once."""
    return parse(window_table("real_rover"), RealRover, "data/real_rover.toml")


def real_way_m(sol: float) -> float:
    """Return how far the real rover had come by a sol, between bulletins in a straight line [m]."""
    before = real_rover().way[0]
    for point in real_rover().way:
        if sol <= point.sol:
            span = max(point.sol - before.sol, 1)
            part = min(max((sol - before.sol) / span, 0.0), 1.0)
            return before.odometer_m + (point.odometer_m - before.odometer_m) * part
        before = point
    return before.odometer_m


def columns(state: State) -> tuple[SolColumn, ...]:
    """Return what each finished sol was like."""
    return tuple(
        SolColumn(
            record.sol,
            record.dawn_charge_frac,
            record.meters.odometer_m,
            record.meters.home_bit / MBIT_BIT,
            record.tau,
            record.bound,
        )
        for record in state.mission.records
    )


def own_way(state: State) -> tuple[tuple[float, float], ...]:
    """Return sols with the way driven until their end [m]."""
    found = columns(state)
    totals = accumulate(column.way_m for column in found)
    return tuple((float(c.sol), total) for c, total in zip(found, totals, strict=True))


def shares(state: State) -> tuple[Share, ...]:
    """Return where the energy went since touchdown."""
    meters = state.rover.meters
    return (
        Share("Computer", "quiet", meters.base_j / WH_J),
        Share("Heaters", "heat", heater_j(meters) / WH_J),
        Share("Wheels", "drive", meters.drive_j / WH_J),
        Share("Radio", "radio", meters.radio_j / WH_J),
        Share("Instruments", "touch", instrument_j(meters) / WH_J),
    )


def standing(setup: Setup, state: State) -> Standing:
    """Return the score, part by part, and the medals."""
    score, spec = score_of(setup, state), setup.score
    lines = (
        ScoreLine("Science", score.science, spec.science_max),
        ScoreLine("Exploration", score.exploration, spec.exploration_max),
        ScoreLine("Air record", score.atmosphere, spec.atmosphere_max),
        ScoreLine("Operations", score.operations, spec.operations_max),
        ScoreLine("Survival", score.survival, spec.survival_max),
    )
    marks = (
        ("bronze", spec.bronze),
        ("silver", spec.bronze * spec.silver_factor),
        ("gold", spec.bronze * spec.gold_factor),
    )
    total = score.total()
    most = max(sum(line.most for line in lines), marks[-1][1])
    return Standing(lines, total, medal(spec, total), marks, most)


def best_pictures(state: State, count: int) -> tuple[Product, ...]:
    """Return the best pictures, those at home first, one of a place."""
    home = {p.number for p in state.rover.storage.home}
    found = [p for p in all_products(state) if is_picture(p)]
    ranked = sorted(found, key=lambda p: (p.number not in home, -p.value * p.quality, -p.number))
    chosen: list[Product] = []
    for product in ranked:
        is_new = all(abs(product.made_tick - one.made_tick) > 20_000 for one in chosen)
        if is_new and len(chosen) < count:
            chosen.append(product)
    return tuple(chosen)
