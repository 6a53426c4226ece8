"""What events say to the player: a sentence, a sound, and whether time should stop."""

from dataclasses import dataclass

from game.commands import ActivityKind
from game.events import (
    ActivityEnded,
    ActivityOutcome,
    ActivityStarted,
    ArrayCleaned,
    CommandRejected,
    ComputerRestarted,
    DriveEnded,
    Embedded,
    Event,
    FaultAnswered,
    FaultCleared,
    FaultFound,
    FaultSymptom,
    FindTold,
    LowCharge,
    ModeChanged,
    ObjectiveMet,
    PassClosed,
    PassOpened,
    PositionFixed,
    ProductHome,
    ProductLost,
    RolledOff,
    SlipHigh,
    StormRose,
    WheelsSinking,
)
from game.ui.belief import SIGMAS
from game.ui.words import mbit, name_of, percent
from game.units import WH_J

STARTING_SOUNDS = {
    ActivityKind.PICTURE: "shutter",
    ActivityKind.PANORAMA: "shutter",
    ActivityKind.MULTISPECTRAL: "shutter",
    ActivityKind.SELFIE: "shutter",
    ActivityKind.SOIL: "laser",
}


FAILED = {
    ActivityOutcome.CUT_SHORT: "was cut short",
    ActivityOutcome.SKIPPED: "was left out",
    ActivityOutcome.REFUSED: "did not happen",
}


@dataclass(frozen=True, slots=True)
class News:
    """One thing worth telling. `weight` decides which sentence stays when two come at once."""

    words: str = ""
    sound: str = ""
    weight: int = 0
    stops_time: bool = False


def news_of(event: Event) -> News | None:
    """Return what an event says, or nothing."""
    match event:
        case CommandRejected(reason=reason):
            return News(reason, "refused", 3)
        case ActivityStarted(kind=kind) if kind in STARTING_SOUNDS:
            return News("", STARTING_SOUNDS[kind])
        case ActivityEnded():
            return _ended(event)
        case DriveEnded():
            return _drive_ended(event)
        case RolledOff():
            return News("All six wheels are on Mars.", "home", 5)
        case ObjectiveMet(title=title):
            return News(f"Goal reached: {title}.", "home", 5)
        case FindTold(title=title):
            return News(f"First look at a find is home: {title}.", "home", 5)
    return _radio(event) or _fault(event) or _wheels(event) or _warning(event)


def _radio(event: Event) -> News | None:
    match event:
        case PassOpened():
            return News("The orbiter rises.", "pass_up", 1)
        case PassClosed(sent_bit=sent_bit, repeated_bit=repeated_bit):
            words = f"The orbiter has set; {mbit(sent_bit)} Mbit went up." if sent_bit else ""
            if repeated_bit:
                words = words[:-1] + f", {mbit(repeated_bit)} Mbit of it twice."
            return News(words, "pass_down", 2)
        case ProductHome(kind=kind, size_bit=size_bit):
            name = kind.replace("_", " ").capitalize()
            return News(f"{name} is home, {mbit(size_bit)} Mbit.", "home", 2)
    return None


def _fault(event: Event) -> News | None:
    match event:
        case FaultSymptom(words=words):
            return News(f"{words} A diagnosis would tell why.", "alarm_caution", 7, True)
        case FaultFound(words=words):
            return News(f"Found: {words}", "alarm_caution", 7, True)
        case FaultAnswered(answer=answer, is_on=is_on):
            return News(f"{answer}: {'in force' if is_on else 'taken back'}.", "", 5)
        case FaultCleared(title=title, words=words):
            return News(f"{title}: mended. {words}", "home", 6)
        case ComputerRestarted(cause=cause):
            return News(f"{cause[0].upper()}{cause[1:]}.", "alarm_caution", 7)
    return None


def _wheels(event: Event) -> News | None:
    match event:
        case SlipHigh(slip_frac=slip):
            words = f"The wheels slip {percent(slip)}. Back out, or go round."
            return News(words, "alarm_caution", 6)
        case WheelsSinking(dug_m=dug_m, current_a=current_a):
            words = (
                f"A wheel stands {100.0 * dug_m:.0f} cm in its own hole and draws "
                f"{current_a:.1f} A. Stop, and back out the way you came."
            )
            return News(words, "alarm_caution", 7)
        case Embedded():
            words = "The wheels have dug themselves in. Creep out backwards: slow and sure."
            return News(words, "alarm_act", 8, stops_time=True)
        case PositionFixed(source=source, moved_m=moved_m, sigma_m=sigma_m):
            words = (
                f"Position corrected by {moved_m:.1f} m: the {source} places the rover "
                f"to ±{SIGMAS * sigma_m:.1f} m."
            )
            return News(words, "", 2)
    return None


def _warning(event: Event) -> News | None:
    match event:
        case LowCharge(charge_frac=charge):
            words = f"Charge is {percent(charge)}: all work is switched off until the Sun helps."
            return News(words, "alarm_act", 8, stops_time=True)
        case ModeChanged(after=after, cause=cause):
            return News(f"The rover is in {after} mode: {cause}.", "alarm_caution", 7)
        case StormRose(tau=tau):
            return News(f"A dust storm is here, τ {tau:.1f}.", "alarm_caution", 7, stops_time=True)
        case ArrayCleaned(gain_frac=gain):
            return News(f"Wind took dust off the wings: {percent(gain)} more light.", "home", 2)
        case ProductLost(kind=kind, cause=cause):
            return News(f"A {kind} was lost: {cause}.", "alarm_caution", 6)
    return None


def _ended(event: ActivityEnded) -> News | None:
    quiet = (ActivityKind.SLEEP, ActivityKind.WARM_UP, ActivityKind.DRIVE, ActivityKind.ROLL_OFF)
    if event.kind in quiet and (event.is_done or "command" in event.note):
        return None
    if event.outcome is ActivityOutcome.REPLACED:
        return None
    name = name_of(event.kind)
    if event.is_done:
        return News(f"{name} done: {event.note.rstrip('.')}.", "", 2)
    note = event.note[:1].lower() + event.note[1:] if event.note[1:2].islower() else event.note
    words = FAILED[event.outcome]
    return News(f"{name} {words}: {note}".rstrip(".") + ".", "refused", 4)


def _drive_ended(event: DriveEnded) -> News:
    words = f"{event.distance_m:.1f} m for {event.energy_j / WH_J:.0f} Wh. {event.cause}"
    return News(words.rstrip(".") + ".", "", 2)


def best(news: list[News]) -> News | None:
    """Return the weightiest news with words; of equals, the last."""
    told = [one for one in news if one.words]
    return max(enumerate(told), key=lambda item: (item[1].weight, item[0]))[1] if told else None
