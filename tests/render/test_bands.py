"""Pictures through one filter: what a pixel says of the ground, and what spoils it."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.commands import Calibrate, Command, Stop, TakeMultispectral
from game.levels.open import OpenedLevel
from game.render.album import picture_of, save_pictures
from game.render.bands import GREYS, SIZE, band_frames
from game.render.false_colour import colours, contact_sheet, grey
from game.rover.archive import Archive
from game.rover.records import FILTERS_NM, FilterRecord
from game.rover.storage import Product
from game.state import Setup, State
from tests.rover.desks import grounded
from tests.rover.test_fieldwork import flown, newest

LOOK = TakeMultispectral(2.4)


def taken(setup: Setup, *before: Command, seconds: int = 620) -> tuple[State, Product]:
    state = grounded(setup)
    for command in before:
        state, _ = flown(setup, state, 250, command)
    state, _ = flown(setup, state, seconds, LOOK)
    if seconds < 600:
        state, _ = flown(setup, state, 1, Stop())
    return state, newest(state, "multispectral")


@pytest.fixture(scope="module")
def calibrated(ninety: OpenedLevel) -> tuple[State, Product]:
    return taken(ninety.setup, Calibrate())


def record_of(product: Product) -> FilterRecord:
    assert isinstance(product.record, FilterRecord)
    return product.record


def test_every_filter_has_its_frame_and_the_spot_is_what_the_record_says(
    ninety: OpenedLevel, calibrated: tuple[State, Product]
) -> None:
    bands = band_frames(ninety.setup, calibrated[1])
    assert bands.nm == FILTERS_NM
    width, height = SIZE
    assert bands.reflectance.shape == (8, height, width)
    spot = bands.reflectance[:, height // 2 - 3 : height // 2 + 4, width // 2 - 3 : width // 2 + 4]
    told_frac = record_of(calibrated[1]).reflectance_frac
    for seen, told in zip(spot.mean(axis=(1, 2)), told_frac, strict=True):
        assert seen == pytest.approx(told, rel=0.01)
    with pytest.raises(ValueError, match="no picture through 850 nm; there are 480, 525"):
        bands.frame(850)


def test_the_calibration_target_reads_right_after_a_look_at_it_and_wrong_without(
    ninety: OpenedLevel, calibrated: tuple[State, Product]
) -> None:
    setup = ninety.setup
    _, raw = taken(setup)
    worst = []
    for product in (calibrated[1], raw):
        bands = band_frames(setup, product)
        off = []
        for band in bands.reflectance:
            greys = [band[-8:, left : left + 15].mean() for left in (5, 32, 59)]
            off.append(max(abs(seen / true - 1.0) for seen, true in zip(greys, GREYS, strict=True)))
        worst.append(max(off))
    assert worst[0] < 0.025  # half a percent, three sigma, and the pixels' own noise
    assert 0.03 < worst[1] < 0.20  # four percent a band


def test_a_ratio_shows_soils_and_rocks_but_no_shadows(
    ninety: OpenedLevel, calibrated: tuple[State, Product]
) -> None:
    bands = band_frames(ninety.setup, calibrated[1])
    ground = (bands.frame(650) > 0.0) & (np.arange(SIZE[1])[:, None] < SIZE[1] - 12)
    ratio, frame = bands.ratio(650, 480)[ground], bands.frame(650)[ground]
    assert np.std(ratio) / np.mean(ratio) < 0.5 * np.std(frame) / np.mean(frame)
    assert bands.ratio(650, 480)[0, 0] == 0.0  # sky
    # Bare basalt is 1.75 by its spectrum, dust 3.2; soils lie between.
    assert 1.3 < np.percentile(ratio, 2.0) < np.percentile(ratio, 98.0) < 4.0
    assert np.percentile(ratio, 98.0) > 1.03 * np.percentile(ratio, 2.0)


def test_frames_belong_to_the_product_and_hard_packing_coarsens_them(
    ninety: OpenedLevel, calibrated: tuple[State, Product]
) -> None:
    setup, product = ninety.setup, calibrated[1]
    first, again = (band_frames(setup, product).reflectance for _ in range(2))
    assert np.array_equal(first, again)
    other = band_frames(setup, replace(product, number=product.number + 1)).reflectance
    assert not np.array_equal(first, other)
    record = record_of(product)
    hard = replace(record, picture=replace(record.picture, compression=64.0))
    packed = band_frames(setup, replace(product, record=hard)).reflectance
    shown = [len(np.unique(np.round(one[4][60:100], 5))) for one in (first, packed)]
    assert shown[1] < 0.5 * shown[0]


def test_work_that_was_broken_off_has_the_filters_it_came_to(ninety: OpenedLevel) -> None:
    state, product = taken(ninety.setup, seconds=310)
    bands = band_frames(ninety.setup, product)
    taken_count = len(record_of(product).reflectance_frac)
    assert 3 <= taken_count <= 6
    assert bands.nm == FILTERS_NM[:taken_count]
    rows = 1 + (taken_count > 4)
    assert contact_sheet(bands).shape == (rows * SIZE[1], 4 * SIZE[0], 3)
    assert picture_of(ninety.setup, state, product, (64, 36)).shape == (36, 64, 3)


def test_false_colours_and_sheets_are_written(
    ninety: OpenedLevel, calibrated: tuple[State, Product], tmp_path: Path
) -> None:
    state, product = calibrated
    storage = replace(state.rover.storage, home=Archive((product,)))
    home = replace(state, rover=replace(state.rover, storage=storage))
    assert save_pictures(ninety.setup, home, tmp_path) == 1
    assert len(list(tmp_path.glob("*-bands.png"))) == 1
    bands = band_frames(ninety.setup, product, (64, 48))
    shown = colours(bands, (900, 650, 480))
    assert shown.shape == (48, 64, 3)
    assert shown[0].max() == 0  # sky
    assert grey(bands.frame(900), 0.0, 0.5).max() == 255
    assert math.isfinite(float(bands.ratio(900, 800).sum()))
