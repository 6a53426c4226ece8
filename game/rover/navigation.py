"""Finding a way between rocks and slopes: a cost map a few metres wide, and A* over it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

Place = tuple[float, float]
Cell = tuple[int, int]
Cost = Callable[[float, float], float]
"""Cost of a metre at a place: at least 1, `CLOSED` where the ground is too steep or too soft to
enter (but may be left), infinite where something stands [-]."""

CLOSED = 1.0e6

_EVEN = 1e-9  # what counts as the same cost
_STEPS = tuple((i, j, math.hypot(i, j)) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)


@dataclass(frozen=True, slots=True)
class NavigationSpec:
    """How the rover looks and plans.

    The local map has `cell_count` cells of `cell_m` on a side. Rocks of `rock_height_m` and more
    keep `clearance_m` from the rover's middle; slopes beyond `slope_limit_deg` and ground where
    the wheels would slip more than the stop rule allows are blocked. The rover drives legs of
    `leg_m`, looks `look_s` after each, checks its slip `check_s` long every `check_m`, and plans
    anew at each check, up to `horizon_m` ahead or, if there is no way there, to one side
    (`aside_deg`, positive to the right, in this order). It has arrived within `arrival_m`; it
    turns in place when its nose is more than `turn_deg` off; it gives up after `patience_count`
    checks without coming nearer. A rover on closed ground leaves it first, at
    `leave_cost` times the price of easy ground, past what stands within `leave_m`. Ground is easy
    up to `easy_cost` times the energy of the firmest and flattest; beyond, the way bends. Towards
    the limit of slope the price grows by `steep_cost` times (slope / limit) to the `steep_power`.
    """

    cell_count: int
    cell_m: float
    rock_height_m: float
    clearance_m: float
    slope_limit_deg: float
    leg_m: float
    look_s: float
    check_m: float
    check_s: float
    horizon_m: float
    aside_deg: tuple[float, ...]
    arrival_m: float
    turn_deg: float
    leave_m: float
    leave_cost: float
    easy_cost: float
    steep_cost: float
    steep_power: float
    patience_count: int


class LocalMap:
    """Prices of the cells around a start, asked for once each; outside it there is no way.

    A rover that is caught, on closed ground, may drive over it at a price, and past what stands
    within `leave_m`, to get away; otherwise both are shut.
    """

    def __init__(self, spec: NavigationSpec, cost: Cost, start: Place) -> None:
        self.spec, self.start = spec, start
        self.first = cell_of(spec, start)
        self._cost = cost
        self._half = spec.cell_count // 2
        self._known: dict[Cell, float] = {}
        self.is_caught = self.is_shut(self.first)

    def price(self, cell: Cell) -> float:
        """Cost of a metre within a cell; infinite where there is no way [-]."""
        price = self._known.get(cell)
        if price is None:
            price = self._known[cell] = self._asked(cell)
        return price

    def is_shut(self, cell: Cell) -> bool:
        """Say whether a rover that is free to go elsewhere would keep out of a cell."""
        return self._cost(*middle_of(self.spec, cell)) >= CLOSED

    def _asked(self, cell: Cell) -> float:
        first, spec = self.first, self.spec
        if max(abs(cell[0] - first[0]), abs(cell[1] - first[1])) >= self._half:
            return math.inf
        place = middle_of(spec, cell)
        price = self._cost(*place)
        if price < CLOSED:
            return price
        is_open = price < math.inf or math.dist(self.start, place) < spec.leave_m
        return spec.leave_cost if self.is_caught and is_open else math.inf


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
        ground the way leads only to the nearest open ground.
    """
    local = LocalMap(spec, cost, start)
    if local.is_caught:
        cells = search(local, None)
        return _pulled(local, tuple(middle_of(spec, cell) for cell in cells[1:]))
    return _looked_round(local, goal)


def _looked_round(local: LocalMap, goal: Place) -> tuple[Place, ...]:
    """Look for a way straight ahead, then to the sides."""
    spec, start = local.spec, local.start
    ahead = _within(start, goal, spec.horizon_m)
    for aside_rad in _directions_rad(local, goal):
        target = _turned(start, ahead, aside_rad)
        if line_cost(local, start, target) <= math.dist(start, target) * (1.0 + _EVEN):
            return (target,)
        cells = search(local, target)
        if len(cells) > 1:
            places = [middle_of(spec, cell) for cell in cells[1:]]
            if math.dist(places[-1], target) < spec.cell_m:
                places[-1] = target
            return _pulled(local, tuple(places))
    return ()


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
    first = local.first
    last = None if goal is None else _free_near(local, cell_of(local.spec, goal))
    if goal is not None and last is None:
        return ()
    known = {first: 0.0}
    came: dict[Cell, Cell] = {}
    closed: set[Cell] = set()
    heap = [(0, 0.0, first)]
    while heap:
        cell = heappop(heap)[2]
        if cell == last or (last is None and not local.is_shut(cell)):
            return _traced(came, cell)
        if cell in closed:
            continue
        closed.add(cell)
        for other, price in _neighbours(local, cell):
            total = known[cell] + price
            if total < known.get(other, math.inf):
                known[other] = total
                came[other] = cell
                left = 0.0 if last is None else _octile(other, last)
                heappush(heap, (round((total + left) / _EVEN), left, other))
    return ()


def _neighbours(local: LocalMap, cell: Cell) -> list[tuple[Cell, float]]:
    here = local.price(cell)
    found = []
    for i, j, length in _STEPS:
        other = (cell[0] + i, cell[1] + j)
        price = local.price(other)
        if price == math.inf:
            continue
        is_corner = i and j
        if is_corner and math.inf in (
            local.price((other[0], cell[1])),
            local.price((cell[0], other[1])),
        ):
            continue
        found.append((other, length * (here + price) / 2.0))
    return found


def _free_near(local: LocalMap, goal: Cell) -> Cell | None:
    """Return the free cell nearest to the goal, within the clearance of two rovers."""
    if local.price(goal) < math.inf:
        return goal
    reach = math.ceil(2.0 * local.spec.clearance_m / local.spec.cell_m) + 1
    around = sorted(
        (i * i + j * j, i, j) for i in range(-reach, reach + 1) for j in range(-reach, reach + 1)
    )
    for _, i, j in around:
        cell = (goal[0] + i, goal[1] + j)
        if local.price(cell) < math.inf:
            return cell
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


def _traced(came: dict[Cell, Cell], last: Cell) -> tuple[Cell, ...]:
    way = [last]
    while way[-1] in came:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def cell_of(spec: NavigationSpec, place: Place) -> Cell:
    """Return the cell that a place lies in."""
    return math.floor(place[0] / spec.cell_m), math.floor(place[1] / spec.cell_m)


def middle_of(spec: NavigationSpec, cell: Cell) -> Place:
    """Return the middle of a cell [m]."""
    return (cell[0] + 0.5) * spec.cell_m, (cell[1] + 0.5) * spec.cell_m


def _octile(cell: Cell, other: Cell) -> float:
    """Length of the shortest way over free cells: never more than the true cost."""
    across, up = abs(cell[0] - other[0]), abs(cell[1] - other[1])
    return max(across, up) + (math.sqrt(2.0) - 1.0) * min(across, up)


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
