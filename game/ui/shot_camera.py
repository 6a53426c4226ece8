"""Scenes of the mast camera: towards the Sun, away from it, and at dusk."""

import math
from dataclasses import replace

import pygame

from game.commands import ActivityKind
from game.render.album import picture_of
from game.rover.records import PictureRecord
from game.rover.storage import Product
from game.schedule import surroundings
from game.ui.draw.camera_view import fitted
from game.ui.pictures import surface_of
from game.ui.shot_studio import Studio

ELEVATION_RAD = -0.02
FOV_RAD = math.radians(60.0)
SOL = 12


def camera_sunward(studio: Studio) -> None:
    """31: towards the Sun."""
    _draw(studio, 24.0, 0.0)


def camera_antisun(studio: Studio) -> None:
    """32: away from the Sun."""
    _draw(studio, 34.0, math.pi)


def camera_dusk(studio: Studio) -> None:
    """33: the blue dusk."""
    _draw(studio, 3.0, 0.0)


def _draw(studio: Studio, elevation_deg: float, off_sun_rad: float) -> None:
    run = studio.sun_run(SOL, elevation_deg, is_morning=False)
    state, setup = run.session.state, run.opened.setup
    felt = surroundings(setup, state.tick)
    place = state.rover.mobility
    azimuth = (felt.sun_azimuth_rad + off_sun_rad) % math.tau
    size = studio.surface.get_size()
    taken = state.rover.storage.home[-1:]
    product: Product = replace(
        taken[0],
        kind=str(ActivityKind.PICTURE),
        made_tick=state.tick,
        x_m=place.x_m,
        y_m=place.y_m,
        heading_rad=place.heading_rad,
        azimuth_rad=azimuth,
        elevation_rad=ELEVATION_RAD,
        record=PictureRecord(felt.global_w_m2, felt.tau, felt.sun_elevation_rad, FOV_RAD),
    )
    picture: pygame.Surface = surface_of(picture_of(setup, state, product, size))
    studio.surface.blit(fitted(picture, size), (0, 0))
