"""The memory that is free but still with the process: one store of it for all threads, and back.

Only the C library of Linux keeps so much that it shows; elsewhere these functions do nothing.
"""

import ctypes
import sys
from functools import cache
from typing import Final

_ARENA_MAX: Final = -8  # of mallopt, in malloc.h


@cache
def _c_library() -> ctypes.CDLL | None:
    """Return glibc, or nothing on another system or with another library."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


def share_heap() -> None:
    """Let all threads use the heap of the first one; call it before there are others.

    Notes
    -----
    A heap for each thread lets them ask for memory at the same moment [1]_. Python's threads take
    turns anyway, and each heap kept what its thread had once needed: the threads that make
    pictures beside the game left 200 MB lying about.

    References
    ----------
    .. [1] Linux manual, mallopt(3), M_ARENA_MAX.
    """
    library = _c_library()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)


def return_free_memory() -> None:
    """Give pages that nothing lies on back to the system; takes milliseconds."""
    library = _c_library()
    if library is not None:
        library.malloc_trim(0)
