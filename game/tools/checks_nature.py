"""Checks of light, dust, air and ground against published numbers."""

from dataclasses import replace
from itertools import groupby
from math import asin, radians, sin

import numpy as np

from game.environment.atmosphere import downward_longwave_w_m2
from game.environment.clock import tt_day
from game.environment.dust import constant_dust, settling_rate_1_s
from game.environment.ground import GroundSpec, SolHeat, depth_k, run_ground, settled_ground
from game.environment.marstime import mars_orbit
from game.environment.places import named_places
from game.environment.pressure import mean_pressure_pa, tide_frac
from game.environment.series import GROUND_STRIDE, ground_run
from game.environment.sky import irradiance, net_flux_frac, tilted_irradiance_w_m2
from game.environment.storms import StormKind, StormSpec, storm_tau
from game.environment.sun import elevation_azimuth_rad, top_irradiance_w_m2
from game.environment.wind import mean_wind_m_s
from game.rules import load_table
from game.tools.checks import Array, Check, landing, reference, worst
from game.tools.checks_tide import INSIGHT, TIDE
from game.units import SOL_S

STEPS = 480
SOL_H = SOL_S / 3600.0
DEPTH_M = 0.30
TABLE_ALBEDO = 0.25
EXTREMES = ("TgS_min", "TgS_max", "Tair_min", "Tair_max")
SOL_OF_LS = {"50": 12, "70": 56, "90": 100}  # of the mission, at noon
STORMS = {
    "local": (1.2, 0.6, 1.5, 0.8),
    "regional": (1.8, 2.5, 5.0, 12.0),
    "global": (7.0, 5.0, 14.0, 45.0),
}


def irradiance_points_percent() -> float:
    """Compare direct, diffuse, global and tilted light at single points [percent of the light]."""
    gaps = []
    for row in reference("irradiance_points").rows:
        r = {name: float(value) for name, value in row.items()}
        sun = (radians(90.0 - r["zenith_deg"]), radians(r["sun_az_deg"]))
        light = irradiance(r["gob_wm2"], sun[0], r["tau"], r["albedo"])
        tilt = (radians(r["tilt_deg"]), radians(r["tilt_az_deg"]))
        tilted = tilted_irradiance_w_m2(light, sun, tilt[0], tilt[1], r["albedo"])
        ours = (light.beam_w_m2, light.diffuse_w_m2, light.global_w_m2, tilted)
        theirs = (r["Gb_normal"], r["Gdh"], r["Gh"], r["G_tilt"])
        scale = max(r["Gh"], r["G_tilt"], 1.0)
        gap = np.array(ours, dtype=np.float64) - np.array(theirs)
        gaps.append(100.0 * worst(gap) / scale)
    return max(gaps)


def _daily_wh_m2(
    top_w_m2: float, declination: float, latitude: float, sky: tuple[float, float]
) -> tuple[float, float]:
    """Return direct and all light of a sol on level ground; `sky` is tau and albedo [W h/m2]."""
    angle = (np.arange(STEPS) + 1 / 2) / STEPS * 2 * np.pi - np.pi
    elevation, _ = elevation_azimuth_rad(declination, angle, latitude)
    light = irradiance(top_w_m2, elevation, sky[0], sky[1])
    beam = np.asarray(light.beam_w_m2) * np.maximum(np.sin(elevation), 0.0)
    return float(np.mean(beam)) * SOL_H, float(np.mean(light.global_w_m2)) * SOL_H


def viking_percent(lander: str) -> float:
    """Compare daily global light at a Viking lander with the published values [percent]."""
    gaps = []
    for row in reference(f"insolation_published_{lander}").rows:
        ls = float(row["Ls"])
        swing = 1.0 + 0.093377 * np.cos(np.radians(ls - 248.0))
        top = 590.0 * float(swing) ** 2 / (1.0 - 0.093377**2) ** 2
        tilt = asin(sin(radians(24.936)) * sin(radians(ls)))
        sky = (float(row["tau"]), 0.1)
        _, total = _daily_wh_m2(top, tilt, radians(float(row["latitude"])), sky)
        gaps.append(100.0 * abs(total / float(row["Hh_pub"]) - 1.0))
    return max(gaps)


def site_insolation_percent() -> float:
    """Compare daily light at the landing site with an independent integral [percent]."""
    site, gaps = landing().site, []
    for row in reference("insolation_site").rows:
        declination = asin(0.42565 * sin(radians(float(row["ls_deg"]))))
        sky = (float(row["tau"]), TABLE_ALBEDO)
        latitude = radians(site.latitude_deg)
        _, total = _daily_wh_m2(float(row["toa_wm2"]), declination, latitude, sky)
        gaps.append(100.0 * abs(total / float(row["Hh_whm2_sol"]) - 1.0))
    return max(gaps)


