import argparse
import math
from pathlib import Path

import numpy as np
import pytest

from game.errors import UsageError
from game.paths import data_root
from game.tools.level_render import (
    add_arguments,
    averaging,
    ground_named,
    level_for,
    render,
    run,
    site_name,
)
from game.world.overlays import SoilPaint
from tests.world.worlds import SITES, world


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(list(words))


def test_a_picture_is_written_and_is_not_one_tone(tmp_path: Path) -> None:
    path = tmp_path / "ground.png"
    assert run(options("--area", "100", "--size", "64", "--out", str(path))) == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_same_ground_looks_alike_at_two_sizes() -> None:
    sun = (math.radians(30.0), math.radians(283.0))
    large = render(world(), 128.0, (300.0, 300.0), 128, sun).astype(float)
    small = render(world(), 128.0, (300.0, 300.0), 64, sun).astype(float)
    halved = large.reshape(64, 2, 64, 2, 3).mean(axis=(1, 3))
    assert abs(float(halved.mean() - small.mean())) < 12.0
    assert float(np.corrcoef(halved[..., 0].ravel(), small[..., 0].ravel())[0, 1]) > 0.5


def test_north_is_up_and_east_is_right() -> None:
    sun = (math.radians(30.0), math.radians(283.0))
    whole = render(world(), 64.0, (300.0, 300.0), 64, sun).astype(int)
    north_east = render(world(), 32.0, (316.0, 316.0), 32, sun).astype(int)
    assert float(np.abs(whole[:32, 32:] - north_east).mean()) < 2.0


def test_the_level_has_cells_no_wider_than_a_pixel() -> None:
    assert [level_for(pixel_m) for pixel_m in (1.0, 0.9, 2.0, 3.9, 1000.0)] == [0, -1, 1, 1, 6]


def test_averaging_keeps_the_mean() -> None:
    weights = averaging(10, 40, 1.3, 3.7)
    assert weights.sum(axis=1) == pytest.approx(np.ones(10), abs=1e-6)
    assert weights[0] @ np.arange(40) == pytest.approx((0.7 * 1 + 2 + 3 + 4) / 3.7)


def test_a_region_may_be_named_by_its_beginning() -> None:
    assert site_name("utopia", SITES) == "utopia-planitia"
    with pytest.raises(UsageError, match="did you mean 'gusev'"):
        site_name("gusef", SITES)


def test_a_level_may_be_named_or_given_by_path() -> None:
    by_name = ground_named("first-hundred-metres", 7)
    folder = data_root("levels") / "campaign" / "first-hundred-metres"
    assert by_name.spec == ground_named(str(folder), 7).spec
    assert any(isinstance(one, SoilPaint) for one in by_name.spec.overlays)
    assert ground_named("gusev", 7).spec.overlays == ()


def test_a_misspelt_level_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    words = ("--preset", "first-hundred-meters", "--out", str(tmp_path / "x.png"))
    with pytest.raises(UsageError, match="did you mean 'first-hundred-metres'"):
        run(options(*words))


@pytest.mark.parametrize(
    "words",
    [
        ("--area", "nan"),
        ("--area", "-5"),
        ("--size", "0"),
        ("--sun", "200"),
        ("--seed", str(1 << 70)),
        ("--preset", "atlantis"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"[a-z]"):
        run(options("--size", "16", *words, "--out", str(tmp_path / "x.png")))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "x.png"
    with pytest.raises(UsageError, match="cannot write"):
        run(options("--area", "16", "--size", "8", "--out", str(path)))
