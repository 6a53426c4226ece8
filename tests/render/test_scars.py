"""What craters do to the look of the ground."""

import math
import tomllib
from pathlib import Path

import numpy as np

from game.render.devils import headings, paint_devils
from game.render.fields import Field, Grid
from game.render.look import look
from game.render.scars import paint_craters
from game.render.surface import tile_fields
from tests.render.plain import Plain, plain_canvas, without
from tests.render.real import real_terrain

DATA = Path(__file__).parent.parent.parent / "game" / "data"
# East, north, width, depth over width, age, own number.
YOUNG = (0.0, 0.0, 80.0, 0.15, 0.1, 0.2)
OLD = (0.0, 0.0, 80.0, 0.04, 0.95, 0.2)
GRID = Grid(0, -128, -128, 256, 256)


def marks(crater: tuple[float, float, float, float, float, float]) -> tuple[Field, Field, Field]:
    canvas = plain_canvas(GRID)
    paint_craters(canvas, Plain(craters=(crater,)))
    return canvas.albedo, canvas.lift_m, canvas.rubble


def away() -> Field:
    return np.asarray(np.hypot(GRID.x_m[None, :], GRID.y_m[:, None]) / 40.0)


def test_outlines_of_tone_are_those_of_the_terrain() -> None:
    table = tomllib.loads((DATA / "terrain.toml").read_text(encoding="utf-8"))["crater"]
    assert look().scars.lobes == (table["lobe2"], table["lobe3"])


def test_tone_lies_in_the_hollow_that_the_terrain_has() -> None:
    # The filled floor of a real crater and the lifted floor of far views are one place.
    terrain = real_terrain()
    craters = terrain.craters_in(-900.0, -900.0, 900.0, 900.0, 60.0)
    wide = np.flatnonzero((craters.diameter_m < 150.0) & (craters.age_frac < 0.6))
    k = int(wide[np.argmin(craters.age_frac[wide])])
    x, y, d = (float(one[k]) for one in (craters.x_m, craters.y_m, craters.diameter_m))
    side = math.ceil(0.6 * d)
    grid = Grid(0, round(x) - side, round(y) - side, 2 * side, 2 * side)
    canvas = plain_canvas(grid)
    row = tuple(
        float(getattr(craters, name)[k])
        for name in ("x_m", "y_m", "diameter_m", "depth_ratio", "age_frac", "phase")
    )
    paint_craters(canvas, Plain(craters=(row,)))  # type: ignore[arg-type]
    hollow = terrain.ground(0, grid.i0, grid.j0, grid.nx, grid.ny).hollow
    assert float(np.corrcoef(canvas.lift_m.ravel(), hollow.ravel())[0, 1]) > 0.7


def test_a_young_crater_has_a_rim_rubble_and_dark_ejecta_and_an_old_one_hardly() -> None:
    albedo, lift_m, rubble = marks(YOUNG)
    old_albedo, old_lift_m, old_rubble = marks(OLD)
    u = away()
    rim, apron = (u > 0.9) & (u < 1.1), (u > 1.15) & (u < 1.7)
    assert float(rubble[rim].mean()) > 0.25
    assert float(albedo[apron].mean()) < -0.02
    assert float(lift_m[rim].mean()) > 0.2
    assert float(old_rubble.max()) < 0.15
    assert float(np.abs(old_albedo).max()) < 0.02
    assert float(old_lift_m.max()) < 0.1 * float(lift_m.max())


def test_far_views_show_a_level_floor_where_the_bowl_has_none() -> None:
    plain = Plain(craters=(YOUNG,))
    fields = tile_fields(plain, 0, -128, -128, 256, 256)
    shaded = fields.relief_m[fields.inner].astype(np.float64)
    ground = fields.height_m[fields.inner].astype(np.float64)
    u = away()
    floor, wall = (u > 0.35) & (u < 0.6), (u > 0.72) & (u < 0.92)

    def leaning(z: Field) -> float:
        north, east = np.gradient(z)
        steep = np.hypot(east, north)
        return float(steep[floor].mean() / steep[wall].mean())

    # In a parabola the floor leans 0.58 times as much as the wall.
    assert leaning(ground) > 0.55
    # Here a quarter is taken off; in the world sand has filled it before.
    assert leaning(shaded) < 0.75 * leaning(ground)


def test_near_views_shade_the_ground_as_it_is() -> None:
    fields = tile_fields(Plain(craters=(YOUNG,)), -4, 0, 0, 64, 64)
    assert fields.relief_m is fields.height_m


def test_nothing_is_left_where_no_crater_is() -> None:
    canvas = plain_canvas(GRID)
    paint_craters(canvas, without(Plain(craters=(YOUNG,))))
    assert not canvas.albedo.any()
    assert not canvas.lift_m.any()


def test_tracks_of_dust_devils_do_not_curl() -> None:
    # A track that never turns against the wind never meets itself.
    wind = (math.sin(4.0), math.cos(4.0))
    for seed in range(300):
        draw = np.random.default_rng(seed).random(160).astype(np.float32)
        turn = headings(draw, wind) - math.atan2(*wind)
        assert float(np.abs(turn).max()) < math.pi / 2.0
        assert float(np.ptp(turn)) > 0.05


def test_tracks_of_dust_devils_are_thin_and_dark() -> None:
    canvas = plain_canvas(Grid(3, -256, -256, 512, 512))
    paint_devils(canvas)
    dark = canvas.albedo < -0.004
    assert 0.0005 < float(dark.mean()) < 0.06
    rows, columns = np.nonzero(dark)
    east, north = canvas.wind
    along, across = columns * east + rows * north, columns * north - rows * east
    assert float(np.ptp(along)) > 200.0
    assert float(np.ptp(across)) > 200.0
