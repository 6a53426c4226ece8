"""Lists of craters, and the law of their sizes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from game.world.spec import SiteGround

Array = NDArray[np.float64]

# Breaks of the size law: Ivanov (2001), Space Sci. Rev. 96, 87, with infill of 0.03 m/Myr.
_BREAK_M, _UPPER_BREAK_M = 200.0, 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Craters:
    """Craters as equal-length arrays, oldest first; read-only.

    Attributes
    ----------
    x_m, y_m : ndarray
        Centres, float64. [m]
    diameter_m : ndarray
        Rim to rim. [m]
    depth_ratio : ndarray
        Depth over diameter as it is now. [-]
    age_frac : ndarray
        0 young, 1 old. [-]
    phase : ndarray
        A number of its own, 0 to 1: outline, fill, streak. [-]
    """

    x_m: Array
    y_m: Array
    diameter_m: Array
    depth_ratio: Array
    age_frac: Array
    phase: Array

    def __len__(self) -> int:
        return len(self.x_m)

    def taken(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Craters":
        """Return some of them, by mask or by index."""
        return crater_table([getattr(self, field.name)[which] for field in fields(self)])


def crater_table(columns: Sequence[Array]) -> Craters:
    """Return craters from their six columns, made read-only."""
    for column in columns:
        column.flags.writeable = False
    return Craters(*columns)


def joined(parts: Sequence[Craters]) -> Craters:
    """Return several lists as one, oldest first, ties by place."""
    columns = [
        np.concatenate([getattr(part, field.name) for part in parts]) if parts else np.zeros(0)
        for field in fields(Craters)
    ]
    order = np.lexsort((columns[0], columns[1], -columns[4]))
    return crater_table([column[order] for column in columns])


def crater_density_1_km2(site: SiteGround, diameter_m: Array | float) -> Array:
    """Craters of a size and larger per square kilometre.

    Parameters
    ----------
    site : SiteGround
        Anchor at 200 m and the three exponents.
    diameter_m : float or ndarray
        Smallest size. [m]

    Returns
    -------
    ndarray
        [1/km2]

    References
    ----------
    .. [1] B. A. Ivanov, "Mars/Moon cratering rate ratio estimates", Space Sci. Rev. 96, 2001.
    """
    d = np.asarray(diameter_m, dtype=np.float64)
    small, middle, large = _powers(site)
    at_upper = site.craters_200m_1_km2 * (_UPPER_BREAK_M / _BREAK_M) ** -middle
    return np.where(
        d < _BREAK_M,
        site.craters_200m_1_km2 * (d / _BREAK_M) ** -small,
        np.where(
            d < _UPPER_BREAK_M,
            site.craters_200m_1_km2 * (d / _BREAK_M) ** -middle,
            at_upper * (d / _UPPER_BREAK_M) ** -large,
        ),
    )


def crater_diameter_m(site: SiteGround, density_1_km2: Array) -> Array:
    """Return the size at which the cumulative density has a value: the inverse law [m]."""
    small, middle, large = _powers(site)
    at_break = site.craters_200m_1_km2
    at_upper = at_break * (_UPPER_BREAK_M / _BREAK_M) ** -middle
    n = density_1_km2
    return np.where(
        n > at_break,
        _BREAK_M * (n / at_break) ** (-1.0 / small),
        np.where(
            n > at_upper,
            _BREAK_M * (n / at_break) ** (-1.0 / middle),
            _UPPER_BREAK_M * (n / at_upper) ** (-1.0 / large),
        ),
    )


def _powers(site: SiteGround) -> tuple[float, float, float]:
    return site.crater_power_small, site.crater_power_middle, site.crater_power_large
