"""The machine: what it is, how it stands, and what surrounds it during one step."""

from dataclasses import dataclass

from game.commands import ActivityKind
from game.rover.deck import START_DECK, DeckState
from game.rover.faults import FaultsSpec, FaultsState
from game.rover.gear import MobilitySpec, MobilityState
from game.rover.heat import ThermalSpec, ThermalState
from game.rover.instruments import InstrumentsSpec
from game.rover.ledger import Books
from game.rover.meters import RoverMeters
from game.rover.modes import WORKING, BusSpec, Mode, SafeState
from game.rover.motors import MotorSpec
from game.rover.power import PowerSpec, PowerState
from game.rover.radio import RadioSpec, RadioState
from game.rover.sequencer import Running, SequencerSpec, SequencerState
from game.rover.storage import StorageSpec, StorageState

FIRST_SAFE, NO_BOOKS, NO_FAULTS = SafeState(), Books(), FaultsState()


@dataclass(frozen=True, slots=True)
class RoverSpec:
    """Everything about the machine that never changes; `start_...` is at touchdown."""

    mobility: MobilitySpec
    power: PowerSpec
    thermal: ThermalSpec
    storage: StorageSpec
    radio: RadioSpec
    instruments: InstrumentsSpec
    sequencer: SequencerSpec
    bus: BusSpec
    motors: MotorSpec
    mast: MotorSpec
    faults: FaultsSpec
    start_charge_frac: float
    start_clear_frac: float
    start_box_k: float
    start_outside_k: float


@dataclass(frozen=True, slots=True)
class RoverState:
    """Everything about the machine that changes.

    `motor_k` and `mast_k` are of the drive motors and of the mast's. `safe` tells of the last safe
    mode, `books` where the energy went by sols. `track` holds the places where the wheels have
    been, east and north of the lander, one about every half metre. [m]
    """

    mode: Mode
    mobility: MobilityState
    power: PowerState
    thermal: ThermalState
    storage: StorageState
    radio: RadioState
    sequencer: SequencerState
    meters: RoverMeters
    motor_k: float
    mast_k: float
    safe: SafeState = FIRST_SAFE
    books: Books = NO_BOOKS
    track: tuple[tuple[float, float], ...] = ()
    deck: DeckState = START_DECK
    faults: FaultsState = NO_FAULTS


def night_sending_w(spec: RoverSpec) -> float:
    """Power of sending beyond that of sleep: the transmitter, and a computer awake for it [W]."""
    return spec.radio.send_w + spec.bus.awake_w - spec.bus.sleep_w


def is_powered(state: RoverState) -> bool:
    """Say whether the computer is alive and free to work."""
    return state.mode in WORKING


def running_kind(running: Running | None) -> ActivityKind | None:
    """Return what kind of activity runs in a lane."""
    return None if running is None else running.activity.kind


def is_busy(state: RoverState, tick: int) -> bool:
    """Say whether an activity runs, or a command by hand keeps the computer up at this tick."""
    sequence = state.sequencer
    return (
        sequence.main is not None
        or sequence.radio is not None
        or sequence.wings is not None
        or (tick > 0 and sequence.awake_until_tick > tick)
    )
