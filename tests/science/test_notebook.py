from game.commands import ActivityKind
from game.rover.measuring import measure
from game.rover.records import Sight
from game.rover.setting import Scene
from game.rover.storage import Product
from game.science.evidence import Grade, odds
from game.science.notebook import all_findings, sample_worth, unit_reports
from game.science.reading import place_of
from game.science.samples import ahead_of, dust_target, target_at
from tests.rover.payload_cases import shipped_payload, weather
from tests.science.cases import shipped_science

SPEC = shipped_science()
PAYLOAD = shipped_payload().instruments
RANGE_M = 2.5


def sample(turn: int, x_m: float) -> Product:
    sight = Sight(10_000 + turn, 4, x_m, 50.0, 0.0)
    place = ahead_of(sight.x_m, sight.y_m, sight.azimuth_rad, RANGE_M)
    scene = Scene(
        sight=sight,
        duration_s=840,
        surroundings=(weather(),),
        box_k=273.15,
        target=target_at(SPEC, 7, place, "average Mars soil", 0.3),
        dust=dust_target(SPEC.ground),
        range_m=RANGE_M,
    )
    return measure(PAYLOAD, 7, ActivityKind.SOIL, scene)


HOME = tuple(sample(turn, 30.0 * turn) for turn in range(24))


def test_each_unit_has_one_report_in_order_of_first_sight() -> None:
    reports = unit_reports(SPEC, 7, HOME)
    assert [report.unit for report in reports] == [(0, 0), (1, 0)]
    assert sum(len(report.findings) for report in reports) == len(all_findings(SPEC, 7, HOME))
    for report in reports:
        assert report.odds_frac == odds(SPEC.evidence, report.findings)
        assert report.claim.grade is not Grade.STRONG  # no calibration target was looked at


def test_nothing_home_means_nothing_known() -> None:
    assert unit_reports(SPEC, 7, ()) == ()


def test_new_ground_is_worth_more_than_the_same_spot() -> None:
    findings = all_findings(SPEC, 7, HOME[:1])
    here = place_of(HOME[0])
    assert sample_worth(SPEC, findings, here, "soil") == 0.0
    assert sample_worth(SPEC, findings, (here[0] + 40.0, here[1]), "soil") > 0.0
    assert sample_worth(SPEC, findings, here, "picture") > 0.0
