"""How big pictures become: about what a planner counts with, each a little different."""

import math
from dataclasses import replace
from statistics import NormalDist, fmean, pstdev

import pytest

from game.commands import ActivityKind
from game.rover.instruments import instrument_for, most_bit, size_bit
from game.rover.packing import PackingSpec, most_ratio, packing_ratio, ratio_at, ratio_sigma
from tests.rover.payload_cases import shipped_payload

TOOLS = shipped_payload().instruments
SPEC = TOOLS.packing
Kind = ActivityKind


def ratios(kind: ActivityKind, count: int = 4000) -> list[float]:
    return [packing_ratio(SPEC, 7, tick, kind) for tick in range(count)]


def test_pictures_of_one_camera_differ_by_a_fifth_either_way() -> None:
    # Kwan & Larkin 2019: two to three times without loss, 0.2 of the logarithm either way
    found = sorted(map(math.log, ratios(Kind.PICTURE)))
    low, high = found[int(0.05 * len(found))], found[int(0.95 * len(found))]
    assert (high - low) / 2.0 == pytest.approx(math.log(3.0 / 2.0) / 2.0, abs=0.06)


def test_on_the_average_they_are_as_big_as_counted_with() -> None:
    for kind in (Kind.PICTURE, Kind.PANORAMA, Kind.MULTISPECTRAL):
        found = ratios(kind)
        assert fmean(found) == pytest.approx(1.0, abs=0.01)
        assert pstdev(found) == pytest.approx(ratio_sigma(SPEC, kind), rel=0.06)


def test_a_wide_spread_of_sizes_leaves_their_mean_alone() -> None:
    # The mean of a lognormal law is exp(mu + sigma^2 / 2), so mu must be -sigma^2 / 2.
    every = [NormalDist().inv_cdf((at + 0.5) / 2000) for at in range(2000)]
    for sigma in (0.1, 0.5):
        assert fmean(ratio_at(sigma, luck) for luck in every) == pytest.approx(1.0, abs=0.003)


def test_a_ring_of_twelve_views_differs_less_than_one_view() -> None:
    assert ratio_sigma(SPEC, Kind.PANORAMA) < ratio_sigma(SPEC, Kind.PICTURE)
    assert ratio_sigma(SPEC, Kind.PANORAMA) > SPEC.scene_sigma  # they share the scene


def test_only_pictures_are_packed_to_a_quality() -> None:
    for kind in (Kind.SOIL, Kind.AIR, Kind.RADAR, Kind.CALIBRATE):
        assert packing_ratio(SPEC, 7, 5, kind) == 1.0


def test_memory_keeps_room_for_the_largest() -> None:
    tool = instrument_for(TOOLS, Kind.PICTURE)
    assert tool is not None
    usual_bit = size_bit(tool, tool.duration_s)
    assert max(ratios(Kind.PICTURE, 20_000)) <= most_ratio(SPEC, Kind.PICTURE)
    assert most_bit(TOOLS, tool, usual_bit) >= usual_bit * max(ratios(Kind.PICTURE))


def test_a_forecast_counts_with_mean_pictures() -> None:
    mean = replace(SPEC, is_mean=True)
    assert packing_ratio(mean, 7, 5, Kind.PICTURE) == 1.0
    assert most_ratio(mean, Kind.PICTURE) == most_ratio(SPEC, Kind.PICTURE)  # and with their room


def test_impossible_spreads_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        PackingSpec(2.0, 0.1, 3.0)
    with pytest.raises(ValueError, match="most_sigmas"):
        PackingSpec(0.1, 0.1, -1.0)
