"""Dust on the wings, and the motors that turn them."""

import math
from dataclasses import replace

import pytest

from game.machine_commands import WingMode
from game.rover.wing_dust import blown, dusted, tilt_limits_rad, turned
from game.rover.wing_shape import BodySun
from game.rover.wings import WingsState, initial_wings, wing_clear_frac
from game.units import SOL_S
from tests.rover.machines import power_spec

SPEC = power_spec().wings
RATE_1_S = 0.0045 * 0.45 / SOL_S  # 0.2 % a sol at tau 0.45 (Lorenz 2021)
FREE_S = 60.0
EVEN = (0.5,) * 4


def tilted(left_deg: float, mode: WingMode = WingMode.HELD) -> WingsState:
    tilt = (math.radians(left_deg), 0.0, 0.0, 0.0)
    return replace(initial_wings(SPEC), mode=mode, tilt_rad=tilt, wanted_rad=tilt)


@pytest.mark.parametrize("pieces", [1, 2, 90, 9000])
def test_dust_settles_as_the_surroundings_say_whatever_the_step(pieces: int) -> None:
    wings = initial_wings(SPEC)
    for _ in range(pieces):
        wings = dusted(SPEC, wings, RATE_1_S, 90.0 * SOL_S / pieces)
    assert wing_clear_frac(wings)[0] == pytest.approx(math.exp(-0.0045 * 0.45 * 90.0), rel=1e-12)


def test_a_tilted_wing_takes_less_dust() -> None:
    wings = dusted(SPEC, tilted(50.0), RATE_1_S, 20.0 * SOL_S)
    left, right = (wings.loose[at] + wings.caked[at] for at in (0, 1))
    assert left == pytest.approx(math.cos(math.radians(50.0)) * right)


def test_a_steep_wing_sheds_loose_dust_and_keeps_what_has_caked() -> None:
    dusty = replace(tilted(70.0), loose=(0.3, 0.3, 0.3, 0.3), caked=(0.1, 0.1, 0.1, 0.1))
    after = dusted(SPEC, dusty, 0.0, 3.0 * SPEC.slide_s)
    assert after.loose[0] == pytest.approx(0.3 * math.exp(-3.0), rel=0.01)
    assert after.loose[1] == pytest.approx(0.3, rel=0.01)
    assert after.caked[0] == pytest.approx(0.1, rel=0.01)


def test_shedding_early_is_worth_more_than_shedding_late() -> None:
    def lost_after(every_sols: int) -> float:
        wings = initial_wings(SPEC)
        for sol in range(60):
            wings = dusted(SPEC, wings, RATE_1_S, SOL_S)
            if (sol + 1) % every_sols == 0:
                steep = replace(wings, tilt_rad=tilted(80.0).tilt_rad)
                steep = dusted(SPEC, steep, RATE_1_S, 1800.0)
                wings = replace(steep, tilt_rad=wings.tilt_rad)
        return 1.0 - wing_clear_frac(wings)[0]

    assert lost_after(5) < 0.5 * lost_after(60)
    assert (
        lost_after(60)
        < 1.0 - wing_clear_frac(dusted(SPEC, initial_wings(SPEC), RATE_1_S, 60 * SOL_S))[1]
    )


def test_a_gust_gives_back_its_share_and_never_more_than_there_was() -> None:
    dusty = replace(initial_wings(SPEC, 0.9), loose=(0.2, 0.2, 0.2, 0.2))
    before = wing_clear_frac(dusty)[0]
    after = blown(SPEC, dusty, 0.1, EVEN)
    assert wing_clear_frac(after)[0] == pytest.approx(1.1 * before)
    assert after.caked == dusty.caked  # the loose goes first
    clean = blown(SPEC, initial_wings(SPEC, 0.99), 0.1, EVEN)
    assert wing_clear_frac(clean) == (1.0, 1.0, 1.0, 1.0)
    uneven = wing_clear_frac(blown(SPEC, dusty, 0.1, (0.0, 1.0, 0.5, 0.5)))
    assert uneven[0] < uneven[2] < uneven[1]
    slanted = replace(dusty, tilt_rad=(math.pi / 4.0, 0.0, 0.0, 0.0))
    better = wing_clear_frac(blown(SPEC, slanted, 0.05, EVEN))
    assert better[0] > better[1]


