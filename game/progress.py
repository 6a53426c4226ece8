"""What the mission makes of a step: goals reached, sols closed, and why a rover was lost."""

import math

from game.changes import changed, quick
from game.contact import expected_bit, next_pass_here
from game.detours import newly_told
from game.environment.surroundings import Surroundings
from game.events import (
    ActivityEnded,
    DriveEnded,
    Event,
    FindTold,
    ModeChanged,
    ProductHome,
    ProductStored,
    RolledOff,
)
from game.mission.chart import Grid, charted_ring, charted_wedge
from game.mission.mission import (
    Meters,
    MissionState,
    SolRecord,
    check_objectives,
    close_sol,
    ended,
    since,
    watched,
)
from game.rover.archive import told_place
from game.rover.imaging import RING_PARTS, ring_azimuths_rad
from game.rover.ledger import at_midnight
from game.rover.measuring import health_report
from game.rover.memory import store
from game.rover.meters import heater_j, instrument_j
from game.rover.mobility import off_m
from game.rover.modes import WORKING, Mode
from game.rover.power import array_dust_frac, charge_frac
from game.rover.records import PictureRecord, Sight
from game.rover.rover import RoverState
from game.rover.storage import Product, kept_bit
from game.state import Setup, State
from game.telemetry import HOME_CHANNELS, Readings, all_products, home_bit
from game.units import WH_J, celsius

_made = quick(State)
TELLING = (ActivityEnded, DriveEnded, ProductHome, ProductStored, RolledOff)


def look_at_mission(
    setup: Setup, state: State, events: tuple[Event, ...], outside: Surroundings
) -> tuple[State, tuple[Event, ...]]:
    """Keep extremes, chart what was photographed, check goals, and end a lost mission."""
    charge = charge_frac(setup.rover.power, state.rover.power)
    mission = watched(state.mission, charge, state.rover.thermal.box_k)
    if mission is not state.mission:
        state = _made(state.tick, state.rover, mission, state.chart, state.uplink)
    is_driving = state.rover.mobility.drive is not None
    if not events and not is_driving:
        return state, ()
    state = _charted(setup, state, events)
    judged: tuple[Event, ...] = ()
    is_told = any(isinstance(event, TELLING) for event in events)
    if is_driving or is_told:
        # What has reached Earth is counted through all of it: only when something has.
        come_count = sum(isinstance(event, ProductHome) for event in events)
        unchanged = frozenset() if come_count else HOME_CHANNELS
        mission, judged = check_objectives(
            setup.mission, state.mission, Readings(setup, state), state.tick, unchanged
        )
        if mission is not state.mission:
            state = changed(state, mission=mission)
        told = newly_told(setup, state.rover.storage.home, come_count)
        judged = (*judged, *(FindTold(state.tick, find.name, find.title) for find in told))
    if state.rover.mode is Mode.LOST:
        mission, over = ended(
            setup.mission, state.mission, state.tick, _why_lost(setup, state, events, outside)
        )
        return changed(state, mission=mission), (*judged, *over)
    return state, judged


def at_dawn(setup: Setup, state: State) -> State:
    """Note the charge at sunrise: the number every plan is weighed against."""
    charge = charge_frac(setup.rover.power, state.rover.power)
    return changed(state, mission=changed(state.mission, dawn_charge_frac=charge))


def close_of_sol(
    setup: Setup, state: State, outside: Surroundings
) -> tuple[State, tuple[Event, ...]]:
    """Write the record of a sol; after the last one the mission ends."""
    meters = mission_meters(state)
    mission = state.mission
    record = SolRecord(
        sol=outside.sol,
        dawn_charge_frac=mission.dawn_charge_frac,
        low_charge_frac=mission.low_charge_frac,
        low_box_k=mission.low_box_k,
        high_box_k=mission.high_box_k,
        tau=outside.tau,
        array_dust_frac=array_dust_frac(setup.rover.power, state.rover.power),
        waiting_bit=kept_bit(state.rover.storage),
        meters=since(meters, mission.before),
        bound="",
    )
    room_bit = _room_ahead(setup, state)
    mission, events = close_sol(setup.mission, mission, record, meters, state.tick, room_bit)
    now = Readings(setup, changed(state, mission=mission))
    mission, met = check_objectives(setup.mission, mission, now, state.tick)
    events = (*events, *met)
    if outside.sol >= setup.mission.sols:
        mission, over = ended(setup.mission, mission, state.tick)
        events = (*events, *over)
    rover, stored = _housekeeping(setup, state, outside)
    books = at_midnight(rover.books, rover.power, rover.meters, state.tick)
    rover = changed(rover, books=books)
    return changed(state, rover=rover, mission=mission), (*stored, *events)


def _room_ahead(setup: Setup, state: State) -> int:
    """Return what the next two passes, those of a sol, can take [bit]."""
    room_bit, tick = 0, state.tick
    for _ in range(2):
        coming = next_pass_here(setup, state.rover, tick)
        if coming is None:
            break
        room_bit, tick = (
            room_bit + expected_bit(setup, state.rover, coming),
            coming.usable_rise_tick,
        )
    return room_bit


