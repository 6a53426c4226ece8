"""The rover's radio: warming up, sending while an activity wants it, and the slow line to Earth.

Use, once a quantum: `state, use = step_radio(spec, state, wish, start_tick, end_tick)` where
`RadioWish` says whether an activity wants to send, whether the orbiter hears and whether anything
waits. `use.power_w` is the mean load; bits flow from `use.from_tick` to `end_tick`, so the budget
is `relay.volume_bit(window, use.from_tick, end_tick)`: the same however time is split.
Before the relay is on station, `direct_bit(spec, from_tick, end_tick)` is the budget for
housekeeping while Earth is up.
"""

from dataclasses import dataclass
from typing import NamedTuple

from game.changes import changed


@dataclass(frozen=True, slots=True)
class RadioSpec:
    """Loads and times of the transmitters.

    `listen_w` while on without sending, `send_w` while sending to the orbiter, `warm_up_s` before
    the first bit, `antenna_m` above the ground, `direct_w` and `direct_bit_s` of the line straight
    to Earth, `direct_elevation_deg` the least height of Earth for it.
    """

    listen_w: float
    send_w: float
    heat_frac: float
    warm_up_s: int
    antenna_m: float
    direct_w: float
    direct_bit_s: int
    direct_elevation_deg: float

    def __post_init__(self) -> None:
        if min(self.listen_w, self.send_w, self.direct_w, self.warm_up_s, self.direct_bit_s) < 0:
            raise ValueError("loads, times and rates of the radio must not be negative")
        if not 0.0 <= self.antenna_m <= 10.0:
            raise ValueError(f"antenna_m must be from 0 to 10, not {self.antenna_m}")
        if not 0.0 <= self.heat_frac <= 1.0:
            raise ValueError(f"heat_frac must be from 0 to 1, not {self.heat_frac}")


@dataclass(frozen=True, slots=True)
class RadioState:
    """`on_tick` is when the radio was switched on, -1 while it is off.

    `pass_sent_bit` and `pass_repeated_bit` are what has gone up since the window opened, and what
    of it had to be sent again; `repeated_bit` is the sum of the mission. `gain_db` is how much
    stronger than built the transmitter is: below zero when it is weak.
    """

    on_tick: int = -1
    pass_sent_bit: int = 0
    pass_repeated_bit: int = 0
    repeated_bit: int = 0
    gain_db: float = 0.0


class RadioWish(NamedTuple):
    """What the rover asks of the radio in this quantum."""

    is_wanted: bool
    is_heard: bool
    has_waiting: bool
    is_direct: bool = False


class RadioUse(NamedTuple):
    """Mean load over the quantum, heat in the box, and when bits begin to flow."""

    power_w: float
    heat_w: float
    from_tick: int


def ready_tick(spec: RadioSpec, state: RadioState, tick: int) -> int:
    """Return when the first bit can flow if the radio is on, or is switched on now [s]."""
    return (tick if state.on_tick < 0 else state.on_tick) + spec.warm_up_s


def step_radio(
    spec: RadioSpec, state: RadioState, wish: RadioWish, start_tick: int, end_tick: int
) -> tuple[RadioState, RadioUse]:
    """Advance the radio by one quantum."""
    if not wish.is_wanted:
        return changed(state, on_tick=-1), RadioUse(0.0, 0.0, end_tick)
    on_tick = start_tick if state.on_tick < 0 else state.on_tick
    from_tick = end_tick
    if wish.is_heard and wish.has_waiting:
        from_tick = min(max(start_tick, on_tick + spec.warm_up_s), end_tick)
    sending_frac = (end_tick - from_tick) / (end_tick - start_tick)
    send_w = spec.direct_w if wish.is_direct else spec.send_w
    power_w = spec.listen_w + (send_w - spec.listen_w) * sending_frac
    if on_tick != state.on_tick:
        state = changed(state, on_tick=on_tick)
    return state, RadioUse(power_w, power_w * spec.heat_frac, from_tick)


def sent_by(state: RadioState, sent_bit: int, repeated_bit: int) -> RadioState:
    """Add what has gone up, and what had to go twice, to the sums of the pass."""
    return changed(
        state,
        pass_sent_bit=state.pass_sent_bit + sent_bit,
        pass_repeated_bit=state.pass_repeated_bit + repeated_bit,
        repeated_bit=state.repeated_bit + repeated_bit,
    )


def direct_bit(spec: RadioSpec, start_tick: int, end_tick: int) -> int:
    """Return what the line straight to Earth carries from one tick to another [bit]."""
    return spec.direct_bit_s * (end_tick - start_tick)


def sending_energy_j(spec: RadioSpec, duration_s: float) -> float:
    """Energy of sending for so long, warm-up included: shown before a pass is chosen [J]."""
    return spec.listen_w * spec.warm_up_s + spec.send_w * duration_s
