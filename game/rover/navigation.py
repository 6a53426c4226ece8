"""Finding a way between rocks and slopes: straight where it is easy, by A* where it is not."""

import math
from heapq import heappop, heappush
from itertools import pairwise

from game.rover.local_map import (
    UNASKED,
    Cell,
    Cost,
    LocalMap,
    NavigationSpec,
    Place,
    cell_of,
    middle_of,
)

_EVEN = 1e-9  # what counts as the same cost
_ASLANT = math.sqrt(2.0) - 1.0  # what a diagonal step costs above a straight one
_SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
_STEPS = tuple((i, j, math.hypot(i, j)) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)


def find_way(spec: NavigationSpec, cost: Cost, start: Place, goal: Place) -> tuple[Place, ...]:
    """Find the cheapest way towards a goal as a few straight lines.

    Parameters
    ----------
    cost : callable
        Cost of a metre at a place. [-]
    start, goal : tuple of float
        East and north. A goal beyond the horizon is approached, not reached. [m]

    Returns
    -------
    tuple of places
        Where to turn and where to stop; empty if there is no way on the local map. From closed
        ground the way leads on past its edge, or only to the nearest open ground.
    """
    local = LocalMap(spec, cost, start)
    if local.is_caught:
        if onward := _past_the_edge(local, goal):
            return onward
        cells = search(local, None)
        return _pulled(local, tuple(middle_of(spec, cell) for cell in cells[1:]))
    return _looked_round(local, goal)


def _past_the_edge(local: LocalMap, goal: Place) -> tuple[Place, ...]:
    """Go on past the edge of closed ground, by the shortest way to the goal that this leaves.

    A rover that is a hand's breadth too near to a rock need not turn away from it and back. What
    is closed for longer than `leave_m` is no edge.
    """
    spec, start = local.spec, local.start
    ahead = _within(start, goal, spec.leave_m)
    best: tuple[Place, ...] = ()
    least_m = math.inf
    for aside_rad in _directions_rad(local, goal):
        edge = _edge(local, _turned(start, ahead, aside_rad))
        rest = () if edge is None else _looked_round(local.moved(edge), goal)
        if edge is None or not rest:
            continue
        way = (edge, *rest)
        way_m = math.fsum(math.dist(*leg) for leg in pairwise((start, *way, goal)))
        if way_m < least_m - _EVEN:
            best, least_m = way, way_m
    return _unhooked(local, best)


def _edge(local: LocalMap, end: Place) -> Place | None:
    """Return where a straight line first comes to open ground."""
    start, cell_m = local.start, local.spec.cell_m
    length_m = math.dist(start, end)
    for number in range(1, math.floor(2.0 * length_m / cell_m) + 1):
        place = _within(start, end, number * cell_m / 2.0)
        if not local.is_shut(cell_of(local.spec, place)):
            return place
    return None


def _looked_round(local: LocalMap, goal: Place) -> tuple[Place, ...]:
    """Look for a way straight ahead, then to the sides."""
    spec, start = local.spec, local.start
    ahead = _within(start, goal, spec.horizon_m)
    for aside_rad in _directions_rad(local, goal):
        target = _turned(start, ahead, aside_rad)
        if line_cost(local, start, target) <= math.dist(start, target) * spec.bend_cost:
            return (target,)
        cells = search(local, target)
        if len(cells) > 1:
            places = [middle_of(spec, cell) for cell in cells[1:]]
            if math.dist(places[-1], target) < spec.cell_m:
                places[-1] = target
            return _unhooked(local, _pulled(local, tuple(places)))
    return ()


