"""What the rover plans by: its habits, and the map of prices it makes of the ground nearby."""

import math
from collections.abc import Callable
from dataclasses import dataclass

Place = tuple[float, float]
Cell = tuple[int, int]
Cost = Callable[[float, float], float]
"""Cost of a metre at a place: at least 1, `CLOSED` where the ground is too steep or too soft to
enter (but may be left), infinite where something stands [-]."""

CLOSED = 1.0e6

UNASKED = -1.0


@dataclass(frozen=True, slots=True)
class PaceSpec:
    """How long a drive looks after each leg, and at each check; whether it measures slip."""

    look_s: float
    check_s: float
    is_slip_measured: bool


@dataclass(frozen=True, slots=True)
class LookSpec:
    """How much looks and checks differ from the usual length.

    Attributes
    ----------
    place_sigma, place_m : Of the logarithm, from one place to the next so far away. [-, m]
    look_sigma : Of the logarithm, from one look to the next at the same place. [-]
    lost_frac : Share of measured checks in which the pictures do not match and are taken again. [-]
    again_frac : What that takes, as a part of a check. [-]
    """

    place_sigma: float
    place_m: float
    look_sigma: float
    lost_frac: float
    again_frac: float

    def __post_init__(self) -> None:
        if not (0.0 <= self.place_sigma <= 1.0 and 0.0 <= self.look_sigma <= 1.0):
            raise ValueError("place_sigma and look_sigma must be from 0 to 1")
        if not (0.0 <= self.lost_frac <= 0.5 and 0.0 <= self.again_frac <= 1.0):
            raise ValueError("lost_frac must be from 0 to 0.5, again_frac from 0 to 1")
        if not self.place_m > 0.0:
            raise ValueError(f"place_m must be above 0, not {self.place_m}")


@dataclass(frozen=True, slots=True)
class NavigationSpec:
    """How the rover looks and plans.

    The local map has `cell_count` cells of `cell_m` on a side. Rocks of `rock_height_m` and more
    keep `clearance_m` from the rover's middle; slopes beyond `slope_limit_deg` and ground where
    the wheels would slip more than the stop rule allows are blocked. The rover drives legs of
    `leg_m`, looks after each, checks its slip every `check_m` and where it seems to slip, as long
    as the pace of its kind of drive says (what a check finds holds for `sure_m`, unless slip nears
    the stop rule), and plans anew at each check, up to `horizon_m` ahead or, if there is no way
    there, to one side (`aside_deg`, positive to the right, in this order). It has arrived within
    `arrival_m`; it turns in place when its nose is more than `turn_deg` off; it gives up after
    `patience_count` checks without coming nearer. A rover on closed ground leaves it first, at
    `leave_cost` times the price of easy ground, past what stands within `leave_m`. Ground is easy
    up to `easy_cost` times the energy of the firmest and flattest; a straight line of no more than
    `bend_cost` times
    that is taken without a search. Towards the limit of slope the price grows by `steep_cost`
    times (slope / limit) to the `steep_power`. Hazard cameras see `sight_m` far, `sight_deg` wide,
    ahead and behind; one sigma of a height they measure is `noise_1_m` times the square of the
    distance. Between legs the next `ahead_m` are looked at again.
    """

    cell_count: int
    cell_m: float
    rock_height_m: float
    clearance_m: float
    slope_limit_deg: float
    leg_m: float
    check_m: float
    sure_m: float
    horizon_m: float
    aside_deg: tuple[float, ...]
    arrival_m: float
    turn_deg: float
    leave_m: float
    leave_cost: float
    easy_cost: float
    bend_cost: float
    steep_cost: float
    steep_power: float
    patience_count: int
    sight_m: float
    sight_deg: float
    noise_1_m: float
    ahead_m: float
    look: LookSpec
    blind: PaceSpec
    visual: PaceSpec
    autonomous: PaceSpec
    creep: PaceSpec


class LocalMap:
    """Prices of the cells around a start, asked for once each; outside it there is no way.

    A rover that is caught, on closed ground, may drive over it at a price, and past what stands
    within `leave_m`, to get away; otherwise both are shut. Prices lie in one list, row by row,
    framed by a border without a way.
    """

    def __init__(self, spec: NavigationSpec, cost: Cost, start: Place) -> None:
        self.spec, self.start = spec, start
        self.first = cell_of(spec, start)
        self._cost = cost
        self._half = spec.cell_count // 2
        self.width = 2 * self._half + 1
        inside = [math.inf, *([UNASKED] * (self.width - 2)), math.inf]
        border = [math.inf] * self.width
        self.prices = border + inside * (self.width - 2) + border
        self.is_caught = self.is_shut(self.first)

    def moved(self, start: Place) -> "LocalMap":
        """Return the map around another start, of the same ground."""
        return LocalMap(self.spec, self._cost, start)

    def price(self, cell: Cell) -> float:
        """Cost of a metre within a cell; infinite where there is no way [-]."""
        number = self.number_of(cell)
        return math.inf if number is None else self.price_at(number)

    def price_at(self, number: int) -> float:
        """Cost of a metre within the cell of a number [-]."""
        price = self.prices[number]
        if price == UNASKED:
            price = self.prices[number] = self._asked(self.cell_at(number))
        return price

    def number_of(self, cell: Cell) -> int | None:
        """Return the place of a cell in the list of prices, or none outside the map."""
        column, row = cell[0] - self.first[0] + self._half, cell[1] - self.first[1] + self._half
        if 0 <= column < self.width and 0 <= row < self.width:
            return row * self.width + column
        return None

    def cell_at(self, number: int) -> Cell:
        """Return the cell of a number."""
        row, column = divmod(number, self.width)
        return column - self._half + self.first[0], row - self._half + self.first[1]

    def is_shut(self, cell: Cell) -> bool:
        """Say whether a rover that is free to go elsewhere would keep out of a cell."""
        return self._cost(*middle_of(self.spec, cell)) >= CLOSED

    def _asked(self, cell: Cell) -> float:
        spec, place = self.spec, middle_of(self.spec, cell)
        price = self._cost(*place)
        if price < CLOSED:
            return price
        is_open = price < math.inf or math.dist(self.start, place) < spec.leave_m
        return spec.leave_cost if self.is_caught and is_open else math.inf


def cell_of(spec: NavigationSpec, place: Place) -> Cell:
    """Return the cell that a place lies in."""
    return math.floor(place[0] / spec.cell_m), math.floor(place[1] / spec.cell_m)


def middle_of(spec: NavigationSpec, cell: Cell) -> Place:
    """Return the middle of a cell [m]."""
    return (cell[0] + 0.5) * spec.cell_m, (cell[1] + 0.5) * spec.cell_m
