"""What the palette of the plan offers, group by group, with what each thing costs."""

import math

from game.commands import ActivityKind
from game.rover.instruments import OBSERVED, instrument_for, size_bit
from game.rover.mobility import as_believed
from game.rover.order_times import order_price
from game.ui.facts.power import hourly_w, tool_energy_j
from game.ui.plan_draft import Draft
from game.ui.plan_new import usual_command
from game.ui.plan_parts import PaletteRow
from game.ui.words import mbit, name_of
from game.units import WH_J
from game.way_price import first_look

Kind = ActivityKind
# Name and icon of each group, and what is in it.
GROUPS: tuple[tuple[str, str, tuple[ActivityKind, ...]], ...] = (
    ("Drive", "drive", (
        Kind.ROLL_OFF, Kind.DRIVE, Kind.TURN, Kind.ARC, Kind.CRAB, Kind.CREEP, Kind.BODY,
        Kind.LIFT_WHEEL,
    )),
    ("Look", "look", (
        Kind.PICTURE, Kind.PANORAMA, Kind.MULTISPECTRAL, Kind.CALIBRATE, Kind.DEPLOY_CAMERA,
        Kind.SELFIE,
    )),
    ("Measure", "touch", (
        Kind.SOIL, Kind.INFRARED, Kind.AIR, Kind.RADAR, Kind.MAGNETOMETER,
    )),
    ("Rover", "wing", (
        Kind.WARM_UP, Kind.SLEEP, Kind.WINGS, Kind.TILT_WINGS, Kind.HEATER, Kind.DIAGNOSE,
        Kind.HIBERNATE,
    )),
    ("Radio", "radio", (Kind.SEND, Kind.SORT_QUEUE)),
)  # fmt: skip


def palette(draft: Draft) -> tuple[PaletteRow, ...]:
    """Return the activities on offer with what they cost; what is not aboard is left out."""
    return tuple(
        _offer(draft, kind, group)
        for group, (_, _, kinds) in enumerate(GROUPS)
        for kind in kinds
        if _is_offered(draft, kind)
    )


def _is_offered(draft: Draft, kind: ActivityKind) -> bool:
    if kind is Kind.ROLL_OFF:
        return draft.state.rover.mobility.is_on_lander
    instruments = draft.opened.setup.rover.instruments
    return kind not in OBSERVED or instrument_for(instruments, kind) is not None


def _offer(draft: Draft, kind: ActivityKind, group: int) -> PaletteRow:
    spec = draft.opened.setup.rover
    name = name_of(kind)
    tool = instrument_for(spec.instruments, kind)
    if tool is not None:
        used_wh = tool_energy_j(spec, tool, tool.duration_s) / WH_J
        bits = size_bit(tool, tool.duration_s)
        return PaletteRow(kind, name, f"{max(1, round(used_wh))}", mbit(bits), group)
    hourly = hourly_w(spec)
    if kind in hourly:
        return PaletteRow(kind, name, f"{hourly[kind]:.0f}/h", "", group)
    command = usual_command(draft.opened.setup, draft.state, kind)
    if command is not None:
        used_wh = order_price(spec, command).energy_j / WH_J
        return PaletteRow(kind, name, f"{max(1, round(used_wh))}" if used_wh else "0", "", group)
    place = as_believed(draft.state.rover.mobility)
    ahead_m = (place.x_m + 8 * math.sin(place.heading_rad),
               place.y_m + 8 * math.cos(place.heading_rad))  # fmt: skip
    seen = first_look(draft.opened.setup, (place.x_m, place.y_m), ahead_m)
    return PaletteRow(kind, name, f"{seen.energy_wh / seen.distance_m:.1f}/m", "", group)
