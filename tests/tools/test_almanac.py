import csv
import io
import json

import pytest

from game.cli import main
from game.tools.almanac import parse_sols

TIME_FIELDS = (
    *("utc", "msd", "mtc_h", "ls_deg", "lmst_h", "ltst_h", "sun_distance_au"),
    *("sun_elevation_deg", "sun_azimuth_deg", "earth_distance_au", "earth_elevation_deg"),
    *("light_time_s", "sun_earth_mars_deg"),
)
SOL_FIELDS = (
    *("sol", "utc_midnight", "utc_sunrise", "utc_noon", "utc_sunset", "ls_deg"),
    *("noon_elevation_deg", "toa_w_m2", "insolation_wh_m2", "pressure_pa", "air_min_k"),
    *("air_max_k", "ground_min_k", "ground_max_k", "passes"),
)


def almanac(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["almanac", *arguments]) == 0
    return capsys.readouterr().out


def test_times_come_as_a_list_with_the_promised_names(capsys: pytest.CaptureFixture[str]) -> None:
    text = almanac(
        capsys, "--utc", "2000-01-06T00:00:00Z", "--utc", "2021-05-14T23:18:00Z",
        "--lat", "0", "--lon", "0", "--json",
    )  # fmt: skip
    rows = json.loads(text)
    assert [list(row) for row in rows] == [list(TIME_FIELDS)] * 2
    # Mars24 page, worked example A.
    assert rows[0]["ls_deg"] == pytest.approx(277.18758, abs=2e-5)
    assert rows[0]["mtc_h"] == pytest.approx(23.99425, abs=1e-5)
    assert rows[0]["ltst_h"] == pytest.approx(23.64840, abs=1e-5)
    assert rows[1]["msd"] == pytest.approx(52387.27694, abs=1e-5)
    assert rows[1]["utc"] == "2021-05-14T23:18:00Z"


