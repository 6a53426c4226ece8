"""Checks of the colours of sky and light against an independent calculation.

Differences of colour are CIEDE2000: about 1 is the least an eye sees side by side, 2 to 3 is seen
only in large, touching patches.
"""

from math import radians

import numpy as np

from game.environment.sky_colour import light_rgb, many_rgb, sky_rgb
from game.tools.checks import Array, Check, reference, worst
from game.tools.sky_table import Directions, scattered_again

BRIGHTEST = 0.8  # each colour is shown with its brightest channel here, never burnt out
SCATTER_SIGMAS = 3.0
STEADY = 0.01  # rows of the other side that scatter by no more than this
JUST_SEEN = 2.3  # M. Mahy, L. Van Eycken, A. Oosterlinck (1994), Color Res. Appl. 19, 105
SKIES = 50  # as many skies are disturbed to see what scatter alone does
# Places that are no corners of the shipped table, to test what lies between.
BETWEEN = Directions(
    views_deg=(2.0, 4.0, 7.0, 12.0, 18.0, 26.0, 37.0, 55.0, 78.0),
    suns_deg=(2.5, 3.5, 5.7, 9.2, 14.7, 23.0, 35.0, 52.0, 67.0, 82.0),
    azimuths_deg=(5.0, 14.0, 35.0, 58.0, 77.0, 104.0, 126.0, 146.0, 173.0),
)
BETWEEN_TAUS = (0.05, 0.15, 0.3, 0.55, 0.85, 1.3, 2.0, 3.5, 6.5, 9.5)


