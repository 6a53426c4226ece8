"""Words on the ground: each has a spot of its own, or the least bad one."""

from itertools import combinations

from game.ui.boxes import Box
from game.ui.draw.labels import GAP, along, around, free_spot, touches, write_label
from game.ui.draw.plan import plan_layout
from tests.ui.tape import Tape

SIZE = (100.0, 18.0)
AT, REACH = (400.0, 300.0), 10.0
RIGHT = Box(AT[0] + REACH + GAP, 291.0, *SIZE)
LEFT = Box(AT[0] - REACH - GAP - 100.0, 291.0, *SIZE)
BELOW = Box(350.0, AT[1] + REACH + GAP, *SIZE)
ABOVE = Box(350.0, AT[1] - REACH - GAP - 18.0, *SIZE)


def test_a_label_takes_the_first_free_spot() -> None:
    order = (RIGHT, LEFT, BELOW, ABOVE)
    for k, spot in enumerate(order):
        assert free_spot(SIZE, AT, REACH, order[:k]) == spot
    assert free_spot(SIZE, AT, REACH, [around(AT, 150.0)]) is None


def test_a_label_never_lies_on_its_own_mark() -> None:
    mark = around(AT, REACH)
    assert not any(touches(mark, spot) for spot in (RIGHT, LEFT, BELOW, ABOVE))


def test_a_way_is_kept_free_all_along() -> None:
    way = ((100.0, 100.0), (137.0, 180.0), (420.0, 180.0))
    boxes = along(way)
    for share in range(101):
        x = 137.0 + 283.0 * share / 100
        assert any(touches(Box(x - 3, 177, 6, 6), box) for box in boxes)
    assert free_spot(SIZE, (137.0, 180.0), REACH, boxes) == Box(24.0, 171.0, *SIZE)


def test_many_labels_close_by_do_not_lie_over_each_other(tape: Tape) -> None:
    ends = [(500.0, 300.0), (560.0, 296.0), (600.0, 330.0)]
    taken = [around(end, REACH) for end in ends]
    for k, end in enumerate(ends):
        taken.append(write_label(tape, f"sol 12: {k} m · 15 Wh · slip to 17 %", end, REACH, taken))
    assert not any(touches(one, two) for one, two in combinations(taken, 2))
    assert [box.x for _, box in tape.written] == [box.x for box in taken[3:]]


def test_a_label_beside_a_panel_goes_to_the_other_side(tape: Tape) -> None:
    panel = plan_layout(tape.page).inspector
    at = (panel.x - 30.0, panel.y + 40.0)
    box = write_label(tape, "The pit that is on no map", at, REACH, [panel])
    assert box.right < at[0]


def test_without_any_room_a_label_is_where_it_is_covered_least(tape: Tape) -> None:
    everywhere = [tape.page.box]
    assert write_label(tape, "Here", AT, REACH, everywhere).x == RIGHT.x
    thick = around((AT[0] + 250.0, AT[1]), 245.0)
    assert write_label(tape, "Here", AT, REACH, [*everywhere, thick]).right < AT[0]
