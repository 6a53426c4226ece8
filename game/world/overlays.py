"""What a level lays over the ground: plain records, as part of the terrain's description."""

import struct
from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What kind of place somebody might drive to."""

    LANDER = "lander"
    HARDWARE = "hardware"
    DUNE = "dune"
    ROCK = "rock"
    CRATER = "crater"
    CONE = "cone"
    CHAIN = "chain"
    CRUST = "crust"
    SAMPLE_SITE = "sample_site"
    GOAL = "goal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot with a name and a story.

    Attributes
    ----------
    name : str
        Short name for files and logs, unique in a world.
    title : str
        Words for people.
    kind : PlaceKind
        What it is.
    x_m, y_m : float
        East and north of the lander. [m]
    radius_m : float
        How near one has to come. [m]
    """

    name: str
    title: str
    kind: PlaceKind
    x_m: float
    y_m: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class CraterOverlay:
    """A crater put there by hand.

    Attributes
    ----------
    x_m, y_m : float
        Centre. [m]
    diameter_m : float
        Rim to rim. [m]
    depth_ratio : float
        Depth over diameter, 0.02 ghost to 0.2 fresh. [-]
    age_frac : float
        0 young and rocky, 1 old and smooth. [-]
    """

    x_m: float
    y_m: float
    diameter_m: float
    depth_ratio: float
    age_frac: float

    def __post_init__(self) -> None:
        _check(self.diameter_m > 0.0, "a crater needs a diameter_m above 0")
        _check(0.0 < self.depth_ratio <= 1.0, "a crater's depth_ratio lies between 0 and 1")
        _check(0.0 <= self.age_frac <= 1.0, "a crater's age_frac lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class MoundOverlay:
    """Ground raised or lowered softly round a point: height_m at the centre, 0 at radius_m [m]."""

    x_m: float
    y_m: float
    radius_m: float
    height_m: float

    def __post_init__(self) -> None:
        _check(self.radius_m > 0.0, "a mound needs a radius_m above 0")


@dataclass(frozen=True, slots=True)
class FlatOverlay:
    """A rectangle levelled to one height, with a soft edge of width blend_m inside it [m]."""

    x0_m: float
    y0_m: float
    x1_m: float
    y1_m: float
    height_m: float
    blend_m: float

    def __post_init__(self) -> None:
        _check(self.x0_m < self.x1_m and self.y0_m < self.y1_m, "a flat area needs width")
        _check(self.blend_m > 0.0, "a flat area needs a blend_m above 0")


@dataclass(frozen=True, slots=True)
class HeightGrid:
    """Heights given on a grid; rows from south to north, bytes of little-endian float32 [m].

    Attributes
    ----------
    x0_m, y0_m : float
        South-west node. [m]
    cell_m : float
        Distance of nodes. [m]
    columns, rows : int
        Number of nodes. [-]
    heights : bytes
        rows * columns numbers of 4 bytes. [m]
    is_added : bool
        Added to the ground there, or put in its place.
    """

    x0_m: float
    y0_m: float
    cell_m: float
    columns: int
    rows: int
    heights: bytes
    is_added: bool

    def __post_init__(self) -> None:
        _check(self.cell_m > 0.0, "a height grid needs a cell_m above 0")
        _check(min(self.columns, self.rows) > 1, "a height grid needs two rows and two columns")
        size = self.columns * self.rows * struct.calcsize("<f")
        _check(len(self.heights) == size, f"a height grid of this size has {size} bytes")


@dataclass(frozen=True, slots=True)
class RockOverlay:
    """One rock put there by hand, diameter [m]."""

    x_m: float
    y_m: float
    diameter_m: float

    def __post_init__(self) -> None:
        _check(self.diameter_m > 0.0, "a rock needs a diameter_m above 0")


@dataclass(frozen=True, slots=True)
class RockFieldOverlay:
    """Another rock abundance inside a circle: share of the ground under rocks, 0 clears it.

    Attributes
    ----------
    x_m, y_m, radius_m : float
        The circle. [m]
    rock_frac : float
        Area under rocks, 0 to 0.3. [-]
    """

    x_m: float
    y_m: float
    radius_m: float
    rock_frac: float

    def __post_init__(self) -> None:
        _check(self.radius_m > 0.0, "a rock field needs a radius_m above 0")
        _check(0.0 <= self.rock_frac <= 0.3, "a rock field's rock_frac lies between 0 and 0.3")


UNPAINTED = 255


@dataclass(frozen=True, slots=True)
class SoilPaint:
    """Soil classes painted on squares; rows from south to north, 255 leaves the ground alone.

    Attributes
    ----------
    x0_m, y0_m : float
        South-west corner of the first square. [m]
    cell_m : float
        Side of a square. [m]
    columns, rows : int
        Number of squares. [-]
    soils : bytes
        One `Soil` number a square. [-]
    """

    x0_m: float
    y0_m: float
    cell_m: float
    columns: int
    rows: int
    soils: bytes

    def __post_init__(self) -> None:
        _check(self.cell_m > 0.0, "painted soil needs a cell_m above 0")
        _check(len(self.soils) == self.columns * self.rows, "painted soil needs a byte a square")


@dataclass(frozen=True, slots=True)
class PlaceOverlay:
    """A named place; see `Place`."""

    name: str
    title: str
    kind: PlaceKind
    x_m: float
    y_m: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class OpenGround:
    """Takes the site's own landmarks and places away: a level that wants only its own."""


Overlay = (
    CraterOverlay
    | MoundOverlay
    | FlatOverlay
    | HeightGrid
    | RockOverlay
    | RockFieldOverlay
    | SoilPaint
    | PlaceOverlay
    | OpenGround
)


def _check(is_good: bool, sentence: str) -> None:
    if not is_good:
        raise ValueError(sentence)
