"""A mission file and a map put together into one `Level`."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.config import nearest
from game.levels.level import (
    KeepOutArea,
    Level,
    LevelObjective,
    LevelPlace,
    Placed,
    SoilGrid,
    StartPose,
    soil_code,
)
from game.levels.mission_file import MissionTables
from game.levels.placing import placed_from_map, placed_from_table
from game.levels.problems import Problems, quoted
from game.levels.schema import Goal, KeepOut, Lander, Landmark, SampleSite, SoilName, Start
from game.levels.tiled_layers import MapObject, TileLayer
from game.levels.tiled_objects import label
from game.levels.tilesets import Tile
from game.levels.tmx import TiledMap
from game.world.overlays import UNPAINTED, PlaceKind

SOIL_LAYER = "soil"
DECOR_PREFIX = "decor"
# How close one has to come to a place that was given no size. [m]
DEFAULT_RADIUS_M = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What the files of a level said."""

    tables: MissionTables
    sheet: TiledMap | None
    map_name: str


def assembled(name: str, parts: Parts, problems: Problems) -> Level:
    """Return the level; what does not fit together is noted."""
    mission = parts.tables.mission
    objects, soil = _ground(parts, problems)
    places = tuple(found for item in objects if (found := _place(item)) is not None)
    lander_heading = _lander_heading_deg(objects)
    return Level(
        name=name,
        title=mission.title,
        description=mission.description,
        author=mission.author,
        licence=mission.licence,
        preset=mission.preset,
        seed=mission.seed,
        sols=mission.sols,
        difficulty=mission.difficulty,
        agent=mission.agent,
        is_open_ground=mission.is_open_ground,
        opening=mission.opening,
        start=_start(objects, lander_heading),
        lander_heading_deg=lander_heading,
        objects=tuple(objects),
        soil=soil,
        places=places,
        keep_outs=tuple(area for item in objects if (area := _keep_out(item)) is not None),
        objectives=_objectives(places, mission.objectives),
        story=mission.story,
        storms=mission.storms,
        faults=mission.faults,
        rules=parts.tables.rules,
    )


def _ground(parts: Parts, problems: Problems) -> tuple[list[Placed], SoilGrid | None]:
    """Return the objects of the map and of the mission file, and the painted soil."""
    objects: list[Placed] = []
    soil = None
    if parts.sheet is not None:
        place = problems.elsewhere(parts.map_name)
        origin = _origin(parts.sheet, place)
        soil = _soil(parts.sheet, origin, place)
        for item in parts.sheet.objects:
            _check_inside(item, parts.sheet, place)
            placed = placed_from_map(item, origin, place)
            objects += [placed] if placed is not None else []
    for number, table in enumerate(parts.tables.objects):
        extra = placed_from_table(table, problems.within(f"objects[{number}]"))
        objects += [extra] if extra is not None else []
    return objects, soil


def near_condition(place: LevelPlace) -> str:
    """Return the condition that the rover is at a place."""
    x = f"(x_m - {place.x_m:.2f})".replace("- -", "+ ")
    y = f"(y_m - {place.y_m:.2f})".replace("- -", "+ ")
    return f"{x} * {x} + {y} * {y} <= {place.radius_m**2:.2f}"


def _origin(sheet: TiledMap, problems: Problems) -> tuple[float, float]:
    landers = [item for item in sheet.objects if item.kind == "lander"]
    if len(landers) == 1:
        return landers[0].x_m, landers[0].y_m
    problems.add(
        f"has {len(landers)} objects of the class lander, but all metres count from exactly one",
        "insert one point in Tiled and set its class to lander",
    )
    return sheet.width_m / 2.0, sheet.height_m / 2.0


def _check_inside(item: MapObject, sheet: TiledMap, problems: Problems) -> None:
    if not (0.0 <= item.x_m <= sheet.width_m and 0.0 <= item.y_m <= sheet.height_m):
        problems.within(f"layer {quoted(item.layer)}").within(
            label(item.number, item.name, item.kind)
        ).add("lies outside the map", "move it inside, or delete it")


