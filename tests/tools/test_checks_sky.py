import numpy as np
import pytest

from game.tools.checks_sky import (
    COLOURS,
    colour_difference,
    lab,
    scatter_rows_seen,
    scatter_worst,
    shown_difference,
    sky_colours_most,
    sky_rows_seen,
    sky_worst,
    sunset_scatter_worst,
    sunset_worst,
)


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_is_that_of_its_standard(
    first: tuple[float, ...], second: tuple[float, ...], published: float
) -> None:
    # Sharma, Wu & Dalal (2005), table 1; four decimals are printed.
    ours = float(colour_difference(np.array(first), np.array(second)))
    assert ours == pytest.approx(published, abs=1e-4)
    assert float(colour_difference(np.array(second), np.array(first))) == pytest.approx(ours)


def test_white_is_white() -> None:
    assert lab(np.ones(3)) == pytest.approx([100.0, 0.0, 0.0], abs=0.02)
    assert float(shown_difference(np.ones(3), np.ones(3))) == 0.0


def test_a_difference_of_brightness_alone_is_seen_too() -> None:
    grey = np.full((2, 3), 0.3)
    gaps = shown_difference(grey * np.array([[1.0], [1.2]]), grey)
    assert gaps[0] == 0.0
    assert 4.0 < gaps[1] < 8.0


def test_the_worst_rows_are_told_beside_what_scatter_alone_makes() -> None:
    # 282 rows: more than one in twenty are seen apart, so the worst is beyond nineteen in twenty.
    assert sky_worst() > sky_colours_most() > 2.3
    assert 282 / 20 < sky_rows_seen() <= scatter_rows_seen()
    assert sky_worst() < 1.5 * scatter_worst()
    assert sunset_worst() < 1.5 * sunset_scatter_worst()
    names = [check.name for check in COLOURS]
    assert names.index("worst row by scatter alone") == names.index("sky colours, worst row") + 1
    assert "sunset colours, worst row" in names
