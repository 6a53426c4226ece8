import argparse
import re
from pathlib import Path

import pygame
import pytest

from game.cli import build_parser
from game.errors import UsageError
from game.paths import data_root
from game.tools.level_render import (
    ground_named,
    places_inside,
    run,
    site_name,
)
from game.world.overlays import SoilPaint
from tests.world.worlds import SITES


def options(*words: str) -> argparse.Namespace:
    return build_parser().parse_args(["level", "render", *words])


def test_a_picture_is_written_and_is_not_one_tone(tmp_path: Path) -> None:
    path = tmp_path / "ground.png"
    assert run(options("--area", "100", "--size", "64", "--out", str(path))) == 0
    assert path.read_bytes().startswith(b"\x89PNG")


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
        ("--preset", "atlantis"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"[a-z]"):
        run(options("--size", "16", *words, "--out", str(tmp_path / "x.png")))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "x.png"
    with pytest.raises(UsageError, match="the folder does not exist"):
        run(options("--area", "16", "--size", "8", "--out", str(path)))


def test_a_plain_picture_is_flatter_than_a_stretched_one(tmp_path: Path) -> None:
    words = ("--area", "600", "--size", "150", "--sun", "50", "--out")
    spreads = []
    for more in ((), ("--plain",)):
        path = tmp_path / f"ground{len(more)}.png"
        assert run(options(*words, str(path), *more)) == 0
        pixels = pygame.surfarray.array3d(pygame.image.load(path)).astype(float)
        spreads.append(float(pixels.mean(axis=2).std()))
    assert spreads[0] > 1.3 * spreads[1]


def test_a_seed_that_is_none_is_refused_where_it_is_read() -> None:
    with pytest.raises(SystemExit) as caught:
        options("--seed", str(1 << 70), "--out", "x.png")
    assert caught.value.code == 2


@pytest.mark.parametrize("name", ["x.jpg", "x.tiff", "x.bmp"])
def test_a_picture_is_never_png_under_another_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="written as PNG"):
        run(options("--area", "16", "--size", "8", "--out", str(tmp_path / name)))


def test_the_region_drawn_without_asking_is_one_of_the_list() -> None:
    assert options("--out", "x.png").preset in SITES


def test_what_is_worth_a_visit_is_listed_beside_the_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--area", "1000", "--size", "40", "--out", str(tmp_path / "x.png"))
    run(options(*words))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("wrote ")
    assert "Lander: 0 m east, 0 m north" in lines
    assert any(re.match(r"Young \d+ m crater: ", line) for line in lines)
    assert "Parachute: 22 m west, 352 m south" in lines


@pytest.mark.parametrize("centre_m", [(40_500.0, -7_500.0), (-1_000_500.0, 500.0)])
def test_each_square_kilometre_has_something_on_the_list(centre_m: tuple[float, float]) -> None:
    terrain = ground_named("utopia", 7)
    found = places_inside(terrain, centre_m, 1000.0)
    assert found
    assert all(abs(one.x_m - centre_m[0]) <= 500.0 for one in found)
    assert places_inside(terrain, centre_m, 50_000.0) == ()
