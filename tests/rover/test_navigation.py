"""Ways round obstacles: cheapest, repeatable, and honest when there is none."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from heapq import heappop, heappush
from itertools import pairwise, product

import pytest

from game.rng import Stream, uniform
from game.rover.drive import Ground, Obstacle
from game.rover.gear import MobilityState, Where
from game.rover.hazards import ground_cost
from game.rover.local_map import CLOSED, Cell, LocalMap, Place, cell_of, middle_of
from game.rover.navigation import find_way, line_cost, search
from tests.rover.machines import DRIFT, DURICRUST, LOOSE, Plane, mobility_spec

NAV = mobility_spec().navigation
SMALL = replace(NAV, cell_count=32)
HERE = (0.1, 0.1)
Price = Callable[[float, float], float]


def cost_on(ground: Ground, here: Place = HERE) -> Price:
    """What the hazard cameras make of ground that pictures show."""
    return ground_cost(mobility_spec(), Where(ground, 7, 0), MobilityState(*here, 0.0))


def seeded_field(seed: int) -> Price:
    """Random prices from 1 to 5 with a fifth of the cells blocked."""

    @cache
    def price(x_m: float, y_m: float) -> float:
        column, row = cell_of(NAV, (x_m, y_m))
        draw = uniform(seed, Stream.ROCK, column, row)
        return math.inf if draw < 0.2 else 1.0 + 5.0 * (draw - 0.2)

    return price


def price_of(cost: Price, cell: Cell) -> float:
    middle = ((cell[0] + 0.5) * NAV.cell_m, (cell[1] + 0.5) * NAV.cell_m)
    price = cost(*middle)
    near = math.dist(HERE, middle) < NAV.leave_m
    is_caught = math.isinf(cost(*middle_of(NAV, cell_of(NAV, HERE))))
    return NAV.leave_cost if is_caught and near and math.isinf(price) else price


def cost_of(cost: Price, way: tuple[Cell, ...]) -> float:
    return sum(
        math.dist(a, b) * (price_of(cost, a) + price_of(cost, b)) / 2.0 for a, b in pairwise(way)
    )


def around(cost: Price, cell: Cell) -> list[tuple[Cell, float]]:
    found = []
    for i, j in product((-1, 0, 1), repeat=2):
        ends = cell, (cell[0] + i, cell[1] + j)
        sides = (cell[0] + i, cell[1]), (cell[0], cell[1] + j)
        if (i or j) and all(math.isfinite(price_of(cost, one)) for one in (*ends, *sides)):
            mean = (price_of(cost, ends[0]) + price_of(cost, ends[1])) / 2.0
            found.append((ends[1], math.hypot(i, j) * mean))
    return found


def dijkstra(cost: Price, first: Cell, last: Cell) -> float:
    """Plain Dijkstra over the same map: the second model."""
    half = SMALL.cell_count // 2
    known, heap = {first: 0.0}, [(0.0, first)]
    while heap:
        total, cell = heappop(heap)
        if cell == last:
            return total
        for other, price in around(cost, cell):
            is_inside = max(abs(other[0] - first[0]), abs(other[1] - first[1])) < half
            if is_inside and total + price < known.get(other, math.inf):
                known[other] = total + price
                heappush(heap, (total + price, other))
    return math.inf


@pytest.mark.parametrize("seed", range(20))
def test_the_way_is_as_cheap_as_dijkstras_and_never_blocked(seed: int) -> None:
    cost = seeded_field(seed)
    goal = (2.5, 1.9)
    way = search(LocalMap(SMALL, cost, HERE), goal)
    assert way
    assert way[0] == cell_of(NAV, HERE)
    assert all(math.isfinite(price_of(cost, cell)) for cell in way)
    assert cost_of(cost, way) == pytest.approx(dijkstra(cost, way[0], way[-1]), rel=1e-6)
    assert way == search(LocalMap(SMALL, seeded_field(seed), HERE), goal)


def test_a_closed_ring_leaves_no_way_and_says_so() -> None:
    def ring(x_m: float, y_m: float) -> float:
        return math.inf if 2.0 < math.hypot(x_m, y_m) < 3.0 else 1.0

    assert search(LocalMap(NAV, ring, HERE), (5.0, 0.0)) == ()
    assert find_way(NAV, ring, HERE, (5.0, 0.0)) == ()


def test_open_ground_is_crossed_in_one_straight_line() -> None:
    assert find_way(NAV, lambda _x, _y: 1.0, HERE, (3.0, 4.0)) == ((3.0, 4.0),)


def test_a_far_goal_is_approached_up_to_the_horizon() -> None:
    way = find_way(NAV, lambda _x, _y: 1.0, (0.0, 0.0), (0.0, -100.0))
    assert way == ((0.0, -NAV.horizon_m),)


def test_a_bend_is_pulled_tight_round_a_corner() -> None:
    def wall(x_m: float, y_m: float) -> float:
        return math.inf if 2.0 < y_m < 2.6 and x_m > -1.5 else 1.0

    way = find_way(NAV, wall, HERE, (0.1, 5.0))
    legs = list(pairwise((HERE, *way)))
    assert 2 <= len(way) <= 4
    assert all(math.isfinite(line_cost(LocalMap(NAV, wall, HERE), *leg)) for leg in legs)
    assert sum(math.dist(*leg) for leg in legs) < 7.0  # 6.5 m by ruler and thread


def test_a_goal_on_a_rock_is_approached_as_near_as_allowed() -> None:
    rock = Obstacle(0.0, 4.0, 0.4, 0.5)
    cost = cost_on(Plane(DURICRUST, things=(rock,)))
    way = find_way(NAV, cost, HERE, (0.0, 4.0))
    distance_m = math.dist(way[-1], (0.0, 4.0))
    assert rock.radius_m + NAV.clearance_m <= distance_m + NAV.cell_m
    assert distance_m < rock.radius_m + NAV.clearance_m + 2 * NAV.cell_m


def test_a_rover_that_stands_on_forbidden_ground_may_leave_it() -> None:
    rock = Obstacle(0.5, 0.0, 0.3, 0.5)
    cost = cost_on(Plane(DURICRUST, things=(rock,)), (0.0, 0.0))
    assert math.isinf(cost(0.0, 0.0))
    assert find_way(NAV, cost, (0.0, 0.0), (-5.0, 0.0))


def test_a_rover_that_grazes_the_edge_of_a_rock_goes_on_past_it() -> None:
    # It used to turn square to the rock for a hand's breadth, and back again: minutes, and Wh.
    caught = 0
    for number in range(400):
        draw = [uniform(3, Stream.ROCK, number, index) for index in range(4)]
        rock, off_m = Obstacle(draw[0], draw[1], 0.3, 0.5), 1.0 + 0.35 * draw[3]
        aside_rad = math.tau * draw[2]
        start = swung((rock.x_m, rock.y_m), aside_rad, off_m)
        past_rad = aside_rad + math.pi / 2.0
        cost = cost_on(Plane(DURICRUST, things=(rock,)), start)
        caught += LocalMap(NAV, cost, start).is_caught
        way = find_way(NAV, cost, start, swung(start, past_rad, 40.0))
        bearing_rad = math.atan2(way[0][0] - start[0], way[0][1] - start[1])
        assert abs(math.degrees(math.remainder(bearing_rad - past_rad, math.tau))) < 61.0
        assert math.dist(swung(start, past_rad, 6.0), way[-1]) < 1.0
        nearest_m = min(
            math.dist((a[0] + k / 10.0 * (b[0] - a[0]), a[1] + k / 10.0 * (b[1] - a[1])),
                      (rock.x_m, rock.y_m))
            for a, b in pairwise((start, *way))
            for k in range(11)
        )  # fmt: skip
        assert nearest_m > min(off_m, 0.3 + NAV.clearance_m) - 0.13
    assert caught > 150


def swung(place: Place, bearing_rad: float, way_m: float) -> Place:
    return place[0] + way_m * math.sin(bearing_rad), place[1] + way_m * math.cos(bearing_rad)


def test_closed_ground_is_left_but_never_entered() -> None:
    def bank(_x_m: float, y_m: float) -> float:
        return CLOSED if y_m > 2.0 else 1.0

    assert find_way(NAV, bank, (0.0, 3.1), (0.0, 0.0))  # down from its edge
    assert find_way(NAV, bank, (0.0, 7.1), (0.0, 0.0))  # and from its middle
    way = find_way(NAV, bank, (0.0, 0.0), (0.0, 3.0))  # up to its foot
    assert 1.6 < way[-1][1] < 2.0
    assert find_way(NAV, bank, way[-1], (0.0, 3.0)) == ()


def test_a_long_wall_is_followed_to_its_end() -> None:
    def wall(x_m: float, y_m: float) -> float:
        return math.inf if 5.0 < y_m < 9.0 and -4.0 < x_m < 40.0 else 1.0

    place, goal = HERE, (0.0, 14.0)
    for _ in range(8):
        way = find_way(NAV, wall, place, goal)
        assert way
        place = way[0]
    assert math.dist(place, goal) < 1.0


@pytest.mark.parametrize(
    ("ground", "is_open"),
    [
        (Plane(DURICRUST), True),
        (Plane(DURICRUST, north=math.tan(math.radians(17.0))), True),
        (Plane(DURICRUST, north=math.tan(math.radians(19.0))), False),
        (Plane(LOOSE, north=math.tan(math.radians(10.0))), True),
        (Plane(LOOSE, north=math.tan(math.radians(13.0))), False),
        (Plane(DRIFT, north=math.tan(math.radians(9.0))), False),
        (Plane(DURICRUST, things=(Obstacle(1.0, 0.0, 0.2, 0.26),)), False),
        (Plane(DURICRUST, things=(Obstacle(1.0, 0.0, 0.2, 0.24),)), True),
    ],
)
def test_rocks_slopes_and_soft_ground_are_closed_by_their_limits(
    ground: Plane, is_open: bool
) -> None:
    assert (cost_on(ground)(0.0, 0.0) < CLOSED) is is_open


def test_the_search_touches_few_cells_of_easy_ground() -> None:
    asked: list[Place] = []
    rock = Obstacle(0.0, 3.0, 0.5, 0.5)
    priced = cost_on(Plane(DURICRUST, things=(rock,)))

    def counted(x_m: float, y_m: float) -> float:
        asked.append((x_m, y_m))
        return priced(x_m, y_m)

    assert find_way(NAV, counted, HERE, (0.0, 6.0))
    assert len(asked) < 1500  # of 4,096
