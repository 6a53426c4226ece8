"""Bright dust that lies on the soil in patches: at every zoom, with ragged edges."""

import math

import numpy as np

from game.render.canvas import Canvas
from game.render.fields import Field
from game.render.look import look
from game.render.noise import smooth


def paint_mantle(canvas: Canvas) -> None:
    """Lay dust: bright and red where it is, darker and greyer where wind has taken it away.

    Notes
    -----
    Many octaves are added up and then cut off at a level, as drifts are: a patch has an edge,
    crooked at every scale, and is even inside. Each octave alone would be a row of soft blots.
    """
    numbers = look().mantle
    film = _film(canvas)
    dust = smooth(film, -numbers.edge, numbers.edge)
    canvas.dust[:] = dust
    dust *= np.float32(2.0)
    dust -= np.float32(1.0)
    film *= np.float32(numbers.soft)
    film += dust
    # Thin dust shows on crust and firm soil; deep sand has a tone of its own.
    film *= np.float32(1.0) - np.float32(numbers.sand_loss) * canvas.sand
    canvas.albedo += np.multiply(film, np.float32(numbers.albedo), out=dust)
    canvas.redness += np.multiply(film, np.float32(numbers.redness), out=dust)


def _film(canvas: Canvas) -> Field:
    """Return the sum of the octaves that the grid can hold, about unit deviation [-]."""
    numbers = look().mantle
    scale = 1.0 / math.hypot(*numbers.weight)
    film = np.full_like(canvas.albedo, np.float32(numbers.shift))
    for spacing, number, weight in zip(
        numbers.spacing_m, numbers.number, numbers.weight, strict=True
    ):
        if spacing >= 2 * canvas.grid.cell_m:
            film += np.float32(weight * scale) * canvas.noise(spacing, int(number))
    # Dust stays where the ground is hollow or soft, and leaves the crests.
    film += np.float32(numbers.cover_weight) * np.clip(canvas.cover, -2, 2)
    return film