def _housekeeping(
    setup: Setup, state: State, outside: Surroundings
) -> tuple[RoverState, tuple[Event, ...]]:
    """Write the sol's health report into memory; it is small and goes first."""
    rover, place = state.rover, state.rover.mobility
    if rover.mode not in WORKING:
        return rover, ()
    here = (place.x_m, place.y_m, place.heading_rad)
    sight = Sight(state.tick, outside.sol, *here, off_m=off_m(place))
    report = health_report(setup.rover.instruments, sight)
    storage, stored = store(setup.rover.storage, rover.storage, report, state.tick)
    return changed(rover, storage=storage), stored


def mission_meters(state: State) -> Meters:
    """Collect the running totals that records take differences of."""
    rover = state.rover
    return Meters(
        generated_j=rover.power.generated_j,
        consumed_j=rover.power.consumed_j,
        drive_j=rover.meters.drive_j,
        heater_j=heater_j(rover.meters),
        radio_j=rover.meters.radio_j,
        instrument_j=instrument_j(rover.meters),
        odometer_m=rover.mobility.odometer_m,
        made_bit=rover.storage.made_bit,
        home_bit=home_bit(state),
        lost_bit=rover.storage.lost_bit,
        working_s=rover.meters.working_s,
        daylight_s=rover.meters.daylight_s,
    )


def _charted(setup: Setup, state: State, events: tuple[Event, ...]) -> State:
    chart = state.chart
    for event in events:
        if not isinstance(event, ProductStored) or event.kind not in ("picture", "panorama"):
            continue
        taken = next((p for p in all_products(state) if p.number == event.product), None)
        if taken is None:  # discarded at the very moment it was stored
            continue
        chart = _charted_by(setup, chart, taken)
    return state if chart is state.chart else changed(state, chart=chart)


def _charted_by(setup: Setup, chart: Grid, taken: Product) -> Grid:
    """Mark what a picture or a ring shows; a ring that was broken off shows its pairs."""
    record, here = taken.record, told_place(taken)
    if taken.kind != "panorama" or not isinstance(record, PictureRecord):
        return charted_wedge(setup.chart, chart, *here, taken.azimuth_rad)
    pairs_rad = ring_azimuths_rad(taken.azimuth_rad, record.view_rad)
    if len(pairs_rad) == RING_PARTS:
        return charted_ring(setup.chart, chart, *here)
    for azimuth_rad in pairs_rad:
        chart = charted_wedge(setup.chart, chart, *here, azimuth_rad)
    return chart


def _why_lost(
    setup: Setup, state: State, events: tuple[Event, ...], outside: Surroundings
) -> tuple[str, ...]:
    """Return the chain from the loss back to weather and decisions, in sentences."""
    causes = [
        f"The rover was lost on sol {outside.sol}: {event.cause}."
        for event in events
        if isinstance(event, ModeChanged) and event.after == str(Mode.LOST)
    ]
    power, mission = state.rover.power, state.mission
    now = since(mission_meters(state), mission.before)
    if power.unserved_w > 0.0 or not state.rover.thermal.has_heater_power:
        causes.append("The battery could not feed the heaters any more.")
    causes.append(_spending(now, mission))
    if outside.tau >= setup.mission.storm_tau:
        causes.append(f"Dust in the air (tau {outside.tau:.1f}) took most of the light.")
    clear = array_dust_frac(setup.rover.power, power)
    if clear < 0.8:
        causes.append(f"Dust on the wings let only {100 * clear:.0f} % of the light pass.")
    causes.append(
        f"The ground was at {celsius(outside.ground_k):.0f} °C, the air at "
        f"{celsius(outside.air_k):.0f} °C."
    )
    return tuple(causes)


def _spending(now: Meters, mission: MissionState) -> str:
    """Say where the energy went in the last sols that had any."""
    when, parts = "Since the sol before,", (now, *(r.meters for r in mission.records[-1:]))
    powered = [record for record in mission.records if record.meters.consumed_j > 0.0]
    if powered and now.consumed_j <= 0.0:
        when, parts = f"On sol {powered[-1].sol}, the last with power,", (powered[-1].meters,)
    made_wh = math.fsum(one.generated_j for one in parts) / WH_J
    used_wh = math.fsum(one.consumed_j for one in parts) / WH_J
    uses = {
        "heaters": math.fsum(one.heater_j for one in parts),
        "driving": math.fsum(one.drive_j for one in parts),
        "the radio": math.fsum(one.radio_j for one in parts),
        "instruments": math.fsum(one.instrument_j for one in parts),
    }
    most = max(sorted(uses), key=lambda name: uses[name])
    return (
        f"{when} the wings made {made_wh:.0f} Wh and {used_wh:.0f} Wh were used, "
        f"most of it by {most} ({uses[most] / WH_J:.0f} Wh)."
    )
