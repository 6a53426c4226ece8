"""Every quantity takes one number or many, and refuses what is none with a sentence."""

from collections.abc import Callable
from dataclasses import fields, replace
from math import inf, nan, radians
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from game.environment import (
    atmosphere,
    clock,
    dust,
    earth,
    frost,
    ground,
    julian,
    marstime,
    pressure,
    sky,
    sky_colour,
    sky_optics,
    storms,
    sun,
    vortices,
    wind,
)
from game.environment.expectation import Expected
from game.environment.nature import EnvironmentSpec, environment_spec, passing_whirls
from game.environment.places import map_elevation_m
from game.environment.series import STEPS, ground_start
from game.errors import ConfigError
from game.rules import load_rules, load_table
from game.tools.almanac import elevation_map
from game.units import Numeric

NATURE = environment_spec(load_table("mars"), 3)
AIR, DUST, WIND = NATURE.air, NATURE.dust, NATURE.wind
STORM = storms.StormSpec(storms.StormKind.REGIONAL, 12.5, 1.8, 2.5, 5.0, 12.0)
WHIRL = passing_whirls(NATURE, 40)[0]
LIGHT = sky.irradiance(493.0, 0.7, 0.5, 0.25)
Quantity = Callable[[Numeric], Numeric]

# One argument of every public quantity, with values in its range.
QUANTITIES: dict[str, tuple[Quantity, float, float]] = {
    "season": (lambda x: marstime.mars_orbit(x).ls_rad, 7000.0, 9000.0),
    "equation of time": (lambda x: marstime.mars_orbit(x).eot_rad, 7000.0, 9000.0),
    "Mars Sol Date": (marstime.mars_sol_date, 7000.0, 9000.0),
    "coordinated time": (marstime.coordinated_time_h, 7000.0, 9000.0),
    "mean time": (lambda x: marstime.mean_solar_time_h(x, 109.9), 7000.0, 9000.0),
    "true time": (lambda x: marstime.true_solar_time_h(x, 109.9), 7000.0, 9000.0),
    "height of the Sun": (lambda x: sun.elevation_azimuth_rad(0.4, x, 0.43)[0], -3.0, 3.0),
    "height by declination": (lambda x: sun.elevation_azimuth_rad(x, 0.2, 0.4)[0], -0.4, 0.4),
    "mean time by longitude": (lambda x: marstime.mean_solar_time_h(7500.0, x), -180.0, 360.0),
    "true time by longitude": (lambda x: marstime.true_solar_time_h(7500.0, x), -180.0, 360.0),
    "time of a tick": (lambda x: clock.tt_day(NATURE.site, x), 0.0, 9e5),
    "running sol": (lambda x: clock.sol_time_sol(NATURE.site, x), 0.0, 9e5),
    "sol of light": (lambda x: sun.sol_sun(NATURE.site, 5, x).up, 0.0, 1.0),
    "height by latitude": (lambda x: sun.elevation_azimuth_rad(0.4, 0.2, x)[0], -1.5, 1.5),
    "Sun at a tick": (lambda x: sun.sun_position_rad(NATURE.site, x)[1], 0.0, 9e5),
    "light above the air": (sun.top_irradiance_w_m2, 1.38, 1.67),
    "Earth's distance": (lambda x: earth.earth_sky(x, 25.0, 110.0).distance_au, 7000.0, 9000.0),
    "Earth's height": (lambda x: earth.earth_sky(x, 25.0, 110.0).elevation_rad, 7000.0, 9000.0),
    "Earth by latitude": (lambda x: earth.earth_sky(7500.0, x, 3.0).elevation_rad, -80.0, 80.0),
    "net flux": (lambda x: sky.net_flux_frac(x, 0.6, 0.25), 0.0, 11.0),
    "light by tau": (lambda x: sky.irradiance(493.0, 0.7, x, 0.25).global_w_m2, 0.0, 11.0),
    "light by height": (lambda x: sky.irradiance(493.0, x, 0.5, 0.25).diffuse_w_m2, -0.3, 1.5),
    "light by distance": (lambda x: sky.irradiance(x, 0.7, 0.5, 0.25).beam_w_m2, 400.0, 700.0),
    "net flux by height": (lambda x: sky.net_flux_frac(0.5, x, 0.25), -0.3, 1.5),
    "light on a slope by height": (
        lambda x: sky.tilted_irradiance_w_m2(LIGHT, (x, 1.0), 0.5, 2.0, 0.25),
        0.0,
        1.5,
    ),
    "light on a slope by azimuth": (
        lambda x: sky.tilted_irradiance_w_m2(LIGHT, (0.7, x), 0.5, 2.0, 0.25),
        0.0,
        6.2,
    ),
    "light behind a hill": (
        lambda x: sky.shaded_irradiance(LIGHT, (x, 1.0), np.full(8, 0.1), 0.25).global_w_m2,
        0.0,
        1.5,
    ),
    "light beside a hill": (
        lambda x: sky.shaded_irradiance(LIGHT, (0.7, x), np.full(8, 0.1), 0.25).global_w_m2,
        0.0,
        6.2,
    ),
    "light on a slope": (
        lambda x: sky.tilted_irradiance_w_m2(LIGHT, (0.7, 1.0), x, 2.0, 0.25),
        0.0,
        1.5,
    ),
    "usual dust": (lambda x: dust.usual_depth(DUST, (1.0, x)), 0.0, 24.0),
    "dust of the season": (lambda x: dust.season_tau(DUST, x), 0.0, 6.28),
    "settling by dust": (lambda x: dust.settling_rate_1_s(DUST, x, 30.0), 0.0, 11.0),
    "settling by sol": (lambda x: dust.settling_rate_1_s(DUST, 0.5, x), 1.0, 200.0),
    "storm": (lambda x: storms.storm_tau(STORM, x), 1.0, 60.0),
    "pressure by season": (lambda x: pressure.mean_pressure_pa(x, -4099.0), 0.0, 6.28),
    "pressure by height": (lambda x: pressure.mean_pressure_pa(0.8, x), -8000.0, 2e4),
    "tide": (pressure.tide_frac, 0.0, 24.0),
    "detail of the tide": (lambda x: pressure.tide_detail_frac(x, 1.2), 0.0, 24.0),
    "detail of the tide by season": (lambda x: pressure.tide_detail_frac(9.0, x), 0.0, 6.2),
    "tide by its size": (lambda x: pressure.tide_frac(9.0, x, 1.0), 0.0, 2.0),
    "tide by latitude": (lambda x: pressure.tide_day_growth(x, 3.72), -1.5, 1.5),
    "tide by dust": (lambda x: pressure.half_day_growth(x, 0.6), 0.0, 11.0),
    "density": (lambda x: atmosphere.density_kg_m3(860.0, x, 191.0), 150.0, 280.0),
    "density by pressure": (lambda x: atmosphere.density_kg_m3(x, 220.0, 191.0), 0.0, 1100.0),
    "speed of sound": (lambda x: atmosphere.sound_speed_m_s(x, 191.0, 1.29), 150.0, 280.0),
    "ice": (frost.ice_pressure_pa, 150.0, 270.0),
    "humidity": (lambda x: frost.humidity_frac(860.0, x, 150e-6), 150.0, 270.0),
    "humidity by pressure": (lambda x: frost.humidity_frac(x, 200.0, 150e-6), 1.0, 1100.0),
    "frost point": (lambda x: frost.frost_point_k(x, 150e-6), 300.0, 1100.0),
    "dry ice": (frost.carbon_frost_k, 300.0, 1100.0),
    "sky radiation": (lambda x: atmosphere.downward_longwave_w_m2(AIR, x, 13.0), 0.0, 11.0),
    "sky radiation by hour": (
        lambda x: atmosphere.downward_longwave_w_m2(AIR, 0.4, x),
        0.0,
        24.0,
    ),
    "wind": (lambda x: wind.mean_wind_m_s(WIND, x), 0.0, 24.0),
    "gust": (lambda x: wind.gust_m_s(WIND, x), 0.0, 17.0),
    "wind in a storm": (lambda x: wind.mean_wind_m_s(WIND, 12.0, x), 0.0, 9.0),
    "midnight": (lambda x: clock.midnight_s(NATURE.site, x), 1.0, 90.0),  # type: ignore[arg-type]
    "sky colour": (lambda x: sky_colour.sky_rgb(x, 0.4, 0.6, 0.5)[..., 1], -0.1, 1.5),
    "scattering": (lambda x: sky_optics.phase_function(x)[..., 2], 0.0, 3.1),
}


