"""Soil and air samples as cards and the science page show them."""

from dataclasses import dataclass

from game.environment.clock import lmst_h
from game.rover.records import OXIDES, AirSample, InfraredSample, SoilSample
from game.rover.storage import Product
from game.schedule import surroundings
from game.science.evidence import best_claim, odds, of_unit
from game.science.notebook import all_findings, calibration_sols
from game.science.reading import findings_of
from game.state import Setup, State
from game.telemetry import all_products
from game.ui.day import day_at
from game.ui.facts.spectrum import Curve, infrared_curve, laser_curve
from game.units import MBIT_BIT

SHOWN_OXIDES = ("SiO2", "FeO", "MgO", "SO3", "H2O")
LOWERED = str.maketrans("23", "₂₃")
READING_S = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A measured share with its error, and the limit that makes it a sign (none if zero)."""

    name: str
    value: float
    sigma: float
    limit: float
    most: float
    unit: str


@dataclass(frozen=True, slots=True)
class Odds:
    """One water history: its odds without this sample and with it [0-1]."""

    title: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class SoilResult:
    """What one look at the soil says."""

    number: int
    title: str
    note: str
    laser: Curve
    infrared: Curve
    bars: tuple[Bar, ...]
    odds: tuple[Odds, ...]
    claim: str
    is_home: bool


@dataclass(frozen=True, slots=True)
class AirCurve:
    """The weather record under way: minutes with pressure [Pa] and wind [m/s], and the ring.

    `spans` are the parts of this sol, in hours of the day, that have a record; the last one grows
    when `is_running`.
    """

    pressure: Curve
    wind: Curve
    spans: tuple[tuple[float, float], ...]
    is_running: bool
    hours: float
    note: str


def soil_result(setup: Setup, state: State, product: Product) -> SoilResult | None:
    """Return what a soil product says, with the odds as they are at home and with it."""
    sample = product.record
    if not isinstance(sample, SoilSample):
        return None
    spec, home = setup.science, state.rover.storage.home
    others = tuple(p for p in home if p.number != product.number)
    here = findings_of(spec, setup.seed, product)
    known = of_unit(all_findings(spec, setup.seed, others), here[0].unit) if here else ()
    before, after = odds(spec.evidence, known), odds(spec.evidence, (*known, *here))
    claim = best_claim(spec.evidence, (*known, *here), calibration_sols(home))
    is_home = any(p.number == product.number for p in home)
    size = product.size_bit / MBIT_BIT
    return SoilResult(
        product.number,
        sample.material,
        f"quality {100 * product.quality:.0f} % · {size:.1f} Mbit",
        laser_curve(sample, product.number),
        infrared_curve(sample, product.number),
        soil_bars(setup, sample),
        tuple(
            Odds(history.title, b, a)
            for history, b, a in zip(spec.evidence.history, before, after, strict=True)
        ),
        f"{claim.grade} {claim.title}".replace("open ", "open: ") if claim.title else "",
        is_home,
    )


def soil_bars(setup: Setup, sample: SoilSample) -> tuple[Bar, ...]:
    """Return the readings that decide about signs, each with its error and its limit."""
    reading = setup.science.reading
    limits = {
        "SiO2": reading.basalt_most_wt,
        "SO3": reading.salts_wt,
        "H2O": reading.hydrogen_wt,
    }
    most = {"SiO2": 70.0, "FeO": 30.0, "MgO": 15.0, "SO3": 15.0, "H2O": 8.0}
    bars = [
        Bar(
            name.translate(LOWERED),
            sample.oxides_wt[OXIDES.index(name)],
            sample.sigma_wt[OXIDES.index(name)],
            limits.get(name, 0.0),
            most[name],
            "%",
        )
        for name in SHOWN_OXIDES
    ]
    return (*bars, *infrared_bars(setup, sample))


def infrared_bars(setup: Setup, sample: SoilSample | InfraredSample) -> tuple[Bar, ...]:
    """Return the two bands, each with its error and its limit [%]."""
    limit = 100 * setup.science.reading.band_sigmas * sample.depth_sigma
    bands = (("1.92 µm", sample.hydration_depth), ("2.21 µm", sample.silica_depth))
    return tuple(
        Bar(name, 100 * depth, 100 * sample.depth_sigma, limit, 8.0, "%") for name, depth in bands
    )


def air_curve(setup: Setup, tick: float, started_tick: int, spans: list[tuple[int, int]]) -> (
    AirCurve
):  # fmt: skip
    """Return the record that runs since a tick, and how much of this sol has been covered."""
    ticks = range(started_tick, max(int(tick), started_tick) + 1, READING_S)
    felt = [surroundings(setup, one) for one in ticks]
    minutes = [(one - started_tick) / 60 for one in ticks]
    pressure = tuple((m, one.pressure_pa) for m, one in zip(minutes, felt, strict=True))
    wind = tuple((m, one.wind_m_s) for m, one in zip(minutes, felt, strict=True))
    last = felt[-1]
    note = f"{last.pressure_pa:.1f} Pa · {last.wind_m_s:.1f} m/s"
    whole = [*spans, (started_tick, int(tick))]
    hours = covered_spans(setup, whole, tick)
    return AirCurve(pressure, wind, hours, True, sum(b - a for a, b in hours), note)


def covered_spans(
    setup: Setup, spans: list[tuple[int, int]], tick: float
) -> tuple[tuple[float, float], ...]:
    """Return the covered parts of the day of a tick, in hours from 6 to 30, joined and sorted."""
    day = day_at(setup.site, tick)
    cut = sorted(
        (max(day.hour(a), 6.0), min(day.hour(b), 30.0))
        for a, b in spans
        if day.hour(b) > 6.0 and day.hour(a) < 30.0
    )
    joined: list[tuple[float, float]] = []
    for first, last in cut:
        if joined and first <= joined[-1][1] + 1 / 60:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def weather_spans(state: State) -> list[tuple[int, int]]:
    """Return start and end of every weather record that exists, on board or home [s]."""
    return [
        (p.made_tick - p.record.duration_s, p.made_tick)
        for p in all_products(state)
        if isinstance(p.record, AirSample)
    ]


def hour_of(setup: Setup, tick: int) -> float:
    """Return the local mean hour of a tick [h]."""
    return lmst_h(setup.site, tick)
