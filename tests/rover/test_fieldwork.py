"""Observations run by the step itself: what they cost, bring, and leave behind."""

import math
from dataclasses import replace

import pytest

from game.commands import (
    Activity,
    ActivityKind,
    Calibrate,
    Command,
    DeployCamera,
    Discard,
    DriveTo,
    ListenRadar,
    MeasureField,
    ReadInfrared,
    SampleSoil,
    Stop,
    TakeMultispectral,
    TakePicture,
    TakeSelfie,
    UplinkPlan,
)
from game.environment.clock import lmst_h
from game.events import ActivityEnded, CommandRejected, Event, ProductLost, ProductStored
from game.levels.open import OpenedLevel
from game.rover.meters import instrument_j
from game.rover.modes import Mode
from game.rover.records import FilterRecord, SelfieRecord, SoilSample
from game.rover.soundings import FieldSample, RadarProfile
from game.rover.storage import Product, kept_bit
from game.science.magnetism import field_nt
from game.simulation import step
from game.state import Setup, State
from tests.rover.desks import charged, grounded

Kind = ActivityKind


def flown(
    setup: Setup, state: State, seconds: int, *commands: Command
) -> tuple[State, tuple[Event, ...]]:
    """Give commands and let time pass."""
    end_tick = state.tick + seconds
    orders = tuple((state.tick, command) for command in commands)
    state, events = step(setup, state, orders)
    while state.tick < end_tick:
        state, more = step(setup, state)
        events = (*events, *more)
    return state, events


def newest(state: State, kind: str) -> Product:
    found = [one for one in state.rover.storage.products if one.kind == kind]
    return max(found, key=lambda one: one.number)


def reasons(events: tuple[Event, ...]) -> list[str]:
    return [event.reason for event in events if isinstance(event, CommandRejected)]


def notes(events: tuple[Event, ...], kind: Kind) -> list[tuple[bool, str]]:
    ended = [event for event in events if isinstance(event, ActivityEnded)]
    return [(event.is_done, event.note) for event in ended if event.kind is kind]


