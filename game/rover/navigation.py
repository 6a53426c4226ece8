"""Finding a way between rocks and slopes: a cost map a few metres wide, and A* over it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavigationSpec:
    """How the rover looks and plans.

    The local map has `cell_count` cells of `cell_m` on a side. Rocks of `rock_height_m` and more
    keep `clearance_m` from the rover's middle; slopes beyond `slope_limit_deg` and ground where
    the wheels would slip more than the stop rule allows are blocked. The rover drives legs of
    `leg_m`, looks `look_s` after each, checks its slip `check_s` long every `check_m`, and plans
    anew at each check. It has arrived within `arrival_m`; it turns in place when its nose is more
    than `turn_deg` off; it gives up after `patience_count` checks without coming nearer.
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
    arrival_m: float
    turn_deg: float
    patience_count: int
