"""checkout and return, 8 threads on a pool of 8.

Each thread does what the workload of one thread does, all at once; the time is the CPU time of the
whole process.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.workload import Work
from benchmarks.workloads import pool_checkout
from benchmarks.workloads.pool_checkout import SIZE, django, prepare

# Threads fall into convoys and out of them; a short look sees only one or the other.
LEAST_SECONDS = 2.0

__all__ = ["django", "peewee", "prepare", "raw", "sqlalchemy", "toolkit"]


def raw(data: Path) -> Work:
    """The hand-written pool."""
    return in_threads(pool_checkout.raw(data))


def toolkit(data: Path) -> Work:
    """Ours."""
    return in_threads(pool_checkout.toolkit(data))


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return in_threads(pool_checkout.sqlalchemy(data))


def peewee(data: Path) -> Work:
    """Peewee's pool, whose connections belong to threads."""
    return in_threads(pool_checkout.peewee(data))


def in_threads(work: Work) -> Work:
    """The same work done by all threads at once; they live as long as the process."""
    threads = ThreadPoolExecutor(SIZE)

    def together() -> object:
        return [done.result() for done in [threads.submit(work) for _ in range(SIZE)]]

    return together
