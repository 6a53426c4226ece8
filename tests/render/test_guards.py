import numpy as np
import pytest

from game.render.guards import (
    DAY,
    colour_count,
    edge_step,
    longest_run,
    median_luma,
    problems,
    repeat,
    spread,
)

NOISE = np.random.default_rng(5).integers(90, 140, (200, 300, 3)).astype(np.uint8)


def test_a_flat_picture_fails_with_sentences() -> None:
    flat = np.full((60, 90, 3), 112, np.uint8)
    found = " / ".join(problems(flat, DAY))
    assert "spread 0.0" in found
    assert "1 colours" in found
    assert "90 equal pixels" in found
    assert "median" not in found


def test_simple_numbers_are_right() -> None:
    picture = np.zeros((2, 6, 3), np.uint8)
    picture[0] = [[1, 1, 1], [1, 1, 1], [1, 1, 1], [2, 2, 2], [3, 3, 3], [3, 3, 3]]
    picture[1] = np.arange(18).reshape(6, 3)
    assert longest_run(picture) == 3
    assert colour_count(picture) == 9
    assert median_luma(np.full((3, 3, 3), 50, np.uint8)) == pytest.approx(50.0)
    assert spread(np.full((3, 3, 3), 50, np.uint8)) == pytest.approx(0.0, abs=1e-9)


def test_a_repeating_tile_is_found_and_noise_is_not() -> None:
    assert repeat(NOISE) < 0.2
    assert repeat(np.tile(NOISE[:64, :64], (4, 5, 1))) > 0.9


def test_a_seam_is_found() -> None:
    assert edge_step(NOISE, 100) < 1.15
    seam = NOISE.astype(int)
    seam[:, 100:200] += 60
    assert edge_step(seam.astype(np.uint8), 100) > 1.15
