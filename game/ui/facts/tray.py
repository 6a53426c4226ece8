"""What else the rover can do: everything that is not needed every sol, in groups."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from game.commands import (
    ActivityKind,
    Calibrate,
    Command,
    Crab,
    Creep,
    DeployCamera,
    LiftWheel,
    ListenRadar,
    MeasureField,
    ReadInfrared,
    SetBody,
    Sleep,
    TakeMultispectral,
    TakePicture,
    TakeSelfie,
    WarmUp,
)
from game.machine_commands import Hibernate, Recover, SetWings, WingMode
from game.rover.hand import hand_refusal
from game.rover.instruments import instrument_for, size_bit
from game.simulation import desk_at
from game.state import Setup, State
from game.ui.facts.power import tool_energy_j
from game.ui.words import mbit, span_text, typeset
from game.units import WH_J

CRAB_M, CREEP_M, BODY_STEP_M = 1.0, 0.5, 0.05
WARM_S, SLEEP_S, RADAR_S = 1800, 3600, 3600
WHEELS = ("front left", "front right", "middle left", "middle right", "rear left", "rear right")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: its name, icon and words, and the command for a state.

    `kind` is the activity it starts, which tells its cost; `note` is for what costs nothing. What
    `is_grave` cannot be taken back with a word and asks twice.
    """

    name: str
    icon: str
    word: str
    command: Callable[[State], Command]
    kind: ActivityKind | None = None
    note: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An item as the tray shows it: why not, or what it takes."""

    item: Item
    reason: str
    effect: str


def _ahead(state: State) -> float:
    return state.rover.mobility.estimate.heading_rad


def _next_wheel(state: State) -> Command:
    """Put a lifted wheel down, or lift the one that is worn most."""
    place = state.rover.mobility
    if place.lifted_wheel >= 0:
        return LiftWheel(place.lifted_wheel, is_lifted=False)
    wear = place.wheel_wear_frac
    return LiftWheel(max(range(len(wear)), key=lambda k: wear[k]) if wear else 0)


def _body(state: State, step_m: float) -> Command:
    return SetBody(round(state.rover.mobility.body_m + step_m, 3))


GROUPS = (
    Group("Look", (
        Item("panorama", "look", "Panorama",
             lambda s: TakePicture(_ahead(s), is_panorama=True), ActivityKind.PANORAMA),
        Item("filters", "filter", "Filters", lambda s: TakeMultispectral(_ahead(s)),
             ActivityKind.MULTISPECTRAL),
        Item("calibrate", "target", "Calibrate", lambda _: Calibrate(), ActivityKind.CALIBRATE),
        Item("selfie", "selfie", "Selfie", lambda _: TakeSelfie(), ActivityKind.SELFIE),
        Item("drop", "drop", "Drop camera", lambda _: DeployCamera(), ActivityKind.DEPLOY_CAMERA,
             is_grave=True),
    )),
    Group("Measure", (
        Item("infrared", "infrared", "Infrared", lambda _: ReadInfrared(), ActivityKind.INFRARED),
        Item("radar", "radar", "Radar", lambda _: ListenRadar(RADAR_S), ActivityKind.RADAR),
        Item("field", "magnet", "Magnetic", lambda _: MeasureField(), ActivityKind.MAGNETOMETER),
    )),
    Group("Wheels", (
        Item("crab_left", "crab", "Crab left", lambda _: Crab(CRAB_M, -math.pi / 2),
             note="One metre sideways, the nose stays where it points."),
        Item("crab_right", "crab", "Crab right", lambda _: Crab(CRAB_M, math.pi / 2),
             note="One metre sideways, the nose stays where it points."),
        Item("creep", "creep", "Creep", lambda _: Creep(CREEP_M),
             note="Half a metre on walking wheels: slow, and it works where wheels only spin."),
        Item("creep_back", "creep", "Creep back", lambda _: Creep(-CREEP_M),
             note="Half a metre backwards on walking wheels, out of what caught them."),
        Item("body_up", "body", "Body up", lambda s: _body(s, BODY_STEP_M),
             note="Five centimetres more room over stones."),
        Item("body_down", "body", "Body down", lambda s: _body(s, -BODY_STEP_M),
             note="Five centimetres lower: steadier on slopes."),
        Item("wheel", "wheel", "Lift wheel", _next_wheel,
             note="Drive on five: the wheel that is worn most is held up, or put down again."),
    )),
    Group("Wings", (
        Item("wings_level", "wing", "Level", lambda _: SetWings(WingMode.LEVEL),
             note="The wings lie flat."),
        Item("wings_track", "power", "Track Sun", lambda _: SetWings(WingMode.TRACK),
             note="The side wings turn after the Sun: more power early and late, some for motors."),
        Item("wings_shed", "dust", "Shed dust", lambda _: SetWings(WingMode.SHED),
             note="The side wings stand up until loose dust has slid off, then lie flat again."),
    )),
    Group("Rest", (
        Item("warm_up", "heat", "Warm up", lambda _: WarmUp(WARM_S), ActivityKind.WARM_UP,
             "Half an hour of heat for cold drive motors."),
        Item("sleep", "sleep", "Sleep", lambda _: Sleep(SLEEP_S), ActivityKind.SLEEP,
             "One hour with everything off but clock, heaters and radio timer."),
        Item("hibernate", "hibernate", "Hibernate", lambda _: Hibernate(),
             note="Everything off until the wings bring enough and the battery is warm: for storms "
             "and winters, not for a night.", is_grave=True),
        Item("recover", "check", "Recover", lambda _: Recover(),
             note="Lets a rover in safe mode work again once its own checks hold."),
    )),
)  # fmt: skip


def tray_cells(setup: Setup, state: State) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Return the tray of a moment, group by group; what is not aboard is left out."""
    found = []
    for group in GROUPS:
        cells = tuple(_cell(setup, state, item) for item in group.items if is_aboard(setup, item))
        if cells:
            found.append((group.title, cells))
    return tuple(found)


def is_aboard(setup: Setup, item: Item) -> bool:
    """Say whether this rover carries what an item needs."""
    if item.kind is None or item.kind in (ActivityKind.WARM_UP, ActivityKind.SLEEP):
        return True
    return instrument_for(setup.rover.instruments, item.kind) is not None


def _cell(setup: Setup, state: State, item: Item) -> Cell:
    desk = desk_at(setup, state)
    reason = hand_refusal(setup.rover, state.rover, desk, item.command(state))
    return Cell(item, typeset(reason), effect_of(setup, item))


def effect_of(setup: Setup, item: Item) -> str:
    """Return what an item takes and brings, in one sentence."""
    if item.note or item.kind is None:
        return item.note
    tool = instrument_for(setup.rover.instruments, item.kind)
    if tool is None:
        return ""
    length_s = RADAR_S if item.kind is ActivityKind.RADAR else tool.duration_s
    used_wh = tool_energy_j(setup.rover, tool, length_s) / WH_J
    parts = [span_text(length_s), f"{max(1, round(used_wh))} Wh"]
    bits = size_bit(tool, length_s)
    if bits:
        parts.append(f"{mbit(bits)} Mbit")
    return f"{tool.title}: {', '.join(parts)}."
