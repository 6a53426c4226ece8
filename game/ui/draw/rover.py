"""The rover in parts: wheels that steer and turn, body with wings, mast that points."""

import math
from collections import deque
from threading import Thread

import pygame

from game.ui.camera import View
from game.ui.draw.kept import Beside, Cache
from game.ui.draw.relief import Relief, build_relief
from game.ui.draw.rover_shape import RoverPose, RoverShapes, draw_arrow, moved, wheel_shape
from game.ui.draw.shading import SpriteLight, lit
from game.ui.draw.shadow import (
    PlacedShadow,
    contact_picture,
    shade_rgb,
    shadow_outlines,
    shadow_picture,
)
from game.ui.draw.stretch import Sized

LIGHT_LAG_FRAMES = 7


class RoverPainter:
    """Keeps the pictures of the rover that are in use."""

    def __init__(self, shapes: RoverShapes, is_patient: bool = False) -> None:
        self.shapes = shapes
        self._reliefs: dict[tuple[str, float, int], Relief] = {}
        self._ready: set[float] = set()
        self._asked: set[float] = set()
        self._size_px_m = 0.0
        self._lights: deque[SpriteLight] = deque(maxlen=LIGHT_LAG_FRAMES)
        self._shadow_lights: deque[SpriteLight] = deque(maxlen=LIGHT_LAG_FRAMES // 2)
        self.is_patient = is_patient
        self._lit: Beside[pygame.Surface] = Beside(48, is_patient)
        # Wheels are small and many. A body takes 1.5 MB in a near view, and an eased zoom turns it
        # anew in every frame.
        self._turned: dict[bool, Cache[pygame.Surface]] = {True: Cache(96), False: Cache(6)}
        self._whole: Cache[pygame.Surface] = Cache(4)
        self._shadows: Beside[Sized] = Beside(6, is_patient, group_count=2)
        self._shown: tuple[object, Sized] | None = None
        self._last_px_m = 0.0
        self._contacts: Cache[pygame.Surface] = Cache(4)

    def draw(self, target: pygame.Surface, view: View, pose: RoverPose, light: SpriteLight) -> None:
        """Draw the rover, or an arrow when it is too small to see; its shadow is there already."""
        assembly = self.shapes.assembly
        if view.scale_px_m < assembly.arrow_below_px_m:
            draw_arrow(target, view.to_px(pose.x_m, pose.y_m), pose.heading_rad, assembly.arrow_px)
            return
        self._choose_master(view.scale_px_m)
        # A new light reaches the parts one after the other: lighting all in one frame would show.
        self._lights.append(light)
        newest, oldest = self._lights[-1], self._lights[0]
        self._draw_contact(target, view, pose)
        for number in range(len(assembly.wheels_m)):
            self._draw_wheel(target, view, pose, oldest, number)
        picture = self._body(view.scale_px_m, pose, newest)
        x_px, y_px = view.to_px(pose.x_m, pose.y_m)
        target.blit(picture, picture.get_rect(center=(round(x_px), round(y_px))))

    def shadows(self, view: View, pose: RoverPose, light: SpriteLight) -> list[PlacedShadow]:
        """Return the rover's shadow; none by night and in far views."""
        assembly = self.shapes.assembly
        if light.elevation_rad <= 0.0 or view.scale_px_m < assembly.arrow_below_px_m:
            return []
        self._shadow_lights.append(light)
        late = self._shadow_lights[0]
        step_rad = math.radians(assembly.heading_step_deg)
        heading = round(pose.heading_rad / step_rad)
        found = self._shadows.get(
            "rover",
            (round(view.scale_px_m, 3), heading, late),
            lambda: self._shadow(heading * step_rad, view.scale_px_m, late),
        )
        shown = found.at(view.scale_px_m)
        x_px, y_px = view.to_px(pose.x_m, pose.y_m)
        corner = (round(x_px) + shown.corner[0], round(y_px) + shown.corner[1])
        return [PlacedShadow(shown.picture, corner)]

    def _shadow(self, heading_rad: float, scale_px_m: float, light: SpriteLight) -> Sized:
        outlines = shadow_outlines(
            self.shapes.shadow, heading_rad, light.azimuth_rad, light.elevation_rad
        )
        return Sized(*shadow_picture(outlines, scale_px_m, shade_rgb(light)), scale_px_m)

    def _draw_contact(self, target: pygame.Surface, view: View, pose: RoverPose) -> None:
        """Darken the ground under the body, which sees little sky."""
        assembly = self.shapes.assembly
        x_px, y_px = (round(v) for v in view.to_px(pose.x_m, pose.y_m))
        radius_px = round(assembly.contact_m * view.scale_px_m)
        contact = self._contacts.get(
            radius_px, lambda: contact_picture(radius_px, assembly.contact_frac)
        )
        corner = (x_px - radius_px, y_px - radius_px)
        target.blit(contact, corner, special_flags=pygame.BLEND_MULT)

    def _draw_wheel(
        self,
        target: pygame.Surface,
        view: View,
        pose: RoverPose,
        light: SpriteLight,
        number: int,
    ) -> None:
        assembly, wheel = self.shapes.assembly, self.shapes.wheel
        heading_rad = pose.heading_rad + assembly.steering[number] * pose.steer_rad
        step_m = math.tau * wheel.radius_m / wheel.grouser_count / wheel.phase_count
        phase = int(pose.driven_m / step_m) % wheel.phase_count
        picture = self._turn(("wheel", phase), heading_rad, view.scale_px_m, pose.dust_frac, light)
        x_m, y_m = moved(pose.x_m, pose.y_m, pose.heading_rad, assembly.wheels_m[number])
        x_px, y_px = view.to_px(x_m, y_m)
        target.blit(picture, picture.get_rect(center=(round(x_px), round(y_px))))

    def _body(self, scale_px_m: float, pose: RoverPose, light: SpriteLight) -> pygame.Surface:
        """Return the body with the mast's head on it; while zooming, the last one stretched."""
        assembly = self.shapes.assembly
        turn = math.radians(assembly.heading_step_deg)
        attitude = (round(pose.heading_rad / turn), round(pose.mast_rad / turn))
        is_zooming, self._last_px_m = scale_px_m != self._last_px_m, scale_px_m
        if is_zooming and not self.is_patient and self._shown and self._shown[0] == attitude:
            return self._shown[1].at(scale_px_m).picture
        whole = self._whole_body(scale_px_m, pose, light)
        self._shown = (attitude, Sized(whole, (0, 0), scale_px_m))
        return whole

    def _whole_body(self, scale_px_m: float, pose: RoverPose, light: SpriteLight) -> pygame.Surface:
        assembly = self.shapes.assembly
        dust_frac = pose.dust_frac
        body = self._turn(("body", 0), pose.heading_rad, scale_px_m, dust_frac, light)
        head = self._turn(("head", 0), pose.mast_rad, scale_px_m, dust_frac, light)
        step_rad = math.radians(assembly.heading_step_deg)
        heading = round(pose.heading_rad / step_rad)
        return self._whole.get(
            (body, head, light),
            lambda: self._compose(body.copy(), head, heading * step_rad, scale_px_m, light),
        )

    def _compose(
        self,
        picture: pygame.Surface,
        head: pygame.Surface,
        heading_rad: float,
        scale_px_m: float,
        light: SpriteLight,
    ) -> pygame.Surface:
        """Put the head of the mast on the body, with its shadow."""
        assembly = self.shapes.assembly
        middle = picture.get_width() / 2, picture.get_height() / 2
        east_m, north_m = moved(0.0, 0.0, heading_rad, assembly.mast_m)
        at = (middle[0] + east_m * scale_px_m, middle[1] - north_m * scale_px_m)
        self._shade_with_head(picture, head, at, scale_px_m, light)
        picture.blit(head, head.get_rect(center=(round(at[0]), round(at[1]))))
        return picture

    def _shade_with_head(
        self,
        picture: pygame.Surface,
        head: pygame.Surface,
        at_px: tuple[float, float],
        scale_px_m: float,
        light: SpriteLight,
    ) -> None:
        """Throw the shadow of the mast's head on deck and wings."""
        if light.elevation_rad <= 0.05:
            return
        assembly = self.shapes.assembly
        fall_m = (assembly.mast_height_m - assembly.deck_height_m) / math.tan(light.elevation_rad)
        x_px = at_px[0] - math.sin(light.azimuth_rad) * fall_m * scale_px_m
        y_px = at_px[1] + math.cos(light.azimuth_rad) * fall_m * scale_px_m
        colour = shade_rgb(light)
        shape = pygame.mask.from_surface(head).to_surface(
            setcolor=(*colour, 255), unsetcolor=(255, 255, 255, 255)
        )
        shadow = pygame.Surface(picture.get_size(), depth=32)
        shadow.fill((255, 255, 255))
        wide_px = max(round(assembly.mast_width_m * scale_px_m), 1)
        pygame.draw.line(shadow, colour, at_px, (x_px, y_px), wide_px)
        rect = shape.get_rect(center=(round(x_px), round(y_px)))
        shadow.blit(shape, rect, special_flags=pygame.BLEND_RGB_MIN)
        picture.blit(shadow, (0, 0), special_flags=pygame.BLEND_RGB_MULT)

    def close(self) -> None:
        """End the threads that light parts."""
        self._lit.close()
        self._shadows.close()

    def prepare(self, scale_px_m: float) -> None:
        """Build the masters for a zoom now, so that the first frame need not."""
        size_px_m = self._size_for(scale_px_m)
        for name in ("body", "head"):
            self._build(name, size_px_m, 0)
        for phase in range(self.shapes.wheel.phase_count):
            self._build("wheel", size_px_m, phase)
        self._ready.add(size_px_m)

    def _size_for(self, scale_px_m: float) -> float:
        sizes = self.shapes.assembly.master_px_m
        wanted = scale_px_m * self.shapes.assembly.master_factor
        return next((size for size in sizes if size >= wanted), sizes[-1])

    def _build(self, name: str, size_px_m: float, phase: int) -> None:
        shape = self.shapes.body if name == "body" else self.shapes.head
        if name == "wheel":
            shape = wheel_shape(self.shapes.wheel, phase)
        self._reliefs[name, size_px_m, phase] = build_relief(shape, size_px_m, len(name))

    def _choose_master(self, scale_px_m: float) -> None:
        """Take the best master that is ready; have a better one made beside the game."""
        size_px_m = self._size_for(scale_px_m)
        if not self._ready:
            self.prepare(scale_px_m)
        if size_px_m not in self._ready and size_px_m not in self._asked:
            self._asked.add(size_px_m)
            if self.is_patient:
                self.prepare(scale_px_m)
            else:
                Thread(target=self.prepare, args=(scale_px_m,), daemon=True).start()
        larger = sorted(size for size in self._ready if size >= size_px_m)
        self._size_px_m = larger[0] if larger else max(self._ready)

    def _master(self, name: str, phase: int = 0) -> Relief:
        return self._reliefs[name, self._size_px_m, phase]

    def _turn(
        self,
        name: tuple[str, int],
        heading_rad: float,
        scale_px_m: float,
        dust_frac: float,
        light: SpriteLight,
    ) -> pygame.Surface:
        """Return a lit master turned to a heading and brought to a zoom."""
        assembly = self.shapes.assembly
        relief = self._master(*name)
        is_wheel = name[0] == "wheel"
        coarse = assembly.wheel_step_factor if is_wheel else 1.0
        step_rad = math.radians(assembly.light_step_deg) * coarse
        bucket = round(math.remainder(heading_rad, math.tau) / step_rad)
        dust = round(dust_frac, 2)
        master = self._lit.get(
            (name, relief.scale_px_m),
            (bucket, dust, light),
            lambda: lit(relief, self.shapes.finish, light, bucket * step_rad, dust),
        )
        step = round(heading_rad / (math.radians(assembly.heading_step_deg) * coarse))
        turned_deg = -step * assembly.heading_step_deg * coarse
        factor = scale_px_m / relief.scale_px_m
        return self._turned[is_wheel].get(
            (name, step, round(scale_px_m, 3), master),
            lambda: pygame.transform.rotozoom(master, turned_deg, factor),
        )
