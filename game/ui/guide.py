"""The first minute: which one action is lit, and what to say about it."""

from dataclasses import dataclass

from game.contact import is_heard
from game.rover.storage import HELD, Product
from game.state import Setup, State
from game.ui.actions import refusal_for
from game.ui.model import pictures

FIRST_DRIVE_M = 4.0


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
    plan_key: str,
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
    has_soil = any(p.kind == "soil" for p in _all(state))
    if not has_soil:
        return Step("soil", "Soil shoots the laser at the ground ahead. Then plan the sol: "
                    f"{plan_key}.")  # fmt: skip
    return None


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
