"""The spread of a forecast, each uncertainty alone, against what its law says."""

from dataclasses import fields, replace

import numpy as np
import pytest

from game.mission.data_outlook import Memory
from game.mission.drive_outlook import Slowness, Trip, drive_ends
from game.mission.outlook import STEP_S, Errands, ForecastSpec, Nominal, Outcomes, bands
from game.units import SOL_S

MEMBERS = 200
COUNT = 1 + 2 * round(SOL_S / STEP_S)  # two sols
CAPACITY_J = 1e9
SURE = ForecastSpec(
    **{one.name: 1.0 if one.name.endswith("_s") else 0.0 for one in fields(ForecastSpec)}
    | {"members": MEMBERS, "storm_sols": 10.0}
)


def outcomes(spec: ForecastSpec, way_m: float = 0.0, made_w: float = 0.0) -> Outcomes:
    """Forecast two sols with a steady income and a steady drive."""
    tick = STEP_S * np.arange(COUNT)
    none, share = np.zeros(COUNT), np.linspace(0.0, 1.0, COUNT)
    nominal = Nominal(
        tick, 5e8 + none, made_w * tick, made_w * tick, none, none, none, 270.0 + none, none, none,
        1000.0 + way_m * share,
    )  # fmt: skip
    errands = Errands(
        Memory(np.zeros((MEMBERS, COUNT)), np.zeros(MEMBERS)), None, Slowness(*(0.0,) * 6)
    )
    grid = np.zeros((MEMBERS, COUNT))
    return bands(spec, nominal, grid, grid + 1.0, CAPACITY_J, errands).outcomes


def test_errors_of_a_way_that_know_nothing_of_each_other_add_up_in_squares() -> None:
    # 3 m where it stops and 4 % of 100 m on the way: 5 m.
    spec = replace(SURE, way_m=3.0, way_frac=0.04)
    assert np.std(outcomes(spec, way_m=100.0).way_m) == pytest.approx(5.0, rel=0.05)
    assert np.std(outcomes(SURE, way_m=100.0).way_m) == 0.0


def test_doubt_of_the_light_grows_as_the_root_of_time() -> None:
    # As of a random walk: 10 % of 100 W after a sol; over two sols the integral of root t,
    # 2/3 x 2^1.5 sols.
    charge_j = outcomes(replace(SURE, light_frac=0.1), made_w=100.0).charge_j
    assert np.std(charge_j) == pytest.approx(10.0 * SOL_S * 2.0 / 3.0 * 2.0**1.5, rel=0.05)


def test_a_lost_picture_is_taken_again_until_it_succeeds() -> None:
    # 4 checks of which every second try fails: 4 more on average, a geometric series, 60 s each.
    trip = Trip(0, 10_000, 99_999, 50.0, 0.0, 0.0, 4.0, 60.0, 0.0)
    slowness = Slowness(0.0, 0.0, lost_frac=0.5, again_frac=1.0, slow_s_m=0.0, other_s=0.0)
    luck = np.tile(np.linspace(-3.0, 3.0, 400), (5, 1))
    late_s = drive_ends(trip, slowness, luck, np.zeros(400)) - 10_000.0
    assert np.mean(late_s) == pytest.approx(4.0 * 60.0, rel=0.02)
