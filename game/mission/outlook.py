"""How wrong a forecast may be: many sols that might be, all at once, around the one expected.

The nominal run gives powers and temperatures over time. Each member of the ensemble has its own
dust, wind and soil; light, battery, box and memory follow from them in a reduced form, with numpy
across all members. What lies between the tenth and the ninetieth member of a hundred is the band.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream, generator
from game.units import SOL_S

Series = NDArray[np.float64]
STEP_S = 300.0  # the ensemble walks in steps of so much; the nominal run in its own
FULL_FRAC = 0.99  # above this charge, light is turned away
QUANTILES = (0.1, 0.5, 0.9)
SEED = 1  # the same ensemble for every forecast, so that a drag does not make bands tremble


@dataclass(frozen=True, slots=True)
class ForecastSpec:
    """What nobody knows beforehand; standard deviations unless said otherwise.

    Attributes
    ----------
    members : Number of sols that might be.
    storm_sols : E-folding time in which more dust than usual is expected to clear. [sol]
    storm_growth_1_sol : Of the growth rate of such a storm. [1/sol]
    light_frac : Of what else changes the light on the wings, for a whole sol. [-]
    load_frac : Of the power used. [-]
    heater_w_per_tau : Heater power saved in a night with that much more dust in the air. [W]
    heater_j : Of the energy in which phase of its cycle a thermostat happens to be. [J]
    box_k_per_tau : How much warmer the air makes the box with that much more dust. [K]
    box_noise_k, box_noise_s : Of the box by wind, and its memory. [K, s]
    box_s : E-folding time in which the box follows the air. [s]
    slip_frac : Of the energy and the time of a drive, by soil. [-]
    way_m, way_frac : Of the way of a drive: where it stops, and per metre. [m, -]
    sent_frac : Of what a pass takes. [-]
    """

    members: int
    storm_sols: float
    storm_growth_1_sol: float
    light_frac: float
    load_frac: float
    heater_w_per_tau: float
    heater_j: float
    box_k_per_tau: float
    box_noise_k: float
    box_noise_s: float
    box_s: float
    slip_frac: float
    way_m: float
    way_frac: float
    sent_frac: float


class Nominal(NamedTuple):
    """The expected run on an even grid of time, each of shape (n,).

    The totals run on through the mission, as in the meters of the rover.
    """

    tick: Series
    charge_j: Series
    generated_j: Series
    consumed_j: Series
    lost_j: Series
    heater_j: Series
    drive_j: Series
    box_k: Series
    sent_bit: Series
    memory_bit: Series
    waiting_bit: Series
    odometer_m: Series


class Doubt(NamedTuple):
    """What is known of nature when the forecast is made.

    made_sol : when, as a running sol. [sol]
    noise_tau, noise_sols : day-to-day scatter of the dust and its memory. [-, sol]
    storm_tau : dust beyond that scatter. [-]
    """

    made_sol: float
    noise_tau: float
    noise_sols: float
    storm_tau: float


class Bands(NamedTuple):
    """Tenth, fiftieth and ninetieth of a hundred outcomes.

    The first three have shape (3, n) over the nominal grid; the others are single outcomes.
    `waiting_bit` is what at the end has not gone up yet; memory is freed by whole products.
    """

    charge_j: Series
    box_k: Series
    memory_bit: Series
    coldest_box_k: tuple[float, float, float]
    waiting_bit: tuple[float, float, float]
    way_m: tuple[float, float, float]


@lru_cache(maxsize=4)
def draws(members: int, count: int, seed: int = SEED) -> Series:
    """Return standard normal numbers, evenly spread, shape (count, members).

    Notes
    -----
    Every row holds the same quantiles in its own order, so that a band of a hundred members is
    as steady as one of thousands drawn freely.

    References
    ----------
    .. [1] M. D. McKay et al., "A comparison of three methods for selecting values of input
       variables", Technometrics 21, 1979, 239 (stratified sampling).
    """
    luck = generator(seed, Stream.FORECAST, members, count)
    share = (np.arange(members) + 1 / 2) / members
    even = normal_quantile(share)
    rows = np.stack([luck.permutation(even) for _ in range(count)])
    rows.flags.writeable = False
    return rows


def normal_quantile(share: Series) -> Series:
    """Return where a part of a standard normal distribution lies below, to 5e-4 [-].

    References
    ----------
    .. [1] M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.2.23.
    """
    tail = np.minimum(share, 1.0 - share)
    t = np.sqrt(-2.0 * np.log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    low = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return np.sign(share - 1 / 2) * (t - top / low)


def tau_paths(spec: ForecastSpec, doubt: Doubt, at_sol: Series) -> Series:
    """Return how far the dust of each member is from the dust expected, shape (members, n) [-].

    Notes
    -----
    Day-to-day dust is a first-order autoregressive series of midnights joined by straight lines.
    The members are drawn from it and then conditioned on the value measured now: of what they say
    at that moment, nothing may be left. A storm in the air may also grow or clear otherwise than
    expected.

    References
    ----------
    .. [1] A. Doucet, "A note on efficient conditional simulation of Gaussian distributions", 2010
       (conditioning of paths).
    """
    first = int(np.floor(doubt.made_sol))
    count = int(np.ceil(at_sol[-1])) - first + 2
    rows = draws(spec.members, 12)[:count] if count <= 12 else draws(spec.members, count)
    keep = np.exp(-1.0 / doubt.noise_sols)
    midnights = [rows[0]]
    for row in rows[1:count]:
        midnights.append(keep * midnights[-1] + np.sqrt(1.0 - keep * keep) * row)
    share = doubt.made_sol - first
    weight = np.zeros(count)
    weight[0], weight[1] = 1.0 - share, share
    steps = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    spread = keep**steps
    gain = spread @ weight / float(weight @ spread @ weight)
    values = np.stack(midnights)
    values = values - np.outer(gain, weight @ values)
    place = np.clip(at_sol - first, 0.0, count - 1.001)
    index = place.astype(int)
    part = place - index
    noise = values[index] * (1.0 - part)[:, None] + values[index + 1] * part[:, None]
    paths = doubt.noise_tau * noise.T
    if doubt.storm_tau:
        age = np.maximum(0.0, at_sol - doubt.made_sol)
        rate = spec.storm_growth_1_sol * draws(spec.members, 12)[11]
        left = doubt.storm_tau * np.exp(-age / spec.storm_sols)
        paths = paths + left * (np.exp(np.outer(rate, age)) - 1.0)
    return np.asarray(paths)


def bands(
    spec: ForecastSpec,
    nominal: Nominal,
    paths: Series,
    light: Series,
    capacity_j: float,
) -> Bands:
    """Return the bands of a forecast.

    Parameters
    ----------
    spec : ForecastSpec
        What is uncertain.
    nominal : Nominal
        The expected run.
    paths : ndarray
        Deviation of the optical depth of each member, shape (members, n). [-]
    light : ndarray
        Light on the wings of each member as a factor of the expected, of the same shape. [-]
    capacity_j : float
        Of the battery. [J]
    """
    luck = draws(spec.members, 12)
    box = nominal.box_k + _box_change_k(spec, nominal, paths, luck[8])
    charge = _charges_j(spec, nominal, paths, light, (luck, capacity_j))
    gone = spec.sent_frac * np.outer(luck[7], nominal.sent_bit - nominal.sent_bit[0])
    way = _ways_m(spec, nominal, luck[6])
    return Bands(
        np.quantile(charge, QUANTILES, axis=0),
        np.quantile(box, QUANTILES, axis=0),
        nominal.memory_bit - np.quantile(gone, QUANTILES[::-1], axis=0),
        _three(box.min(axis=1)),
        _three(np.maximum(nominal.waiting_bit[-1] - gone[:, -1], 0.0)),
        _three(way),
    )


def _three(values: Series) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, QUANTILES)
    return float(low), float(middle), float(high)


def _box_change_k(spec: ForecastSpec, nominal: Nominal, paths: Series, luck: Series) -> Series:
    """Return how much warmer the box of each member is than expected [K]."""
    dt_s = np.diff(nominal.tick, prepend=nominal.tick[0])
    change = np.zeros_like(paths)
    wind = np.zeros(luck.size)
    air = generator(SEED, Stream.WIND, luck.size).standard_normal((nominal.tick.size, luck.size))
    for at in range(1, nominal.tick.size):
        keep = np.exp(-dt_s[at] / spec.box_noise_s)
        wind = keep * wind + np.sqrt(1.0 - keep * keep) * air[at]
        sink = spec.box_k_per_tau * paths[:, at] + spec.box_noise_k * wind
        follow = 1.0 - np.exp(-dt_s[at] / spec.box_s)
        change[:, at] = change[:, at - 1] + follow * (sink - change[:, at - 1])
    return change


def _charges_j(
    spec: ForecastSpec,
    nominal: Nominal,
    paths: Series,
    light: Series,
    chance: tuple[Series, float],
) -> Series:
    """Return the charge of each member: what the wings make, what is used, what a battery holds.

    What the nominal run could not store because it was full is there for a member that has less.
    """
    luck, capacity_j = chance
    age = (nominal.tick - nominal.tick[0]) / SOL_S
    made = np.diff(nominal.generated_j)
    used = np.diff(nominal.consumed_j - nominal.drive_j - nominal.heater_j)
    is_full = nominal.charge_j[1:] >= FULL_FRAC * capacity_j
    spare = np.where(is_full, np.diff(nominal.lost_j), 0.0)
    plain = np.diff(nominal.charge_j) + spare
    bright = light[:, 1:] * (1.0 + spec.light_frac * luck[9][:, None] * np.sqrt(age[1:])) - 1.0
    heat = np.diff(nominal.heater_j)
    warm = np.minimum(spec.heater_w_per_tau * paths[:, 1:] * (heat > 0.0) * STEP_S, heat)
    change = (
        plain
        + made * bright
        - used * spec.load_frac * luck[10][:, None]
        - np.diff(nominal.drive_j) * spec.slip_frac * luck[6][:, None]
        + warm
    )
    phase = spec.heater_j * luck[5] * bool(heat.any())
    charge = np.empty_like(paths)
    charge[:, 0] = now = np.full(luck.shape[1], nominal.charge_j[0])
    for at in range(change.shape[1]):
        now = np.minimum(np.maximum(now + change[:, at], 0.0), capacity_j)
        charge[:, at + 1] = now
    started = np.cumsum(np.concatenate([[0.0], heat])) > 0.0
    return np.clip(charge + np.outer(phase, started), 0.0, capacity_j)


def _ways_m(spec: ForecastSpec, nominal: Nominal, luck: Series) -> Series:
    way_m = float(nominal.odometer_m[-1] - nominal.odometer_m[0])
    if way_m <= 0.0:
        return np.full(luck.size, nominal.odometer_m[-1])
    return float(nominal.odometer_m[-1]) + luck * float(np.hypot(spec.way_m, spec.way_frac * way_m))
