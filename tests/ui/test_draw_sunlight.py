"""The whole view is in one light, however fast the Sun moves and however late the tiles are."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from game.ui.camera import View
from game.ui.draw.baker import Baked, Job, Quarry, SunPlace, TileJob
from game.ui.draw.ground import GroundView, load_ground_view_spec
from game.ui.draw.makers import InlineMaker
from game.ui.draw.rover_shape import RoverPose
from game.ui.draw.scene import Scene
from game.ui.draw.sunlight import apply_tone, moved_deg, tone
from game.ui.draw.tiling import level_of, tiles_in
from tests.ui.small_ground import SmallGround

VIEW = View(31.0, 31.0, 46.0, 480, 320)
BLOCK_PX = 40
FRAME_S = 1 / 60


def sun_at(elevation_deg: float, azimuth_deg: float = 270.0) -> SunPlace:
    return SunPlace(math.radians(elevation_deg), math.radians(azimuth_deg), 0.44)


NOON, EVENING, DAWN, NIGHT = sun_at(70.0), sun_at(12.0), sun_at(3.0, 90.0), sun_at(-30.0)


class LateMaker:
    """A worker that is kept from its work: gives back at most `rate` jobs in a frame."""

    def __init__(self, rate: float) -> None:
        self.is_broken = False
        self.rate = rate
        self.baked = InlineMaker(Quarry(SmallGround, 250_000_000))
        self.jobs: list[Job] = []
        self._due = 0.0

    @property
    def room(self) -> int:
        return 3 - len(self.jobs)

    def submit(self, job: Job) -> None:
        self.jobs.append(job)

    def collect(self) -> list[Baked]:
        self._due = min(self._due + self.rate, 3.0)
        count = min(int(self._due), len(self.jobs))
        self._due -= count
        for job in self.jobs[:count]:
            self.baked.submit(job)
        del self.jobs[:count]
        return self.baked.collect()

    def close(self) -> None:
        self.jobs.clear()


def scene(sun: SunPlace) -> Scene:
    return Scene(RoverPose(900.0, 900.0, 0.4), sun)


def shown(ground: GroundView, sun: SunPlace, view: View = VIEW) -> NDArray[np.float64]:
    """Draw one frame and return the brightness of its blocks."""
    target = pygame.Surface((view.width_px, view.height_px), depth=32)
    ground.draw(target, view, scene(sun), FRAME_S)
    pixels = pygame.surfarray.array3d(target).astype(np.float64) @ (0.2126, 0.7152, 0.0722)
    across, down = view.width_px // BLOCK_PX, view.height_px // BLOCK_PX
    blocks = pixels.reshape(across, BLOCK_PX, down, BLOCK_PX)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float64)


def spread(blocks: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return how many times one part of the view is brighter than another for its light."""
    ratio = blocks / truth
    return float(ratio.max() / ratio.min())


@pytest.fixture(scope="module")
def truths() -> Iterator[GroundView]:
    pygame.display.init()
    made = GroundView(SmallGround, is_synchronous=True)
    yield made
    made.close()


def truth(truths: GroundView, sun: SunPlace, view: View = VIEW) -> NDArray[np.float64]:
    truths.fill(view, scene(sun))
    return shown(truths, sun, view)


def late(sun: SunPlace, rate: float, view: View = VIEW) -> GroundView:
    """Return a ground complete in one light, whose worker is slow from now on."""
    made = GroundView(SmallGround, is_synchronous=True)
    made.fill(view, scene(sun))
    made.is_synchronous = False
    made.store.maker = LateMaker(rate)
    return made


@pytest.mark.parametrize(("old", "new"), [(NOON, NIGHT), (NOON, DAWN), (NIGHT, NOON)])
def test_a_jump_of_the_sun_is_seen_at_once_even_if_no_tile_is_lit(
    truths: GroundView, old: SunPlace, new: SunPlace
) -> None:
    ground, expected = late(old, rate=0.0), truth(truths, new)
    for _ in range(2):
        blocks = shown(ground, new)
    assert np.median(blocks) == pytest.approx(np.median(expected), rel=0.15)
    assert spread(blocks, expected) < 1.5
    ground.close()


@pytest.mark.parametrize(("old", "new"), [(NOON, NIGHT), (NIGHT, DAWN), (NIGHT, NOON)])
def test_no_frame_mixes_two_suns_on_the_way_to_the_new_light(
    truths: GroundView, old: SunPlace, new: SunPlace
) -> None:
    ground, expected = late(old, rate=1.0), truth(truths, new)
    frames = [shown(ground, new) for _ in range(90)]
    assert ground.floor.sun == new
    assert max(spread(blocks, expected) for blocks in frames) < 1.5
    assert spread(frames[-1], expected) < 1.03
    ground.close()


