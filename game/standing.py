"""What a state has to show for itself: the facts that points are counted from."""

import math

from game.detours import told_finds
from game.environment.clock import lmst_h, sol_of
from game.mission.chart import charted_m2
from game.mission.scoring import ScoreFacts, repeated_value
from game.rover.modes import Mode
from game.rover.records import AirSample, SoilSample
from game.rover.storage import Product
from game.state import Setup, State
from game.units import MBIT_BIT

NOVEL_M = 20.0  # samples of one material this close together tell much the same


def score_facts(setup: Setup, state: State) -> ScoreFacts:
    """Collect what the score is counted from."""
    home = state.rover.storage.home
    weather = [p for p in home if isinstance(p.record, AirSample)]
    records = state.mission.records
    floor = setup.mission.floor_frac
    dawns = [record.dawn_charge_frac >= floor for record in records]
    site = setup.site
    return ScoreFacts(
        science_value=repeated_value(tuple((_novelty(product), product.value) for product in home)),
        odometer_m=state.rover.mobility.odometer_m,
        goals_frac=_goals_frac(setup, state),
        charted_m2=charted_m2(setup.chart, state.chart),
        air_sols_count=len({sol_of(site, p.made_tick) for p in weather}),
        air_hours_count=len(_hours(setup, tuple(weather_spans(state)))),
        home_mbit=state.rover.storage.home_bit / MBIT_BIT,
        margin_frac=sum(dawns) / len(dawns) if dawns else 0.0,
        sols_count=0 if state.rover.mode is Mode.LOST else len(records),
        mission_sols=setup.mission.sols,
    )


def _goals_frac(setup: Setup, state: State) -> float:
    """Return the share of all goals that has been reached, each by its points, and finds [-]."""
    met = {name for name, _ in state.mission.met}
    goals = setup.mission.objectives
    all_points = math.fsum(goal.points for goal in goals) or setup.score.goalless_points
    finds_count = len(told_finds(setup, state.rover.storage.home))
    points = [goal.points for goal in goals if goal.name in met]
    return min(1.0, math.fsum((*points, setup.score.find_points * finds_count)) / all_points)


def _novelty(product: Product) -> str:
    """Return what a product is a repeat of: same kind, same material, same square of ground."""
    material = product.record.material if isinstance(product.record, SoilSample) else ""
    column, row = math.floor(product.x_m / NOVEL_M), math.floor(product.y_m / NOVEL_M)
    return f"{product.kind} {material} {column} {row}"


def weather_spans(state: State) -> list[tuple[int, int]]:
    """Return start and end of every weather record at home [s of mission time]."""
    return [
        (p.made_tick - p.record.duration_s, p.made_tick)
        for p in state.rover.storage.home
        if isinstance(p.record, AirSample)
    ]


def _hours(setup: Setup, spans: tuple[tuple[int, int], ...]) -> set[int]:
    hours: set[int] = set()
    for start, end in spans:
        first = int(lmst_h(setup.site, start))
        count = max(1, round((end - start) / 3700.0))
        hours |= {(first + more) % 24 for more in range(count)}
    return hours
