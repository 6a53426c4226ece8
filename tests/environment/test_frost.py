import pytest

from game.environment.frost import carbon_frost_k, frost_point_k, humidity_frac, ice_pressure_pa


def test_ice_has_the_vapour_pressure_of_the_triple_point() -> None:
    # 611.657 Pa at 273.16 K; Murphy & Koop (2005).
    assert float(ice_pressure_pa(273.16)) == pytest.approx(611.66, rel=1e-4)
    assert float(ice_pressure_pa(200.0)) == pytest.approx(0.1626, rel=0.01)


def test_150_ppm_of_water_settle_below_about_198_k() -> None:
    assert float(frost_point_k(860.0, 150e-6)) == pytest.approx(198.5, abs=0.2)


def test_the_frost_point_is_where_the_air_is_saturated() -> None:
    for pressure_pa in (600.0, 900.0):
        point = frost_point_k(pressure_pa, 150e-6)
        assert float(humidity_frac(pressure_pa, point, 150e-6)) == pytest.approx(1.0, abs=1e-6)
    assert float(humidity_frac(860.0, 240.0, 150e-6)) < 0.01


def test_carbon_dioxide_freezes_near_148_k() -> None:
    assert float(carbon_frost_k(700.0)) == pytest.approx(148.5, abs=1.0)
