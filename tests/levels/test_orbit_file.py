"""An orbit of one's own: in a mission.toml, and for the almanac."""

import json
import re
from pathlib import Path

import pytest

from game.cli import main
from game.contact import next_pass_here
from game.errors import LevelError
from game.levels.load import load_level
from game.levels.open import open_level
from game.levels.orbit_file import read_orbit_file
from game.orbiter.orbit import OrbitModel
from game.simulation import initial_state
from tests.orbiter.cases import mission_s, rows

# Osculating elements of the telemetry vector of 2021-06-03, relay_elements.csv
FREE = """[orbiter]
model = "integrated"
epoch_utc = "2021-06-03T09:41:25.417Z"
semi_major_axis_m = 9_819_337.231
eccentricity = 0.628520622
inclination_deg = 88.938805
ascending_node_deg = 111.371417
periapsis_argument_deg = 168.070909
mean_anomaly_deg = 306.831385
"""
MISSION = """schema = 1
title = "Another orbit"
sols = 20

[[objects]]
class = "goal"
name = "far"
x_m = -3.0
y_m = -40.5
radius_m = 5.0

"""
BROKEN = """schema = 1
title = "Broken"

[orbiter]
model = "integrated"
epoch_utc = "2021-06-03T09:41:25.417Z"
semi_major_axis_m = 3_000_000.0
eccentricty = 0.1
eccentricity = 1.3
inclination_deg = nan
ascending_node_deg = "north"
periapsis_argument_deg = 168.0
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mission.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mission_flies_the_orbit_it_brings(tmp_path: Path) -> None:
    setup = open_level(str(written(tmp_path, MISSION + FREE))).setup
    assert setup.orbiter.orbit.model is OrbitModel.INTEGRATED
    assert setup.orbiter.orbit.eccentricity == 0.628520622
    assert setup.orbiter.orbit.start_utc == ""  # nothing of the shipped orbit is left
    coming = next_pass_here(setup, initial_state(setup).rover, 1_000)
    assert coming is not None
    assert coming.sol <= 2  # the shipped one is silent until sol 3


def test_an_orbit_below_ground_is_told_beside_a_misspelt_shape(tmp_path: Path) -> None:
    low = FREE.replace("9_819_337.231", "3_000_000.0").replace("eccentricity", "eccentricty")
    with pytest.raises(LevelError) as caught:
        read_orbit_file(written(tmp_path, low))
    assert "the orbit runs below ground" in str(caught.value)
    assert "did you mean 'eccentricity'" in str(caught.value)


@pytest.mark.parametrize(
    "line", ["ascending_node_rate_deg_day = 1e30", "ascending_node_deg = 1e300", "j = 1"]
)
def test_absurd_angles_and_rates_of_an_orbit_file_are_named_by_the_almanac(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    key = line.split(" ", maxsplit=1)[0]
    plain = "\n".join(row for row in FREE.splitlines() if not row.startswith(f"{key} "))
    path = written(tmp_path, f"{plain}\n{line}\n")
    assert main(["almanac", "--sol", "9", "--orbit", str(path)]) == 2
    told = capsys.readouterr().err
    assert key in told
    assert "argmax" not in told
    assert "line " in told


def test_all_problems_come_with_line_key_and_nearest_name(tmp_path: Path) -> None:
    path = written(tmp_path, BROKEN)
    with pytest.raises(LevelError) as caught:
        load_level(path)
    text = str(caught.value)
    assert "line 8: unknown key 'eccentricty'; did you mean 'eccentricity'?" in text
    assert "line 9: eccentricity: must be from 0 to below 1, not 1.3" in text
    assert "line 10: inclination_deg: must be a finite number" in text
    lines = [int(found) for found in re.findall(r"line (\d+):", text)]
    assert lines == sorted(lines)
    assert "line 11: ascending_node_deg: expected float" in text
    assert "line 4: missing key 'mean_anomaly_deg'" in text
    assert str(path) in text


def test_an_orbit_below_ground_names_its_line(tmp_path: Path) -> None:
    low = MISSION + FREE.replace("9_819_337.231", "8_000_000.0")
    with pytest.raises(LevelError, match=r"line 15: semi_major_axis_m: the orbit runs below"):
        load_level(written(tmp_path, low))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = 3", "no \\[orbiter\\] table"),
        ("orbiter = 3", "must be a table"),
        ("[orbiter", "not valid TOML"),
    ],
)
def test_files_without_an_orbit_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LevelError, match=words):
        read_orbit_file(written(tmp_path, text))
    with pytest.raises(LevelError, match="cannot be read"):
        read_orbit_file(tmp_path / "nothing.toml")


def test_a_table_with_nearly_the_right_name_is_pointed_at(tmp_path: Path) -> None:
    path = written(tmp_path, FREE.replace("[orbiter]", "[orbit]"))
    with pytest.raises(LevelError, match=r"should \[orbit\] be \[orbiter\]"):
        read_orbit_file(path)


def test_the_almanac_lists_the_passes_of_any_orbit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # relay_passes_j2.csv: elements and J2, DOP853; 5 s, and 0.1 km of a station a kilometre away
    path = written(tmp_path, FREE)
    assert main(["almanac", "--sol", "20..21", "--orbit", str(path), "--json"]) == 0
    found = [one for row in json.loads(capsys.readouterr().out) for one in row["passes"]]
    for row in rows("relay_passes_j2")[:4]:
        near = min(
            found, key=lambda one: abs(mission_s(one["aos_utc"]) - mission_s(row["aos_utc"]))
        )
        assert mission_s(near["aos_utc"]) == pytest.approx(mission_s(row["aos_utc"]), abs=5.0)
        assert mission_s(near["los_utc"]) == pytest.approx(mission_s(row["los_utc"]), abs=5.0)


def test_a_broken_orbit_ends_the_almanac_with_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["almanac", "--sol", "20", "--orbit", str(written(tmp_path, BROKEN))]) == 2
    assert "line 9: eccentricity" in capsys.readouterr().err


def test_elements_changed_one_by_one_are_checked_with_their_lines(tmp_path: Path) -> None:
    changed = (
        MISSION
        + """[rules.orbiter.orbit]
