"""Laser and infrared: reach, mirror, distance, dust on the first shots."""

import math
from dataclasses import replace
from statistics import fmean, pstdev

import pytest

from game.rover.records import OXIDES, Target
from game.rover.setting import Scene
from game.rover.spectrometer import infrared, loudness, reach_refusal, soil
from tests.rover.payload_cases import shipped_payload, sight, weather

SPEC = shipped_payload().instruments.spectrometer
# Rocknest sand and global dust, terrain_science_soil_composition.csv
SAND = (42.9, 1.2, 9.4, 19.2, 0.42, 8.7, 7.3, 2.7, 0.49, 0.95, 0.49, 5.5, 0.69, 2.0)
DUST = (44.8, 0.9, 9.3, 17.8, 0.33, 7.9, 6.4, 2.6, 0.48, 0.92, 0.32, 7.4, 0.83, 2.5)
SALT = OXIDES.index("SO3")


def scene(tick: int = 100_000, range_m: float = 2.0, dust_frac: float = 0.4) -> Scene:
    return Scene(
        sight(tick),
        840,
        (weather(tick),),
        SPEC.reference_k,
        Target("sand", SAND, 0.055, 0.040, dust_frac),
        Target("dust", DUST, 0.010, 0.0, 1.0),
        range_m,
    )


@pytest.mark.parametrize(
    ("range_m", "bearing_deg", "words"),
    [
        # MarSCoDe works from 1.6 to 7 m (Xu et al. 2021)
        (1.5, 0.0, "1.6 to 7 m; 1.5 m is too near"),
        (7.1, 0.0, "7.1 m is too far"),
        (3.0, 31.0, "31° to the right, the mirror reaches 30°; turn the rover"),
        (3.0, -90.0, "90° to the left"),
        (0.0, 180.0, "turn the rover to face it"),
        (0.0, 350.0, ""),
        (0.0, 0.0, ""),
        (1.6, 30.0, ""),
        (7.0, -30.0, ""),
    ],
)
def test_reach_and_mirror_have_limits(range_m: float, bearing_deg: float, words: str) -> None:
    said = reach_refusal(SPEC, range_m, math.radians(bearing_deg))
    assert words in said
    assert bool(words) == bool(said)


def test_errors_grow_with_distance_beyond_the_clear_range() -> None:
    assert loudness(SPEC, 2.0, 260.0) == loudness(SPEC, 5.0, 260.0) == 1.0
    assert loudness(SPEC, 7.0, 260.0) == pytest.approx(1.4)
    near, far = soil(SPEC, 7, scene()), soil(SPEC, 7, scene(range_m=7.0))
    assert far[0].sigma_wt[0] == pytest.approx(1.4 * near[0].sigma_wt[0])
    assert far[1] == pytest.approx(near[1] / 1.4)
    assert far[0].range_m == 7.0


def test_the_first_shots_see_the_dust_and_the_later_ones_the_ground() -> None:
    samples = [soil(SPEC, 7, scene(tick))[0] for tick in range(500)]
    first = fmean(one.first_wt[SALT] for one in samples)
    later = fmean(one.oxides_wt[SALT] for one in samples)
    assert first == pytest.approx(SAND[SALT] + 0.4 * (DUST[SALT] - SAND[SALT]), abs=0.15)
    assert later == pytest.approx(SAND[SALT] + 0.1 * (DUST[SALT] - SAND[SALT]), abs=0.05)
    wide = pstdev(one.first_wt[SALT] for one in samples)
    # five shots of sixty: errors larger by the root of twelve
    assert wide == pytest.approx(math.sqrt(12.0) * samples[0].sigma_wt[SALT], rel=0.15)


def test_a_quarter_of_the_shots_leaves_twice_the_error() -> None:
    # Errors of independent shots fall with the root of their number.
    clean = scene(dust_frac=0.0)
    quarter = replace(clean, done_frac=0.25)
    for read in (soil, infrared):
        whole, part = read(SPEC, 7, clean), read(SPEC, 7, quarter)
        assert part[1] == pytest.approx(whole[1] / 2.0)
    whole_wt, part_wt = soil(SPEC, 7, clean)[0], soil(SPEC, 7, quarter)[0]
    assert part_wt.sigma_wt == pytest.approx([2.0 * one for one in whole_wt.sigma_wt])


def test_infrared_alone_looks_through_the_dust_that_the_laser_clears() -> None:
    bare = [infrared(SPEC, 7, scene(tick))[0].hydration_depth for tick in range(300)]
    cleared = [soil(SPEC, 7, scene(tick))[0].hydration_depth for tick in range(300)]
    assert fmean(bare) == pytest.approx(0.055 - 0.28 * 0.045, abs=0.002)
    assert fmean(cleared) == pytest.approx(0.055 - 0.10 * 0.045, abs=0.002)
    assert infrared(SPEC, 7, scene())[1] == pytest.approx(1.0 - 0.4 * SPEC.bare_left_frac)


def test_ranges_that_do_not_grow_are_refused() -> None:
    with pytest.raises(ValueError, match="ranges must"):
        replace(SPEC, usual_range_m=1.0)
    with pytest.raises(ValueError, match="first_shots"):
        replace(SPEC, first_shots=60)
