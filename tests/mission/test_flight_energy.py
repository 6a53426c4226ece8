"""How much shorter a sending is made when the charge would fall too low."""

from dataclasses import replace

import numpy as np
import pytest

from game.commands import Activity, ActivityKind
from game.levels.open import OpenedLevel
from game.mission.flight_energy import charge
from game.mission.flight_rules import Circumstances, Cost, Course, Review

LOW_TICK = 6000
POWER_W = 50.0


@pytest.mark.parametrize("planned_s", [6000, 9000, 12_000])
@pytest.mark.parametrize("end_tick", [6000, 8000])
def test_what_is_sent_after_the_low_point_saves_nothing_so_the_end_goes_first(
    ninety: OpenedLevel, planned_s: int, end_tick: int
) -> None:
    # 34.2 kJ are missing at the low point, at 50 W 684 s of sending: whole minutes, so 720 s
    # before it must go, whatever of the plan lay behind it.
    rules = replace(ninety.flight_rules, capacity_j=3.6e6, saved_frac=1.0, step_s=60)
    rule = next(one for one in rules.rule if one.name == "charge_floor")
    lowest = rules.charge_floor_frac + rule.limit - 0.0095
    course = Course(
        np.array([0.0, LOW_TICK, 2.0 * LOW_TICK]),
        np.array([lowest + 0.3, lowest, lowest + 0.1]),
        np.zeros(3),
        np.zeros(3),
        costs=(Cost(1, 0, end_tick, POWER_W * end_tick, 0.0),),
    )
    plan = (Activity(1, ActivityKind.SEND, 0, planned_s),)
    review = Review(rules, plan, course, Circumstances(lambda _: True))
    (broken,) = charge(review, rule)
    assert [one.duration_s for one in broken.fixed_plan] == [LOW_TICK - 720]
