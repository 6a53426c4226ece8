from math import radians

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.environment.sky import (
    check_lit_albedo,
    irradiance,
    net_flux_frac,
    shaded_irradiance,
    sky_view_frac,
    tilted_irradiance_w_m2,
)
from game.units import Numeric

TOP_W_M2 = 493.3


@pytest.mark.parametrize(
    ("tau", "elevation_deg", "albedo", "published"),
    [(0.1, 90, 0.1, 0.883), (6.0, 5, 0.4, 0.054), (2.1, 35, 0.1, 0.399), (6.0, 5, 0.1, 0.069)],
)
def test_the_net_flux_is_that_of_the_1991_table(
    tau: float, elevation_deg: float, albedo: float, published: float
) -> None:
    # NASA TM-105216; the third is the cell whose misprint is mended.
    ours = net_flux_frac(tau, radians(elevation_deg), albedo)
    assert float(ours) == pytest.approx(published, abs=5e-4)


@given(st.floats(0.0, 11.0), st.floats(-90.0, 90.0), st.floats(0.0, 0.4))
def test_no_more_light_arrives_than_was_sent(tau: float, elevation: float, albedo: float) -> None:
    light = irradiance(TOP_W_M2, radians(elevation), tau, albedo)
    falling = TOP_W_M2 * max(0.0, np.sin(radians(elevation)))
    assert 0.0 <= float(light.beam_w_m2) <= TOP_W_M2
    assert float(light.diffuse_w_m2) >= 0.0
    assert float(light.global_w_m2) <= falling + 1e-9


def test_darker_ground_than_published_follows_the_series_of_reflections() -> None:
    # What goes to and fro between ground and dust: 1 / global falls along a line with the albedo.
    tau, elevation = np.meshgrid(np.linspace(0.0, 11.0, 56), np.radians(np.linspace(1, 90, 46)))
    low, high = (
        1.0 / np.asarray(irradiance(1.0, elevation, tau, albedo).global_w_m2)
        for albedo in (0.1, 0.4)
    )
    for albedo in (0.0, 0.05):
        series = 1.0 / (low + (albedo - 0.1) / 0.3 * (high - low))
        ours = np.asarray(irradiance(1.0, elevation, tau, albedo).global_w_m2)
        assert ours == pytest.approx(series, rel=0.015)


@pytest.mark.parametrize("albedo", [-0.01, 0.41, 0.9, 0.99, float("nan")])
def test_ground_brighter_than_published_is_refused(albedo: float) -> None:
    for refused in (
        lambda: irradiance(TOP_W_M2, 1.0, 0.4, albedo),
        lambda: net_flux_frac(0.4, 1.0, albedo),
        lambda: check_lit_albedo(albedo),
    ):
        with pytest.raises(ValueError, match=f"albedo must be from 0 to 0.4, .*, not {albedo}"):
            refused()


@pytest.mark.parametrize("top_w_m2", [-500.0, np.array([493.3, -1.0])])
def test_light_below_nothing_is_refused(top_w_m2: Numeric) -> None:
    with pytest.raises(ValueError, match="sunlight above the air must be zero or more, not -"):
        irradiance(top_w_m2, 1.0, 0.4, 0.25)


def test_night_gives_nothing() -> None:
    light = irradiance(TOP_W_M2, np.radians([-40.0, -0.1, 0.0]), 0.4, 0.25)
    assert np.all(np.asarray(light.global_w_m2) == 0.0)
    assert np.all(np.asarray(light.beam_w_m2) == 0.0)


def test_a_clear_sky_has_no_diffuse_light() -> None:
    light = irradiance(TOP_W_M2, radians(50), 0.0, 0.25)
    assert float(light.beam_w_m2) == pytest.approx(TOP_W_M2)
    assert float(light.diffuse_w_m2) == pytest.approx(0.0, abs=1e-9)


def test_beyond_the_table_light_keeps_falling_with_dust() -> None:
    tau = np.linspace(0.0, 11.0, 111)
    total = np.asarray(irradiance(TOP_W_M2, radians(60), tau, 0.25).global_w_m2)
    assert np.all(np.diff(total) <= 0.0)
    assert 5.0 < total[-1] < 100.0


@pytest.mark.parametrize("tau", [-0.1, float("nan")])
def test_an_impossible_sky_is_refused(tau: float) -> None:
    with pytest.raises(ValueError, match="optical depth"):
        irradiance(TOP_W_M2, 1.0, tau, 0.25)
    with pytest.raises(ValueError, match="albedo"):
        irradiance(TOP_W_M2, 1.0, 0.4, 1.0)


def test_a_level_plane_is_a_plane_with_no_tilt() -> None:
    sun = (radians(40), radians(110))
    light = irradiance(TOP_W_M2, sun[0], 0.5, 0.25)
    assert float(tilted_irradiance_w_m2(light, sun, 0.0, 2.0, 0.25)) == pytest.approx(
        float(light.global_w_m2)
    )


def test_a_plane_that_faces_the_sun_gets_the_whole_beam() -> None:
    sun = (radians(30), radians(110))
    light = irradiance(TOP_W_M2, sun[0], 0.5, 0.0)
    facing = float(tilted_irradiance_w_m2(light, sun, radians(60), sun[1], 0.0))
    away = float(tilted_irradiance_w_m2(light, sun, radians(60), sun[1] + np.pi, 0.0))
    assert facing - away == pytest.approx(float(light.beam_w_m2))


def test_a_flat_horizon_changes_nothing_and_a_wall_hides_the_sun() -> None:
    sun = (radians(20), radians(90))
    light = irradiance(TOP_W_M2, sun[0], 0.5, 0.25)
    flat = shaded_irradiance(light, sun, np.zeros(36), 0.25)
    assert float(flat.global_w_m2) == pytest.approx(float(light.global_w_m2))
    wall = np.where(np.abs(np.arange(36) * 10 - 90) < 30, radians(25), 0.0)
    behind = shaded_irradiance(light, sun, wall, 0.25)
    assert float(behind.beam_w_m2) == 0.0
    assert 0.0 < float(behind.global_w_m2) < float(light.diffuse_w_m2)
    assert sky_view_frac(np.full(8, radians(90))) == pytest.approx(0.0)
    assert sky_view_frac(np.full(8, radians(45))) == pytest.approx(0.5)
