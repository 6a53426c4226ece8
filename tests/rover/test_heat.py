"""The wax that keeps the day's heat, against the tables of its substance."""

import pytest

from game.rover.heat import store_k
from tests.rover.machines import thermal_spec


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
