"""How warm the ground is: heat conducted through layered soil, with a memory of many sols.

The layers are turned once into modes that decay independently; one sol is then a short walk in
which only the temperature of the skin has to be solved for.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, fsum, pi, sqrt
from operator import mul

import numpy as np
from numpy.typing import NDArray

from game.environment.atmosphere import AirSpec
from game.environment.limits import check_not_negative, check_record
from game.environment.marstime import MEAN_SOL_S
from game.environment.sky import check_lit_albedo
from game.units import MARS_HOUR_S, STEFAN_BOLTZMANN_W_M2_K4

Series = NDArray[np.float64]
BLOCK = 12  # steps between two visits to the deep modes
SETTLING_ROUNDS = 9  # rounds in which a first sol finds its own deep temperature
MOST_DEPTH = 1000.0  # daily skin depths: the modes of a deeper ground drown in rounding
FREE_ROUNDS = 3  # the first of them trust black-body stiffness, the others the secant
STIFFNESS_PARTS = 8  # but never less stiff than this part of a black body
FIRST_GUESS_K = 215.0  # where the search for it begins
LEAST_DECAY = 1e-9  # of a mode in a step: slower ones count as so slow
SERIES_BELOW = 1e-4  # decays so small that the limit is more exact than the formula


@dataclass(frozen=True, slots=True)
class GroundSpec:
    """Soil as heat sees it.

    Attributes
    ----------
    inertia_j_m2_k_s05 : Thermal inertia, root of conductivity x heat capacity. [J/m2/K/s^0.5]
    heat_capacity_j_m3_k : By volume. [J/m3/K]
    emissivity : In the thermal infrared. [-]
    albedo : Broadband, to sunlight, 0 to 0.4. [-]
    layers : Number of layers.
    first_layer_frac : Thickness of the first, in daily skin depths. [-]
    growth : Thickness of each layer over the one above. [-]
    sensible_unstable_w_m2_k, sensible_stable_w_m2_k : Heat exchange with the air when the ground
        is warmer, and when it is colder. [W/m2/K]
    """

    inertia_j_m2_k_s05: float
    heat_capacity_j_m3_k: float
    emissivity: float
    albedo: float
    layers: int
    first_layer_frac: float
    growth: float
    sensible_unstable_w_m2_k: float
    sensible_stable_w_m2_k: float

    def __post_init__(self) -> None:
        check_record(self)
        if min(self.inertia_j_m2_k_s05, self.heat_capacity_j_m3_k, self.first_layer_frac) <= 0.0:
            raise ValueError("inertia, heat capacity and layer thickness must be positive")
        if not 0.0 < self.emissivity <= 1.0:
            raise ValueError(f"emissivity must be above 0 to 1, not {self.emissivity}")
        check_lit_albedo(self.albedo)
        if self.layers < 2 or self.growth < 1.0:
            raise ValueError("the ground needs two layers or more that do not grow thinner")
        depth = self.first_layer_frac * fsum(self.growth**layer for layer in range(self.layers))
        if depth > MOST_DEPTH:
            raise ValueError(
                f"layers and growth make the ground {depth:.4g} daily skin depths deep; it must be "
                f"at most {MOST_DEPTH:g}"
            )


@dataclass(frozen=True, slots=True, eq=False)
class GroundState:
    """Heat in the ground at one midnight: amplitudes of the modes, skin and air."""

    modes: Series
    skin_k: float
    air_k: float
    flux_w_m2: float


@dataclass(frozen=True, slots=True, eq=False)
class GroundRun:
    """One sol of ground and air: values at evenly spaced moments, both midnights included.

    Attributes
    ----------
    skin_k, air_k : Skin of the soil; air at 1.5 m. Shape (steps + 1,). [K]
    flux_w_m2 : Into the soil. Shape (steps + 1,). [W/m2]
    end : What the next sol starts from.
    """

    skin_k: Series
    air_k: Series
    flux_w_m2: Series
    end: GroundState


@dataclass(frozen=True, slots=True, eq=False)
class SolHeat:
    """What heats the ground in one sol, at evenly spaced moments. Shape (steps + 1,).

    Attributes
    ----------
    absorbed_w_m2 : Sunlight that stays in the ground. [W/m2]
    longwave_w_m2 : Heat radiation of the air, downward. [W/m2]
    carbon_frost_k : The ground does not get colder than this: carbon dioxide freezes. [K]
    """

    absorbed_w_m2: Series
    longwave_w_m2: Series
    carbon_frost_k: float


@dataclass(frozen=True, slots=True, eq=False)
class _Modes:
    """A soil column as independent modes; arrays have shape (layers,) unless noted."""

    sol_decay: Series  # factor over one sol
    shape: Series  # (layers, layers): temperature of each layer by mode
    depth_m: Series  # middle of each layer
    before: Series  # response to the flux at the beginning of a step
    after: Series  # response to the flux at its end
    decay: Series  # factor over one step
    instant_k_m2_w: float  # skin response to a flux at the end of the step
    echo: tuple[float, ...]  # skin response to fluxes 1, 2, ... BLOCK steps ago
    skin: Series  # (BLOCK, layers): skin temperature after 1, 2, ... steps by mode
    block_decay: Series  # factor over BLOCK steps
    block_gain: Series  # (layers, BLOCK): response to the fluxes of a block


@lru_cache(maxsize=16)
def _modes(ground: GroundSpec, steps: int) -> _Modes:
    """Return the modes of a layered soil with a closed bottom.

    References
    ----------
    .. [1] H. S. Carslaw, J. C. Jaeger, "Conduction of Heat in Solids", 2nd ed., 1959, ch. 2.
    .. [2] C. F. Van Loan, "Computing integrals involving the matrix exponential", IEEE Trans.
       Automatic Control 23, 1978 (exact step for a flux that changes along a straight line).
    """
    rate, shape, thick = _column(ground)
    step_s = MEAN_SOL_S / steps
    x = np.maximum(rate * step_s, LEAST_DECAY)
    decay, mean = np.exp(-rate * step_s), -np.expm1(-x) / x
    top = shape[0]
    small = x < SERIES_BELOW
    before = top * step_s * np.where(small, 1 / 2, (mean - decay) / x)
    after = top * step_s * np.where(small, 1 / 2, (1.0 - mean) / x)
    gain = decay * after + before
    powers = decay[None, :] ** np.arange(BLOCK + 1)[:, None]
    conductivity = ground.inertia_j_m2_k_s05**2 / ground.heat_capacity_j_m3_k
    return _Modes(
        decay**steps,
        shape,
        np.cumsum(thick) - thick / 2,
        before,
        after,
        decay,
        float(top @ after) + float(thick[0]) / (2 * conductivity),
        tuple((powers[:BLOCK] @ (top * gain)).tolist()),
        powers[1:] * top,
        powers[BLOCK],
        (powers[BLOCK - 1 :: -1] * gain).T.copy(),
    )


def _column(ground: GroundSpec) -> tuple[Series, Series, Series]:
    """Return decay rates [1/s], temperatures of the layers by mode, and thicknesses [m]."""
    conductivity = ground.inertia_j_m2_k_s05**2 / ground.heat_capacity_j_m3_k
    skin_m = ground.inertia_j_m2_k_s05 / ground.heat_capacity_j_m3_k * sqrt(MEAN_SOL_S / pi)
    thick = ground.first_layer_frac * skin_m * ground.growth ** np.arange(ground.layers)
    link = 2 * conductivity / (thick[:-1] + thick[1:])
    matrix = np.diag(np.append(link, 0.0) + np.append(0.0, link))
    matrix -= np.diag(link, 1) + np.diag(link, -1)
    root = np.sqrt(ground.heat_capacity_j_m3_k * thick)
    rate, vectors = np.linalg.eigh(matrix / np.outer(root, root))
    rate[0] = 0.0
    shape = np.array(vectors / root[:, None], dtype=np.float64)
    return np.array(rate, dtype=np.float64), shape, np.array(thick, dtype=np.float64)


def run_ground(ground: GroundSpec, air: AirSpec, heat: SolHeat, start: GroundState) -> GroundRun:
    """Walk the ground and the air above it through one sol.

    Parameters
    ----------
    ground, air : GroundSpec, AirSpec
        Soil, and how the air follows it.
    heat : SolHeat
        What falls on the ground.
    start : GroundState
        The midnight before.

    Notes
    -----
    Balance of the skin: absorbed + emissivity x (longwave - sigma T^4) + exchange with the air =
    flux into the soil. The air relaxes towards a share of the ground's warmth by day and to just
    below the ground at night. One Newton step from a straight-line guess is right to 2e-3 K.

    References
    ----------
    .. [1] H. H. Kieffer, "Thermal model for analysis of Mars infrared mapping", J. Geophys. Res.
       Planets 118, 2013, 451, section 3.
    """
    steps = heat.absorbed_w_m2.size - 1
    modes = _modes(ground, steps)
    income = (heat.absorbed_w_m2 + ground.emissivity * heat.longwave_w_m2).tolist()
    step_h = MEAN_SOL_S / steps / MARS_HOUR_S
    warming, cooling = 1 - exp(-step_h / air.warming_h), 1 - exp(-step_h / air.cooling_h)
    rest_k = air.anchor_k * (1.0 - air.coupling_frac)
    radiating, frost_k = ground.emissivity * STEFAN_BOLTZMANN_W_M2_K4, heat.carbon_frost_k
    instant, echo = modes.instant_k_m2_w, modes.echo
    skin_k, air_k, flux = start.skin_k, start.air_k, start.flux_w_m2
    wave, guess_k = start.modes - modes.after * flux, start.skin_k
    skins, airs, fluxes = [skin_k], [air_k], [flux]
    for first in range(0, steps, BLOCK):
        recent: list[float] = []
        for step, deep_k in enumerate((modes.skin @ wave).tolist(), first + 1):
            recent.insert(0, flux)
            base = deep_k + fsum(map(mul, echo, recent))
            middle_k = (skin_k + guess_k) / 2
            if middle_k > air_k:
                exchange = ground.sensible_unstable_w_m2_k
                air_k += (rest_k + air.coupling_frac * middle_k - air_k) * warming
            else:
                exchange = ground.sensible_stable_w_m2_k
                air_k += (middle_k - air.inversion_k - air_k) * cooling
            cube = radiating * guess_k**3
            gross = income[step] + exchange * air_k + 3.0 * cube * guess_k
            last_k = skin_k
            skin_k = (base + instant * gross) / (1.0 + instant * (4.0 * cube + exchange))
            skin_k = max(skin_k, frost_k)
            guess_k = 2.0 * skin_k - last_k
            flux = (skin_k - base) / instant
            skins.append(skin_k)
            airs.append(air_k)
            fluxes.append(flux)
        wave = modes.block_decay * wave + modes.block_gain @ recent[::-1]
    end = GroundState(wave + modes.after * flux, skin_k, air_k, flux)
    return GroundRun(np.array(skins), np.array(airs), np.array(fluxes), end)


def settled_ground(ground: GroundSpec, air: AirSpec, heat: SolHeat) -> GroundState:
    """Return the state that one sol, repeated for ever, would lead to.

    Parameters
    ----------
    ground, air, heat : GroundSpec, AirSpec, SolHeat
        As for `run_ground`.

    Notes
    -----
    Each round sets the modes to their periodic answer to the last round's flux, and moves the
    mean temperature, by the secant rule, so that as much heat leaves as comes.

    References
    ----------
    .. [1] Carslaw & Jaeger (1959), section 2.6 (the periodic answer of a solid).
    """
    steps = heat.absorbed_w_m2.size - 1
    modes = _modes(ground, steps)
    capacity_root = float(1.0 / np.abs(modes.shape[0, 0]))
    sign = float(np.sign(modes.shape[0, 0]))
    left = modes.decay[None, :] ** np.arange(steps - 1, -1, -1)[:, None]
    mean_k = FIRST_GUESS_K
    still = np.zeros(ground.layers)
    still[0] = sign * mean_k * capacity_root
    state = GroundState(still, mean_k, mean_k, 0.0)
    last_net = last_k = 0.0
    for turn in range(SETTLING_ROUNDS):
        run = run_ground(ground, air, heat, state)
        net = float(np.mean(run.flux_w_m2[1:]))
        swing = run.flux_w_m2 - net
        pushed = (left * (swing[:-1, None] * modes.before + swing[1:, None] * modes.after)).sum(0)
        wave = pushed / np.where(modes.sol_decay < 1.0, 1.0 - modes.sol_decay, 1.0)
        black = 4 * STEFAN_BOLTZMANN_W_M2_K4 * float(np.mean(run.skin_k**3))
        stiffness = black
        if turn >= FREE_ROUNDS and mean_k != last_k:
            stiffness = min(
                black, max(black / STIFFNESS_PARTS, (last_net - net) / (mean_k - last_k))
            )
        last_net, last_k = net, mean_k
        mean_k += net / stiffness
        wave[0] = sign * mean_k * capacity_root
        state = GroundState(wave, run.end.skin_k, run.end.air_k, run.end.flux_w_m2)
    return state


def depth_k(ground: GroundSpec, state: GroundState, steps: int, depth_m: float) -> float:
    """Return the temperature at a depth of zero or more, by geometry: lines between layers [K]."""
    check_not_negative("depth", depth_m)
    modes = _modes(ground, steps)
    return float(np.interp(depth_m, modes.depth_m, modes.shape @ state.modes))
