"""An agent of one's own, named as `package.module:Class` or `path/to/file.py:Class`.

Its code runs as any other of this program and may do what this program may; what it is shown is
what a player sees, but nothing locks it in.
"""

import importlib
import importlib.util
import inspect
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from game.agents.agent import Agent
from game.agents.breaking import told_if_broken
from game.config import nearest
from game.errors import AgentError

METHODS = ("commands", "wake_tick", "hear")


def own_agent(name: str, seed: int) -> Agent:
    """Load and make an agent; it is given the seed if it takes one.

    Raises
    ------
    AgentError
        In a sentence: no such file, module or class, no agent, or one that breaks at once.
    """
    place, _, class_name = name.rpartition(":")
    if not place or not class_name.isidentifier():
        raise AgentError(f"{name!r} is no agent; write file.py:Class or package.module:Class")
    module = _module(place)
    kind = getattr(module, class_name, None)
    if not inspect.isclass(kind):
        there = [word for word, one in vars(module).items() if inspect.isclass(one)]
        hint = nearest(class_name, there)
        raise AgentError(f"{place}: has no class {class_name!r}{hint}")
    missing = [one for one in METHODS if not callable(getattr(kind, one, None))]
    if missing:
        raise AgentError(
            f"{name}: is no agent, because it lacks {', '.join(missing)}; an agent has "
            "commands(seen), wake_tick(seen) and hear(events)"
        )
    return _made(kind, name, seed)


def _made(kind: Any, name: str, seed: int) -> Agent:
    parameters = inspect.signature(kind).parameters.values()
    is_seeded = any(one.kind is not one.KEYWORD_ONLY for one in parameters)
    arguments = (seed,) if is_seeded else ()
    try:
        inspect.signature(kind).bind(*arguments)
    except TypeError as error:
        raise AgentError(
            f"{name}: cannot be made with a seed alone ({error}); give the rest defaults"
        ) from None
    with told_if_broken(f"{kind.__name__}()", kind.__module__):
        return cast(Agent, kind(*arguments))


def _module(place: str) -> ModuleType:
    try:
        if place.endswith(".py"):
            return _from_file(Path(place))
        with told_if_broken(
            f"loading {place}", place, plain=(SyntaxError, ImportError, ValueError)
        ):
            return importlib.import_module(place)
    except AgentError:
        raise
    except SyntaxError as error:
        raise AgentError(f"{error.filename}:{error.lineno}: {error.msg}") from None
    except (ImportError, ValueError) as error:
        raise AgentError(f"{place}: cannot be loaded: {error}") from None


def _from_file(path: Path) -> ModuleType:
    """Load a file as a module of its own; it may import what lies beside it."""
    if not path.is_file():
        raise AgentError(f"{path}: there is no such file")
    name = f"own_agent_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise AgentError(f"{path}: is no Python file")
    module = importlib.util.module_from_spec(spec)
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.append(folder)
    sys.modules[name] = module
    try:
        with told_if_broken(f"loading {path}", name, str(path), (SyntaxError, ImportError)):
            spec.loader.exec_module(module)
    except Exception:
        del sys.modules[name]
        raise
    return module
