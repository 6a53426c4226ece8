"""What the wings feed directly while the battery is out: never more than they make."""

from dataclasses import replace

import pytest

from game.levels.open import OpenedLevel
from game.rover.modes import Mode
from game.rover.scene import Scene
from game.rover.storage import NO_ROAD
from game.rover.sunshine import Sunshine
from game.rover.supply import inside_of
from tests.rover.desks import grounded
from tests.rover.machines import day

NO_DATA = (False, False, lambda _from, _to: 0, lambda _from, _to: 0, NO_ROAD, lambda _x, _y: False)
SCENE = Scene(0, 60, 7, day(300.0, 100.0, 40.0, 0.5), None, *NO_DATA)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0, 1.5, 2.0, 9.0])
def test_a_hibernating_rover_heats_its_battery_first_with_what_its_wings_make(
    ninety: OpenedLevel, share: float
) -> None:
    spec = ninety.setup.rover
    battery_w, box_w = spec.thermal.battery_heater.power_w, spec.thermal.box_heater.power_w
    state = replace(grounded(ninety.setup, 12.0).rover, mode=Mode.HIBERNATING)
    spare_w = share * battery_w
    light = Sunshine(spec.bus.hibernate_w + spare_w, 400.0, 0.2)
    found = inside_of(spec, state, SCENE, light, 0.0)
    given_w = (found.battery_heater_frac * battery_w, found.box_heater_frac * box_w)
    assert given_w[0] == pytest.approx(min(spare_w, battery_w))
    assert sum(given_w) == pytest.approx(min(spare_w, battery_w + box_w))