def _soil(sheet: TiledMap, origin: tuple[float, float], problems: Problems) -> SoilGrid | None:
    found: list[TileLayer] = []
    for layer in sheet.tile_layers:
        if layer.name == SOIL_LAYER:
            found.append(layer)
        elif not layer.name.startswith(DECOR_PREFIX):
            problems.within(f"layer {quoted(layer.name)}").add(
                f"unknown tile layer{nearest(layer.name, (SOIL_LAYER,))}",
                f'name it "{SOIL_LAYER}", or let its name begin with "{DECOR_PREFIX}" if it is '
                "only for the eye",
            )
    if len(found) > 1:
        problems.add(f'has {len(found)} tile layers called "{SOIL_LAYER}"', "keep one of them")
    if not found:
        return None
    place = problems.within(f"layer {quoted(SOIL_LAYER)}")
    if not sheet.are_tiles_known:
        return None
    table = _soil_codes(found[0], sheet.tiles, place)
    codes = np.full(found[0].gids.shape, UNPAINTED, dtype=np.uint8)
    for gid, code in table.items():
        codes[found[0].gids == gid] = code
    cell = sheet.metres_per_tile
    return SoilGrid(-origin[0], -origin[1], cell, sheet.columns, sheet.rows, codes.tobytes())


def _soil_codes(layer: TileLayer, tiles: Mapping[int, Tile], problems: Problems) -> dict[int, int]:
    codes: dict[int, int] = {}
    names = [str(name) for name in SoilName]
    for gid in (int(number) for number in np.unique(layer.gids) if number):
        value = tiles[gid].properties.get("soil") if gid in tiles else None
        if isinstance(value, str) and value in names:
            codes[gid] = soil_code(SoilName(value))
        else:
            said = "has no property 'soil'" if value is None else f"has the soil {value!r}"
            hint = nearest(value, names) if isinstance(value, str) else ""
            problems.add(
                f"tile number {gid} {said}{hint}",
                "paint with the tileset levels/tilesets/soil.tsx",
            )
    return codes


def _lander_heading_deg(objects: list[Placed]) -> float:
    records = [item.properties for item in objects if isinstance(item.properties, Lander)]
    return records[0].heading_deg if records else Lander().heading_deg


def _start(objects: list[Placed], lander_heading_deg: float) -> StartPose:
    for item in objects:
        if isinstance(item.properties, Start):
            said = item.properties
            return StartPose(item.x_m, item.y_m, said.heading_deg, said.is_on_lander)
    return StartPose(0.0, 0.0, lander_heading_deg, True)


def _place(item: Placed) -> LevelPlace | None:
    match item.properties:
        case SampleSite(points=points, from_sol=from_sol) as said:
            kind = PlaceKind.SAMPLE_SITE
        case Goal(points=points, from_sol=from_sol) as said:
            kind = PlaceKind.GOAL
        case Landmark(place_kind=kind) as said:
            points, from_sol = 0.0, 1
        case _:
            return None
    radius = item.radius_m or DEFAULT_RADIUS_M
    title = said.title or item.name
    return LevelPlace(
        item.name, title, kind, item.x_m, item.y_m, radius, said.text, points, from_sol
    )


def _keep_out(item: Placed) -> KeepOutArea | None:
    if not isinstance(item.properties, KeepOut):
        return None
    text = item.properties.text
    return KeepOutArea(item.name, text, item.x_m, item.y_m, item.radius_m, item.points_m)


def _objectives(
    places: tuple[LevelPlace, ...], extra: tuple[LevelObjective, ...]
) -> tuple[LevelObjective, ...]:
    """Return a goal for each place with points, then those of the mission file."""
    by_name = {place.name: place for place in places}
    implied = tuple(
        LevelObjective(place.name, place.title, "", place.points, place.name, place.from_sol)
        for place in places
        if place.points > 0.0
    )
    return tuple(_completed(objective, by_name) for objective in (*implied, *extra))


def _completed(objective: LevelObjective, places: Mapping[str, LevelPlace]) -> LevelObjective:
    terms = [f"({objective.condition})"] if objective.condition else []
    if objective.place in places:
        terms.append(near_condition(places[objective.place]))
    if objective.from_sol > 1:
        terms.append(f"sol >= {objective.from_sol}")
    return LevelObjective(
        objective.name,
        objective.title,
        " and ".join(terms),
        objective.points,
        objective.place,
        objective.from_sol,
    )
