"""Everything nature is made of at one place, as one value; read from data/mars.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from game import rng
from game.config import parse
from game.digest import digest
from game.environment.atmosphere import AirSpec
from game.environment.clock import SiteSpec
from game.environment.dust import DustSpec
from game.environment.expectation import Expected
from game.environment.ground import GroundSpec
from game.environment.vortices import VortexSpec
from game.environment.wind import WindSpec


@dataclass(frozen=True, slots=True)
class EnvironmentSpec:
    """Nature at one place, for one seed.

    Attributes
    ----------
    site : Where, and when its clock starts.
    dust, air, wind, vortex, ground : See the files of those names.
    seed : Chooses noise, storms, gusts and whirls.
    expected : From when on nature is only expected, for forecasts; see `expectation.py`.
    key : Fingerprint of all of this, so that remembering is quick.
    """

    site: SiteSpec
    dust: DustSpec
    air: AirSpec
    wind: WindSpec
    vortex: VortexSpec
    ground: GroundSpec
    seed: int = 0
    expected: Expected | None = None
    key: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        rng.check_seed(self.seed)
        values = tuple(getattr(self, f.name) for f in fields(self) if f.name != "key")
        object.__setattr__(self, "key", int(digest(values), 16))

    def __hash__(self) -> int:
        return self.key


def environment_spec(table: Mapping[str, Any], seed: int) -> EnvironmentSpec:
    """Build nature from the table of `data/mars.toml`; raises ConfigError with every problem."""
    content = {key: value for key, value in table.items() if key != "schema"}
    return parse({**content, "seed": seed}, EnvironmentSpec, "mars.toml")