def test_ten_frames_after_a_jump_all_tiles_are_lit_for_the_new_sun() -> None:
    ground = late(NOON, rate=3.0)
    for _ in range(10):
        shown(ground, EVENING)
    assert {ground.store.tiles[key].sun for key in tiles_in(VIEW, -6)} == {EVENING}
    for _ in range(20):
        shown(ground, EVENING)
    assert ground.floor.sun == EVENING
    ground.close()


def test_a_fast_night_is_followed_in_whole_steps(truths: GroundView) -> None:
    ground = late(sun_at(20.0), rate=1.0)
    farthest_deg, suns = 0.0, set()
    for k in range(100):
        sun = sun_at(20.0 - 0.3 * k)
        blocks = shown(ground, sun)
        assert ground.floor.sun is not None
        suns.add(ground.floor.sun)
        farthest_deg = max(farthest_deg, moved_deg(ground.floor.sun, sun, ground.spec.tiles))
        if k % 20 == 19:
            expected = truth(truths, sun)
            assert np.median(blocks) == pytest.approx(np.median(expected), rel=0.2)
            assert spread(blocks, expected) < 1.5
    assert len(suns) > 2
    assert farthest_deg < 20.0
    ground.close()


def test_ground_kept_from_another_hour_is_shown_in_the_light_of_now(truths: GroundView) -> None:
    ground = late(NOON, rate=3.0)
    for _ in range(40):
        shown(ground, NIGHT)
    ground.store.maker = LateMaker(0.0)
    aside = replace(VIEW, x_m=VIEW.x_m + 6.0)
    old = {tile.sun for key, tile in ground.store.tiles.items() if key in tiles_in(aside, -6)}
    assert old  # some of it was never lit again
    for _ in range(20):
        blocks = shown(ground, NIGHT, aside)
    assert spread(blocks, truth(truths, NIGHT, aside)) < 1.6
    ground.close()


def test_coarse_ground_stands_in_for_fine_in_the_same_light(truths: GroundView) -> None:
    wide = replace(VIEW, scale_px_m=11.0)
    ground = late(NOON, rate=0.0, view=wide)
    for _ in range(30):
        blocks = shown(ground, NIGHT)
    assert spread(blocks, truth(truths, NIGHT)) < 1.6
    ground.close()


def test_ground_that_is_not_there_at_all_has_the_colour_of_the_soil(truths: GroundView) -> None:
    ground = late(NIGHT, rate=0.0)
    ground.store.tiles.clear()
    far = replace(VIEW, x_m=-400.0)
    for _ in range(30):
        blocks = shown(ground, NIGHT, far)
    assert np.median(blocks) == pytest.approx(np.median(truth(truths, NIGHT, far)), rel=0.25)
    ground.close()


def test_a_light_in_the_making_is_given_up_when_the_sun_jumps() -> None:
    ground = late(NOON, rate=0.0)
    shown(ground, EVENING)
    shown(ground, NIGHT)
    assert ground.store.next_sun == NIGHT
    ground.close()


def test_an_old_light_wants_tiles_before_new_ground() -> None:
    ground = late(NOON, rate=0.0)
    shown(ground, EVENING, replace(VIEW, x_m=VIEW.x_m + 3.0))
    assert isinstance(ground.store.maker, LateMaker)
    tiles = [job for job in ground.store.maker.jobs if isinstance(job, TileJob)]
    assert {job.sun for job in tiles if job.key[0] == level_of(46.0, ground.spec.tiles)} <= {
        EVENING
    }
    assert any(job.sun == EVENING for job in tiles)
    ground.close()


def test_a_tile_for_another_sun_never_replaces_one_for_this() -> None:
    ground = late(NOON, rate=0.0)
    key = tiles_in(VIEW, -6)[0]
    before = ground.store.tiles[key]
    maker = InlineMaker(Quarry(SmallGround, 40_000_000))
    maker.submit(TileJob(key, EVENING, 0, ()))
    for baked in maker.collect():
        ground.store._take(baked)
    assert ground.store.tiles[key] is before
    ground.close()


@pytest.mark.parametrize(("old", "new"), [(NOON, NIGHT), (NIGHT, NOON), (EVENING, DAWN)])
def test_a_tone_turns_the_soil_of_one_light_into_that_of_another(
    old: SunPlace, new: SunPlace
) -> None:
    there, back = tone((old, -6), (new, -6)), tone((new, -6), (old, -6))
    assert [a * b for a, b in zip(there, back, strict=True)] == pytest.approx([1.0] * 3)
    grey = pygame.Surface((4, 4), depth=32)
    grey.fill((24, 24, 24))
    apply_tone(grey, there)
    expected = [min(24 * factor, 255.0) for factor in there]
    assert list(grey.get_at((1, 1)))[:3] == pytest.approx(expected, abs=4)


def test_under_the_horizon_of_night_the_sun_goes_nowhere() -> None:
    spec = load_ground_view_spec().tiles
    assert moved_deg(NIGHT, sun_at(-60.0, 10.0), spec) == 0.0
    assert moved_deg(NOON, EVENING, spec) == pytest.approx(58.0)
