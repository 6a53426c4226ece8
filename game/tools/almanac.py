"""The almanac: Mars date, Sun, Earth, weather and passes, for any place, time and sol."""

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from math import degrees, radians
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.config import parse, shown
from game.environment import julian, marstime
from game.environment.clock import SiteSpec, midnight_s, tt_day, utc_text
from game.environment.dust import constant_dust
from game.environment.earth import earth_sky
from game.environment.limits import check_tau
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.nature import EnvironmentSpec, environment_spec
from game.environment.places import map_elevation_m, named_places
from game.environment.pressure import mean_pressure_pa
from game.environment.series import STEPS, ground_run, sol_series
from game.environment.sun import (
    elevation_azimuth_rad,
    hour_angle_rad,
    sun_times,
    top_irradiance_w_m2,
)
from game.errors import UsageError
from game.levels.orbit_file import line_words, read_orbit_file
from game.orbiter.ground_check import flight_problem
from game.orbiter.pass_record import pass_records
from game.orbiter.relay import OrbiterSpec
from game.paths import data_root
from game.rules import load_table
from game.units import WH_J

Row = dict[str, Any]
DEFAULT_SOLS = range(1, 11)
MOST_SOLS = 2000
MOST_DIGITS = 12  # of a number of sols: no more are read, so many are beyond all dates
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: times or sols, at a place, under a sky."""

    utc: tuple[str, ...]
    sols: range
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    tau: float | None = None
    orbit: Path | None = None
    place: str | None = None


def run(options: argparse.Namespace) -> int:
    """Print the almanac as text, JSON or CSV and return 0; raises UsageError for bad input."""
    _check(options)
    try:
        sols = DEFAULT_SOLS if options.sol is None else parse_sols(options.sol)
        utc = tuple(options.utc or ())
        here = (options.lat, options.lon, options.tau, options.orbit, options.place)
        rows = almanac(Request(utc, sols, *here))
    except ValueError as error:
        raise UsageError(str(error)) from error
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1, allow_nan=False) + "\n")
    elif options.csv:
        sys.stdout.write(_csv_text(rows))
    else:
        sys.stdout.write(_plain_text(rows))
    return 0


def _check(options: argparse.Namespace) -> None:
    """Refuse options that do not go together: none is passed over in silence."""
    if not options.utc:
        return
    if options.sol is not None:
        raise UsageError("ask for --utc or for --sol, not for both")
    for name, part in (("orbit", "passes"), ("tau", "light")):
        if getattr(options, name) is not None:
            raise UsageError(
                f"--{name} is about the {part} of whole sols; ask with --sol, or leave it out"
            )


def almanac(request: Request) -> list[Row]:
    """Return one row per time, or one per sol, with the units in the names.

    Raises
    ------
    ValueError
        A place that is not on Mars, a negative or missing optical depth, a date that is none.
    """
    if request.tau is not None:
        check_tau(request.tau)
    if request.place is not None:
        if (request.latitude_deg, request.longitude_deg) != (None, None):
            raise ValueError("ask for --place or for --lat and --lon, not for both")
        spec = named_spec(request.place)
    else:
        spec = place_spec(request.latitude_deg, request.longitude_deg)
    if request.utc:
        return [time_row(spec.site, text) for text in request.utc]
    calm = replace(spec.dust, noise_tau=0.0, haze_tau=0.0, storm_scale=0.0)
    dust = calm if request.tau is None else constant_dust(calm, request.tau)
    spec = replace(spec, dust=dust)
    orbiter = _orbiter(request.orbit)
    landed_s = julian.tai_s(spec.site.epoch_utc)
    first_s = landed_s + midnight_s(spec.site, request.sols[0])
    if problem := flight_problem(orbiter.body, orbiter.orbit, first_s, len(request.sols)):
        raise ValueError(f"{request.orbit}: {line_words(request.orbit, problem)}")
    return [sol_row(spec, sol, orbiter) for sol in request.sols]


def parse_sols(text: str) -> range:
    """Return the sols that "A..B" or "A" names.

    Raises
    ------
    ValueError
        If it is neither, or the end comes before the start, or there are too many.
    """
    found = re.fullmatch(r"\s*(-?\d+)\s*(?:\.\.\s*(-?\d+)\s*)?", text, re.ASCII)
    if not found:
        raise ValueError(
            f"--sol takes one sol or a range such as 1..90, at most {MOST_SOLS} sols, "
            f"not {shown(text)}"
        )
    first, last = (int(digits[:MOST_DIGITS]) for digits in (found[1], found[2] or found[1]))
    if last < first or last - first >= MOST_SOLS:
        raise ValueError(
            f"--sol {shown(text.strip())}: the range must go up and hold at most {MOST_SOLS} sols"
        )
    return range(first, last + 1)


def named_spec(name: str) -> EnvironmentSpec:
    """Return nature at a landing site by its name, with its own touchdown as sol 1."""
    sites = named_places(load_table("places"))
    for site in sites:
        if site.name.lower() == name.strip().lower():
            return replace(environment_spec(load_table("mars"), seed=0), site=site)
    known = ", ".join(site.name for site in sites)
    raise ValueError(f"--place {name!r} is not known; known are {known}")


def place_spec(latitude_deg: float | None, longitude_deg: float | None) -> EnvironmentSpec:
    """Return nature at the landing site, or at another place with its elevation from MOLA."""
    spec = environment_spec(load_table("mars"), seed=0)
    if latitude_deg is None and longitude_deg is None:
        return spec
    site = replace(
        spec.site,
        name="the place asked for",
        latitude_deg=spec.site.latitude_deg if latitude_deg is None else latitude_deg,
        longitude_deg=spec.site.longitude_deg if longitude_deg is None else longitude_deg,
    )
    height_m = map_elevation_m(elevation_map(), site.latitude_deg, site.longitude_deg)
    return replace(spec, site=replace(site, elevation_m=height_m))


def time_row(site: SiteSpec, text: str) -> Row:
    """Return Mars date, Sun and Earth at one UTC time."""
    at_tai_s = julian.tai_s(text)
    day = float(julian.tt_day(at_tai_s))
    orbit = mars_orbit(day)
    angle = hour_angle_rad(orbit, day, site.longitude_deg)
    elevation, azimuth = elevation_azimuth_rad(
        orbit.declination_rad, angle, radians(site.latitude_deg)
    )
    earth = earth_sky(day, site.latitude_deg, site.longitude_deg)
    return {
        "utc": julian.utc_text(at_tai_s, decimals=3 if at_tai_s % 1 else 0),
        "msd": round(float(marstime.mars_sol_date(day)), DIGITS),
        "mtc_h": _rounded(marstime.coordinated_time_h(day)),
        "ls_deg": _rounded(np.degrees(orbit.ls_rad)),
        "lmst_h": _rounded(marstime.mean_solar_time_h(day, site.longitude_deg)),
        "ltst_h": _rounded(marstime.true_solar_time_h(day, site.longitude_deg)),
        "sun_distance_au": round(float(orbit.distance_au), 8),
        "sun_elevation_deg": _rounded(np.degrees(elevation)),
        "sun_azimuth_deg": _rounded(np.degrees(azimuth)),
        "earth_distance_au": round(float(earth.distance_au), 8),
        "earth_elevation_deg": _rounded(np.degrees(earth.elevation_rad)),
        "light_time_s": round(float(earth.light_time_s), 3),
        "sun_earth_mars_deg": _rounded(np.degrees(earth.sun_earth_mars_rad)),
    }


def sol_row(spec: EnvironmentSpec, sol: int, orbiter: OrbiterSpec) -> Row:
    """Return Sun, light, air, ground and passes of one sol; None where the Sun does not rise."""
    site = spec.site
    times = sun_times(site, sol)
    orbit = mars_orbit(tt_day(site, float(times.noon_tick)))
    light, ground = sol_series(spec, sol).light, ground_run(spec, sol)
    daily_j_m2 = float(np.mean(np.asarray(light.global_w_m2)[:STEPS])) * MEAN_SOL_S
    return {
        "sol": sol,
        "utc_midnight": _exact_utc(site, midnight_s(site, sol)),
        "utc_sunrise": None if times.rise_tick is None else utc_text(site, times.rise_tick),
        "utc_noon": utc_text(site, times.noon_tick),
        "utc_sunset": None if times.set_tick is None else utc_text(site, times.set_tick),
        "ls_deg": _rounded(np.degrees(orbit.ls_rad)),
        "noon_elevation_deg": _rounded(degrees(times.noon_elevation_rad)),
        "toa_w_m2": round(float(top_irradiance_w_m2(orbit.distance_au)), 3),
        "insolation_wh_m2": round(daily_j_m2 / WH_J, 2),
        "pressure_pa": round(float(mean_pressure_pa(orbit.ls_rad, site.elevation_m)), 3),
        "air_min_k": round(float(ground.air_k.min()), 2),
        "air_max_k": round(float(ground.air_k.max()), 2),
        "ground_min_k": round(float(ground.skin_k.min()), 2),
        "ground_max_k": round(float(ground.skin_k.max()), 2),
        "passes": [asdict(one) for one in pass_records(orbiter, site, sol)],
    }


@lru_cache(maxsize=1)
def elevation_map() -> NDArray[np.int16]:
    """Return the MOLA map of the planet, four pixels a degree [m]."""
    with np.load(data_root("assets") / "data" / "mola_4ppd.npz") as archive:
        return np.asarray(archive["elevation_m"], dtype=np.int16)


def _orbiter(path: Path | None) -> OrbiterSpec:
    """Return the orbiter that the game ships, or one on the orbit of a file."""
    table = dict(load_table("orbiter"))
    if path is not None:
        table["orbit"] = read_orbit_file(path)
    return parse(table, OrbiterSpec, "orbiter.toml")


def _exact_utc(site: SiteSpec, moment_s: float) -> str:
    return julian.utc_text(julian.tai_s(site.epoch_utc) + moment_s, decimals=3)


def _rounded(value: Any) -> float:
    return round(float(value), DIGITS)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(
            f"{one['aos_utc']}/{one['los_utc']} {one['max_elevation_deg']:.0f} deg, "
            f"{one['aos_doppler_hz']:+.0f} to {one['los_doppler_hz']:+.0f} Hz, "
            f"most {one['max_doppler_hz']:.0f} Hz"
            for one in value
        )
    return "" if value is None else str(value)


def _csv_text(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _plain_text(rows: Sequence[Row]) -> str:
    """Return one block per row for people: a name and a value a line."""
    width = max(len(name) for name in rows[0])
    blocks = []
    for row in rows:
        lines = [f"{name:<{width}}  {_cell(value) or '-'}" for name, value in row.items()]
        blocks.append("\n".join(lines).replace("; ", "\n" + " " * (width + 2)))
    return "\n\n".join(blocks) + "\n"
