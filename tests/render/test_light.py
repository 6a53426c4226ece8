import math
import tomllib

import numpy as np
import pytest
from numpy.typing import NDArray

from game.config import parse
from game.errors import ConfigError
from game.render.colour import unpack
from game.render.guards import DAY, LOW_SUN, NIGHT, STORM, median_luma, spread
from game.render.light import light_state, relight, shade
from game.render.look import LightLook
from game.render.surface import tile_fields
from tests.render.real import ROOT
from tests.render.stand_in import StandInTerrain

TILE = tile_fields(StandInTerrain(), -6, 0, 0, 128, 128)


def lit(elevation_deg: float, azimuth_deg: float = 283.0, tau: float = 0.44) -> NDArray[np.uint8]:
    light = light_state(math.radians(elevation_deg), math.radians(azimuth_deg), tau, -6)
    return unpack(relight(TILE, light))


@pytest.mark.parametrize(
    ("elevation_deg", "tau", "limits"),
    [(76, 0.44, DAY), (55, 0.5, DAY), (34, 0.44, DAY), (20, 0.6, DAY), (6, 0.44, LOW_SUN),
     (4, 0.44, LOW_SUN), (-20, 0.44, NIGHT), (50, 3.0, STORM)],
)  # fmt: skip
def test_medians_are_those_of_the_design(elevation_deg: float, tau: float, limits: object) -> None:
    # screen design, section 5; a tile of six metres may be 8 levels darker or brighter than a view.
    median = median_luma(lit(elevation_deg, tau=tau))
    assert limits.low_luma - 8 <= median <= limits.high_luma + 8  # type: ignore[attr-defined]


def test_brightness_changes_smoothly_with_the_sun() -> None:
    medians = [median_luma(lit(e)) for e in np.arange(-12.0, 30.0, 0.5)]
    assert np.abs(np.diff(medians)).max() < 6.0


def test_brightness_changes_smoothly_with_the_dust() -> None:
    medians = [median_luma(lit(40.0, tau=t)) for t in np.arange(0.3, 4.0, 0.1)]
    assert np.abs(np.diff(medians)).max() < 4.0


def test_the_sun_from_the_other_side_lights_the_other_slopes() -> None:
    morning, evening = lit(20.0, 90.0).astype(float), lit(20.0, 270.0).astype(float)
    slope = np.gradient(TILE.height_m[TILE.inner][::-1], axis=1)
    difference = (morning - evening).mean(-1)
    # Ground that rises to the east faces west: brighter in the evening.
    assert np.corrcoef(slope.ravel(), difference.ravel())[0, 1] < -0.3


def test_row_zero_of_a_lit_tile_is_in_the_north() -> None:
    light = light_state(math.radians(60.0), 0.3, 0.44, -6)
    albedo = TILE.albedo[TILE.inner]
    shown = unpack(relight(TILE, light)).astype(float).mean(-1)
    right = np.corrcoef(albedo[::-1].ravel(), shown.ravel())[0, 1]
    assert right > np.corrcoef(albedo.ravel(), shown.ravel())[0, 1] + 0.3


def test_storms_are_flat_and_nights_are_blue() -> None:
    assert spread(lit(50.0, tau=3.0)) < 0.6 * spread(lit(50.0))
    day, night = lit(34.0).mean((0, 1)), lit(-20.0).mean((0, 1))
    assert night[2] / night[0] > 1.2 * day[2] / day[0]


def test_no_sun_no_direct_light() -> None:
    direct, _, lit_share = shade(TILE, light_state(-0.05, 1.0, 0.44, -6))
    assert not direct.any()
    assert not lit_share.any()


def test_sprites_take_on_the_light_of_the_hour() -> None:
    noon = light_state(math.radians(70.0), 3.0, 0.44, -6)
    night = light_state(math.radians(-20.0), 3.0, 0.44, -6)
    assert max(noon.tint) == pytest.approx(1.0, abs=0.05)
    assert max(night.tint) < 0.4
    assert noon.glow_frac == 0.0
    assert light_state(math.radians(2.0), math.radians(285.0), 0.44, -6).glow_frac > 0.2


def test_rows_that_do_not_fit_their_knots_are_refused() -> None:
    text = (ROOT / "game" / "data" / "look.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["light"]
    table["storm"] = [0.0, 1.0]
    with pytest.raises(ConfigError, match="storm needs one value for each of tau"):
        parse(table, LightLook, "look.toml")
