"""What a careful crew does about faults: look for causes, then give the best answer."""

from game.mending import Remedy
from game.rover.faults import Stage, kind_of
from game.state import Setup, State


def is_puzzled(state: State) -> bool:
    """Say whether readings are strange and nobody knows why."""
    return any(fault.stage is Stage.SYMPTOM for fault in state.rover.faults.active)


def remedies(setup: Setup, state: State) -> tuple[Remedy, ...]:
    """Return the best answer to every fault that is known and has none yet."""
    found: list[Remedy] = []
    for fault in state.rover.faults.active:
        if fault.stage is not Stage.FOUND or fault.answers:
            continue
        able = [one for one in kind_of(setup.rover.faults, fault.kind).answer if not one.when]
        if able:
            best = max(able, key=lambda one: (one.is_cure, one.ease_frac))  # the first of equals
            found.append(Remedy(fault.number, best.name))
    return tuple(found)
