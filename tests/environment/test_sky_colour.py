from math import radians

import numpy as np
import pytest

from game.environment.sky_colour import light_rgb, many_rgb, sky_rgb
from game.tools.sky_table import Directions, scattered_again


def test_the_sky_is_butterscotch_by_day_and_blue_around_the_setting_sun() -> None:
    zenith = sky_rgb(radians(90), 0.0, radians(45), 0.44)
    assert zenith[0] > zenith[1] > zenith[2]
    # Blue over red 1.9 at 3 deg above a 2-deg Sun, below 1 beyond 12 deg.
    glow = sky_rgb(radians(5), 0.0, radians(2), 0.44)
    assert glow[2] / glow[0] == pytest.approx(1.9, abs=0.15)
    far = sky_rgb(radians(14), 0.0, radians(2), 0.44)
    assert far[2] / far[0] == pytest.approx(0.83, abs=0.08)


def test_the_tint_of_the_light_reddens_as_the_sun_sinks() -> None:
    # E_R : E_G : E_B at tau 0.44: 1 : .97 : .93 at 75 deg, 1 : .87 : .64 at 3 deg.
    for sun_deg, green, blue in (
        (75, 0.97, 0.93),
        (20, 0.95, 0.87),
        (8, 0.90, 0.75),
        (3, 0.87, 0.64),
    ):
        direct, sky = light_rgb(radians(sun_deg), 0.44)
        total = direct * np.sin(radians(sun_deg)) + sky
        assert total[1] / total[0] == pytest.approx(green, abs=0.02)
        assert total[2] / total[0] == pytest.approx(blue, abs=0.02)


def test_twilight_fades_by_ten_for_every_three_and_a_half_degrees() -> None:
    high, low = (sky_rgb(radians(20), radians(90), radians(x), 0.6) for x in (-3.0, -6.5))
    assert high / low == pytest.approx(np.full(3, 10.0), rel=0.15)
    _, dusk = light_rgb(radians(-12), 0.6)
    assert np.all((dusk > 0) & (dusk < 1e-4))


def test_the_sky_changes_smoothly_with_the_height_of_the_sun() -> None:
    heights = np.radians(np.arange(-12.0, 90.0, 0.25))
    sky = np.array([light_rgb(float(x), 0.44)[1] for x in heights])
    steps = np.abs(np.diff(np.log(sky), axis=0))
    assert float(steps.max()) < 0.2


def test_a_picture_of_the_sky_in_one_call() -> None:
    view, turn = np.meshgrid(
        np.radians(np.linspace(-5, 90, 20)), np.radians(np.arange(-180, 180, 9))
    )
    picture = sky_rgb(view, turn, radians(10), 0.8)
    assert picture.shape == (*view.shape, 3)
    assert np.all(np.isfinite(picture) & (picture > 0))
    assert np.allclose(picture, sky_rgb(view, -turn, radians(10), 0.8))


def test_one_may_lean_back_over_the_zenith() -> None:
    over = sky_rgb(radians(91.0), 0.0, radians(6), 0.44)
    assert over == pytest.approx(sky_rgb(radians(89.0), np.pi, radians(6), 0.44))
    assert over == pytest.approx(sky_rgb(radians(90.0), 0.0, radians(6), 0.44), rel=0.05)


def test_the_table_is_right_between_its_corners() -> None:
    # Two models: the interpolated table against doubling at places that are no corners; 5 %.
    views, suns, turns = (7.0, 18.0, 52.0), (2.5, 9.0, 52.0), (15.0, 46.0, 146.0)
    view, turn = np.meshgrid(np.radians(views), np.radians(turns), indexing="ij")
    for tau in (0.55, 2.2):
        solved = [scattered_again(Directions(views, suns, turns), c, tau) for c in range(3)]
        for place, sun_deg in enumerate(suns):
            ours = many_rgb(view, turn, radians(sun_deg), tau)
            exact = np.stack([radiance[:, place] for radiance, _ in solved], axis=-1)
            assert ours == pytest.approx(exact, rel=0.05)
            flux = np.array([light[place] for _, light in solved])
            assert light_rgb(radians(sun_deg), tau)[1] == pytest.approx(flux, rel=0.01)


def test_the_blackest_storm_has_a_sky_without_overflow() -> None:
    view, turn = np.meshgrid(np.radians([1.0, 45.0, 90.0]), np.radians([0.0, 90.0, 180.0]))
    for tau in (0.0, 11.0, 40.0, 1000.0):
        for sun_deg in (-12.0, 1.0, 2.0, 45.0, 90.0):
            with np.errstate(over="raise", invalid="raise"):
                picture = sky_rgb(view, turn, radians(sun_deg), tau)
            assert np.all(np.isfinite(picture) & (picture >= 0.0))


def test_no_sunlight_is_made_on_the_way() -> None:
    for tau in (0.05, 0.44, 3.0, 11.0):
        for sun_deg in (5, 30, 80):
            direct, sky = light_rgb(radians(sun_deg), tau)
            falling = np.sin(radians(sun_deg))
            assert np.all(direct * falling + sky < 1.1 * falling)


@pytest.mark.parametrize(
    "bad", [(-2.0, 0.4), (0.5, -1.0), (float("nan"), 0.4), (0.5, float("nan"))]
)
def test_an_impossible_sky_is_refused(bad: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        sky_rgb(0.5, 0.0, *bad)
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        light_rgb(*bad)
