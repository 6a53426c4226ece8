"""Light scattered more than once in the Martian sky: computes `data/sky_multiple.csv`.

Run it as `python -m game.tools.sky_table`; it takes a few seconds. The method is doubling
of thin layers, one azimuth mode at a time. The sharp forward peak of dust, all that stands above
the scattering by 10 degrees, is split off and counts as light that went straight on.

References
----------
.. [1] J. E. Hansen, L. D. Travis, "Light scattering in planetary atmospheres", Space Sci. Rev. 16,
   1974, section 3 (doubling, azimuth modes).
.. [2] J. F. Potter, "The delta function approximation in radiative transfer theory", J. Atmos.
   Sci. 27, 1970, 943 (the forward peak cut off at an angle).
.. [3] T. Nakajima, M. Tanaka, "Algorithms for radiative intensity calculations in moderately thick
   atmospheres using a truncation approximation", JQSRT 40, 1988, 51 (exact single scattering).
"""

import sys
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from game.environment.sky_optics import (
    CHANNELS,
    SKY_COLOUR,
    dust_colours,
    scattering_rings,
    shone_on,
    smooth_depth,
)
from game.paths import PACKAGE

Array = NDArray[np.float64]
STREAMS = 10  # Gauss nodes in each hemisphere; twice as many moments: within 0.6 % of 24 nodes
THINNEST = 2.0e-5  # optical depth at which doubling starts
# Corners of the table: optical depths, heights of the Sun and of view, azimuths from the Sun.
TAUS = (0.03, 0.1, 0.2, 0.44, 0.7, 1.0, 1.7, 2.3, 3.0, 4.0, 5.0, 8.0, 11.0)
LOW_SUNS_DEG = (2.0, 3.0, 4.0, 5.0, 6.5, 8.0, 10.5, 13.0, 16.5)
SUNS_DEG = (*LOW_SUNS_DEG, 20.0, 26.0, 32.0, 38.0, 45.0, 60.0, 75.0, 90.0)
VIEWS_DEG = (1.0, 3.0, 5.0, 9.0, 15.0, 22.0, 30.0, 45.0, 62.0, 77.0, 90.0)
AZIMUTHS_DEG = (0.0, 10.0, 20.0, 30.0, 40.0, 52.0, 65.0, 90.0, 115.0, 137.0, 155.0, 167.0, 180.0)
LEAST = 1e-7  # of the light above the air: darker is black


