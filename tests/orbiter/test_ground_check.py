"""Free orbits that the bulge draws below ground are found, with the lowest point and its moment."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from game.cli import main
from game.environment import julian
from game.errors import LevelError
from game.levels.load import load_level
from game.orbiter.ground_check import flight_problem, lowest
from game.orbiter.orbit import OrbitModel, OrbitSpec
from tests.orbiter.cases import SITE, shipped_orbiter

BODY = shipped_orbiter().body
LANDED_S = julian.tai_s(SITE.epoch_utc)
FILE = """[orbiter]
model = "integrated"
epoch_utc = "2021-05-15T00:00:00Z"
semi_major_axis_m = {size_m}
eccentricity = {shape}
inclination_deg = 88.9
ascending_node_deg = 0.0
periapsis_argument_deg = 0.0
mean_anomaly_deg = 0.0
"""


def free(size_m: float, shape: float, tilt_deg: float = 88.9, epoch: str = "") -> OrbitSpec:
    return OrbitSpec(
        OrbitModel.INTEGRATED, epoch or "2021-05-15T00:00:00Z", size_m, shape, tilt_deg, 0, 0, 0
    )


def by_runge_kutta(orbit: OrbitSpec, seconds: int) -> tuple[float, float]:
    """Least height over the ellipsoid and its moment, in plain steps of two seconds.

    Pull of the bulge: D. A. Vallado, "Fundamentals of Astrodynamics and Applications", 4th ed.,
    2013, eq. 8-30. The orbit starts at periapsis on the equator.
    """
    gm, wide, tall = BODY.gm_m3_s2, BODY.equator_radius_m, BODY.polar_radius_m
    tilt = math.radians(orbit.inclination_deg)
    r0 = orbit.semi_major_axis_m * (1.0 - orbit.eccentricity)
    v0 = math.sqrt(gm * (1.0 + orbit.eccentricity) / r0)
    state = np.array([r0, 0.0, 0.0, 0.0, v0 * math.cos(tilt), v0 * math.sin(tilt)])

    def slope(now: NDArray[np.float64]) -> NDArray[np.float64]:
        place = now[:3]
        r = math.sqrt(float(place @ place))
        five = 5.0 * float(now[2] / r) ** 2
        bulge = 1.5 * BODY.j2 * (wide / r) ** 2
        shape = 1.0 + bulge * (np.array([1.0, 1.0, 3.0]) - five)
        return np.concatenate([now[3:], -gm / r**3 * place * shape])

    least, when, h = math.inf, 0.0, 2.0
    for step in range(int(seconds / h) + 1):
        r = float(np.linalg.norm(state[:3]))
        sine = float(state[2]) / r
        ground = wide * tall / math.sqrt(tall**2 * (1.0 - sine**2) + wide**2 * sine**2)
        if r - ground < least:
            least, when = r - ground, step * h
        a = slope(state)
        b = slope(state + h / 2.0 * a)
        c = slope(state + h / 2.0 * b)
        d = slope(state + h * c)
        state = state + h / 6.0 * (a + 2.0 * b + 2.0 * c + d)
    return least, when


@pytest.mark.parametrize(
    ("size_m", "shape", "tilt_deg"),
    [(3_396_400.0, 0.0, 88.9), (3_396_400.0, 0.0, 0.0), (4_000_000.0, 0.14, 60.0)],
)
def test_the_lowest_point_is_that_of_another_integration(
    size_m: float, shape: float, tilt_deg: float
) -> None:
    orbit = free(size_m, shape, tilt_deg)
    height_m, moment_s = lowest(BODY, orbit, (0.0, 14_000.0))
    expected_m, expected_s = by_runge_kutta(orbit, 14_000)
    assert height_m == pytest.approx(expected_m, abs=10.0)
    if tilt_deg == 88.9:  # others are as low again and again
        assert moment_s == pytest.approx(expected_s, abs=10.0)


def test_a_low_circle_that_the_bulge_draws_down_is_refused_with_height_and_moment() -> None:
    orbit = free(3_396_400.0, 0.0)
    problem = flight_problem(BODY, orbit, LANDED_S, 90)
    assert problem is not None
    key, words = problem
    height_m, moment_s = lowest(
        BODY, orbit, (LANDED_S - julian.tai_s(orbit.epoch_utc), 90 * 88_775.0)
    )
    assert key == "semi_major_axis_m"
    assert f"it is {-height_m / 1000.0:.1f} km below" in words
    assert julian.utc_text(julian.tai_s(orbit.epoch_utc) + moment_s)[:16] in words
    assert flight_problem(BODY, free(3_500_000.0, 0.0), LANDED_S, 90) is None
    kept = replace(orbit, model=OrbitModel.STATION_KEPT, mean_anomaly_rate_deg_day=1.0)
    assert flight_problem(BODY, kept, LANDED_S, 90) is None  # its shape is told by its elements


def test_only_what_is_flown_counts() -> None:
    """An orbit may come down after the mission, or be none before `start_utc`."""
    # Lowest over a pole, where the ground is twenty kilometres lower; later not over it.
    falling = replace(free(4_550_000.0, 0.256), periapsis_argument_deg=90.0)
    assert lowest(BODY, falling, (0.0, 5 * 88_775.0))[0] > 0.0
    assert lowest(BODY, falling, (0.0, 20 * 88_775.0))[0] < 0.0
    assert flight_problem(BODY, falling, LANDED_S, 5) is None
    ends = replace(falling, end_utc="2021-05-19T00:00:00Z")
    assert flight_problem(BODY, falling, LANDED_S, 20) is not None
    assert flight_problem(BODY, ends, LANDED_S, 20) is None
    late = replace(falling, start_utc="2021-09-01T00:00:00Z")
    assert flight_problem(BODY, late, LANDED_S, 20) is None


def test_a_mission_and_the_almanac_tell_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FILE.format(size_m=3_396_400.0, shape=0.0)
    orbit = tmp_path / "low.toml"
    orbit.write_text(text, encoding="utf-8")
    assert main(["almanac", "--sol", "2", "--orbit", str(orbit)]) == 2
    told = capsys.readouterr().err
    assert f"{orbit}: line 4: semi_major_axis_m: the orbit runs below ground along" in told
    mission = tmp_path / "mission.toml"
    mission.write_text(f'schema = 1\ntitle = "x"\nsols = 20\n\n{text}', encoding="utf-8")
    with pytest.raises(LevelError, match=r"line 8: .*semi_major_axis_m: the orbit runs below"):
        load_level(mission)
    orbit.write_text(FILE.format(size_m=3_600_000.0, shape=0.0), encoding="utf-8")
    assert main(["almanac", "--sol", "2", "--orbit", str(orbit), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["passes"]
