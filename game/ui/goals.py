"""Each morning's goal, glimpse and threat, and how far it is to the goal."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from game.conditions import Condition, holds, parse_condition
from game.levels.level import BeatKind, Level, LevelPlace, StoryBeat, beats_of_sol
from game.rover.mobility import believed_place
from game.rover.told import as_told
from game.state import Setup, State
from game.telemetry import CHANNELS, Readings
from game.ui.words import way_text
from game.way_price import first_look


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the mission wants to go next."""

    title: str
    way: str
    note: str
    place: LevelPlace | None


def told_beats(level: Level, setup: Setup, state: State, sol: int) -> tuple[StoryBeat, ...]:
    """Return the story of a morning: only what is true, goals in order of reach."""
    met = {name for name, _ in state.mission.met}
    told = replace(state, rover=as_told(state.rover))
    now, here = Readings(setup, told), _here(state)
    closed = {p.name for p in level.places if p.from_sol > sol}
    story = tuple(
        beat
        for beat in level.story
        if beat.place not in closed
        and (not beat.condition or holds(_condition(beat.condition), now))
    )
    reached = {p.name for p in level.places if _is_met(p, met)}
    away_m = {p.name: math.dist(here, (p.x_m, p.y_m)) for p in level.places}
    return beats_of_sol(story, sol, reached, away_m)


@lru_cache(maxsize=256)
def _condition(text: str) -> Condition:
    return parse_condition(text, CHANNELS)


def goal_of(level: Level, setup: Setup, state: State, sol: int) -> Goal:
    """Return the goal of a sol, or the nearest place that has not been reached."""
    beats = {beat.kind: beat for beat in told_beats(level, setup, state, sol)}
    beat = beats.get(BeatKind.GOAL)
    met = {name for name, _ in state.mission.met}
    place = None
    if beat is not None and beat.place:
        place = next((p for p in level.places if beat.place in (p.name, p.title)), None)
    if place is None or _is_met(place, met):
        place = _nearest(level, state, sol, met) or place
    if place is None:
        return Goal(beat.title if beat else "", "", beat.text if beat else "", None)
    title = beat.title if beat is not None and beat.place in (place.name, place.title) else ""
    away_m = math.dist(_here(state), (place.x_m, place.y_m))
    return Goal(place.title, _way(setup, state, place, away_m), title or place.text, place)


def passing(goal: Goal, state: State) -> str:
    """Return the name of the goal if the wheels are just rolling over its ground."""
    place = goal.place
    if place is None or state.rover.mobility.drive is None:
        return ""
    is_there = math.dist(_here(state), (place.x_m, place.y_m)) <= place.radius_m
    return goal.title if is_there and not _is_met(place, {n for n, _ in state.mission.met}) else ""


def _is_met(place: LevelPlace, met: set[str]) -> bool:
    return place.name in met or f"site_{place.name}" in met


KNOT_M = 16.0  # as far as ground for wheels is fetched at a time


def _nearest(level: Level, state: State, sol: int, met: set[str]) -> LevelPlace | None:
    open_places = [
        p for p in level.places if p.points > 0 and p.from_sol <= sol and not _is_met(p, met)
    ]
    here = _here(state)
    return min(open_places, key=lambda p: math.dist(here, (p.x_m, p.y_m)), default=None)


def _here(state: State) -> tuple[float, float]:
    """Return where the rover believes to be, which is what it steers by."""
    return believed_place(state.rover.mobility)


def _way(setup: Setup, state: State, place: LevelPlace, away_m: float) -> str:
    if away_m <= place.radius_m:
        return "you are there"
    east, north = (round(part / KNOT_M) for part in _here(state))
    goal = (place.x_m, place.y_m)
    energy_wh = away_m * _wh_per_m(setup, (east, north), goal)
    if energy_wh == 0.0:  # the knot lies on the goal itself
        energy_wh = first_look(setup, _here(state), goal).energy_wh
    return f"{way_text(away_m)} · {energy_wh:.0f} Wh to get there"


@lru_cache(maxsize=64)
def _wh_per_m(setup: Setup, knot: tuple[int, int], goal: tuple[float, float]) -> float:
    """Return what a metre towards a goal takes around a place; found once per place [Wh/m].

    A fresh preview took a late frame every second and a half of driving.
    """
    start = (knot[0] * KNOT_M, knot[1] * KNOT_M)
    seen = first_look(setup, start, goal)
    return seen.energy_wh / seen.distance_m if seen.distance_m >= 1.0 else 0.0
