"""A plan written as the text of a plan file: short, in order, and exact."""

import json
import math
from collections.abc import Callable

from game.commands import Activity, ActivityKind
from game.environment.clock import SiteSpec, lmst_h, sol_of, tick_at
from game.mission.plan import Plan, sorted_plan
from game.mission.plan_entry import LOOKS, hour_of
from game.mission.plan_orders import order_values
from game.mission.plan_passes import Passes, named_pass, start_at

LASERS = (ActivityKind.SOIL, ActivityKind.INFRARED)


def plan_text(
    plan: Plan, site: SiteSpec, name: str, passes: Passes = lambda _: (), lead_s: int = 0
) -> str:
    """Write a plan as the text of a plan file; reading it again gives the same plan.

    Numbers are given anew from 1 in order of time, and what others wait for gets a name. What
    starts at one of the `passes` (see `PlanContext`) says so, if it still does.
    """
    plan = sorted_plan(plan)
    names = _names(plan)
    lines = ["schema = 1", f"name = {_quoted(name)}"]
    for activity in plan:
        lines += ["", "[[activity]]", *_lines(activity, site, plan, names)]
        if activity.at_pass and _is_at_pass(activity, site, passes, lead_s):
            lines.append(f"at_pass = {_quoted(activity.at_pass)}")
    return "\n".join(lines) + "\n"


def _is_at_pass(a: Activity, site: SiteSpec, passes: Passes, lead_s: int) -> bool:
    """Say whether the pass that an activity names gives the start that it has."""
    if a.after or a.instead_of:
        return False
    window = named_pass(site, passes, sol_of(site, a.start_tick), a.at_pass, a.start_tick)
    return window is not None and start_at(window, a.kind, lead_s) == a.start_tick


def _names(plan: Plan) -> dict[int, str]:
    wanted = {a.after for a in plan} | {a.instead_of for a in plan}
    wanted |= {a.number for a in plan if a.instead_of}
    taken = {a.name for a in plan}
    names: dict[int, str] = {}
    for at, activity in enumerate(plan, 1):
        fresh = f"{activity.kind.replace('_', ' ')} {at}"
        while fresh in taken:
            fresh += "'"
        if activity.name or activity.number in wanted:
            names[activity.number] = activity.name or fresh
    return names


def _lines(a: Activity, site: SiteSpec, plan: Plan, names: dict[int, str]) -> list[str]:
    lines = [f'kind = "{a.kind}"']
    if a.number in names:
        lines.append(f"name = {_quoted(names[a.number])}")
    if a.after in names:
        lines.append(f"after = {_quoted(names[a.after])}")
        lines += [f"gap_minutes = {_minutes(a.gap_s)}"] if a.gap_s else []
    elif a.instead_of not in names:
        lines.append(f"sol = {sol_of(site, a.start_tick)}")
        lines.append(f'start = "{time_text(site, a.start_tick)}"')
    lines += [f"minutes = {_minutes(a.duration_s)}", f"priority = {a.priority}"]
    lines += _details(a)
    lines += ["is_optional = true"] if a.is_optional else []
    for key in ("condition", "until", "abort"):
        text = getattr(a, key)
        lines += [f"{key} = {_quoted(text)}"] if text else []
    lines += [f"else = {_quoted(names[b.number])}" for b in plan if b.instead_of == a.number]
    return lines


def _details(a: Activity) -> list[str]:
    lines: list[str] = []
    if a.kind is ActivityKind.DRIVE:
        lines += [f"x_m = {a.x_m!r}", f"y_m = {a.y_m!r}", f'navigation = "{a.navigation}"']
        if a.waypoints:
            places = ", ".join(f"[{float(x)!r}, {float(y)!r}]" for x, y in a.waypoints)
            lines.append(f"waypoints = [{places}]")
    if a.kind in LOOKS:
        lines.append(f"azimuth_deg = {_degrees(a.azimuth_rad)}")
        lines.append(f"elevation_deg = {_degrees(a.elevation_rad)}")
        lines += [f"compression = {a.compression!r}"] if a.compression else []
    if a.kind in LASERS:
        lines += [f"range_m = {a.range_m!r}"] if a.range_m else []
        lines += [f"bearing_deg = {_degrees(a.bearing_rad)}"] if a.bearing_rad else []
    for key, value, is_usual in order_values(a.command) if a.command is not None else ():
        lines += [] if is_usual else [f"{key} = {_written(key, value)}"]
    return lines


def _written(key: str, value: object) -> str:
    """Write one value of a command as TOML does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(str(value))
    number = float(value) if key.endswith("_deg") else value  # type: ignore[arg-type]
    return _degrees(number) if key.endswith("_deg") else repr(number)  # type: ignore[arg-type]


def time_text(site: SiteSpec, tick: int) -> str:
    """Return a tick as local mean time, "HH:MM" if that says it, else with seconds."""
    sol, seconds = sol_of(site, tick), lmst_h(site, tick) * 3600.0
    for digits, step in ((0, 60.0), (0, 1.0), (1, 0.1)):
        for near in (seconds, seconds - step / 2.0):  # a tick is the first at or after its time
            text = _clock(round(near / step) * step, digits if step < 60.0 else -1)
            if text and tick_at(site, sol, hour_of(text)) == tick:
                return text
    raise ValueError(f"no local time for tick {tick}")


def _clock(seconds: float, digits: int) -> str:
    if not 0.0 <= seconds < 86_400.0:
        return ""
    whole = int(seconds)
    text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}"
    if digits < 0:
        return text
    return f"{text}:{seconds % 60.0:0{3 + digits if digits else 2}.{digits}f}"


def _minutes(seconds: int) -> str:
    return _shortest(seconds / 60.0, lambda value: round(value * 60.0) == seconds)


def _degrees(angle_rad: float) -> str:
    """Write an angle in as few digits as give it back to the last bit, or as near as can be."""
    return _shortest(math.degrees(angle_rad), lambda value: math.radians(value) == angle_rad)


def _shortest(value: float, is_same: Callable[[float], bool]) -> str:
    for digits in range(1, 18):
        text = f"{value:.{digits}g}"
        if is_same(float(text)):
            return repr(float(text))
    for near in (math.nextafter(value, math.inf), math.nextafter(value, -math.inf)):
        if is_same(near):
            return repr(near)
    return repr(value)


def _quoted(text: str) -> str:
    """Write text as TOML does; its basic strings are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
