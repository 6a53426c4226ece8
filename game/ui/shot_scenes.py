"""The scenes of `shots`, one function each; the number is the order in the list."""

from dataclasses import dataclass, replace

from game.commands import ActivityKind
from game.contact import is_heard
from game.events import SlipHigh
from game.render.guards import DAY, LOW_SUN, NIGHT, STORM, Limits
from game.rover.drive import Phase
from game.rover.gear import Halt
from game.rover.halts import choices_after
from game.rover.modes import Mode
from game.state import State
from game.ui.boxes import enlargement
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.missions import Run
from game.ui.model import pictures
from game.ui.screens.levels import LevelsScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.report import ReportScreen
from game.ui.screens.title import TitleScreen
from game.ui.screens.viewer import ViewerScreen
from game.ui.shot_studio import Studio
from game.wheel_events import StopReason
from game.world.places import Place

SOL = 12
NEAR, WIDE, SITE, REGION, WHEEL = 46.0, 12.0, 2.0, 0.125, 184.0  # px/m


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a scene: height of the Sun, and whether it is before noon."""

    elevation_deg: float
    is_morning: bool = False


def title(studio: Studio) -> None:
    """01: Mars and four words."""
    TitleScreen(studio.shell).draw(studio.canvas)


def levels(studio: Studio) -> None:
    """02: the missions."""
    LevelsScreen(studio.shell).draw(studio.canvas)


def first_minute(studio: Studio) -> None:
    """03: on the ramp, one action offered."""
    opening = studio.story.opened.setup.opening_tick
    number = studio.story.find(lambda state: state.tick >= opening)
    on_ramp = [k for k in range(number, len(studio.story.states)) if _on_lander(studio, k)]
    studio.play(studio.run_at(on_ramp[0] if on_ramp else number)).draw(studio.canvas)


def _on_lander(studio: Studio, number: int) -> bool:
    return studio.story.states[number].rover.mobility.is_on_lander


def driving(studio: Studio) -> Run:
    """Return a run with turning wheels, on the afternoon of sol 12 if there is one."""
    story = studio.story
    first = story.at(SOL, 13.0)

    def is_turning(state: State) -> bool:
        progress = state.rover.mobility.progress
        is_late = state.tick >= story.states[first].tick
        return is_late and progress is not None and progress.phase is Phase.MOVE

    number = story.find(is_turning)
    if number == len(story.states) - 1:
        first = story.at(SOL, 7.0)
        number = story.find(is_turning)
    return studio.run_at(number)


def play_default(studio: Studio) -> None:
    """04: an ordinary drive."""
    studio.play(driving(studio)).draw(studio.canvas)


def play_slip_stop(studio: Studio) -> None:
    """05: the wheels slip and the rover has stopped."""
    run = driving(studio)
    rover = run.session.state.rover
    slipping = replace(rover.mobility, slip_frac=0.58, wheel_sinkage_m=(0.06,) * 6, steer_rad=0.0)
    state = replace(run.session.state, rover=replace(rover, mobility=slipping))
    screen = studio.play(studio.run_at(0, state))
    screen.desk.take((SlipHigh(state.tick, 0.58),))
    halt = Halt(StopReason.SLIP, "The wheels slip too much.")
    screen.ways.choices = choices_after(run.opened.setup.rover.mobility, slipping, halt)
    screen.draw(studio.canvas)


def passing(studio: Studio) -> Run:
    """Return a run that is sending to the orbiter by day."""
    setup = studio.story.opened.setup

    def is_sending(state: State) -> bool:
        if state.rover.sequencer.radio is None or not is_heard(setup, state.rover, state.tick):
            return False
        sol, hour = studio.local(state)
        return sol >= SOL - 1 and 10.0 < hour < 16.0 and state.rover.radio.pass_sent_bit > 2e7

    return studio.run_at(studio.story.find(is_sending))


def play_pass(studio: Studio) -> None:
    """06: data drain to the orbiter."""
    studio.play(passing(studio)).draw(studio.canvas)


def play_night(studio: Studio) -> None:
    """07: the night scene at half its length."""
    story = studio.story

    def is_evening(state: State) -> bool:
        sol, hour = studio.local(state)
        return sol == SOL - 1 and hour > 19.0 and state.rover.mode is Mode.ASLEEP

    screen = studio.play(studio.run_at(story.find(is_evening)))
    _jump(screen, _here(screen), WIDE)
    night = NightScreen(screen)
    for _ in range(17):
        night.update(0.2)
    _jump(screen, _here(screen), WIDE)
    night.draw(studio.canvas)


def morning_report(studio: Studio) -> None:
    """08: what the night cost."""
    screen = studio.play_at(SOL, 5.6)
    ReportScreen(screen, is_morning=True).draw(studio.canvas)


def hud_hidden(studio: Studio) -> None:
    """09: a clean picture."""
    ground(studio, driving(studio), NEAR)


def picture_home(studio: Studio) -> None:
    """10: a picture that has come home."""
    screen = studio.play(passing(studio))
    screen.draw(studio.canvas)
    state = screen.desk.flight.state
    home = [p for p in state.rover.storage.home if p.kind == ActivityKind.PICTURE]
    taken = home or pictures(state)
    if taken:
        product = taken[-1]
        screen.desk.pictures.order(screen.desk.flight.state, product)
        screen.desk.pictures.wait(product.number)
        ViewerScreen(screen, product.number, auto_close=True).draw(studio.canvas)


def ground(studio: Studio, run: Run, scale_px_m: float) -> PlayScreen:
    """Draw the ground alone round the rover."""
    screen = studio.play(run)
    screen.has_any = False
    _jump(screen, _here(screen), scale_px_m)
    screen.draw(studio.canvas)
    return screen


def _jump(screen: PlayScreen, place_m: tuple[float, float], scale_px_m: float) -> None:
    """Show a place at a zoom of the smallest window; a larger one shows the same, larger."""
    camera = screen.stage.camera
    scale_px_m *= enlargement((camera.view.width_px, camera.view.height_px))
    camera.jump(*place_m, scale_px_m)


def _here(screen: PlayScreen) -> tuple[float, float]:
    place = screen.desk.flight.state.rover.mobility
    return place.x_m, place.y_m


def lit(studio: Studio, light: Light, scale_px_m: float = NEAR) -> None:
    """Draw the ground alone in a light."""
    run = studio.sun_run(SOL, light.elevation_deg, is_morning=light.is_morning)
    ground(studio, run, scale_px_m)


def place_shot(studio: Studio, name: str, light: Light, scale_px_m: float) -> None:
    """Draw the ground at a place."""
    run = studio.sun_run(SOL, light.elevation_deg, is_morning=light.is_morning)
    screen = studio.play(run)
    screen.has_any = False
    place = _place(studio, name)
    _jump(screen, (place.x_m, place.y_m), scale_px_m)
    screen.draw(studio.canvas)


def _place(studio: Studio, name: str) -> Place:
    places = studio.story.opened.setup.places
    return next((place for place in places if place.name.startswith(name)), places[0])


def storm(studio: Studio) -> None:
    """16: dust in the air."""
    ground(studio, studio.storm_run(SOL, 13.5), NEAR)


def overlay(studio: Studio, kind: OverlayKind) -> None:
    """24 to 26: what a quantity looks like on the ground."""
    screen = studio.play(studio.sun_run(SOL, 50.0, is_morning=True))
    _jump(screen, _here(screen), WIDE)
    screen.stage.show_overlay(kind)
    screen.draw(studio.canvas)
    screen.stage.show_overlay(None)


def plan(studio: Studio, hour: float = 7.2) -> PlanScreen:
    """Return the plan screen of a morning, seen once so that everything has its place."""
    screen = PlanScreen(studio.play_at(SOL, hour))
    screen.planning.select_all()
    screen.planning.delete()
    return screen


def shown(studio: Studio, screen: PlanScreen) -> None:
    """Draw a plan with its forecast done and its route in view."""
    screen.settle()
    screen.draw(studio.canvas)
    for _ in range(8):
        screen.update(0.1)
    screen.settle()
    screen.draw(studio.canvas)


def full_plan(studio: Studio) -> PlanScreen:
    """Return a plan with something in every lane."""
    screen = plan(studio)
    for kind, hour in (
        (ActivityKind.AIR, 7.5), (ActivityKind.PICTURE, 9.25), (ActivityKind.SOIL, 9.5),
        (ActivityKind.DRIVE, 10.75), (ActivityKind.PANORAMA, 12.0), (ActivityKind.SEND, 13.4),
    ):  # fmt: skip
        screen.planning.add(kind, screen.planning.day.tick(hour))
    return screen


def plan_empty(studio: Studio) -> None:
    """27: nothing planned yet."""
    shown(studio, plan(studio))


def plan_full(studio: Studio) -> None:
    """28: a full sol, nothing wrong with it."""
    screen = full_plan(studio)
    planning = screen.planning
    planning.choose_all(tuple(a.number for a in planning.shown if a.kind is ActivityKind.DRIVE))
    x_m, y_m = planning.makings.state.rover.mobility.x_m, planning.makings.state.rover.mobility.y_m
    planning.reroute(((x_m + 5.0, y_m - 6.0), (x_m + 3.0, y_m - 14.0)))
    shown(studio, screen)


def violated_plan(studio: Studio) -> PlanScreen:
    """Return a plan that takes too much: air all evening and the radio all night."""
    screen = full_plan(studio)
    planning = screen.planning
    planning.add(ActivityKind.AIR, planning.day.tick(15.0))
    planning.stretch(4 * 3600)
    planning.add(ActivityKind.SEND, planning.day.tick(25.0))
    planning.stretch(4 * 3600)
    return screen


def plan_violated(studio: Studio) -> None:
    """29: a rule is violated and its fix is named."""
    shown(studio, violated_plan(studio))


def plan_drag(studio: Studio) -> None:
    """30: a block is dragged; the old curve stays as a thin line."""
    screen = violated_plan(studio)
    shown(studio, screen)
    planning = screen.planning
    if planning.shown:
        number = planning.selected or planning.shown[-1].number
        later = next(a for a in planning.shown if a.number == number)
        moved = tuple(
            replace(a, duration_s=1200) if a.number == later.number else a for a in planning.shown
        )
        planning.take(moved, is_final=False)
    screen.settle()
    screen.draw(studio.canvas)


GUARDED: dict[str, Limits] = {
    "09_hud_hidden": DAY,
    "11_near_dawn": LOW_SUN,
    "12_near_noon": DAY,
    "13_near_afternoon": DAY,
    "14_near_dusk": LOW_SUN,
    "15_near_night_lamp": NIGHT,
    "16_near_storm": STORM,
}
