"""Checks of clock, season, Sun and Earth against Mars24 and JPL ephemerides."""

import numpy as np

from game.environment import marstime
from game.environment.clock import midnight_s
from game.environment.earth import earth_sky
from game.environment.julian import tai_s, tt_day
from game.environment.marstime import mars_orbit, mars_sol_date
from game.environment.places import named_places
from game.environment.sun import elevation_azimuth_rad, hour_angle_rad, sun_position_rad, sun_times
from game.rules import load_table
from game.tools.checks import Check, landing, reference, turn_deg, worst

SECONDS_A_DEGREE = 240.0 * 1.02749125  # the Sun's hour angle turns 15 deg in one Mars hour
DE440 = "JPL DE440 with the IAU 2015 pole of Mars"
GRID = "time_ephemeris_grid"  # 2020 to 2024
LATER = "ephemeris_to_2030"  # 2025 to 2030


def season_deg(grid: str = GRID) -> float:
    """Compare the season with the apparent one of the ephemeris [deg]."""
    table = reference(grid)
    ours = np.degrees(mars_orbit(table.tt_days("utc")).ls_rad)
    return worst(turn_deg(ours - table.numbers("ls_apparent_deg")))


def true_time_s(grid: str = GRID) -> float:
    """Compare true solar time, by the longitude under the Sun [s]."""
    table = reference(grid)
    day = table.tt_days("utc")
    ours = np.degrees(-hour_angle_rad(mars_orbit(day), day, 0.0))
    return worst(turn_deg(ours - table.numbers("subsolar_lon_e_deg"))) * SECONDS_A_DEGREE


def sun_distance_au(grid: str = GRID) -> float:
    """Compare the distance of the Sun [au]."""
    table = reference(grid)
    ours = np.asarray(mars_orbit(table.tt_days("utc")).distance_au)
    return worst(ours - table.numbers("sun_mars_au"))


def worked_examples() -> float:
    """Compare the two worked examples of the Mars24 page, as shares of their rounding [-]."""
    ours = {"A": _example("2000-01-06T00:00:00Z", 0.0)}
    ours["B"] = _example("2004-01-03T13:46:31Z", -184.702)
    shares = []
    for row in reference("mars24_worked_examples").rows:
        value = ours[row["example"]].get(row["quantity"])
        if value is not None and row["published_current_page"]:
            gap = value - float(row["published_current_page"])
            shares.append(abs(gap) / float(row["tolerance"]))
    return max(shares)


def _example(utc: str, longitude_deg: float) -> dict[str, float]:
    day = float(tt_day(tai_s(utc)))
    orbit = mars_orbit(day)
    under_west_deg = float(np.degrees(hour_angle_rad(orbit, day, 0.0))) % 360.0
    eot_deg = float(np.degrees(orbit.eot_rad))
    true_h = float(marstime.true_solar_time_h(day, longitude_deg))
    return {
        "jd_tt": day + 2451545.0,
        "dt_j2000": day,
        "Ls_deg": float(np.degrees(orbit.ls_rad)),
        "EOT_deg": eot_deg,
        "EOT_h": eot_deg / 15.0,
        "MTC_h": float(marstime.coordinated_time_h(day)),
        "LTST_h_lon0": true_h,
        "LMST_h_184.702W": float(marstime.mean_solar_time_h(day, longitude_deg)),
        "LTST_h_184.702W": true_h,
        "subsolar_lon_W_deg": under_west_deg,
    }


def sun_elevation_deg() -> float:
    """Compare the height of the Sun at every hour of eight sols [deg]."""
    table = reference("site_sun_azel_hourly")
    elevation, _ = sun_position_rad(landing().site, table.ticks(landing().site, "utc"))
    return worst(np.degrees(elevation) - table.numbers("sun_el_deg"))


def sun_azimuth_deg() -> float:
    """Compare the direction of the Sun, as an arc on the sky [deg]."""
    table = reference("site_sun_azel_hourly")
    elevation, azimuth = sun_position_rad(landing().site, table.ticks(landing().site, "utc"))
    gap = turn_deg(np.degrees(azimuth) - table.numbers("sun_az_deg"))
    return worst(gap * np.cos(elevation))


