"""Agents by name: the bundled ones, and those of one's own."""

from collections.abc import Callable

from game.agents.agent import Agent
from game.agents.baseline import BaselineAgent
from game.agents.own import own_agent
from game.agents.simple import IdleAgent, RandomAgent
from game.config import nearest
from game.errors import UsageError

AGENTS: dict[str, Callable[[int], Agent]] = {
    "baseline": BaselineAgent,
    "idle": IdleAgent,
    "random": RandomAgent,
}


def find_agent(name: str, seed: int) -> Agent:
    """Return a bundled agent, or one of the caller's own, named as `file.py:Class`.

    Raises
    ------
    UsageError
        Naming those there are, and the nearest.
    AgentError
        If an agent of one's own cannot be loaded.
    """
    if ":" in name:
        return own_agent(name, seed)
    if name not in AGENTS:
        known = ", ".join(AGENTS)
        raise UsageError(
            f"unknown agent {name!r}{nearest(name, AGENTS)} (there are {known}; one of your own is "
            "named file.py:Class)"
        )
    return AGENTS[name](seed)