def storm_shapes() -> float:
    """Compare optical depth and array transmission through four storms [-]."""
    dust = replace(landing().dust, coating_sols=0.0)
    gaps = []
    for name, rows in groupby(reference("dust_scenarios").rows, lambda row: row["scenario"]):
        listed = list(rows)
        sols = [float(row["t_sol_since_onset"]) for row in listed]
        tau_at = 0.45 + _storm(name, np.arange(0.0, max(sols) + 0.05, 0.1))
        rate = np.asarray(settling_rate_1_s(dust, tau_at, np.ones_like(tau_at))) * SOL_S
        left = np.exp(-np.concatenate([[0.0], np.cumsum(rate[:-1] * 0.1)]))
        for sol, row in zip(sols, listed, strict=True):
            place = round(sol * 10)
            coated = left[place] ** dust.coating_frac
            gaps.append(abs(tau_at[place] - float(row["tau"])))
            gaps.append(abs(left[place] - float(row["dust_factor_standard"])))
            gaps.append(abs(coated - float(row["dust_factor_coated"])))
    return float(max(gaps))


def _storm(name: str, age: Array) -> Array:
    if name not in STORMS:
        return np.zeros_like(age)
    return np.asarray(storm_tau(StormSpec(StormKind(name), 0.0, *STORMS[name]), age))


def pressure_pa() -> float:
    """Compare mean pressure and the tide as fitted [Pa]."""
    table = reference("pressure_site")
    mean = np.asarray(mean_pressure_pa(np.radians(table.numbers("Ls")), landing().site.elevation_m))
    gap = worst(mean - table.numbers("p_mean_pa"))
    hourly = table.where(lambda row: row["ltst_h"] != "mean")
    base = np.asarray(
        mean_pressure_pa(np.radians(hourly.numbers("Ls")), landing().site.elevation_m)
    )
    ours = base * (1.0 + np.asarray(tide_frac(hourly.numbers("ltst_h"))))
    return max(gap, worst(ours - hourly.numbers("p_pa")))


def insight_air_k() -> float:
    """Compare air temperature with InSight's mean day, root mean square [K].

    Soil of the InSight site: M. Golombek et al. (2020), Nature Communications 11, 1014.
    """
    table = reference("insight_diurnal_composite").where(lambda row: row["Ls_lo"] == "60")
    soil = replace(landing().ground, inertia_j_m2_k_s05=183.0, albedo=0.24)
    run = _settled(70.0, 0.6, 4.5, soil)[1]
    hours = np.arange(run.size) / (run.size - 1) * 24.0
    ours = np.interp(table.numbers("local_hour_bin"), hours, run)
    return float(np.sqrt(np.mean((ours - table.numbers("T_air_K_mean")) ** 2)))


def insight_wind_m_s() -> float:
    """Compare mean wind with InSight's mean day, root mean square [m/s]."""
    table = reference("insight_diurnal_composite")
    ours = np.asarray(mean_wind_m_s(landing().wind, table.numbers("local_hour_bin")))
    return float(np.sqrt(np.mean((ours - table.numbers("wind_ms_mean")) ** 2)))


def _settled(
    ls_deg: float, tau: float, latitude_deg: float, ground: GroundSpec
) -> tuple[Array, Array]:
    """Return skin and air over one sol that is repeated for ever [K]."""
    spec = landing()
    share = np.arange(241) / 240
    declination = asin(0.42565 * sin(radians(ls_deg)))
    angle = 2 * np.pi * (share - 1 / 2)
    elevation, _ = elevation_azimuth_rad(declination, angle, radians(latitude_deg))
    from_perihelion = radians(ls_deg - 251.0)
    distance = 1.52368 * (1 - 0.0935**2) / (1 + 0.0935 * float(np.cos(from_perihelion)))
    top = float(top_irradiance_w_m2(distance))
    absorbed = (
        top * np.maximum(np.sin(elevation), 0.0) * net_flux_frac(tau, elevation, ground.albedo)
    )
    longwave = np.asarray(downward_longwave_w_m2(spec.air, tau, 24.0 * share))
    heat = SolHeat(np.asarray(absorbed), longwave, 140.0)
    run = run_ground(ground, spec.air, heat, settled_ground(ground, spec.air, heat))
    return run.skin_k, run.air_k


def ground_k(column: str) -> float:
    """Compare hourly ground or air temperatures of repeated sols with a finer model [K]."""
    gaps = []
    rows = reference("ground_temp_hourly").rows
    soil = landing().ground
    if column == "Tg_no_sensible_K":
        soil = replace(soil, sensible_unstable_w_m2_k=0.0, sensible_stable_w_m2_k=0.0)
    for (ls_deg, tau), hours in groupby(rows, lambda row: (row["Ls"], row["tau"])):
        skin, air = _settled(float(ls_deg), float(tau), 25.066, soil)
        ours = air if column == "Tair_K" else skin
        for row in hours:
            gaps.append(abs(ours[round(float(row["ltst_h"]) * 10)] - float(row[column])))
    return float(max(gaps))