def sun_times_s() -> float:
    """Compare sunrise, noon and sunset of the mission [s]."""
    table, site = reference("site_mission_sols"), landing().site
    times = [sun_times(site, int(sol) + 1) for sol in table.numbers("sol")]
    gaps = []
    for name in ("rise", "noon", "set"):
        column = {"rise": "utc_sunrise", "noon": "utc_true_noon", "set": "utc_sunset"}[name]
        ours = np.array([float(getattr(time, f"{name}_tick")) for time in times])
        gaps.append(worst(ours - table.ticks(site, column)))
    return max(gaps)


def midnights_s() -> float:
    """Compare the local mean midnights of the mission [s]."""
    table, site = reference("site_mission_sols"), landing().site
    ours = np.array([midnight_s(site, int(sol) + 1) for sol in table.numbers("sol")])
    return worst(ours - table.ticks(site, "utc_lmst_midnight"))


def season_instants_min() -> float:
    """Compare equinoxes and solstices [minute]; a minute is 0.0004 deg of season."""
    table = reference("mars_events").where(lambda row: "Ls=" in row["event"])
    ours = np.degrees(mars_orbit(table.tt_days("utc")).ls_rad)
    gap_deg = turn_deg(ours - table.numbers("value"))
    later = np.degrees(mars_orbit(table.tt_days("utc") + 1.0).ls_rad)
    return worst(gap_deg / turn_deg(later - ours)) * 1440.0


def earth_distance_au(grid: str = GRID) -> float:
    """Compare the distance of Earth [au]."""
    table = reference(grid)
    ours = np.asarray(earth_sky(table.tt_days("utc"), 0.0, 0.0).distance_au)
    return worst(ours - table.numbers("earth_mars_au"))


def light_time_s() -> float:
    """Compare the light time within the mission [s]."""
    table = reference("site_mission_sols")
    ours = np.asarray(earth_sky(table.tt_days("utc_true_noon"), 0.0, 0.0).light_time_s)
    return worst(ours - table.numbers("owlt_s"))


def sun_earth_mars_deg(grid: str = GRID) -> float:
    """Compare the angle between Sun and Mars at Earth [deg]."""
    table = reference(grid)
    ours = np.degrees(earth_sky(table.tt_days("utc"), 0.0, 0.0).sun_earth_mars_rad)
    return worst(ours - table.numbers("sun_earth_mars_deg"))


def earth_direction_deg() -> float:
    """Compare Earth in the sky of the landing site, as an arc [deg]."""
    table, site = reference("site_sun_azel_hourly"), landing().site
    earth = earth_sky(table.tt_days("utc"), site.latitude_deg, site.longitude_deg)
    up = np.degrees(earth.elevation_rad) - table.numbers("earth_el_deg")
    across = turn_deg(np.degrees(earth.azimuth_rad) - table.numbers("earth_az_deg"))
    return worst(np.hypot(up, across * np.cos(earth.elevation_rad)))


def later_light_time_s() -> float:
    """Compare the light time, 2025 to 2030 [s]."""
    table = reference(LATER)
    ours = np.asarray(earth_sky(table.tt_days("utc"), 0.0, 0.0).light_time_s)
    return worst(ours - table.numbers("owlt_s"))


def later_earth_direction_deg() -> float:
    """Compare Earth's height where it should stand in the zenith, 2025 to 2030 [deg]."""
    table = reference(LATER)
    under = (table.numbers("subearth_lat_deg"), table.numbers("subearth_lon_e_deg"))
    earth = earth_sky(table.tt_days("utc"), *under)
    return worst(90.0 - np.degrees(earth.elevation_rad))


def later_sun_direction_deg() -> float:
    """Compare the Sun's height where it should stand in the zenith, 2025 to 2030 [deg]."""
    table = reference(LATER)
    day = table.tt_days("utc")
    orbit = mars_orbit(day)
    angle = hour_angle_rad(orbit, day, table.numbers("subsolar_lon_e_deg"))
    latitude = np.radians(table.numbers("subsolar_lat_deg"))
    elevation, _ = elevation_azimuth_rad(orbit.declination_rad, angle, latitude)
    return worst(90.0 - np.degrees(elevation))


