"""When code of one's own breaks: who, what, and the line of that file where it did."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.errors import AgentBrokenError, GameError

OURS = "game."


@contextmanager
def told_if_broken(
    what: str, module_name: str, file: str = "", plain: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Run code of an agent; what it raises becomes a sentence with the place in its file.

    Parameters
    ----------
    what : str
        What was asked of it, as `Mine.commands`.
    module_name, file : str
        Where its code is. An error of a bundled agent is a bug of this program and stays as it is.

    plain : tuple of type
        Errors that the caller has sentences of its own for.

    Raises
    ------
    AgentBrokenError
        For anything that is raised, an attempt to end the program too.
    """
    kept: tuple[type[Exception], ...] = (GameError, BrokenPipeError, *plain)
    try:
        yield
    except kept:
        raise
    except (Exception, SystemExit) as error:
        if module_name.startswith(OURS):
            raise
        file = file or getattr(sys.modules.get(module_name), "__file__", None) or ""
        said = f": {error}" if str(error) else ""
        where = _where(error, file)
        raise AgentBrokenError(f"{what} broke at {where}: {type(error).__name__}{said}") from error


def _where(error: BaseException, file: str) -> str:
    """Return file and line: the innermost in the agent's own file, or else in any."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [one for one in frames if file and Path(one.filename).resolve() == Path(file).resolve()]
    last = (own or list(frames))[-1]
    return f"{last.filename}:{last.lineno}"