def _unhooked(local: LocalMap, way: tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out a first bend close by if only an edge of closed ground lies inside it."""
    spec, start = local.spec, local.start
    if len(way) < 2 or math.dist(start, way[0]) >= spec.leave_m / 2.0:
        return way
    edge = _edge(local, _within(start, way[1], spec.leave_m))
    if edge is None or line_cost(local, edge, way[1]) == math.inf:
        return way
    return way[1:]


def _directions_rad(local: LocalMap, goal: Place) -> tuple[float, ...]:
    """Return where to look for a way: past a goal that lies near and shut there is none."""
    spec = local.spec
    if math.dist(local.start, goal) <= spec.horizon_m and local.is_shut(cell_of(spec, goal)):
        return (0.0,)
    return (0.0, *(math.radians(angle) for angle in spec.aside_deg))


def line_cost(local: LocalMap, start: Place, end: Place) -> float:
    """Add up the cost along a straight line, sampled once a cell [m]."""
    length_m = math.dist(start, end)
    count = max(1, math.ceil(length_m / local.spec.cell_m))
    across, up = end[0] - start[0], end[1] - start[1]
    total = 0.0
    for number in range(count):
        share = (number + 0.5) / count
        place = (start[0] + share * across, start[1] + share * up)
        total += local.price(cell_of(local.spec, place))
        if total == math.inf:
            break
    return total * length_m / count


def search(local: LocalMap, goal: Place | None) -> tuple[Cell, ...]:
    """Search the local map with A* from its start to the free cell nearest the goal.

    Without a goal, the way leads to the nearest ground that is not shut.

    Returns
    -------
    tuple of cells
        From start to end, both included; empty if there is no way.

    Notes
    -----
    Eight neighbours, no cutting of blocked corners; a step costs its length times the mean of
    its two cells. Ties go to the cell nearer the goal, then to the lower one, so that the same map
    gives the same way.

    References
    ----------
    .. [1] P. E. Hart, N. J. Nilsson, B. Raphael, "A formal basis for the heuristic determination
       of minimum cost paths", IEEE Trans. SSC 4(2), 1968.
    """
    first = local.number_of(local.first)
    last = None if goal is None else _free_near(local, cell_of(local.spec, goal))
    if first is None or (goal is not None and last is None):
        return ()
    known = {first: 0.0}
    came: dict[int, int] = {}
    closed: set[int] = set()
    heap = [(0, 0.0, first)]
    while heap:
        cell = heappop(heap)[2]
        if cell == last or (last is None and not local.is_shut(local.cell_at(cell))):
            return _traced(local, came, cell)
        if cell in closed:
            continue
        closed.add(cell)
        so_far = known[cell]
        for other, price in _neighbours(local, cell):
            total = so_far + price
            if other not in known or total < known[other]:
                known[other] = total
                came[other] = cell
                left = 0.0 if last is None else _octile(local.width, other, last)
                heappush(heap, (round((total + left) / _EVEN), left, other))
    return ()


def _neighbours(local: LocalMap, cell: int) -> list[tuple[int, float]]:
    prices, ask, width, shut = local.prices, local.price_at, local.width, math.inf
    here = ask(cell)
    for i, j in _SIDES:  # corners ask for them again and again
        if prices[cell + j * width + i] == UNASKED:
            ask(cell + j * width + i)
    found = []
    for i, j, length in _STEPS:
        row = j * width
        price = prices[cell + row + i]
        if price == UNASKED:
            price = ask(cell + row + i)
        if price == shut or (i and j and shut in (prices[cell + i], prices[cell + row])):
            continue
        found.append((cell + row + i, length * (here + price) / 2.0))
    return found


def _free_near(local: LocalMap, goal: Cell) -> int | None:
    """Return the number of the free cell nearest to the goal, within twice the clearance."""
    if local.price(goal) < math.inf:
        return local.number_of(goal)
    reach = math.ceil(2.0 * local.spec.clearance_m / local.spec.cell_m) + 1
    around = sorted(
        (i * i + j * j, i, j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)
    )
    for _, i, j in around:
        cell = (goal[0] + i, goal[1] + j)
        if local.price(cell) < math.inf:
            return local.number_of(cell)
    return None


def _pulled(local: LocalMap, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Pull the string tight: skip every bend that a straight line makes no dearer."""
    turns: list[Place] = []
    here, number = local.start, 0
    while number < len(places):
        furthest = number
        along = line_cost(local, here, places[number])
        for later in range(number + 1, len(places)):
            along += line_cost(local, places[later - 1], places[later])
            if line_cost(local, here, places[later]) <= along * (1.0 + _EVEN):
                furthest = later
        here = places[furthest]
        turns.append(here)
        number = furthest + 1
    return tuple(turns)


def _traced(local: LocalMap, came: dict[int, int], last: int) -> tuple[Cell, ...]:
    way = [last]
    while way[-1] in came:
        way.append(came[way[-1]])
    return tuple(local.cell_at(number) for number in reversed(way))


def _octile(width: int, cell: int, other: int) -> float:
    """Length of the shortest way over free cells: never more than the true cost."""
    row, column = divmod(cell, width)
    other_row, other_column = divmod(other, width)
    across, up = abs(column - other_column), abs(row - other_row)
    return up + _ASLANT * across if across < up else across + _ASLANT * up


def _turned(start: Place, place: Place, angle_rad: float) -> Place:
    """Return a place swung to the right about a start."""
    across, up = place[0] - start[0], place[1] - start[1]
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    return start[0] + across * cosine + up * sine, start[1] + up * cosine - across * sine


def _within(start: Place, goal: Place, reach_m: float) -> Place:
    length_m = math.dist(start, goal)
    if length_m <= reach_m:
        return goal
    share = reach_m / length_m
    return start[0] + share * (goal[0] - start[0]), start[1] + share * (goal[1] - start[1])
