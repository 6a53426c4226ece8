"""A machine with faults: the same specs with some numbers changed, and what no spec holds.

`afflicted(spec, strains)` is what the step runs on. It is worked out once for each set of strains
and remembered; a rover without faults runs on its own specs and pays nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from game.environment.surroundings import Surroundings
from game.rover.faults import AnswerSpec, EffectSpec, Fault, FaultKindSpec, answer_of, kind_of
from game.rover.gear import SIX_DRIVEN, WheelHealth
from game.rover.rover import RoverSpec
from game.rover.storage import Product

BEYOND = "beyond"
PLACE, NAME = "{place}", "{name}"  # in a path: number and name of the place in its kind


@dataclass(frozen=True, slots=True)
class Beyond:
    """What faults do that no spec holds; the numbers here are those of a sound rover.

    radio_gain_db : Strength of the transmitter against its best. [dB]
    clock_s : How far the rover's clock is ahead. [s]
    command_delay_s : How long commands wait until they are heard. [s]
    restarts_1_sol, losses_1_sol : Computer restarts, and products that rot in memory. [1/sol]
    veer_rad_s : Turn that the rover does not feel while it drives. [rad/s]
    pressure_bias_pa, air_bias_k, wind_gain_frac : Errors of the weather station.
    wing_0_deg, wing_1_deg : Angles at which the left and the right wing are stuck; 0 is not. [deg]
    wheel_0 ... wheel_5 : How a wheel resists: from 0.5 its motor does not drive it, from 1.5 it
        does not turn. [-]
    quality_... : Factor on the quality of what an instrument brings. [-]
    """

    radio_gain_db: float = 0.0
    clock_s: float = 0.0
    command_delay_s: float = 0.0
    restarts_1_sol: float = 0.0
    losses_1_sol: float = 0.0
    veer_rad_s: float = 0.0
    pressure_bias_pa: float = 0.0
    air_bias_k: float = 0.0
    wind_gain_frac: float = 1.0
    wing_0_deg: float = 0.0
    wing_1_deg: float = 0.0
    wheel_0: float = 0.0
    wheel_1: float = 0.0
    wheel_2: float = 0.0
    wheel_3: float = 0.0
    wheel_4: float = 0.0
    wheel_5: float = 0.0
    quality_picture: float = 1.0
    quality_panorama: float = 1.0
    quality_multispectral: float = 1.0
    quality_soil: float = 1.0
    quality_infrared: float = 1.0
    quality_radar: float = 1.0
    quality_magnetometer: float = 1.0
    quality_air: float = 1.0


SOUND = Beyond()


@dataclass(frozen=True, slots=True)
class Machine:
    """The rover as it is: specs as the faults leave them, and what lies beyond them."""

    rover: RoverSpec
    beyond: Beyond = SOUND


class Strain(NamedTuple):
    """One fault as the machine feels it: its kind, how bad, what eases it now, and where it is."""

    kind: str
    severity: float
    answers: tuple[str, ...]
    place: str = ""


class _Same:
    """A spec as a key of memory: the same object, not an equal one; hashing specs is slow."""

    __slots__ = ("spec",)

    def __init__(self, spec: RoverSpec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.spec is self.spec


def afflicted(spec: RoverSpec, strains: tuple[Strain, ...]) -> Machine:
    """Return the machine under these strains."""
    return _afflicted(_Same(spec), strains) if strains else Machine(spec)


def strain_of(fault: Fault, eased_by: tuple[str, ...]) -> Strain:
    """Return a fault as the machine feels it; `eased_by` are ways of working that help now."""
    return Strain(fault.kind, fault.severity, (*fault.answers, *eased_by), fault.place)


@lru_cache(maxsize=64)
def _afflicted(same: _Same, strains: tuple[Strain, ...]) -> Machine:
    machine = Machine(same.spec)
    for strain in strains:
        kind = kind_of(same.spec.faults, strain.kind)
        answers = answers_in_force(kind, strain.answers)
        left = strain.severity
        for answer in answers:
            left *= 1.0 - answer.ease_frac
        effects = next((one.instead for one in reversed(answers) if one.instead), kind.effect)
        machine = _changed_by(machine, placed(kind, effects, strain.place), left)
        for answer in answers:
            machine = _changed_by(machine, placed(kind, answer.cost, strain.place), 1.0)
    return machine


def placed(
    kind: FaultKindSpec, effects: tuple[EffectSpec, ...], place: str
) -> tuple[EffectSpec, ...]:
    """Return effects with number and name of a place put into their paths."""
    if place not in kind.place:
        return effects
    number = str(kind.place.index(place))
    return tuple(
        replace(one, path=one.path.replace(PLACE, number).replace(NAME, place)) for one in effects
    )


def wheels_left(beyond: Beyond) -> tuple[WheelHealth, ...]:
    """Return what faults leave of the six wheels."""
    drags = (
        *(beyond.wheel_0, beyond.wheel_1, beyond.wheel_2),
        *(beyond.wheel_3, beyond.wheel_4, beyond.wheel_5),
    )
    if not any(drags):
        return SIX_DRIVEN
    return tuple(_health(drag) for drag in drags)


def _health(drag: float) -> WheelHealth:
    if drag >= 1.5:
        return WheelHealth.LOCKED
    return WheelHealth.FREE if drag >= 1 / 2 else WheelHealth.DRIVEN


def answers_in_force(kind: FaultKindSpec, names: Iterable[str]) -> tuple[AnswerSpec, ...]:
    """Return answers by their names."""
    return tuple(found for name in names if (found := answer_of(kind, name)) is not None)


def _changed_by(machine: Machine, effects: tuple[EffectSpec, ...], share: float) -> Machine:
    if share <= 0.0 or not effects:
        return machine
    paths = [(tuple(effect.path.split(".")), effect) for effect in effects]
    beyond = [(path[1:], effect) for path, effect in paths if path[0] == BEYOND]
    inside = [(path, effect) for path, effect in paths if path[0] != BEYOND]
    return Machine(_changed(machine.rover, inside, share), _changed(machine.beyond, beyond, share))


def _changed(thing: Any, paths: list[tuple[tuple[str, ...], EffectSpec]], share: float) -> Any:
    """Return a spec with the numbers at the ends of paths changed, those of one spec at once."""
    if not paths:
        return thing
    if not paths[0][0]:
        for _, effect in paths:
            value = thing * (1.0 + share * (effect.times - 1.0)) + share * effect.plus
            thing = round(value) if type(thing) is int else value
        return thing
    below = {
        head: [(path[1:], effect) for path, effect in paths if path[0] == head]
        for head in dict.fromkeys(path[0] for path, _ in paths)
    }
    if isinstance(thing, tuple):
        return tuple(_changed(one, below.get(one.name, []), share) for one in thing)
    parts = {head: _changed(getattr(thing, head), rest, share) for head, rest in below.items()}
    return replace(thing, **parts)


def path_problem(spec: RoverSpec, path: str) -> str:
    """Say why a path leads to no number; empty if it does."""
    thing: Any = SOUND if path.startswith(f"{BEYOND}.") else spec
    parts = path.split(".")
    for part in parts[1:] if thing is SOUND else parts:
        if isinstance(thing, tuple):
            thing = next((one for one in thing if getattr(one, "name", "") == part), None)
        elif is_dataclass(thing) and part in {field.name for field in fields(thing)}:
            thing = getattr(thing, part)
        else:
            thing = None
        if thing is None:
            return f"{path!r} leads nowhere: there is no {part!r}"
    return "" if type(thing) in (int, float) else f"{path!r} is no number"


def sensed(beyond: Beyond, felt: Surroundings) -> Surroundings:
    """Return what the weather station reads, its errors included."""
    if beyond is SOUND:
        return felt
    return felt._replace(
        pressure_pa=felt.pressure_pa + beyond.pressure_bias_pa,
        air_k=felt.air_k + beyond.air_bias_k,
        wind_m_s=felt.wind_m_s * beyond.wind_gain_frac,
    )


def as_made(beyond: Beyond, product: Product) -> Product:
    """Return a product as the faulty instrument brings it: worth less where it is worse."""
    factor = getattr(beyond, f"quality_{product.kind}", 1.0)
    if factor == 1.0:
        return product
    return replace(product, quality=product.quality * factor, value=product.value * factor)