eccentricity = 1.2
inclination_deg = nan
semi_major_axis = 3.0

[rules.orbiter.link]
mask_deg = 100.0
"""
    )
    with pytest.raises(LevelError) as caught:
        load_level(written(tmp_path, changed))
    text = str(caught.value)
    assert "line 13: rules.orbiter.orbit.eccentricity: must be from 0 to below 1" in text
    assert "unknown key 'semi_major_axis'; did you mean 'semi_major_axis_m'?" in text
    assert "inclination_deg: must be a finite number" in text
    assert "mask_deg must be from 0 to below 90" in text
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# mine\n[orbitr]\na = 1\n", "line 2: should [orbitr] be [orbiter]?"),
        ("\n[ORBITER]\na = 1\n", "line 2: should [ORBITER] be [orbiter]?"),
        ("orbiter.x = 1\n", "line 1: unknown key 'x'"),
        ("\n\n[[orbitr]]\na = 1\n", "line 3: should [orbitr] be [orbiter]?"),
        ("\n[[orbiter]]\na = 1\n", "line 2: 'orbiter' must be a table"),
        ("# mine\norbiter = 3\n", "line 2: 'orbiter' must be a table"),
    ],
)
def test_a_table_of_the_wrong_kind_or_name_is_told_with_its_line(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(LevelError) as caught:
        read_orbit_file(written(tmp_path, text))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[orbitr]", "line 4: unknown key 'orbitr'; did you mean 'orbiter'?"),
        ("[[orbiter]]", "line 4: 'orbiter' must be a table, written as [orbiter]"),
        ("[[objectivs]]", "line 4: unknown key 'objectivs'; did you mean 'objectives'?"),
    ],
)
def test_a_mission_names_the_line_of_a_misspelt_table(
    tmp_path: Path, table: str, told: str
) -> None:
    with pytest.raises(LevelError) as caught:
        load_level(written(tmp_path, f'schema = 1\ntitle = "x"\n\n{table}\na = 1\n'))
    assert told in str(caught.value)