def test_sols_come_with_the_promised_names_and_passes(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(almanac(capsys, "--sol", "1..10", "--tau", "0.44", "--json"))
    assert [row["sol"] for row in rows] == list(range(1, 11))
    assert tuple(rows[0]) == SOL_FIELDS
    # JPL DE440: midnight, sunrise, noon and sunset of the landing sol.
    assert rows[0]["utc_midnight"] == "2021-05-14T08:56:27.316Z"
    assert rows[0]["utc_sunrise"] == "2021-05-14T14:40:17Z"
    assert rows[0]["toa_w_m2"] == pytest.approx(500.63, rel=5e-4)
    # 3671 Wh/m2 by an independent integral.
    assert rows[0]["insolation_wh_m2"] == pytest.approx(3671, rel=0.005)
    assert rows[0]["passes"] == []
    assert rows[9]["passes"]
    assert set(rows[9]["passes"][0]) >= {
        "aos_utc",
        "culmination_utc",
        "los_utc",
        "max_elevation_deg",
        "usable_s",
        "volume_mbit",
        "aos_doppler_hz",
        "culmination_doppler_hz",
        "los_doppler_hz",
        "max_doppler_hz",
        "zero_doppler_utc",
    }


def test_sols_before_the_landing_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(almanac(capsys, "--sol", "-1..1", "--json"))
    assert [row["sol"] for row in rows] == [-1, 0, 1]
    assert rows[0]["utc_midnight"] < rows[1]["utc_midnight"] < rows[2]["utc_midnight"]
    assert rows[0]["passes"] == []


def test_csv_has_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    table = list(csv.reader(io.StringIO(almanac(capsys, "--sol", "5..6", "--csv"))))
    assert tuple(table[0]) == SOL_FIELDS
    assert len(table) == 3
    times = list(csv.DictReader(io.StringIO(almanac(capsys, "--utc", "2030-12-31", "--csv"))))
    assert tuple(times[0]) == TIME_FIELDS


def test_people_get_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert "insolation_wh_m2" in almanac(capsys, "--sol", "3")
    assert "light_time_s" in almanac(capsys, "--utc", "2021-05-14T23:00:00Z")


def test_another_place_has_its_own_sun_and_air(capsys: pytest.CaptureFixture[str]) -> None:
    olympus, hellas = (
        json.loads(almanac(capsys, "--sol", "1", "--lat", lat, "--lon", lon, "--json"))[0]
        for lat, lon in (("18.65", "226.2"), ("-42", "66"))
    )
    assert olympus["pressure_pa"] < 200
    assert hellas["pressure_pa"] > 900
    assert olympus["noon_elevation_deg"] > hellas["noon_elevation_deg"]


def test_a_landing_site_by_name_counts_its_own_sols(capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(almanac(capsys, "--place", "jezero", "--sol", "1", "--json"))[0]
    # Perseverance landed on 2021-02-18 at Ls 5.6; MEDA measured 718 Pa; 3 %.
    assert row["utc_midnight"] < "2021-02-18T20:43:49Z" < row["utc_sunset"] < "2021-02-19T12:00:00Z"
    assert row["ls_deg"] == pytest.approx(5.6, abs=0.3)
    assert row["pressure_pa"] == pytest.approx(718.0, rel=0.03)
    viking = json.loads(almanac(capsys, "--place", "Viking 1", "--sol", "1", "--json"))[0]
    assert viking["utc_noon"].startswith("1976-07-20")
    assert viking["passes"] == []


def test_polar_night_has_no_sunrise(capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(almanac(capsys, "--sol", "10", "--lat", "-85", "--json"))[0]
    assert row["utc_sunrise"] is None
    assert row["utc_sunset"] is None
    assert row["insolation_wh_m2"] == 0.0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--tau", "-0.1", "--sol", "1"],
        ["--tau", "nan", "--sol", "1"],
        ["--lat", "90.5", "--sol", "1"],
        ["--lat", "nan", "--sol", "1"],
        ["--lon", "inf", "--sol", "1"],
        ["--utc", "2060-01-01T00:00:00Z"],
        ["--utc", "1960-01-01T00:00:00Z"],
        ["--utc", "2021-02-30T00:00:00Z"],
        ["--utc", "soon"],
        ["--sol", "10..1"],
        ["--sol", "one"],
        ["--sol", "1..99999"],
        ["--sol", "90000"],
        ["--sol", "-90000"],
        ["--sol", ""],
        ["--sol", "-5..-9"],
        ["--utc", ""],
        ["--lat", "-90.1", "--utc", "2021-05-15"],
        ["--tau", "-1", "--utc", "2021-05-15"],
        ["--place", "Jezeroo", "--sol", "1"],
        ["--place", "Gale", "--lat", "3", "--sol", "1"],
        ["--tau", "much", "--sol", "1"],
        ["--tau", "1e308", "--sol", "1"],
        ["--sol", "1", "--utc", "2021-05-14"],
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["almanac", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.split()) >= 5
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--utc", "2021-06-01T00:00:00Z", "--orbit", "nosuch"], "passes of whole sols"),
        (["--utc", "2021-06-01T00:00:00Z", "--tau", "1"], "light of whole sols"),
        (["--tau", "1e9"], "must be at most"),
        (["--tau", "nan"], "tau"),
    ],
)
def test_no_option_is_passed_over_in_silence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["almanac", *arguments]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sols", "told"),
    [
        ("1..2000000", "'1..2000000': the range must go up and hold at most 2000 sols"),
        ("1..2001", "'1..2001': the range must go up and hold at most 2000 sols"),
        ("90..1", "'90..1': the range must go up and hold at most 2000 sols"),
        ("1.." + "9" * 5000, "the range must go up and hold at most 2000 sols"),
        ("20000000", "the sky is known from 1972 to 2049, not outside"),
        ("9" * 5000, "the sky is known from 1972 to 2049, not outside"),
        ("soon", "takes one sol or a range such as 1..90, at most 2000 sols, not 'soon'"),
        ("1...9", "takes one sol or a range such as 1..90, at most 2000 sols, not '1...9'"),
    ],
)
def test_too_many_sols_are_refused_with_the_limit(
    capsys: pytest.CaptureFixture[str], sols: str, told: str
) -> None:
    assert main(["almanac", "--sol", sols]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert len(error) < 200


def test_two_thousand_sols_may_be_asked_for() -> None:
    assert parse_sols(" -5..1994 ") == range(-5, 1995)
