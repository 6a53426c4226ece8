"""Pictures through one filter: what each pixel of the ground throws back at that wavelength.

Use: `bands = band_frames(setup, product)` for a product of the filter camera; then
`bands.frame(900)` is reflectance by pixel, `bands.ratio(650, 480)` a ratio of two bands, and
`false_colour.grey(frame)` a picture of either. In a script::

    from game.render.bands import band_frames
    from game.render.false_colour import grey
    from game.render.png import write_png

    write_png("band.png", grey(band_frames(setup, product).frame(900)))

The colour picture says how bright a pixel is and how red; the soil classes of the world say which
spectrum belongs there. A pixel mixes its material with dust as far as it is redder than the bare
rock, so ratios show soils, dust and rocks, and cancel the shadows.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import sol_of
from game.environment.nature import nature_table, surroundings_at
from game.render.camera import Shot, take_shot
from game.render.colour import luma
from game.render.fields import Field
from game.render.own_shadow import Pose
from game.render.rings import Guests
from game.render.sky import Air
from game.render.view import View
from game.rng import Stream, generator
from game.rover.records import FILTERS_NM, FilterRecord
from game.rover.storage import Product
from game.science.samples import dust_target, material_of, target_at
from game.state import Setup

Picture = NDArray[np.uint8]
SIZE = (160, 120)  # one frame; the detector has 2,048 pixels a side
GREYS = (0.20, 0.40, 0.60)  # rings of the calibration target (MER: 20, 40 and 60 percent)
NOISE_FRAC = 0.01  # scatter of one pixel, a signal of 10,000 electrons [design]
TARGET_PART = 12  # the calibration target takes a twelfth of the frame's height, at its foot
SPOT_PART = 24  # the measured spot is as wide as this part of the frame
_RED, _GREEN, _BLUE = (FILTERS_NM.index(nm) for nm in (650, 525, 480))
_SIGNS_M = 15.0  # ground whose own bands are told apart
_SOIL_LEVELS = ((16.0, -2), (120.0, 1), (math.inf, 4))  # distance, and cells of 2^level metres
_FARTHEST_M = 2000.0
_BLOCK = 8


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """All frames of one filter picture.

    `reflectance` has shape (bands, height, width), row 0 on top, and follows `nm`; where there is
    sky it is 0, in the strip at the foot it is that of the calibration target [-].
    """

    nm: tuple[int, ...]
    reflectance: Field

    def frame(self, nm: int) -> Field:
        """Return one band, shape (height, width) [-].

        Raises
        ------
        ValueError
            If no picture was taken through that filter.
        """
        if nm not in self.nm:
            taken = ", ".join(str(one) for one in self.nm)
            raise ValueError(f"no picture through {nm} nm; there are {taken}")
        return np.asarray(self.reflectance[self.nm.index(nm)])

    def ratio(self, over_nm: int, under_nm: int) -> Field:
        """Return one band over another; 0 in the sky [-]."""
        over, under = self.frame(over_nm), self.frame(under_nm)
        return np.asarray(np.where(under > 0.0, over / np.maximum(under, 1e-4), 0.0), np.float32)


def band_frames(setup: Setup, product: Product, size: tuple[int, int] = SIZE) -> Bands:
    """Take a filter picture apart into its bands.

    Parameters
    ----------
    setup : Setup
        The mission.
    product : Product
        One of the filter camera; of one that was broken off, the filters it came to.
    size : tuple of int
        Width and height of a frame. [px]

    Notes
    -----
    The frames agree with the record: each band is scaled so that the measured spot in the middle
    shows what the record says of it, so a missing calibration is in them. Noise belongs to the
    product; packing beyond the clean ratio coarsens squares of 8 x 8 pixels.
    """
    record = product.record
    if not isinstance(record, FilterRecord):
        raise ValueError(f"{product.title} was not taken through filters")
    shot, white = _shot(setup, product, record, size)
    frames = _spectra(setup, product, shot, white)[: len(record.reflectance_frac)]
    _as_measured(frames, record)
    _with_target(frames, record)
    _with_flaws(setup, product, record, frames)
    return Bands(FILTERS_NM[: len(frames)], frames.astype(np.float32))


def strip_px(height: int) -> int:
    """Height of the calibration target at the foot of a frame [px]."""
    return max(2, height // TARGET_PART)


def _shot(
    setup: Setup, product: Product, record: FilterRecord, size: tuple[int, int]
) -> tuple[Shot, Field]:
    """Return what falls on the film, and the light of a white plate beside the ground (RGB)."""
    outside = surroundings_at(
        nature_table(setup.environment, sol_of(setup.site, product.made_tick)), product.made_tick
    )
    air = Air(outside.sun_elevation_rad, outside.sun_azimuth_rad, outside.tau)
    view_rad = record.picture.view_rad
    view = View(
        product.x_m, product.y_m, product.azimuth_rad, product.elevation_rad, view_rad, *size
    )
    pose = Pose(product.x_m, product.y_m, product.heading_rad)
    shot = take_shot(setup.terrain, view, air, Guests(None, pose))
    up = max(0.0, math.sin(air.sun_elevation_rad))
    white = np.asarray(shot.light.sun_rgb) * up + np.asarray(shot.light.sky_rgb)
    return shot, (white / math.pi).astype(np.float32)


def _spectra(setup: Setup, product: Product, shot: Shot, white: Field) -> Field:
    """Return reflectance by band and pixel: the spectrum that belongs there, as bright as it is."""
    view = shot.view
    rows = shot.distance.shape[0] // view.height
    seen = shot.scene.reshape(3, view.height, rows, view.width).mean(2) / white[:, None, None]
    distance = shot.distance[rows // 2 :: rows]
    is_ground = np.isfinite(distance) & (distance < _FARTHEST_M)
    index = np.flatnonzero(is_ground)
    east, north = (
        part[rows // 2 :: rows].ravel()[index] for part in (shot.beam.east, shot.beam.north)
    )
    away = distance.ravel()[index].astype(np.float64)
    places = np.stack([product.x_m + east * away, product.y_m + north * away])
    is_rock = shot.is_rock[rows // 2 :: rows].ravel()[index]
    bare = _materials(setup, places, away, is_rock)
    dust = np.array(dust_target(setup.science.ground).reflectance_frac)
    rgb = seen.reshape(3, -1)[:, index].astype(np.float64)
    cover = _dust_cover(rgb, dust, setup)
    spectrum = bare + (dust - bare) * cover[:, None]
    shown = luma(np.moveaxis(rgb, 0, -1))
    usual = luma(spectrum[:, [_RED, _GREEN, _BLUE]])
    out = np.zeros((len(FILTERS_NM), view.height * view.width))
    out[:, index] = (spectrum * (shown / usual)[:, None]).T
    return out.reshape(len(FILTERS_NM), view.height, view.width)


def _dust_cover(rgb: Field, dust: Field, setup: Setup) -> Field:
    """Share of dust in each pixel, from how red it is between bare rock and dust [-]."""
    rock = np.array(_rock(setup))
    ends = [math.log(one[_RED] / one[_BLUE]) for one in (rock, dust)]
    red = np.log(np.maximum(rgb[0], 1e-6) / np.maximum(rgb[2], 1e-6))
    return np.asarray(np.clip((red - ends[0]) / (ends[1] - ends[0]), 0.0, 1.0))


def _rock(setup: Setup) -> tuple[float, ...]:
    name = next(one.name for one in setup.science.ground.material if "rock" in one.name.split())
    return material_of(setup.science.ground, name).reflectance_frac


def _materials(setup: Setup, places: Field, away: Field, is_rock: NDArray[np.bool_]) -> Field:
    """Return the clean spectrum at each place, shape (n, bands): its soil's, or that of rock."""
    soils = _soils(setup, places, away)
    spot_m = setup.science.ground.spot_m
    cells = np.floor(places / spot_m).astype(np.int64)
    is_near = away < _SIGNS_M
    keys = np.stack(
        [soils, np.where(is_near, cells[0], 0), np.where(is_near, cells[1], 0), is_near]
    )
    kinds, which = np.unique(keys, axis=1, return_inverse=True)
    table = np.array(
        [_clean(setup, (int(k[0]), (int(k[1]), int(k[2])), bool(k[3]))) for k in kinds.T]
    )
    found = table.reshape(-1, len(FILTERS_NM))[which.ravel()]
    found[is_rock] = _rock(setup)
    return found


