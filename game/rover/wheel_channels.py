"""Readings of the running gear: unit, meaning, and how to get them; part of `telemetry.py`."""

from collections.abc import Callable

from game.rover.estimate import ellipse
from game.rover.gear import MobilitySpec, MobilityState, sinkage_m, tilt_rad

WheelRead = Callable[[MobilitySpec, MobilityState], float]

WHEEL_CHANNELS: dict[str, tuple[str, str, WheelRead]] = {
    "x_m": ("m", "east of the lander; to plans and agents as believed", lambda _, s: s.x_m),
    "y_m": ("m", "north of the lander; to plans and agents as believed", lambda _, s: s.y_m),
    "heading_rad": (
        "rad",
        "heading from north; to plans and agents as believed",
        lambda _, s: s.heading_rad,
    ),
    "estimate_x_m": ("m", "east of the lander, as believed", lambda _, s: s.estimate.x_m),
    "estimate_y_m": ("m", "north of the lander, as believed", lambda _, s: s.estimate.y_m),
    "estimate_heading_rad": ("rad", "heading, as believed", lambda _, s: s.estimate.heading_rad),
    "position_long_m": ("m", "longer half axis of the one-sigma ellipse of the place",
        lambda _, s: ellipse(s.estimate).long_m),
    "position_short_m": ("m", "shorter half axis of that ellipse",
        lambda _, s: ellipse(s.estimate).short_m),
    "odometer_m": ("m", "way driven", lambda _, s: s.odometer_m),
    "speed_m_s": ("m/s", "speed over ground", lambda _, s: s.speed_m_s),
    "slip_frac": ("-", "slip of the wheels", lambda _, s: s.slip_frac),
    "sinkage_m": ("m", "how deep the wheels stand", lambda _, s: sinkage_m(s)),
    "wheel_sinkage_m": ("m", "depth of the deepest wheel", lambda _, s: max(s.wheel_sinkage_m)),
    "wheel_slip_frac": ("-", "slip of the wheel that slips most",
        lambda _, s: max(s.wheel_slip_frac)),
    "wheel_current_a": ("A", "current of the drive motor that draws most",
        lambda _, s: max(s.wheel_current_a)),
    "wheel_wear_frac": ("-", "life used of the most worn wheel",
        lambda _, s: max(s.wheel_wear_frac)),
    "body_m": ("m", "how far the body is raised", lambda _, s: s.body_m),
    "tilt_rad": ("rad", "lean of the rover", lambda _, s: tilt_rad(s)),
    "on_lander": ("-", "1 while on the lander", lambda _, s: float(s.is_on_lander)),
    "embedded": ("-", "1 while the wheels are caught", lambda _, s: float(s.is_embedded)),
}  # fmt: skip
