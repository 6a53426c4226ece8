"""The mission on a page: the same numbers for the terminal, for data files and for the window."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from game import __version__
from game.digest import digest
from game.environment.clock import sol_of
from game.events import (
    Event,
    FaultAnswered,
    FaultCleared,
    FaultFound,
    FaultSymptom,
    MissionEnded,
)
from game.mission.scoring import medal
from game.outcomes import (
    activity_lines,
    activity_rows,
    refused_lines,
    refused_rows,
    travelling_rows,
)
from game.rover.meters import used_j
from game.rover.start import initial_rover
from game.rover.thermal import stored_heat_j
from game.state import Setup, State
from game.telemetry import CHANNELS, count_of, home_bit, ledger_of, readings, score_of
from game.units import MBIT_BIT, WH_J, celsius

REAL_ROVER_M = 889.0  # Zhurong's way in its first 90 sols (CNSA, 2021-08-15)


@dataclass
class Recorder:
    """Follows a run and keeps one row of every channel per sol. Lives in the shell."""

    setup: Setup
    rows: list[dict[str, float]] = field(default_factory=list)
    _seen: int = 0

    def see(self, state: State) -> None:
        """Take a row whenever a sol has been closed."""
        if len(state.mission.records) > self._seen:
            self._seen = len(state.mission.records)
            row = readings(self.setup, state)
            # The row is taken at the first moment of the next sol; it belongs to the one before.
            row["sol"] = float(state.mission.records[-1].sol)
            self.rows.append(row)


def csv_text(rows: list[dict[str, float]]) -> str:
    """Return one line a sol, one column a channel, units in the names."""
    names = list(CHANNELS)
    lines = [",".join(names)]
    lines += [",".join(f"{row[name]:.10g}" for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def report_data(setup: Setup, state: State, events: tuple[Event, ...]) -> dict[str, Any]:
    """Return the report as plain data, ready for JSON."""
    rover = state.rover
    ended = next((e for e in events if isinstance(e, MissionEnded)), None)
    return {
        "schema": 1,
        "version": __version__,
        "level": setup.level,
        "seed": setup.seed,
        "difficulty": setup.difficulty,
        "tick": state.tick,
        "sols": len(state.mission.records),
        "outcome": str(state.mission.outcome) if state.mission.outcome else "under way",
        "causes": list(ended.causes if ended else state.mission.causes),
        "route_m": rover.mobility.odometer_m,
        "soil_samples": count_of(state, "soil"),
        "air_samples": count_of(state, "air"),
        "made_mbit": rover.storage.made_bit / MBIT_BIT,
        "home_mbit": home_bit(state) / MBIT_BIT,
        "lost_mbit": rover.storage.lost_bit / MBIT_BIT,
        "lowest_charge_frac": _lowest_charge_frac(state),
        "coldest_box_k": _coldest_box_k(state),
        "energy_balance_j": energy_balance_j(setup, state),
        "heat_balance_j": heat_balance_j(setup, state),
        "ledger": _ledger(setup, state),
        "score": _score(setup, state),
        "faults": _faults(setup, events),
        "refused": refused_rows(setup, events),
        "activities": activity_rows(setup, state, events),
        "travelling": travelling_rows(setup, state),
        "objectives": _objectives(setup, state),
        "bound": [record.bound for record in state.mission.records],
        "route": [[x_m, y_m] for x_m, y_m in rover.track],
        "digest": digest(state),
    }


def _score(setup: Setup, state: State) -> dict[str, Any]:
    score = score_of(setup, state)
    return {
        "science": score.science,
        "exploration": score.exploration,
        "atmosphere": score.atmosphere,
        "operations": score.operations,
        "survival": score.survival,
        "total": score.total(),
        "medal": medal(setup.score, score.total()),
    }


def _faults(setup: Setup, events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Return what was seen, found and done about faults, in order; hidden ones stay hidden."""
    rows: list[dict[str, Any]] = []
    for event in events:
        match event:
            case FaultSymptom():
                what, words = "symptom", event.words
            case FaultFound():
                what, words = "found", event.words
            case FaultAnswered():
                what, words = ("answer" if event.is_on else "taken back"), event.answer
            case FaultCleared():
                what, words = "cleared", event.title
            case _:
                continue
        sol = sol_of(setup.site, event.tick)
        rows.append({"fault": event.fault, "sol": sol, "what": what, "words": words})
    return rows


def _fault_lines(faults: list[Mapping[str, Any]]) -> list[str]:
    if not faults:
        return ["faults         none known"]
    return ["faults"] + [f"  sol {row['sol']:<3} {row['what']:8s} {row['words']}" for row in faults]


def _lowest_charge_frac(state: State) -> float:
    mission = state.mission
    return min([mission.low_charge_frac, *(one.low_charge_frac for one in mission.records)])


def _coldest_box_k(state: State) -> float:
    mission = state.mission
    lows_k = [mission.low_box_k, *(one.low_box_k for one in mission.records)]
    return min([state.rover.thermal.box_k, *lows_k])