def _clean(setup: Setup, key: tuple[int, tuple[int, int], bool]) -> tuple[float, ...]:
    """Spectrum of a soil; of near ground with the bands of its own spot."""
    number, cell, is_near = key
    soil = setup.soils[number]
    if not is_near:
        return material_of(setup.science.ground, soil.material).reflectance_frac
    spot_m = setup.science.ground.spot_m
    place = ((cell[0] + 0.5) * spot_m, (cell[1] + 0.5) * spot_m)
    return target_at(setup.science, setup.seed, place, soil.material, 0.0).reflectance_frac


def _soils(setup: Setup, places: Field, away: Field) -> NDArray[np.int64]:
    """Return the soil at each place, from windows of ground as fine as its distance asks."""
    found = np.zeros(away.size, np.int64)
    least = 0.0
    for most, level in _SOIL_LEVELS:
        inside = np.flatnonzero((away >= least) & (away < most))
        least = most
        if not inside.size:
            continue
        column, row = (np.floor(part[inside] / 2.0**level).astype(int) for part in places)
        i0, j0 = int(column.min()), int(row.min())
        nx, ny = int(column.max()) - i0 + 1, int(row.max()) - j0 + 1
        grid = setup.terrain.soil(level, i0, j0, max(2, nx), max(2, ny))
        found[inside] = grid[row - j0, column - i0]
    return found


