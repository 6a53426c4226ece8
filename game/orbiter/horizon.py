"""Passes seen from behind hills: the terrain's horizon in place of the flat mask.

Use: `pass_behind(spec, site, window, horizon_rad)` when a pass nears; the result works with
`relay.volume_bit` and friends like any other pass.
"""

import math

import numpy as np

from game.environment.clock import SiteSpec
from game.orbiter.flights import Flight
from game.orbiter.passing import STEPS_A_PASS, Pass, pass_of
from game.orbiter.relay import OrbiterSpec
from game.orbiter.sight import look


def pass_behind(
    spec: OrbiterSpec, site: SiteSpec, window: Pass, horizon_rad: tuple[float, ...]
) -> Pass:
    """Return the same pass with everything below the horizon of the terrain cut off.

    Parameters
    ----------
    spec : OrbiterSpec
        The orbiter.
    site : SiteSpec
        The place.
    window : Pass
        The pass over open ground.
    horizon_rad : tuple of float
        Height of the horizon at evenly spaced azimuths, clockwise from north. [rad]

    Returns
    -------
    Pass
        Usable window and volume are never larger; rise, set and culmination stay. [-]
    """
    nodes = np.linspace(window.rise_s, window.set_s, STEPS_A_PASS + 1)
    seen = look(spec.body, spec.orbit, site, nodes)
    count = len(horizon_rad)
    bearing = np.asarray(seen.azimuth_rad) / math.tau * count
    hills = np.interp(bearing, np.arange(count + 1), (*horizon_rad, horizon_rad[0]))
    mask_rad = np.maximum(hills, math.radians(spec.link.mask_deg))
    heights = np.asarray(seen.elevation_rad) - mask_rad
    flight = Flight(window.rise_s, window.culmination_s, window.set_s, window.max_elevation_rad)
    ranges_m = np.asarray(seen.range_m)
    return pass_of(spec.link, flight, (window.sol, window.number), (nodes, heights, ranges_m))
