"""The actions of the bar: the command behind each, why not, and what it does to dawn."""

from dataclasses import dataclass

from game.commands import (
    ActivityKind,
    Command,
    Discard,
    Drive,
    DriveTo,
    MoveBefore,
    RollOff,
    SampleAir,
    SampleSoil,
    Send,
    SetPriority,
    SortQueue,
    Stop,
    TakePicture,
    Turn,
    UplinkPlan,
)
from game.contact import is_heard, next_pass_here, pass_here, uplink_tick
from game.environment.clock import lmst_h, sol_of
from game.forecast import Forecast
from game.mission.outlook import FULL_FRAC
from game.mission.rules_of_flight import FlightRules
from game.rover.hand import hand_refusal
from game.rover.instruments import instrument_for
from game.rover.sequencer import all_running
from game.simulation import desk_at
from game.state import Setup, State
from game.ui.facts.power import tool_energy_j
from game.ui.hud_parts import ActionCell
from game.ui.input import Keymap
from game.ui.words import clock_text, percent, typeset
from game.units import WH_J

AIR_S = 1800
PROBE_M = 1.0
CELLS = (
    ("drive", "drive", "Drive", ActivityKind.DRIVE),
    ("picture", "look", "Picture", ActivityKind.PICTURE),
    ("soil", "touch", "Soil", ActivityKind.SOIL),
    ("air", "air", "Air", ActivityKind.AIR),
    ("send", "radio", "Send", ActivityKind.SEND),
    ("stop", "stop", "Stop", None),
    ("more", "dots", "More", None),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """What the actions are judged by."""

    setup: Setup
    rules: FlightRules
    state: State
    forecast: Forecast | None
    keymap: Keymap


def command_for(name: str, setup: Setup, state: State) -> Command:
    """Return the command of an action pressed now."""
    match name:
        case "drive":
            return RollOff() if state.rover.mobility.is_on_lander else Drive(PROBE_M)
        case "picture":
            return TakePicture(state.rover.mobility.heading_rad)
        case "soil":
            return SampleSoil()
        case "air":
            return SampleAir(AIR_S)
        case "send":
            window = pass_here(setup, state.rover, state.tick)
            left_s = 600 if window is None else window.usable_set_tick - state.tick
            return Send(max(60, left_s))
    return Stop()


def action_of(command: Command) -> str:
    """Return the action of the bar that a command belongs to, or nothing."""
    match command:
        case Drive() | DriveTo() | RollOff() | Turn():
            return "drive"
        case TakePicture():
            return "picture"
        case SampleSoil():
            return "soil"
        case SampleAir():
            return "air"
        case Send():
            return "send"
        case Stop():
            return "stop"
        case UplinkPlan() | SetPriority() | MoveBefore() | SortQueue() | Discard():
            return ""
    return "more"


def refusal_for(name: str, setup: Setup, state: State) -> str:
    """Say why an action cannot be done now, or nothing."""
    if name == "more":
        return ""
    if name == "stop":
        return "" if all_running(state.rover.sequencer) else "Nothing is running."
    if name == "send" and not is_heard(setup, state.rover, state.tick):
        coming = next_pass_here(setup, state.rover, state.tick)
        if coming is None:
            return "No orbiter will pass within the next sols."
        clock = clock_text(lmst_h(setup.site, coming.usable_rise_tick))
        return f"The orbiter is below the horizon; it rises at {clock}. Plan a Send for then."
    command = command_for(name, setup, state)
    return hand_refusal(setup.rover, state.rover, desk_at(setup, state), command)


def travel_words(setup: Setup, state: State, command: Command) -> str:
    """Say when a command that is given now reaches the rover, if that is not at once.

    Orders to the wheels come with every press of a key; nobody wants to be told each time.
    """
    if isinstance(command, Drive | Turn):
        return ""
    arrival = uplink_tick(setup, state.rover, state.tick)
    if arrival is None or arrival <= state.tick:
        return ""
    clock = clock_text(lmst_h(setup.site, arrival))
    return f"On its way; it reaches the rover on sol {sol_of(setup.site, arrival)} at {clock}."


def action_cells(bench: Bench, lit: str) -> tuple[ActionCell, ...]:
    """Return the action bar."""
    main = bench.state.rover.sequencer.main
    radio = bench.state.rover.sequencer.radio
    running = {one.activity.kind for one in (main, radio) if one is not None}
    cells: list[ActionCell] = []
    for name, icon, word, kind in CELLS:
        is_running = kind in running or (name == "drive" and ActivityKind.ROLL_OFF in running)
        reason = "" if is_running else typeset(refusal_for(name, bench.setup, bench.state))
        cells.append(
            ActionCell(
                name,
                icon,
                word,
                bench.keymap.key_of("forward" if name == "drive" else name),
                reason,
                _effect(bench, name, kind),
                name == lit and not reason,
                is_running,
            )
        )
    return tuple(cells)


def _effect(bench: Bench, name: str, kind: ActivityKind | None) -> str:
    """Return what an action does to the charge at dawn, in words."""
    if name == "more":
        return "What else the rover can do: other instruments, wheels, wings."
    if kind is None:
        return "Ends whatever is running, at once."
    if kind is ActivityKind.DRIVE:
        return "Hold the arrow keys to drive, or press and click a place on the ground."
    used_j, words = _use(bench, kind)
    dawn = _dawn(bench.forecast)
    if dawn is None:
        return words
    if _fills_up(bench.forecast):
        return f"{words} Dawn stays at {percent(dawn)}: the battery fills up anyway."
    after = max(0.0, dawn - used_j / bench.rules.capacity_j)
    return f"{words} Dawn {percent(dawn)} → {percent(after)}."


def _use(bench: Bench, kind: ActivityKind) -> tuple[float, str]:
    spec = bench.setup.rover
    awake_w = spec.bus.awake_w - spec.bus.standby_w
    tool = instrument_for(spec.instruments, kind)
    if tool is None:
        used_j = (spec.radio.send_w + awake_w) * 600
        return used_j, f"Ten minutes cost {used_j / WH_J:.0f} Wh."
    seconds = AIR_S if kind is ActivityKind.AIR else tool.duration_s
    used_j = tool_energy_j(spec, tool, seconds)
    return used_j, f"{seconds / 60:.0f} minutes, {max(1, round(used_j / WH_J))} Wh."


def _dawn(forecast: Forecast | None) -> float | None:
    if forecast is None or not len(forecast.charge_frac):
        return None
    return float(forecast.charge_frac[-1])


def _fills_up(forecast: Forecast | None) -> bool:
    return forecast is not None and bool((forecast.charge_frac[1:] >= FULL_FRAC).any())
