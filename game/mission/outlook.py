"""How wrong a forecast may be: many sols that might be, all at once, around the one expected.

The nominal run gives powers and temperatures over time. Each member of the ensemble has its own
dust, wind and soil; light, battery, box and memory follow from them in a reduced form, with numpy
across all members. What lies between the tenth and the ninetieth member of a hundred is the band.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.mission.chances import SEED, draws, drive_luck, place_luck
from game.mission.data_outlook import Memory
from game.mission.drive_outlook import Slowness, Stand, Trip, drive_ends, stands
from game.rng import Stream, generator
from game.units import SOL_S

Series = NDArray[np.float64]
STEP_S = 300.0  # the ensemble walks in steps of so much; the nominal run in its own
FULL_FRAC = 0.99  # above this charge, light is turned away
QUANTILES = (0.1, 0.5, 0.9)


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
    drive_s : Of the time of a drive, besides looks and slip: whole legs, bends. [s]
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
    drive_s: float


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


class Errands(NamedTuple):
    """What a plan leaves to chance besides weather: data, and the end of its last drive."""

    memory: Memory
    trip: Trip | None
    slowness: Slowness
    stand: Stand = Stand()


class Outcomes(NamedTuple):
    """How each member ends, each of shape (members,).

    charge_j : at the end. [J]
    coldest_box_k : over the whole run. [K]
    memory_bit, waiting_bit : what lies in memory at the end, and what has not gone up. [bit]
    way_m, drive_end_tick : odometer at the end, and when the last drive ended. [m, s]
    stand_x_m, stand_y_m : where the rover truly stands after it, on the map. [m]
    """

    charge_j: Series
    coldest_box_k: Series
    memory_bit: Series
    waiting_bit: Series
    way_m: Series
    drive_end_tick: Series
    stand_x_m: Series
    stand_y_m: Series


class Bands(NamedTuple):
    """Tenth, fiftieth and ninetieth of a hundred members over the nominal grid, shape (3, n).

    `outcomes` are all members at the end.
    """

    charge_j: Series
    box_k: Series
    memory_bit: Series
    outcomes: Outcomes


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
    errands: Errands,
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
    errands : Errands
        Data and drives.
    """
    luck = draws(spec.members, 12)
    box = nominal.box_k + _box_change_k(spec, nominal, paths, luck[8])
    charge = _charges_j(spec, nominal, paths, light, (luck, capacity_j))
    memory = np.maximum(nominal.memory_bit + errands.memory.kept_bit, 0.0)
    waiting = np.maximum(nominal.waiting_bit[-1] + errands.memory.waiting_bit, 0.0)
    way = _ways_m(spec, nominal, luck[6])
    ends = np.zeros(spec.members)
    stop_m = 0.0 if errands.trip is None else spec.way_m
    stand = stands(errands.stand, place_luck(spec.members), stop_m)
    if errands.trip is not None:
        more_m = way - float(nominal.odometer_m[-1])
        ends = drive_ends(errands.trip, errands.slowness, drive_luck(spec.members), more_m)
    return Bands(
        np.quantile(charge, QUANTILES, axis=0),
        np.quantile(box, QUANTILES, axis=0),
        np.quantile(memory, QUANTILES, axis=0),
        Outcomes(charge[:, -1], box.min(axis=1), memory[:, -1], waiting, way, ends, *stand),
    )


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
