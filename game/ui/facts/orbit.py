"""The orbiter as one sees it from outside: its ellipse, its track over the ground, its passes.

View coordinates are right, up and toward the eye, in mean radii of Mars. The eye stands still
among the stars while Mars turns below, so that the edge of the night stays where it is and
craters move through it.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.contact import dish_change
from game.environment.clock import lmst_h, sol_of
from game.orbiter.deep_space import NEVER
from game.orbiter.fading import expected_bit, likely_bits
from game.orbiter.orbit import period_s, position_m
from game.orbiter.pass_doppler import pass_doppler
from game.orbiter.phases import phase_at
from game.orbiter.relay import Pass, passes_of_sol
from game.orbiter.sight import (
    doppler_hz,
    epoch_tick,
    ground_point_deg,
    is_in_shadow,
    look,
    range_rate_m_s,
    site_m,
)
from game.schedule import surroundings
from game.state import Setup
from game.ui.words import clock_text, mbit, mbit_range, span_text
from game.units import JULIAN_DAY_S

Row = NDArray[np.float64]
Place = tuple[Row | float, Row | float, Row | float]
TILT_RAD = math.radians(24.0)
SITE_OFF_DEG = -26.0  # the site stands this far left of the middle when the page opens
RING_POINTS, TRACK_POINTS, SKY_POINTS = 240, 320, 1440
AHEAD_SOLS = 4


@dataclass(frozen=True, slots=True)
class Eye:
    """Where one looks from: the longitude in the middle at a tick, and the tilt towards north."""

    tick: float
    longitude_rad: float
    rate_rad_s: float
    radius_m: float

    def longitude_at(self, tick: Row | float) -> Row | float:
        """Return the longitude in the middle of the view at a moment [rad]."""
        return self.longitude_rad - self.rate_rad_s * (tick - self.tick)


@dataclass(frozen=True, slots=True)
class PassLine:
    """One pass of the table: when, how long, how high, what it can carry, Doppler at both ends."""

    rise_tick: int
    set_tick: int
    when: str
    length: str
    height: str
    carries: str
    shift: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what the orbiter does now."""

    label: str
    value: str


def eye_at(setup: Setup, tick: float) -> Eye:
    """Return the eye of the page, with the site a little left of the middle."""
    body = setup.orbiter.body
    rate = math.radians(body.meridian_rate_deg_day) / JULIAN_DAY_S
    longitude = math.radians(setup.site.longitude_deg - SITE_OFF_DEG)
    mean_m = (body.equator_radius_m + body.polar_radius_m) / 2.0
    return Eye(tick, longitude, rate, mean_m)


def seen_from(eye: Eye, place_m: Place, tick: Row | float) -> tuple[Row, Row, Row]:
    """Turn places in the frame of Mars into view coordinates: right, up, toward [radii]."""
    x_m, y_m, z_m = (np.asarray(part, np.float64) / eye.radius_m for part in place_m)
    middle = eye.longitude_at(tick)
    cosine, sine = np.cos(middle), np.sin(middle)
    front, right = x_m * cosine + y_m * sine, y_m * cosine - x_m * sine
    up = z_m * math.cos(TILT_RAD) - front * math.sin(TILT_RAD)
    toward = front * math.cos(TILT_RAD) + z_m * math.sin(TILT_RAD)
    return right, up, toward


def ellipse(setup: Setup, eye: Eye, tick: float) -> tuple[Row, Row, Row]:
    """Return one revolution of the orbiter from a moment on, among the stars."""
    orbiter = setup.orbiter
    length_s = period_s(orbiter.body, orbiter.orbit)
    ticks = tick + np.linspace(0.0, length_s, RING_POINTS)
    seconds = ticks - epoch_tick(orbiter.orbit.epoch_utc, setup.site.epoch_utc)
    return seen_from(eye, position_m(orbiter.body, orbiter.orbit, seconds), ticks)


def orbiter_at(setup: Setup, eye: Eye, tick: float) -> tuple[float, float, float]:
    """Return where the orbiter is: right, up, toward [radii]."""
    orbiter = setup.orbiter
    seconds = tick - epoch_tick(orbiter.orbit.epoch_utc, setup.site.epoch_utc)
    place = position_m(orbiter.body, orbiter.orbit, seconds)
    right, up, toward = seen_from(eye, place, tick)
    return float(right), float(up), float(toward)


def ground_track(setup: Setup, eye: Eye, tick: float) -> tuple[Row, Row, Row]:
    """Return the way of the next revolution over the ground, as Mars lies now."""
    orbiter = setup.orbiter
    ticks = tick + np.linspace(0.0, period_s(orbiter.body, orbiter.orbit), TRACK_POINTS)
    latitude, longitude, _ = ground_point_deg(orbiter.body, orbiter.orbit, setup.site, ticks)
    return seen_from(eye, on_ground(eye, np.radians(latitude), np.radians(longitude)), tick)


def on_ground(eye: Eye, latitude_rad: Row | float, longitude_rad: Row | float) -> (
    tuple[Row, Row, Row]
):  # fmt: skip
    """Return points of the mean sphere in the frame of Mars [m]."""
    flat = eye.radius_m * np.cos(latitude_rad)
    return (
        np.asarray(flat * np.cos(longitude_rad)),
        np.asarray(flat * np.sin(longitude_rad)),
        np.asarray(eye.radius_m * np.sin(latitude_rad)),
    )


def site_at(setup: Setup, eye: Eye, tick: float) -> tuple[float, float, float]:
    """Return where the landing site is: right, up, toward [radii]."""
    x_m, y_m, z_m = site_m(setup.orbiter.body, setup.site)
    place = (np.asarray(x_m), np.asarray(y_m), np.asarray(z_m))
    right, up, toward = seen_from(eye, place, tick)
    return float(right), float(up), float(toward)


