from dataclasses import replace

import pytest

from game.environment.dust import constant_dust
from game.environment.nature import EnvironmentSpec, environment_spec
from game.rules import load_table


@pytest.fixture(scope="session")
def nature() -> EnvironmentSpec:
    return environment_spec(load_table("mars"), seed=7)


@pytest.fixture(scope="session")
def calm(nature: EnvironmentSpec) -> EnvironmentSpec:
    """The landing site under a steady tau of 0.4, without weather or whirls."""
    return replace(
        nature,
        dust=constant_dust(nature.dust, 0.4),
        air=replace(nature.air, weather_pa=0.0),
        vortex=replace(nature.vortex, passes_1_sol=0.0),
    )
