"""Hypotheses, signs and samples as the science page shows them."""

from dataclasses import dataclass

from game.rover.mobility import believed_place
from game.rover.records import FilterRecord, InfraredSample, SoilSample
from game.rover.soundings import FieldSample, RadarProfile
from game.rover.storage import Product
from game.science.evidence import Grade, entropy_bits, odds
from game.science.notebook import UnitReport, unit_reports
from game.science.samples import cell_of
from game.state import Setup, State
from game.telemetry import all_products
from game.ui.facts.samples import Odds
from game.ui.words import mbit, product_icon

SHOWN = (SoilSample, InfraredSample, RadarProfile, FieldSample, FilterRecord)
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
    """One measurement of the list."""

    number: int
    icon: str
    title: str
    note: str
    is_home: bool


def unit_pages(setup: Setup, state: State) -> tuple[UnitPage, ...]:
    """Return a page for each unit that has been looked at, the one with most findings first."""
    spec = setup.science
    reports = unit_reports(spec, setup.seed, state.rover.storage.home)
    here = cell_of(*believed_place(state.rover.mobility), spec.ground.unit_m)
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


def measured(state: State) -> tuple[Product, ...]:
    """Return every measurement that can be shown as a plot, the newest first."""
    found = [p for p in all_products(state) if isinstance(p.record, SHOWN)]
    return tuple(sorted(found, key=lambda p: -p.number))


def sample_lines(state: State) -> tuple[SampleLine, ...]:
    """Return the list of measurements, the newest first."""
    home = {p.number for p in state.rover.storage.home}
    lines: list[SampleLine] = []
    for product in measured(state):
        is_home = product.number in home
        where = "home" if is_home else "on its way" if product.sent_bit else "on board"
        note = f"Sol {product.sol} · {mbit(product.size_bit)} Mbit · {where}"
        icon = product_icon(product.kind)
        lines.append(SampleLine(product.number, icon, title_of(product), note, is_home))
    return tuple(lines)


def title_of(product: Product) -> str:
    """Return what a measurement is called in the list."""
    record = product.record
    if isinstance(record, SoilSample | InfraredSample):
        return record.material[:1].upper() + record.material[1:]
    if isinstance(record, RadarProfile):
        return f"Radar, {record.way_m:.0f} m of way"
    if isinstance(record, FieldSample):
        return "Magnetic field"
    return "Through the filters"
