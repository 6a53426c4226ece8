"""Observations that are broken off: what is in flash is kept, the rest is lost with its cause."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.breakdown import interrupted
from game.commands import (
    ActivityKind,
    Command,
    MeasureField,
    ReadInfrared,
    SampleAir,
    SampleSoil,
    Stop,
    TakeMultispectral,
    TakePicture,
)
from game.events import Event, ProductLost
from game.levels.open import OpenedLevel
from game.render.album import picture_of
from game.rover.fault_course import incident_every_s
from game.rover.fault_effects import Beyond, Machine
from game.rover.instruments import finished_frac, instrument_for
from game.rover.modes import Mode
from game.rover.packing import packing_ratio
from game.rover.records import FilterRecord, PictureRecord, SoilSample
from game.rover.rover import RoverState
from game.rover.storage import waiting_bit
from game.rover.work import end_finished
from game.schedule import surroundings
from game.science.cards import result_card
from game.simulation import desk_at
from game.state import Setup, State
from tests.rover.desks import charged, grounded
from tests.rover.payload_cases import product
from tests.rover.test_fieldwork import flown, newest, notes

Kind = ActivityKind
PANORAMA = TakePicture(0.0, is_panorama=True)
# Each with a command, and the share of it that lies in flash after 55 % of its time.
PARTED: dict[Kind, tuple[Command, float]] = {
    Kind.PANORAMA: (PANORAMA, 6 / 12),
    Kind.SOIL: (SampleSoil(), 6 / 12),
    Kind.INFRARED: (ReadInfrared(), 2 / 4),
    Kind.MULTISPECTRAL: (TakeMultispectral(0.0), 4 / 8),
}
CASES = pytest.mark.parametrize("kind", PARTED)


def fine(setup: Setup) -> Setup:
    """Return the same with steps that are short against a part of any observation."""
    return replace(setup, steps=replace(setup.steps, silent_s=30))


def begun(setup: Setup, kind: Kind, command: Command, share: float = 0.55) -> State:
    tool = instrument_for(setup.rover.instruments, kind)
    assert tool is not None
    state, _ = flown(setup, grounded(setup), math.ceil(share * tool.duration_s), command)
    assert state.rover.sequencer.main is not None
    return state


def is_balanced(state: RoverState) -> bool:
    box = state.storage
    return box.made_bit == box.sent_bit + waiting_bit(box) + box.lost_bit


def usual_bit(setup: Setup, kind: Kind) -> int:
    tool = instrument_for(setup.rover.instruments, kind)
    assert tool is not None
    return tool.size_bit


def kept_bit(setup: Setup, state: State, kind: Kind) -> int:
    """What lies in flash after 55 %, as its scene lets it be packed."""
    tick = newest(state, str(kind)).made_tick
    scene = packing_ratio(setup.rover.instruments.packing, setup.seed, tick, kind)
    return math.ceil(math.ceil(PARTED[kind][1] * usual_bit(setup, kind)) * scene)


def without_power(setup: Setup, state: State, mode: Mode) -> tuple[RoverState, tuple[Event, ...]]:
    rover = replace(state.rover, mode=mode)
    return end_finished(setup.rover, rover, desk_at(setup, replace(state, rover=rover)))


@CASES
def test_a_stop_keeps_the_finished_parts(ninety: OpenedLevel, kind: Kind) -> None:
    setup, (command, _) = fine(ninety.setup), PARTED[kind]
    state, events = flown(setup, begun(setup, kind, command), 1, Stop())
    ((is_done, note),) = notes(events, kind)
    assert not is_done
    assert note.startswith("stopped on command; what it had is kept: quality")
    assert newest(state, str(kind)).size_bit == kept_bit(setup, state, kind)
    assert is_balanced(state.rover)


@CASES
def test_safe_mode_keeps_the_finished_parts(ninety: OpenedLevel, kind: Kind) -> None:
    setup, (command, share) = fine(ninety.setup), PARTED[kind]
    low = charged(setup, begun(setup, kind, command), 0.05)
    power = replace(low.rover.power, is_low=True)
    state, events = flown(setup, replace(low, rover=replace(low.rover, power=power)), 60)
    assert state.rover.mode is Mode.SAFE
    assert "kept" in notes(events, kind)[0][1]
    got = newest(state, str(kind)).size_bit / usual_bit(setup, kind)
    assert got == pytest.approx(share, abs=0.26)  # one part more may have ended in the last step
    assert is_balanced(state.rover)


@CASES
@pytest.mark.parametrize("mode", [Mode.DARK, Mode.HIBERNATING])
def test_without_power_the_part_under_way_is_lost_and_says_so(
    ninety: OpenedLevel, kind: Kind, mode: Mode
) -> None:
    setup, (command, share) = fine(ninety.setup), PARTED[kind]
    before = begun(setup, kind, command)
    running = before.rover.sequencer.main
    assert running is not None
    whole_s = running.ends_tick - running.started_tick
    begun_frac = (before.tick - running.started_tick) / whole_s - share
    rover, events = without_power(setup, before, mode)
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert [event.kind for event in lost] == [str(kind)]
    assert "saves itself" in lost[0].cause
    assert lost[0].size_bit == pytest.approx(begun_frac * usual_bit(setup, kind), abs=1)
    kept = newest(replace(before, rover=rover), str(kind))
    assert kept.size_bit == kept_bit(setup, replace(before, rover=rover), kind)
    assert not kept.is_volatile
    assert is_balanced(rover)


def test_a_single_exposure_leaves_nothing_but_a_loss(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    state = begun(setup, Kind.PICTURE, TakePicture(0.0))
    stopped, events = flown(setup, state, 1, Stop())
    assert notes(events, Kind.PICTURE) == [(False, "stopped on command")]
    assert stopped.rover.storage.made_bit == state.rover.storage.made_bit
    rover, events = without_power(setup, state, Mode.DARK)
    assert sum(isinstance(event, ProductLost) for event in events) == 1
    assert rover.storage.lost_bit > state.rover.storage.lost_bit
    assert is_balanced(rover)


def test_in_full_flash_what_spilled_into_the_buffer_goes_with_the_power(
    ninety: OpenedLevel,
) -> None:
    setup = fine(ninety.setup)
    state = begun(setup, Kind.PANORAMA, PANORAMA)
    spec = setup.rover.storage
    full = product(int(0.77 * spec.capacity_bit), 9)
    box = state.rover.storage
    box = replace(box, products=(full,), made_bit=full.size_bit)
    rover, events = without_power(
        setup, replace(state, rover=replace(state.rover, storage=box)), Mode.DARK
    )
    assert [one.number for one in rover.storage.products] == [full.number]
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert len(lost) == 3  # the pair under way, the six pairs in the buffer, their thumbnail
    assert is_balanced(rover)


def test_a_weather_record_of_ten_minutes_outlives_safe_mode_and_darkness(
    ninety: OpenedLevel,
) -> None:
    setup = fine(ninety.setup)
    state, _ = flown(setup, grounded(setup), 900, SampleAir(5_400))
    for mode in (Mode.SAFE, Mode.DARK, Mode.HIBERNATING):
        rover, events = without_power(setup, state, mode)
        assert notes(events, Kind.AIR)[0][0] is False
        assert newest(replace(state, rover=rover), "air").quality == pytest.approx(900 / 5_400)
        assert is_balanced(rover)
    young, _ = flown(setup, grounded(setup), 300, SampleAir(5_400))
    rover, events = without_power(setup, young, Mode.SAFE)
    assert notes(events, Kind.AIR) == [(False, "the rover saves itself")]


def test_a_magnetic_stop_keeps_the_headings_it_has(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    state, _ = flown(setup, grounded(setup), 350, MeasureField())
    assert len(state.rover.deck.readings) == 2
    rover, _ = without_power(setup, state, Mode.SAFE)
    assert newest(replace(state, rover=rover), "magnetometer").size_bit > 0
    assert rover.deck.readings == ()
    assert rover.mobility.drive is None


def test_a_restart_keeps_what_lies_in_flash(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    state = begun(setup, Kind.PANORAMA, PANORAMA)
    every = incident_every_s(96.0)
    desk = replace(desk_at(setup, state), tick=(state.tick // every + 1) * every)
    machine = Machine(setup.rover, Beyond(restarts_1_sol=96.0))
    rover, events = interrupted(machine, state.rover, desk)
    assert any(isinstance(event, ProductLost) for event in events)
    assert newest(replace(state, rover=rover), "panorama").size_bit > 0
    assert is_balanced(rover)


def test_half_a_ring_shows_half_the_horizon(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    before = begun(setup, Kind.PANORAMA, PANORAMA)
    state, _ = flown(setup, before, 1, Stop())
    ring = newest(state, "panorama")
    assert isinstance(ring.record, PictureRecord)
    assert ring.record.view_rad == pytest.approx(math.pi)
    assert ring.quality < 0.51
    picture = picture_of(setup, state, ring, (40, 24))
    assert picture.shape == (24, 6 * 12, 3)
    seen = np.count_nonzero(state.chart) - np.count_nonzero(before.chart)
    whole, _ = flown(setup, before, 700)
    assert 0 <= seen <= np.count_nonzero(whole.chart) - np.count_nonzero(before.chart)


def test_fewer_shots_are_dustier_and_noisier(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    half, _ = flown(setup, begun(setup, Kind.SOIL, SampleSoil(), 0.3), 1, Stop())
    whole, _ = flown(setup, grounded(setup), 845, SampleSoil())
    one, other = newest(half, "soil"), newest(whole, "soil")
    assert isinstance(one.record, SoilSample)
    assert isinstance(other.record, SoilSample)
    assert one.quality < other.quality
    assert one.record.depth_sigma > other.record.depth_sigma
    assert min(a / b for a, b in zip(one.record.sigma_wt, other.record.sigma_wt, strict=True)) > 1.5


def test_filters_not_reached_are_not_known(ninety: OpenedLevel) -> None:
    setup = fine(ninety.setup)
    state, _ = flown(setup, begun(setup, Kind.MULTISPECTRAL, TakeMultispectral(0.0)), 1, Stop())
    taken = newest(state, "multispectral")
    record = taken.record
    assert isinstance(record, FilterRecord)
    assert len(record.reflectance_frac) == len(record.sigma_frac) == 4
    assert record.index_sigma == 1.0
    assert record.red_ratio > 1.0  # blue and red were among the four
    card = result_card(setup.science, setup.seed, taken, ())
    assert card is not None
    assert len(card.curves[0].points) == 4


def test_only_whole_parts_count(ninety: OpenedLevel) -> None:
    ring = instrument_for(ninety.setup.rover.instruments, Kind.PANORAMA)
    assert ring is not None
    assert finished_frac(ring, 124) == 0.0
    assert finished_frac(ring, 125) == 1 / 12
    assert finished_frac(ring, 1_499) == 11 / 12
    assert finished_frac(ring, 1_500) == finished_frac(ring, 9_999) == 1.0


def test_night_breaks_a_ring_off_and_leaves_the_pairs_that_had_light(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    tool = instrument_for(setup.rover.instruments, Kind.PANORAMA)
    assert tool is not None
    state = grounded(setup, hour=17.5)
    while surroundings(setup, state.tick).global_w_m2 > tool.light_w_m2:
        state = replace(state, tick=state.tick + 60)
    dusk_tick = state.tick
    state, events = flown(setup, replace(state, tick=dusk_tick - 700), 1_510, PANORAMA)
    ((is_done, note),) = notes(events, Kind.PANORAMA)
    assert not is_done
    assert note.startswith("it grew dark; what it had is kept: quality")
    ring = newest(state, "panorama")
    assert isinstance(ring.record, PictureRecord)
    assert ring.record.view_rad == pytest.approx(math.tau * 5 / 12, abs=math.tau / 12)
    assert ring.record.light_w_m2 >= tool.light_w_m2
    _, events = flown(setup, replace(grounded(setup), tick=dusk_tick - 60), 1_510, PANORAMA)
    assert notes(events, Kind.PANORAMA) == [(False, "it grew too dark for it")]
