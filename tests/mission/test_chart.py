import math

import numpy as np
import pytest

from game.mission.chart import (
    PASSED,
    SEEN,
    ChartSpec,
    charted_disc,
    charted_m2,
    charted_ring,
    charted_wedge,
    empty_chart,
    is_charted,
    seen_reach_m,
)

SPEC = ChartSpec(2.0, 100.0, 10.0, -20.0, 8.0, 32.0, 46.0)


def test_a_fresh_chart_is_empty_and_cannot_be_written() -> None:
    chart = empty_chart(SPEC)
    assert chart.shape == (100, 100)
    assert charted_m2(SPEC, chart) == 0.0
    with pytest.raises(ValueError, match="read-only"):
        chart[0, 0] = 1


def test_areas_are_those_of_disc_ring_and_wedge() -> None:
    chart = empty_chart(SPEC)
    disc = charted_m2(SPEC, charted_disc(SPEC, chart, 10.0, -20.0))
    ring = charted_m2(SPEC, charted_ring(SPEC, chart, 10.0, -20.0))
    wedge = charted_m2(SPEC, charted_wedge(SPEC, chart, 10.0, -20.0, 1.0))
    assert disc == pytest.approx(math.pi * 8.0**2, rel=0.1)
    assert ring == pytest.approx(math.pi * 32.0**2, rel=0.02)
    assert wedge == pytest.approx(ring * 46.0 / 360.0, rel=0.05)


def test_a_wedge_looks_clockwise_from_north() -> None:
    chart = charted_wedge(SPEC, empty_chart(SPEC), 10.0, -20.0, math.pi / 2.0)
    assert is_charted(SPEC, chart, 30.0, -20.0)
    assert not is_charted(SPEC, chart, -10.0, -20.0)
    assert not is_charted(SPEC, chart, 10.0, 0.0)


def test_a_wedge_across_south_has_no_seam() -> None:
    chart = charted_wedge(SPEC, empty_chart(SPEC), 10.0, -20.0, math.pi)
    assert is_charted(SPEC, chart, 8.0, -45.0)
    assert is_charted(SPEC, chart, 12.0, -45.0)


def test_known_ground_gives_back_the_same_chart() -> None:
    chart = charted_disc(SPEC, empty_chart(SPEC), 0.0, 0.0)
    assert charted_disc(SPEC, chart, 0.0, 0.0) is chart
    seen = charted_ring(SPEC, chart, 0.0, 0.0)
    assert seen[60, 45] == PASSED  # the cell of (0, 0) in a chart around (10, -20)
    assert set(np.unique(seen)) == {0, SEEN, PASSED}


def test_the_edge_and_beyond_are_nothing_special() -> None:
    chart = empty_chart(SPEC)
    assert charted_disc(SPEC, chart, 1000.0, 1000.0) is chart
    edge = charted_disc(SPEC, chart, 109.0, 79.0)
    assert 0.0 < charted_m2(SPEC, edge) < math.pi * 8.0**2 / 2.0
    assert not is_charted(SPEC, edge, 1e6, 0.0)


def test_a_chart_too_large_to_copy_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 1024 cells"):
        ChartSpec(0.01, 100.0, 0.0, 0.0, 8.0, 32.0, 46.0)


def test_the_way_over_known_ground_ends_where_nobody_has_looked() -> None:
    chart = charted_disc(SPEC, empty_chart(SPEC), 0.0, 0.0)
    chart = charted_wedge(SPEC, chart, 0.0, 0.0, 0.0)
    reach = seen_reach_m(SPEC, chart, (0.0, 0.0), (0.0, 100.0))
    assert SPEC.far_m - 2 * SPEC.cell_m <= reach <= SPEC.far_m + SPEC.cell_m
    assert seen_reach_m(SPEC, chart, (0.0, 0.0), (0.0, 2.0)) == 2.0
