"""Keeps freed memory in the process: ground is made of many large arrays that live shortly."""

import numpy as np

# Larger than any array of a block of tiles; the process keeps at most twice as much at hand.
_BLOCK_BYTE = 16_000_000


def keep_freed_memory() -> None:
    """Ask for a large block of memory and give it back at once, untouched.

    Notes
    -----
    The C library of Linux returns large blocks to the system when they are freed, and the next
    array pays for fresh pages: measured, a third of the time of a chunk. Having seen a block of
    some size come back, it keeps those up to that size [1]_. Elsewhere nothing changes.

    References
    ----------
    .. [1] Linux manual, mallopt(3), M_MMAP_THRESHOLD ("dynamic").
    """
    np.empty(_BLOCK_BYTE, np.uint8)
