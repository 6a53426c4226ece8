"""The ground under a held pointer moves with it."""

from game.ui.camera import Camera
from game.ui.input import Pointed


class GroundDrag:
    """Keeps where the pointer was last while it holds the ground."""

    def __init__(self) -> None:
        self._held: tuple[float, float] | None = None

    @property
    def is_held(self) -> bool:
        """Whether the pointer holds the ground."""
        return self._held is not None

    def leave(self) -> None:
        """Let go."""
        self._held = None

    def point(self, pointed: Pointed, camera: Camera, scale: float) -> None:
        """Take the ground, move it, or let go of it; `scale` is that of the page."""
        at = (pointed.x, pointed.y)
        if pointed.is_click:
            self._held = at
        elif pointed.button == 1:
            self._held = None
        elif self._held is not None:
            x, y = self._held
            camera.pan_px((at[0] - x) * scale, (at[1] - y) * scale)
            self._held = at
