import tomllib
from typing import Any

import pytest

from game import config
from game.errors import ConfigError
from game.orbiter.relay import OrbiterSpec
from tests.orbiter.cases import ROOT


def table() -> dict[str, Any]:
    read = tomllib.loads((ROOT / "game/data/orbiter.toml").read_text(encoding="utf-8"))
    del read["schema"]
    return read


def test_all_problems_of_a_broken_orbit_file_are_told_at_once() -> None:
    broken = table()
    broken["orbit"]["eccentricty"] = broken["orbit"].pop("eccentricity")
    broken["orbit"]["inclination_deg"] = float("nan")
    broken["link"]["mask_deg"] = 120.0
    with pytest.raises(ConfigError) as caught:
        config.parse(broken, OrbiterSpec, "orbiter.toml")
    text = str(caught.value)
    assert "did you mean 'eccentricity'?" in text
    assert "inclination_deg: must be a finite number" in text
    assert "mask_deg must be from 0 to below 90" in text


def test_an_orbit_below_ground_is_refused_with_its_file() -> None:
    broken = table()
    broken["orbit"]["semi_major_axis_m"] = 4_000_000.0
    with pytest.raises(ConfigError, match=r"orbiter.toml: the orbit runs below ground"):
        config.parse(broken, OrbiterSpec, "orbiter.toml")


def test_a_phase_below_ground_is_refused_by_name() -> None:
    broken = table()
    broken["phase"][2]["lowest_radius_m"] = 3_300_000.0
    with pytest.raises(ConfigError, match="phase parking runs below ground"):
        config.parse(broken, OrbiterSpec, "orbiter.toml")


def test_a_free_orbit_needs_no_rates() -> None:
    free = table()
    for name in ("ascending_node", "periapsis_argument", "mean_anomaly"):
        del free["orbit"][f"{name}_rate_deg_day"]
    free["orbit"]["model"] = "integrated"
    config.parse(free, OrbiterSpec, "orbiter.toml")
