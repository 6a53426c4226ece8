"""What the landing left on the ground: lander with its ramp, parachute, backshell, camera."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pygame

from game.config import parse
from game.ui.assets import window_table
from game.ui.camera import View
from game.ui.draw.blast import BlastSpec
from game.ui.draw.kept import Beside
from game.ui.draw.parts import Part, Shape
from game.ui.draw.relief import Relief, build_relief
from game.ui.draw.rover_shape import load_rover_shapes
from game.ui.draw.shading import SpriteLight, lit
from game.ui.draw.shadow import (
    PlacedShadow,
    Prism,
    shade_rgb,
    shadow_outlines,
    shadow_picture,
)
from game.ui.draw.stretch import Sized
from game.world.places import Place

SMALLEST_PX = 3.0  # what is smaller is left to the ground
LOOKS_BACK = "camera"


@dataclass(frozen=True, slots=True)
class HardwareShape:
    """Like `Shape`, with the finest resolution worth painting [px/m]."""

    half_m: float
    finest_px_m: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hardware:
    """One thing: its shape, its shadow, where it points, how dusty it is [rad] [0-1]."""

    name: str
    shape: HardwareShape
    prisms: tuple[Prism, ...]
    heading_rad: float
    dust_frac: float


@cache
def load_hardware() -> dict[str, Hardware]:
    """Read hardware.toml once; the names are those of the places."""
    table: dict[str, Any] = window_table("hardware")
    where = "data/hardware.toml"
    things = {}
    for name, heading_deg in table["headings"].items():
        shape = parse(table[name], HardwareShape, f"{where}: {name}")
        prisms = tuple(
            parse(row, Prism, f"{where}: {name}_shadow") for row in table[f"{name}_shadow"]
        )
        dust_frac = float(table["dust"][name])
        things[name] = Hardware(name, shape, prisms, math.radians(heading_deg), dust_frac)
    return things


@cache
def load_blast() -> BlastSpec:
    """Read what the landing did to the ground."""
    return parse(window_table("hardware")["blast"], BlastSpec, "data/hardware.toml: blast")


class HardwarePainter:
    """Draws the things; they never move, so each picture is made once a light and a zoom."""

    def __init__(self, things: dict[str, Hardware], is_patient: bool = False) -> None:
        self.things = things
        self.finish = load_rover_shapes().finish
        self._reliefs: Beside[Relief | None] = Beside(8, is_patient)
        self._lit: Beside[pygame.Surface] = Beside(12, is_patient)
        # One group for all zooms: the picture of the last one is stretched until the next is made.
        self._turned: Beside[Sized] = Beside(12, is_patient, group_count=12)
        self._shadows: Beside[Sized] = Beside(12, is_patient, group_count=12)
        self.is_patient = is_patient

    def close(self) -> None:
        """End the threads that make pictures."""
        for pictures in (self._reliefs, self._lit, self._turned, self._shadows):
            pictures.close()

    def is_ready(self, view: View, places: tuple[Place, ...]) -> bool:
        """Have everything in view painted beside the game; tell whether all of it is."""
        reliefs = [self._relief(thing, view.scale_px_m) for _, thing in self._seen(view, places)]
        return all(relief is not None for relief in reliefs)

    def draw(
        self, target: pygame.Surface, view: View, places: tuple[Place, ...], light: SpriteLight
    ) -> None:
        """Draw every thing in view; their shadows are there already."""
        for place, thing in self._seen(view, places):
            relief = self._relief(thing, view.scale_px_m)
            if relief is not None:
                at_px = view.to_px(place.x_m, place.y_m)
                self._draw_one(target, view, thing, relief, at_px, light)

    def shadows(
        self, view: View, places: tuple[Place, ...], light: SpriteLight
    ) -> list[PlacedShadow]:
        """Return the shadows of all things in view and where they lie."""
        if light.elevation_rad <= 0.0:
            return []
        return [
            self._placed_shadow(view, place, thing, light)
            for place, thing in self._seen(view, places)
            if self._relief(thing, view.scale_px_m) is not None
        ]

    def _seen(self, view: View, places: tuple[Place, ...]) -> Iterator[tuple[Place, Hardware]]:
        for place in places:
            thing = self.things.get(place.name)
            if thing is None or thing.shape.half_m * view.scale_px_m < SMALLEST_PX:
                continue
            if view.sees(place.x_m, place.y_m, 2.0 * thing.shape.half_m):
                yield place, _facing(place, thing)

    def _placed_shadow(
        self, view: View, place: Place, thing: Hardware, light: SpriteLight
    ) -> PlacedShadow:
        found = self._shadows.get(
            (thing.name, thing.heading_rad),
            (round(view.scale_px_m, 3), light),
            lambda: self._shadow(thing, view.scale_px_m, light),
        )
        shown = found.at(view.scale_px_m)
        picture, corner = shown.picture, shown.corner
        x_px, y_px = view.to_px(place.x_m, place.y_m)
        return PlacedShadow(picture, (round(x_px) + corner[0], round(y_px) + corner[1]))

    def _draw_one(
        self,
        target: pygame.Surface,
        view: View,
        thing: Hardware,
        relief: Relief,
        at_px: tuple[float, float],
        light: SpriteLight,
    ) -> None:
        master = self._lit.get(
            (thing.name, thing.heading_rad, relief.scale_px_m),
            light,
            lambda: lit(relief, self.finish, light, thing.heading_rad, thing.dust_frac),
        )
        found = self._turned.get(
            (thing.name, thing.heading_rad),
            (master, round(view.scale_px_m, 3)),
            lambda: _turned(master, thing, relief.scale_px_m, view.scale_px_m),
        )
        turned = found.at(view.scale_px_m).picture
        target.blit(turned, turned.get_rect(center=(round(at_px[0]), round(at_px[1]))))

    def _shadow(self, thing: Hardware, scale_px_m: float, light: SpriteLight) -> Sized:
        outlines = shadow_outlines(
            thing.prisms, thing.heading_rad, light.azimuth_rad, light.elevation_rad
        )
        return Sized(*shadow_picture(outlines, scale_px_m, shade_rgb(light)), scale_px_m)

    def _relief(self, thing: Hardware, scale_px_m: float) -> Relief | None:
        """Return the master for a zoom, or nothing while the first one is being painted."""
        sizes = load_rover_shapes().assembly.master_px_m
        finest_px_m = thing.shape.finest_px_m
        wanted = min(scale_px_m * load_rover_shapes().assembly.master_factor, finest_px_m)
        size_px_m = min(next((s for s in sizes if s >= wanted), finest_px_m), finest_px_m)
        shape = Shape(thing.shape.half_m, thing.shape.parts)
        self._reliefs.offer(thing.name, None)
        return self._reliefs.get(
            thing.name, size_px_m, lambda: build_relief(shape, size_px_m, len(thing.name))
        )


def _facing(place: Place, thing: Hardware) -> Hardware:
    """Return a thing as it points where it stands: the small camera looks back to the lander."""
    if place.name != LOOKS_BACK:
        return thing
    return replace(thing, heading_rad=math.atan2(-place.x_m, -place.y_m) % math.tau)


def _turned(
    master: pygame.Surface, thing: Hardware, master_px_m: float, scale_px_m: float
) -> Sized:
    """Return a lit master as its thing lies, at a zoom."""
    factor = scale_px_m / master_px_m
    picture = pygame.transform.rotozoom(master, -math.degrees(thing.heading_rad), factor)
    return Sized(picture, (0, 0), scale_px_m)
