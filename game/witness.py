"""What a run ahead meets on its way that may come otherwise: products, sendings, drives."""

import math
from collections.abc import Iterable

import numpy as np

from game.commands import ActivityKind
from game.contact import heard_pass, orbiter_of
from game.events import Event, ProductStored
from game.mission.data_outlook import Parcel, Sending
from game.mission.drive_outlook import Stand, Trip
from game.orbiter.fading import lost_bits, mean_fades, repeat_bit
from game.orbiter.relay import Pass, rate_at_bit_s, volume_bit
from game.rover.drive import DriveKind, Phase
from game.rover.estimate import variance_m2
from game.rover.guiding import pace_of
from game.rover.machine import RoverState, is_powered
from game.rover.packing import ratio_sigma
from game.rover.preview import slipping_frac
from game.rover.radio import ready_tick
from game.rover.records import ThumbnailRecord
from game.rover.storage import HELD, Product
from game.state import Setup, State

_LOOKS = (Phase.LOOK, Phase.CHECK)


class Witness:
    """Follows a run step by step. Lives and dies with one forecast.

    Parameters
    ----------
    setup : Setup
        The world as it is: how much it scatters.
    state : State
        Where the run begins; what lies in memory is known to the bit.
    """

    def __init__(self, setup: Setup, state: State) -> None:
        self._setup = setup
        storage = state.rover.storage
        known = (*(one.product for one in storage.unconfirmed), *storage.products)
        self.parcels = [_known(product) for product in known]
        self._sent: list[tuple[Pass, int, int]] = []
        self._rover = state.rover
        self._place = state.rover.mobility
        self.trip: Trip | None = None
        self._is_driving = False

    def see(self, before: State, after: State) -> None:
        """Look at one step."""
        self._rover = after.rover
        if before.rover.sequencer.radio is not None or after.rover.sequencer.radio is not None:
            self._see_radio(before.tick, after)
        if before.rover.mobility.drive is not None or after.rover.mobility.drive is not None:
            self._see_drive(before, after)

    def hear(self, events: Iterable[Event], after: RoverState) -> None:
        """Take note of what was made."""
        for event in events:
            if isinstance(event, ProductStored):
                made = next((p for p in after.storage.products if p.number == event.product), None)
                if made is not None:
                    self.parcels.append(self._made(made))

    def stand(self) -> Stand:
        """Return where the last drive leaves the rover, and how far off it may truly be.

        The doubt is that of the start, and what the way adds to it; what corrects the belief later
        moves no wheel.
        """
        return Stand(self._place.x_m, self._place.y_m, variance_m2(self._place.estimate))

    def sendings(self, luck: tuple[np.ndarray, np.ndarray]) -> list[Sending]:
        """Return what the link of each member carries, and last the expected one [bit].

        Parameters
        ----------
        luck : tuple of ndarray
            Standard normal numbers: of whole passes and of single seconds, shape (passes, members).
        """
        found, site = [], self._setup.site
        spec = orbiter_of(self._setup, self._rover)
        for number, (window, start, end) in enumerate(self._sent):
            row = number % luck[0].shape[0]
            whole = float(volume_bit(window, start, end))
            pair = (luck[0][row], luck[1][row])
            lost = lost_bits(spec, site, window, (start, end), pair)
            usual = repeat_bit(mean_fades(spec, site, window), start, end)
            carried = whole - np.append(lost, usual)
            found.append(Sending(start, end, carried, float(rate_at_bit_s(window, end - 1))))
        return found

    def _see_radio(self, tick: int, after: State) -> None:
        rover = after.rover
        if rover.radio.on_tick < 0 or not is_powered(rover):
            return
        window = heard_pass(self._setup, rover, tick)
        start = max(tick, ready_tick(self._setup.rover.radio, rover.radio, tick))
        if window is None or start >= after.tick:
            return
        if self._sent and self._sent[-1][0] == window and self._sent[-1][2] == start:
            start = self._sent.pop()[1]
        self._sent.append((window, start, after.tick))

    def _see_drive(self, before: State, after: State) -> None:
        old, new = before.rover.mobility, after.rover.mobility
        drive = old.drive or new.drive
        assert drive is not None
        self._place = new
        if drive.kind is not DriveKind.GOTO:
            return
        trip = self.trip if self._is_driving else None
        self._is_driving = new.drive is not None
        gear = self._setup.rover.mobility
        if trip is None:
            main = after.rover.sequencer.main or before.rover.sequencer.main
            limit = main.ends_tick if main is not None else after.tick
            check_s = pace_of(gear.navigation, drive.navigation).check_s
            trip = Trip(before.tick, 0, limit, 0.0, 0.0, 0.0, 0.0, check_s, 0.0)
        seconds, way_m = float(after.tick - before.tick), new.odometer_m - old.odometer_m
        phase = old.progress.phase if old.progress is not None else None
        if phase in _LOOKS:
            is_check = phase is Phase.CHECK
            trip = trip._replace(
                looked_s=trip.looked_s + seconds,
                looked_s2=trip.looked_s2 + seconds * seconds,
                checks_count=trip.checks_count + is_check,
            )
        elif pace_of(gear.navigation, drive.navigation).is_slip_measured:
            legs = way_m / gear.navigation.sure_m
            more = legs * slipping_frac(gear, new.slip_frac)
            trip = trip._replace(slipping_count=trip.slipping_count + more)
        self.trip = trip._replace(end_tick=after.tick, way_m=trip.way_m + way_m)

    def _made(self, product: Product) -> Parcel:
        kind, family = product.kind, product.number
        if isinstance(product.record, ThumbnailRecord):
            kind, family = product.record.of_kind, product.record.of
        sigma = 0.0
        if kind in _KINDS:
            sigma = ratio_sigma(self._setup.rover.instruments.packing, ActivityKind(kind))
        return _known(product)._replace(made_tick=product.made_tick, sigma=sigma, family=family)


_KINDS = frozenset(str(kind) for kind in ActivityKind)


def _known(product: Product) -> Parcel:
    is_held = product.priority <= HELD
    size, sent = float(product.size_bit), float(product.sent_bit)
    return Parcel(-math.inf, size, sent, product.priority, is_held, 0.0, product.number)
