"""The bundled agents by name."""

from collections.abc import Callable

from game.agents.agent import Agent
from game.agents.baseline import BaselineAgent
from game.agents.simple import IdleAgent, RandomAgent
from game.config import nearest
from game.errors import UsageError

AGENTS: dict[str, Callable[[int], Agent]] = {
    "baseline": BaselineAgent,
    "idle": IdleAgent,
    "random": RandomAgent,
}


def find_agent(name: str, seed: int) -> Agent:
    """Return a bundled agent.

    Raises
    ------
    UsageError
        Naming those there are, and the nearest.
    """
    if name not in AGENTS:
        known = ", ".join(AGENTS)
        raise UsageError(f"unknown agent {name!r}{nearest(name, AGENTS)} (there are {known})")
    return AGENTS[name](seed)
