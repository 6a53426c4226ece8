"""The science notebook: what everything that has come home says, unit by unit.

Use: `unit_reports(spec, seed, state.rover.storage.home)`; computed, never stored. `sample_worth`
tells beforehand how much doubt one more sample at a place would remove.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from game.rover.records import CalibrationRecord
from game.rover.storage import Product
from game.science.evidence import (
    Claim,
    Finding,
    best_claim,
    expected_gain_bits,
    gained_bits,
    odds,
    of_unit,
)
from game.science.reading import findings_of
from game.science.samples import Cell, ScienceSpec, cell_of


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What is known of one unit of ground.

    `odds_frac` follows the order of the histories; `gained_bits` is the doubt that has gone.
    """

    unit: Cell
    findings: tuple[Finding, ...]
    odds_frac: tuple[float, ...]
    gained_bits: float
    claim: Claim


def all_findings(spec: ScienceSpec, seed: int, home: Sequence[Product]) -> tuple[Finding, ...]:
    """Return every finding of the products at home, in the order of their arrival."""
    return tuple(found for product in home for found in findings_of(spec, seed, product))


def calibration_sols(home: Sequence[Product]) -> tuple[int, ...]:
    """Return the sols on which the calibration target was looked at, as Earth knows them."""
    return tuple(one.sol for one in home if isinstance(one.record, CalibrationRecord))


def unit_reports(spec: ScienceSpec, seed: int, home: Sequence[Product]) -> tuple[UnitReport, ...]:
    """Return a report for each unit that has been looked at, in the order of first sight.

    Looks at the calibration target that have come home let the strongest words be used.
    """
    findings = all_findings(spec, seed, home)
    calibrated = calibration_sols(home)
    reports: list[UnitReport] = []
    for unit in dict.fromkeys(one.unit for one in findings):
        here = of_unit(findings, unit)
        reports.append(
            UnitReport(
                unit=unit,
                findings=here,
                odds_frac=odds(spec.evidence, here),
                gained_bits=gained_bits(spec.evidence, here),
                claim=best_claim(spec.evidence, here, calibrated),
            )
        )
    return tuple(reports)


def sample_worth(
    spec: ScienceSpec, findings: Sequence[Finding], place_m: tuple[float, float], instrument: str
) -> float:
    """Doubt that one more observation at a place is expected to remove [bit].

    Signs already seen at the same spot, or anywhere in the unit if they are wide, count nothing;
    the best sign stands for its group.
    """
    here = of_unit(findings, cell_of(*place_m, spec.ground.unit_m))
    spot = cell_of(*place_m, spec.ground.spot_m)
    wide = {sign.name for sign in spec.evidence.sign if sign.is_wide}
    known = {one.sign for one in here if one.spot == spot or one.sign in wide}
    best: dict[str, float] = {}
    for sign in spec.evidence.sign:
        if sign.instrument == instrument and sign.name not in known:
            gain = expected_gain_bits(spec.evidence, here, sign.name)
            best[sign.group] = max(best.get(sign.group, 0.0), gain)
    return math.fsum(best.values())
