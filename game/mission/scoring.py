"""Points: only what has reached Earth counts.

The rules of each part are short enough to be explained in one sentence on the score panel, and
every number is in `data/scoring.toml`.
"""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ScoreSpec:
    """How much each part is worth.

    Maxima per part, and the amounts that fill them. Points of science come from the worth of
    samples and pictures, halved for each repeat of the same kind at the same place. A find that
    has been told of counts `find_points` beside the points of the goals; where a level has no
    goals, `goalless_points` fill their share.
    """

    science_max: float
    science_full_value: float
    exploration_max: float
    exploration_full_m: float
    exploration_chart_full_m2: float
    find_points: float
    goalless_points: float
    atmosphere_max: float
    atmosphere_full_sols: int
    atmosphere_full_hours: int
    operations_max: float
    operations_full_mbit: float
    survival_max: float
    bronze: float
    silver_factor: float
    gold_factor: float


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the mission has to show for itself.

    science_value : worth of all samples and pictures at home, repeats discounted. [-]
    odometer_m : way driven, as told by telemetry that arrived. [m]
    goals_frac : share of the goals that was reached, by their points, finds beside them. [-]
    charted_m2 : ground seen. [m2]
    air_sols_count, air_hours_count : different sols, and different local hours, with weather at
        home. [-]
    home_mbit : data at home. [Mbit]
    margin_frac : share of dawns above the floor. [-]
    sols_count : sols survived. [-]
    mission_sols : sols of the whole mission. [-]
    """

    science_value: float
    odometer_m: float
    goals_frac: float
    charted_m2: float
    air_sols_count: int
    air_hours_count: int
    home_mbit: float
    margin_frac: float
    sols_count: int
    mission_sols: int


@dataclass(frozen=True, slots=True)
class Score:
    """Points by part."""

    science: float
    exploration: float
    atmosphere: float
    operations: float
    survival: float

    def total(self) -> float:
        """All parts together [-]."""
        return self.science + self.exploration + self.atmosphere + self.operations + self.survival


def score(spec: ScoreSpec, facts: ScoreFacts) -> Score:
    """Count the points; each part fills up towards its maximum and never passes it."""
    distance = _filled(facts.odometer_m, spec.exploration_full_m)
    chart = _filled(facts.charted_m2, spec.exploration_chart_full_m2)
    days = _filled(facts.air_sols_count, spec.atmosphere_full_sols)
    hours = _filled(facts.air_hours_count, spec.atmosphere_full_hours)
    return Score(
        science=spec.science_max * _filled(facts.science_value, spec.science_full_value),
        exploration=spec.exploration_max * (0.4 * distance + 0.4 * facts.goals_frac + 0.2 * chart),
        atmosphere=spec.atmosphere_max * math.sqrt(days * hours),
        operations=spec.operations_max
        * (0.5 * _filled(facts.home_mbit, spec.operations_full_mbit) + 0.5 * facts.margin_frac)
        * _filled(facts.sols_count, facts.mission_sols),
        survival=spec.survival_max * _filled(facts.sols_count, facts.mission_sols),
    )


def scaled(spec: ScoreSpec, factor: float) -> ScoreSpec:
    """Return a score in which every part is worth more or less, for harder or easier presets."""
    return replace(
        spec,
        science_max=spec.science_max * factor,
        exploration_max=spec.exploration_max * factor,
        atmosphere_max=spec.atmosphere_max * factor,
        operations_max=spec.operations_max * factor,
        survival_max=spec.survival_max * factor,
    )


def medal(spec: ScoreSpec, points: float) -> str:
    """Name the medal for a total: "", "bronze", "silver" or "gold"."""
    if points >= spec.bronze * spec.gold_factor:
        return "gold"
    if points >= spec.bronze * spec.silver_factor:
        return "silver"
    return "bronze" if points >= spec.bronze else ""


def repeated_value(values: tuple[tuple[str, float], ...]) -> float:
    """Add up worths, each repeat of the same label counting half of the one before.

    Parameters
    ----------
    values : tuple of (label, worth)
        In the order in which they reached home.

    Returns
    -------
    float
        The discounted sum. [-]
    """
    seen: dict[str, int] = {}
    total = 0.0
    for label, value in values:
        count = seen.get(label, 0)
        seen[label] = count + 1
        total += value * 0.5**count
    return total


def _filled(amount: float, full: float) -> float:
    return min(max(amount / full, 0.0), 1.0)
