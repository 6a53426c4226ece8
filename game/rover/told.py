"""The rover as Earth is told of it: all that a player, a plan and an agent may look at."""

from dataclasses import replace

from game.rover.machine import RoverState
from game.rover.mobility import as_believed, off_m


def as_told(rover: RoverState) -> RoverState:
    """Return the rover where it believes to be, and what its radio hears as far from there."""
    east_m, north_m = off_m(rover.mobility)
    camera, deck = rover.deck.camera, rover.deck
    if camera is not None and (east_m or north_m):
        camera = replace(camera, x_m=camera.x_m - east_m, y_m=camera.y_m - north_m)
        deck = replace(deck, camera=camera)
    return replace(rover, mobility=as_believed(rover.mobility), deck=deck)
