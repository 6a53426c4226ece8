import numpy as np
import pytest

from game.environment.sky_optics import dust_colours, phase_function, shone_on, smooth_depth
from game.tools.sky_table import phase_moments


def test_the_split_off_peak_is_that_of_the_phase_function() -> None:
    assert [dust.peak for dust in dust_colours()] == pytest.approx([0.255, 0.295, 0.379], abs=1e-3)
    for channel, dust in enumerate(dust_colours()):
        assert 1.0 - float(phase_moments(channel, 1)[0]) == pytest.approx(dust.peak, abs=1e-12)
    # No peak is left: the moments fall so fast that those not kept are small.
    kept = phase_moments(2, 41)
    assert float(np.abs(kept[20:]).max()) < 0.02 * float(kept[0])


def test_the_phase_function_is_that_of_mie_theory() -> None:
    assert phase_function(0.0)[2] == pytest.approx(360.25, rel=1e-6)
    # Asymmetry .736, .760, .801; mean 1 over the sphere.
    angle = np.linspace(0.0, np.pi, 20_001) ** 2 / np.pi
    ring = phase_function(angle) * np.sin(angle)[:, None] / 2.0
    assert np.trapezoid(ring, angle, axis=0) == pytest.approx(np.ones(3), abs=2e-3)
    mean = np.trapezoid(ring * np.cos(angle)[:, None], angle, axis=0)
    assert mean == pytest.approx(np.array([0.736, 0.760, 0.801]), abs=2e-3)


def test_light_that_goes_straight_on_does_not_dim_the_view() -> None:
    for channel, dust in enumerate(dust_colours()):
        whole = 0.5 * dust.tau_ratio
        assert 0.5 * whole < smooth_depth(channel, 0.5) < whole
    lit = shone_on(np.array([0.02, 0.5, 1.0]), 0.5)
    assert lit.shape == (3, 3)
    assert np.all(np.diff(lit, axis=0) < 0.0)  # more of a long ray near the horizon ends on dust
    assert np.all((lit > 0.0) & (lit <= 1.0))
