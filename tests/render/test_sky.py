import math

import numpy as np
import pytest

from game.environment.sky_colour import sky_rgb
from game.render.sky import Air, direct_light, sky_radiance, sun_disc


def seen(air: Air, elevation_deg: float, from_sun_deg: float) -> list[float]:
    azimuth = np.array([air.sun_azimuth_rad + math.radians(from_sun_deg)])
    rise = np.array([math.tan(math.radians(elevation_deg))])
    return [float(v) for v in sky_radiance(air, azimuth, rise)[:, 0]]


def test_the_camera_sees_the_sky_of_the_environment() -> None:
    air = Air(math.radians(34.0), 4.2, 0.6)
    wanted = sky_rgb(math.radians(20.0), math.radians(50.0), air.sun_elevation_rad, air.tau)
    assert seen(air, 20.0, 50.0) == pytest.approx(wanted.tolist(), rel=1e-4)


def test_the_sky_is_butterscotch_by_day_and_blue_around_a_low_sun() -> None:
    day = seen(Air(math.radians(45.0), 1.0, 0.44), 15.0, 150.0)
    assert day[0] > day[1] > day[2]
    dusk = seen(Air(math.radians(3.0), 1.0, 0.44), 5.0, 2.0)
    assert dusk[2] > dusk[0]


def test_the_sky_fades_after_sunset_and_then_stays_dark() -> None:
    suns = np.radians(np.arange(-20.0, 60.0, 0.5))
    bright = np.array([sum(seen(Air(float(s), 0.0, 0.5), 30.0, 90.0)) for s in suns])
    assert bright[0] == bright[10]
    assert bright[0] < 1e-3 * bright[-1]
    assert np.abs(np.diff(np.log10(bright))).max() < 0.35


def test_the_disc_is_a_third_of_a_degree_wide() -> None:
    # 0.533 degrees at 1 au (IAU solar radius); 0.33 at 1.62 au; tolerance 5 %.
    air = Air(math.radians(30.0), 0.5, 0.44)
    angles = np.radians(np.linspace(-0.5, 0.5, 2001))
    up = sun_disc(air, np.full(2001, 0.5), np.tan(angles + air.sun_elevation_rad), 1e-6)
    across = sun_disc(
        air,
        0.5 + angles / math.cos(air.sun_elevation_rad),
        np.full(2001, math.tan(math.radians(30.0))),
        1e-6,
    )
    assert float(up.mean()) == pytest.approx(0.33, rel=0.05)
    assert float(across.mean()) == pytest.approx(0.33, rel=0.05)


def test_there_is_no_second_sun_behind_the_camera() -> None:
    air = Air(math.radians(10.0), 0.5, 0.44)
    rise = np.array([math.tan(math.radians(10.0))])
    assert sun_disc(air, np.array([0.5 + math.pi]), rise, 1e-3)[0] == 0.0


def test_a_low_sun_is_red_and_dim() -> None:
    high, low = (direct_light(Air(math.radians(e), 0.0, 1.0)) for e in (60.0, 8.0))
    assert high.min() > 20 * low.max()
