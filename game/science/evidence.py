"""What observations say about the past of water: odds of four histories, grades of claims.

Use: a `Finding` per sign looked for (see `reading.py`); `odds(spec, findings)` gives the
probability of each history of one unit of ground, `best_claim(...)` the sentence a player may
make, `gained_bits(...)` how much doubt has gone, `expected_gain_bits(...)` what one more look is
worth. Findings of different units are kept apart with `of_unit`.
There is no variable for life anywhere: observations only shift the odds between water histories.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How strongly a history may be claimed; there is no grade for proof."""

    OPEN = "open"
    CONSISTENT = "consistent with"
    SUPPORTS = "supports"
    STRONG = "strongly supports"


@dataclass(frozen=True, slots=True)
class HistorySpec:
    """One water history and how likely it is before anything has been seen."""

    name: str
    title: str
    prior_frac: float


@dataclass(frozen=True, slots=True)
class SignSpec:
    """One sign: which observation looks for it and how often it is there, by history.

    Signs of one `group` have a common cause; `otherwise` says what else could make it. A sign that
    `is_wide` is the same all over a unit of ground.
    """

    name: str
    title: str
    instrument: str
    group: str
    seen_frac: tuple[float, ...]
    otherwise: str
    is_wide: bool = False

    def __post_init__(self) -> None:
        if not all(0.0 < frac < 1.0 for frac in self.seen_frac):
            raise ValueError(f"{self.name}: seen_frac must lie between 0 and 1")


@dataclass(frozen=True, slots=True)
class EvidenceSpec:
    """Histories, signs and the rules of judgement."""

    repeat_weight: float
    consistent_frac: float
    supports_frac: float
    strong_frac: float
    strong_groups: int
    calibration_sols: int
    null_worth_frac: float
    history: tuple[HistorySpec, ...]
    sign: tuple[SignSpec, ...]

    def __post_init__(self) -> None:
        if not math.isclose(math.fsum(one.prior_frac for one in self.history), 1.0):
            raise ValueError("the prior_frac of all histories must add up to 1")
        for one in self.sign:
            if len(one.seen_frac) != len(self.history):
                raise ValueError(f"{one.name}: seen_frac needs {len(self.history)} numbers")


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that was looked for: there or not, how well it could be seen (0 to 1), where, when."""

    sign: str
    is_there: bool
    weight: float
    unit: tuple[int, int]
    spot: tuple[int, int]
    sol: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The history with the best odds and the words it may be claimed with."""

    history: str
    title: str
    odds_frac: float
    grade: Grade


def of_unit(findings: Sequence[Finding], unit: tuple[int, int]) -> tuple[Finding, ...]:
    """Return the findings of one unit of ground."""
    return tuple(one for one in findings if one.unit == unit)


def odds(spec: EvidenceSpec, findings: Sequence[Finding]) -> tuple[float, ...]:
    """Probability of each history after these findings.

    Parameters
    ----------
    spec : EvidenceSpec
        Priors and likelihoods.
    findings : sequence of Finding
        Of one unit; their order does not matter.

    Returns
    -------
    tuple of float
        In the order of `spec.history`; adds up to 1. [-]

    Notes
    -----
    Naive Bayes in logarithms. Within a correlated group only the strongest finding counts fully,
    each further one `repeat_weight` times the one before.

    References
    ----------
    .. [1] I. J. Good, "Probability and the Weighing of Evidence", 1950 (weights add up).
    """
    logs = [math.log(one.prior_frac) for one in spec.history]
    for group in _groups(spec):
        shifts = sorted(_shifts(spec, findings, group), key=_strength, reverse=True)
        weight = 1.0
        for shift in shifts:
            logs = [log + weight * part for log, part in zip(logs, shift, strict=True)]
            weight *= spec.repeat_weight
    top = max(logs)
    likely = [math.exp(log - top) for log in logs]
    total = math.fsum(likely)
    return tuple(part / total for part in likely)


