"""Finds for the window: looked up beside the frames, the same as asked for at once."""

import threading
import time
from collections.abc import Iterator, Sequence

import pytest

import game.ui.prospects as prospects_module
from game.detours import detours_around, detours_of
from game.rover.archive import Archive
from game.ui.camera import View
from game.ui.flight import Flight
from game.ui.missions import Run
from game.ui.prospects import FARTHEST_SHOWN_M, KEPT_SQUARES, SHOWN_SQUARES, Prospect, Prospects
from game.world.overlays import Place, PlaceKind
from game.world.window import FARTHEST_M
from tests.test_detours import at_home, taken

LONG_S = 30.0
SITE = View(-200.0, 300.0, 0.6, 1280, 720)


@pytest.fixture(name="flight")
def _flight(run: Run) -> Flight:
    return Flight(run.session)


@pytest.fixture(name="beside")
def _beside(flight: Flight) -> Iterator[Prospects]:
    made = Prospects(flight, is_synchronous=False)
    yield made
    made.close()


def names(found: Sequence[Prospect]) -> list[str]:
    return [place.name for place, _ in found]


def until_settled(made: Prospects, view: View) -> list[Prospect]:
    """Ask as frames do, until nothing more comes."""
    end_s, found = time.monotonic() + LONG_S, list[Prospect]()
    while made._asked is not None or not found:
        assert time.monotonic() < end_s
        found = made.in_view(view)
        time.sleep(0.002)
    return found


def test_the_thread_finds_what_is_found_at_once(flight: Flight, beside: Prospects) -> None:
    at_once = Prospects(flight, is_synchronous=True).in_view(SITE)
    assert len(at_once) >= 6
    assert beside.in_view(SITE) == []  # nobody waits
    assert until_settled(beside, SITE) == at_once
    assert all(SITE.sees(place.x_m, place.y_m) for place, _ in at_once)


def test_no_frame_waits_while_the_thread_looks(
    beside: Prospects, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(*asked: object) -> tuple[Place, ...]:
        gate.wait(LONG_S)
        return detours_of(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(prospects_module, "detours_of", slow)
    for _ in range(50):
        assert beside.in_view(SITE) == []
        beside.follow(0.0, 0.0)
    gate.set()
    assert until_settled(beside, SITE)


def test_around_the_rover_is_what_agents_are_told(flight: Flight) -> None:
    made = Prospects(flight, is_synchronous=True)
    found = made.around(120.0, -480.0, 1500.0)
    expected = detours_around(flight.session.setup, (120.0, -480.0), 1500.0)
    assert names(found) == [one.name for one in expected]


def test_what_is_told_of_is_known(flight: Flight) -> None:
    made = Prospects(flight, is_synchronous=True)
    first, second = made.around(0.0, 0.0, 1500.0)[:2]
    assert not first[1]
    flight.session.state = at_home(flight.state, [taken(first[0].x_m, first[0].y_m)])
    assert made.around(0.0, 0.0, 1500.0)[:2] == [(first[0], True), second]
    flight.session.state = at_home(flight.state, Archive())


def test_the_widest_view_and_the_memory_are_bounded(
    flight: Flight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_each(_: object, i: int, j: int) -> tuple[Place, ...]:
        middle_m = (1000.0 * i + 500.0, 1000.0 * j + 500.0)
        return (Place(f"{i} {j}", "Find", PlaceKind.OTHER, *middle_m, 15.0),)

    monkeypatch.setattr(prospects_module, "detours_of", one_each)
    made = Prospects(flight, is_synchronous=True)
    wide = View(0.0, 0.0, 0.01, 3840, 2160)
    found = made.in_view(wide)
    assert len(found) == len(made._known) == SHOWN_SQUARES
    for place, _ in found:
        assert max(abs(place.x_m), abs(place.y_m)) <= FARTHEST_SHOWN_M
    for k in range(1, 5):
        made.in_view(View(20_000.0 * k, 0.0, 0.01, 3840, 2160))
        assert len(made._known) <= KEPT_SQUARES
    assert made.in_view(wide) == found  # partly forgotten, looked up again, the same


def test_at_the_end_of_all_ground_there_is_nothing_and_no_trouble(flight: Flight) -> None:
    made = Prospects(flight, is_synchronous=True)
    assert made.in_view(View(FARTHEST_M, -FARTHEST_M, 0.3, 1280, 720)) == []
