"""What a run ahead meets on its way: products, sendings, and the last drive, as they were."""

import numpy as np
import pytest

from game.ahead import Ahead
from game.forecast import forecast
from game.mission.chances import data_luck
from game.rover.looking import steady
from tests.ensembles import Case, case_of


@pytest.fixture(name="case", scope="module")
def _case() -> Case:
    return case_of(40_001)


@pytest.fixture(name="ahead", scope="module")
def _ahead(case: Case) -> Ahead:
    ahead = Ahead(case.setup, case.state, case.plan)
    ahead.run(case.dawn_tick)
    return ahead


def test_every_product_of_the_run_is_a_parcel(ahead: Ahead) -> None:
    storage, parcels = ahead.state.rover.storage, ahead.witness.parcels
    assert len(parcels) == storage.made_count
    assert sum(parcel.size_bit for parcel in parcels) == storage.made_bit
    uncertain = [parcel for parcel in parcels if parcel.sigma > 0.0]
    assert len(uncertain) == 4  # a picture, a panorama, and a thumbnail of each
    assert len({parcel.family for parcel in uncertain}) == 2


def test_the_sendings_carry_what_went_up(ahead: Ahead) -> None:
    passes, seconds, _ = data_luck(ahead.setup.forecast.members)
    sendings = ahead.witness.sendings((passes, seconds))
    expected = sum(float(sending.carried_bit[-1]) for sending in sendings)
    assert len(sendings) == 2  # noon and night
    assert 0 < ahead.state.rover.storage.sent_bit <= expected  # a queue may run empty
    for sending in sendings:
        members = sending.carried_bit[:-1]
        assert 0.0 < np.std(members) < 0.1 * expected
        assert np.mean(members) == pytest.approx(sending.carried_bit[-1], rel=0.01)


def test_the_trip_is_the_drive_as_it_went(case: Case, ahead: Ahead) -> None:
    trip = ahead.witness.trip
    assert trip is not None
    drive = next(one for one in case.plan if one.kind == "drive")
    assert trip.start_tick == drive.start_tick
    assert trip.limit_tick == drive.start_tick + drive.duration_s
    assert trip.way_m == pytest.approx(
        ahead.state.rover.mobility.odometer_m - case.state.rover.mobility.odometer_m
    )
    nav = case.setup.rover.mobility.navigation
    assert trip.checks_count == pytest.approx(trip.way_m / nav.check_m, abs=1.5)
    assert 0.3 < trip.looked_s / (trip.end_tick - trip.start_tick) < 0.9


def test_bands_hold_the_expected_run_and_are_as_wide_as_their_causes(case: Case) -> None:
    seen = forecast(case.setup, case.state, case.dawn_tick, case.plan)
    low, middle, high = seen.end_memory_bit
    # one panorama of some 90 Mbit with an eighth of spread: 2.56 standard deviations
    assert high - low == pytest.approx(2.56 * 0.123 * 90e6, rel=0.25)
    assert low < middle < high
    early, usual, late = seen.drive_end_tick
    assert 15.0 < late - early < 240.0
    assert early < usual < late
    assert seen.outcomes.memory_bit.shape == (case.setup.forecast.members,)


def test_a_run_ahead_looks_as_long_as_usual(ahead: Ahead) -> None:
    nav = ahead.blind.rover.mobility.navigation
    assert nav.look == steady(nav.look)
    assert ahead.blind.rover.instruments.packing.is_mean
