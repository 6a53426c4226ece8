"""The orbiter's own products: made when it flies over the site by day, sent straight to Earth.

They are no data of the rover: they take no memory on board and count for nothing, but show where
to drive and what the sky is about to do.
"""

from dataclasses import replace

from game.contact import is_silent, relayed
from game.environment.nature import storm_outlook
from game.environment.surroundings import Surroundings
from game.rover.records import ContextRecord, Outlook, WeatherReport
from game.rover.rover import RoverState
from game.rover.storage import Product, forwarded
from game.schedule import SolFacts, surroundings
from game.state import Setup

CONTEXT, REPORT = "context", "weather_report"


def surveyed(setup: Setup, rover: RoverState, facts: SolFacts) -> RoverState:
    """Add what the orbiter makes on its daylight pass of this sol to what it sends to Earth."""
    tick, spec = facts.survey_tick, setup.orbiter.survey
    if is_silent(setup, tick):
        return rover
    outside = surroundings(setup, tick)
    made: list[Product] = []
    if spec.has_picture(facts.sol):
        made.append(_picture(setup, rover, outside))
    if spec.has_report(facts.sol):
        made.append(_report(setup, rover, outside))
    storage, road = rover.storage, relayed(setup, tick)
    for product in made:
        number = storage.made_count + 1
        storage = replace(storage, made_count=number)
        storage = forwarded(storage, replace(product, number=number), road)
    return replace(rover, storage=storage)


def newest_report(rover: RoverState) -> WeatherReport | None:
    """Return the weather report that was made last, of those on Earth."""
    for product in reversed(rover.storage.home):
        if isinstance(product.record, WeatherReport):
            return product.record
    return None


def worst_ahead(rover: RoverState, sol: int) -> Outlook | None:
    """Return the coming sol that the newest report thinks most likely to bring a storm."""
    report = newest_report(rover)
    if report is None:
        return None
    coming = [one for one in report.outlooks if one.sol >= sol]
    return max(coming, key=lambda one: (one.chance_frac, -one.sol), default=None)


def _picture(setup: Setup, rover: RoverState, outside: Surroundings) -> Product:
    record = ContextRecord(
        setup.orbiter.survey.picture_width_m,
        outside.sun_elevation_rad,
        outside.sun_azimuth_rad,
        outside.tau,
    )
    title = f"The site from orbit, sol {outside.sol}"
    return _product(CONTEXT, title, rover, outside, (setup.orbiter.survey.picture_bit, record))


def _report(setup: Setup, rover: RoverState, outside: Surroundings) -> Product:
    spec = setup.orbiter.survey
    said = (
        storm_outlook(setup.environment, outside.sol, outside.sol + ahead)
        for ahead in range(1, spec.report_ahead_sols + 1)
    )
    outlooks = tuple(Outlook(one.for_sol, one.chance_frac, one.is_warned) for one in said)
    record = WeatherReport(outside.tau, outlooks)
    title = f"Weather report, sol {outside.sol}"
    return _product(REPORT, title, rover, outside, (spec.report_bit, record))


def _product(
    kind: str,
    title: str,
    rover: RoverState,
    outside: Surroundings,
    content: tuple[int, ContextRecord | WeatherReport],
) -> Product:
    size_bit, record = content
    return Product(
        kind=kind,
        title=title,
        made_tick=outside.tick,
        sol=outside.sol,
        size_bit=size_bit,
        priority=1,
        x_m=rover.mobility.x_m,
        y_m=rover.mobility.y_m,
        heading_rad=0.0,
        azimuth_rad=0.0,
        elevation_rad=0.0,
        quality=1.0,
        value=0.0,
        record=record,
    )
