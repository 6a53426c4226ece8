"""How alike lattice noise is at two points: the strengths of octaves follow from it."""

import math

import numpy as np

from game.world.lattice import HASH_BITS


def covariance(distance: float) -> float:
    """Return the covariance of the noise at two points along a lattice axis [-].

    Parameters
    ----------
    distance : float
        In lattice spacings. [-]

    Notes
    -----
    Mean over all positions, for lattice numbers of unit variance. Band-passed values under
    splines: R. L. Cook, T. DeRose, "Wavelet noise", ACM Trans. Graph. 24, 2005.
    """
    kernel = np.array([[-1.0, -2.0, -1.0], [-2.0, 12.0, -2.0], [-1.0, -2.0, -1.0]])
    total = 0.0
    for di in range(-2, 3):
        for dj in range(-2, 3):
            here = kernel[max(0, dj) : 3 + min(0, dj), max(0, di) : 3 + min(0, di)]
            there = kernel[max(0, -dj) : 3 + min(0, -dj), max(0, -di) : 3 + min(0, -di)]
            total += float(np.sum(here * there)) * _spline7(distance - di) * _spline7(dj)
    return total


def _spline7(t: float) -> float:
    """Return the centred spline of degree 7: a cubic one folded with itself [-]."""
    # `fsum`: the built-in sum of floats gives another last bit from Python 3.12 on.
    terms = ((-1) ** k * math.comb(8, k) * max(0.0, t + 4.0 - k) ** 7 for k in range(9))
    return math.fsum(terms) / math.factorial(7)


# Standard deviation of one octave of amplitude 1, from uniform whole numbers of six bits.
OCTAVE_STD = math.sqrt(covariance(0.0) * (4.0**HASH_BITS - 1.0) / 12.0)
