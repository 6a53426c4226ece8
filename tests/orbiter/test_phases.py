import math
from dataclasses import replace

import numpy as np
import pytest

from game.orbiter.orbit import period_s, position_m
from game.orbiter.phases import orbit_of, phase_at
from game.paths import PACKAGE
from tests.orbiter.cases import SITE, mission_s, shipped_orbiter

ORBITER = shipped_orbiter()
PHASES = {one.name: one for one in ORBITER.phase}


@pytest.mark.parametrize(
    ("name", "hours"),
    # mission dossier, section 2.1; two percent
    [
        ("capture", 240),
        ("phasing", 96),
        ("parking", 49.2),
        ("relay", 8.206),
        ("remote_sensing", 7.08),
    ],
)
def test_periods_are_those_announced(name: str, hours: float) -> None:
    assert period_s(ORBITER.body, orbit_of(PHASES[name])) / 3600.0 == pytest.approx(hours, rel=0.02)


def test_phases_follow_each_other() -> None:
    assert phase_at(ORBITER.phase, SITE, round(mission_s("2021-01-01T00:00:00Z"))) is None
    for day, name in (
        ("2021-02-12", "capture"),
        ("2021-02-18", "phasing"),
        ("2021-05-14", "parking"),
        ("2021-06-20", "relay"),
        ("2022-01-01", "remote_sensing"),
    ):
        found = phase_at(ORBITER.phase, SITE, round(mission_s(f"{day}T00:00:00Z")))
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize("name", list(PHASES))
def test_an_orbit_stays_between_its_radii(name: str) -> None:
    # the bulge pulls most at periapsis, so the far end of a long orbit differs by percents
    phase = PHASES[name]
    orbit = orbit_of(phase)
    times = np.linspace(0.0, 2.0 * period_s(ORBITER.body, orbit), 500)
    far = np.sqrt(sum(np.asarray(part) ** 2 for part in position_m(ORBITER.body, orbit, times)))
    assert far[0] == pytest.approx(phase.lowest_radius_m, rel=1e-6)
    assert far.min() > phase.lowest_radius_m * 0.99
    assert far.max() == pytest.approx(phase.highest_radius_m, rel=0.05)


def test_the_relay_phase_is_the_relay_orbit() -> None:
    assert orbit_of(PHASES["relay"]).start_utc == ORBITER.orbit.start_utc
    ratio = orbit_of(PHASES["relay"]).semi_major_axis_m / ORBITER.orbit.semi_major_axis_m
    assert ratio == pytest.approx(1.0, abs=0.01)


def test_a_phase_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="capture: lowest_radius_m"):
        replace(PHASES["capture"], lowest_radius_m=math.inf)


# What the mission dossier, section 2.1, gives no value for.
UNPUBLISHED = {
    ("capture", "ascending_node_deg"),
    ("capture", "periapsis_argument_deg"),
    ("phasing", "ascending_node_deg"),
    ("phasing", "periapsis_argument_deg"),
    ("parking", "ascending_node_deg"),
    ("relay", "ascending_node_deg"),
    ("relay", "periapsis_argument_deg"),
    ("remote_sensing", "start_utc"),
    ("remote_sensing", "ascending_node_deg"),
}


def test_every_element_that_is_not_published_is_marked_as_chosen_with_its_reason() -> None:
    marked: set[tuple[str, str]] = set()
    name, comment = "", ""
    text = (PACKAGE / "data" / "orbiter.toml").read_text(encoding="utf-8")
    for line in text[text.index("[[phase]]") :].splitlines():
        if line.startswith("#"):
            comment += line[1:]
            continue
        key, _, value = (part.strip() for part in line.partition("="))
        name = value.strip('"') if key == "name" else name
        _, mark, reason = comment.partition("[chosen]")
        if mark and key:
            marked.add((name, key))
            assert len(reason.split()) > 5, (name, key)
        comment = ""
    assert marked == UNPUBLISHED


@pytest.mark.parametrize(
    ("name", "utc"),
    [  # mission dossier, section 1.1
        ("capture", "2021-02-10T11:52:00Z"),
        ("phasing", "2021-02-15T09:00:00Z"),
        ("parking", "2021-02-23T22:29:00Z"),
    ],
)
def test_burns_whose_hour_was_announced_have_that_hour(name: str, utc: str) -> None:
    assert PHASES[name].start_utc == utc
