"""Draw the icons: strokes of 1.6 px in a 20 px box, drawn large and smoothed down to 80 px.

    python assets/make/icons.py

White on transparent, so that the game can tint them. Change a stroke here, run, commit both.
"""

import math
import os
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
import pygame

OUT = Path(__file__).parent.parent / "images" / "icons"
BOX, SIZE_PX, FINE = 20, 80, 4
WHITE = (255, 255, 255, 255)
STROKE = 1.6


class Pen:
    """Draws strokes with round ends in a 20 px box."""

    def __init__(self) -> None:
        self.unit = SIZE_PX * FINE / BOX
        self.surface = pygame.Surface((SIZE_PX * FINE, SIZE_PX * FINE), pygame.SRCALPHA)

    def line(self, *points, width=STROKE, closed=False):
        points = [(x * self.unit, y * self.unit) for x, y in points]
        if closed:
            points.append(points[0])
        half = width * self.unit / 2
        for (ax, ay), (bx, by) in pairwise(points):
            length = math.hypot(bx - ax, by - ay) or 1
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            quad = [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]
            pygame.draw.polygon(self.surface, WHITE, quad)
        for x, y in points:
            pygame.draw.circle(self.surface, WHITE, (x, y), half)

    def arc(self, x, y, radius, start_deg, end_deg):
        """Angles clockwise from the right, as the screen's y grows downwards."""
        steps = 48
        angles = [
            math.radians(start_deg + (end_deg - start_deg) * k / steps) for k in range(steps + 1)
        ]
        self.line(*((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles))

    def ring(self, x, y, radius):
        self.arc(x, y, radius, 0, 360)

    def dot(self, x, y, radius):
        pygame.draw.circle(self.surface, WHITE, (x * self.unit, y * self.unit), radius * self.unit)

    def box(self, x, y, w, h, radius=1.0):
        u = self.unit
        rect = pygame.Rect(round(x * u), round(y * u), round(w * u), round(h * u))
        pygame.draw.rect(
            self.surface, WHITE, rect, round(STROKE * u), border_radius=round(radius * u)
        )

    def block(self, x, y, w, h):
        u = self.unit
        pygame.draw.rect(self.surface, WHITE, (x * u, y * u, w * u, h * u))


def charge(p):
    p.box(2.4, 5.6, 13.6, 8.8, 1.4), p.line((18, 8.8), (18, 11.2)), p.block(5, 8.2, 6.2, 3.6)


def power(p):
    p.ring(10, 10, 3.3)
    for k in range(8):
        a = math.radians(45 * k)
        c, s = math.cos(a), math.sin(a)
        p.line((10 + 5.9 * c, 10 + 5.9 * s), (10 + 8 * c, 10 + 8 * s))


def box(p):
    p.line((7.9, 11.6), (7.9, 4.6)), p.line((12.1, 11.6), (12.1, 4.6))
    p.arc(10, 4.6, 2.1, 180, 360), p.arc(10, 14, 3.2, -49, 229), p.dot(10, 14, 1.5)
    p.line((10, 14), (10, 8))


def dust(p):
    for y in (6, 10, 14):
        points = [(2.5 + 15 * k / 30, y - 1.5 * math.sin(2 * math.pi * k / 30)) for k in range(31)]
        p.line(*points)


def pass_(p):
    p.dot(10, 14.6, 1.7), p.arc(10, 14.6, 5.4, 218, 322), p.arc(10, 14.6, 9.6, 222, 318)


def queue(p):
    for y in (3.4, 8.3, 13.2):
        p.box(2.8, y, 14.4, 3.9, 0.9)


def drive(p):
    p.ring(5.6, 13.4, 2.8), p.ring(14.4, 13.4, 2.8), p.line((3, 7.6), (17, 7.6))
    p.line((10, 7.6), (10, 4)), p.line((8, 4), (12.4, 4))


def look(p):
    p.line((2.6, 7.2), (2.6, 15.6), (17.4, 15.6), (17.4, 7.2), closed=False)
    p.line((2.6, 7.2), (6.6, 7.2), (8.2, 4.4), (11.8, 4.4), (13.4, 7.2), (17.4, 7.2))
    p.ring(10, 11, 2.7)


def touch(p):
    p.line((10, 2.6), (10, 8.6)), p.line((6.4, 8.8), (13.6, 8.8), (10, 15.4), closed=True)
    p.line((3, 17.6), (17, 17.6))


def air(p):
    p.line((2.5, 11), (13.2, 11)), p.arc(13.2, 8.2, 2.8, -160, 90)
    p.line((2.5, 14.6), (11, 14.6)), p.arc(11, 16.4, 1.8, -90, 110), p.line((2.5, 7.4), (7, 7.4))


def radio(p):
    p.line((10, 17.6), (10, 9)), p.dot(10, 7.6, 1.8)
    for r, a in ((4.8, 48), (8, 42)):
        p.arc(10, 7.6, r, -a, a), p.arc(10, 7.6, r, 180 - a, 180 + a)


def stop(p):
    p.box(4.6, 4.6, 10.8, 10.8, 1.4)


def heat(p):
    for x in (5.4, 10, 14.6):
        p.line(*((x + 1.3 * math.sin(2 * math.pi * k / 24), 4 + 12.6 * k / 24) for k in range(25)))


def sleep(p):
    p.arc(9.4, 10.4, 7, 20, 290), p.arc(13.6, 7, 5.2, 62, 206)


def pause(p):
    p.line((7, 4.6), (7, 15.4), width=2), p.line((13, 4.6), (13, 15.4), width=2)


def flag(p):
    p.line((5, 18), (5, 3)), p.line((5, 3), (15.4, 6.2), (5, 9.6))


def warn(p):
    p.line((10, 3), (18, 16.8), (2, 16.8), closed=True), p.line((10, 8.2), (10, 11.8))
    p.dot(10, 14.4, 1.0)


def check(p):
    p.line((3.6, 10.6), (8, 15), (16.4, 5.4), width=1.9)


def lock(p):
    p.box(4, 8.6, 12, 8.8, 1.4), p.arc(10, 7, 3.6, 180, 360), p.line((6.4, 7), (6.4, 9))
    p.line((13.6, 7), (13.6, 9)), p.dot(10, 13, 1.3)


def undo(p):
    p.line((7.2, 3.6), (3.4, 7.4), (7.2, 11.2)), p.line((3.4, 7.4), (11.6, 7.4))
    p.arc(11.6, 11.9, 4.5, -90, 90), p.line((11.6, 16.4), (7.4, 16.4))


def redo(p):
    p.line((12.8, 3.6), (16.6, 7.4), (12.8, 11.2)), p.line((16.6, 7.4), (8.4, 7.4))
    p.arc(8.4, 11.9, 4.5, 90, 270), p.line((8.4, 16.4), (12.6, 16.4))


def layers(p):
    p.line((10, 2.8), (17.6, 6.8), (10, 10.8), (2.4, 6.8), closed=True)
    p.line((2.4, 10.2), (10, 14.2), (17.6, 10.2)), p.line((2.4, 13.6), (10, 17.6), (17.6, 13.6))


def camera_target(p):
    p.ring(10, 10, 4.6), p.dot(10, 10, 1.2)
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        p.line((10 + 4.6 * x, 10 + 4.6 * y), (10 + 8 * x, 10 + 8 * y))


def question(p):
    p.arc(10, 7, 3.6, 180, 380), p.line((13.38, 8.24), (10, 11.2), (10, 13)), p.dot(10, 16.4, 1.2)


def play(p):
    p.line((6, 4), (15.6, 10), (6, 16), closed=True)


def close(p):
    p.line((5, 5), (15, 15)), p.line((15, 5), (5, 15))


def back(p):
    p.line((12.4, 4), (6.4, 10), (12.4, 16))


def more(p):
    p.line((7.6, 4), (13.6, 10), (7.6, 16))


def map_(p):
    p.line(
        (2.6, 5.2),
        (7.6, 3),
        (12.4, 5.2),
        (17.4, 3),
        (17.4, 14.8),
        (12.4, 17),
        (7.6, 14.8),
        (2.6, 17),
        closed=True,
    )
    p.line((7.6, 3), (7.6, 14.8)), p.line((12.4, 5.2), (12.4, 17))


def orbit(p):
    p.ring(10, 10, 3.8)
    points = [(math.cos(math.tau * k / 48), math.sin(math.tau * k / 48)) for k in range(49)]
    c, s = math.cos(math.radians(-32)), math.sin(math.radians(-32))
    p.line(*((10 + 8.6 * x * c - 3.2 * y * s, 10 + 8.6 * x * s + 3.2 * y * c) for x, y in points))
    p.dot(16.6, 4.4, 1.7)


def wing(p):
    p.line((3, 6), (9, 3.4), (9, 12), (3, 14.6), closed=True), p.line((3, 10.3), (9, 7.7))
    p.line((17, 6), (11, 3.4), (11, 12), (17, 14.6), closed=True), p.line((17, 10.3), (11, 7.7))
    p.line((10, 13), (10, 17.4))


def radar(p):
    p.line((3, 4.4), (17, 4.4)), p.line((10, 2.4), (10, 4.4))
    for r in (4.2, 8.0, 11.8):
        p.arc(10, 4.4, r, 58, 122)
    p.line((3, 17.6), (17, 17.6))


def magnet(p):
    p.arc(10, 8, 5.6, 180, 360), p.line((4.4, 8), (4.4, 15.4)), p.line((15.6, 8), (15.6, 15.4))
    p.line((3, 12.2), (5.8, 12.2)), p.line((14.2, 12.2), (17, 12.2))


def filter_(p):
    for x, y in ((7.4, 8), (12.6, 8), (10, 12.4)):
        p.ring(x, y, 4.2)


def crab(p):
    for x, y in ((5, 5.4), (15, 5.4), (5, 14.6), (15, 14.6)):
        p.line((x - 2, y + 2), (x + 2, y - 2), width=2.4)
    p.line((7.4, 12.6), (12.2, 7.8)), p.line((9.2, 7.4), (12.6, 7.4), (12.6, 10.8))


def creep(p):
    p.ring(5.2, 14, 2.6), p.ring(14.8, 14, 2.6), p.line((5.2, 14), (10, 6.4), (14.8, 14))
    p.line((8.6, 3.4), (12, 3.4)), p.line((10.6, 1.9), (12.2, 3.4), (10.6, 4.9))


def body(p):
    p.ring(5.4, 15, 2.2), p.ring(14.6, 15, 2.2), p.line((4, 10.6), (16, 10.6))
    p.line((10, 8), (10, 2.4)), p.line((7.8, 4.6), (10, 2.4), (12.2, 4.6))


def wheel(p):
    p.ring(10, 8.2, 5.4), p.ring(10, 8.2, 1.6), p.line((3, 17.4), (17, 17.4))
    for k in range(6):
        a = math.radians(60 * k)
        p.line(
            (10 + 1.6 * math.cos(a), 8.2 + 1.6 * math.sin(a)),
            (10 + 5.4 * math.cos(a), 8.2 + 5.4 * math.sin(a)),
            width=1.2,
        )


def drop(p):
    p.box(6, 9, 8, 6, 1.2), p.ring(10, 12, 1.6), p.line((10, 2.4), (10, 6.6))
    p.line((7.8, 4.6), (10, 6.8), (12.2, 4.6)), p.line((3, 17.6), (17, 17.6))


def selfie(p):
    p.ring(10, 10, 7.4), p.line((6, 11), (14, 11)), p.ring(7.2, 13, 1.4), p.ring(12.8, 13, 1.4)
    p.line((10, 11), (10, 7)), p.line((8.4, 7), (11.8, 7))


def target(p):
    p.box(3.4, 3.4, 13.2, 13.2, 1.2), p.ring(10, 10, 3.6), p.dot(10, 10, 1.2)


def infrared(p):
    points = [(2.6 + 14.8 * k / 40, 8 + 6 * math.exp(-(((k - 24) / 4) ** 2))) for k in range(41)]
    p.line(*points), p.line((2.6, 17), (17.4, 17))


def hibernate(p):
    p.arc(8.6, 11.6, 5.8, 20, 290), p.arc(12, 8.8, 4.3, 62, 206)
    p.line((13.2, 2.8), (17.2, 2.8), (13.2, 7.2), (17.2, 7.2), width=1.4)


def sort(p):
    p.line((3, 4.6), (16, 4.6)), p.line((3, 9.2), (12, 9.2)), p.line((3, 13.8), (8, 13.8))
    p.line((14.6, 9), (14.6, 17)), p.line((12.2, 14.8), (14.6, 17.2), (17, 14.8))


def home(p):
    p.line((3, 10), (10, 3.6), (17, 10)), p.line((5, 8.6), (5, 16.6), (15, 16.6), (15, 8.6))


def bin_(p):
    p.line((3.6, 5.4), (16.4, 5.4)), p.line((5.2, 5.4), (6.2, 17), (13.8, 17), (14.8, 5.4))
    p.line((8, 5.2), (8, 3.2), (12, 3.2), (12, 5.2)), p.line((8.6, 8.6), (8.8, 13.8), width=1.3)
    p.line((11.4, 8.6), (11.2, 13.8), width=1.3)


def ruler(p):
    p.line((3, 14), (14, 3), (17, 6), (6, 17), closed=True)
    for k in range(1, 4):
        x, y = 3 + 11 * k / 4, 14 - 11 * k / 4
        p.line((x, y), (x + 1.6, y + 1.6), width=1.3)


def copy(p):
    p.box(6.8, 6.8, 10, 10, 1.4), p.line((4.4, 13), (3.2, 13), (3.2, 3.2), (13, 3.2), (13, 4.4))


def dots(p):
    for x in (4.6, 10, 15.4):
        p.dot(x, 10, 1.7)


def wrench(p):
    p.line((4, 16), (11, 9), width=2.2), p.arc(13, 7, 3.9, -20, 250)


def turn(p):
    p.arc(10, 10.6, 6.2, -60, 210), p.line((13.1, 5.2), (13.4, 1.8))
    p.line((13.1, 5.2), (16.6, 5.6))
    p.dot(10, 10.6, 1.6)


def arc(p):
    p.arc(16.4, 16.4, 11, 180, 262)
    p.line((14.8, 5.5), (12.2, 2.9)), p.line((14.8, 5.5), (12.2, 8.1))
    p.ring(5.4, 16.6, 0.9)


def thermometer(p):
    p.arc(9, 4.6, 2.2, 180, 360), p.line((6.8, 4.6), (6.8, 11.6)), p.line((11.2, 4.6), (11.2, 11.6))
    p.arc(9, 14.2, 3.4, -50, 230), p.dot(9, 14.2, 1.7), p.line((9, 14), (9, 8))
    p.line((14, 5), (17, 5)), p.line((14, 8.4), (16, 8.4)), p.line((14, 11.8), (17, 11.8))


DRAWINGS = {
    "map": map_, "orbit": orbit, "wing": wing, "radar": radar, "magnet": magnet,
    "filter": filter_, "crab": crab, "creep": creep, "body": body, "wheel": wheel, "drop": drop,
    "selfie": selfie, "target": target, "infrared": infrared, "hibernate": hibernate,
    "sort": sort, "home": home, "bin": bin_, "ruler": ruler, "copy": copy, "dots": dots,
    "wrench": wrench, "turn": turn, "arc": arc, "thermometer": thermometer,
    "charge": charge, "power": power, "box": box, "dust": dust, "pass": pass_, "queue": queue,
    "drive": drive, "look": look, "touch": touch, "air": air, "radio": radio, "stop": stop,
    "heat": heat, "sleep": sleep, "pause": pause, "flag": flag, "warn": warn, "check": check,
    "lock": lock, "undo": undo, "redo": redo, "layers": layers, "camera_target": camera_target,
    "question": question, "play": play, "close": close, "back": back, "more": more,
}  # fmt: skip


def main() -> None:
    """Write every icon."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, drawing in DRAWINGS.items():
        pen = Pen()
        drawing(pen)
        small = pygame.transform.smoothscale(pen.surface, (SIZE_PX, SIZE_PX))
        alpha = pygame.surfarray.array_alpha(small)
        white = pygame.Surface((SIZE_PX, SIZE_PX), pygame.SRCALPHA)
        white.fill(WHITE)
        pygame.surfarray.pixels_alpha(white)[:] = alpha
        pygame.image.save(white, OUT / f"{name}.png")


if __name__ == "__main__":
    main()
