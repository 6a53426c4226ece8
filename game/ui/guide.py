"""The first minute: which one action is lit, and what to say about it."""

from dataclasses import dataclass

from game.contact import is_heard
from game.rover.storage import HELD, Product
from game.state import Setup, State
from game.ui.actions import refusal_for
from game.ui.model import pictures
from game.units import SOL_S

FIRST_DRIVE_M = 4.0
FIRST_SOLS = 1.5  # from the opening


@dataclass(frozen=True, slots=True)
class Step:
    """The lit action and its sentence; after the first steps time goes on meanwhile."""

    action: str
    words: str
    is_first: bool = True


def step_of(
    state: State,
    drive_key: str,
    picture_key: str,
    *,
    is_at_edge: bool = False,
    passing: str = "",
) -> Step | None:
    """Return the step a newcomer is at; None when the first steps are done.

    At the edge of what cameras have seen, a picture is the way on, then and always. `passing` is
    the goal whose ground the wheels are on, which counts when they stop.
    """
    place = state.rover.mobility
    if place.is_on_lander:
        return Step("drive", f"Hold {drive_key} to roll off the ramp.")
    if passing:
        return Step("stop", f"{passing}: stop here, and the goal is reached.", is_first=False)
    kinds = {p.kind for p in pictures(state)}
    if not kinds and place.odometer_m < FIRST_DRIVE_M:
        return Step("drive", f"Hold {drive_key} to drive on; {_left(place.odometer_m)} to go.")
    if not kinds:
        return Step("picture", f"Press {picture_key} and look at what is before you.")
    if is_at_edge:
        words = f"The ground ahead is still unseen: press {picture_key} for a picture, then "
        return Step("picture", f"{words}hold {drive_key} to drive on.", is_first=False)
    return None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the later steps, as the player has set them."""

    soil: str
    plan: str
    next_event: str
    dawn: str


def later_step(setup: Setup, state: State, keys: Keys, *, has_planned: bool) -> Step | None:
    """Return what a newcomer may do next, while nothing is under way; only on the first sols.

    Touch the ground, plan a sol, and let time run: each is said until it has been done once, and
    for the first two time waits, unless the player sets another pace.
    """
    rover = state.rover
    is_busy = rover.sequencer.main is not None or rover.mobility.drive is not None
    if is_busy or state.tick - setup.opening_tick > FIRST_SOLS * SOL_S:
        return None
    if not any(p.kind == "soil" for p in _all(state)):
        words = f"Press {keys.soil}: the laser tells what the ground ahead is made of."
        return Step("soil", words)
    if not has_planned:
        words = (
            f"Press {keys.plan} to plan the sol. What you spend by day, the night does not have: "
            "watch the charge at dawn."
        )
        return Step("plan", words)
    words = f"Nothing to do now? {keys.next_event} goes to the next event, {keys.dawn} to dawn."
    return Step("wait", words, is_first=False)


def sending_step(setup: Setup, state: State, send_key: str) -> Step | None:
    """Return the step that an open pass asks for while data wait; the first time waits for it."""
    storage = state.rover.storage
    waits = any(product.priority > HELD for product in storage.products)
    if not waits or state.rover.sequencer.radio is not None:
        return None
    if not is_heard(setup, state.rover, state.tick) or refusal_for("send", setup, state):
        return None
    words = f"Press {send_key}: the orbiter hears you, and data wait."
    sent = (*storage.home, *(one.product for one in storage.flying))
    is_first = all(product.made_tick < setup.opening_tick for product in sent)
    return Step("send", words, is_first=is_first)


def _left(driven_m: float) -> str:
    return f"{max(0.0, FIRST_DRIVE_M - driven_m):.0f} m"


def _all(state: State) -> tuple[Product, ...]:
    storage = state.rover.storage
    return (*storage.products, *(one.product for one in storage.flying), *storage.home)
