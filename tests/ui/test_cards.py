"""Cards beside the action bar: what an instrument does, and what it has found."""

from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind
from game.events import ProductStored
from game.rover.records import OXIDES, AirSample, SoilSample, Spread
from game.rover.sequencer import Running
from game.rover.storage import Product
from game.state import State
from game.ui.boxes import Page
from game.ui.canvas import Canvas
from game.ui.cards import CARD_H, Cards, Working, card_box
from game.ui.draw.cards import draw_air_card, draw_soil_card
from game.ui.draw.hud import hud_layout
from game.ui.facts.samples import AirCurve, SoilResult, covered_spans, soil_result
from game.ui.facts.spectrum import infrared_curve, laser_curve
from game.ui.missions import Run
from tests.ui.tape import Tape

WET = SoilSample("soil", (45.0,) * len(OXIDES), (0.5,) * len(OXIDES), 0.05, 0.0, 0.005, 0.1, 240.0)
DRY = replace(WET, hydration_depth=0.0)


def product(kind: str, record: SoilSample | AirSample, number: int = 500) -> Product:
    return Product(
        kind, kind, 700_000, 8, 5_000_000, 5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9, 10.0, record, number
    )


def with_product(state: State, one: Product) -> State:
    storage = replace(state.rover.storage, products=(*state.rover.storage.products, one))
    return replace(state, rover=replace(state.rover, storage=storage))


def working(state: State, kind: ActivityKind, since_tick: int, until_tick: int) -> State:
    running = Running(Activity(1, kind, since_tick, 1), since_tick, until_tick, 0.0, 0.0, 0)
    sequencer = replace(state.rover.sequencer, main=running)
    return replace(state, rover=replace(state.rover, sequencer=sequencer))


def test_the_water_band_of_the_curve_is_as_deep_as_the_reading() -> None:
    wet, dry = (dict(infrared_curve(sample, 3)) for sample in (WET, DRY))
    um = min(wet, key=lambda one: abs(one - 1.92))
    assert 1.0 - wet[um] / dry[um] == pytest.approx(0.05, abs=0.01)


def test_more_salt_makes_its_lines_brighter_against_the_others() -> None:
    at = OXIDES.index("SO3")
    rich, poor = (
        replace(WET, oxides_wt=(*WET.oxides_wt[:at], salt_wt, *WET.oxides_wt[at + 1 :]))
        for salt_wt in (20.0, 0.0)
    )
    bright, dark = (dict(laser_curve(sample, 1)) for sample in (rich, poor))
    nm = min(bright, key=lambda one: abs(one - 545.38))
    assert bright[nm] > dark[nm]


def test_a_sample_on_board_moves_the_odds_only_in_prospect(run: Run) -> None:
    setup, state = run.opened.setup, run.session.state
    one = product("soil", WET)
    soil = soil_result(setup, with_product(state, one), one)
    assert soil is not None
    assert not soil.is_home
    assert sum(odds.before for odds in soil.odds) == pytest.approx(1.0)
    assert sum(odds.after for odds in soil.odds) == pytest.approx(1.0)
    assert any(abs(odds.after - odds.before) > 0.02 for odds in soil.odds)


def test_the_card_of_a_sample_opens_when_it_is_stored_and_closes_by_itself(run: Run) -> None:
    setup, state = run.opened.setup, run.session.state
    cards, one = Cards(setup), product("soil", WET)
    after = with_product(state, one)
    cards.take((ProductStored(after.tick, 500, "soil", 5e6),), after)
    assert isinstance(cards.card, SoilResult)
    cards.update(5.0, after, after.tick)
    assert cards.card is not None
    cards.update(8.0, after, after.tick)
    assert cards.card is None


def test_while_the_laser_fires_the_card_says_how_far_it_is(run: Run) -> None:
    state = run.session.state
    cards = Cards(run.opened.setup)
    busy = working(state, ActivityKind.SOIL, state.tick - 100, state.tick + 100)
    cards.update(0.1, busy, state.tick)
    assert cards.card == Working(ActivityKind.SOIL, 0.5)
    cards.update(0.1, state, state.tick)
    assert cards.card is None


def test_the_lines_of_the_air_grow_and_the_ring_closes(run: Run) -> None:
    state, cards = run.session.state, Cards(run.opened.setup)
    lengths = []
    for seconds in (600, 1800):
        busy = working(state, ActivityKind.AIR, state.tick, state.tick + 3600)
        cards.update(1.0, busy, state.tick + seconds)
        assert isinstance(cards.card, AirCurve)
        lengths.append((len(cards.card.pressure), cards.card.hours))
    assert lengths[1][0] == lengths[0][0] + 20
    assert lengths[1][1] == pytest.approx(lengths[0][1] + 1200 / 3699, abs=0.02)
    even = Spread(800.0, 800.0, 800.0)
    record = AirSample(1800, 30, even, even, even, 0.0, even)
    done = with_product(state, replace(product("air", record, 509), made_tick=state.tick + 1800))
    cards.take((ProductStored(state.tick, 509, "air", 1e6),), done)
    assert isinstance(cards.card, AirCurve)
    assert not cards.card.is_running


def test_records_side_by_side_are_one_span(run: Run) -> None:
    setup, tick = run.opened.setup, run.session.state.tick
    spans = [(tick, tick + 1800), (tick + 1790, tick + 3600), (tick + 9000, tick + 9600)]
    assert len(covered_spans(setup, spans, tick)) == 2


def test_no_word_leaves_a_card(run: Run, tape: Tape) -> None:
    setup, state = run.opened.setup, run.session.state
    soil = soil_result(setup, state, product("soil", WET))
    assert soil is not None
    box = card_box(tape.page)
    draw_soil_card(tape, box, soil, 1.0, 1.0)
    tape.all_inside(box)
    curve = tuple((float(k), 800.0 + k) for k in range(60))
    draw_air_card(tape, box, AirCurve(curve, curve, ((6.0, 7.5),), True, 1.5, "800 Pa"))
    tape.all_inside(box)


@pytest.mark.parametrize(
    "page", [Page(1280, 720), Page(1600, 900), Page(853, 480), Page(1280, 960)]
)
def test_a_card_leaves_actions_and_strip_free(page: Page) -> None:
    box, place = card_box(page), hud_layout(page)
    assert box.bottom <= place.strip.y or page.h < 500
    overlaps = box.x < place.actions.right and box.bottom > place.actions.y > box.y - CARD_H
    assert not overlaps or box.x >= place.actions.right


def test_a_canvas_is_not_needed_to_follow(run: Run, canvas: Canvas) -> None:
    cards = Cards(run.opened.setup)
    cards.draw(canvas)
    assert not cards.holds(canvas.page, *card_box(canvas.page).centre)
