"""What a plan file may say, as the frozen records its tables are read into."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from game.commands import ActivityKind, Navigation, PlannedCommand, Waypoints
from game.config import nearest, shown
from game.environment.clock import MOST_SOLS, SiteSpec
from game.rover.machine import RoverSpec

LOOKS = (ActivityKind.PICTURE, ActivityKind.PANORAMA, ActivityKind.MULTISPECTRAL)
LONGEST_MINUTES = 1600.0  # a little more than a sol
NIGHT_H = 19.0  # a pass that rises later than this, or before dawn, is the one of the night
DAWN_H = 5.0
USUAL_AZIMUTH_DEG, USUAL_ELEVATION_DEG = 180.0, -7.0  # south, down to the ground at 12 m
MOST_DIGITS = 9  # of a number written in a time or as a pass
PASS_WORDS = ("next", "noon", "night")


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One activity as a person writes it: sol, local mean time "HH:MM", minutes, degrees.

    It starts at `start` of `sol`, or at a pass (`at_pass`: 1 for the first of that sol, 2 ...,
    "next" after `start`, "noon" or "night"), or `gap_minutes` after the activity whose name is
    `after`. `minutes` of 0 means the usual length of that kind, or a whole pass. What else a kind
    may say is in `plan_orders.py`. If `condition`
    does not hold, the activity named by `otherwise` (in the file: `else`) runs instead. A drive
    may name `waypoints`, each [east, north], to pass on its way.
    """

    kind: ActivityKind
    sol: int = 0
    start: str = ""
    minutes: float = 0.0
    name: str = ""
    at_pass: str = ""
    after: str = ""
    gap_minutes: float = 0.0
    x_m: float = 0.0
    y_m: float = 0.0
    azimuth_deg: float = USUAL_AZIMUTH_DEG
    elevation_deg: float = USUAL_ELEVATION_DEG
    priority: int = 5
    is_optional: bool = False
    condition: str = ""
    until: str = ""
    abort: str = ""
    otherwise: str = ""
    compression: float = 0.0
    range_m: float = 0.0
    bearing_deg: float = 0.0
    waypoints: Waypoints = ()
    navigation: Navigation = Navigation.AUTONOMOUS

    def __post_init__(self) -> None:
        """Refuse what no clock and no pass table shows; all of it at once."""
        told = [f".{key}: {words}" for key, words in self._problems() if words]
        if told:
            raise ValueError("\n".join(told))

    def _problems(self) -> list[tuple[str, str]]:
        """Return what may be wrong by key, with no words where it is well."""
        waits, gap, longest = bool(self.after), self.gap_minutes, LONGEST_MINUTES
        is_pass = self.at_pass in ("", *PASS_WORDS) or whole_number(self.at_pass) > 0
        passes = f"at_pass is {', '.join(PASS_WORDS)} or 1, 2 …, not {shown(self.at_pass)}"
        passes += nearest(self.at_pass, PASS_WORDS)
        both = "'after' and {!r} exclude each other".format
        far = f"gap_minutes must be within {longest:g}, got {gap:g}"
        return [
            ("start", time_problem(self.start) if self.start else ""),
            ("sol", f"sol must be 1 or later, got {self.sol}" if self.sol < 0 else ""),
            ("at_pass", "" if is_pass else passes),
            ("at_pass", both("at_pass") if waits and self.at_pass else ""),
            ("start", both("start") if waits and self.start else ""),
            ("minutes", _minutes_problem(self.minutes)),
            ("gap_minutes", "gap_minutes needs 'after'" if gap and not waits else ""),
            ("gap_minutes", "" if -longest <= gap <= longest else far),
        ]


def _minutes_problem(minutes: float) -> str:
    if minutes < 0.0:
        return f"minutes must not be negative, got {minutes}"
    if minutes > LONGEST_MINUTES:
        return f"minutes must be at most {LONGEST_MINUTES:g}, got {minutes:g}"
    return ""


@dataclass(frozen=True, slots=True)
class UseEntry:
    """A template put to use: from `start` of `sol`, and again on each of `sols` sols."""

    template: str
    sol: int
    start: str = ""
    sols: int = 1
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse what no clock shows."""
        told = [f".start: {time_problem(self.start)}"] if time_problem(self.start or "0:00") else []
        if self.sol < 1:
            told.append(f".sol: sol must be 1 or later, got {self.sol}")
        if not 1 <= self.sols <= MOST_SOLS:
            told.append(f".sols: sols must be from 1 to {MOST_SOLS}, got {self.sols}")
        if told:
            raise ValueError("\n".join(told))


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a `.plan.toml` file holds besides templates; its tables are read one by one."""

    schema: int
    name: str = ""
    activity: tuple[ActivityEntry, ...] = field(default=())
    use: tuple[UseEntry, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse files of another time."""
        if self.schema != 1:
            raise ValueError(
                f".schema: schema {self.schema} is not known; this program reads schema 1"
            )


@dataclass(frozen=True, slots=True, eq=False)
class PlanContext:
    """What a plan file is read against.

    site : the place, for its clock.
    usual_s : usual length of each kind of activity. [s]
    order_s : usual length of an activity that gives this command. [s]
    readings : names that conditions may use; empty leaves them unchecked.
    passes : rise and set of the usable passes of a sol, in order. [s of mission time]
    lead_s : how long before a pass the radio is switched on. [s]
    sols : length of the mission; 0 if it has no end.
    templates : ready-made groups by name, as tables.
    rover : the machine, for what it cannot do; None leaves that unchecked.
    start_m : where the mission begins, east and north. [m]
    is_on_lander, roll_off_sol : whether it begins on the lander, and when the ramp opens. [-, sol]
    """

    site: SiteSpec
    usual_s: Mapping[ActivityKind, int]
    readings: Collection[str] = ()
    passes: Callable[[int], tuple[tuple[int, int], ...]] = lambda _: ()
    lead_s: int = 0
    sols: int = 0
    templates: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    order_s: Callable[[PlannedCommand], int] = lambda _: 60
    rover: RoverSpec | None = None
    start_m: tuple[float, float] = (0.0, 0.0)
    is_on_lander: bool = True
    roll_off_sol: int = 1


def hour_of(text: str) -> float:
    """Read "HH:MM", also with seconds "HH:MM:SS.s", as an hour of the local mean solar day [h].

    Raises
    ------
    ValueError
        If it is not a time of day.
    """
    problem = time_problem(text)
    if problem:
        raise ValueError(problem)
    hours, minutes, *rest = text.split(":")
    return int(hours) + int(minutes) / 60.0 + (float(rest[0]) / 3600.0 if rest else 0.0)


def time_problem(text: str) -> str:
    """Say why a text is no time of day; empty if it is one."""
    clock, dot, part = text.partition(".")
    parts = [whole_number(one) for one in clock.split(":")]
    limits = (24, 60, 60)[: len(parts)]
    is_time = len(parts) in (2, 3) and all(
        0 <= one < limit for one, limit in zip(parts, limits, strict=False)
    )
    if dot:
        is_time = is_time and len(parts) == 3 and part.isascii() and part.isdigit()
    return "" if is_time else f'a time looks like "10:30", not {shown(text)}'


def whole_number(text: str) -> int:
    """Read a whole number from plain digits, or -1; other scripts have digits that are none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else -1
