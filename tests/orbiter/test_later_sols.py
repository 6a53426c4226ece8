"""Sols beyond the tables: two ways to fly the same orbit must still agree."""

import math

import numpy as np
import pytest

from game.orbiter.relay import passes_of_sol
from tests.orbiter.cases import SITE, mission_s, shipped_orbiter
from tests.orbiter.test_perturbed import FREE, inertial_m

Body = tuple[float, float, float, float, float, float]
BODY = FREE.body
# The telemetry vector of 2021-06-03 (D. Estevez; environment dossier, section 7.2) [m, m/s].
VECTOR: Body = (
    -2_832_726.752566174, 6_922_515.816599001, 6_224_119.628636605,
    745.9924173952046, -1_927.312581410152, 412.4538742671529,
)  # fmt: skip
ORDERS = 8


def pull(y: Body) -> Body:
    """Speed, and acceleration by the planet and its bulge."""
    r2 = y[0] * y[0] + y[1] * y[1] + y[2] * y[2]
    pull_1_s2 = BODY.gm_m3_s2 / (r2 * math.sqrt(r2))
    bulge = 1.5 * BODY.j2 * BODY.equator_radius_m**2 / r2
    flat = pull_1_s2 * (1.0 + bulge * (1.0 - 5.0 * y[2] * y[2] / r2))
    tall = pull_1_s2 * (1.0 + bulge * (3.0 - 5.0 * y[2] * y[2] / r2))
    return (y[3], y[4], y[5], -flat * y[0], -flat * y[1], -tall * y[2])


def moved(y: Body, rates: Body, step_s: float) -> Body:
    a, b, c, d, e, f = (here + step_s * rate for here, rate in zip(y, rates, strict=True))
    return (a, b, c, d, e, f)


def extrapolated(y: Body, step_s: float) -> Body:
    """One step by Gragg, Bulirsch and Stoer: midpoints in ever finer parts, brought to the limit.

    J. Stoer, R. Bulirsch, "Introduction to Numerical Analysis", 3rd ed., 2002, sec. 7.2.14.
    """
    rows: list[list[np.ndarray]] = []
    for order in range(ORDERS):
        parts = 2 * (order + 1)
        part_s = step_s / parts
        before, here = y, moved(y, pull(y), part_s)
        for _ in range(parts - 1):
            before, here = here, moved(before, pull(here), 2.0 * part_s)
        smooth = (np.array(here) + np.array(moved(before, pull(here), part_s))) / 2.0
        row = [smooth]
        for back in range(order):
            ratio = ((order + 1) / (order - back)) ** 2 - 1.0
            row.append(row[-1] + (row[-1] - rows[-1][back]) / ratio)
        rows.append(row)
    a, b, c, d, e, f = rows[-1][-1].tolist()
    return (a, b, c, d, e, f)


def flown(y: Body, seconds: float) -> Body:
    """The state so many seconds later, in steps that follow the pull."""
    left_s = seconds
    while left_s > 0.0:
        free_1_s = math.sqrt(BODY.gm_m3_s2 / math.dist(y[:3], (0.0, 0.0, 0.0)) ** 3)
        step_s = min(left_s, 0.24 / free_1_s)
        y, left_s = extrapolated(y, step_s), left_s - step_s
    return y


def test_a_hundred_days_of_free_orbit_agree_with_another_integrator() -> None:
    # two models: Chebyshev panels of equinoctial elements against extrapolated midpoints in
    # rectangular coordinates, from the published vector itself; 30 m after 300 revolutions
    state, day = VECTOR, 0.0
    for later in (10.0, 40.0, 100.0):
        state, day = flown(state, 86_400.0 * (later - day)), later
        found = [float(part[0]) for part in inertial_m(np.array([86_400.0 * later]))]
        assert math.dist(found, state[:3]) < 30.0


@pytest.mark.parametrize("sol", [120, 200, 400])
def test_the_kept_orbit_comes_back_a_sidereal_day_later_on_any_sol(sol: int) -> None:
    # three turns a sidereal day: each pass has one like it 88,643 s later (88,642.66 s, IAU, and
    # the node's own drift), only the argument of periapsis has moved by half a degree
    orbiter = shipped_orbiter()
    day_s = 360.0 / (350.89198226 + 0.019685) * 86_400.0
    here = [p for near in (sol, sol + 1) for p in passes_of_sol(orbiter, SITE, near)]
    assert here
    for one in passes_of_sol(orbiter, SITE, sol):
        likeness = min(abs(other.culmination_s - one.culmination_s - day_s) for other in here)
        assert likeness < 400.0


def test_the_almanac_has_passes_to_the_end_of_the_orbiters_life() -> None:
    orbiter = shipped_orbiter()
    end_s = mission_s(orbiter.orbit.end_utc)
    last = [p for sol in range(655, 680) for p in passes_of_sol(orbiter, SITE, sol)]
    assert last
    assert end_s - 2 * 88_775.0 < max(p.rise_s for p in last) < end_s
