"""Short trials of faults: one rover, one piece of work, with or without a fault and its answer."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from game.commands import (
    Command,
    Drive,
    DriveTo,
    ListenRadar,
    MeasureField,
    Navigation,
    SampleAir,
    SampleSoil,
    Send,
    TakePicture,
    Turn,
    WarmUp,
)
from game.events import Event
from game.levels.open import Changes, open_level
from game.mending import Remedy
from game.orbiter.relay import next_pass
from game.rover.faults import Fault, FaultEntry, FaultKindSpec, FaultsState, Stage, kind_of
from game.rover.measuring import health_report
from game.rover.memory import store
from game.rover.records import Sight
from game.session import Session
from game.state import Setup, State
from game.telemetry import readings
from game.wheel_commands import LiftWheel
from tests.rover.desks import charged, grounded

SOL = 12
LATER_S = 300
COLD_MOTOR_K, WARM_MOTOR_K = 235.0, 268.0
WARM_BOX_K, COOL_BOX_K = 278.0, 255.0


@dataclass(frozen=True)
class Trial:
    """Commands at an hour, how long to wait, and the rover they are given to."""

    commands: tuple[Command, ...]
    wait_s: int
    hour: float = 11.0
    motor_k: float = COLD_MOTOR_K
    mast_k: float = COLD_MOTOR_K
    box_k: float = WARM_BOX_K
    battery_k: float = WARM_BOX_K
    charge_frac: float = 0.8
    heading_rad: float = math.pi
    in_pass: bool = False
    later: tuple[Command, ...] = ()  # given five minutes on


IDLE = Trial((), 600)
DRIVE = Trial((Drive(6.0),), 700)
TRIALS: dict[str, Trial] = {
    "driving": DRIVE,
    "turning": Trial((Turn(0.5),), 400),
    "led": Trial((DriveTo(0.0, -12.0, navigation=Navigation.AUTONOMOUS),), 3000),
    "day": replace(IDLE, heading_rad=0.0, hour=15.0),
    "night": Trial((), 9 * 3600, hour=20.0, box_k=243.0, battery_k=258.0),
    "always": replace(IDLE, charge_frac=1.0),
    "restarted": replace(IDLE, wait_s=80_000),
    "forgetful": replace(IDLE, wait_s=60_000),
    "warming": Trial((WarmUp(1800),), 1500, hour=3.0),
    "picture": Trial((TakePicture(math.pi),), 400, hour=7.3),
    "panorama": Trial((TakePicture(math.pi, is_panorama=True),), 3600),
    "soil": Trial((SampleSoil(),), 1800),
    "air": Trial((SampleAir(1800),), 1900, hour=11.1),
    "radar": Trial((Drive(6.0), ListenRadar(90)), 700),
    "magnetometer": Trial((MeasureField(),), 2400),
    "sending": replace(IDLE, commands=(Send(500),), wait_s=300, in_pass=True),
}
SLOW = {"receiver_deaf": replace(IDLE, wait_s=7000)}  # answers, too, are heard late
WAYS: dict[str, Callable[[Trial], Trial]] = {
    "reverse": lambda t: replace(t, commands=(Drive(-6.0),)),
    "wheel_lifted": lambda t: replace(t, commands=(LiftWheel(0),), later=t.commands, wait_s=1200),
    "by_hand": lambda t: replace(t, commands=DRIVE.commands, wait_s=DRIVE.wait_s),
    "warm_motors": lambda t: replace(t, motor_k=WARM_MOTOR_K, hour=14.0),
    "warm_mast": lambda t: replace(t, mast_k=WARM_MOTOR_K, hour=14.0),
    "cool_box": lambda t: replace(t, box_k=COOL_BOX_K),
    "bright": lambda t: replace(t, hour=12.0),
    "day": lambda t: replace(t, hour=10.0),
    "night": lambda t: replace(t, hour=1.0),
    "calm": lambda t: replace(t, hour=3.0),
    "sun_right": lambda t: replace(t, heading_rad=math.pi),
}


def trial_of(kind: FaultKindSpec) -> Trial:
    return SLOW.get(kind.name, TRIALS[kind.shows])


@lru_cache(maxsize=1)
def flown() -> Setup:
    return open_level("ninety-sols", 7).setup


def fault_of(setup: Setup, name: str, severity: float = 1.0, stage: Stage = Stage.FOUND) -> Fault:
    kind = kind_of(setup.rover.faults, name)
    place = kind.place[0] if kind.place else ""
    known = -1 if stage is Stage.HIDDEN else 0
    return Fault(1, name, severity, 0, place, stage, known)


def begin(setup: Setup, trial: Trial, fault: Fault | None) -> Session:
    """A session at the beginning of a trial."""
    state = charged(setup, grounded(setup, trial.hour, SOL), trial.charge_frac)
    rover = state.rover
    mobility = replace(rover.mobility, heading_rad=trial.heading_rad)
    thermal = replace(rover.thermal, box_k=trial.box_k, battery_k=trial.battery_k)
    if fault is not None and fault.known_tick >= 0:
        fault = replace(fault, known_tick=state.tick)
    active = () if fault is None else (fault,)
    faults = FaultsState(active, len(active))
    rover = replace(
        rover,
        mobility=mobility,
        thermal=thermal,
        motor_k=trial.motor_k,
        mast_k=trial.mast_k,
        faults=faults,
    )
    state = with_products(setup, replace(state, rover=rover))
    if trial.in_pass:
        window = next_pass(setup.orbiter, setup.site, state.tick)
        assert window is not None
        state = replace(state, tick=window.usable_rise_tick + 30)
    return Session(setup, state)


def with_products(setup: Setup, state: State) -> State:
    """A dozen reports in memory, so that there is something to send and to lose."""
    storage = state.rover.storage
    for sol in range(1, 13):
        sight = Sight(state.tick, sol, 0.0, 0.0, 0.0)
        report = health_report(setup.rover.instruments, sight)
        storage, _ = store(setup.rover.storage, storage, report, state.tick)
    return replace(state, rover=replace(state.rover, storage=storage))


def fly(
    setup: Setup, trial: Trial, fault: Fault | None, first: tuple[Command, ...] = ()
) -> tuple[State, tuple[Event, ...]]:
    """Fly a trial to its end; `first` are commands given before the others."""
    session = begin(setup, trial, fault)
    start = session.state.tick
    for command in (*first, *trial.commands):
        session.issue(command)
    events: tuple[Event, ...] = ()
    if trial.later:
        events = session.advance_to(start + LATER_S)
        for command in trial.later:
            session.issue(command)
    events = (*events, *session.advance_to(start + trial.wait_s))
    return session.state, events


def reading(
    setup: Setup, trial: Trial, channel: str, fault: Fault | None, answer: str = ""
) -> float:
    """What a channel says at the end of a trial."""
    first = (Remedy(1, answer),) if answer else ()
    state, _ = fly(setup, trial, fault, first)
    return readings(setup, state)[channel]


def ordered(*entries: FaultEntry, seed: int = 7) -> Session:
    return Session(open_level("ninety-sols", seed, None, Changes({}, faults=entries)).setup)


def faults_of(session: Session) -> tuple[Fault, ...]:
    return session.state.rover.faults.active