def _as_measured(frames: Field, record: FilterRecord) -> None:
    """Scale each band so that the spot in the middle shows what the record says of it."""
    _, height, width = frames.shape
    half = max(2, width // SPOT_PART // 2)
    y, x = height // 2, width // 2
    spot = frames[:, y - half : y + half + 1, x - half : x + half + 1]
    for band, value in enumerate(record.reflectance_frac):
        lit = spot[band][spot[band] > 0.0]
        if lit.size:
            frames[band] *= value / float(lit.mean())


def _with_target(frames: Field, record: FilterRecord) -> None:
    """Put the three greys of the calibration target at the foot of every frame.

    What the filters are off by shows in them: a grey of 40 % that reads 42 % says how far the band
    is out.
    """
    _, height, width = frames.shape
    tall = strip_px(height)
    edges = np.linspace(0, width // 2, len(GREYS) + 1).astype(int)
    for band in range(len(frames)):
        off = _off(record, band)
        for grey_frac, left, right in zip(GREYS, edges[:-1], edges[1:], strict=True):
            frames[band, height - tall :, left:right] = grey_frac * off


def _off(record: FilterRecord, band: int) -> float:
    """By what factor a band reads wrong: its reading against what its error says it was made of."""
    sigma = record.sigma_frac[band]
    relative = record.index_sigma / math.sqrt(2.0)
    if sigma <= 0.0 or not 0.0 < relative < 0.5:
        return 1.0
    return record.reflectance_frac[band] / (sigma / relative)


def _with_flaws(setup: Setup, product: Product, record: FilterRecord, frames: Field) -> None:
    """Add the noise of the pixels, and what packing takes away."""
    clean = setup.rover.instruments.camera.clean_compression
    step = max(0.0, record.picture.compression / clean - 1.0) / 255.0
    for band, frame in enumerate(frames):
        noise = generator(setup.seed, Stream.SENSOR, product.number, band)
        lit = frame > 0.0
        frame[lit] *= 1.0 + NOISE_FRAC * noise.standard_normal(int(lit.sum()))
        if step > 0.0:
            _coarsen(frame, step)


def _coarsen(frame: Field, step: float) -> None:
    """Keep what differs from the mean of its square in steps only."""
    height, width = (length // _BLOCK * _BLOCK for length in frame.shape)
    tiles = frame[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    middle = tiles.mean(axis=(1, 3), keepdims=True)
    kept = np.maximum(0.0, middle + np.round((tiles - middle) / step) * step)
    frame[:height, :width] = np.where(tiles > 0.0, kept, 0.0).reshape(height, width)
