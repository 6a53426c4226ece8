"""Hypotheses, signs and samples as the science page shows them."""

from dataclasses import dataclass

from game.rover.records import SoilSample
from game.rover.storage import Product
from game.science.evidence import Grade, entropy_bits, odds
from game.science.notebook import UnitReport, unit_reports
from game.science.samples import cell_of
from game.state import Setup, State
from game.telemetry import all_products
from game.ui.facts.samples import Odds
from game.ui.words import mbit

GRADES = {
    Grade.OPEN: "Still open: no history stands out.",
    Grade.CONSISTENT: "Consistent with",
    Grade.SUPPORTS: "Supports",
    Grade.STRONG: "Strongly supports",
}


@dataclass(frozen=True, slots=True)
class SignLine:
    """One sign: how often it was looked for and seen, and what else could make it."""

    title: str
    seen_count: int
    looked_count: int
    otherwise: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What is known of one square of ground."""

    title: str
    odds: tuple[Odds, ...]
    claim: str
    gained: str
    signs: tuple[SignLine, ...]


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One soil sample of the list."""

    number: int
    title: str
    note: str
    is_home: bool


def unit_pages(setup: Setup, state: State) -> tuple[UnitPage, ...]:
    """Return a page for each unit that has been looked at, the one with most findings first."""
    spec = setup.science
    reports = unit_reports(spec, setup.seed, state.rover.storage.home)
    place = state.rover.mobility
    here = cell_of(place.x_m, place.y_m, spec.ground.unit_m)
    ordered = sorted(reports, key=lambda r: (r.unit != here, -len(r.findings)))
    pages = [_page(setup, report, is_here=report.unit == here) for report in ordered]
    return tuple(pages) or (_blank(setup),)


def _page(setup: Setup, report: UnitReport, *, is_here: bool) -> UnitPage:
    spec = setup.science.evidence
    claim = GRADES[report.claim.grade]
    if report.claim.grade is not Grade.OPEN:
        claim = f"{claim} {report.claim.title}."
    priors = odds(spec, ())
    doubt = entropy_bits(priors)
    return UnitPage(
        _name(setup, report.unit) + (" · you are here" if is_here else ""),
        tuple(
            Odds(history.title, before, after)
            for history, before, after in zip(spec.history, priors, report.odds_frac, strict=True)
        ),
        claim,
        f"{report.gained_bits:+.2f} of {doubt:.2f} bit of doubt removed".replace("-", "−"),
        _signs(setup, report),
    )


def _blank(setup: Setup) -> UnitPage:
    spec = setup.science.evidence
    priors = odds(spec, ())
    return UnitPage(
        "Nothing has come home yet",
        tuple(Odds(one.title, p, p) for one, p in zip(spec.history, priors, strict=True)),
        "Odds before anything has been seen.",
        f"{entropy_bits(priors):.2f} bit of doubt",
        (),
    )


def _signs(setup: Setup, report: UnitReport) -> tuple[SignLine, ...]:
    lines: list[SignLine] = []
    for sign in setup.science.evidence.sign:
        looked = [one for one in report.findings if one.sign == sign.name]
        if looked:
            seen = sum(one.is_there for one in looked)
            lines.append(SignLine(sign.title, seen, len(looked), sign.otherwise))
    return tuple(sorted(lines, key=lambda line: -line.seen_count / line.looked_count))


def _name(setup: Setup, unit: tuple[int, int]) -> str:
    """Name a unit by where its middle lies from the lander."""
    size_m = setup.science.ground.unit_m
    east, north = ((part + 0.5) * size_m for part in unit)
    along = "north" if north >= 0 else "south"
    across = "east" if east >= 0 else "west"
    return f"Ground {abs(north):.0f} m {along}, {abs(east):.0f} m {across}"


def soil_products(state: State) -> tuple[Product, ...]:
    """Return every soil sample that exists, the newest first."""
    found = [p for p in all_products(state) if isinstance(p.record, SoilSample)]
    return tuple(sorted(found, key=lambda p: -p.number))


def sample_lines(state: State) -> tuple[SampleLine, ...]:
    """Return the list of samples, the newest first."""
    home = {p.number for p in state.rover.storage.home}
    lines: list[SampleLine] = []
    for product in soil_products(state):
        record = product.record
        if isinstance(record, SoilSample):
            is_home = product.number in home
            where = "home" if is_home else "on its way" if product.sent_bit else "on board"
            title = record.material[:1].upper() + record.material[1:]
            note = f"Sol {product.sol} · {mbit(product.size_bit)} Mbit · {where}"
            lines.append(SampleLine(product.number, title, note, is_home))
    return tuple(lines)