def landing_clocks_min() -> float:
    """Compare the clocks of eight landers with ours [Mars minute].

    Several were set before landing, for the place aimed at, and kept: the table then gives that
    longitude. InSight, for one, came down a third of a degree, 1.4 minutes, west of its clock.
    """
    return max(abs(gap) for _, gap in landing_clock_gaps_min())


def landing_clock_gaps_min() -> tuple[tuple[str, float], ...]:
    """Return ours minus the published local time of each row, with its place [Mars minute]."""
    places = {place.name: place for place in named_places(load_table("places"))}
    gaps = []
    for row in reference("landing_clocks").rows:
        day = float(tt_day(tai_s(row["utc"])))
        longitude = row["clock_longitude_e_deg"] or places[row["place"]].longitude_deg
        time_h = {"mean": marstime.mean_solar_time_h, "true": marstime.true_solar_time_h}
        ours = float(time_h[row["solar_time"]](day, float(longitude)))
        gap_h = (ours - float(row["published_h"]) + 12.0) % 24.0 - 12.0
        gaps.append((row["place"], gap_h * 60.0))
    return tuple(gaps)


def sol_date() -> float:
    """Compare one Mars Sol Date with a published one [sol]."""
    return abs(float(mars_sol_date(tt_day(tai_s("2022-11-25T06:51:07.1Z")))) - 52931.62675)


TO_2030 = f"{DE440}, 2025-2030"
TIME_AND_SUN = (
    Check("worked examples", "Mars24 page, examples A and B", "of rounding", 1.0, worked_examples),
    Check("Mars Sol Date", "Wikipedia, 2022-11-25", "sol", 1e-5, sol_date),
    Check("season (apparent Ls)", DE440, "deg", 0.005, season_deg),
    Check("true solar time", DE440, "s", 1.5, true_time_s),
    Check("distance of the Sun", DE440, "au", 2e-4, sun_distance_au),
    Check("equinoxes and solstices", DE440, "min", 7.0, season_instants_min),
    Check("midnights of the mission", DE440, "s", 0.1, midnights_s),
    Check("height of the Sun", DE440, "deg", 0.005, sun_elevation_deg),
    Check("direction of the Sun", DE440, "deg", 0.006, sun_azimuth_deg),
    Check("sunrise, noon, sunset", DE440, "s", 3.0, sun_times_s),
    Check("clocks of landers", "NAIF, Viking, NASA: 13 times", "min", 1.0, landing_clocks_min),
    Check("season, later years", TO_2030, "deg", 0.006, lambda: season_deg(LATER)),
    Check("true solar time, later years", TO_2030, "s", 1.5, lambda: true_time_s(LATER)),
    Check(
        "distance of the Sun, later years", TO_2030, "au", 2.5e-4, lambda: sun_distance_au(LATER)
    ),
    Check("Sun in the zenith, later years", TO_2030, "deg", 0.007, later_sun_direction_deg),
)
EARTH = (
    Check("distance of Earth", DE440, "au", 2e-3, earth_distance_au),
    Check("light time in the mission", DE440, "s", 1.0, light_time_s),
    Check("angle Sun-Earth-Mars", DE440, "deg", 0.05, sun_earth_mars_deg),
    Check("Earth in the sky", DE440, "deg", 0.02, earth_direction_deg),
    Check("distance of Earth, later years", TO_2030, "au", 2e-3, lambda: earth_distance_au(LATER)),
    Check("light time, later years", TO_2030, "s", 1.0, later_light_time_s),
    Check(
        "angle Sun-Earth-Mars, later years", TO_2030, "deg", 0.05, lambda: sun_earth_mars_deg(LATER)
    ),
    Check("Earth in the zenith, later years", TO_2030, "deg", 0.02, later_earth_direction_deg),
)
