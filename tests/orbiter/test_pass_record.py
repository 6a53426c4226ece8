from dataclasses import asdict

import pytest

from game.orbiter.pass_record import pass_records
from game.orbiter.relay import passes_of_sol
from tests.orbiter.cases import SITE, mission_s, rows, shipped_orbiter

ORBITER = shipped_orbiter()


@pytest.mark.parametrize("row", rows("uhf_pass_volume")[::5], ids=lambda row: row["aos_utc"])
def test_a_record_reads_like_the_reference(row: dict[str, str]) -> None:
    # uhf_pass_volume.csv: 0.5 s, 0.02 deg, 0.1 km, 15 s, 1 %
    found = pass_records(ORBITER, SITE, int(row["sol_aos"]) + 1)
    one = min(found, key=lambda record: abs(mission_s(record.aos_utc) - mission_s(row["aos_utc"])))
    assert mission_s(one.aos_utc) == pytest.approx(mission_s(row["aos_utc"]), abs=0.5)
    assert one.max_elevation_deg == pytest.approx(float(row["max_el_deg"]), abs=0.02)
    assert one.min_range_km == pytest.approx(float(row["min_range_km"]), abs=0.1)
    assert one.usable_s == pytest.approx(float(row["usable_s_el10"]), abs=15.0)
    assert one.volume_mbit == pytest.approx(float(row["volume_Mbit"]), rel=0.01)


def test_a_record_has_the_columns_of_the_almanac() -> None:
    record = asdict(pass_records(ORBITER, SITE, 20)[0])
    assert list(record) == [
        "aos_utc",
        "culmination_utc",
        "los_utc",
        "max_elevation_deg",
        "min_range_km",
        "usable_s",
        "volume_mbit",
        "aos_doppler_hz",
        "culmination_doppler_hz",
        "los_doppler_hz",
        "max_doppler_hz",
        "zero_doppler_utc",
    ]
    assert record["aos_utc"] < record["culmination_utc"] < record["los_utc"]


def test_every_pass_of_a_sol_has_its_record() -> None:
    assert len(pass_records(ORBITER, SITE, 20)) == len(passes_of_sol(ORBITER, SITE, 20))
    assert pass_records(ORBITER, SITE, 1) == ()
