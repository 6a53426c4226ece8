"""Readings of the newest things: what the last drive cost, how good the last product is."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from game.rover.gear import MobilityState
from game.rover.measuring import HEALTH
from game.rover.records import AirSample, SoilSample
from game.rover.storage import Product, StorageState

R = TypeVar("R", SoilSample, AirSample)


def drive_j_m(wheels: MobilityState) -> float:
    """Energy for each metre of the drive under way, or of the last one; zero without any [J/m]."""
    return wheels.drive_energy_j / wheels.drive_odometer_m if wheels.drive_odometer_m else 0.0


def newest_quality_frac(storage: StorageState) -> float:
    """Quality of the newest product that tells of the world; zero if there is none [-]."""
    known = [one for one in _products(storage) if one.kind != HEALTH]
    return max(known, key=lambda one: one.number).quality if known else 0.0


def newest(storage: StorageState, kind: type[R], read: Callable[[R], float]) -> float:
    """Read something of the newest record of a kind; zero if there is none."""
    found = [(one.number, one.record) for one in _products(storage)]
    records = [(number, record) for number, record in found if isinstance(record, kind)]
    return float(read(max(records, key=lambda item: item[0])[1])) if records else 0.0


def _products(storage: StorageState) -> Iterator[Product]:
    yield from storage.products
    yield from (one.product for one in storage.flying)
    yield from storage.home
