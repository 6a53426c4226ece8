"""What the rover is made of, where it stands, and its sign on far views."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import pygame

from game.config import parse
from game.ui.assets import window_table
from game.ui.draw.parts import Part, PartKind, Shape
from game.ui.draw.shading import Finish
from game.ui.draw.shadow import Prism
from game.ui.theme import load_theme

ARROW = (
    (1.0, 0.0),
    (-1.0, 0.84),
    (-0.55, 0.0),
    (-1.0, -0.84),
)  # forward and right, per half length
ARROW_OVERSAMPLING = 4


@dataclass(frozen=True, slots=True)
class WheelSpec:
    """One wheel; the colours are those of tread, bars and rim."""

    radius_m: float
    width_m: float
    grouser_count: int
    phase_count: int
    half_m: float
    rubber_colour: str
    grouser_colour: str
    rim_colour: str
    height_m: float


@dataclass(frozen=True, slots=True)
class AssemblySpec:
    """How the parts go together; see shapes.toml."""

    wheels_m: tuple[tuple[float, float], ...]
    steering: tuple[float, ...]
    mast_m: tuple[float, float]
    mast_height_m: float
    mast_width_m: float
    deck_height_m: float
    master_px_m: tuple[float, ...]
    master_factor: float
    heading_step_deg: float
    light_step_deg: float
    wheel_step_factor: float
    arrow_below_px_m: float
    arrow_px: float
    contact_m: float
    contact_frac: float


@dataclass(frozen=True, slots=True)
class RoverPose:
    """How the rover stands.

    Attributes
    ----------
    x_m, y_m : float
        Middle of the body. [m]
    heading_rad : float
        Clockwise from north. [rad]
    steer_rad : float
        Of the front wheels, right is positive; the rear ones steer against. [rad]
    driven_m : float
        Turns the wheels. [m]
    mast_rad : float
        Where the cameras point, clockwise from north. [rad]
    dust_frac : float
        Dust on wings and deck. [0-1]
    """

    x_m: float
    y_m: float
    heading_rad: float
    steer_rad: float = 0.0
    driven_m: float = 0.0
    mast_rad: float = 0.0
    dust_frac: float = 0.0


@dataclass(frozen=True, slots=True)
class RoverShapes:
    """Everything shapes.toml says about the rover."""

    body: Shape
    head: Shape
    wheel: WheelSpec
    assembly: AssemblySpec
    finish: Finish
    shadow: tuple[Prism, ...]


@cache
def load_rover_shapes() -> RoverShapes:
    """Read the rover's part of shapes.toml once."""
    table: dict[str, Any] = window_table("shapes")
    where = "data/shapes.toml"
    return RoverShapes(
        parse(table["rover"], Shape, f"{where}: rover"),
        parse(table["head"], Shape, f"{where}: head"),
        parse(table["wheel"], WheelSpec, f"{where}: wheel"),
        parse(table["assembly"], AssemblySpec, f"{where}: assembly"),
        parse(table["finish"], Finish, f"{where}: finish"),
        tuple(parse(row, Prism, f"{where}: shadow") for row in table["shadow"]),
    )


def wheel_shape(spec: WheelSpec, phase: int) -> Shape:
    """Return a wheel from above with its bars a part of a step further."""
    r, half = spec.radius_m, spec.width_m / 2
    corners = ((r, -half), (r, half), (-r, half), (-r, -half))
    parts = [
        Part(PartKind.POLYGON, corners, spec.rim_colour, spec.height_m - 0.02),
        Part(
            PartKind.POLYGON,
            tuple((0.96 * x, 0.93 * y) for x, y in corners),
            spec.rubber_colour,
            spec.height_m,
            bulge_1_m=1.0 / r,
        ),
    ]
    step_rad = math.tau / spec.grouser_count
    for number in range(spec.grouser_count):
        angle_rad = step_rad * (number + phase / spec.phase_count) - math.pi / 2
        if abs(angle_rad) < 1.45:
            x_m = r * math.sin(angle_rad)
            line = ((x_m, -0.94 * half), (x_m, 0.94 * half))
            parts.append(
                Part(
                    PartKind.LINE,
                    line,
                    spec.grouser_colour,
                    spec.height_m,
                    0.016,
                    slope_forward=math.tan(angle_rad) * 0.8,
                )
            )
    return Shape(spec.half_m, tuple(parts))


def moved(
    x_m: float, y_m: float, heading_rad: float, offset_m: tuple[float, float]
) -> tuple[float, float]:
    """Return the ground point (forward, right) of a place with a heading [m]."""
    forward_m, right_m = offset_m
    sine, cosine = math.sin(heading_rad), math.cos(heading_rad)
    return x_m + forward_m * sine + right_m * cosine, y_m + forward_m * cosine - right_m * sine


def draw_arrow(
    target: pygame.Surface, at_px: tuple[float, float], heading_rad: float, length_px: float
) -> None:
    """Draw the rover as an arrow with a dark casing, for far views."""
    theme = load_theme()
    k = ARROW_OVERSAMPLING
    half, side = length_px / 2, round(length_px * 2)
    sine, cosine = math.sin(heading_rad), math.cos(heading_rad)
    points = [
        (
            k * (side / 2 + half * (forward * sine + right * cosine)),
            k * (side / 2 - half * (forward * cosine - right * sine)),
        )
        for forward, right in ARROW
    ]
    fine = pygame.Surface((side * k, side * k), pygame.SRCALPHA)
    casing_px = round(2 * theme.shape.casing_px * k)
    pygame.draw.polygon(fine, (*theme.rgb("ink"), 255), points, casing_px)
    for point in points:
        pygame.draw.circle(fine, (*theme.rgb("ink"), 255), point, casing_px / 2)
    pygame.draw.polygon(fine, (*theme.rgb("text"), 255), points)
    picture = pygame.transform.smoothscale(fine, (side, side))
    target.blit(picture, picture.get_rect(center=(round(at_px[0]), round(at_px[1]))))
