"""Plans as text: one table an activity, times as people say them."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from game.commands import Activity, ActivityKind, Navigation, Waypoints
from game.config import parse
from game.environment.clock import SiteSpec, lmst_h, sol_of, tick_at
from game.mission.plan import Plan, sorted_plan
from game.rover.instruments import LOOKS


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One activity as a person writes it: sol, local mean time "HH:MM", minutes, degrees.

    `minutes` of 0 means the usual length of that kind. A drive may name `waypoints`, each
    [east, north], to pass on its way.
    """

    sol: int
    start: str
    kind: ActivityKind
    minutes: float = 0.0
    x_m: float = 0.0
    y_m: float = 0.0
    azimuth_deg: float = 180.0
    elevation_deg: float = -7.0
    priority: int = 5
    condition: str = ""
    compression: float = 0.0
    range_m: float = 0.0
    bearing_deg: float = 0.0
    waypoints: Waypoints = ()
    navigation: Navigation = Navigation.AUTONOMOUS

    def __post_init__(self) -> None:
        """Refuse what no clock shows."""
        hour_of(self.start)
        if self.sol < 1:
            raise ValueError(f"sol must be 1 or later, got {self.sol}")
        if self.minutes < 0.0:
            raise ValueError(f"minutes must not be negative, got {self.minutes}")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a `.plan.toml` file holds."""

    schema: int
    name: str = ""
    activity: tuple[ActivityEntry, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse files of another time."""
        if self.schema != 1:
            raise ValueError(f"schema {self.schema} is not known; this program reads schema 1")


def hour_of(text: str) -> float:
    """Read "HH:MM" as an hour of the local mean solar day [h].

    Raises
    ------
    ValueError
        If it is not a time of day.
    """
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(f'a time looks like "10:30", not {text!r}')
    return int(hours) + int(minutes) / 60.0


def parse_plan(
    table: Mapping[str, object],
    site: SiteSpec,
    usual_s: Mapping[ActivityKind, int],
    where: str,
) -> Plan:
    """Turn the content of a plan file into a plan.

    Raises
    ------
    ConfigError
        With every problem in the file.
    """
    entries = parse(table, PlanFile, where).activity
    return sorted_plan(
        tuple(_activity(number, entry, site, usual_s) for number, entry in enumerate(entries, 1))
    )


def plan_text(plan: Plan, site: SiteSpec, name: str) -> str:
    """Write a plan as the text of a plan file; reading it again gives the same plan to a minute."""
    lines = ["schema = 1", f"name = {_quoted(name)}"]
    for a in plan:
        hour = lmst_h(site, a.start_tick)
        minute = min(1439, math.floor(hour * 60.0 + 0.5))
        lines += [
            "",
            "[[activity]]",
            f"sol = {sol_of(site, a.start_tick)}",
            f'start = "{minute // 60:02d}:{minute % 60:02d}"',
            f'kind = "{a.kind}"',
            f"minutes = {a.duration_s / 60.0:g}",
            f"priority = {a.priority}",
        ]
        if a.kind is ActivityKind.DRIVE:
            lines += [f"x_m = {a.x_m:.2f}", f"y_m = {a.y_m:.2f}"]
            lines.append(f'navigation = "{a.navigation}"')
            if a.waypoints:
                places = ", ".join(f"[{x:.2f}, {y:.2f}]" for x, y in a.waypoints)
                lines.append(f"waypoints = [{places}]")
        if a.kind in LOOKS:
            lines += [
                f"azimuth_deg = {math.degrees(a.azimuth_rad):.2f}",
                f"elevation_deg = {math.degrees(a.elevation_rad):.2f}",
            ]
        lines += [
            f"{key} = {value:.2f}"
            for key, value in (
                ("compression", a.compression),
                ("range_m", a.range_m),
                ("bearing_deg", math.degrees(a.bearing_rad)),
            )
            if value
        ]
        if a.condition:
            lines.append(f"condition = {_quoted(a.condition)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write text as TOML does; its basic strings are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _activity(
    number: int, entry: ActivityEntry, site: SiteSpec, usual_s: Mapping[ActivityKind, int]
) -> Activity:
    seconds = round(entry.minutes * 60.0) or usual_s[entry.kind]
    return Activity(
        number=number,
        kind=entry.kind,
        start_tick=tick_at(site, entry.sol, hour_of(entry.start)),
        duration_s=seconds,
        x_m=entry.x_m,
        y_m=entry.y_m,
        azimuth_rad=math.radians(entry.azimuth_deg),
        elevation_rad=math.radians(entry.elevation_deg),
        priority=entry.priority,
        condition=entry.condition,
        waypoints=entry.waypoints,
        navigation=entry.navigation,
        compression=entry.compression,
        range_m=entry.range_m,
        bearing_rad=math.radians(entry.bearing_deg),
    )
