"""A forecast knows what the rover knows: ground that was seen; see also `test_told.py`."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.circumstances import unknowing
from game.commands import Activity, ActivityKind, Navigation, UplinkPlan
from game.environment.clock import tick_at
from game.forecast import forecast
from game.levels.open import open_level
from game.mission.chart import (
    as_known,
    charted_disc,
    charted_ring,
    charted_wedge,
    empty_chart,
    is_charted,
    is_known,
)
from game.rover.mobility import initial_mobility
from game.rover.modes import Mode
from game.session import Session
from game.simulation import initial_state
from game.state import Setup, State

LAND = """
schema = 1
title = "Two discs"
is_open_ground = true
sols = 12

[[objects]]
class = "start"
name = "here"
x_m = 0.0
y_m = 0.0
is_on_lander = false

[[objects]]
class = "goal"
name = "there"
x_m = 0.0
y_m = -200.0
radius_m = 5.0
"""
SAND = """
[[objects]]
class = "soil_patch"
name = "pit"
x_m = 0.0
y_m = {y_m}
radius_m = 7.0
soil = "drift_dust"
"""
ROCKS = """
[[objects]]
class = "rock"
name = "wall {number}"
x_m = {x_m}
y_m = {y_m}
diameter_m = 1.6
"""
NAVIGATIONS = [Navigation.AUTONOMOUS, Navigation.VISUAL, Navigation.BLIND]


def land(folder: Path, y_m: float | None = None) -> Setup:
    """Open ground, with or without sand and a row of rocks at a distance to the south."""
    text = LAND
    if y_m is not None:
        text += SAND.format(y_m=y_m)
        text += "".join(ROCKS.format(number=n, x_m=1.8 * n - 3.6, y_m=y_m) for n in range(5))
    path = folder / "mission.toml"
    path.write_text(text, encoding="utf-8")
    return open_level(str(path), 7).setup


def standing(setup: Setup) -> State:
    """On the plain at eleven, having seen 9 m around, and 9 m around a place 36 m to the south."""
    state = initial_state(setup)
    mobility = initial_mobility(0.0, 0.0, np.pi, is_on_lander=False)
    rover = replace(state.rover, mobility=mobility, motor_k=260.0, mode=Mode.STANDBY)
    spec = replace(setup.chart, near_m=9.0)
    chart = charted_disc(spec, empty_chart(spec), 0.0, 0.0)
    chart = charted_disc(spec, chart, 0.0, -36.0)
    return replace(state, tick=tick_at(setup.site, 5, 11.0), rover=rover, chart=chart)


def rows(setup: Setup, navigation: Navigation, goal_m: float = -36.0) -> np.ndarray:
    state = standing(setup)
    drive = Activity(1, ActivityKind.DRIVE, state.tick + 60, 7000, 0.0, goal_m)
    drive = replace(drive, navigation=navigation)
    seen = forecast(setup, state, state.tick + 8000, (drive,))
    return np.stack([seen.charge_frac[-1:], seen.x_m[-1:], seen.y_m[-1:], seen.motor_k[-1:]])


@pytest.mark.parametrize("navigation", NAVIGATIONS)
def test_ground_that_nobody_has_seen_does_not_show_in_a_forecast(
    tmp_path: Path, navigation: Navigation
) -> None:
    # the drift is four centimetres high, and relief is known from orbit: a centimetre of way
    plain = rows(land(tmp_path), navigation)
    trap = rows(land(tmp_path, -18.0), navigation)
    assert np.abs(plain - trap).max() < 0.01


@pytest.mark.parametrize("navigation", NAVIGATIONS)
def test_the_rover_itself_meets_it(tmp_path: Path, navigation: Navigation) -> None:
    """The same drive for real: else the test above would prove nothing."""
    ends = []
    for setup in (land(tmp_path), land(tmp_path, -18.0)):
        state = standing(setup)
        drive = Activity(1, ActivityKind.DRIVE, state.tick + 60, 7000, 0.0, -36.0)
        session = Session(setup, state)
        session.issue(UplinkPlan((replace(drive, navigation=navigation),)))
        session.advance_to(state.tick + 8000)
        ends.append(session.state.rover.mobility)
    off_m = [abs(getattr(ends[0], part) - getattr(ends[1], part)) for part in ("y_m", "odometer_m")]
    assert max(off_m) > 1.0  # it stops before the rocks, or finds a way round


def test_ground_that_was_seen_does_show(tmp_path: Path) -> None:
    plain = rows(land(tmp_path), Navigation.BLIND)
    seen = rows(land(tmp_path, -5.0), Navigation.BLIND)
    assert not np.allclose(plain, seen, atol=0.01)


def test_what_a_forecast_looks_at_becomes_no_knowledge() -> None:
    setup = open_level("ninety-sols", 7).setup
    chart = as_known(charted_disc(setup.chart, empty_chart(setup.chart), 0.0, 0.0))
    grown = charted_wedge(setup.chart, chart, 0.0, 0.0, 0.0)
    grown = charted_ring(setup.chart, grown, 0.0, 0.0)
    assert is_charted(setup.chart, grown, 0.0, 15.0)
    assert not is_known(setup.chart, grown, 0.0, 15.0)
    assert is_known(setup.chart, grown, 0.0, 0.5)
    assert not is_known(setup.chart, grown, 1e6, 0.0)


def test_a_forecast_has_no_luck_with_its_place() -> None:
    """Pictures, gyroscope and passes are as unsure as ever, but their errors are none."""
    setup = open_level("ninety-sols", 7).setup
    state = initial_state(setup)
    blind = unknowing(setup, state.tick)
    real, known = setup.rover.mobility.position, blind.rover.mobility.position
    assert known.is_mean
    assert (known.picture_frac, known.radio_m) == (real.picture_frac, real.radio_m)
    assert blind.seed != setup.seed
