"""A drive rehearsed: the wheels' own step over the ground that is known, without luck.

It looks, plans, turns and checks as the drive itself will, so bends round rocks and every turn in
place are in its price. What no one knows beforehand, how the soil scatters from place to place, is
in it as the chance of each slip check.
"""

import math
from collections.abc import Generator
from dataclasses import replace
from typing import NamedTuple

from game.events import DriveEnded, StopReason
from game.rover.drive import DriveKind, DriveOrder, Ground, Phase
from game.rover.gear import MobilitySpec, MobilityState, Where, tilt_rad
from game.rover.guiding import pace_of
from game.rover.local_map import Place
from game.rover.looking import repeats
from game.rover.mobility import (
    begin_drive,
    initial_mobility,
    leg_ticks,
    settled,
    step_mobility,
)
from game.rover.preview import DrivePreview, preview_route, slipping_frac, usual_gear

Rehearsal = Generator[DrivePreview, None, DrivePreview]
MOST_STEPS = 20_000  # a drive of half a kilometre takes some 6,000


class _Sums(NamedTuple):
    """What has come together on the way."""

    duration_s: float = 0.0
    energy_j: float = 0.0
    tilt_rad: float = 0.0
    slip_frac: float = 0.0
    slipping_count: float = 0.0
    checking_s: float = 0.0


def rehearsed(
    spec: MobilitySpec, ground: Ground, start: Place, heading_rad: float, order: DriveOrder
) -> DrivePreview:
    """Work out what a drive to a place takes by driving it in thought.

    Parameters
    ----------
    start, heading_rad
        Where the rover stands, and where its nose points, clockwise from north. [m, rad]
    order : DriveOrder
        A drive to a place, with its waypoints and the way it is led.

    Notes
    -----
    Middle values, as `preview_route`. Where the rehearsal finds no way on, the rest is priced as
    straight lines.
    """
    state = initial_mobility(*start, heading_rad, is_on_lander=False)
    steps = rehearsing(spec, ground, state, order)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            seen: DrivePreview = end.value
            return seen


def rehearsing(
    spec: MobilitySpec, ground: Ground, state: MobilityState, order: DriveOrder
) -> Rehearsal:
    """Rehearse a drive step by step, so that a window can go on with it in its next frame.

    `state` is the rover as it sets out. Each step yields what has come together so far; see
    `rehearsed`.
    """
    gear = replace(usual_gear(spec), slip_warn_frac=1.0)
    state = begin_drive(gear, settled(gear, state, ground), order, 0, 0)
    begun_m, sums, reason = state.odometer_m, _Sums(), StopReason.NO_WAY
    for _ in range(MOST_STEPS):
        before, dt_s = state, float(leg_ticks(gear, state))
        state, power_w, events = step_mobility(gear, state, Where(ground, 0, 0), dt_s)
        sums = _added(spec, sums, (before, state), (dt_s, power_w))
        if state.drive is None:
            reason = next(one.reason for one in events if isinstance(one, DriveEnded))
            break
        yield _with_checks(spec, sums, order, state.odometer_m - begun_m)
    seen = replace(_with_checks(spec, sums, order, state.odometer_m - begun_m), ends=reason)
    if reason is StopReason.DONE:
        return seen
    return _with_rest(spec, ground, seen, (state, order))


def _added(
    spec: MobilitySpec,
    sums: _Sums,
    states: tuple[MobilityState, MobilityState],
    spent: tuple[float, float],
) -> _Sums:
    before, after = states
    dt_s, power_w = spent
    rolled_m = after.odometer_m - before.odometer_m
    nav = spec.navigation
    return _Sums(
        sums.duration_s + dt_s,
        sums.energy_j + power_w * dt_s,
        max(sums.tilt_rad, tilt_rad(after)),
        max(sums.slip_frac, after.slip_frac if rolled_m > 0.0 else 0.0),
        # One check is enough for some metres of soil, so that many metres share the chance of one.
        sums.slipping_count + slipping_frac(spec, after.slip_frac) * rolled_m / nav.sure_m,
        sums.checking_s + (dt_s if _is_checking(before) else 0.0),
    )


def _is_checking(state: MobilityState) -> bool:
    return state.progress is not None and state.progress.phase is Phase.CHECK


def _with_checks(
    spec: MobilitySpec, sums: _Sums, order: DriveOrder, distance_m: float
) -> DrivePreview:
    pace = pace_of(spec.navigation, order.navigation)
    count = sums.slipping_count if pace.is_slip_measured else 0.0
    due_count = sums.checking_s / pace.check_s if pace.check_s > 0.0 else 0.0
    more_s = count * pace.check_s
    more_s += repeats(spec.navigation.look, pace) * (sums.checking_s + more_s)
    return DrivePreview(
        distance_m,
        sums.energy_j + spec.look_w * more_s,
        sums.duration_s + more_s,
        sums.tilt_rad,
        sums.slip_frac,
        count,
        due_count + count,
    )


def _with_rest(
    spec: MobilitySpec, ground: Ground, seen: DrivePreview, stop: tuple[MobilityState, DriveOrder]
) -> DrivePreview:
    state, order = stop
    left = (*order.waypoints, (order.x_m, order.y_m))
    nearest = min(left, key=lambda place: math.dist(place, (state.x_m, state.y_m)))
    route = ((state.x_m, state.y_m), *left[left.index(nearest) :])
    rest = preview_route(spec, ground, route, order.navigation)
    return DrivePreview(
        seen.distance_m + rest.distance_m,
        seen.energy_j + rest.energy_j,
        seen.duration_s + rest.duration_s,
        max(seen.worst_tilt_rad, rest.worst_tilt_rad),
        max(seen.worst_slip_frac, rest.worst_slip_frac),
        seen.slipping_count + rest.slipping_count,
        seen.check_count + rest.check_count,
        seen.ends,
    )


def goto(goal: Place, waypoints: tuple[Place, ...] = ()) -> DriveOrder:
    """Return an order for an autonomous drive to a place."""
    return DriveOrder(DriveKind.GOTO, x_m=goal[0], y_m=goal[1], waypoints=waypoints)