def entropy_bits(odds_frac: Sequence[float]) -> float:
    """Doubt that is left: zero when one history is certain [bit].

    References
    ----------
    .. [1] C. E. Shannon, "A mathematical theory of communication", Bell System Technical Journal
       27, 1948, sec. 6.
    """
    return -math.fsum(part * math.log2(part) for part in odds_frac if part > 0.0)


def gained_bits(spec: EvidenceSpec, findings: Sequence[Finding]) -> float:
    """Doubt that these findings have removed, negative if they confuse [bit]."""
    return entropy_bits(odds(spec, ())) - entropy_bits(odds(spec, findings))


def expected_gain_bits(spec: EvidenceSpec, findings: Sequence[Finding], sign: str) -> float:
    """Doubt that looking for one more sign removes on average, in an independent group [bit].

    Within a group that has been seen before it is an estimate, because such findings count less.
    """
    now = odds(spec, findings)
    seen = next(one.seen_frac for one in spec.sign if one.name == sign)
    gain = entropy_bits(now)
    for fracs in (seen, tuple(1.0 - frac for frac in seen)):
        chance = math.fsum(part * frac for part, frac in zip(now, fracs, strict=True))
        after = [part * frac / chance for part, frac in zip(now, fracs, strict=True)]
        gain -= chance * entropy_bits(after)
    return gain


def best_claim(
    spec: EvidenceSpec, findings: Sequence[Finding], calibration_sols: Sequence[int] = ()
) -> Claim:
    """Return what may be said of one unit, never more than "strongly supports".

    The strongest grade also needs findings from enough independent groups, a sign seen at two
    spots, and a look at the calibration target within a few sols of the last finding.
    """
    now = odds(spec, findings)
    at = now.index(max(now))
    grade = Grade.OPEN
    if now[at] > spec.strong_frac and _is_well_founded(spec, findings, calibration_sols):
        grade = Grade.STRONG
    elif now[at] > spec.supports_frac:
        grade = Grade.SUPPORTS
    elif now[at] > spec.consistent_frac:
        grade = Grade.CONSISTENT
    return Claim(spec.history[at].name, spec.history[at].title, now[at], grade)


def worth_bits(spec: EvidenceSpec, findings: Sequence[Finding], new: Finding) -> float:
    """Worth of one more finding: the size of the shift it brings, less for a sign not there [bit].

    Being wrong-footed by true evidence is progress too, so the size counts and not the direction.
    """
    before, after = odds(spec, findings), odds(spec, (*findings, new))
    shift = math.fsum(part * math.log2(part / old) for part, old in zip(after, before, strict=True))
    return max(0.0, shift) * (1.0 if new.is_there else spec.null_worth_frac)


def _is_well_founded(
    spec: EvidenceSpec, findings: Sequence[Finding], calibration_sols: Sequence[int]
) -> bool:
    group_of = {one.name: one.group for one in spec.sign}
    groups = {group_of[one.sign] for one in findings}
    spots = {(one.sign, one.spot) for one in findings if one.is_there}
    repeated = {sign for sign, spot in spots if any(s == sign and p != spot for s, p in spots)}
    last = max((one.sol for one in findings), default=0)
    is_calibrated = any(abs(last - sol) <= spec.calibration_sols for sol in calibration_sols)
    return len(groups) >= spec.strong_groups and bool(repeated) and is_calibrated


def _groups(spec: EvidenceSpec) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.group for one in spec.sign))


def _shifts(spec: EvidenceSpec, findings: Sequence[Finding], group: str) -> list[tuple[float, ...]]:
    """Logarithms of the likelihoods that findings of one group bring."""
    signs = {one.name: one for one in spec.sign if one.group == group}
    return [
        tuple(
            one.weight * math.log(frac if one.is_there else 1.0 - frac)
            for frac in signs[one.sign].seen_frac
        )
        for one in findings
        if one.sign in signs
    ]


def _strength(shift: tuple[float, ...]) -> tuple[float, tuple[float, ...]]:
    return max(shift) - min(shift), shift
