"""The shipped science rules and the tables they come from, for the tests here."""

import csv
import tomllib
from pathlib import Path

from game import config
from game.science.samples import ScienceSpec

ROOT = Path(__file__).parents[2]


def shipped_science() -> ScienceSpec:
    table = tomllib.loads((ROOT / "game/data/science.toml").read_text(encoding="utf-8"))
    del table["schema"]
    return config.parse(table, ScienceSpec, "science.toml")


def rows(name: str) -> list[dict[str, str]]:
    path = ROOT / "tests/reference" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
