"""Shadows on the wings: a thin one of the mast, a broad one of a raised wing."""

import math
from collections.abc import Sequence

from game.rover.wing_shape import BodySun, MastSpec, WingSpec

Reach = tuple[float, float]  # how far from the mast a ray enters and leaves a wing [m]
SECTORS = 72  # the mast's shadow is looked up in steps of 5 degrees; its edge is soft anyway
_NEVER: Reach = (math.inf, math.inf)


def mast_reaches(mast: MastSpec, plates: Sequence[WingSpec]) -> tuple[tuple[Reach, ...], ...]:
    """Return for each direction of the shadow where it enters and leaves each wing [m].

    A last entry holds the nearest of all, so that a short shadow is done with one comparison.
    """
    rows = [
        [_reach(mast, plate, (sector + 0.5) / SECTORS * math.tau) for plate in plates]
        for sector in range(SECTORS)
    ]
    return tuple((*row, min(row)) for row in rows)


def _reach(mast: MastSpec, plate: WingSpec, towards_rad: float) -> Reach:
    """Clip a ray from the mast's foot with the rectangle of a wing."""
    near, far = 0.0, math.inf
    spans = (
        (math.sin(towards_rad), plate.right_m - mast.right_m, plate.across_m / 2.0),
        (math.cos(towards_rad), plate.forward_m - mast.forward_m, plate.along_m / 2.0),
    )
    for step, middle, half in spans:
        if abs(step) < 1e-9:
            if abs(middle) > half:
                return _NEVER
            continue
        ends = sorted(((middle - half) / step, (middle + half) / step))
        near, far = max(near, ends[0]), min(far, ends[1])
    return (near, far) if near < far else _NEVER


def mast_shade(
    mast: MastSpec, reaches: Sequence[Sequence[Reach]], area_m2: Sequence[float], sun: BodySun
) -> tuple[float, ...] | None:
    """Return the share of the beam that the mast takes from each wing; None if from none [-].

    References
    ----------
    .. [1] H. S. Rauschenbach, "Solar Cell Array Design Handbook", 1980 (a shaded cell limits the
       string it hangs in).
    """
    length_m = mast.height_m * math.hypot(sun.right, sun.forward) / sun.up
    towards = math.atan2(-sun.right, -sun.forward) % math.tau
    row = reaches[min(SECTORS - 1, int(towards / math.tau * SECTORS))]
    if length_m <= row[-1][0]:  # the last entry is the nearest of all
        return None
    loss_m = mast.width_m * mast.string_ratio
    return tuple(
        [
            min(1.0, loss_m * (min(length_m, far) - near) / area) if near < length_m else 0.0
            for (near, far), area in zip(row[:-1], area_m2, strict=True)
        ]
    )


def raised_shade(
    plates: Sequence[WingSpec], tilt_rad: Sequence[float], sun: BodySun
) -> tuple[float, ...]:
    """Return the share of each wing that lies in the shadow of a wing raised towards the Sun [-].

    Notes
    -----
    The shadow of a raised edge is a parallelogram; its overlap with each other wing is taken as
    share across times share along, shifted by half the slant.
    """
    shade = [0.0] * len(plates)
    for at, (plate, tilt) in enumerate(zip(plates, tilt_rad, strict=True)):
        outer = math.copysign(1.0, plate.right_m)
        if tilt * outer >= 0.0 or tilt * sun.right >= 0.0:  # not raised, or it faces the Sun
            continue
        height_m = plate.across_m * abs(math.sin(tilt))
        inner_m = plate.right_m - outer * plate.across_m / 2.0
        edge_m = inner_m + outer * plate.across_m * math.cos(tilt)
        tip_m = edge_m - sun.right * height_m / sun.up
        shift_m = -sun.forward * height_m / sun.up / 2.0
        band = (min(edge_m, tip_m), max(edge_m, tip_m))
        middle_m = plate.forward_m + shift_m
        along = (middle_m - plate.along_m / 2.0, middle_m + plate.along_m / 2.0)
        for other, under in enumerate(plates):
            if other != at:
                across = _overlap(band, under.right_m, under.across_m)
                shade[other] += across * _overlap(along, under.forward_m, under.along_m)
    return tuple(min(1.0, one) for one in shade)


def _overlap(band: Reach, middle_m: float, size_m: float) -> float:
    """Return the share of a stretch that lies in a band [-]."""
    low, high = middle_m - size_m / 2.0, middle_m + size_m / 2.0
    return max(0.0, min(high, band[1]) - max(low, band[0])) / size_m
