"""The magnetic field of the ground against the published survey."""

import math
from statistics import fmean, pstdev

import pytest

from game.science.magnetism import WEAK, field_nt, stop_of
from game.science.reading import field_signs
from game.science.samples import signs_at
from tests.rover.test_fluxgate import stop
from tests.science.cases import shipped_science

SPEC = shipped_science()
PLACES = [(61.0 * i, 61.0 * j) for i in range(60) for j in range(60)]


def level_nt(place: tuple[float, float], hour: float = 0.0) -> float:
    east, north, _ = field_nt(SPEC, 7, place, hour)
    daily = SPEC.magnetism.daily_nt
    turn = math.tau * hour / 24.0
    return math.hypot(east - daily * math.sin(turn), north - daily * math.cos(turn))


def test_weak_ground_is_as_weak_as_the_real_rover_found_it() -> None:
    # Du et al. (2023), Nature Astronomy 7: 16 stops, level field 11.2 +- 10.9 nT
    weak = [level_nt(place) for place in PLACES if WEAK in signs_at(SPEC, 7, *place)]
    assert fmean(weak) == pytest.approx(11.2, rel=0.1)
    assert pstdev(weak) == pytest.approx(10.9, rel=0.15)


def test_other_ground_is_what_orbit_promises() -> None:
    # the same: about 80 nT expected from orbit
    strong = [level_nt(place) for place in PLACES if WEAK not in signs_at(SPEC, 7, *place)]
    assert len(strong) > 100
    assert min(strong) >= 80.0


def test_the_field_swings_with_the_hour_and_not_with_the_step() -> None:
    here = (10.0, -30.0)
    fields = [field_nt(SPEC, 7, here, hour) for hour in range(25)]
    east = [one[0] for one in fields]
    assert max(east) - min(east) == pytest.approx(2.0 * SPEC.magnetism.daily_nt, rel=0.02)
    assert fields[0] == pytest.approx(fields[24])
    assert field_nt(SPEC, 7, (12.0, -31.0), 5.0) == fields[5]  # the same stop
    assert field_nt(SPEC, 8, here, 5.0) != fields[5]


def test_the_field_points_up_as_often_as_down_and_never_steeply() -> None:
    # A crust magnetised in any direction has no side it prefers: even dips, up to half a right
    # angle (design) either way; the mean of 600 of them scatters by a degree.
    dips_deg = [
        math.degrees(math.atan2(field_nt(SPEC, 7, place, 0.0)[2], level_nt(place)))
        for place in PLACES[::6]
    ]
    assert fmean(dips_deg) == pytest.approx(0.0, abs=3.5)
    assert pstdev(dips_deg) == pytest.approx(90.0 / math.sqrt(12.0), rel=0.06)
    assert -45.0 <= min(dips_deg) < -43.0
    assert 43.0 < max(dips_deg) <= 45.0


def test_a_stop_says_whether_the_ground_is_weak_once_the_rovers_own_field_is_out() -> None:
    turned, single = stop(0, (0.0, 120.0, 240.0)), stop(0, (0.0,))
    assert field_signs(SPEC.reading, turned)[WEAK] == (True, 1.0)
    assert field_signs(SPEC.reading, single)[WEAK][1] == 0.0  # decides nothing


def test_direction_runs_from_north_over_east() -> None:
    assert stop_of(1.0, 0.0, 1.0).azimuth_rad == pytest.approx(math.pi / 2.0)
    assert stop_of(3.0, 4.0, 1.0).level_nt == 5.0
