import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from game.science.evidence import (
    Finding,
    Grade,
    best_claim,
    entropy_bits,
    expected_gain_bits,
    gained_bits,
    odds,
    of_unit,
    worth_bits,
)
from game.science.samples import ScienceSpec, cell_of, history_at, signs_at
from tests.science.cases import rows, shipped_science

SCIENCE = shipped_science()
SPEC = SCIENCE.evidence
PRIOR = tuple(one.prior_frac for one in SPEC.history)


def finding(
    sign: str, is_there: bool = True, spot: int = 0, sol: int = 10, unit: int = 0
) -> Finding:
    return Finding(sign, is_there, 1.0, (unit, 0), (spot, 0), sol)


def test_likelihoods_are_those_of_the_table() -> None:
    # terrain_science_evidence.csv, in the order of the signs, the radar's behind the others; there
    # is no gas analyser aboard, and the signs of filters and magnetometer are not in the table, nor
    # are those that are added behind
    table = [row for row in rows("terrain_science_evidence") if row["instrument"] != "gas"]
    table.sort(key=lambda row: row["instrument"] == "radar")
    signs = [one for one in SPEC.sign if one.instrument in ("soil", "picture", "radar")]
    assert len(table) == 10 <= len(signs)
    for row, sign in zip(table, signs, strict=False):
        stated = [float(row[f"P_given_{one.name}"]) for one in SPEC.history]
        assert list(sign.seen_frac) == stated, sign.name
        assert sign.group == row["correlated_group"]
        assert sign.otherwise


def test_nothing_seen_leaves_the_priors() -> None:
    assert odds(SPEC, ()) == pytest.approx((0.35, 0.25, 0.20, 0.20))
    assert gained_bits(SPEC, ()) == 0.0
    assert best_claim(SPEC, ()).grade is Grade.OPEN


def test_one_finding_follows_bayes() -> None:
    seen = next(one.seen_frac for one in SPEC.sign if one.name == "salts")
    joint = [prior * frac for prior, frac in zip(PRIOR, seen, strict=True)]
    assert odds(SPEC, (finding("salts"),)) == pytest.approx([part / sum(joint) for part in joint])


def test_the_order_of_findings_does_not_matter() -> None:
    found = (
        finding("salts"),
        finding("crust", is_there=False),
        finding("layers"),
        finding("hydrogen"),
    )
    first = odds(SPEC, found)
    for order in permutations(found):
        assert odds(SPEC, order) == pytest.approx(first, abs=1e-9)


@pytest.mark.parametrize("name", [one.name for one in SPEC.sign])
def test_a_duplicate_in_its_group_adds_less_than_forty_percent(name: str) -> None:
    one = np.log(odds(SPEC, (finding(name),))) - np.log(PRIOR)
    two = np.log(odds(SPEC, (finding(name), finding(name, spot=1)))) - np.log(PRIOR)
    span = one.max() - one.min()
    assert (two.max() - two.min()) / span - 1.0 < 0.4


@pytest.mark.parametrize("sign", [one.name for one in SPEC.sign])
def test_looking_never_costs_knowledge_on_average(sign: str) -> None:
    for seen in ((), (finding("salts"),), (finding("crust"), finding("layers", is_there=False))):
        assert expected_gain_bits(SPEC, seen, sign) >= 0.0


def test_doubt_is_two_bits_for_four_equal_histories() -> None:
    assert entropy_bits((0.25, 0.25, 0.25, 0.25)) == 2.0
    assert entropy_bits((1.0, 0.0, 0.0, 0.0)) == 0.0


def test_a_null_result_is_worth_something_but_less() -> None:
    there = worth_bits(SPEC, (), finding("basalt_only"))
    missing = worth_bits(SPEC, (), finding("layers", is_there=False))
    assert there > 0.0
    assert missing > 0.0
    full = worth_bits(replace(SPEC, null_worth_frac=1.0), (), finding("layers", is_there=False))
    assert missing == pytest.approx(0.6 * full)


def test_the_strongest_words_need_groups_a_repeat_and_a_calibration() -> None:
    wet = [
        finding(sign, spot=spot)
        for sign in ("hydration_band", "silica_band", "salts", "layers", "hydrogen")
        for spot in (0, 1)
    ] + [finding("crusted_dune", is_there=False), finding("basalt_only", is_there=False)]
    sure = replace(SPEC, strong_frac=0.5, supports_frac=0.4)
    assert best_claim(sure, wet, (9,)).grade is Grade.STRONG
    assert best_claim(sure, wet, ()).grade is Grade.SUPPORTS
    assert best_claim(sure, wet, (20,)).grade is Grade.SUPPORTS
    assert best_claim(sure, wet[:1], (9,)).grade is not Grade.STRONG
    once = [one for one in wet if one.spot == (0, 0)]
    assert best_claim(sure, once, (9,)).grade is Grade.SUPPORTS


def test_units_are_judged_apart() -> None:
    found = (finding("salts", unit=0), finding("salts", unit=1))
    assert of_unit(found, (1, 0)) == (found[1],)


def test_no_word_of_the_rules_claims_life() -> None:
    titles = [one.title for one in SPEC.history] + [one.title for one in SPEC.sign]
    words = " ".join([*titles, *(one.otherwise for one in SPEC.sign)]).lower()
    for word in ("life", "alien", "fossil", "biolog", "proof", "proves"):
        assert word not in words
    assert all("prove" not in grade for grade in Grade)


def campaign(science: ScienceSpec, seed: int) -> tuple[tuple[float, ...], int]:
    """A simple bot that looks for every sign at one to three spots of one unit."""
    found: list[Finding] = []
    for turn in range(1 + seed % 3):
        place = (30.0 * turn + 5.0, 5.0)
        there = signs_at(science, seed, *place)
        spot = cell_of(*place, science.ground.spot_m)
        found += [
            Finding(one.name, one.name in there, 1.0, (0, 0), spot, turn)
            for one in science.evidence.sign
        ]
    return odds(science.evidence, found), history_at(science, seed, (0, 0))


def test_stated_odds_come_true() -> None:
    # science dossier, section 5.3: over 500 seeded campaigns, within 0.06 in each bin
    stated: list[float] = []
    came_true: list[bool] = []
    for seed in range(500):
        chances, truth = campaign(SCIENCE, seed)
        stated += chances
        came_true += [at == truth for at in range(len(chances))]
    odds_frac, truths = np.array(stated), np.array(came_true)
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 1.0)):
        inside = (odds_frac >= low) & (odds_frac < high)
        assert inside.sum() > 100
        assert truths[inside].mean() == pytest.approx(odds_frac[inside].mean(), abs=0.06)
    assert math.isclose(odds_frac.reshape(-1, 4).sum(axis=1).min(), 1.0)
