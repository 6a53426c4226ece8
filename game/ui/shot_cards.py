"""Scenes of the cards that answer an instrument."""

from game.commands import ActivityKind
from game.rover.records import SoilSample
from game.state import State
from game.telemetry import all_products
from game.ui.facts.samples import soil_result
from game.ui.screens.tray import TrayScreen
from game.ui.shot_studio import Studio

FIRST_SOL = 9


def card_soil(studio: Studio, age_s: float = 60.0) -> None:
    """46: what the laser has found, with the odds moved."""
    story = studio.story

    def has_sample(state: State) -> bool:
        return any(isinstance(p.record, SoilSample) for p in state.rover.storage.products)

    number = story.find(has_sample)
    screen = studio.play(studio.run_at(number))
    setup, state = screen.desk.flight.session.setup, screen.desk.flight.state
    product = [p for p in all_products(state) if isinstance(p.record, SoilSample)][-1]
    screen.cards.show(soil_result(setup, state, product))
    screen.cards.age_s = age_s
    screen.draw(studio.canvas)


def card_air(studio: Studio) -> None:
    """47: the weather station at work, its lines growing and the ring closing."""
    story = studio.story

    def is_listening(state: State) -> bool:
        main = state.rover.sequencer.main
        is_air = main is not None and main.activity.kind is ActivityKind.AIR
        sol, hour = studio.local(state)
        is_late = main is not None and state.tick - main.started_tick > 2400
        return is_air and is_late and sol >= FIRST_SOL and 7.0 < hour < 18.0

    screen = studio.play(studio.run_at(story.find(is_listening)))
    flight = screen.desk.flight
    screen.cards.update(0.2, flight.state, flight.clock_s)
    screen.draw(studio.canvas)


def tray(studio: Studio) -> None:
    """48: what else the rover can do."""
    host = studio.play_at(FIRST_SOL + 3, 11.4)
    host.draw(studio.canvas)
    screen = TrayScreen(host)
    screen.row, screen.column = 1, 1
    screen.draw(studio.canvas)
