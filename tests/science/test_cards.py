"""Cards of results: readings with their errors, and what they mean."""

from dataclasses import replace

import pytest

from game.commands import ActivityKind
from game.rover.measuring import measure
from game.rover.records import FILTERS_NM, OXIDES, SOUND_BANDS_HZ, CalibrationRecord
from game.rover.setting import Scene, Way
from game.rover.storage import Product
from game.science.cards import ResultCard, result_card
from game.science.evidence import Grade, worth_bits
from game.science.notebook import all_findings, calibration_sols, sample_worth, unit_reports
from game.science.reading import findings_of
from game.science.samples import dust_target, target_at
from tests.rover.payload_cases import product, shipped_payload, sight, weather
from tests.rover.test_fluxgate import readings
from tests.rover.test_radar import TABLE
from tests.science.cases import shipped_science

SPEC = shipped_science()
PAYLOAD = shipped_payload().instruments
Kind = ActivityKind


def observed(kind: ActivityKind, sols: float = 0.0, length_m: float = 30.0) -> Product:
    places = tuple(length_m * at / 11 for at in range(12))
    scene = Scene(
        sight=sight(),
        duration_s=840,
        surroundings=(weather(),),
        box_k=273.15,
        target=target_at(SPEC, 7, (14.5, -4.0), "average Mars soil", 0.3),
        dust=dust_target(SPEC.ground),
        range_m=2.5,
        calibrated_sols=sols,
        way=Way(length_m, places, (TABLE,) * 12) if kind is Kind.RADAR else None,
        readings=readings(0, (0.0, 120.0, 240.0)),
    )
    return measure(PAYLOAD, 7, kind, scene)


def card(kind: ActivityKind, sols: float = 0.0) -> ResultCard:
    found = result_card(SPEC, 7, observed(kind, sols), ())
    assert found is not None
    return found


def test_a_card_has_a_number_for_everything_that_was_read() -> None:
    assert [one.name for one in card(Kind.SOIL).numbers[: len(OXIDES)]] == list(OXIDES)
    assert len(card(Kind.INFRARED).numbers) == 2
    assert card(Kind.MAGNETOMETER).numbers[0].unit == "nT"
    assert card(Kind.CALIBRATE).numbers[0].value == pytest.approx(0.5, abs=0.1)
    assert {one.name for one in card(Kind.AIR).numbers} >= {"whirls", "loudest moment"}


def test_filters_draw_a_spectrum_and_the_radar_its_layers() -> None:
    (spectrum,) = card(Kind.MULTISPECTRAL).curves
    assert [point[0] for point in spectrum.points] == list(FILTERS_NM)
    assert all(sigma > 0.0 for _, _, sigma in spectrum.points)
    radar = card(Kind.RADAR)
    assert len(radar.curves) == len(radar.numbers) - 4 + 1  # a line a layer, and the stones
    assert all(len(curve.points) >= 6 for curve in radar.curves[:-1])


def test_bands_of_sound_stand_at_their_middle_by_ratio() -> None:
    # IEC 61260: the middle of a band of sound is as far above its low edge as below its high one.
    (curve,) = card(Kind.AIR).curves
    assert len(curve.points) == len(SOUND_BANDS_HZ)
    for (middle_hz, _, _), (low_hz, high_hz) in zip(curve.points, SOUND_BANDS_HZ, strict=True):
        assert middle_hz / low_hz == pytest.approx(high_hz / middle_hz)


def test_a_verdict_names_what_else_could_make_the_sign() -> None:
    soil_count = sum(sign.instrument == "soil" for sign in SPEC.evidence.sign)
    assert soil_count >= 5
    for kind, count in (
        (Kind.SOIL, soil_count),
        (Kind.INFRARED, 2),
        (Kind.MULTISPECTRAL, 2),
        (Kind.RADAR, 2),
        (Kind.MAGNETOMETER, 1),
        (Kind.AIR, 0),
    ):
        verdicts = card(kind).verdicts
        assert len(verdicts) == count, kind
        assert all(one.otherwise and one.worth_bits >= 0.0 for one in verdicts)
        assert not any("prove" in one.title for one in verdicts)


def test_filters_without_a_calibration_decide_nothing() -> None:
    assert card(Kind.MULTISPECTRAL, -1.0).verdicts == ()


def test_null_results_are_worth_points() -> None:
    nulls = [
        one
        for kind in (Kind.SOIL, Kind.RADAR, Kind.MULTISPECTRAL)
        for one in card(kind).verdicts
        if not one.is_there
    ]
    assert nulls
    assert all(one.worth_bits > 0.0 for one in nulls)


def test_what_is_known_already_is_worth_less() -> None:
    first = observed(Kind.SOIL)
    again = replace(first, number=2)
    fresh, repeated = result_card(SPEC, 7, again, ()), result_card(SPEC, 7, again, (first,))
    assert fresh is not None
    assert repeated is not None
    for new, old in zip(fresh.verdicts, repeated.verdicts, strict=True):
        assert old.worth_bits < new.worth_bits
    found = findings_of(SPEC, 7, first)
    assert fresh.verdicts[0].worth_bits == worth_bits(SPEC.evidence, (), found[0])


def test_pictures_and_housekeeping_have_no_card() -> None:
    assert result_card(SPEC, 7, observed(Kind.PICTURE), ()) is None
    assert result_card(SPEC, 7, product(10), ()) is None


def test_a_calibration_at_home_lets_the_strongest_words_be_used() -> None:
    wet = [replace(observed(Kind.SOIL), x_m=12.0 + 30.0 * at, number=at, sol=3) for at in range(8)]
    target = replace(observed(Kind.CALIBRATE), sol=4, number=99)
    assert isinstance(target.record, CalibrationRecord)
    assert calibration_sols((*wet, target)) == (4,)
    sure = replace(SPEC.evidence, strong_frac=0.3, supports_frac=0.2, strong_groups=1)
    spec = replace(SPEC, evidence=sure)
    without = unit_reports(spec, 7, wet)[0].claim.grade
    with_target = unit_reports(spec, 7, (*wet, target))[0].claim.grade
    assert (without, with_target) == (Grade.SUPPORTS, Grade.STRONG)


def test_a_wide_sign_is_known_all_over_its_unit() -> None:
    findings = all_findings(SPEC, 7, (observed(Kind.MAGNETOMETER),))
    far = (200.0, -200.0)
    assert sample_worth(SPEC, (), far, "magnetometer") > 0.0
    assert findings[0].unit == (0, -1)
    assert sample_worth(SPEC, findings, far, "magnetometer") == 0.0
