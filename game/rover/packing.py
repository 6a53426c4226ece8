"""How big a picture is once it is packed: to a quality that was asked for, in bits that depend.

Use: `packing_ratio(spec, seed, tick, kind)` once a picture, `most_ratio(spec, kind)` for the room
that it may need. A planner knows the mean, which is 1.
"""

import math
from dataclasses import dataclass

from game.commands import ActivityKind
from game.rng import Stream, normal

# Views of one product that differ from each other: a ring looks round, filters look at one scene.
VIEWS_COUNT = {
    ActivityKind.PICTURE: 1,
    ActivityKind.PANORAMA: 12,
    ActivityKind.MULTISPECTRAL: 1,
    ActivityKind.SELFIE: 1,
}


@dataclass(frozen=True, slots=True)
class PackingSpec:
    """How much packed pictures differ in size: standard deviations of the logarithm.

    Attributes
    ----------
    scene_sigma : From place to place and hour to hour, all views alike: stones, shadows, haze. [-]
    view_sigma : From one view to the next at the same place. [-]
    most_sigmas : No picture is farther from the mean; memory keeps room for that. [-]
    is_mean : Every picture is a mean one: for forecasts.
    """

    scene_sigma: float
    view_sigma: float
    most_sigmas: float
    is_mean: bool = False

    def __post_init__(self) -> None:
        if not (0.0 <= self.scene_sigma <= 1.0 and 0.0 <= self.view_sigma <= 1.0):
            raise ValueError("scene_sigma and view_sigma must be from 0 to 1")
        if not 0.0 <= self.most_sigmas <= 5.0:
            raise ValueError(f"most_sigmas must be from 0 to 5, not {self.most_sigmas}")


def ratio_sigma(spec: PackingSpec, kind: ActivityKind) -> float:
    """Return the standard deviation of the logarithm of a size; 0 for what is no picture [-]."""
    views_count = VIEWS_COUNT.get(kind, 0)
    if not views_count:
        return 0.0
    return math.hypot(spec.scene_sigma, spec.view_sigma / math.sqrt(views_count))


def ratio_at(sigma: float, luck: float) -> float:
    """Return the size over the mean size that belongs to a standard normal number [-]."""
    return math.exp(sigma * luck - sigma * sigma / 2.0)


def packing_ratio(spec: PackingSpec, seed: int, tick: int, kind: ActivityKind) -> float:
    """Return the size of a picture over that of a mean one, at the same quality [-].

    Notes
    -----
    A coder with a quality goal, such as that of the rovers of 2003, spends as few bits as the goal
    needs: rough ground takes more than smooth, clear air more than haze. The spread is lognormal.

    References
    ----------
    .. [1] A. Kiely, M. Klimesh, "The ICER progressive wavelet image compressor", IPN Progress
       Report 42-155, JPL, 2003 (quality goal and byte quota).
    .. [2] C. Kwan, J. Larkin, "Perceptually lossless compression for Mastcam multispectral images:
       a comparative study", J. Signal and Information Processing 10, 2019 (two to three times
       without loss: pictures of one camera differ by a fifth either way).
    """
    sigma = ratio_sigma(spec, kind)
    if spec.is_mean or sigma == 0.0:
        return 1.0
    luck = normal(seed, Stream.PACKING, tick)
    return ratio_at(sigma, min(spec.most_sigmas, max(-spec.most_sigmas, luck)))


def most_ratio(spec: PackingSpec, kind: ActivityKind) -> float:
    """Return the largest size over the mean one: what memory must have room for [-]."""
    return ratio_at(ratio_sigma(spec, kind), spec.most_sigmas)
