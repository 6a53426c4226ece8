"""Checks of the daily pressure tide against InSight's record, mean by mean of two hours."""

from dataclasses import replace

import numpy as np

from game.environment.clock import midnight_s, tt_day
from game.environment.dust import constant_dust
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.nature import pressure_series_pa
from game.environment.places import named_places
from game.environment.pressure import mean_pressure_pa
from game.environment.series import sol_series
from game.rules import load_table
from game.tools.checks import Array, Check, landing, reference, worst

MARS_YEAR_SOLS = 668
INSIGHT = "InSight, 2-hour means, Ls 40-100"


def insight_tide_sigmas() -> Array:
    """Compare the tide with InSight's mean day: gaps of all two-hour means in their scatter.

    Ours is a sol of nature at InSight, without passing weather, under the dust of those months.
    """
    table = reference("insight_diurnal_composite")
    hours = table.numbers("local_hour_bin")
    gaps = []
    for start in np.unique(table.numbers("Ls_lo")):
        ltst_h, percent = _insight_tide_percent(float(start) + 10.0)
        months = table.numbers("Ls_lo") == start
        gap = np.interp(hours, ltst_h, percent, period=24.0) - table.numbers("dp_percent_mean")
        gaps.append((gap / table.numbers("dp_percent_std"))[months])
    return np.concatenate(gaps)


def insight_tide_rms_sigma() -> float:
    """Return the root mean square of those gaps [sigma]."""
    return float(np.sqrt(np.mean(insight_tide_sigmas() ** 2)))


def insight_tide_worst_sigma() -> float:
    """Return the largest of those gaps [sigma]."""
    return worst(insight_tide_sigmas())


def insight_tide_beyond() -> float:
    """Count the two-hour means that we miss by more than their scatter."""
    return float(np.sum(np.abs(insight_tide_sigmas()) > 1.0))


def _insight_tide_percent(ls_deg: float) -> tuple[Array, Array]:
    """Return true solar hours and pressure over its mean of one sol at InSight [percent]."""
    spec = landing()
    site = next(one for one in named_places(load_table("places")) if one.name == "InSight")
    air = replace(spec.air, weather_pa=0.0)
    dust = constant_dust(spec.dust, spec.air.tide_reference_tau)
    there = replace(spec, site=site, air=air, dust=dust)
    sols = np.arange(1.0, MARS_YEAR_SOLS + 1.0)
    ticks = midnight_s(site, 1) + MEAN_SOL_S * sols
    seasons = np.degrees(mars_orbit(tt_day(site, ticks)).ls_rad)
    sol = int(sols[np.argmin(np.abs(seasons - ls_deg))])
    series = sol_series(there, sol)
    mean = mean_pressure_pa(series.ls_rad, site.elevation_m)
    return series.ltst_h, 100.0 * (pressure_series_pa(there, sol, series) / mean - 1.0)


TIDE = (
    Check("pressure tide", INSIGHT, "sigma rms", 1.0, insight_tide_rms_sigma),
    Check("pressure tide, worst mean", INSIGHT, "sigma", 2.0, insight_tide_worst_sigma),
    Check(
        "pressure tide, beyond scatter", f"{INSIGHT}: 36 means", "means", 14.0, insight_tide_beyond
    ),
)
