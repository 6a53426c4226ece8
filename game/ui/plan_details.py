"""What an activity does in particular, line by line, and how each line is made more or less."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from game.commands import Activity, ActivityKind, Navigation
from game.machine_commands import Heater, SetHeater, WingMode
from game.mission.plan import Plan, changed, find
from game.rover.nonsense import HAS_USUAL
from game.rover.order_times import order_price
from game.rover.reach import Span, reach
from game.state import Setup
from game.ui.facts.tray import WHEELS
from game.ui.plan_new import tidy_rad
from game.ui.plan_parts import InspectorRow
from game.ui.words import signed, span_text
from game.units import WH_J, celsius

Kind = ActivityKind
PREFIX = "detail:"
COARSE, FINE = 0, 1
ZERO_C_K = -celsius(0.0)
TURN_RAD = math.tau


class Detail(NamedTuple):
    """One field of an activity or of its command that a person changes.

    `steps` are the coarse and the fine step of a number; `choices` all values of a choice. A
    `turns` angle goes round; marks of a step count from `origin`. How far a number goes is said by
    the machine: `reach`.
    """

    field: str
    label: str
    words: Callable[[object], str]
    steps: tuple[float, float] = (1.0, 1.0)
    choices: tuple[object, ...] = ()
    turns: bool = False
    origin: float = 0.0


def _degrees(value: object) -> str:
    return f"{signed(math.degrees(_number(value)))}°"


def _compass(value: object) -> str:
    angle_deg = math.degrees(_number(value)) % 360.0
    names = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
    return f"{angle_deg:.0f}° {names[round(angle_deg / 45.0) % 8]}"


def _metres(value: object) -> str:
    number = _number(value)
    return f"{'−' if number < 0.0 else ''}{abs(number):.1f} m"


def _centimetres(value: object) -> str:
    return f"{signed(100.0 * _number(value))} cm"


def _reach(value: object) -> str:
    return _metres(value) if _number(value) else "usual"


def _packed(value: object) -> str:
    return f"{_number(value):g}×" if _number(value) else "usual"


def _bend(value: object) -> str:
    number = _number(value)
    if number == 0.0:
        return "straight"
    return f"{1.0 / abs(number):.0f} m to the {'right' if number > 0.0 else 'left'}"


def _kelvin(value: object) -> str:
    return f"{signed(celsius(_number(value)))} °C"


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _first(value: object) -> str:
    return "before all" if value else "as all"


def _wheel(value: object) -> str:
    return WHEELS[int(_number(value))]


_ANGLE = (math.radians(15.0), math.radians(1.0))
_SMALL = (math.radians(5.0), math.radians(1.0))
_WAY = Detail("distance_m", "Way", _metres, (0.5, 0.1))
_BEARING = Detail("bearing_rad", "To the side", _degrees, _ANGLE, turns=True)
_LOOK = (
    Detail("azimuth_rad", "Looks to", _compass, _ANGLE, turns=True),
    Detail("elevation_rad", "Up or down", _degrees, _SMALL),
    Detail("compression", "Packed", _packed, choices=(0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)),
)
_SPOT = (
    Detail("range_m", "How far", _reach, (0.5, 0.1)),
    Detail("bearing_rad", "To the side", _degrees, _SMALL),
)
_MODES = (WingMode.LEVEL, WingMode.TRACK, WingMode.SHED)
DETAILS: dict[ActivityKind, tuple[Detail, ...]] = {
    Kind.DRIVE: (Detail("navigation", "Navigation", str, choices=tuple(Navigation)),),
    Kind.PICTURE: _LOOK,
    Kind.PANORAMA: _LOOK[1:],
    Kind.MULTISPECTRAL: _LOOK,
    Kind.SOIL: _SPOT,
    Kind.INFRARED: _SPOT,
    Kind.TURN: (Detail("heading_rad", "Heading", _compass, _ANGLE, turns=True),),
    Kind.ARC: (
        _WAY,
        Detail("curvature_1_m", "Bend", _bend, (0.05, 0.01)),
    ),
    Kind.CRAB: (_WAY, _BEARING),
    Kind.CREEP: (_WAY,),
    Kind.BODY: (Detail("body_m", "Height", _centimetres, (0.05, 0.01)),),
    Kind.LIFT_WHEEL: (
        Detail("wheel", "Wheel", _wheel, choices=tuple(range(len(WHEELS)))),
        Detail("is_lifted", "Held up", _yes, choices=(True, False)),
    ),
    Kind.WINGS: (Detail("mode", "Mode", str, choices=_MODES),),
    Kind.TILT_WINGS: (
        Detail("left_rad", "Left", _degrees, _SMALL),
        Detail("right_rad", "Right", _degrees, _SMALL),
    ),
    Kind.HEATER: (
        Detail("heater", "Heater", str, choices=tuple(Heater)),
        Detail("on_k", "Comes on", _kelvin, origin=ZERO_C_K),
    ),
    Kind.SORT_QUEUE: (Detail("are_thumbnails_first", "Thumbnails", _first, choices=(True, False)),),
}


def detail_rows(activity: Activity) -> list[InspectorRow]:
    """Return what a kind of activity does in particular, each line with the name of its field."""
    return [
        InspectorRow(one.label, one.words(_value(activity, one.field)), False, PREFIX + one.field)
        for one in DETAILS.get(activity.kind, ())
    ]


def order_rows(setup: Setup, activity: Activity) -> list[InspectorRow]:
    """Return what an order of the plan is about to cost."""
    if activity.command is None:
        return []
    if activity.kind is Kind.HIBERNATE:
        return [InspectorRow("Takes", f"{setup.rover.bus.hibernate_w:.0f} W until it wakes")]
    price = order_price(setup.rover, activity.command)
    if not price.energy_j:
        return [InspectorRow("Takes", "nothing")]
    words = f"{max(1, round(price.energy_j / WH_J))} Wh, up to {span_text(price.duration_s)}"
    return [InspectorRow("Takes", words)]


def stepped(
    plan: Plan, numbers: tuple[int, ...], name: str, by: int, *, is_fine: bool, setup: Setup
) -> Plan:
    """Return the plan with one field of some activities made more or less.

    Only those that have such a field are changed. An order whose usual length follows from the
    field gets that length.
    """
    field = name.removeprefix(PREFIX)
    for number in numbers:
        activity = find(plan, number)
        known = DETAILS.get(activity.kind, ()) if activity is not None else ()
        detail = next((one for one in known if one.field == field), None)
        if activity is None or detail is None:
            continue
        after = _next(detail, _value(activity, field), by, is_fine=is_fine)
        if not (detail.choices or detail.turns):
            heater = getattr(activity.command, "heater", Heater.BOX)
            span = reach(setup.rover, activity.kind, field, heater)
            after = _within(span, _number(after), has_usual=field in HAS_USUAL and by < 0)
        if activity.command is None:
            plan = changed(plan, number, **{field: after})
            continue
        command = replace(activity.command, **{field: after})  # type: ignore[arg-type]
        if isinstance(command, SetHeater):  # the other heater has other ends
            span = reach(setup.rover, activity.kind, "on_k", command.heater)
            command = replace(command, on_k=_within(span, command.on_k, has_usual=False))
        before_s = order_price(setup.rover, activity.command).duration_s
        length_s = order_price(setup.rover, command).duration_s
        is_usual = activity.duration_s == before_s
        kept_s = length_s if is_usual else activity.duration_s
        plan = changed(plan, number, command=command, duration_s=kept_s)
    return plan


def _value(activity: Activity, field: str) -> object:
    holder = activity if activity.command is None else activity.command
    return getattr(holder, field)


def _next(detail: Detail, value: object, by: int, *, is_fine: bool) -> object:
    """Return the value one step on; numbers stop on the marks of their step."""
    if detail.choices:
        at = detail.choices.index(value) if value in detail.choices else 0
        return detail.choices[(at + by) % len(detail.choices)]
    step = detail.steps[FINE if is_fine else COARSE]
    number = (round((_number(value) - detail.origin) / step) + by) * step + detail.origin
    if detail.turns:
        number = math.remainder(number, TURN_RAD)
        return tidy_rad(number % TURN_RAD if detail.words is _compass else number)
    return tidy_rad(number) if detail.field.endswith("_rad") else round(number, 9)


def _within(span: Span, number: float, *, has_usual: bool) -> float:
    """Return a number that the machine reaches; 0 below the least asks for the usual one."""
    low, high = span
    if has_usual and number < low:
        return 0.0
    return min(max(number, low), high)