def test_a_held_wing_goes_where_it_is_told_at_its_speed_and_is_paid_for() -> None:
    wings = replace(tilted(0.0), wanted_rad=(math.radians(50.0), 0.0, 0.0, 0.0))
    moved, energy_j = turned(SPEC, wings, None, FREE_S)
    assert math.degrees(moved.tilt_rad[0]) == pytest.approx(60.0 * SPEC.turn_deg_s)
    assert energy_j == pytest.approx(SPEC.motor_w * 60.0)
    for _ in range(10):
        moved, energy_j = turned(SPEC, moved, None, FREE_S)
    assert math.degrees(moved.tilt_rad[0]) == pytest.approx(50.0)
    assert energy_j == 0.0


def test_wings_follow_the_sun_within_their_limits_and_lie_flat_without_it() -> None:
    right = BodySun(math.cos(0.3), 0.0, math.sin(0.3), 1.0, 0.0)
    wings = replace(initial_wings(SPEC), mode=WingMode.TRACK)
    for _ in range(40):
        wings, _ = turned(SPEC, wings, right, FREE_S)
    wanted = math.atan2(math.cos(0.3), math.sin(0.3))
    assert wings.tilt_rad[0] == pytest.approx(wanted, abs=math.radians(SPEC.deadband_deg))
    assert math.degrees(wings.tilt_rad[1]) == pytest.approx(
        SPEC.wing[1].highest_deg, abs=SPEC.deadband_deg
    )
    assert wings.tilt_rad[2:] == (0.0, 0.0)
    for _ in range(40):
        wings, _ = turned(SPEC, wings, None, FREE_S)
    assert abs(wings.tilt_rad[0]) <= math.radians(SPEC.deadband_deg)


def test_shedding_raises_the_side_wings_and_lays_them_flat_when_done() -> None:
    wings = replace(initial_wings(SPEC), mode=WingMode.SHED, loose=(0.2, 0.2, 0.2, 0.2))
    steepest = 0.0
    for _ in range(120):
        wings, _ = turned(SPEC, wings, None, FREE_S)
        wings = dusted(SPEC, wings, 0.0, 60.0)
        steepest = max(steepest, wings.tilt_rad[0])
    assert math.degrees(steepest) == pytest.approx(SPEC.wing[0].highest_deg)
    assert wings.mode is WingMode.LEVEL
    assert wings.tilt_rad == (0.0, 0.0, 0.0, 0.0)
    assert wings.loose[0] < 0.1 * wings.loose[2]


def test_a_stuck_motor_leaves_its_wing_where_it_is() -> None:
    left = replace(SPEC.wing[0], motor_frac=0.0)
    stuck = replace(SPEC, wing=(left, *SPEC.wing[1:]))
    wings = replace(initial_wings(SPEC), mode=WingMode.SHED, loose=(0.2, 0.2, 0.2, 0.2))
    for _ in range(20):
        wings, _ = turned(stuck, wings, None, FREE_S)
    assert wings.tilt_rad[0] == 0.0
    assert wings.tilt_rad[1] == pytest.approx(tilt_limits_rad(SPEC, 1)[0])
    assert wings.mode is WingMode.SHED


def test_a_gust_clears_best_at_a_slant_of_45_degrees_and_alike_to_either_side_of_it() -> None:
    # Gaier, Perez-Davis, Marabito (1990), NASA TM-102507: most at 45 degrees, little more upright
    # than level. Half as much again at the best [design].
    def cleared(deg: float) -> float:
        wings = replace(tilted(deg), loose=(0.5,) * 4)
        return math.expm1(wings.loose[0] - blown(SPEC, wings, 0.05, EVEN).loose[0])

    assert cleared(0.0) == pytest.approx(0.05)
    assert cleared(45.0) == pytest.approx(0.05 * (1.0 + SPEC.gust_tilt_gain))
    assert cleared(90.0) == pytest.approx(cleared(0.0))
    assert cleared(30.0) == pytest.approx(cleared(60.0))
    assert cleared(0.0) < cleared(30.0) < cleared(45.0)
