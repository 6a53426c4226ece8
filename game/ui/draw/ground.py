"""The surface view: the ground under the real Sun with everything that stands and moves on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pygame

from game.config import parse
from game.paths import cache_folder
from game.render.light import Light
from game.ui.assets import window_table
from game.ui.camera import CameraSpec, View
from game.ui.draw.atmosphere import Air, AirSpec
from game.ui.draw.baker import Quarry, light_of
from game.ui.draw.blast import Blast
from game.ui.draw.devils import DustDevils
from game.ui.draw.effects import EffectsSpec, WheelDust, draw_radio
from game.ui.draw.floor import Floor
from game.ui.draw.lamp import Lamp
from game.ui.draw.lander import HardwarePainter, load_blast, load_hardware
from game.ui.draw.layer import LayerSpec
from game.ui.draw.overlay_fields import Overlay, SoilGround
from game.ui.draw.rover import RoverPainter
from game.ui.draw.rover_shape import load_rover_shapes
from game.ui.draw.scene import Scene
from game.ui.draw.shading import SpriteLight
from game.ui.draw.shadow import cast
from game.ui.draw.sunlight import rounded
from game.ui.draw.tiles import open_store
from game.ui.draw.tiling import TilesSpec, level_of
from game.ui.theme import load_theme

MB = 1_000_000
UNLIT_FRAC = 0.95  # ready so far, where only the light or the lander is still to come


@dataclass(frozen=True, slots=True)
class SpritesSpec:
    """How standing things differ from the ground under them.

    Attributes
    ----------
    dusk_frac, storm_frac : float
        How much darker they are at dusk and in a storm than the film makes them. [0-1]
    haze_factor : float
        Their haze, relative to that of the ground. [-]
    """

    dusk_frac: float
    storm_frac: float
    haze_factor: float


@dataclass(frozen=True, slots=True)
class GroundViewSpec:
    """Everything ground_view.toml says."""

    camera: CameraSpec
    tiles: TilesSpec
    layer: LayerSpec
    air: AirSpec
    sprites: SpritesSpec
    effects: EffectsSpec


@cache
def load_ground_view_spec() -> GroundViewSpec:
    """Read ground_view.toml once."""
    table: dict[str, Any] = window_table("ground_view")
    return parse(table, GroundViewSpec, "data/ground_view.toml")


def sprite_light(light: Light, spec: SpritesSpec) -> SpriteLight:
    """Return the light of the ground for things that stand on it, toned down when there is little.

    The eye takes a white machine at dusk or in a dust storm for grey; the film would not.
    """
    sun, sky = (tuple(float(v) for v in rgb) for rgb in (light.sun_rgb, light.sky_rgb))
    dim = spec.dusk_frac * (1.0 - max(light.tint)) + spec.storm_frac * light.storm_frac
    return SpriteLight(
        (sun[0], sun[1], sun[2]),
        (sky[0], sky[1], sky[2]),
        light.sun_azimuth_rad,
        light.sun_elevation_rad,
        replace(
            light.grade,
            exposure=light.grade.exposure * (1.0 - dim),
            haze_frac=light.grade.haze_frac * spec.haze_factor,
        ),
    )


class GroundView:
    """Draws the surface for one mission; owns the worker that makes its tiles.

    Parameters
    ----------
    ground : callable
        Builds the terrain; must be importable by name and picklable (a `functools.partial` of
        the terrain's class with its spec).
    is_synchronous : bool
        Make tiles only in `fill`, in this process: for pictures and tests.
    lander_m : (x_m, y_m), optional
        Where the landing left its mark. [m]
    """

    def __init__(
        self,
        ground: Callable[[], SoilGround],
        is_synchronous: bool = False,
        lander_m: tuple[float, float] | None = (0.0, 0.0),
    ) -> None:
        self.spec = load_ground_view_spec()
        self.is_synchronous = is_synchronous
        blast = Blast(load_blast(), *lander_m) if lander_m else None
        quarry = Quarry(ground, self.spec.tiles.baked_mb * MB, blast)
        cache = cache_folder()
        if cache is not None and not is_synchronous:
            memory, room = self.spec.tiles.shelved_mb * MB, self.spec.tiles.files_mb * MB
            quarry = Quarry(ground, memory, blast, cache / "ground", room)
        self.store = open_store(self.spec.tiles, quarry, is_synchronous)
        self.rover = RoverPainter(load_rover_shapes(), is_synchronous)
        self.hardware = HardwarePainter(load_hardware(), is_synchronous)
        self.dust = WheelDust(self.spec.effects, load_rover_shapes().assembly)
        self.devils = DustDevils(self.spec.effects, is_synchronous)
        self.air = Air(self.spec.air, is_synchronous)
        self.floor = Floor(self.spec.layer, self.store)
        self.rover.prepare(self.spec.camera.near_px_m)

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Lay a quantity over the ground, or take it away; `overlay_of` makes it."""
        self.store.overlay.show(overlay)

    def overlay_span(self, view: View) -> tuple[float, float] | None:
        """Return the least and the most that the overlay shows in a view."""
        return self.store.overlay.span(view)

    def close(self) -> None:
        """End the worker; call it when the mission's screen closes and when the game ends."""
        self.store.close()
        self.rover.close()
        self.hardware.close()
        self.devils.close()
        self.air.close()

    def fill(self, view: View, scene: Scene) -> None:
        """Block until the view is complete in the light of the scene."""
        self._aim(scene)
        self.store.fill(view, scene.sun)
        self.floor.fill(view)

    def is_settled(self, view: View) -> bool:
        """Tell whether all of a view is there, painted, and as sharp as it will be."""
        is_there = self.is_synchronous or self.store.part_done(view) >= 1.0
        return is_there and self.floor.is_settled(view)

    def readiness_frac(self, view: View, scene: Scene) -> float:
        """Work on a view without drawing it, and say how much of it could be shown sharp [0-1]."""
        self._aim(scene)
        self.store.update(view, scene.sun)
        done = self.store.part_done(view)
        is_lit = self.store.light is not None and self.hardware.is_ready(view, scene.places)
        return done if is_lit else min(done, UNLIT_FRAC)

    def draw(self, target: pygame.Surface, view: View, scene: Scene, dt_s: float) -> None:
        """Draw one frame.

        Parameters
        ----------
        target : pygame.Surface
            The window.
        view : View
            From the camera.
        scene : Scene
            What is to be seen, from `scene_of`.
        dt_s : float
            Real time since the last frame. [s]
        """
        self._aim(scene)
        if not self.is_synchronous:
            self.store.update(view, scene.sun)
        self.floor.draw(target, view, dt_s)
        self.store.overlay.draw(target, view)
        sun = self.floor.sun
        if self.store.light is None or sun is None:
            return
        light = light_of(sun, level_of(view.scale_px_m, self.spec.tiles))
        sprites = sprite_light(light, self.spec.sprites)
        shadows = self.hardware.shadows(view, scene.places, sprites)
        cast(target, [*shadows, *self.rover.shadows(view, scene.rover, sprites)])
        self.hardware.draw(target, view, scene.places, sprites)
        wind = (scene.wind_from_rad, scene.wind_m_s)
        self.dust.update(scene.rover, scene.now_s)
        self.dust.draw(target, view, light.tint, wind, scene.now_s)
        self.rover.draw(target, view, scene.rover, sprites)
        self.devils.draw(target, view, sprites, scene.wind_from_rad, scene.now_s)
        if scene.relay is not None:
            place_px = view.to_px(scene.rover.x_m, scene.rover.y_m)
            colours = (load_theme().rgb("radio"), load_theme().rgb("ink"))
            draw_radio(target, self.spec.effects, place_px, scene.relay, colours, scene.now_s)
        self.floor.brighten(target, view, scene.sun)
        now = light if sun == scene.sun else light_of(rounded(scene.sun), light.level)
        self.air.draw(target, now, scene.wind_from_rad, scene.now_s)

    def _aim(self, scene: Scene) -> None:
        self.store.tracks.follow(scene.track_m)
        rover = scene.rover
        self.store.lead.head(rover.x_m, rover.y_m, rover.heading_rad)
        is_on = scene.is_lamp_on
        self.store.lamp.aim(Lamp(rover.x_m, rover.y_m, rover.mast_rad) if is_on else None)
