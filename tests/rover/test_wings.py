"""How the wings lie to the Sun: tilt of wing, body and ground, and shadows on them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.environment.sky import irradiance, tilted_irradiance_w_m2
from game.environment.surroundings import Surroundings
from game.machine_commands import WingMode
from game.rover.power import initial_power
from game.rover.wing_shadow import mast_shade, raised_shade
from game.rover.wing_shape import BodySun, WingSpec
from game.rover.wings import (
    LEVEL,
    Stance,
    WingsState,
    array_light,
    body_sun,
    initial_wings,
)
from tests.rover.machines import array_power_w, day, power_spec

SPEC = power_spec().wings
BARE = replace(SPEC, mast=replace(SPEC.mast, width_m=0.0))


def sky_at(sun_deg: float, azimuth_deg: float, beam: float = 350.0) -> Surroundings:
    return day(beam, 120.0, sun_deg, 0.5)._replace(sun_azimuth_rad=math.radians(azimuth_deg))


def light_w_m2(wings: WingsState, sky: Surroundings, stance: Stance = LEVEL) -> float:
    return array_light(BARE, wings, sky, body_sun(stance, sky), 0.25).mean_w_m2


def held(left_deg: float, right_deg: float) -> WingsState:
    tilt = (math.radians(left_deg), math.radians(right_deg), 0.0, 0.0)
    return replace(initial_wings(SPEC), mode=WingMode.HELD, tilt_rad=tilt, wanted_rad=tilt)


@given(
    tilt_deg=st.floats(0.0, 85.0),
    heading_deg=st.floats(0.0, 360.0),
    sun_deg=st.floats(1.0, 90.0),
    azimuth_deg=st.floats(0.0, 360.0),
)
@settings(max_examples=80, deadline=None)
def test_a_plane_tilted_by_body_or_wing_agrees_with_the_sky_model(
    tilt_deg: float, heading_deg: float, sun_deg: float, azimuth_deg: float
) -> None:
    sky = sky_at(sun_deg, azimuth_deg)
    same = replace(
        irradiance(490.0, math.radians(sun_deg), 0.5, 0.25),
        beam_w_m2=sky.beam_w_m2,
        diffuse_w_m2=sky.diffuse_w_m2,
        global_w_m2=sky.global_w_m2,
    )
    sun = (math.radians(sun_deg), math.radians(azimuth_deg))
    tilt, heading = math.radians(tilt_deg), math.radians(heading_deg)
    flat = initial_wings(SPEC)
    # Nose up by an angle is a plane tilted by it towards the rover's back; right side down, to
    # its right.
    for stance, facing in (
        (Stance(heading, tilt, 0.0), heading + math.pi),
        (Stance(heading, 0.0, tilt), heading + math.pi / 2.0),
    ):
        expected = tilted_irradiance_w_m2(same, sun, tilt, facing, 0.25)
        assert light_w_m2(flat, sky, stance) == pytest.approx(float(expected), abs=1e-9)


def test_a_wing_turned_right_is_a_body_rolled_right() -> None:
    sky = sky_at(30.0, 90.0)
    alone = replace(BARE, wing=SPEC.wing[1:2])
    wings = WingsState(WingMode.HELD, (0.4,), (0.4,), (0.0,), (0.0,))
    turned = array_light(alone, wings, sky, body_sun(LEVEL, sky), 0.25)
    flat = replace(wings, tilt_rad=(0.0,))
    rolled = array_light(alone, flat, sky, body_sun(Stance(0.0, 0.0, 0.4), sky), 0.25)
    assert turned.mean_w_m2 == pytest.approx(rolled.mean_w_m2, rel=1e-12)


def test_a_slope_towards_the_sun_gives_more_whatever_way_the_nose_points() -> None:
    spec, state = power_spec(), initial_power(power_spec(), 0.5)
    noon_south = sky_at(40.0, 180.0)
    level_w = array_power_w(spec, state, noon_south, 250.0)
    ten = math.radians(10.0)
    facing_w = array_power_w(spec, state, noon_south, 250.0, Stance(0.0, ten, 0.0))
    away_w = array_power_w(spec, state, noon_south, 250.0, Stance(math.pi, ten, 0.0))
    assert facing_w > 1.08 * level_w
    assert away_w < 0.92 * level_w
    # Nose up to the north, or rolled left while heading east: the same slope.
    rolled_w = array_power_w(spec, state, noon_south, 250.0, Stance(math.pi / 2.0, 0.0, ten))
    assert rolled_w == pytest.approx(facing_w, rel=0.03)


def test_heading_decides_what_a_tilted_wing_is_worth() -> None:
    morning = sky_at(20.0, 90.0)
    wings = held(60.0, 25.0)  # both face the rover's right
    sun_right = light_w_m2(wings, morning, Stance(0.0, 0.0, 0.0))
    sun_ahead = light_w_m2(wings, morning, Stance(math.pi / 2.0, 0.0, 0.0))
    flat = light_w_m2(initial_wings(SPEC), morning)
    assert sun_right > 1.3 * flat
    assert sun_ahead < flat


def test_dust_dims_in_proportion_and_a_dead_wing_is_missing() -> None:
    sky, sun = sky_at(70.0, 0.0), body_sun(LEVEL, sky_at(70.0, 0.0))
    clean_w = array_light(BARE, initial_wings(SPEC), sky, sun, 0.25).passed_w
    dusty = initial_wings(SPEC, 0.6)  # a dust factor of 0.6 is that of a usual noon
    assert array_light(BARE, dusty, sky, sun, 0.25).passed_w == pytest.approx(
        0.6 * clean_w, rel=0.1
    )
    dead = replace(BARE, wing=(replace(SPEC.wing[0], working_frac=0.0), *SPEC.wing[1:]))
    part = array_light(dead, initial_wings(SPEC), sky, sun, 0.25)
    assert part.passed_w == pytest.approx(0.75 * clean_w)


@pytest.mark.parametrize("elevation_deg", [90.0, 60.0, 45.584691, 30.0, 15.0, 5.0])
def test_dust_takes_more_of_a_slanting_beam(elevation_deg: float) -> None:
    sky = sky_at(elevation_deg, 0.0)._replace(diffuse_w_m2=0.0, global_w_m2=0.0)
    sun = body_sun(LEVEL, sky)
    clean_w = array_light(BARE, initial_wings(SPEC), sky, sun, 0.25).passed_w
    dusty_w = array_light(BARE, initial_wings(SPEC, 0.6), sky, sun, 0.25).passed_w
    slant = 1.0 / math.sin(math.radians(elevation_deg))
    assert dusty_w / clean_w == pytest.approx(0.6 ** (slant / SPEC.usual_slant))


def test_dust_takes_a_little_more_of_even_light() -> None:
    sky = sky_at(45.0, 0.0)._replace(beam_w_m2=0.0)
    sun = body_sun(LEVEL, sky)
    clean_w = array_light(BARE, initial_wings(SPEC), sky, sun, 0.25).passed_w
    dusty_w = array_light(BARE, initial_wings(SPEC, 0.6), sky, sun, 0.25).passed_w
    # Exact for a thin layer under an even sky: 2 E3(tau); Elsasser's factor is within 3 %.
    depth = -math.log(0.6) / SPEC.usual_slant
    steps = [(at + 0.5) / 2000.0 for at in range(2000)]
    exact = sum(2.0 * c * math.exp(-depth / c) for c in steps) / 2000.0
    assert dusty_w / clean_w == pytest.approx(exact, rel=0.03)


def test_the_mast_shades_rear_wings_when_the_sun_is_low_ahead() -> None:
    low_ahead = BodySun(0.0, math.cos(0.25), math.sin(0.25), 1.0, 0.0)
    shade = mast_shade(SPEC.mast, SPEC.reach, SPEC.area_m2, low_ahead)
    # Straight behind the mast lies the gap between the rear wings; a little aside lies a wing.
    aside = BodySun(math.sin(0.25) * 0.96, math.cos(0.25) * 0.96, 0.24, 1.0, 0.0)
    shade = mast_shade(SPEC.mast, SPEC.reach, SPEC.area_m2, aside)
    assert shade is not None
    assert 0.02 < shade[2] < 0.3
    assert shade[3] == 0.0
    high = BodySun(0.1, 0.1, 0.99, 1.0, 0.0)
    assert mast_shade(SPEC.mast, SPEC.reach, SPEC.area_m2, high) is None


def test_a_shaded_strip_of_cells_costs_half_as_much_again_as_its_area() -> None:
    # Rauschenbach (1980): a shaded cell limits the row it hangs in. The shaded share itself is
    # counted on a grid of points over the rear left wing.
    towards = math.radians(192.5)  # where the shadow points; the Sun stands opposite
    up = math.sin(0.2)
    level = math.cos(0.2)
    sun = BodySun(-level * math.sin(towards), -level * math.cos(towards), up, 1.0, 0.0)
    shade = mast_shade(SPEC.mast, SPEC.reach, SPEC.area_m2, sun)
    wing, mast = SPEC.wing[2], SPEC.mast
    steps = (np.arange(400) + 0.5) / 400.0 - 0.5
    right = wing.right_m + wing.across_m * steps[:, None] - mast.right_m
    forward = wing.forward_m + wing.along_m * steps - mast.forward_m
    along = right * math.sin(towards) + forward * math.cos(towards)
    aside = right * math.cos(towards) - forward * math.sin(towards)
    is_dark = (np.abs(aside) <= mast.width_m / 2.0) & (along <= mast.height_m * level / up)
    assert shade is not None
    assert shade[2] / float(np.mean(is_dark)) == pytest.approx(1.5, rel=0.03)


def test_a_wing_raised_before_a_low_sun_shades_the_other() -> None:
    # Sun on the left, left wing upright facing right: its back is to the Sun.
    raised = (math.radians(85.0), 0.0, 0.0, 0.0)
    low_left = BodySun(-math.cos(0.3), 0.0, math.sin(0.3), 1.0, 0.0)
    shade = raised_shade(SPEC.wing, raised, low_left)
    assert shade[1] > 0.9
    assert shade[0] == 0.0
    low_right = BodySun(math.cos(0.3), 0.0, math.sin(0.3), 1.0, 0.0)
    assert raised_shade(SPEC.wing, raised, low_right) == (0.0, 0.0, 0.0, 0.0)
    high_left = BodySun(-math.cos(1.2), 0.0, math.sin(1.2), 1.0, 0.0)
    assert raised_shade(SPEC.wing, raised, high_left)[1] == 0.0


def test_the_shadow_of_a_raised_wing_falls_away_from_the_sun() -> None:
    # Sun on the left: from ahead the shadow of the left wing reaches the rear, from behind not.
    raised = (math.radians(85.0), 0.0, 0.0, 0.0)
    level = math.cos(0.3) / math.sqrt(2.0)
    ahead, behind = (
        raised_shade(SPEC.wing, raised, BodySun(-level, forward, math.sin(0.3), 1.0, 0.0))
        for forward in (level, -level)
    )
    assert ahead[3] > 0.1
    assert behind[2:] == (0.0, 0.0)


def test_wings_that_cannot_be_are_refused_by_name() -> None:
    good = SPEC.wing[0]
    with pytest.raises(ValueError, match=r"'left'.*across_m"):
        replace(good, across_m=0.0)
    with pytest.raises(ValueError, match="lowest_deg"):
        WingSpec("x", 0.0, 0.0, 1.0, 1.0, 10.0, 20.0)
    with pytest.raises(ValueError, match="turn_deg_s"):
        replace(SPEC, turn_deg_s=0.0)
