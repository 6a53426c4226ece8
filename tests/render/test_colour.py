import numpy as np
import pytest

from game.render.colour import (
    ALBEDOS,
    LIGHTS,
    REDNESSES,
    Grade,
    develop,
    film,
    look_up,
    luma,
    pack,
    ramp,
    srgb,
    unpack,
)
from game.render.look import look


def test_packing_and_unpacking_are_inverse() -> None:
    colours = np.random.default_rng(3).integers(0, 256, (50, 3))
    assert np.array_equal(unpack(pack(colours.astype(float))), colours)


def test_the_film_curve_rises_and_stays_in_range() -> None:
    shown = film(np.linspace(-0.5, 50.0, 400))
    assert shown.min() >= 0.0
    assert shown.max() <= 1.0
    assert (np.diff(shown) >= 0).all()


def test_the_screen_curve_is_that_of_iec_61966() -> None:
    # Middle grey 0.2140 is 0.5 on the screen (IEC 61966-2-1); tolerance 0.1 %.
    assert srgb(np.array([0.21404, 0.0, 1.0])) == pytest.approx([0.5, 0.0, 1.0], abs=1e-3)


def test_bright_soil_is_the_colour_of_martian_soil() -> None:
    # Pathfinder and MER: bright dusty soil has a linear reflectance near (0.28, 0.19, 0.10);
    # the ramp between soil and bright dust is within 0.06 of it.
    soil = ramp(look().ramp, np.array(0.62), np.array(0.5))
    assert np.abs(soil - np.array([0.28, 0.19, 0.10])).max() < 0.06


def test_the_look_up_agrees_with_developing_each_colour() -> None:
    sun, sky = np.array([0.5, 0.5, 0.5]), np.array([0.25, 0.22, 0.18])
    grade = Grade(2.0, 1.05, 0.02, (0.6, 0.44, 0.3), 1.3, 0.12)
    table = look_up(look().ramp, sun, sky, grade).reshape(ALBEDOS, REDNESSES, LIGHTS)
    light = 200
    added = (light / (LIGHTS - 1) * 1.6 - 0.5) / 0.815
    soil = ramp(look().ramp, np.array(10 / 31), np.array(4 / 7))
    wanted = develop(soil * (sky + added * sun), grade)
    assert np.abs(unpack(table[10, 4, light]) - wanted).max() < 1.0


def test_more_light_is_never_darker() -> None:
    table = look_up(look().ramp, np.full(3, 0.5), np.full(3, 0.2), Grade(1.5))
    bright = luma(unpack(table).reshape(ALBEDOS, REDNESSES, LIGHTS, 3).astype(float))
    assert (np.diff(bright, axis=2) > -1.5).all()
