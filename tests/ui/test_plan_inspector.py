"""The inspector says what everything planned takes, and no length where there is none."""

import pytest

from game.commands import ActivityKind
from game.ui.facts.orbit import facts
from game.ui.plan_details import DETAILS
from game.ui.plan_model import plan_model
from game.ui.screens.plan import PlanScreen
from game.ui.words import mbit

Kind = ActivityKind


def rows_of(plan: PlanScreen, kind: Kind) -> dict[str, str]:
    plan.planning.add(kind)
    shown = plan_model(plan.planning.draft).inspector
    assert shown is not None
    return {row.label: row.value for row in shown.rows}


@pytest.mark.parametrize("kind", [Kind.DIAGNOSE, Kind.SLEEP, Kind.WARM_UP])
def test_work_without_instruments_says_what_it_takes(plan: PlanScreen, kind: Kind) -> None:
    takes = rows_of(plan, kind)["Takes"]
    amount = float(takes.split(" Wh")[0])
    assert amount > 0.0
    bus = plan.planning.draft.opened.setup.rover.bus
    if kind is Kind.SLEEP:
        activity = plan.planning.draft.shown[0]
        assert amount == pytest.approx(bus.sleep_w * activity.duration_s / 3600.0, abs=0.5)
        assert "heaters" in takes  # they come on top, and are no less when awake


@pytest.mark.parametrize("kind", [Kind.HIBERNATE, Kind.HEATER, Kind.SORT_QUEUE])
def test_what_is_set_in_no_time_has_no_length(plan: PlanScreen, kind: Kind) -> None:
    rows = rows_of(plan, kind)
    assert rows["Length"] == "at once"
    if kind is Kind.HIBERNATE:
        watch_w = plan.planning.draft.opened.setup.rover.bus.hibernate_w
        assert rows["Takes"] == f"{watch_w:.0f} W until it wakes"


def test_a_little_data_is_not_called_none(plan: PlanScreen) -> None:
    assert rows_of(plan, Kind.DEPLOY_CAMERA)["Takes"].endswith("<0.1 Mbit")
    assert (mbit(0), mbit(49_000), mbit(51_000)) == ("0", "<0.1", "0.1")


def test_the_radar_says_what_a_metre_brings(plan: PlanScreen) -> None:
    assert rows_of(plan, Kind.RADAR)["and"] == "0.4 Mbit a metre driven"


def test_words_say_what_they_mean(plan: PlanScreen) -> None:
    assert [one.label for one in DETAILS[Kind.DRIVE]] == ["Navigation"]
    setup, tick = plan.planning.draft.opened.setup, plan.planning.draft.state.tick
    told = {fact.label: fact.value for fact in facts(setup, tick)}
    assert {"Doppler shift", "Its task now"} <= set(told)
    assert told["Its task now"] == "relay"
    assert "-" not in told["Doppler shift"]
