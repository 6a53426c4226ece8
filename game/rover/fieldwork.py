"""An observation that has run its time: what it met, what it brings, what the payload remembers.

Use: `observed(spec, state, desk, running)` stores the product (and its thumbnail); for the
magnetometer `surveyed(...)` goes from heading to heading first.
"""

import math

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.events import Event
from game.rover.drive import DriveKind, DriveOrder
from game.rover.fault_effects import as_made, sensed
from game.rover.fluxgate import reading
from game.rover.imaging import thumbnail
from game.rover.instruments import InstrumentsSpec
from game.rover.measuring import measure
from game.rover.memory import store
from game.rover.mobility import begin_drive, drive_refusal, off_m, with_sight
from game.rover.records import Sight
from game.rover.refusals import Desk, cold_refusal
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import Running
from game.rover.setting import Scene, Way
from game.rover.small_camera import placed, used
from game.rover.weather_station import reading_ticks
from game.units import MBIT_BIT, SOL_S

LASERS = frozenset({ActivityKind.SOIL, ActivityKind.INFRARED})
Found = tuple[RoverState, tuple[Event, ...], str, bool]


def observed(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, done_frac: float = 1.0
) -> Found:
    """Make the product of an observation and store it; `done_frac` of it if it was broken off.

    Returns
    -------
    (RoverState, events, str, bool)
        The rover after it, what happened, a note for people, and whether it is done.
    """
    kind = running.activity.kind
    way = _way(spec, state, desk, running) if kind is ActivityKind.RADAR else None
    if kind is ActivityKind.RADAR and way is None:
        return state, (), "the radar listens only while the wheels turn, and they hardly did", False
    state = _placed(spec, state, running.activity)
    if kind in (ActivityKind.PICTURE, ActivityKind.PANORAMA) and done_frac == 1.0:
        sure = with_sight(spec.mobility, state.mobility, desk.seed, desk.tick)
        state = changed(state, mobility=sure)  # first: what it shows is put where it puts the rover
    scene = changed(_scene(spec, state, desk, running, way), done_frac=done_frac)
    product = as_made(desk.beyond, measure(spec.instruments, desk.seed, kind, scene))
    storage, events = store(spec.storage, state.storage, product, desk.tick)
    small = thumbnail(spec.instruments.thumbnail, product, storage.made_count)
    if small is not None:
        storage, more = store(spec.storage, storage, small, desk.tick)
        events = (*events, *more)
    note = f"quality {100 * product.quality:.0f} %, {product.size_bit / MBIT_BIT:.1f} Mbit"
    state = changed(state, storage=storage)
    return _remembered(state, desk, kind), events, note, True


def surveyed(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, bool]:
    """Take the magnetic survey one stage on: read here, then turn; also say whether it goes on.

    A rover that cannot turn (cold motors, wheels caught) ends with the headings it has.
    """
    tool, deck = spec.instruments.magnetometer, state.deck
    if deck.is_turning:  # the turn has ended, or was given up: hold still and read
        if len(deck.readings) >= len(tool.headings_deg):
            return state, False
        still = changed(state.mobility, drive=None, progress=None)
        state = changed(state, mobility=still, deck=changed(deck, is_turning=False))
        return _until(state, running, desk.tick + tool.reading_s), True
    place = state.mobility
    field = desk.field(place.x_m, place.y_m, desk.tick)
    here = reading(tool, desk.seed, desk.tick, place.heading_rad, field)
    first_rad = deck.first_heading_rad if deck.readings else place.estimate.heading_rad
    readings = (*deck.readings, here)
    state = changed(state, deck=changed(deck, readings=readings, first_heading_rad=first_rad))
    is_last = len(readings) == len(tool.headings_deg)
    turn_deg = 0.0 if is_last else tool.headings_deg[len(readings)]
    return _turned(spec, state, desk, running, (first_rad + math.radians(turn_deg)) % math.tau)


