"""Shared beginnings of tests; pygame, if a test opens it, stays without window and sound."""

import os

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NINETY_SOLS_CACHE", "off")

from game.levels.open import OpenedLevel, open_level


@pytest.fixture(scope="session")
def ninety() -> OpenedLevel:
    """The default level with seed 7."""
    return open_level("ninety-sols", 7)
