"""How long looks and checks of a drive take: usual on the average, none like the other."""

from dataclasses import replace
from statistics import fmean, pstdev

import pytest

from game.commands import Navigation
from game.rover.gear import Where
from game.rover.guiding import pace_of
from game.rover.local_map import LookSpec
from game.rover.looking import checking_s, looking_s, repeats, steady
from tests.rover.machines import Plane
from tests.rover.trips import HERE, SPEC

NAV = SPEC.navigation
PACE = pace_of(NAV, Navigation.AUTONOMOUS)
GROUND = Plane()


def checks(look: LookSpec, count: int = 4000) -> list[float]:
    """Checks at as many places."""
    return [
        checking_s(look, PACE, replace(HERE, x_m=9.0 * at), Where(GROUND, 7, 60 * at))
        for at in range(count)
    ]


def test_on_the_average_a_check_takes_its_time_and_what_is_taken_again() -> None:
    usual_s = PACE.check_s * (1.0 + repeats(NAV.look, PACE))
    assert fmean(checks(NAV.look)) == pytest.approx(usual_s, rel=0.005)


def test_pictures_match_as_often_as_those_of_real_rovers() -> None:
    # Maimone, Cheng, Matthies 2007: 97 of 100 (Spirit), 95 of 100 (Opportunity)
    plain = replace(NAV.look, place_sigma=0.0, look_sigma=0.0)
    done = [seconds == PACE.check_s for seconds in checks(plain)]
    assert 0.95 <= fmean(done) <= 0.97


def test_places_share_a_part_of_the_time_and_single_looks_the_rest() -> None:
    one_place = [looking_s(NAV.look, PACE, HERE, Where(GROUND, 7, tick)) for tick in range(3000)]
    rest = pstdev(one_place) / fmean(one_place)
    assert rest == pytest.approx(NAV.look.look_sigma, rel=0.15)  # whole seconds of nine
    alone = replace(NAV.look, look_sigma=0.0, lost_frac=0.0)
    assert len(set(checks(alone, 300))) > 8
    here = {checking_s(alone, PACE, HERE, Where(GROUND, 7, tick)) for tick in range(50)}
    assert len(here) == 1


def test_without_chance_everything_takes_its_usual_time() -> None:
    assert set(checks(steady(NAV.look), 200)) == {PACE.check_s}


def test_wheels_that_count_alone_take_no_picture_again() -> None:
    assert repeats(NAV.look, pace_of(NAV, Navigation.BLIND)) == 0.0


def test_impossible_spreads_are_refused() -> None:
    with pytest.raises(ValueError, match="place_sigma"):
        replace(NAV.look, place_sigma=-0.1)
    with pytest.raises(ValueError, match="lost_frac"):
        replace(NAV.look, lost_frac=0.9)
    with pytest.raises(ValueError, match="place_m"):
        replace(NAV.look, place_m=0.0)
