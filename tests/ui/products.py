"""Products in memory and at home, and a plan: what the pages of a run have to show."""

from dataclasses import replace

from game.commands import Activity, ActivityKind
from game.rover.records import OXIDES, SoilSample
from game.rover.storage import Product
from game.state import State

SAMPLE = SoilSample("soil", (45.0,) * len(OXIDES), (0.5,) * len(OXIDES), 0.05, 0.0, 0.005, 0.1, 240)


def product(number: int, size_mbit: float, value: float) -> Product:
    return Product(
        "soil", f"Sample {number}", 600_000 + number, 8, int(size_mbit * 1e6), 5, 0.0, 0.0, 0.0,
        0.0, 0.0, 0.9, value, SAMPLE, number
    )  # fmt: skip


def with_products(state: State) -> State:
    made = tuple(product(500 + k, 10.0 * (k + 1), 50.0) for k in range(4))
    storage = replace(
        state.rover.storage,
        products=made,
        home=state.rover.storage.home.plus((product(400, 5, 80),)),
    )
    tick = state.tick + 4000
    plan = tuple(
        Activity(number, ActivityKind.AIR, tick + 8000 * number, 1800) for number in (1, 2)
    )
    sequencer = replace(state.rover.sequencer, plan=plan)
    return replace(state, rover=replace(state.rover, storage=storage, sequencer=sequencer))
