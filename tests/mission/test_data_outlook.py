"""What may lie in memory, for queues small enough to count by hand."""

import math

import numpy as np
import pytest

from game.mission.data_outlook import Parcel, Sending, memory_outlook
from game.mission.drive_outlook import Slowness, Trip, counts, drive_ends

GRID = np.arange(0.0, 3001.0, 300.0)
ONE = np.zeros((4, 1))  # one member, as expected
HERE = -math.inf


def parcel(size: float, made: float = HERE, priority: int = 5, sigma: float = 0.0) -> Parcel:
    return Parcel(made, size, 0.0, priority, is_held=False, sigma=sigma, family=1)


def sending(start: int, end: int, *carried: float) -> Sending:
    return Sending(start, end, np.array(carried), max(carried) / (end - start))


def test_without_any_chance_nothing_differs() -> None:
    found = memory_outlook([parcel(100.0)], [sending(600, 900, 50.0, 50.0)], GRID, ONE, 20.0)
    assert not found.kept_bit.any()
    assert not found.waiting_bit.any()


def test_a_poor_pass_leaves_a_whole_product_in_memory() -> None:
    # expected: 120 of 150 go up, so the first of 100 is freed; the member carries only 90
    two = [parcel(100.0), parcel(50.0)]
    found = memory_outlook(two, [sending(600, 900, 90.0, 120.0)], GRID, ONE, 0.0)
    assert found.kept_bit[0, -1] == 100.0  # memory is freed by whole products
    assert found.waiting_bit[0] == 30.0
    assert not found.kept_bit[0, GRID <= 600].any()


def test_what_is_urgent_goes_first_whenever_it_was_made() -> None:
    late = [parcel(100.0), parcel(40.0, made=300.0, priority=8)]
    found = memory_outlook(late, [sending(600, 900, 40.0, 0.0)], GRID, ONE, 0.0)
    assert found.kept_bit[0, -1] == -40.0


def test_what_is_held_back_or_not_yet_made_does_not_go() -> None:
    held = parcel(30.0)._replace(is_held=True)
    coming = parcel(20.0, made=1200.0)
    found = memory_outlook([held, coming], [sending(600, 900, 500.0, 0.0)], GRID, ONE, 0.0)
    assert found.kept_bit[0, -1] == 0.0


def test_a_receipt_that_comes_too_late_is_taken_in_the_next_pass() -> None:
    passes = [sending(600, 900, 100.0, 0.0), sending(1800, 2100, 100.0, 0.0)]
    found = memory_outlook([parcel(99.0)], passes, GRID, ONE, 30.0)
    assert found.waiting_bit[0] == -99.0
    assert found.kept_bit[0, 4] == 0.0  # up, but not confirmed
    assert found.kept_bit[0, -1] == -99.0


def test_a_large_picture_takes_its_thumbnail_along() -> None:
    luck = np.array([[0.0], [2.0], [0.0], [0.0]])
    picture, small = parcel(100.0, 300.0, sigma=0.1), parcel(2.0, 300.0, sigma=0.1)
    found = memory_outlook([picture, small], [], GRID, luck, 0.0)
    assert found.kept_bit[0, -1] == pytest.approx(102.0 * (math.exp(0.2 - 0.005) - 1.0))
    assert found.kept_bit[0, 0] == 0.0  # not made yet


TRIP = Trip(1000, 2000, 3000, 14.0, 600.0, 40_000.0, 3.0, 120.0, 0.0)
CALM = Slowness(0.0, 0.0, 0.0, 0.25, 36.0, 0.0)
NO_LUCK = np.zeros((5, 1))


def test_a_drive_without_any_chance_ends_as_expected() -> None:
    assert drive_ends(TRIP, CALM, NO_LUCK, np.zeros(1)).tolist() == [2000.0]
    assert drive_ends(TRIP, CALM, NO_LUCK, np.array([0.5])).tolist() == [2018.0]


def test_a_drive_never_outlasts_its_time() -> None:
    luck = np.full((5, 1), 3.0)
    slow = CALM._replace(place_sigma=0.9)
    assert drive_ends(TRIP, slow, luck, np.zeros(1)).tolist() == [3000.0]


def test_rare_things_come_as_often_as_poisson_says() -> None:
    luck = np.random.default_rng(3).standard_normal(20_000)
    for mean in (0.0, 0.15, 2.0):
        found = counts(mean, luck)
        assert found.mean() == pytest.approx(mean, abs=0.01)
        assert np.mean(found == 0.0) == pytest.approx(math.exp(-mean), abs=0.001)