@dataclass(frozen=True, slots=True)
class Directions:
    """Where to look, and where the Sun stands, in degrees."""

    views_deg: tuple[float, ...] = VIEWS_DEG
    suns_deg: tuple[float, ...] = SUNS_DEG
    azimuths_deg: tuple[float, ...] = AZIMUTHS_DEG


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Cosines of all directions, and their weights; those only looked at weigh nothing."""

    mu: Array
    weight: Array
    views: slice
    suns: slice


def run() -> int:
    """Write the table and return 0."""
    directions = Directions()
    rows = ["tau,sun_el_deg,view_el_deg,channel," + ",".join(f"az{a:g}" for a in AZIMUTHS_DEG)]
    flux_rows = ["tau,sun_el_deg,sky_r,sky_g,sky_b"]
    for tau in TAUS:
        answers = [scattered_again(directions, channel, tau) for channel in CHANNELS]
        for place, sun_deg in enumerate(SUNS_DEG):
            for channel, (radiance, _) in enumerate(answers):
                for seen, view_deg in enumerate(VIEWS_DEG):
                    part = shone_on(np.sin(np.radians(view_deg)), tau)[channel]
                    logs = 1000.0 * np.log(np.maximum(radiance[seen, place], LEAST) / part)
                    values = ",".join(f"{value:.0f}" for value in logs)
                    rows.append(f"{tau:g},{sun_deg:g},{view_deg:g},{channel},{values}")
            flux = ",".join(f"{answer[1][place]:.6g}" for answer in answers)
            flux_rows.append(f"{tau:g},{sun_deg:g},{flux}")
    for name, lines in (("sky_multiple", rows), ("sky_flux", flux_rows)):
        path = PACKAGE / "data" / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sys.stdout.write(f"{path}: {len(lines)} lines\n")
    return 0


@lru_cache(maxsize=16)
def phase_moments(channel: int, count: int) -> Array:
    """Return the Legendre moments of the scattering without its peak; the first is what is left."""
    angle, ring = scattering_rings()
    waves = legendre.legvander(np.cos(angle), count - 1)
    return np.asarray(np.trapezoid(ring[:, channel, None] * waves, angle, axis=0))


def _nodes(directions: Directions) -> Nodes:
    x, w = legendre.leggauss(STREAMS)
    views = np.sin(np.radians(np.array(directions.views_deg)))
    suns = np.sin(np.radians(np.array(directions.suns_deg)))
    mu = np.concatenate([(x + 1) / 2, np.clip(views, 1e-4, 1.0), suns])
    weight = np.concatenate([w / 2, np.zeros(views.size + suns.size)])
    end = STREAMS + views.size
    return Nodes(mu, weight, slice(STREAMS, end), slice(end, end + suns.size))


def scattered_again(directions: Directions, channel: int, tau: float) -> tuple[Array, Array]:
    """Return light scattered more than once [1/sr], and all sky light on level ground [-].

    Shapes (views, suns, azimuths) and (suns,), per unit of sunlight above the air.
    """
    nodes = _nodes(directions)
    dust = dust_colours()[channel]
    order = 2 * STREAMS
    moments = phase_moments(channel, order)
    depth = smooth_depth(channel, tau)
    albedo = dust.albedo * (1.0 - dust.peak) / (1.0 - dust.albedo * dust.peak)
    smooth = moments / moments[0]
    azimuth = np.radians(np.array(directions.azimuths_deg))
    total = np.zeros((len(directions.views_deg), len(directions.suns_deg), azimuth.size))
    sky_flux = np.zeros(len(directions.suns_deg))
    for mode in range(order):
        plus, minus = _mode_phase(smooth, mode, nodes.mu)
        reflect, transmit = _doubled(nodes, albedo, depth, (plus, minus))
        once = albedo * plus / 4 * _path(nodes.mu, depth)
        many = (transmit - once)[nodes.views, nodes.suns] * nodes.mu[nodes.suns] / np.pi
        if mode == 0:
            extra, light = _ground_light(nodes, channel, depth, (reflect, transmit))
            many = many + extra
            sun = nodes.mu[nodes.suns]
            sky_flux = light - sun * np.exp(-dust.tau_ratio * tau / sun)
        total += (1.0 + (mode > 0)) * many[:, :, None] * np.cos(mode * azimuth)
    return total, sky_flux


def _mode_phase(moments: Array, mode: int, mu: Array) -> tuple[Array, Array]:
    """Return the phase matrix of one azimuth mode for going on, and for turning back."""
    count = moments.size
    table = np.zeros((count, mu.size))
    seed = np.ones_like(mu)
    for m in range(1, mode + 1):
        seed = seed * np.sqrt((2 * m - 1) / (2 * m)) * np.sqrt(1.0 - mu**2)
    table[mode] = seed
    if mode + 1 < count:
        table[mode + 1] = np.sqrt(2 * mode + 1) * mu * seed
    for degree in range(mode + 2, count):
        first = (2 * degree - 1) * mu * table[degree - 1]
        second = np.sqrt((degree - 1) ** 2 - mode**2) * table[degree - 2]
        table[degree] = (first - second) / np.sqrt(degree**2 - mode**2)
    scale = (2 * np.arange(count) + 1) * moments
    sign = (-1.0) ** (np.arange(count) + mode)
    return (table.T * scale) @ table, (table.T * (scale * sign)) @ table


def _path(mu: Array, depth: float) -> Array:
    """Return the path factor of light scattered once and going on, shape (n, n)."""
    out, into = mu[:, None], mu[None, :]
    near = np.abs(out - into) < 1e-9
    gap = np.where(near, 1.0, out - into)
    apart = (np.exp(-depth / out) - np.exp(-depth / into)) / gap
    return np.where(near, depth * np.exp(-depth / out) / (out * into), apart)


def _doubled(
    nodes: Nodes, albedo: float, depth: float, phases: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Return diffuse reflection and transmission of a layer of this optical depth."""
    plus, minus = phases
    times = int(np.ceil(np.log2(depth / THINNEST)))
    thin = depth / 2**times
    mu, c = nodes.mu, 2 * nodes.mu * nodes.weight
    out, into = mu[:, None], mu[None, :]
    reflect = albedo * minus / (4 * (out + into)) * -np.expm1(-thin * (1 / out + 1 / into))
    transmit = albedo * plus / 4 * _path(mu, thin)
    one = np.eye(mu.size)
    for _ in range(times):
        beam = np.exp(-thin / mu)
        both = (reflect * c) @ reflect
        series = np.linalg.solve(one - both * c, both)
        down = transmit + series * beam + (series * c) @ transmit
        up = reflect * beam + (reflect * c) @ down
        reflect = reflect + beam[:, None] * up + (transmit * c) @ up
        transmit = beam[:, None] * down + transmit * beam + (transmit * c) @ down
        thin *= 2.0
    return reflect, transmit


def _ground_light(
    nodes: Nodes, channel: int, depth: float, layer: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Return light sent back by ground and sky, shape (views, suns), and all light, (suns,)."""
    reflect, transmit = layer
    c = 2 * nodes.mu * nodes.weight
    sun = nodes.mu[nodes.suns]
    direct = sun * np.exp(-depth / sun)
    diffuse = sun * (c @ transmit[:, nodes.suns])
    dome = reflect @ c
    total = (direct + diffuse) / (1.0 - SKY_COLOUR.soil_albedo[channel] * float(c @ dome))
    return dome[nodes.views, None] * SKY_COLOUR.soil_albedo[channel] * total / np.pi, total


if __name__ == "__main__":
    sys.exit(run())
