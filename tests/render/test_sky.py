import math

import numpy as np
import pytest

from game.environment.tables import table_columns
from game.render.fields import Field
from game.render.sky import Air, sky_radiance, sun_disc


def looking(elevation_deg: float, from_sun_deg: float) -> tuple[Field, Field, Field]:
    elevation, turn = math.radians(elevation_deg), math.radians(from_sun_deg)
    east, north, up = (
        math.cos(elevation) * math.sin(turn),
        math.cos(elevation) * math.cos(turn),
        math.sin(elevation),
    )
    return np.array([east]), np.array([north]), np.array([up])


def test_the_sky_agrees_with_the_radiative_transfer_table() -> None:
    # Backward Monte Carlo, rows away from the Sun; its kinks are rounded: within 40 %, median 10 %.
    table = table_columns("sky_radiance")
    ratios = []
    for row in range(len(table["tau"])):
        view, apart = table["view_el_deg"][row], table["sun_separation_deg"][row]
        if apart < 15 or view not in (5.0, 15.0, 30.0, 60.0, 90.0):
            continue
        air = Air(math.radians(table["sun_el_deg"][row]), 0.0, float(table["tau"][row]))
        found = sky_radiance(air, *looking(float(view), float(table["view_rel_az_deg"][row])))
        wanted = [table[name][row] for name in ("L_R", "L_G", "L_B")]
        ratios.append(found[:, 0] / wanted)
    apart_log = np.abs(np.log(np.array(ratios)))
    assert np.median(apart_log) < math.log(1.10)
    assert np.quantile(apart_log, 0.95) < math.log(1.40)


def test_the_sky_is_butterscotch_by_day_and_blue_around_a_low_sun() -> None:
    day = sky_radiance(Air(math.radians(45.0), 0.0, 0.44), *looking(15.0, 150.0))[:, 0]
    assert day[0] > day[1] > day[2]
    dusk = sky_radiance(Air(math.radians(3.0), 0.0, 0.44), *looking(5.0, 2.0))[:, 0]
    assert dusk[2] > dusk[0]


def test_the_sky_fades_after_sunset_and_dust_keeps_it_smooth() -> None:
    up = looking(30.0, 90.0)
    suns = np.radians(np.arange(-12.0, 60.0, 0.5))
    bright = np.array([float(sky_radiance(Air(float(s), 0.0, 0.5), *up).mean()) for s in suns])
    assert bright[0] < 1e-3 * bright[-1]
    assert np.abs(np.diff(np.log10(bright))).max() < 0.35


def test_the_disc_is_a_third_of_a_degree_wide() -> None:
    # 0.533 degrees at 1 au (IAU solar radius); 0.33 at 1.62 au; tolerance 5 %.
    air = Air(math.radians(30.0), 0.0, 0.44)
    angles = np.linspace(-0.5, 0.5, 2001)
    share = [float(sun_disc(air, *looking(30.0 + a, 0.0), 1e-5)[0]) for a in angles]
    assert np.mean(share) == pytest.approx(0.33, rel=0.05)
