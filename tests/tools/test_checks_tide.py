import numpy as np

from game.tools.checks_tide import (
    insight_tide_beyond,
    insight_tide_rms_sigma,
    insight_tide_sigmas,
    insight_tide_worst_sigma,
)


def test_every_two_hour_mean_counts_and_the_worst_is_told() -> None:
    gaps = insight_tide_sigmas()
    assert gaps.shape == (36,)
    assert insight_tide_worst_sigma() == np.max(np.abs(gaps)) > insight_tide_rms_sigma()
    assert insight_tide_beyond() == sum(abs(gap) > 1.0 for gap in gaps.tolist())
