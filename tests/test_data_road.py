"""The whole road of data, headless: made, ordered, sent, confirmed, home, and then worth it."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

from game.commands import Activity, ActivityKind, Command, MoveBefore, SortQueue, UplinkPlan
from game.digest import digest
from game.environment.clock import tick_at
from game.environment.earth import light_time_s
from game.events import Event, ProductConfirmed, ProductHome, ProductLost, ProductStored
from game.levels.open import OpenedLevel
from game.rover.storage import StorageState, kept_bit, waiting_bit
from game.session import Session
from game.state import Setup, State
from game.telemetry import score_of
from tests.ensembles import noon_pass
from tests.rover.desks import grounded

Kind = ActivityKind


@dataclass
class Flight:
    """A sol with three pictures and a sample, and every state it went through."""

    setup: Setup
    end: State
    events: list[Event] = field(default_factory=list)
    states: list[State] = field(default_factory=list)


def flown(setup: Setup, stride: int, *orders: Command) -> Flight:
    """Fly it in calls of so many seconds; the orders are given when all has been made."""
    state = grounded(setup, hour=9.0)
    window = noon_pass(setup, state)

    def at(hour: float) -> int:
        return tick_at(setup.site, 9, hour)

    plan = (
        Activity(1, Kind.PICTURE, at(9.3), 120, azimuth_rad=3.0),
        Activity(2, Kind.PICTURE, at(9.5), 120, azimuth_rad=2.0),
        Activity(3, Kind.SOIL, at(9.7), 840),
        Activity(4, Kind.PICTURE, at(10.3), 120, azimuth_rad=1.0),
        Activity(5, Kind.SEND, window.usable_rise_tick - 150, 600),
    )
    session = Session(setup, state)
    session.issue(UplinkPlan(plan))
    flight = Flight(setup, state)
    for until in (at(11.0), at(23.5)):
        while session.state.tick < until:
            goal = min(until, session.state.tick + stride)
            flight.events += session.advance_to(goal, flight.states.append)
        if until == at(11.0):
            for order in orders:
                session.issue(order)
    flight.end = session.state
    return flight


def names(flight: Flight) -> dict[int, str]:
    return {e.product: e.kind for e in flight.events if isinstance(e, ProductStored)}


@pytest.fixture(name="plain", scope="module")
def _plain(ninety: OpenedLevel) -> Flight:
    return flown(ninety.setup, 600)


def order_home(flight: Flight) -> list[int]:
    return [e.product for e in flight.events if isinstance(e, ProductHome)]


def test_thumbnails_are_home_before_any_picture(plain: Flight) -> None:
    kinds = [names(plain)[number] for number in order_home(plain)]
    assert sorted(kinds) == ["picture"] * 3 + ["soil"] + ["thumbnail"] * 3
    assert set(kinds[-3:]) == {"picture"}


def test_the_queue_goes_up_as_it_was_dragged(ninety: OpenedLevel, plain: Flight) -> None:
    pictures = [number for number, kind in names(plain).items() if kind == "picture"]
    last = max(pictures)
    first = next(number for number in order_home(plain) if names(plain)[number] != "thumbnail")
    dragged = flown(ninety.setup, 600, MoveBefore(last, first))
    found = [number for number in order_home(dragged) if names(dragged)[number] != "thumbnail"]
    assert found[0] == last


def test_sorting_by_worth_sends_the_best_bits_first(ninety: OpenedLevel) -> None:
    flight = flown(ninety.setup, 600, SortQueue(are_thumbnails_first=False))
    home = {one.number: one for one in flight.end.rover.storage.home}
    rates = [home[number].value / home[number].size_bit for number in order_home(flight)]
    assert rates == sorted(rates, reverse=True)


def test_nothing_leaves_memory_before_the_orbiter_has_it(plain: Flight) -> None:
    events = plain.events
    for state in plain.states:
        tick = state.tick
        made = {
            e.product: e.size_bit for e in events if isinstance(e, ProductStored) if e.tick < tick
        }
        told = {e.product for e in events if isinstance(e, ProductConfirmed) if e.tick <= tick}
        kept = sum(size for number, size in made.items() if number not in told)
        assert kept_bit(state.rover.storage) == kept


def balance(box: StorageState) -> int:
    return box.made_bit - box.sent_bit - box.lost_bit - waiting_bit(box)


def test_every_bit_is_sent_waiting_or_lost_with_a_cause(plain: Flight) -> None:
    assert all(balance(state.rover.storage) == 0 for state in plain.states)
    assert not [event for event in plain.events if isinstance(event, ProductLost)]
    assert plain.end.rover.storage.home_bit == plain.end.rover.storage.sent_bit


def test_the_score_moves_when_data_reach_earth_and_not_before(plain: Flight) -> None:
    arrivals = [e.tick for e in plain.events if isinstance(e, ProductHome)]
    confirmed = max(e.tick for e in plain.events if isinstance(e, ProductConfirmed))
    states = plain.states
    points = [score_of(plain.setup, state).science for state in states]
    assert points[-1] > points[0]
    for (one, other), (was, now) in zip(pairwise(states), pairwise(points), strict=True):
        has_come = any(one.tick < tick <= other.tick for tick in arrivals)
        assert (now > was) <= has_come
    # all is up and confirmed, and nothing has been earned yet
    assert confirmed < min(arrivals)


def test_the_way_home_is_the_orbiters_wait_the_dish_and_light(plain: Flight) -> None:
    up = {e.product: e.tick for e in plain.events if isinstance(e, ProductConfirmed)}
    home = {e.product: e.tick for e in plain.events if isinstance(e, ProductHome)}
    light_s = float(light_time_s(plain.setup.site, float(plain.end.tick)))
    wait_s = plain.setup.orbiter.downlink.delay_s
    for number, tick in home.items():
        assert tick - up[number] > wait_s + light_s - 120.0


@pytest.mark.parametrize("stride", [7, 60, 3600])
def test_the_road_is_the_same_at_every_warp(ninety: OpenedLevel, stride: int) -> None:
    one = flown(ninety.setup, 600, SortQueue())
    other = flown(ninety.setup, stride, SortQueue())
    assert digest(replace(one.end, tick=0)) == digest(replace(other.end, tick=0))
    assert one.events == other.events
