"""What is wrong with the elements of an orbit: every problem with its key, in words.

Use: `element_problems(values)` looks at the elements alone, `body_problems(size, values)` at them
around a planet. Both take names and values and leave out what is missing or of the wrong kind.
"""

import math
from collections.abc import Iterator, Mapping

from game.environment import julian
from game.units import JULIAN_DAY_S

# Sphere of influence of Mars: beyond it the Sun rules [m]. D. A. Vallado, "Fundamentals of
# Astrodynamics and Applications", 4th ed., 2013, table 12-1.
INFLUENCE_M = 5.77e8
# An orbit that is kept in trim by its rates must still go round as fast as its size demands.
_RATE_FRAC = 0.05
# A turn says all that an angle can; no path turns faster than once a day (design) [deg, deg/day].
TURN_DEG = 360.0
# At the surface of the densest planets an orbit makes some 6000 degrees a day: root of GM / R3.
FASTEST_DEG_DAY = 8000.0
RANGES = {
    "ascending_node_deg": (-TURN_DEG, TURN_DEG),
    "periapsis_argument_deg": (-TURN_DEG, TURN_DEG),
    "mean_anomaly_deg": (-TURN_DEG, TURN_DEG),
    "ascending_node_rate_deg_day": (-TURN_DEG, TURN_DEG),
    "periapsis_argument_rate_deg_day": (-TURN_DEG, TURN_DEG),
    "mean_anomaly_rate_deg_day": (-FASTEST_DEG_DAY, FASTEST_DEG_DAY),
}

_LARGEST = 1.797e308  # the parser refuses what is no finite number

Problem = tuple[str, str]
Values = Mapping[str, object]


def element_problems(values: Values) -> Iterator[Problem]:
    """Give what is wrong with the elements, whatever they go around."""
    yield from _date_problems(values)
    eccentricity = _number(values, "eccentricity")
    if eccentricity is not None and not 0.0 <= eccentricity < 1.0:
        shape = "; from 1 on an orbit is open and never comes back" if eccentricity >= 1.0 else ""
        yield "eccentricity", f"must be from 0 to below 1, not {eccentricity}{shape}"
    tilt_deg = _number(values, "inclination_deg")
    if tilt_deg is not None and not 0.0 <= tilt_deg <= 180.0:
        yield "inclination_deg", f"must be 0 to 180, not {tilt_deg}"
    size_m = _number(values, "semi_major_axis_m")
    if size_m is not None and size_m <= 0.0:
        yield "semi_major_axis_m", f"must be above zero, not {size_m}"
    yield from _angle_problems(values)
    rate = _number(values, "mean_anomaly_rate_deg_day", 0.0)
    if values.get("model") == "station_kept" and rate is not None and rate <= 0.0:
        yield "mean_anomaly_rate_deg_day", "must be above zero for a station-kept orbit"


def _date_problems(values: Values) -> Iterator[Problem]:
    dates = {key: _date_s(values.get(key)) for key in ("epoch_utc", "start_utc", "end_utc")}
    for key, moment_s in dates.items():
        text = values.get(key)
        is_open = key != "epoch_utc" and not text  # bounds in time may be left open
        if isinstance(text, str) and moment_s is None and not is_open:
            yield key, f"{text!r} is no date and time such as 2021-06-03T09:41:25Z"
    start_s, end_s = dates["start_utc"], dates["end_utc"]
    if start_s is not None and end_s is not None and end_s <= start_s:
        yield "end_utc", "must come after start_utc"


def _angle_problems(values: Values) -> Iterator[Problem]:
    for key, (low, high) in RANGES.items():
        number = _number(values, key)
        if number is not None and not low <= number <= high:
            yield key, f"must be {low:g} to {high:g}, not {number:g}"


def body_problems(gm_m3_s2: float, radius_m: float, values: Values) -> Iterator[Problem]:
    """Give what is wrong with an orbit around a planet of this pull and equator.

    Without a shape to go by, the roundest orbit of that size is looked at: no other one stays
    farther from the ground or nearer to the planet.
    """
    size_m, eccentricity = _number(values, "semi_major_axis_m"), _number(values, "eccentricity")
    if size_m is None or size_m <= 0.0:
        return
    if eccentricity is None or not 0.0 <= eccentricity < 1.0:
        eccentricity = 0.0
    lowest_m, highest_m = size_m * (1.0 - eccentricity), size_m * (1.0 + eccentricity)
    if lowest_m <= radius_m:
        yield (
            "semi_major_axis_m",
            f"the orbit runs below ground: lowest radius {lowest_m / 1000:.0f} km, "
            f"but the planet's is {radius_m / 1000:.0f} km",
        )
    if highest_m > INFLUENCE_M:
        yield (
            "semi_major_axis_m",
            f"the orbit leaves the planet: highest radius {highest_m / 1000:.0f} km, "
            f"but its pull ends at {INFLUENCE_M / 1000:.0f} km",
        )
    rate = _number(values, "mean_anomaly_rate_deg_day", 0.0)
    if values.get("model") == "station_kept" and rate is not None and rate > 0.0:
        free = math.degrees(math.sqrt(gm_m3_s2 / size_m**3)) * JULIAN_DAY_S
        if abs(rate / free - 1.0) > _RATE_FRAC:
            yield (
                "mean_anomaly_rate_deg_day",
                f"{rate} does not fit an orbit of this size, which makes {free:.3f} degrees a day",
            )


def _number(values: Values, key: str, default: float | None = None) -> float | None:
    value = values.get(key, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_usable = is_number and abs(value) < _LARGEST  # type: ignore[arg-type]
    return float(value) if is_usable else None  # type: ignore[arg-type]


def _date_s(text: object) -> float | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        return julian.tai_s(text)
    except ValueError:
        return None
