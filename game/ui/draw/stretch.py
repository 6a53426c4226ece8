"""Pictures made for one zoom that serve at others while better ones are being made.

An eased zoom has a scale of its own in every frame. Turning a lander as large as the window takes
longer than a frame; stretching the last picture of it does not, and nobody sees the difference
before the view stands still.
"""

from dataclasses import dataclass

import pygame

SMOOTH_PX = 400_000  # a larger picture is stretched without smoothing


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A picture, its corner from the middle of the thing [px], and the zoom it was made for."""

    picture: pygame.Surface
    corner: tuple[int, int]
    scale_px_m: float

    def at(self, scale_px_m: float) -> "Sized":
        """Return the picture as large as another zoom wants it."""
        factor = scale_px_m / self.scale_px_m
        if abs(factor - 1.0) < 1e-6:
            return self
        wide, high = (max(1, round(side * factor)) for side in self.picture.get_size())
        is_small = wide * high <= SMOOTH_PX and min(self.picture.get_size()) > 1
        stretch = pygame.transform.smoothscale if is_small else pygame.transform.scale
        corner = (round(self.corner[0] * factor), round(self.corner[1] * factor))
        return Sized(stretch(self.picture, (wide, high)), corner, scale_px_m)
