"""Dust on the wings: it falls, cakes, slides off a steep wing, and blows away in a gust."""

import math
from collections.abc import Sequence
from dataclasses import replace

from game.changes import quick
from game.machine_commands import WingMode
from game.rover.wing_shape import BodySun
from game.rover.wings import WingsSpec, WingsState
from game.units import SOL_S

_made = quick(WingsState)

SHED_LEFT = 1e-4  # optical depth of loose dust that no longer counts


def dusted(spec: WingsSpec, wings: WingsState, rate_1_s: float, dt_s: float) -> WingsState:
    """Let dust fall, cake and slide for one step.

    Parameters
    ----------
    rate_1_s : float
        Growth of optical depth on a level wing. [1/s]

    Notes
    -----
    Dust falls straight down, so a tilted wing takes the cosine of its angle. Loose and caked
    together grow by exactly what falls, whatever the step.

    References
    ----------
    .. [1] G. A. Landis, "Mars dust-removal technology", J. Propulsion and Power 14, 1998, 126-128
       (settling; dust is held by adhesion and must be overcome).
    """
    fall = rate_1_s * dt_s
    stays = 1.0 - min(1.0, dt_s / (spec.cake_sols * SOL_S))
    if not any(wings.tilt_rad):
        moved = 1.0 - stays
        loose = tuple([one * stays + fall for one in wings.loose])
        caked = tuple([old + one * moved for old, one in zip(wings.caked, wings.loose)])  # noqa: B905
        return _made(wings.mode, wings.tilt_rad, wings.wanted_rad, loose, caked)
    steep_rad = math.radians(spec.steep_deg)
    slides = math.exp(-dt_s / spec.slide_s)
    layers = [
        (
            (one * stays + fall * max(0.0, math.cos(tilt)))
            * (slides if abs(tilt) >= steep_rad else 1.0),
            old + one * (1.0 - stays),
        )
        for tilt, one, old in zip(wings.tilt_rad, wings.loose, wings.caked, strict=True)
    ]
    loose, caked = zip(*layers, strict=True)
    return replace(wings, loose=loose, caked=caked)


def blown(
    spec: WingsSpec, wings: WingsState, gain_frac: float, draws: Sequence[float]
) -> WingsState:
    """Return the wings after a gust that makes a level wing pass `gain_frac` more light.

    Parameters
    ----------
    draws : sequence of float
        One even number in [0, 1) a wing: gusts are uneven. [-]

    References
    ----------
    .. [1] J. R. Gaier, M. E. Perez-Davis, M. Marabito, "Aeolian removal of dust types from
       photovoltaic surfaces on Mars", NASA TM-102507, 1990 (a slant towards 45 degrees clears
       best).
    """
    loose, caked = [], []
    for at, tilt in enumerate(wings.tilt_rad):
        uneven = 1.0 + spec.gust_scatter_frac * (2.0 * draws[at] - 1.0)
        slant = 1.0 + spec.gust_tilt_gain * math.sin(2.0 * tilt) ** 2
        gone = math.log1p(gain_frac * uneven * slant)
        light = min(wings.loose[at], gone)
        loose.append(wings.loose[at] - light)
        caked.append(max(0.0, wings.caked[at] - (gone - light)))
    return replace(wings, loose=tuple(loose), caked=tuple(caked))


def turned(
    spec: WingsSpec, wings: WingsState, sun: BodySun | None, reach_s: float
) -> tuple[WingsState, float]:
    """Turn the wings towards what they are told; also return the energy of their motors [J].

    Parameters
    ----------
    sun : BodySun or None
        None if there is no beam worth following: tracking wings then lie level.
    reach_s : float
        For how long the motors could run: 0 if they are cold or switched off. [s]
    """
    idle_rad = math.radians(spec.deadband_deg) if wings.mode is WingMode.TRACK else 0.0
    tilts, way_rad = [], 0.0
    for at, tilt in enumerate(wings.tilt_rad):
        off_rad = _wanted_rad(spec, wings, sun, at) - tilt
        if abs(off_rad) <= idle_rad:
            off_rad = 0.0
        step_rad = math.radians(spec.turn_deg_s) * reach_s * spec.wing[at].motor_frac
        move_rad = max(-step_rad, min(step_rad, off_rad))
        way_rad += abs(move_rad)
        tilts.append(tilt + move_rad)
    mode = wings.mode
    if mode is WingMode.SHED and _is_shed(spec, wings):
        mode = WingMode.LEVEL
    if way_rad == 0.0 and mode is wings.mode:
        return wings, 0.0
    energy_j = spec.motor_w * math.degrees(way_rad) / spec.turn_deg_s
    return replace(wings, mode=mode, tilt_rad=tuple(tilts)), energy_j


def tilt_limits_rad(spec: WingsSpec, at: int) -> tuple[float, float]:
    """Return the smallest and largest angle of one wing [rad]."""
    wing = spec.wing[at]
    return math.radians(wing.lowest_deg), math.radians(wing.highest_deg)


def _wanted_rad(spec: WingsSpec, wings: WingsState, sun: BodySun | None, at: int) -> float:
    """Return the angle that a wing should have [rad]."""
    low_rad, high_rad = tilt_limits_rad(spec, at)
    match wings.mode:
        case WingMode.LEVEL:
            return 0.0
        case WingMode.HELD:
            return wings.wanted_rad[at]
        case WingMode.SHED:
            return high_rad if high_rad >= -low_rad else low_rad
        case WingMode.TRACK:
            if sun is None or low_rad == high_rad:
                return 0.0
            return max(low_rad, min(high_rad, math.atan2(sun.right, max(0.0, sun.up))))


def _is_shed(spec: WingsSpec, wings: WingsState) -> bool:
    """Say whether the tilting wings have let go of what is loose."""
    for at, wing in enumerate(spec.wing):
        if wing.lowest_deg == wing.highest_deg:
            continue
        if abs(wings.tilt_rad[at]) < math.radians(spec.steep_deg):
            return False
        if wings.loose[at] > spec.slide_left_frac * (wings.loose[at] + wings.caked[at]) + SHED_LEFT:
            return False
    return True