def _turned(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, heading_rad: float
) -> tuple[RoverState, bool]:
    """Begin the turn to the next heading (after the last one, back to the first)."""
    tool, place = spec.instruments.magnetometer, state.mobility
    order = DriveOrder(DriveKind.TURN, heading_rad=heading_rad)
    is_caught = place.is_embedded or place.is_on_lander
    if is_caught or cold_refusal(spec, state) or drive_refusal(spec.mobility, place, order):
        return state, False
    mobility = begin_drive(spec.mobility, place, order, desk.seed, desk.tick)
    state = changed(state, mobility=mobility, deck=changed(state.deck, is_turning=True))
    return _until(state, running, desk.tick + tool.turn_limit_s), True


def spot_of(tools: InstrumentsSpec, activity: Activity) -> float:
    """How far away the spot lies that an observation tells about [m]."""
    if activity.kind in LASERS:
        return activity.range_m or tools.spectrometer.usual_range_m
    is_look = activity.kind in (ActivityKind.PICTURE, ActivityKind.MULTISPECTRAL)
    return tools.camera.ahead_m if is_look else 0.0


def _until(state: RoverState, running: Running, ends_tick: int) -> RoverState:
    main = changed(running, ends_tick=ends_tick)
    return changed(state, sequencer=changed(state.sequencer, main=main))


def _scene(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, way: Way | None
) -> Scene:
    activity, place, tools = running.activity, state.mobility, spec.instruments
    azimuth_rad = activity.azimuth_rad
    if activity.kind in LASERS:  # they look where the rover's nose points, or a little beside it
        azimuth_rad = (place.heading_rad + activity.bearing_rad) % math.tau
    sight = Sight(
        desk.tick,
        desk.sol,
        place.x_m,
        place.y_m,
        place.heading_rad,
        azimuth_rad,
        activity.elevation_rad,
        off_m(place),
    )
    range_m = spot_of(tools, activity)
    scene = Scene(
        sight,
        desk.tick - running.started_tick,
        (desk.outside,),
        state.thermal.box_k,
        range_m=range_m,
        compression=activity.compression,
        way=way,
        readings=state.deck.readings,
        camera=state.deck.camera,
    )
    if activity.kind is ActivityKind.AIR:
        ticks = reading_ticks(tools.weather, running.started_tick, desk.tick)
        return changed(scene, surroundings=tuple(sensed(desk.beyond, desk.felt(t)) for t in ticks))
    if activity.kind in LASERS or activity.kind is ActivityKind.MULTISPECTRAL:
        target, dust = desk.target(
            place.x_m + range_m * math.sin(azimuth_rad), place.y_m + range_m * math.cos(azimuth_rad)
        )
        since = state.deck.calibrated_tick
        sols = (desk.tick - since) / SOL_S if since >= 0 else -1.0
        return changed(scene, target=target, dust=dust, calibrated_sols=sols)
    return scene


def _way(spec: RoverSpec, state: RoverState, desk: Desk, running: Running) -> Way | None:
    """Return the ground driven over since the radar began to listen, or None if hardly any."""
    length_m = state.mobility.odometer_m - running.odometer_m
    if length_m < spec.instruments.radar.least_m or state.mobility.is_on_lander:
        return None
    here = (state.mobility.x_m, state.mobility.y_m)
    points = (*state.track[running.track_count :], here)
    count = min(spec.instruments.radar.places_count, len(points))
    last = max(1, count - 1)
    chosen = [points[round(at * (len(points) - 1) / last)] for at in range(count)]
    return Way(
        length_m,
        tuple(round(length_m * at / last, 2) for at in range(count)),
        desk.below(chosen),
    )


def _placed(spec: RoverSpec, state: RoverState, activity: Activity) -> RoverState:
    if activity.kind is not ActivityKind.DEPLOY_CAMERA:
        return state
    place = state.mobility
    camera = placed(spec.instruments.small_camera, place.x_m, place.y_m)
    return changed(state, deck=changed(state.deck, camera=camera))


def _remembered(state: RoverState, desk: Desk, kind: ActivityKind) -> RoverState:
    deck = state.deck
    if kind is ActivityKind.CALIBRATE:
        deck = changed(deck, calibrated_tick=desk.tick)
    elif kind is ActivityKind.MAGNETOMETER:
        deck = changed(deck, readings=(), is_turning=False)
    elif kind is ActivityKind.SELFIE and deck.camera is not None:
        deck = changed(deck, camera=used(deck.camera))
    return state if deck is state.deck else changed(state, deck=deck)
