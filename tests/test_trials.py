"""Every broken rule has a way out; flown ahead again, the plan after it does what it says."""

import random
from functools import lru_cache

import pytest

from game.circumstances import circumstances
from game.commands import Activity, ActivityKind, PlannedCommand, SetBody
from game.environment.clock import tick_at
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, SetHeater
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.plan import Plan, find, moved, timed
from game.mission.rules_of_flight import violations
from game.mission.ways_out import left_out, ways_out
from game.state import State
from game.trials import HARMS, HELPS, LEAST, Question, proven, trials
from game.units import MARS_HOUR_S
from tests.rover.desks import charged, grounded

Kind = ActivityKind
KINDS = (
    Kind.PICTURE, Kind.PANORAMA, Kind.SOIL, Kind.AIR, Kind.SEND, Kind.DRIVE, Kind.RADAR,
    Kind.MULTISPECTRAL, Kind.WARM_UP, Kind.HEATER, Kind.SLEEP, Kind.BODY,
)  # fmt: skip
LOOKS = (Kind.PICTURE, Kind.PANORAMA, Kind.MULTISPECTRAL)
OF_THE_PLAN = (
    "charge_floor", "charge_margin", "box_cold", "battery_cold", "memory_full", "memory_margin",
    "tilt",
)  # fmt: skip


def asked(opened: OpenedLevel, state: State, plan: Plan) -> Question:
    """Foresee a plan until the next morning and hold it against the rules."""
    setup = opened.setup
    until = tick_at(setup.site, 10, 8.0)
    course, around = forecast(setup, state, until, plan).course(), circumstances(setup, state)
    review = Review(opened.flight_rules, plan, course, around)
    found = violations(opened.flight_rules, plan, course, around)
    return Question(setup, state, until, review, found)


def random_plan(
    opened: OpenedLevel, seed: int, kinds: tuple[ActivityKind, ...] = KINDS
) -> tuple[State, Plan]:
    """Return a sol's work as somebody plans who minds no rule at all."""
    draw = random.Random(seed)
    state = grounded(opened.setup, draw.uniform(7.0, 20.0))
    state = charged(opened.setup, state, draw.choice((0.25, 0.35, 0.5, 0.7, 0.9)))
    orders: dict[ActivityKind, PlannedCommand] = {
        Kind.HEATER: SetHeater(draw.choice(tuple(Heater)), draw.uniform(243.2, 263.0)),
        Kind.BODY: SetBody(draw.choice((0.1, 0.9))),
    }
    plan = []
    for number in range(1, draw.randint(2, 9)):
        kind = draw.choice(kinds)
        plan.append(
            Activity(
                number,
                kind,
                state.tick + draw.randint(-600, 57_600),
                draw.choice((120, 600, 3600, 9000, 17_000)),
                x_m=draw.uniform(-8.0, 8.0),
                y_m=draw.uniform(-25.0, -3.0),
                azimuth_rad=draw.uniform(0.0, 6.0),
                priority=draw.randint(4, 6),
                until=draw.choice(("", "", "", "chrge > 2")),
                command=orders.get(kind),
            )
        )
    return state, timed(tuple(plan))


def same(found: tuple[Violation, ...], wanted: Violation) -> list[Violation]:
    return [
        one
        for one in found
        if one.rule == wanted.rule and (one.rule in OF_THE_PLAN or one.number == wanted.number)
    ]


def hard(found: tuple[Violation, ...]) -> dict[str, int]:
    names = [one.rule for one in found if one.is_hard]
    return {name: names.count(name) for name in names}


@pytest.mark.parametrize("seed", range(16))
def test_the_way_out_of_a_broken_plan_does_what_it_says(ninety: OpenedLevel, seed: int) -> None:
    state, plan = random_plan(ninety, seed)
    question = asked(ninety, state, plan)
    for broken in question.found:
        assert broken.fix
        assert broken.fixed_plan != plan
        way = proven(question, broken)
        after = asked(ninety, state, way.plan).found
        before, still = same(question.found, broken), same(after, broken)
        worse = {n for n, count in hard(after).items() if count > hard(question.found).get(n, 0)}
        if not way.caveat:
            assert len(still) < len(before), (broken, way.words)
            assert not worse, (broken, way.words)
        elif way.caveat.startswith(HARMS):
            assert len(still) < len(before)
            assert all(name.replace("_", " ") in way.caveat for name in worse)
        elif way.caveat == HELPS:
            was, now = (max(one.lack or -one.margin for one in them) for them in (before, still))
            assert now < 0.99 * was
        else:
            assert way.caveat == LEAST
            assert still


