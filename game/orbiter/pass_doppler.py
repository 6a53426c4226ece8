"""How the motion of the orbiter shifts the radio wave over a pass.

Use: `pass_doppler(spec, site, window)`. On a circular orbit the shift is highest at rise and set
and nothing at culmination. On a long ellipse the nearest point, where it passes through nothing,
may be hours from the highest one; where that lies outside the pass, the shift may still change its
sign at the farthest point, and a pass of which only one side is seen has no such moment at all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec
from game.orbiter.passing import STEPS_A_PASS, Pass
from game.orbiter.relay import OrbiterSpec
from game.orbiter.sight import doppler_hz, range_rate_m_s

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PassDoppler:
    """Shift of the carrier as the orbiter hears it, up while it comes [Hz].

    `max_hz` is the largest shift to either side, without sign; `zero_s` when the shift goes through
    nothing (mission time): where the orbiter is nearest, else where it is farthest; None if the
    shift keeps its sign.
    """

    rise_hz: float
    culmination_hz: float
    set_hz: float
    max_hz: float
    zero_s: float | None


def pass_doppler(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> PassDoppler:
    """Return the shift at the marks of a pass, from the change of distance.

    Parameters
    ----------
    spec, site, window : OrbiterSpec, SiteSpec, Pass
        Orbit with the frequency of its link, place, and the pass from rise to set.

    Returns
    -------
    PassDoppler
        Positive while the orbiter comes. [Hz, s]

    Notes
    -----
    The first order, -f v / c with v the growth of the distance, is enough: the next is smaller by
    v / c, a few hundredths of a hertz.

    References
    ----------
    .. [1] T. D. Moyer, "Formulation for Observed and Computed Values of Deep Space Network Data
       Types for Navigation", JPL DESCANSO monograph 2, 2000, sec. 13 (one-way Doppler).
    """
    moments = np.linspace(window.rise_s, window.set_s, STEPS_A_PASS + 1)
    shifts = _shifts_hz(spec, site, np.append(moments, window.culmination_s))
    along = shifts[:-1]
    return PassDoppler(
        rise_hz=float(along[0]),
        culmination_hz=float(shifts[-1]),
        set_hz=float(along[-1]),
        max_hz=float(np.abs(along).max()),
        zero_s=_zero_s(spec, site, moments, along),
    )


def _shifts_hz(spec: OrbiterSpec, site: SiteSpec, moments: Array) -> Array:
    speeds_m_s = range_rate_m_s(spec.body, spec.orbit, site, moments)
    return np.asarray(doppler_hz(spec.link.frequency_hz, speeds_m_s))


def _zero_s(spec: OrbiterSpec, site: SiteSpec, moments: Array, shifts: Array) -> float | None:
    """Return where coming turns into going, else where going turns into coming."""
    for sign in (1.0, -1.0):
        before, after = sign * shifts[:-1], sign * shifts[1:]
        turns = np.flatnonzero((before > 0.0) & (after <= 0.0))
        if turns.size:
            at = int(turns[0])
            fine = np.linspace(moments[at], moments[at + 1], STEPS_A_PASS + 1)
            return float(np.interp(0.0, -sign * _shifts_hz(spec, site, fine), fine))
    return None