def sun_from(setup: Setup, eye: Eye, tick: float) -> tuple[float, float, float]:
    """Return the direction of the Sun: right, up, toward [-].

    Made from the Sun's height and azimuth over the site, which is all that the sky model gives.
    """
    felt = surroundings(setup, int(tick))
    latitude, longitude = (
        math.radians(v) for v in (setup.site.latitude_deg, setup.site.longitude_deg)
    )
    up = (math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude),
          math.sin(latitude))  # fmt: skip
    east = (-math.sin(longitude), math.cos(longitude), 0.0)
    north = (-math.sin(latitude) * math.cos(longitude), -math.sin(latitude) * math.sin(longitude),
             math.cos(latitude))  # fmt: skip
    flat = math.cos(felt.sun_elevation_rad)
    parts = (math.sin(felt.sun_elevation_rad), flat * math.sin(felt.sun_azimuth_rad),
             flat * math.cos(felt.sun_azimuth_rad))  # fmt: skip
    vector = tuple(
        np.asarray(eye.radius_m * (parts[0] * u + parts[1] * e + parts[2] * n))
        for u, e, n in zip(up, east, north, strict=True)
    )
    right, high, toward = seen_from(eye, (vector[0], vector[1], vector[2]), tick)
    return float(right), float(high), float(toward)


def coming_passes(setup: Setup, tick: float) -> tuple[PassLine, ...]:
    """Return the passes of the next sols over open ground, in order."""
    first = sol_of(setup.site, int(tick)) - 1
    found = [
        one
        for sol in range(first, first + AHEAD_SOLS + 1)
        for one in passes_of_sol(setup.orbiter, setup.site, sol)
        if one.usable_set_tick > tick and one.usable_set_tick > one.usable_rise_tick
    ]
    return tuple(_line(setup, one, tick) for one in found)


def _line(setup: Setup, one: Pass, tick: float) -> PassLine:
    rise, view = one.usable_rise_tick, (setup.orbiter, setup.site, one)
    sol = sol_of(setup.site, rise)
    return PassLine(
        rise,
        one.usable_set_tick,
        f"Sol {sol}, {clock_text(lmst_h(setup.site, rise))}",
        span_text(one.usable_set_tick - rise),
        f"{math.degrees(one.max_elevation_rad):.0f}°",
        f"{mbit(expected_bit(*view))} ({mbit_range(*likely_bits(*view))})",
        _shift(setup, one),
        one.usable_set_tick <= tick,
    )


def _shift(setup: Setup, one: Pass) -> str:
    """Return the shift of the wave at rise and at set [kHz]."""
    found = pass_doppler(setup.orbiter, setup.site, one)
    return " to ".join(
        f"{hz / 1000.0:+.1f}".replace("-", "−") for hz in (found.rise_hz, found.set_hz)
    )


def sky_curve(setup: Setup, start: float, end: float) -> tuple[tuple[float, float], ...]:
    """Return ticks with the height of the orbiter over the horizon [deg]."""
    ticks = np.linspace(start, end, SKY_POINTS)
    seen = look(setup.orbiter.body, setup.orbiter.orbit, setup.site, ticks)
    heights = np.degrees(np.asarray(seen.elevation_rad))
    return tuple(zip(ticks.tolist(), heights.tolist(), strict=True))


def facts(setup: Setup, tick: float) -> tuple[Fact, ...]:
    """Return what the orbiter does at a moment, in words."""
    body, orbit, site = setup.orbiter.body, setup.orbiter.orbit, setup.site
    latitude, longitude, height_m = ground_point_deg(body, orbit, site, tick)
    seen = look(body, orbit, site, tick)
    elevation = math.degrees(float(seen.elevation_rad))
    side = "N" if float(latitude) >= 0 else "S"
    is_dark = bool(is_in_shadow(body, orbit, site, tick))
    sky = f"{elevation:.0f}° high" if elevation > 0 else "below the horizon"
    return (
        Fact("Height", f"{float(height_m) / 1000:,.0f} km"),
        Fact("Over", f"{abs(float(latitude)):.0f}° {side}, {float(longitude):.0f}° E"),
        Fact("From the rover", f"{float(seen.range_m) / 1000:,.0f} km"),
        Fact("In the rover's sky", sky),
        Fact("Light", "in the shadow of Mars" if is_dark else "in sunlight"),
        Fact("Once round", span_text(period_s(body, orbit))),
        Fact("Doppler shift", _shift_now(setup, tick, elevation)),
        Fact("Dish on Earth", _dish(setup, int(tick))),
        Fact("Its task now", _chapter(setup, int(tick))),
    )


def _shift_now(setup: Setup, tick: float, elevation_deg: float) -> str:
    """Return how far the orbiter's speed moves the wave, while it is above the horizon."""
    if elevation_deg <= 0.0:
        return "none now"
    spec = setup.orbiter
    speed = range_rate_m_s(spec.body, spec.orbit, setup.site, tick)
    return f"{float(doppler_hz(spec.link.frequency_hz, speed)) / 1000.0:+.1f} kHz".replace("-", "−")


def _dish(setup: Setup, tick: int) -> str:
    """Return whether a dish on Earth sees the orbiter, and until when."""
    is_seen, change_tick = dish_change(setup, tick)
    if change_tick == NEVER:
        return "never"
    span = span_text(change_tick - tick)
    return f"hears, for {span}" if is_seen else f"in {span}"


def _chapter(setup: Setup, tick: int) -> str:
    phase = phase_at(setup.orbiter.phase, setup.site, tick)
    return "none, on the way" if phase is None else phase.title.split(":")[0].lower()