def other_soils_k() -> float:
    """Compare coldest and warmest ground and air for three soils, seasons and skies [K]."""
    gaps = []
    table = reference("ground_temp_summary").where(lambda row: row["note"][:8] != "seasonal")
    for row in table.rows:
        soil = replace(landing().ground, inertia_j_m2_k_s05=float(row["TI"]))
        skin, air = _settled(float(row["Ls"]), float(row["tau"]), 25.066, soil)
        ours = (skin.min(), skin.max(), air.min(), air.max())
        gaps += [abs(float(a) - float(row[name])) for a, name in zip(ours, EXTREMES, strict=True)]
    return max(gaps)


def mission_ground_k() -> float:
    """Compare coldest and warmest ground and air of the mission with a seasonal run [K]."""
    spec, gaps = landing(), []
    seasonal = reference("ground_temp_summary").where(lambda row: row["note"][:8] == "seasonal")
    for row in seasonal.rows:
        steady = replace(spec, dust=constant_dust(spec.dust, float(row["tau"])))
        run = ground_run(steady, SOL_OF_LS[row["Ls"]])
        ours = (run.skin_k.min(), run.skin_k.max(), run.air_k.min(), run.air_k.max())
        gaps += [abs(float(a) - float(row[name])) for a, name in zip(ours, EXTREMES, strict=True)]
    return max(gaps)


def deep_ground_k() -> float:
    """Compare the ground at a depth of 0.30 m with a run that knows the seasons before [K]."""
    spec, gaps = landing(), []
    seasonal = reference("ground_temp_summary").where(lambda row: row["note"][:8] == "seasonal")
    for row in seasonal.rows:
        steady = replace(spec, dust=constant_dust(spec.dust, float(row["tau"])))
        end = ground_run(steady, SOL_OF_LS[row["Ls"]]).end
        theirs = float(row["note"].split("0.30 m = ")[1].split(" K")[0])
        gaps.append(abs(depth_k(spec.ground, end, STEPS // GROUND_STRIDE, DEPTH_M) - theirs))
    return max(gaps)


def place_pressures_percent() -> float:
    """Compare the mean pressure at landings with the first ones measured [percent]."""
    measured_pa = {"Jezero": 718.0, "Viking 1": 770.0, "Viking 2": 775.0, "Gale": 740.0}
    places = {place.name: place for place in named_places(load_table("places"))}
    gaps = []
    for name, published in measured_pa.items():
        ls_rad = float(mars_orbit(tt_day(places[name], 0.0)).ls_rad)
        ours = float(mean_pressure_pa(ls_rad, places[name].elevation_m))
        gaps.append(100.0 * abs(ours / published - 1.0))
    return max(gaps)


FIRST_PRESSURES = "MEDA 718 Pa, Hess 1976 770 and 775 Pa, REMS 740 Pa"
FINE_MODEL = "implicit model, 40 layers, 480 steps"
SEASONAL = "implicit model run for three years"
LIGHT = (
    Check(
        "light at points", "NASA TM-105216 table, 384 points", "%", 0.5, irradiance_points_percent
    ),
    Check("light by day, Viking 1", "NASA TM-103623", "%", 0.6, lambda: viking_percent("vl1")),
    Check("light by day, Viking 2", "NASA TM-103623", "%", 2.5, lambda: viking_percent("vl2")),
    Check("light by day, Utopia", "independent integral", "%", 0.5, site_insolation_percent),
)
DUST = (Check("storms and dusty panels", "four worked cases", "-", 1e-3, storm_shapes),)
AIR = (
    Check("pressure", "Withers (2012) with InSight tide", "Pa", 0.1, pressure_pa),
    *TIDE,
    Check("air temperature", INSIGHT, "K rms", None, insight_air_k),
    Check("wind", INSIGHT, "m/s rms", None, insight_wind_m_s),
    Check("pressure of other places", FIRST_PRESSURES, "%", 3.0, place_pressures_percent),
)
GROUND = (
    Check("ground", FINE_MODEL, "K", 0.5, lambda: ground_k("Tg_no_sensible_K")),
    Check("ground with air", FINE_MODEL, "K", 0.5, lambda: ground_k("Tg_with_sensible_K")),
    Check("air over ground", FINE_MODEL, "K", 0.5, lambda: ground_k("Tair_K")),
    Check("ground of other soils", FINE_MODEL, "K", 0.5, other_soils_k),
    Check("ground of the mission", SEASONAL, "K", 0.5, mission_ground_k),
    Check("ground at 0.30 m", SEASONAL, "K", 3.0, deep_ground_k),
)