def lab(rgb: Array) -> Array:
    """Return CIE L*a*b* of linear sRGB, shape (..., 3); IEC 61966-2-1 and CIE 15:2004."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    ratio = np.clip(rgb, 0.0, 1.0) @ to_xyz.T / np.array([0.95047, 1.0, 1.08883])
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def colour_difference(first: Array, second: Array) -> Array:
    """Return the CIEDE2000 difference of colours in CIE L*a*b*, shape (..., 3) each [-].

    References
    ----------
    .. [1] G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation
       notes, supplementary test data, and mathematical observations", Color Res. Appl. 30, 2005,
       21, eqs. 2-22.
    """
    light = np.stack([first[..., 0], second[..., 0]])
    a, b = (np.stack([first[..., i], second[..., i]]) for i in (1, 2))
    chroma7 = np.mean(np.hypot(a, b), axis=0) ** 7
    a = a * (1.5 - 0.5 * np.sqrt(chroma7 / (chroma7 + 25.0**7)))
    chroma = np.hypot(a, b)
    hue = np.degrees(np.arctan2(b, a)) % 360.0
    turn = (hue[1] - hue[0] + 180.0) % 360.0 - 180.0
    turn = np.where(chroma[0] * chroma[1] == 0.0, 0.0, turn)
    across = 2.0 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2.0))
    middle = np.stack([np.mean(light, axis=0), np.mean(chroma, axis=0), hue[0] + turn / 2.0])
    return _weighted(light[1] - light[0], chroma[1] - chroma[0], across, middle)


def _weighted(lighter: Array, fuller: Array, across: Array, middle: Array) -> Array:
    """Join differences of lightness, chroma and hue; Sharma et al. (2005), eqs. 15-22."""
    light, chroma, hue = middle
    hue_weight = (
        1.0
        - 0.17 * np.cos(np.radians(hue - 30.0))
        + 0.24 * np.cos(np.radians(2.0 * hue))
        + 0.32 * np.cos(np.radians(3.0 * hue + 6.0))
        - 0.20 * np.cos(np.radians(4.0 * hue - 63.0))
    )
    off_grey = (light - 50.0) ** 2
    in_light = lighter / (1.0 + 0.015 * off_grey / np.sqrt(20.0 + off_grey))
    in_chroma = fuller / (1.0 + 0.045 * chroma)
    in_hue = across / (1.0 + 0.015 * chroma * hue_weight)
    blue = 60.0 * np.exp(-((((hue - 275.0 + 180.0) % 360.0 - 180.0) / 25.0) ** 2))
    turned = -2.0 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(blue))
    square = in_light**2 + in_chroma**2 + in_hue**2 + turned * in_chroma * in_hue
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def shown_difference(ours: Array, theirs: Array) -> Array:
    """Return the colour difference of two radiances, both exposed for the second."""
    light = BRIGHTEST / np.max(theirs, axis=-1, keepdims=True)
    return colour_difference(lab(ours * light), lab(theirs * light))


def _sky_rows() -> tuple[Array, Array]:
    """Return our radiances and the published ones of every direction, shape (n, 3)."""
    table = reference("sky_rgb")
    sights = zip(
        *(table.numbers(f"{name}_deg") for name in ("view_el", "view_rel_az", "sun_el")),
        table.numbers("tau"),
        strict=True,
    )
    ours = [sky_rgb(radians(up), radians(turn), radians(sun), tau) for up, turn, sun, tau in sights]
    return np.array(ours), np.stack([table.numbers(f"L_{name}") for name in "RGB"], axis=-1)


def sky_colours_mean() -> float:
    """Compare the sky at single directions, mean colour difference [CIEDE2000]."""
    return float(np.mean(shown_difference(*_sky_rows())))


def sky_colours_most() -> float:
    """Compare the sky at single directions: nineteen in twenty are closer [CIEDE2000]."""
    return float(np.percentile(shown_difference(*_sky_rows()), 95.0))


def scatter_colours_mean() -> float:
    """Return what the stated scatter of the other side makes of our own sky, mean [CIEDE2000].

    No calculation, however right, can come closer to those rows than this.
    """
    return float(np.mean(_by_scatter(_sky_rows()[0], reference("sky_rgb").numbers("mc_rel_err"))))


def _by_scatter(ours: Array, scatter: Array) -> Array:
    """Return what scatter of each row makes of our own colours, shape (SKIES, n) [CIEDE2000]."""
    chance = np.random.default_rng(1).standard_normal((SKIES, *ours.shape))
    seen = ours * (1.0 + scatter[:, None] * chance)
    return shown_difference(seen, np.broadcast_to(ours, seen.shape))


def sky_worst() -> float:
    """Compare the sky at single directions, worst row [CIEDE2000]."""
    return float(np.max(shown_difference(*_sky_rows())))


def scatter_worst() -> float:
    """Return the worst row that the stated scatter alone makes, mean of many skies [CIEDE2000]."""
    gaps = _by_scatter(_sky_rows()[0], reference("sky_rgb").numbers("mc_rel_err"))
    return float(np.mean(np.max(gaps, axis=1)))


def sky_rows_seen() -> float:
    """Count the rows whose difference an eye sees side by side."""
    return float(np.sum(shown_difference(*_sky_rows()) > JUST_SEEN))


def scatter_rows_seen() -> float:
    """Count the rows whose scatter alone an eye sees side by side, mean of many skies."""
    gaps = _by_scatter(_sky_rows()[0], reference("sky_rgb").numbers("mc_rel_err"))
    return float(np.mean(np.sum(gaps > JUST_SEEN, axis=1)))


def sky_steady_rows() -> float:
    """Compare the sky where the other side scatters by 1 % or less, worst row [CIEDE2000]."""
    steady = reference("sky_rgb").numbers("mc_rel_err") <= STEADY
    ours, theirs = _sky_rows()
    return float(np.max(shown_difference(ours[steady], theirs[steady])))


def sky_gap_sigmas() -> float:
    """Return the gaps of all rows and channels in units of their stated scatter [sigma rms]."""
    ours, theirs = _sky_rows()
    scatter = reference("sky_rgb").numbers("mc_rel_err")[:, None]
    return float(np.sqrt(np.mean(((ours / theirs - 1.0) / scatter) ** 2)))


def sky_beyond_scatter_percent() -> float:
    """Return the largest gap beyond three times the stated scatter of the other side [percent].

    The other side counts single light paths; its worst rows, near a low Sun, scatter by 5 to 9 %,
    which is a colour difference of 4 to 8 by itself.
    """
    ours, theirs = _sky_rows()
    gap = np.max(np.abs(ours / theirs - 1.0), axis=-1)
    scatter = reference("sky_rgb").numbers("mc_rel_err")
    return float(100.0 * max(0.0, np.max(gap - SCATTER_SIGMAS * scatter)))


def _sunset_rows() -> tuple[Array, Array]:
    """Return our radiances and the published ones above a setting Sun, shape (n, 3)."""
    table = reference("sky_sunset_strip")
    sights = zip(
        table.numbers("sun_el_deg"),
        table.numbers("degrees_above_sun"),
        table.numbers("tau"),
        strict=True,
    )
    ours = [sky_rgb(radians(sun + up), 0.0, radians(sun), tau) for sun, up, tau in sights]
    theirs = np.stack([table.numbers(f"L_{name}") for name in "RGB"], axis=-1)
    return np.array(ours), theirs


def sunset_colours() -> float:
    """Compare the sky above a setting Sun, mean colour difference [CIEDE2000]."""
    return float(np.mean(shown_difference(*_sunset_rows())))


def sunset_worst() -> float:
    """Compare the sky above a setting Sun, worst row [CIEDE2000]."""
    return float(np.max(shown_difference(*_sunset_rows())))


def sunset_rows_seen() -> float:
    """Count the rows above a setting Sun whose difference an eye sees side by side."""
    return float(np.sum(shown_difference(*_sunset_rows()) > JUST_SEEN))


def sunset_scatter_worst() -> float:
    """Return the worst sunset row that scatter alone makes, mean of many skies [CIEDE2000].

    The strip states no scatter of its own: that of the other table counts, towards the Sun, under
    the same dust, for the Sun nearest in height.
    """
    strip, sky = reference("sky_sunset_strip"), reference("sky_rgb")
    sun_deg, scatter = sky.numbers("sun_el_deg"), sky.numbers("mc_rel_err")
    towards = sky.numbers("view_rel_az_deg") == 0.0
    stated = []
    for row in strip.rows:
        same = towards & (sky.numbers("tau") == float(row["tau"]))
        off_deg = np.abs(sun_deg - float(row["sun_el_deg"]))
        stated.append(np.mean(scatter[same & (off_deg == np.min(off_deg[same]))]))
    gaps = _by_scatter(_sunset_rows()[0], np.array(stated))
    return float(np.mean(np.max(gaps, axis=1)))


def between_corners() -> float:
    """Compare the shipped table with its own method where it has no corners [CIEDE2000].

    Nothing of the published rows enters, so agreement here cannot come from fitting them.
    """
    gaps = []
    view, turn = np.meshgrid(
        np.radians(BETWEEN.views_deg), np.radians(BETWEEN.azimuths_deg), indexing="ij"
    )
    for tau in BETWEEN_TAUS:
        solved = [scattered_again(BETWEEN, channel, tau)[0] for channel in range(3)]
        for place, sun_deg in enumerate(BETWEEN.suns_deg):
            exact = np.stack([radiance[:, place] for radiance in solved], axis=-1)
            ours = sky_rgb(view, turn, radians(sun_deg), tau)
            once = ours - many_rgb(view, turn, radians(sun_deg), tau)
            gaps.append(float(np.max(shown_difference(ours, once + exact))))
    return max(gaps)


def light_colours_percent() -> float:
    """Compare red, green and blue light on level ground [percent]."""
    gaps = []
    for row in reference("sky_rgb").rows:
        sun = radians(float(row["sun_el_deg"]))
        direct, sky = light_rgb(sun, float(row["tau"]))
        theirs = np.array([float(row[f"E_{name}"]) for name in "RGB"])
        gaps.append(100.0 * worst((direct * np.sin(sun) + sky) / theirs - 1.0))
    return max(gaps)


MONTE_CARLO = "Mie and Monte Carlo, 20,000 paths"
ALL_ROWS = f"{MONTE_CARLO}: 282 rows, CIEDE2000 above {JUST_SEEN}"
STRIP_ROWS = f"{MONTE_CARLO}: 44 rows, CIEDE2000 above {JUST_SEEN}"
OWN_METHOD = "doubling at 810 places for each of 10 depths"
COLOURS = (
    Check("sky colours, mean", MONTE_CARLO, "CIEDE2000", 1.2, sky_colours_mean),
    Check("the same by scatter alone", MONTE_CARLO, "CIEDE2000", None, scatter_colours_mean),
    Check("sky colours, worst row", MONTE_CARLO, "CIEDE2000", 10.0, sky_worst),
    Check("worst row by scatter alone", MONTE_CARLO, "CIEDE2000", None, scatter_worst),
    Check("sky colours, seen apart", ALL_ROWS, "rows", 36.0, sky_rows_seen),
    Check("seen apart by scatter alone", ALL_ROWS, "rows", None, scatter_rows_seen),
    Check("sky colours, 19 of 20", MONTE_CARLO, "CIEDE2000", 3.5, sky_colours_most),
    Check(
        "sky colours, steady rows", f"{MONTE_CARLO}: 106 rows", "CIEDE2000", 2.0, sky_steady_rows
    ),
    Check("sky in its scatter", MONTE_CARLO, "sigma rms", 1.1, sky_gap_sigmas),
    Check("sky beyond its scatter", MONTE_CARLO, "%", 1.0, sky_beyond_scatter_percent),
    Check("sunset colours, mean", MONTE_CARLO, "CIEDE2000", 1.5, sunset_colours),
    Check("sunset colours, worst row", MONTE_CARLO, "CIEDE2000", 9.0, sunset_worst),
    Check("sunset's worst by scatter alone", MONTE_CARLO, "CIEDE2000", None, sunset_scatter_worst),
    Check("sunset colours, seen apart", STRIP_ROWS, "rows", 6.0, sunset_rows_seen),
    Check("sky between corners, worst", OWN_METHOD, "CIEDE2000", 0.6, between_corners),
    Check("light colours", MONTE_CARLO, "%", 2.0, light_colours_percent),
)
