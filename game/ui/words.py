"""How the window names things: activities, places in the sky of numbers, times."""

import math
import re

from game.commands import ActivityKind
from game.units import MBIT_BIT

# colour token, icon, name, lane of the plan
KINDS: dict[ActivityKind, tuple[str, str, str, str]] = {
    ActivityKind.ROLL_OFF: ("drive", "drive", "Roll off", "Drive"),
    ActivityKind.DRIVE: ("drive", "drive", "Drive", "Drive"),
    ActivityKind.PICTURE: ("look", "look", "Picture", "Look"),
    ActivityKind.PANORAMA: ("look", "look", "Panorama", "Look"),
    ActivityKind.SOIL: ("touch", "touch", "Soil laser", "Touch"),
    ActivityKind.INFRARED: ("touch", "infrared", "Infrared", "Touch"),
    ActivityKind.MULTISPECTRAL: ("look", "filter", "Filters", "Look"),
    ActivityKind.CALIBRATE: ("look", "target", "Calibrate", "Look"),
    ActivityKind.MAGNETOMETER: ("touch", "magnet", "Magnetic field", "Touch"),
    ActivityKind.RADAR: ("touch", "radar", "Ground radar", "Touch"),
    ActivityKind.DEPLOY_CAMERA: ("look", "drop", "Drop camera", "Look"),
    ActivityKind.SELFIE: ("look", "selfie", "Selfie", "Look"),
    ActivityKind.AIR: ("air", "air", "Air sample", "Air"),
    ActivityKind.SEND: ("radio", "radio", "Send", "Radio"),
    ActivityKind.WARM_UP: ("heat", "heat", "Warm up", "Rover"),
    ActivityKind.DIAGNOSE: ("look", "wrench", "Diagnose", "Rover"),
    ActivityKind.SLEEP: ("sleep", "sleep", "Sleep", "Rover"),
    ActivityKind.TURN: ("drive", "turn", "Turn", "Drive"),
    ActivityKind.ARC: ("drive", "arc", "Arc", "Drive"),
    ActivityKind.CRAB: ("drive", "crab", "Crab", "Drive"),
    ActivityKind.CREEP: ("drive", "creep", "Creep", "Drive"),
    ActivityKind.BODY: ("drive", "body", "Body height", "Drive"),
    ActivityKind.LIFT_WHEEL: ("drive", "wheel", "Lift wheel", "Drive"),
    ActivityKind.WINGS: ("wing", "wing", "Wings", "Rover"),
    ActivityKind.TILT_WINGS: ("wing", "wing", "Tilt wings", "Rover"),
    ActivityKind.HEATER: ("heat", "thermometer", "Heater", "Rover"),
    ActivityKind.HIBERNATE: ("sleep", "hibernate", "Hibernate", "Rover"),
    ActivityKind.SORT_QUEUE: ("radio", "sort", "Sort queue", "Radio"),
}
LEAST_MBIT = 0.05  # what would be rounded to nothing
_MINUS = re.compile(r"(?<![\w.])-(?=\d)")
LANES = ("Drive", "Look", "Touch", "Air", "Rover", "Radio")


# Products that no activity of their own makes.
OTHER_ICONS = {"health": "charge", "thumbnail": "look", "context": "orbit", "weather": "dust"}


def product_icon(kind: str) -> str:
    """Return the icon of a data product."""
    known = {str(one): row[1] for one, row in KINDS.items()}
    return known.get(kind) or OTHER_ICONS.get(kind, "queue")


def token_of(kind: ActivityKind) -> str:
    """Return the colour of an activity."""
    return KINDS[kind][0]


def icon_of(kind: ActivityKind) -> str:
    """Return the icon of an activity."""
    return KINDS[kind][1]


def name_of(kind: ActivityKind) -> str:
    """Return the name of an activity."""
    return KINDS[kind][2]


def lane_of(kind: ActivityKind) -> int:
    """Return the lane of an activity, counted from the top."""
    return LANES.index(KINDS[kind][3])


def signed(value: float) -> str:
    """Return a whole number with its sign; minus is a real minus."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def mbit(bits: float) -> str:
    """Return megabits as a whole number, or with one decimal when there are few."""
    amount = bits / MBIT_BIT
    if 0 < amount < LEAST_MBIT:
        return "<0.1"
    return f"{amount:.1f}" if 0 < amount < 9.95 else f"{amount:,.0f}"


def mbit_range(low_bit: float, high_bit: float) -> str:
    """Return two amounts of data as one range, or one value when they agree."""
    first, last = mbit(low_bit), mbit(high_bit)
    return first if first == last else f"{first}–{last}"


def clock_text(lmst_h: float) -> str:
    """Return a local time as hours and minutes."""
    minutes = int(lmst_h * 60 + 1e-6) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span_text(seconds: float) -> str:
    """Return a length of time as a person would say it."""
    minutes = max(0, round(seconds / 60))
    if minutes < 1:
        return f"{max(0, round(seconds))} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest:02d} m"
    sols = hours // 24
    return f"{sols} {'sol' if sols == 1 else 'sols'} {hours % 24} h"


def degrees(angle_rad: float) -> str:
    """Return an angle in whole degrees."""
    return f"{math.degrees(angle_rad):.0f}°"


def percent(frac: float) -> str:
    """Return a fraction as whole percents."""
    return f"{100 * frac:.0f} %"


def percent_range(low: float, high: float) -> str:
    """Return two fractions as one range, or one value when they agree."""
    first, last = round(100 * low), round(100 * high)
    return f"{first} %" if first == last else f"{first}–{last} %"


def air_text(tau: float) -> str:
    """Return what an optical depth looks like."""
    if tau < 0.6:
        return "clear"
    if tau < 1.0:
        return "hazy"
    if tau < 2.0:
        return "dusty"
    return "storm"


def way_text(way_m: float) -> str:
    """Return a distance as a person would say it: metres up to a kilometre, then kilometres."""
    return f"{way_m:.0f} m" if abs(way_m) < 999.5 else f"{way_m / 1000.0:,.1f} km"


def place_text(x_m: float, y_m: float) -> str:
    """Return a place by its distances from the lander."""
    across = f"{abs(x_m):.0f} m {'east' if x_m >= 0 else 'west'}"
    along = f"{abs(y_m):.0f} m {'north' if y_m >= 0 else 'south'}"
    return f"{along}, {across} of the lander"


def typeset(words: str) -> str:
    """Return words with a true minus before numbers."""
    return _MINUS.sub("−", words)
