"""The day that the baseline lays out: one activity behind the other, while light lasts."""

import math
from dataclasses import dataclass, replace

from game.agents.observation import Observation
from game.commands import Activity, ActivityKind, Navigation
from game.environment.clock import tick_at
from game.mission.plan import Plan, sorted_plan
from game.orbiter.relay import volume_bit

Kind = ActivityKind


@dataclass(frozen=True, slots=True)
class Habits:
    """How the baseline plans: hours are local mean time [h], ways in metres, the rest as named.

    It samples once in each square of `spot_m`, looks down at `look_down_rad`, has `detour_s` in
    hand for a drive, and sends through a pass of `long_pass_s` if that pays for `least_send_s`.
    """

    morning_h: float = 8.5
    work_h: float = 9.6
    evening_h: float = 17.0
    drive_m: float = 14.0
    least_m: float = 4.0
    speed_m_s: float = 0.011
    creep_m_s: float = 0.0015
    detour_s: int = 1200
    sidestep_m: float = 9.0
    back_m: float = 9.0
    spare_frac: float = 0.06
    rest_frac: float = 0.10
    least_bit: int = 1_000_000
    noon_frac: float = 0.5
    roomy_bit: int = 250_000_000
    air_s: int = 5400
    air_step_h: float = 7.0
    panorama_sols: int = 2
    before_pass_s: int = 150
    gap_s: int = 120
    ramp_s: int = 1800
    spot_m: float = 8.0
    look_down_rad: float = -0.12
    long_pass_s: int = 3600
    least_send_s: int = 900


class Draft:
    """A plan in the making: a clock that runs through the working day."""

    def __init__(self, seen: Observation, habits: Habits) -> None:
        self.seen = seen
        self._habits = habits
        self._clock = max(seen.tick, tick_at(seen.site, seen.sol, habits.work_h))
        self._evening = tick_at(seen.site, seen.sol, habits.evening_h)
        self._activities: list[Activity] = []
        self._place = seen.place_m
        self._targets = [(one.x_m, one.y_m) for one in seen.targets]
        self.left_m = habits.drive_m
        self.noon_bit = 0
        self.is_last = seen.sol >= seen.last_sol

    def plan(self) -> Plan:
        """Return what has been laid out."""
        numbered = (replace(a, number=n) for n, a in enumerate(self._activities, 1))
        return sorted_plan(tuple(numbered))

    def spot(self) -> tuple[int, int]:
        """Return the square of some metres that the rover will stand on."""
        x_m, y_m = self._place
        return round(x_m / self._habits.spot_m), round(y_m / self._habits.spot_m)

    def azimuth_to(self, goal: tuple[float, float]) -> float:
        """Return the direction of a goal, clockwise from north [rad]."""
        return math.atan2(goal[0] - self._place[0], goal[1] - self._place[1]) % math.tau

    def radio(self, start_tick: int, end_tick: int) -> None:
        """Send during a short pass; what it carries is the measure for the camera."""
        self._activities.append(Activity(0, Kind.SEND, start_tick, end_tick - start_tick))
        for one in self.seen.passes(start_tick, end_tick):
            self.noon_bit += volume_bit(one, start_tick, end_tick)

    def add(self, kind: ActivityKind, seconds: int, azimuth_rad: float = 0.0) -> None:
        """Put one more activity behind the others, if the day is long enough."""
        if self._clock + seconds > self._evening:
            return
        self._activities.append(
            Activity(
                0,
                kind,
                self._clock,
                seconds,
                azimuth_rad=azimuth_rad,
                elevation_rad=self._habits.look_down_rad,
            )
        )
        self._clock += seconds + self._habits.gap_s

    def use(self, kind: ActivityKind, azimuth_rad: float = 0.0) -> None:
        """Put the usual work of an instrument behind the others."""
        self.add(kind, self.seen.usual_s[kind], azimuth_rad)

    def look(self, azimuth_rad: float) -> None:
        """Take one picture."""
        self.use(Kind.PICTURE, azimuth_rad)

    def next_place(self) -> tuple[float, float]:
        """Return the nearest goal not yet reached, or a point further south when all are."""
        x_m, y_m = self._place
        if not self._targets:
            return x_m, y_m - 40.0
        return min(self._targets, key=lambda place: math.dist((x_m, y_m), place))

    def leg(self, goal: tuple[float, float], short_count: int) -> tuple[float, float] | None:
        """Return where to drive: towards a goal as far as a sol's way reaches, or round trouble.

        After a stop it goes on to one side, after the next to the other; then it backs out the same
        way and tries again. All of it lies within one picture.
        """
        x_m, y_m = self._place
        way_m = math.dist(self._place, goal)
        if way_m < 1.0:
            return None
        reach_m, side_m = min(way_m, self.left_m), 0.0
        if short_count:
            side_m = self._habits.sidestep_m * (-1.0) ** short_count
            is_back = (short_count - 1) // 2 % 2 == 1
            reach_m = -self._habits.back_m if is_back else reach_m
        east, north = (goal[0] - x_m) / way_m, (goal[1] - y_m) / way_m
        return x_m + east * reach_m + north * side_m, y_m + north * reach_m - east * side_m

    def drive(self, leg: tuple[float, float], *, is_crept: bool = False) -> None:
        """Drive there, if the day is long enough."""
        speed_m_s = self._habits.creep_m_s if is_crept else self._habits.speed_m_s
        navigation = Navigation.CREEP if is_crept else Navigation.AUTONOMOUS
        seconds = int(math.dist(self._place, leg) / speed_m_s) + self._habits.detour_s
        if self._clock + seconds > self._evening:
            return
        drive = Activity(0, Kind.DRIVE, self._clock, seconds, *leg)
        if not is_crept:
            self._activities.append(Activity(0, Kind.RADAR, self._clock, seconds))
        self._activities.append(replace(drive, navigation=navigation))
        self._clock += seconds + self._habits.gap_s
        self.left_m -= math.dist(self._place, leg)
        self._place = leg
        self._targets = [one for one in self._targets if math.dist(one, leg) > 1.0]

    def weather(self) -> None:
        """Listen to the air at an hour that moves on from sol to sol."""
        site, sol = self.seen.site, self.seen.sol
        hour = (sol * self._habits.air_step_h) % 24.0
        start = tick_at(site, sol, hour)
        if start < self.seen.tick:
            start = tick_at(site, sol + 1, hour)
        start = max(start, self._clock)
        morning = tick_at(site, sol + 1, self._habits.morning_h)
        if start + self._habits.air_s < morning:
            self._activities.append(Activity(0, Kind.AIR, start, self._habits.air_s, priority=4))
