from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.orbiter.link import RANGES, rate_bit_s, received_dbm
from tests.orbiter.cases import rows, shipped_orbiter

LINK = shipped_orbiter().link


@pytest.mark.parametrize("row", rows("uhf_link"), ids=lambda row: row["range_km"])
def test_the_link_table_is_met_exactly(row: dict[str, str]) -> None:
    # uhf_link.csv: P = EIRP + gain - losses - spreading, rates in powers of two
    range_m = float(row["range_km"]) * 1e3
    assert float(rate_bit_s(LINK, range_m)) == float(row["rate_kbps_step"]) * 1e3
    assert float(received_dbm(LINK, range_m)) == pytest.approx(float(row["p_rx_dbm"]), abs=6e-4)


def test_rates_only_fall_with_distance_and_end_in_silence() -> None:
    rates = np.asarray(rate_bit_s(LINK, np.geomspace(1e5, 1e9, 400)))
    assert np.all(np.diff(rates) <= 0.0)
    assert rates[0] == LINK.fastest_bit_s
    assert rates[-1] == 0.0


def test_rates_that_are_no_powers_of_two_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        replace(LINK, fastest_bit_s=3_000)
    with pytest.raises(ValueError, match="mask_deg"):
        replace(LINK, mask_deg=95.0)


@pytest.mark.parametrize("key", [*RANGES, "mask_deg"])
def test_a_number_that_no_radio_has_is_named_with_its_range(key: str) -> None:
    link = shipped_orbiter().link
    odds: tuple[Any, ...] = (1e308, -1e308)
    if key.endswith("bit_s"):
        odds = (10**310, -(10**30))
    for odd in odds:
        with pytest.raises(ValueError, match=f"{key} must be from"):
            replace(link, **{key: odd})
