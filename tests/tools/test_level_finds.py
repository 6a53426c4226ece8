"""`level finds`: what is worth a detour, for people and for programs."""

import argparse
import json
import math

import pytest

from game.cli import build_parser
from game.detours import detours_around
from game.errors import UsageError
from game.levels.open import OpenedLevel
from game.tools.level_finds import run


def options(*words: str) -> argparse.Namespace:
    return build_parser().parse_args(["level", "finds", *words])


def test_finds_are_listed_nearest_first_with_way_and_points(
    ninety: OpenedLevel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(options("ninety-sols", "--seed", "7")) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    found = detours_around(ninety.setup, (0.0, 0.0), 1000.0)
    assert head == (
        f"ninety-sols, seed 7: {len(found)} finds within 1000 m of 0 m east, 0 m north, "
        "seen from orbit"
    )
    assert [line.split()[-1] for line in lines] == [one.name for one in found]
    away_m = math.hypot(found[0].x_m, found[0].y_m)
    assert lines[0].startswith(f"{away_m:6.0f} m  ")
    assert "100 points" in lines[0]


def test_data_hold_what_a_plan_needs(capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--centre", "1000000", "-3000000", "--within", "900")
    assert run(options("ripple-field", *where, "--json")) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) >= 2
    for row in rows:
        east_m, north_m = row["x_m"] - 1e6, row["y_m"] + 3e6
        assert math.hypot(east_m, north_m) == pytest.approx(row["away_m"])
        assert row["away_m"] * math.sin(math.radians(row["bearing_deg"])) == pytest.approx(east_m)
        assert row["away_m"] <= 900.0
        assert row["seen"] == "from orbit"


@pytest.mark.parametrize(
    "words", [("--within", "nan"), ("--within", "9000"), ("--centre", "nan", "0")]
)
def test_nonsense_is_refused_in_a_sentence(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="detours: "):
        run(options("ninety-sols", *words))
