"""Shapes of standing things: lists of parts, as TOML files tell them.

Shape coordinates: first forward (up in the picture), then right. [m]
"""

from dataclasses import dataclass, replace
from enum import StrEnum

Point = tuple[float, float]


class PartKind(StrEnum):
    """How the points of a part are meant."""

    POLYGON = "polygon"
    DISC = "disc"
    LINE = "line"
    DOME = "dome"


@dataclass(frozen=True, slots=True)
class Part:
    """One painted piece of a shape.

    Attributes
    ----------
    kind : PartKind
        Filled polygon, disc about the one point, line through the points, or a disc that bulges.
    points_m : tuple of (forward, right)
        Where it is. [m]
    colour : str
        As "#RRGGBB" under white light.
    height_m : float
        Top above the ground, for shadows that parts throw on each other. [m]
    width_m : float
        Radius of a disc, width of a line. [m]
    slope_forward, slope_right : float
        How the face falls towards the front and towards the right. [-]
    gloss : float
        Mirror-like share. [0-1]
    crinkle, crinkle_m : float
        Random slope, for foil and cloth, and the size of the wrinkles. [-] [m]
    bulge_1_m : float
        How much the slope grows with the distance from the middle. [1/m]
    cell_m : (along, across)
        Size of solar cells laid over the part, none when zero. [m]
    gap_colour : str
        What shows between the cells.
    is_mirrored : bool
        Paint it on the left side as well.
    """

    kind: PartKind
    points_m: tuple[Point, ...]
    colour: str
    height_m: float = 0.0
    width_m: float = 0.0
    slope_forward: float = 0.0
    slope_right: float = 0.0
    gloss: float = 0.0
    crinkle: float = 0.0
    crinkle_m: float = 0.03
    bulge_1_m: float = 0.0
    cell_m: Point = (0.0, 0.0)
    gap_colour: str = "#808080"
    is_mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Parts from the bottom up, in a square of a given half side [m]."""

    half_m: float
    parts: tuple[Part, ...]


def linear_rgb(colour: str) -> tuple[float, float, float]:
    """Return "#RRGGBB" as linear light, 0 to 1 [-].

    References
    ----------
    .. [1] IEC 61966-2-1:1999, sRGB.
    """
    parts = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return (red, green, blue)


def mirrored(part: Part) -> Part:
    """Return the part on the other side of the middle line."""
    points_m = tuple((forward, -right) for forward, right in part.points_m)
    return replace(part, points_m=points_m, slope_right=-part.slope_right)