def energy_balance_j(setup: Setup, state: State) -> float:
    """Return what is missing between energy in, out and stored; zero but for rounding [J]."""
    power = state.rover.power
    first_j = setup.rover.start_charge_frac * setup.rover.power.capacity_wh * WH_J
    return first_j + power.generated_j - power.consumed_j - power.lost_j - power.charge_j


def heat_balance_j(setup: Setup, state: State) -> float:
    """Return what is missing between heat in, out and stored; zero but for rounding [J]."""
    spec, heat = setup.rover.thermal, state.rover.thermal
    first = initial_rover(setup.rover, setup.start).thermal
    stored_j = stored_heat_j(spec, heat) - stored_heat_j(spec, first)
    return heat.heat_in_j - heat.heat_out_j - stored_j


def open_books(setup: Setup, state: State) -> dict[str, tuple[float, float]]:
    """Return each of the books that must close: what is missing, and what went through it [J]."""
    rover = state.rover
    power = rover.power
    return {
        "energy in, out and stored": (energy_balance_j(setup, state), power.generated_j),
        "every load by name": (used_j(rover.meters) - power.consumed_j, power.consumed_j),
        "heat in, out and stored": (heat_balance_j(setup, state), rover.thermal.heat_in_j),
    }


def _ledger(setup: Setup, state: State) -> list[dict[str, Any]]:
    """Return every load that ran: energy of this sol, of the last and in all, and its worth."""
    return [
        {
            "load": row.name,
            "today_wh": row.today_wh,
            "yesterday_wh": row.yesterday_wh,
            "total_wh": row.total_wh,
            "can_be_shed": row.load is not None,
            "shedding_buys_h": row.buys_h if isfinite(row.buys_h) else None,
        }
        for row in ledger_of(setup, state).rows
        if row.total_wh > 0.0
    ]


def _ledger_lines(rows: list[Mapping[str, Any]]) -> list[str]:
    return ["energy by load (last sol, in all; Wh)"] + [
        f"  {row['load']:24s}{row['yesterday_wh']:9.1f}{row['total_wh']:12.1f}" for row in rows
    ]


def report_text(data: Mapping[str, Any]) -> str:
    """Return the page for a terminal."""
    score = data["score"]
    lines = [
        f"Ninety Sols {data['version']} · {data['level']} · seed {data['seed']} "
        f"· {data['difficulty']}",
        f"outcome        {data['outcome']} after {data['sols']} sols",
        *(f"               {cause}" for cause in data["causes"]),
        "",
        f"route          {data['route_m']:.1f} m   (the real rover: {REAL_ROVER_M:.0f} m)",
        f"samples        {data['soil_samples']} soil, {data['air_samples']} air",
        f"data           {data['home_mbit']:.1f} Mbit home of {data['made_mbit']:.1f} made, "
        f"{data['lost_mbit']:.1f} lost",
        f"lowest charge  {100 * data['lowest_charge_frac']:.1f} %",
        f"coldest box    {celsius(data['coldest_box_k']):.1f} °C",
        f"energy         in − out − stored = {data['energy_balance_j']:.2e} J, "
        f"heat {data['heat_balance_j']:.2e} J",
        *_ledger_lines(data["ledger"]),
        "",
        *_score_lines(score),
        "",
        *_fault_lines(data["faults"]),
        "",
        *refused_lines(data["refused"]),
        "",
        *activity_lines(data["activities"]),
        "",
        *_objective_lines(data["objectives"]),
        "",
        *_bound_lines(data["bound"]),
        f"digest         {data['digest']}",
    ]
    return "\n".join(lines) + "\n"


def _score_lines(score: Mapping[str, Any]) -> list[str]:
    parts = ("science", "exploration", "atmosphere", "operations", "survival", "total")
    lines = [f"{part:14s} {score[part]:8.1f}" for part in parts]
    lines[-1] += f"   {score['medal']}" if score["medal"] else ""
    return ["score", *lines]


def _objectives(setup: Setup, state: State) -> list[dict[str, Any]]:
    met = dict(state.mission.met)
    return [
        {"name": o.name, "title": o.title, "points": o.points, "met_tick": met.get(o.name)}
        for o in setup.mission.objectives
    ]


def _objective_lines(objectives: list[Mapping[str, Any]]) -> list[str]:
    if not objectives:
        return ["goals          none"]
    return ["goals"] + [
        f"  {'✓' if o['met_tick'] is not None else '·'} {o['title']}" for o in objectives
    ]


def _bound_lines(bounds: list[str]) -> list[str]:
    """Say which currency bound on each sol, in runs: 8–12 energy, 13 data."""
    counts = ", ".join(f"{name} {count}" for name, count in sorted(Counter(bounds).items()))
    runs: list[str] = []
    start = 0
    for at in range(1, len(bounds) + 1):
        if at == len(bounds) or bounds[at] != bounds[start]:
            span = f"{start + 1}" if at - start == 1 else f"{start + 1}–{at}"
            runs.append(f"{span} {bounds[start]}")
            start = at
    lines = [f"bound by       {counts}"]
    text = ""
    for run in runs:
        if len(text) + len(run) > 70:
            lines.append(f"  {text.rstrip(', ')}")
            text = ""
        text += f"{run}, "
    return [*lines, f"  {text.rstrip(', ')}"]
