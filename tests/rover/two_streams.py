"""Light below dust, wavelength by wavelength: the dear model behind the cells' spectral factor.

Delta-Eddington two streams over a grey-to-red ground (W. E. Meador, W. R. Weaver, J. Atmos. Sci.
37, 1980, eqs. 14-18). Optics of the dust: single scattering 0.76 at 440 nm and 0.94 at 610 nm,
asymmetry by Mie (dossier of the environment, 8.1); beyond 700 nm after M. J. Wolff et al., J.
Geophys. Res. 114, 2009. A stack of three cells gives what its top cell gives, which lives on 350 to
670 nm.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MICRONS = np.linspace(0.30, 3.0, 541)
SUN = MICRONS**-5 / np.expm1(14387.77 / (MICRONS * 5778.0))  # black body of the Sun's surface
_TOP_CELL = (MICRONS >= 0.35) & (MICRONS < 0.67)


def _by_micron(places: list[float], values: list[float]) -> Array:
    return np.asarray(np.interp(MICRONS, places, values))


SCATTERING = _by_micron(
    [0.30, 0.44, 0.465, 0.55, 0.61, 0.67, 0.75, 0.9, 1.5, 2.0, 2.5, 2.8, 3.0],
    [0.62, 0.76, 0.79, 0.89, 0.94, 0.948, 0.965, 0.975, 0.975, 0.97, 0.96, 0.85, 0.6],
)
ASYMMETRY = _by_micron(
    [0.30, 0.465, 0.55, 0.61, 0.67, 0.75, 0.9, 1.5, 2.0, 2.5, 3.0],
    [0.84, 0.801, 0.76, 0.736, 0.72, 0.71, 0.70, 0.69, 0.66, 0.63, 0.6],
)
EXTINCTION = _by_micron(
    [0.30, 0.465, 0.55, 0.61, 0.9, 1.5, 2.0, 2.5, 3.0],
    [0.94, 0.96, 0.98, 1.0, 1.02, 1.08, 1.10, 1.03, 0.98],
)
GROUND = _by_micron([0.3, 0.45, 0.55, 0.65, 0.75, 1.0, 2.0, 3.0],
                    [0.03, 0.05, 0.11, 0.22, 0.28, 0.30, 0.30, 0.2])  # fmt: skip


def light_below(tau: float, sun_cosine: float) -> Array:
    """Part of a sunbeam from above that arrives on level ground, by wavelength; shape (541,)."""
    forward = ASYMMETRY**2
    depth = tau * EXTINCTION * (1.0 - SCATTERING * forward)
    albedo = SCATTERING * (1.0 - forward) / (1.0 - SCATTERING * forward)
    lean = ASYMMETRY / (1.0 + ASYMMETRY)
    one = (7.0 - albedo * (4.0 + 3.0 * lean)) / 4.0
    two = -(1.0 - albedo * (4.0 - 3.0 * lean)) / 4.0
    up = (2.0 - 3.0 * lean * sun_cosine) / 4.0
    rate = np.sqrt(one**2 - two**2)
    both = rate**2 - sun_cosine**-2
    rising = albedo * ((one - 1.0 / sun_cosine) * up + (1.0 - up) * two) / both
    falling = albedo * ((one + 1.0 / sun_cosine) * (1.0 - up) + two * up) / both
    mix, faded, beam = two / (one + rate), np.exp(-rate * depth), np.exp(-depth / sun_cosine)
    left = (mix * faded, np.ones_like(faded), -falling)
    low = (
        1.0 - GROUND * mix,
        (mix - GROUND) * faded,
        GROUND * (falling + sun_cosine) * beam - rising * beam,
    )
    scale = left[0] * low[1] - left[1] * low[0]
    grow = (left[2] * low[1] - left[1] * low[2]) / scale
    fall = (left[0] * low[2] - low[0] * left[2]) / scale
    total = mix * grow + fall * faded + falling * beam + sun_cosine * beam
    return np.asarray(np.clip(total, 0.0, None) / sun_cosine)


def top_cell_ratio(tau: float, sun_cosine: float) -> float:
    """Share of its current that the top cell keeps, against the share of all light that is left."""
    passed = light_below(tau, sun_cosine)
    photons = SUN * MICRONS * _TOP_CELL
    current = np.sum(photons * passed) / np.sum(photons)
    return float(current / (np.sum(SUN * passed) / np.sum(SUN)))
