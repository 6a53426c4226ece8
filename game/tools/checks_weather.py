"""Checks of what the seed decides: storms, noise and whirls are as many and as large as stated."""

from dataclasses import replace

import numpy as np

from game.environment.clock import midnight_s, tt_day
from game.environment.dust import season_tau, storms_near
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.nature import passing_whirls
from game.environment.series import sol_series
from game.environment.storms import StormSpec
from game.tools.checks import Array, Check, landing

YEAR_SOLS = 668
SEEDS = 60
WHIRL_SOLS = 400
NOISE_SOLS = 600
ZHURONG_TAU = 0.44  # of its camera, through Ls 45-90
ZHURONG_LS_DEG = np.arange(45.0, 91.0)


def storms_sigma() -> float:
    """Compare the storms of a Mars year with their stated number, worst kind [sigma].

    Onsets are counted over many seeds; sigma is that of a count, its root.
    """
    spec = landing()
    begun: set[tuple[int, StormSpec]] = set()
    for seed in range(SEEDS):
        for sol in range(1, YEAR_SOLS + 1, 2):
            near = storms_near(spec.dust, seed, spec.site, sol)
            begun.update((seed, storm) for storm in near if storm.start_sol < YEAR_SOLS + 1)
    gaps = []
    for kind in spec.dust.climate:
        span_deg = (kind.ls_deg[1] - kind.ls_deg[0]) % 360.0 or 360.0
        sols = np.count_nonzero((_seasons_deg() - kind.ls_deg[0]) % 360.0 <= span_deg)
        stated = SEEDS * sols * kind.chance_1_sol
        count = sum(storm.kind is kind.kind for _, storm in begun)
        gaps.append(abs(count - stated) / stated**0.5)
    return max(gaps)


def _seasons_deg() -> Array:
    """Return the season of each sol of the first Mars year [deg]."""
    site = landing().site
    ticks = midnight_s(site, 1) + MEAN_SOL_S * np.arange(float(YEAR_SOLS))
    return np.asarray(np.degrees(mars_orbit(tt_day(site, ticks)).ls_rad))


def zhurong_tau() -> float:
    """Compare the mean optical depth of the landing season with Zhurong's camera [-]."""
    usual = season_tau(landing().dust, np.radians(ZHURONG_LS_DEG))
    return abs(float(np.mean(usual)) - ZHURONG_TAU)


def dust_noise_tau() -> float:
    """Compare the day-to-day scatter of the optical depth with the stated one [-]."""
    spec = landing()
    calm = replace(spec, dust=replace(spec.dust, storm_scale=0.0))
    still = replace(calm, dust=replace(calm.dust, noise_tau=0.0))
    sols = range(1, NOISE_SOLS + 1)
    gaps = [sol_series(calm, sol).tau[0] - sol_series(still, sol).tau[0] for sol in sols]
    return abs(float(np.std(gaps)) - spec.dust.noise_tau)


def whirls_sigma() -> float:
    """Compare the number of whirls that pass with the stated one [sigma of the count]."""
    spec = landing()
    count = sum(len(passing_whirls(spec, sol)) for sol in range(1, WHIRL_SOLS + 1))
    stated = WHIRL_SOLS * spec.vortex.passes_1_sol
    return float(abs(count - stated) / stated**0.5)


STORM_NUMBERS = "Wang (2021), Montabone (2015): onsets of 60 Mars years"
DUST_STATISTICS = (
    Check("dust of the season", "Zhurong's camera, tau 0.44", "-", 0.02, zhurong_tau),
    Check("day-to-day dust", "MEDA and REMS, tau 0.04", "-", 0.01, dust_noise_tau),
    Check("storms of a year, worst kind", STORM_NUMBERS, "sigma", 3.0, storms_sigma),
)
AIR_STATISTICS = (
    Check("whirls of 400 sols", "Hueso (2023), scaled to 3 a sol", "sigma", 3.0, whirls_sigma),
)