def test_the_radar_listens_only_while_the_wheels_turn(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, events = flown(setup, state, 30, ListenRadar(900))
    assert reasons(events) == ["The radar listens only while the wheels turn; start a drive first."]
    plan = (Activity(1, Kind.RADAR, state.tick + 10, 600),)
    before_j = instrument_j(state.rover.meters)
    state, events = flown(setup, state, 700, UplinkPlan(plan))
    (ended,) = notes(events, Kind.RADAR)
    assert ended == (False, "the radar listens only while the wheels turn, and they hardly did")
    assert instrument_j(state.rover.meters) == before_j  # nothing heard, nothing spent


def test_a_profile_runs_beside_a_drive_and_measures_its_way(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    plan = (
        Activity(1, Kind.RADAR, state.tick + 10, 1_800),
        Activity(2, Kind.DRIVE, state.tick + 20, 1_500, 0.0, -15.0),
    )
    before_m, before_j = state.rover.mobility.odometer_m, instrument_j(state.rover.meters)
    after, _ = flown(setup, state, 1_900, UplinkPlan(plan))
    product = newest(after, "radar")
    record = product.record
    assert isinstance(record, RadarProfile)
    way_m = after.rover.mobility.odometer_m - before_m
    assert record.way_m == pytest.approx(way_m)
    assert way_m == pytest.approx(9.0, abs=2.0)
    radar = next(one for one in setup.rover.instruments.instrument if one.kind is Kind.RADAR)
    assert product.size_bit == radar.size_bit + math.ceil(radar.size_bit_m * way_m)
    assert product.quality == pytest.approx(way_m / setup.rover.instruments.radar.full_m)
    spent_j = instrument_j(after.rover.meters) - before_j
    assert 100.0 * radar.power_w < spent_j < 1_500.0 * radar.power_w  # fed while the wheels turned
    shallow = [one for one in setup.terrain.strata(0.0, -12.0) if one.name == "regolith"]
    heard = [one for one in record.layers if one.channel == 0]
    assert heard[0].depth_m == pytest.approx(shallow[0].bottom_m, abs=2 * heard[0].depth_sigma_m)


def test_a_profile_broken_off_by_safe_mode_is_kept_as_far_as_it_went(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    plan = (
        Activity(1, Kind.RADAR, state.tick + 10, 1_800),
        Activity(2, Kind.DRIVE, state.tick + 20, 1_500, 0.0, -15.0),
    )
    state, _ = flown(setup, state, 500, UplinkPlan(plan))
    assert state.rover.sequencer.beside is not None
    low = charged(setup, state, 0.05)
    power = replace(low.rover.power, is_low=True)
    state, events = flown(setup, replace(low, rover=replace(low.rover, power=power)), 700)
    assert state.rover.mode is Mode.SAFE
    ((is_done, why),) = notes(events, Kind.RADAR)
    assert not is_done
    assert "save" in why  # switched off to save the battery, or the rover saves itself
    assert state.rover.sequencer.beside is None
    (stored,) = [event for event in events if isinstance(event, ProductStored)]
    record = newest(state, "radar").record
    assert stored.kind == "radar"
    assert isinstance(record, RadarProfile)
    assert 2.0 < record.way_m < 10.0
    assert "kept" in why


def test_stop_ends_the_radar_too_and_keeps_what_it_has(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 60, DriveTo(0.0, -14.0))
    state, _ = flown(setup, state, 200, ListenRadar(3_000))
    state, events = flown(setup, state, 5, Stop())
    assert notes(events, Kind.RADAR)[0][0]
    assert state.rover.sequencer.beside is None
    assert newest(state, "radar").quality > 0.0


def test_a_magnetic_stop_turns_tells_the_field_and_faces_back(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    place = state.rover.mobility
    after, events = flown(setup, state, 800, MeasureField())
    assert notes(events, Kind.MAGNETOMETER)[0][0]
    record = newest(after, "magnetometer").record
    assert isinstance(record, FieldSample)
    assert record.headings_count == 3
    hour = lmst_h(setup.site, state.tick + 300)
    east, north, _ = field_nt(setup.science, setup.seed, (place.x_m, place.y_m), hour)
    assert record.east_nt == pytest.approx(east, abs=4.0 * record.sigma_nt)
    assert record.north_nt == pytest.approx(north, abs=4.0 * record.sigma_nt)
    there = after.rover.mobility
    assert math.dist((there.x_m, there.y_m), (place.x_m, place.y_m)) < 0.3
    assert math.remainder(there.heading_rad - place.heading_rad, math.tau) == pytest.approx(
        0.0, abs=0.1
    )
    assert after.rover.deck.readings == ()


def test_cold_motors_leave_a_magnetic_stop_with_one_heading(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    warm = replace(setup.rover.motors, min_k=400.0, warm_k=400.0)  # no day is warm enough for them
    cold = replace(setup, rover=replace(setup.rover, motors=warm))
    after, _ = flown(cold, state, 400, MeasureField())
    record = newest(after, "magnetometer").record
    assert isinstance(record, FieldSample)
    assert record.headings_count == 1
    assert record.sigma_nt == setup.rover.instruments.magnetometer.own_sigma_nt


def test_a_survey_that_is_stopped_halfway_stands_still_and_brings_nothing(
    ninety: OpenedLevel,
) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 150, MeasureField())
    assert state.rover.mobility.drive is not None
    state, events = flown(setup, state, 5, Stop())
    assert state.rover.mobility.drive is None
    assert notes(events, Kind.MAGNETOMETER) == [(False, "stopped on command")]
    again, events = flown(setup, state, 800, MeasureField())
    record = newest(again, "magnetometer").record
    assert isinstance(record, FieldSample)
    assert record.headings_count == 3


def test_the_laser_hits_what_the_evidence_reads(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 900, SampleSoil(5.0, 0.4))
    product = newest(state, "soil")
    assert isinstance(product.record, SoilSample)
    heading = state.rover.mobility.heading_rad
    assert product.azimuth_rad == pytest.approx((heading + 0.4) % math.tau)
    assert (product.range_m, product.record.range_m) == (5.0, 5.0)


def test_filters_after_the_calibration_target_are_better(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 700, TakeMultispectral(math.pi))
    raw = newest(state, "multispectral").record
    state, _ = flown(setup, state, 300, Calibrate())
    state, _ = flown(setup, state, 700, TakeMultispectral(math.pi))
    fine = newest(state, "multispectral").record
    assert isinstance(raw, FilterRecord)
    assert isinstance(fine, FilterRecord)
    assert raw.calibrated_sols < 0.0 <= fine.calibrated_sols < 0.02
    assert fine.index_sigma < 0.2 * raw.index_sigma


def test_the_small_camera_is_set_down_once_and_looks_back(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, events = flown(setup, state, 10, TakeSelfie())
    assert "set it down first" in reasons(events)[0]
    state, _ = flown(setup, state, 400, DeployCamera())
    camera = state.rover.deck.camera
    assert camera is not None
    state, events = flown(setup, state, 10, DeployCamera())
    assert "only one" in reasons(events)[0]
    state, _ = flown(setup, state, 1_500, DriveTo(0.0, -12.0))
    state, events = flown(setup, state, 300, TakeSelfie())
    record = newest(state, "selfie").record
    assert isinstance(record, SelfieRecord)
    assert record.away_m == pytest.approx(6.0, abs=1.0)
    assert not record.is_rover_seen  # it drove on, away from the lander: behind the camera
    assert record.is_lander_seen
    left = state.rover.deck.camera
    assert left is not None
    assert left.left_count == camera.left_count - 1


def test_a_thumbnail_comes_with_each_picture_and_the_full_one_can_go(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 200, TakePicture(math.pi))
    small, full = state.rover.storage.products
    assert (small.kind, full.kind) == ("thumbnail", "picture")
    state, events = flown(setup, state, 10, Discard(full.number))
    assert [event.product for event in events if isinstance(event, ProductLost)] == [full.number]
    storage = state.rover.storage
    assert [one.kind for one in storage.products] == ["thumbnail"]
    assert storage.made_bit == storage.sent_bit + kept_bit(storage) + storage.lost_bit


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (TakePicture(0.0, compression=80.0), "packed from 1 to 64 times, not 80"),
        (TakePicture(0.0, compression=0.5), "packed from 1 to 64 times, not 0.5"),
        (TakeMultispectral(0.0, compression=math.nan), "compression must be a number"),
        (SampleSoil(9.0), "9.0 m is too far"),
        (ReadInfrared(math.inf), "range_m must be a number from 0 to 1000"),
        (ReadInfrared(2.0, math.pi), "turn the rover to face it"),
        (SampleSoil(2.0, math.nan), "bearing_rad must be a number"),
        (ListenRadar(10**9), "duration_s must be a whole number"),
    ],
)
def test_what_cannot_be_is_refused_with_name_and_range(
    ninety: OpenedLevel, command: Command, words: str
) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    _, events = flown(setup, state, 5, command)
    assert words in reasons(events)[0]


def test_made_is_sent_kept_or_lost_with_every_tool_at_work(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    tools = (
        (Calibrate(), 250),
        (TakeMultispectral(1.0, compression=3.0), 620),
        (MeasureField(), 600),
        (ReadInfrared(), 500),
        (DeployCamera(), 320),
        (DriveTo(0.0, -10.0), 900),
        (TakeSelfie(), 200),
        (TakePicture(2.0, is_panorama=True, compression=20.0), 1_600),
    )
    for command, seconds in tools:
        state, _ = flown(setup, state, seconds, command)
        storage = state.rover.storage
        assert storage.made_bit == storage.sent_bit + kept_bit(storage) + storage.lost_bit
    kinds = {one.kind for one in state.rover.storage.products}
    assert kinds >= {"calibrate", "multispectral", "magnetometer", "infrared", "selfie"}


def test_an_instrument_on_the_mast_warms_the_box_less_than_one_inside(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    tools = setup.rover.instruments

    def box_k(heat_frac: float) -> float:
        changed = tuple(replace(one, heat_frac=heat_frac) for one in tools.instrument)
        rover = replace(setup.rover, instruments=replace(tools, instrument=changed))
        after, _ = flown(replace(setup, rover=rover), state, 800, SampleSoil())
        return after.rover.thermal.box_k

    assert box_k(0.0) < box_k(0.6) < box_k(1.0)
