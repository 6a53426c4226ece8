"""Is this installation whole? Versions, drivers, folders, and the traps that have bitten people."""

import importlib.metadata
import os
import platform
import sys
from pathlib import Path

from game import __version__
from game.errors import GameError
from game.paths import PACKAGE, data_root, keeping_problem, user_folder

NEEDED = ("numpy", "pytmx", "platformdirs", "defusedxml", "font-source-sans-pro")


def run() -> int:
    """Print one line a check and return 0 if the game can run, else 2."""
    problems = 0
    for is_good, text in _checks():
        mark = "ok  " if is_good else "BAD "
        sys.stdout.write(f"{mark} {text}\n")
        problems += not is_good
    sys.stdout.write("all is well\n" if problems == 0 else f"{problems} problems\n")
    return 0 if problems == 0 else 2


def pygame_distributions() -> tuple[str, ...]:
    """Return which of the two distributions that both own `pygame` are installed."""
    return tuple(name for name in ("pygame", "pygame-ce") if _version(name))


def _checks() -> list[tuple[bool, str]]:
    python = sys.version_info
    found = [
        (True, f"Ninety Sols {__version__} from {PACKAGE}"),
        (python >= (3, 11), f"Python {platform.python_version()} on {platform.platform()}"),
        _package(),
        _pygame(),
    ]
    found += [(bool(_version(name)), f"{name} {_version(name) or 'is missing'}") for name in NEEDED]
    noise = _version("noise")
    found.append((True, f"noise {noise}" if noise else "noise is not installed: numpy does it all"))
    found += _drivers()
    found += _folders()
    return found


def _package() -> tuple[bool, str]:
    import game

    place = Path(str(game.__file__)).parent
    return place == PACKAGE, f"the package 'game' is ours ({place})"


def _pygame() -> tuple[bool, str]:
    names = pygame_distributions()
    if len(names) == 1:
        return True, f"{names[0]} {_version(names[0])}"
    if not names:
        return False, "neither pygame nor pygame-ce is installed; install one of them"
    return False, (
        "pygame and pygame-ce are both installed and overwrite each other; "
        "uninstall both, then install one"
    )


def _drivers() -> list[tuple[bool, str]]:
    if not pygame_distributions():
        return []
    import pygame

    asked = os.environ.get("SDL_VIDEODRIVER", "")
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        pygame.display.quit()
    except pygame.error as error:
        return [(False, f"no display driver: {error}")]
    is_hidden = driver in ("offscreen", "dummy")
    note = " (no window can be shown; headless commands work)" if is_hidden else ""
    found = [(True, f"display driver {driver}{note}{' as asked' if asked == driver else ''}")]
    try:
        pygame.mixer.init()
        found.append((True, "sound works"))
        pygame.mixer.quit()
    except pygame.error:
        found.append((True, "no sound device: the game will be silent"))
    return found


def _folders() -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    for kind in ("assets", "levels"):
        try:
            found.append((True, f"{kind}: {data_root(kind)}"))
        except GameError as error:
            found.append((False, str(error)))
    problem = keeping_problem()
    found.append((not problem, problem or f"saves: {user_folder('saves')}"))
    return found


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
