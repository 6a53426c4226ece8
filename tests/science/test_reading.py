from dataclasses import replace

from game.commands import ActivityKind
from game.rover.measuring import measure
from game.rover.records import Sight
from game.rover.setting import Scene
from game.rover.storage import Product
from game.science.reading import findings_of, place_of
from game.science.samples import ahead_of, dust_target, signs_at, target_at
from tests.rover.payload_cases import product, shipped_payload, weather
from tests.science.cases import shipped_science

SPEC = shipped_science()
PAYLOAD = shipped_payload().instruments
RANGE_M = 2.5


def observed(kind: ActivityKind, turn: int) -> Product:
    sight = Sight(10_000 + turn, 4, 13.0 * turn, 37.0 * turn, 0.0)
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
    return measure(PAYLOAD, 7, kind, scene)


def test_soil_samples_tell_the_truth_most_of_the_time() -> None:
    # design: band and line limits leave a few percent of false readings
    right = total = 0
    for turn in range(120):
        found = observed(ActivityKind.SOIL, turn)
        place = place_of(found)
        truth = signs_at(SPEC, 7, *place)
        for one in findings_of(SPEC, 7, found):
            total += 1
            right += one.is_there == (one.sign in truth)
    assert total == 120 * sum(sign.instrument == "soil" for sign in SPEC.evidence.sign) >= 120 * 5
    assert right / total > 0.95


def test_pictures_look_for_structure_and_soil_for_chemistry() -> None:
    kinds = {one.name: one.instrument for one in SPEC.evidence.sign}
    for kind in (ActivityKind.PICTURE, ActivityKind.SOIL):
        signs = {one.sign for one in findings_of(SPEC, 7, observed(kind, 3))}
        assert signs == {name for name, instrument in kinds.items() if instrument == kind}


def test_a_dark_picture_shows_nothing() -> None:
    dark = replace(observed(ActivityKind.PICTURE, 1), quality=0.1)
    assert findings_of(SPEC, 7, dark) == ()


def test_weather_and_housekeeping_say_nothing_of_the_ground() -> None:
    assert findings_of(SPEC, 7, observed(ActivityKind.AIR, 1)) == ()
    assert findings_of(SPEC, 7, product(10)) == ()


def test_a_finding_knows_its_unit_spot_and_sol() -> None:
    found = findings_of(SPEC, 7, observed(ActivityKind.SOIL, 40))
    assert {one.sol for one in found} == {4}
    assert len({(one.unit, one.spot) for one in found}) == 1
