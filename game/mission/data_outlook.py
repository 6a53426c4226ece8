"""What may lie in memory: pictures of uncertain size, and passes that carry more or less.

Every member of the ensemble has its own sizes and its own luck with the link; its queue goes up in
the order of the expected run, and what is up in full leaves memory when the orbiter has said so.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]


class Parcel(NamedTuple):
    """A product of the expected run.

    made_tick : When it is made; minus infinity if it is there when the forecast begins. [s]
    size_bit, sent_bit : As expected, and what of it has gone up at the start. [bit]
    is_held : It waits on board until somebody asks for it.
    priority : Higher goes first; equals go in the order of the list.
    sigma : Of the logarithm of its size; pictures of one `family` are large or small together. [-]
    """

    made_tick: float
    size_bit: float
    sent_bit: float
    priority: int
    is_held: bool
    sigma: float
    family: int


class Sending(NamedTuple):
    """A stretch of a pass in which the radio sends.

    start_tick, end_tick : from when to when. [s]
    carried_bit : what the link of each member carries in it, shape (members,); the last is the
        expected one. [bit]
    last_bit_s : rate at its end. [bit/s]
    """

    start_tick: int
    end_tick: int
    carried_bit: Series
    last_bit_s: float


class Memory(NamedTuple):
    """Members of an ensemble: what lies in memory over time, shape (members, n), and what waits.

    Both are differences from the expected run. [bit]
    """

    kept_bit: Series
    waiting_bit: Series


class _Queue:
    """The products of all members at once, in the order in which they go up."""

    def __init__(self, parcels: Sequence[Parcel], sizes: Series) -> None:
        order = sorted(range(len(parcels)), key=lambda at: -parcels[at].priority)
        self.made = np.array([parcels[at].made_tick for at in order])
        self.is_asked = np.array([not parcels[at].is_held for at in order])
        self.sizes = sizes[:, order]
        sent = np.array([parcels[at].sent_bit for at in order])
        self.left = np.maximum(self.sizes - sent, 0.0)
        self.freed_tick = np.full(self.left.shape, np.inf)

    def send(self, start_tick: float, end_tick: float, carried: Series, sure: Series) -> None:
        """Send so much; what is up by the `sure` part of it is confirmed before the end."""
        is_here = self.is_asked & (self.made <= start_tick)
        before = self.left
        todo = np.where(is_here, before, 0.0)
        upto = np.cumsum(todo, axis=1)
        self.left = np.where(is_here, np.clip(upto - carried[:, None], 0.0, todo), before)
        is_up = is_here & (self.left <= 0.0) & np.isinf(self.freed_tick)
        is_told = is_up & ((before <= 0.0) | (upto <= sure[:, None]))
        self.freed_tick[is_told] = end_tick

    def kept_at(self, tick: float) -> Series:
        """Return what lies in the memory of each member at a moment [bit]."""
        is_there = (self.made <= tick) & (self.freed_tick > tick)
        return np.asarray(np.sum(np.where(is_there, self.sizes, 0.0), axis=1))


def memory_outlook(
    parcels: Sequence[Parcel],
    sendings: Sequence[Sending],
    grid: Series,
    luck: Series,
    confirm_s: float,
) -> Memory:
    """Return how the memory of each member differs from that of the expected run.

    Parameters
    ----------
    parcels : sequence of Parcel
        All products of the expected run, in the order of their making.
    sendings : sequence of Sending
        Its sendings, in order.
    grid : ndarray
        Moments, shape (n,). [s]
    luck : ndarray
        Standard normal numbers, shape (families, members).
    confirm_s : float
        How long after the last bit of a product the orbiter has confirmed it. [s]
    """
    members = luck.shape[1]
    if not parcels:
        return Memory(np.zeros((members, grid.size)), np.zeros(members))
    queue = _Queue(parcels, _sizes(parcels, luck))
    for sending in sendings:
        for piece in _pieces(sending, grid):
            queue.send(*piece, _sure(sending, piece, confirm_s))
    kept = np.stack([queue.kept_at(tick) for tick in grid], axis=1)
    is_made = queue.made <= grid[-1]
    waiting = np.sum(np.where(is_made, queue.left, 0.0), axis=1)
    return Memory(kept[:-1] - kept[-1], waiting[:-1] - waiting[-1])


def _sizes(parcels: Sequence[Parcel], luck: Series) -> Series:
    """Return the sizes of each member, with the expected one as the last row [bit]."""
    sigma = np.array([parcel.sigma for parcel in parcels])
    family = np.array([parcel.family for parcel in parcels]) % luck.shape[0]
    spread = sigma * luck[family].T - sigma**2 / 2.0
    usual = np.array([parcel.size_bit for parcel in parcels])
    return np.vstack([usual * np.exp(spread), usual])


def _pieces(sending: Sending, grid: Series) -> list[tuple[float, float, Series]]:
    """Cut a sending where the grid has its moments: start, end, and what is carried."""
    inside = grid[(grid > sending.start_tick) & (grid < sending.end_tick)]
    edges = [float(sending.start_tick), *inside.tolist(), float(sending.end_tick)]
    whole_s = edges[-1] - edges[0]
    return [
        (start, end, sending.carried_bit * ((end - start) / whole_s))
        for start, end in pairwise(edges)
    ]


def _sure(sending: Sending, piece: tuple[float, float, Series], confirm_s: float) -> Series:
    """Return what of a piece goes up early enough to be confirmed in this sending [bit]."""
    _, end_tick, carried = piece
    late_s = max(0.0, end_tick - (sending.end_tick - confirm_s))
    return np.asarray(np.maximum(carried - late_s * sending.last_bit_s, 0.0))