def values(name: str) -> tuple[Quantity, NDArray[np.float64]]:
    quantity, low, high = QUANTITIES[name]
    return quantity, np.linspace(low, high, 9)


@pytest.mark.parametrize("name", QUANTITIES)
def test_one_number_and_many_give_the_same(name: str) -> None:
    quantity, many = values(name)
    answers = np.asarray(quantity(many))
    assert answers.shape == many.shape
    assert np.all(np.isfinite(answers))
    for value, answer in zip(many.tolist(), answers.tolist(), strict=True):
        assert float(quantity(value)) == pytest.approx(answer, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", QUANTITIES)
def test_what_is_no_number_is_refused_alone_and_among_others(name: str) -> None:
    quantity, many = values(name)
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        quantity(nan)
    many[4] = nan
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        quantity(many)


@pytest.mark.parametrize(
    "name", ["net flux", "light by tau", "settling by dust", "tide by dust", "sky radiation"]
)
def test_negative_dust_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match="tau, the optical depth, must be zero or more"):
        values(name)[0](-0.01)


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    for refused in (
        lambda: atmosphere.sound_speed_m_s(-5.0, 191.0, 1.29),
        lambda: frost.ice_pressure_pa(0.0),
        lambda: pressure.mean_pressure_pa(1.0, -1e6),
        lambda: sky.irradiance(500.0, 0.5, -1e9, 0.25),
        lambda: sky.irradiance(500.0, 0.5, 1e9, 0.25),
        lambda: sky_colour.sky_rgb(3.2, 0.0, 0.5, 0.4),
        lambda: frost.carbon_frost_k(-1.0),
        lambda: frost.frost_point_k(0.0, 150e-6),
        lambda: sun.top_irradiance_w_m2(0.0),
        lambda: sky.net_flux_frac(0.4, 0.5, 1.0),
        lambda: sky.tilted_irradiance_w_m2(LIGHT, (0.7, 1.0), 0.5, 2.0, nan),
        lambda: sky.shaded_irradiance(LIGHT, (0.7, 1.0), np.full(8, 0.1), -0.1),
        lambda: dust.constant_dust(DUST, inf),
        lambda: clock.lmst_h(NATURE.site, nan),
        lambda: clock.tick_at(NATURE.site, nan, 3.0),  # type: ignore[arg-type]
        lambda: vortices.pressure_dip_pa(WHIRL, nan),
        lambda: vortices.vortex_place_m(WHIRL, inf),
        lambda: ground.depth_k(NATURE.ground, ground_start(NATURE, 1), STEPS, nan),
        lambda: ground.depth_k(NATURE.ground, ground_start(NATURE, 1), STEPS, -1.0),
        lambda: clock.tick_at(NATURE.site, 3, inf),
        lambda: julian.utc_text(nan),
        lambda: earth.light_time_s(NATURE.site, inf),
        lambda: marstime.mars_orbit(np.array([7500.0, 9e9])),
    ):
        with pytest.raises(ValueError, match=r"\w+ \w+ \w+ \w+"):
            refused()


