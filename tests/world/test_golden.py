"""Samples of one world. A changed recipe changes them: then levels and saves change, too."""

import numpy as np
import pytest

from tests.world.worlds import world

# level, column, row, height [m], cover [-]; seed 7, Utopia Planitia, x86-64, numpy 2.4
SAMPLES = (
    (0, 0, 0, -10.1598, -0.9),
    (0, -1000, 777, -14.6151, 2.5737),
    (0, 123456789, -987654321, 213.9121, 1.526),
    (-2, 133, -707, -9.8642, 0.5931),
    (-6, 41, -99, -10.2804, -0.9),
    (3, 512, 512, -21.7458, 1.7012),
    (6, -40, 25, -15.2825, 0.7676),
)


@pytest.mark.parametrize(("level", "i", "j", "height_m", "cover"), SAMPLES)
def test_the_ground_is_within_a_millimetre_of_the_sample(
    level: int, i: int, j: int, height_m: float, cover: float
) -> None:
    ground = world().ground(level, i, j, 1, 1)
    assert float(ground.height_m[0, 0]) == pytest.approx(height_m, abs=1e-3)
    assert float(ground.cover[0, 0]) == pytest.approx(cover, abs=1e-3)


def test_craters_and_rocks_lie_where_the_sample_says() -> None:
    craters = world().craters_in(0.0, 0.0, 1000.0, 1000.0, 60.0)
    found = np.column_stack([craters.x_m, craters.y_m, craters.diameter_m])
    assert found[1:3] == pytest.approx(
        np.array([(1245.09, 474.2, 190.96), (177.54, 707.68, 84.45)]), abs=0.01
    )
    rocks = world().rocks_in(0.0, 0.0, 40.0, 40.0, 0.5)
    found = np.column_stack([rocks.x_m, rocks.y_m, rocks.diameter_m])
    assert found[:2] == pytest.approx(
        np.array([(30.418, 1.145, 0.53), (36.552, 4.62, 0.612)]), abs=0.001
    )
