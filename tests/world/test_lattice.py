import numpy as np
import pytest

from game.rng import Stream
from game.world.diagonals import turned_field
from game.world.lattice import (
    Octave,
    hashed,
    lattice_key,
    short,
    straight_fields,
)
from game.world.spectrum import OCTAVE_STD, covariance
from game.world.window import Window

OCTAVES = [Octave(size, lattice_key(7, Stream.TERRAIN, size)) for size in (4800, 1056, 234, 109)]
MIX = [short(std / OCTAVE_STD) for std in (1.3, 0.6, 0.3, 0.2)]


def straight(window: Window) -> np.ndarray:
    return straight_fields(window, OCTAVES, [MIX])[0]


def turned(window: Window) -> np.ndarray:
    return turned_field(window, OCTAVES, MIX)


@pytest.mark.parametrize("make", [straight, turned])
def test_a_node_is_the_same_to_the_last_bit_in_every_window(make) -> None:  # type: ignore[no-untyped-def]
    large = make(Window(0, 1000, -500, 310, 290))
    part = make(Window(0, 1013, -491, 77, 31))
    assert np.array_equal(part, large[9:40, 13:90])
    single = make(Window(0, 1100, -400, 1, 1))
    assert single[0, 0] == large[100, 100]


@pytest.mark.parametrize("make", [straight, turned])
def test_a_node_is_the_same_to_the_last_bit_at_every_zoom(make) -> None:  # type: ignore[no-untyped-def]
    coarse = make(Window(0, 500, -250, 32, 32))
    fine = make(Window(-3, 4000, -2000, 250, 250))
    assert np.array_equal(fine[::8, ::8], coarse)


@pytest.mark.parametrize("make", [straight, turned])
def test_far_from_the_origin_nothing_is_lost(make) -> None:  # type: ignore[no-untyped-def]
    far = 256 * 10**6
    field = make(Window(0, far, -far, 128, 128))
    assert 0.5 < field.std() < 4.0
    # Neighbours differ by steps as small as near the origin: no rounding of positions.
    steps = np.abs(np.diff(field, axis=1))
    assert np.mean(steps == 0.0) < 0.01


def test_sums_are_exact_in_extended_precision() -> None:
    from game.world.lattice import lattice_values, spread  # noqa: PLC0415

    window = Window(0, 37, 91, 40, 40)
    step = window.step()
    total = np.zeros((40, 40), np.longdouble)
    for octave, amplitude in zip(OCTAVES, MIX, strict=True):
        east = spread(window.i0 * step, 40, step, (octave.spacing,))
        north = spread(window.j0 * step, 40, step, (octave.spacing,))
        values = lattice_values(
            east.first[0], north.first[0], east.count[0], north.count[0], octave.key
        )
        part = np.einsum(
            "ia,ab,jb->ij",
            north.weights.astype(np.longdouble),
            values.astype(np.longdouble),
            east.weights.astype(np.longdouble),
        )
        total += part * np.longdouble(amplitude)
    assert np.array_equal(total.astype(np.float64), straight(window))


def test_one_octave_has_unit_variance_and_the_covariance_of_the_formula() -> None:
    octave = Octave(640, lattice_key(3, Stream.TERRAIN, 1))  # 10 nodes of 1 m
    (field,) = straight_fields(Window(0, 0, 0, 1500, 1500), [octave], [[1.0 / OCTAVE_STD]])
    assert field.std() == pytest.approx(1.0, abs=0.02)
    assert abs(field.mean()) < 0.01
    for nodes in (3, 5, 10, 20):
        measured = float(np.mean(field[:, nodes:] * field[:, :-nodes]))
        expected = covariance(nodes / 10.0) / covariance(0.0)
        assert measured == pytest.approx(expected, abs=0.03)


def test_noise_has_no_grain_along_its_lattice() -> None:
    # Differences along the axes and along the diagonals over the same distance: ratio near 1.
    octave = Octave(640, lattice_key(5, Stream.TERRAIN, 1))
    (field,) = straight_fields(Window(0, 0, 0, 1500, 1500), [octave], [[1.0 / OCTAVE_STD]])
    along = np.mean((field[:, 7:] - field[:, :-7]) ** 2)
    across = np.mean((field[5:, 5:] - field[:-5, :-5]) ** 2)
    assert across / along == pytest.approx((5 * 2**0.5 / 7) ** 2, rel=0.04)


def test_hashes_are_even_and_do_not_repeat_between_seeds() -> None:
    i = np.arange(400, dtype=np.int64)[None, :]
    j = np.arange(-200, 200, dtype=np.int64)[:, None]
    one = hashed(i, j, lattice_key(1, Stream.TERRAIN, 1))
    two = hashed(i, j, lattice_key(-1, Stream.TERRAIN, 1))
    counts = np.bincount(one.ravel() >> np.uint32(28), minlength=16)
    assert np.all(np.abs(counts - 10_000) < 4 * 100)
    assert np.mean(one == two) < 1e-4
    neighbours = one[:, 1:] ^ one[:, :-1]
    bits = np.mean([(neighbours >> np.uint32(bit)) & np.uint32(1) for bit in range(32)])
    assert bits == pytest.approx(0.5, abs=0.002)


def test_short_amplitudes_are_within_two_percent() -> None:
    for amplitude in np.geomspace(1e-4, 10.0, 50).tolist():
        assert short(amplitude) == pytest.approx(amplitude, rel=0.035)