RECORDS = (
    *(STORM, DUST, DUST.climate[0], DUST.cleaning, DUST.skill, AIR, WIND, NATURE.vortex),
    *(NATURE.ground, Expected(0, 1.0, 0.2, 10.0)),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_no_number_of_a_record_may_be_none(record: Any) -> None:
    numbers = 0
    for field in fields(record):
        value = getattr(record, field.name)
        is_row = isinstance(value, tuple) and value and isinstance(value[0], float)
        for bad in (nan, inf):
            if is_row or isinstance(value, float):
                numbers += 1
                over = (*value[:-1], bad) if is_row else bad
                with pytest.raises(ValueError, match=f"{field.name} must be a finite number"):
                    replace(record, **{field.name: over})
    assert numbers


def test_the_least_dust_is_no_more_than_the_most() -> None:
    with pytest.raises(ValueError, match="least_tau must be at most most_tau, not 20 with 11"):
        replace(DUST, least_tau=20.0)
    with pytest.raises(ConfigError, match=r"mars\.toml\.dust: least_tau must be at most most_tau"):
        load_rules({"mars": {"dust": {"least_tau": 20.0}}}).environment(7)
    assert replace(DUST, least_tau=DUST.most_tau).least_tau == DUST.most_tau


def test_text_in_place_of_a_number_is_refused_with_a_sentence() -> None:
    text: Any = "abc"
    for refused in (
        lambda: marstime.mars_orbit(text),
        lambda: sky.net_flux_frac(text, 0.5, 0.25),
        lambda: pressure.mean_pressure_pa(text, -4000.0),
        lambda: sun.elevation_azimuth_rad(0.4, 0.1, text),
        lambda: clock.lmst_h(NATURE.site, text),
    ):
        with pytest.raises(ValueError, match="must be a number, not 'abc'"):
            refused()


def test_places_beyond_the_poles_are_refused(nature: EnvironmentSpec) -> None:
    for refused in (
        lambda: sun.elevation_azimuth_rad(0.4, 0.1, radians(90.5)),
        lambda: earth.earth_sky(7500.0, -91.0, 0.0),
        lambda: map_elevation_m(elevation_map(), 90.5, 0.0),
    ):
        with pytest.raises(ValueError, match="latitude must be from -90 to 90"):
            refused()
    with pytest.raises(ValueError, match="finite"):
        map_elevation_m(elevation_map(), 10.0, nan)
    assert nature.site.latitude_deg < 90.0
