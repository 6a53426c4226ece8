"""The places of a mission as they are at one moment: what has been set down, what is known."""

from game.environment.clock import sol_of
from game.levels.open import OpenedLevel
from game.state import Setup, State
from game.world.places import Place, PlaceKind

CAMERA, CAMERA_TITLE, CAMERA_RADIUS_M = "camera", "Dropped camera", 3.0


def standing_places(setup: Setup, state: State) -> tuple[Place, ...]:
    """Return the places of a world, and the small camera where the rover has set it down."""
    camera = state.rover.deck.camera
    if camera is None:
        return setup.places
    kind, radius_m = PlaceKind.HARDWARE, CAMERA_RADIUS_M
    return (*setup.places, Place(CAMERA, CAMERA_TITLE, kind, camera.x_m, camera.y_m, radius_m))


def known_places(opened: OpenedLevel, state: State) -> tuple[Place, ...]:
    """Return the places that a map may name by now: those that wait for a later sol are left out.

    Before its sol nobody has heard of such a place; its name would tell the story too early.
    """
    sol = sol_of(opened.setup.site, state.tick)
    closed = {place.name for place in opened.level.places if place.from_sol > sol}
    return tuple(one for one in standing_places(opened.setup, state) if one.name not in closed)
