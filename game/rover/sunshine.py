"""What the wings make of the light: cells, dust, harness."""

import math
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.rover.power import PowerSpec, PowerState, array_area_m2
from game.rover.wing_shape import BodySun
from game.rover.wings import array_light


class Sunshine(NamedTuple):
    """What the wings make of the light: power to the bus, and the light itself [W, W/m2].

    `mean_w_m2` falls on them, before dust; `yield_frac` of it leaves as electricity before the
    harness.
    """

    power_w: float
    mean_w_m2: float
    yield_frac: float


def cell_yield_frac(spec: PowerSpec, tau: float, array_k: float) -> float:
    """Share of the light on a clean wing that its cells turn into electricity [-].

    Parameters
    ----------
    tau : float
        Optical depth of the dust above. [-]
    array_k : float
        Temperature of the wings. [K]

    Notes
    -----
    Packing, temperature and the reddening of the light; not wiring, system or dust on the wing.
    The current of a stack of three cells is that of the topmost, which lives on light below
    670 nm, and that is what dust swallows. Up to tau 4 by a fit to a Monte Carlo of the sky;
    beyond, light is scattered through and through and falls exponentially, red slower than blue:
    a two-stream calculation with the dust's optics agrees within 0.03 up to 4 and gives the rate
    from there. A low Sun reddens too, which costs half a percent of a sol at tau 1 and is left out.

    References
    ----------
    .. [1] B. E. Anspaugh, "GaAs Solar Cell Radiation Handbook", JPL 96-9, 1996 (linear
       temperature coefficient).
    .. [2] P. M. Stella, N. Mardesich et al., "Mars optimized solar cells", IEEE PVSC 2005 (top
       cells short of current under dust).
    .. [3] W. E. Meador, W. R. Weaver, "Two-stream approximations to radiative transfer in
       planetary atmospheres", J. Atmospheric Sciences 37, 1980 (delta-Eddington).
    """
    limit = spec.spectral_tau_limit
    dust = min(tau, limit)
    spectral = 1.0 - spec.spectral_linear * dust - spec.spectral_square * dust * dust
    if tau > limit:
        spectral *= math.exp(-spec.spectral_thick * (tau - limit))
    warm = 1.0 - spec.cell_loss_1_k * (array_k - spec.cell_reference_k)
    return spec.cell_efficiency_frac * spec.packing_frac * warm * spectral


def sunshine(
    spec: PowerSpec,
    state: PowerState,
    light: Surroundings,
    sun: BodySun,
    array_k: float,
) -> Sunshine:
    """Return what the wings bring now; nothing in the dark."""
    if light.global_w_m2 <= 0.0:
        return Sunshine(0.0, 0.0, 0.0)
    caught = array_light(spec.wings, state.wings, light, sun, spec.ground_albedo_frac)
    if caught.mean_w_m2 <= 0.0:
        return Sunshine(0.0, 0.0, 0.0)
    cells = cell_yield_frac(spec, light.tau, array_k) * spec.working_frac
    passed_frac = caught.passed_w / (caught.mean_w_m2 * array_area_m2(spec))
    return Sunshine(
        caught.passed_w * cells * spec.wiring_frac * spec.system_frac,
        caught.mean_w_m2,
        cells * passed_frac,
    )
