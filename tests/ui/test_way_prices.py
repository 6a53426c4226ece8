"""Wh, minutes, worst tilt and worst slip of a whole way: on the map, on the plan, for programs."""

from game.changes import changed
from game.commands import ActivityKind, DriveTo, Navigation
from game.events import StopReason
from game.rover.mobility import believed_place
from game.ui.plan_draft import doubts, price_of, price_words
from game.ui.plan_inspector import inspector, worst_row
from game.ui.screens.map import MapScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.way_prices import MOST_KEPT, WayPrices
from game.way_price import WayPrice, way_price
from tests.ui.table import chosen
from tests.ui.tape import Tape

SOFT = WayPrice(40.0, 41.0, 2400.0, 0.23, 0.14)


def far_end(play: PlayScreen) -> tuple[float, float]:
    x_m, y_m = believed_place(play.desk.flight.session.state.rover.mobility)
    return x_m + 20.0, y_m - 70.0


def said(screen: MapScreen, tape: Tape) -> list[str]:
    tape.written.clear()
    screen.draw(tape)
    return [words for words, _ in tape.written]


def test_the_map_says_the_worst_of_a_way_while_it_is_worked_out(
    stocked: PlayScreen, tape: Tape
) -> None:
    stocked.is_still = False
    screen = MapScreen(stocked)
    screen.draw(tape)
    screen.measure(far_end(stocked))
    first = said(screen, tape)
    assert {"A drive takes", "and costs", "tilt up to", "slip up to"} <= set(first)
    assert sum(words.endswith("so far") for words in first) == 2
    for _ in range(2_000):
        screen.update(0.02)
        if not stocked.desk.ways.is_busy:
            break
    last = said(screen, tape)
    assert not any(words.endswith("so far") for words in last)
    session = stocked.desk.flight.session
    seen = way_price(session.setup, session.state, DriveTo(*far_end(stocked)))
    assert f"{seen.energy_wh:.0f} Wh" in last
    assert f"{100.0 * seen.slip_frac:.0f} %" in last


def test_map_plan_and_programs_have_one_price(plan: PlanScreen) -> None:
    planning = plan.planning
    planning.add(ActivityKind.DRIVE, planning.day.tick(11.0))
    x_m, y_m = believed_place(planning.makings.state.rover.mobility)
    planning.reroute(((x_m + 9.0, y_m - 12.0), (x_m + 4.0, y_m - 30.0)))
    plan.settle()
    activity = chosen(plan)
    order = DriveTo(activity.x_m, activity.y_m, activity.waypoints, activity.navigation)
    setup, state = planning.makings.opened.setup, planning.draft.state
    asked = way_price(setup, state, order)
    assert price_of(planning.draft, activity) == asked
    points = ((x_m, y_m), *activity.waypoints, (activity.x_m, activity.y_m))
    assert planning.desk.ways.of(setup, state, points) == asked
    found = inspector(planning.draft, "condition")
    assert found is not None
    rows = {row.label: row.value for row in found.rows}
    assert f"{asked.energy_wh:.0f} Wh" in rows["Way"]
    assert rows["Worst"].startswith("tilt ")


def test_a_price_says_so_far_until_it_is_whole() -> None:
    part = WayPrice(40.0, 41.0, 2400.0, 0.23, 0.14, is_whole=False)
    assert price_words(SOFT) == "40 m · 41 Wh · 40 min · tilt to 8° · slip to 23 %"
    assert price_words(part) == f"{price_words(SOFT)} so far"
    assert worst_row(SOFT).value == "tilt 8°, slip 23 %"
    assert worst_row(part).value == "tilt 8°, slip 23 % so far"


def test_what_makes_a_price_a_guess_is_named() -> None:
    assert doubts(SOFT) == ()
    unsure = WayPrice(40.0, 41.0, 2400.0, 0.23, 0.14, 0.35, StopReason.NO_WAY)
    assert doubts(unsure) == ("35 % unseen", "may stop: no way")
    assert price_words(unsure).endswith(" · 35 % unseen · may stop: no way")
    row = worst_row(unsure)
    assert (row.value, row.is_bad) == ("tilt 8°, slip 23 %, may stop", True)
    assert not worst_row(SOFT).is_bad


def test_a_dragged_way_leaves_no_heap_of_open_questions(stocked: PlayScreen) -> None:
    ways, session = WayPrices(), stocked.desk.flight.session
    x_m, y_m = believed_place(session.state.rover.mobility)
    for number in range(2 * MOST_KEPT):
        end = (x_m + 5.0, y_m - 3.0 - 0.1 * number)
        ways.of(session.setup, session.state, ((x_m, y_m), end), Navigation.BLIND)
    assert len(ways._open) == MOST_KEPT
    last = ways.whole(session.setup, session.state, ((x_m, y_m), end), Navigation.BLIND)
    assert last.is_whole
    assert not ways.is_busy
    assert not ways.work(0.01)
    assert last.duration_s > 0.0


def test_a_question_is_answered_from_memory_until_the_ground_is_seen_anew(
    stocked: PlayScreen,
) -> None:
    ways, session = WayPrices(), stocked.desk.flight.session
    points = (believed_place(session.state.rover.mobility), far_end(stocked))
    first = ways.whole(session.setup, session.state, points)
    assert ways.of(session.setup, session.state, points) is first
    other = changed(session.state, chart=session.state.chart.copy())
    assert not ways.of(session.setup, other, points).is_whole


def test_no_way_is_no_question(stocked: PlayScreen) -> None:
    ways, session = WayPrices(), stocked.desk.flight.session
    here = believed_place(session.state.rover.mobility)
    assert ways.of(session.setup, session.state, (here, here)).duration_s == 0.0
    assert not ways.is_busy
