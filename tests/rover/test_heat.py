"""What warms the box: wax, against the tables of its substance, and radioisotope heaters."""

from dataclasses import replace
from typing import Any

import pytest

from game.rover.heat import Inside, store_k
from game.rover.thermal import initial_thermal, step_thermal, stored_heat_j
from tests.rover.machines import NIGHT, thermal_spec


def test_the_wax_is_undecane() -> None:
    # NIST WebBook, n-undecane (156.31 g/mol; Finke et al. 1954): liquid 344.9 J/mol/K at 25 C,
    # melts at 247.6 K with 22.2 kJ/mol.
    spec = thermal_spec()
    mole_kg = 0.15631
    melted_j = spec.store_kg * spec.store_latent_j_kg
    warmer_j = spec.store_kg * 344.9 / mole_kg * 10.0
    assert store_k(spec, melted_j) == pytest.approx(247.6, abs=0.1)
    assert melted_j == pytest.approx(spec.store_kg * 22_200.0 / mole_kg, rel=0.01)
    assert store_k(spec, melted_j + warmer_j) == pytest.approx(257.6, abs=0.3)


def test_isotopes_hold_a_battery_above_its_box_and_are_in_the_books() -> None:
    # Six of the eight watts of Spirit and Opportunity, through 0.3 W/K: 20 K, less what leaks out.
    bare = replace(thermal_spec(), store_kg=0.0, box_battery_w_k=0.3)
    hot = replace(bare, box_isotope_w=2.0, battery_isotope_w=6.0)
    cold = replace(initial_thermal(250.0, 200.0), has_heater_power=False)
    after = {}
    for spec in (bare, hot):
        state = cold
        for _ in range(40 * 88):
            state = step_thermal(spec, state, NIGHT, Inside(0.0, 0.0), 1000.0)
        gained_j = stored_heat_j(spec, state) - stored_heat_j(spec, cold)
        assert state.heat_in_j - state.heat_out_j == pytest.approx(gained_j, abs=1e-3)
        after[spec] = state
    assert after[hot].battery_k - after[hot].box_k == pytest.approx(20.0, abs=0.01)
    assert after[bare].battery_k == pytest.approx(after[bare].box_k, abs=0.01)
    # All eight go through the wall of the box, 1.9 W/K.
    wall_k = after[hot].box_k - after[hot].shell_k
    assert wall_k == pytest.approx(8.0 / bare.box_shell_w_k, abs=0.01)


@pytest.mark.parametrize("name", ["box_isotope_w", "battery_isotope_w"])
def test_absurd_isotopes_are_refused(name: str) -> None:
    for power_w in (-1.0, float("nan"), 1001.0):
        odd: dict[str, Any] = {name: power_w}
        with pytest.raises(ValueError, match=f"{name} must be from 0 to 1000"):
            replace(thermal_spec(), **odd)
