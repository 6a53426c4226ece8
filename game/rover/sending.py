"""Radio and memory at work together: what goes up in a step, and which receipts come down."""

from game.events import ProductConfirmed
from game.rover.measuring import HEALTH
from game.rover.memory import has_volatile, settled
from game.rover.radio import (
    RadioSpec,
    RadioState,
    RadioUse,
    RadioWish,
    direct_bit,
    ready_tick,
    sent_by,
    step_radio,
)
from game.rover.scene import Scene
from game.rover.storage import StorageSpec, StorageState, acknowledged, has_waiting, send


def run_radio(
    spec: RadioSpec, state: RadioState, storage: StorageState, scene: Scene, *, is_wanted: bool
) -> tuple[RadioState, RadioUse]:
    """Switch the radio on or off and tell what it uses."""
    if not is_wanted and state.on_tick < 0:
        return state, RadioUse(0.0, 0.0, scene.end_tick)
    wish = RadioWish(
        is_wanted=is_wanted,
        is_heard=scene.is_heard or scene.is_direct,
        has_waiting=has_waiting(storage, HEALTH if scene.is_direct else ""),
        is_direct=scene.is_direct,
    )
    return step_radio(spec, state, wish, scene.tick, scene.end_tick)


def exchange(
    specs: tuple[RadioSpec, StorageSpec],
    storage: StorageState,
    state: RadioState,
    scene: Scene,
    use: RadioUse,
) -> tuple[StorageState, RadioState, tuple[ProductConfirmed, ...]]:
    """Send what the step has room for, then free the memory of what has been confirmed."""
    spec, memory = specs
    if state.on_tick < 0:
        return storage, state, ()
    if use.from_tick < scene.end_tick:
        storage, state = _sent(spec, storage, state, scene, use.from_tick)
    is_warm = ready_tick(spec, state, scene.tick) <= scene.end_tick
    if not storage.unconfirmed or not is_warm or not (scene.is_heard or scene.is_direct):
        return storage, state, ()
    storage, confirmed = acknowledged(storage, scene.end_tick)
    if confirmed and has_volatile(storage):
        storage = settled(memory, storage)
    return storage, state, confirmed


def _sent(
    spec: RadioSpec, storage: StorageState, state: RadioState, scene: Scene, from_tick: int
) -> tuple[StorageState, RadioState]:
    if scene.is_direct:
        slow_bit = direct_bit(spec, from_tick, scene.end_tick)
        storage, sent_bit = send(storage, slow_bit, scene.road, HEALTH)
        return storage, sent_by(state, sent_bit, 0) if sent_bit else state
    whole_bit = scene.budget_bit(from_tick, scene.end_tick)
    repeat_bit = scene.repeat_bit(from_tick, scene.end_tick)
    storage, sent_bit = send(storage, whole_bit, scene.road)
    if sent_bit < whole_bit:  # the queue ran empty: less went up, so less was lost
        repeat_bit = repeat_bit * sent_bit // whole_bit
    return storage, sent_by(state, sent_bit, repeat_bit) if sent_bit or repeat_bit else state