def test_nearly_all_that_a_player_can_break_is_truly_mended(ninety: OpenedLevel) -> None:
    told: list[WayOut] = []
    for seed in range(8):
        state, plan = random_plan(ninety, seed)
        question = asked(ninety, state, plan)
        told += [proven(question, one) for one in question.found]
    assert len(told) > 20
    assert sum(not way.caveat for way in told) > 0.85 * len(told)


def night(ninety: OpenedLevel, frac: float) -> Question:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 19.0), frac)
    plan = (Activity(1, Kind.AIR, tick_at(setup.site, 9, 19.5), 30_000, name="hum"),)
    return asked(ninety, state, plan)


def test_what_mends_without_loss_of_the_rest_is_taken_and_is_one_edit(ninety: OpenedLevel) -> None:
    question = night(ninety, 0.75)
    (broken,) = [one for one in question.found if one.rule == "charge_floor"]
    way = proven(question, broken)
    assert (way.words, way.caveat) == ("move hum to where the charge is back", "")


def helped_by_beginning_later(question: Question, broken: Violation) -> int:
    """Return a later start by which a rule is kept and no other broken, of one an hour; or 0."""
    review, setup, state = question.review, question.setup, question.state
    activity = find(review.plan, broken.number)
    if activity is None:
        return 0
    until = max(question.until_tick, activity.start_tick) + 90_000

    def judged(plan: Plan) -> tuple[Violation, ...]:
        course = forecast(setup, state, until, plan).course()
        return violations(review.rules, plan, course, review.around)

    before = judged(review.plan)
    for start in range(max(activity.start_tick, state.tick) + 3300, until, 5500):
        after = judged(moved(review.plan, activity.number, start))
        worse = [n for n, count in hard(after).items() if count > hard(before).get(n, 0)]
        if len(same(after, broken)) < len(same(before, broken)) and not worse:
            return start
    return 0


@pytest.mark.parametrize("seed", range(20, 32))
def test_nothing_is_left_out_that_would_do_later(ninety: OpenedLevel, seed: int) -> None:
    state, plan = random_plan(ninety, seed, (*LOOKS, *LOOKS, *KINDS))
    question = asked(ninety, state, plan)
    for broken in question.found:
        way = proven(question, broken)
        if left_out(plan, way.plan):
            assert not helped_by_beginning_later(question, broken), (broken, way.words)


def test_pictures_of_the_night_wait_for_the_day(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 16.0), 0.6)
    for hour in (19.0, 22.0, 25.0, 28.0):
        for kind in LOOKS:
            look = Activity(1, kind, tick_at(setup.site, 9, 0.0) + round(hour * MARS_HOUR_S), 600)
            question = asked(ninety, state, (look,))
            (broken,) = question.found
            way = proven(question, broken)
            assert (broken.rule, way.words) == ("dark", broken.fix)
            assert [a.kind for a in way.plan] == [kind]


def test_where_nothing_mends_the_step_that_helps_says_so(ninety: OpenedLevel) -> None:
    state, plan = random_plan(ninety, 2)  # an evening with half a battery
    question = asked(ninety, state, plan)
    (broken,) = [one for one in question.found if one.rule == "battery_cold"]
    way = proven(question, broken)
    assert way.caveat == HELPS
    assert way.words.startswith("let the battery heater come on at")


def test_charge_that_is_low_already_and_comes_back_breaks_no_rule(ninety: OpenedLevel) -> None:
    state = charged(ninety.setup, grounded(ninety.setup, 9.0), 0.25)
    assert asked(ninety, state, ()).found == ()


def test_a_search_gives_control_back_after_every_piece(ninety: OpenedLevel) -> None:
    question = night(ninety, 0.75)
    pieces = sum(1 for _ in trials(question, question.found[0]))
    assert pieces > 50


@lru_cache(maxsize=1)
def _empty_night(ninety: OpenedLevel) -> Question:
    setup = ninety.setup
    return asked(ninety, charged(setup, grounded(setup, 19.0), 0.4), ())


def test_even_an_empty_plan_has_a_way_out(ninety: OpenedLevel) -> None:
    question = _empty_night(ninety)
    (broken,) = [one for one in question.found if one.rule == "charge_floor"]
    kinds = {a.kind for way in ways_out(question.review, broken) for a in way.plan}
    assert kinds == {Kind.WINGS, Kind.HEATER, Kind.SLEEP, Kind.HIBERNATE}
