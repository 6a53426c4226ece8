"""What lies in memory, in which order it goes, how far the next passes reach, what is gone.

Commands that the rover has not met yet are shown as if they had been obeyed: the page must answer
at once, and mission time stands still behind it.
"""

from dataclasses import dataclass

from game.commands import Command, Discard, MoveBefore, SetPriority, SortQueue
from game.contact import expected_bit, next_pass_here, pass_here
from game.environment.clock import lmst_h, sol_of
from game.orbiter.relay import volume_bit
from game.rover.memory import capacity_bit, used_bit
from game.rover.queue import reordered
from game.rover.storage import (
    HELD,
    Product,
    StorageSpec,
    StorageState,
    discard,
    kept_bit,
    unsent_bit,
)
from game.session import Session
from game.state import Setup, State
from game.ui.words import clock_text, mbit, product_icon
from game.units import MBIT_BIT

SHOWN_PASSES, SHOWN_HOME = 2, 40


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One product on board. `reach` names the pass that takes its last bit, if one does."""

    number: int
    icon: str
    title: str
    note: str
    size: str
    sent_frac: float
    priority: int
    worth: str
    reach: str
    is_volatile: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class PassReach:
    """A pass to come: its name, and what of the queue it can take [Mbit]."""

    name: str
    takes_mbit: float


@dataclass(frozen=True, slots=True)
class PartBar:
    """One partition of the memory [bit]."""

    name: str
    used_bit: int
    capacity_bit: int
    is_volatile: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A product that has left the queue: on its way, or home."""

    number: int
    icon: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Everything the data page shows."""

    rows: tuple[QueueRow, ...]
    passes: tuple[PassReach, ...]
    parts: tuple[PartBar, ...]
    used_frac: float
    sums: tuple[tuple[str, str], ...]
    flying: tuple[Elsewhere, ...]
    home: tuple[Elsewhere, ...]


def expected_storage(session: Session) -> StorageState:
    """Return the memory as it will be when all commands under way have been obeyed."""
    spec, state = session.setup.rover.storage, session.state
    waiting = session.log[len(session.log) - session.waiting_count :]
    commands: list[Command] = [command for _, command in state.uplink]
    commands += [entry.command for entry in waiting]
    storage = state.rover.storage
    for command in commands:
        storage = obeyed(spec, storage, command, state.tick)
    return storage


def obeyed(spec: StorageSpec, storage: StorageState, command: Command, tick: int) -> StorageState:
    """Return the memory after a command about the queue; others change nothing here."""
    match command:
        case SetPriority() | MoveBefore() | SortQueue():
            return reordered(spec, storage, command)[0]
        case Discard(product=product):
            return discard(storage, product, tick)[0]
    return storage


def queue_page(setup: Setup, state: State, storage: StorageState, tick: float) -> QueuePage:
    """Return the page."""
    passes = coming(setup, state, tick)
    return QueuePage(
        queue_rows(storage, passes),
        passes,
        part_bars(setup, storage),
        kept_bit(storage) / setup.rover.storage.capacity_bit,
        sums(storage),
        _flying(setup, storage),
        _home(storage),
    )


def coming(setup: Setup, state: State, tick: float) -> tuple[PassReach, ...]:
    """Return the pass under way and the next ones, with what may be expected of each."""
    rover, found = state.rover, []
    window = pass_here(setup, rover, int(tick))
    if window is not None:
        left_bit = volume_bit(window, int(tick), window.usable_set_tick)
        found.append(PassReach("this pass", left_bit / MBIT_BIT))
    after = int(tick)
    while len(found) < SHOWN_PASSES:
        window = next_pass_here(setup, rover, after)
        if window is None:
            break
        after = window.usable_rise_tick
        clock = clock_text(lmst_h(setup.site, after))
        sol = sol_of(setup.site, after)
        name = f"sol {sol}, {clock}"
        found.append(PassReach(name, expected_bit(setup, rover, window) / MBIT_BIT))
    return tuple(found)


def queue_rows(storage: StorageState, passes: tuple[PassReach, ...]) -> tuple[QueueRow, ...]:
    """Return the queue in its order; each row knows which pass will have taken it."""
    rows: list[QueueRow] = []
    needed = 0.0
    for product in storage.products:
        is_held = product.priority <= HELD
        reach = ""
        if not is_held:
            needed += unsent_bit(product) / MBIT_BIT
            reach = _reach(needed, passes)
        rows.append(_row(product, reach, is_held=is_held))
    return tuple(rows)


def _reach(needed_mbit: float, passes: tuple[PassReach, ...]) -> str:
    taken = 0.0
    for one in passes:
        taken += one.takes_mbit
        if needed_mbit <= taken:
            return one.name
    return "later"


def _row(product: Product, reach: str, *, is_held: bool) -> QueueRow:
    size_mbit = product.size_bit / MBIT_BIT
    note = f"sol {product.sol} · quality {100 * product.quality:.0f} %"
    return QueueRow(
        product.number,
        product_icon(product.kind),
        product.title or product.kind.replace("_", " ").capitalize(),
        note + (" · in working memory" if product.is_volatile else ""),
        f"{mbit(product.size_bit)} Mbit",
        product.sent_bit / product.size_bit,
        product.priority,
        f"{product.value / max(size_mbit, 1e-9):.1f}",
        reach,
        product.is_volatile,
        is_held,
    )


def part_bars(setup: Setup, storage: StorageState) -> tuple[PartBar, ...]:
    """Return how full each partition is."""
    spec = setup.rover.storage
    if not spec.partition:
        return (PartBar("memory", kept_bit(storage), spec.capacity_bit, False),)
    return tuple(
        PartBar(one.name, used_bit(spec, storage, one), capacity_bit(spec, one), one.is_volatile)
        for one in spec.partition
    )


def sums(storage: StorageState) -> tuple[tuple[str, str], ...]:
    """Return the account of all data: made is sent, waiting and lost."""
    waiting = sum(unsent_bit(one) for one in storage.products)
    copies = sum(receipt.product.size_bit for receipt in storage.unconfirmed)
    flying = sum(one.product.size_bit for one in storage.flying)
    return (
        ("Made", f"{mbit(storage.made_bit)} Mbit"),
        ("Waiting on board", f"{mbit(waiting)} Mbit"),
        ("Gone up", f"{mbit(storage.sent_bit)} Mbit"),
        ("of it unconfirmed", f"{mbit(copies)} Mbit"),
        ("of it on the way", f"{mbit(flying)} Mbit"),
        ("Home", f"{mbit(storage.home_bit)} Mbit"),
        ("Lost", f"{mbit(storage.lost_bit)} Mbit"),
    )


def _flying(setup: Setup, storage: StorageState) -> tuple[Elsewhere, ...]:
    copies = {receipt.product.number: receipt.due_tick for receipt in storage.unconfirmed}
    found = []
    for one in storage.flying:
        note = f"{mbit(one.product.size_bit)} Mbit · on Earth {_when(setup, one.home_tick)}"
        if one.product.number in copies:
            note += " · no receipt yet"
        found.append(_elsewhere(one.product, note))
    return tuple(found)


def _when(setup: Setup, tick: int) -> str:
    sol = sol_of(setup.site, tick)
    if sol > setup.mission.sols + 1:
        return "after the mission"
    return f"sol {sol}, {clock_text(lmst_h(setup.site, tick))}"


def _home(storage: StorageState) -> tuple[Elsewhere, ...]:
    newest = storage.home[-SHOWN_HOME:][::-1]
    return tuple(_elsewhere(one, f"sol {one.sol} · {mbit(one.sent_bit)} Mbit") for one in newest)


def _elsewhere(product: Product, note: str) -> Elsewhere:
    title = product.title or product.kind.replace("_", " ").capitalize()
    return Elsewhere(product.number, product_icon(product.kind), title, note)
