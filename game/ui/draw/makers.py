"""Who bakes the tiles: a worker process, a thread where there are no processes, or the caller."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Protocol

from game.ui.draw.baker import BLOCK_TILES, Baked, Baker, Job, LightJob, Quarry, block_of
from game.ui.heap import return_free_memory, share_heap

QUIT_WAIT_S = 1.0
POLITENESS = 10  # the window goes first
REST_S = 0.5  # without a job, after which a worker gives free memory back


class TileMaker(Protocol):
    """Takes jobs, gives back what is baked, in the same order."""

    @property
    def is_broken(self) -> bool:
        """Whether it cannot work any more."""

    @property
    def room(self) -> int:
        """How many more jobs it will take now."""

    def submit(self, job: Job) -> None:
        """Take a job."""

    def collect(self) -> list[Baked]:
        """Return what has been baked since the last call."""

    def close(self) -> None:
        """End all work and leave nothing running."""


class InlineMaker:
    """Bakes in the calling thread when asked to collect: for pictures that must be complete."""

    def __init__(self, quarry: Quarry) -> None:
        self.is_broken = False
        self._baker = Baker(quarry)
        self._jobs: deque[Job] = deque()

    @property
    def room(self) -> int:
        """One at a time."""
        return 1 - len(self._jobs)

    def submit(self, job: Job) -> None:
        """Keep a job for `collect`."""
        self._jobs.append(job)

    def collect(self) -> list[Baked]:
        """Bake what was submitted."""
        done = [self._baker.bake(job) for job in self._jobs]
        self._jobs.clear()
        return done

    def close(self) -> None:
        """Forget what was not baked."""
        self._jobs.clear()


class ThreadMaker:
    """Bakes in a thread: the big array operations leave the window its time."""

    def __init__(self, quarry: Quarry, depth: int) -> None:
        self.is_broken = False
        self._jobs: deque[Job] = deque()
        self._done: deque[Baked] = deque()
        self._depth = depth
        self._open_count = 0
        self._wake = threading.Semaphore(0)
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, args=(quarry,), daemon=True)
        self._thread.start()

    @property
    def room(self) -> int:
        """Free places in the queue."""
        return self._depth - self._open_count

    def submit(self, job: Job) -> None:
        """Hand a job to the thread."""
        self._open_count += 1
        self._jobs.append(job)
        self._wake.release()

    def collect(self) -> list[Baked]:
        """Take what is done."""
        done = [self._done.popleft() for _ in range(len(self._done))]
        self._open_count -= len(done)
        return done

    def close(self) -> None:
        """Let the thread finish its tile and end."""
        self._is_closing = True
        self._wake.release()
        self._thread.join(QUIT_WAIT_S)

    def _run(self, quarry: Quarry) -> None:
        baker = Baker(quarry)
        while True:
            self._wake.acquire()
            if self._is_closing:
                return
            self._done.append(baker.bake(self._jobs.popleft()))


class ProcessMaker:
    """Bakes in a process of its own; a small thread carries the pixels over.

    The worker holds only its own end of the pipe: when this process goes, however it goes, the
    pipe closes and the worker ends.
    """

    def __init__(self, quarry: Quarry, depth: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, quarry), daemon=True, name="ground tiles"
        )
        self._process.start()
        theirs.close()
        self._done: deque[Baked] = deque()
        self._depth = depth
        self._open_count = 0
        self.is_broken = False
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    @property
    def room(self) -> int:
        """Free places in the queue."""
        return 0 if self.is_broken else self._depth - self._open_count

    def submit(self, job: Job) -> None:
        """Send a job to the worker."""
        self._open_count += 1
        try:
            self._pipe.send(job)
        except OSError:
            self.is_broken = True

    def collect(self) -> list[Baked]:
        """Take what has come back."""
        done = [self._done.popleft() for _ in range(len(self._done))]
        self._open_count -= len(done)
        return done

    def close(self) -> None:
        """End the worker."""
        self.is_broken = True
        self._process.terminate()
        self._process.join(QUIT_WAIT_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._thread.join(QUIT_WAIT_S)
        self._pipe.close()

    def _carry(self) -> None:
        while True:
            try:
                self._done.append(self._pipe.recv())
            except (EOFError, OSError):
                self.is_broken = True
                return


def work(pipe: Connection, quarry: Quarry) -> None:
    """Bake jobs from a pipe until it closes; the life of the worker process."""
    # A window opened while the main module was imported again would swallow the end signal;
    # an interrupt is for the game, which then ends its workers.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    share_heap()
    baker = Baker(quarry)
    is_rested = True
    while True:
        try:
            if not is_rested and not pipe.poll(REST_S):
                return_free_memory()
                is_rested = True
            pipe.send(baker.bake(pipe.recv()))
            is_rested = False
        except (EOFError, OSError):
            return


class TeamMaker:
    """Several worker processes; tiles of one block always go to the same one, which knows it."""

    def __init__(self, quarry: Quarry, depth: int, count: int) -> None:
        share = replace(quarry, budget_byte=quarry.budget_byte // count)
        self._team = [ProcessMaker(share, depth) for _ in range(count)]

    @property
    def is_broken(self) -> bool:
        """One lost worker is enough to start anew."""
        return any(maker.is_broken for maker in self._team)

    @property
    def room(self) -> int:
        """Free places of all of them."""
        return sum(maker.room for maker in self._team)

    def submit(self, job: Job) -> None:
        """Hand a job to the worker that knows its block."""
        self._team[worker_of(job, len(self._team))].submit(job)

    def collect(self) -> list[Baked]:
        """Take what has come back from anyone."""
        return [baked for maker in self._team for baked in maker.collect()]

    def close(self) -> None:
        """End all workers."""
        for maker in self._team:
            maker.close()


def worker_of(job: Job, count: int) -> int:
    """Return which worker a job goes to."""
    if isinstance(job, LightJob):
        return 0
    level, column, row = block_of(job.key)
    return (level + (column + row) // BLOCK_TILES) % count


def best_maker(quarry: Quarry, depth: int, workers: int) -> TileMaker:
    """Return worker processes, or a thread where the system allows none.

    Parameters
    ----------
    quarry : Quarry
        What the workers need to know.
    depth : int
        Jobs handed to a worker ahead of time.
    workers : int
        Most processes; one processor is left to the window, whose late frames people see.
    """
    count = max(1, min(workers, (os.cpu_count() or 1) - 1))
    try:
        return ProcessMaker(quarry, depth) if count == 1 else TeamMaker(quarry, depth, count)
    except (OSError, ImportError, ValueError):
        return ThreadMaker(quarry, depth)
