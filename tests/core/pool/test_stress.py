"""Many threads, errors and invalidations at random, and at the end the counts are right."""

import os
import random
import sqlite3
import threading
import time
from typing import Any

import pytest

from tests.core.pool.test_fork import in_child
from tests.core.pool.tools import InThread, connect
from toolkit_core.errors import DisconnectionError, SQLAlchemyError
from toolkit_core.events import listen
from toolkit_core.pool import QueuePool

THREADS = 8
ROUNDS = 400


class Owners:
    """Who has which connection: nobody may have one that another has."""

    def __init__(self) -> None:
        self.of: dict[int, int] = {}
        self.violations: list[str] = []
        self.most = 0

    def take(self, conn: object) -> None:
        me = threading.get_ident()
        owner = self.of.setdefault(id(conn), me)
        if owner != me:
            self.violations.append(f"{me} got what {owner} has")
        self.most = max(self.most, len(self.of))

    def leave(self, conn: object) -> None:
        self.of.pop(id(conn), None)


def some_use(pool: QueuePool, owners: Owners, dice: random.Random) -> None:
    with pool.connect() as proxied:
        conn = proxied.dbapi_connection
        owners.take(conn)
        try:
            conn.execute("select 1").fetchone()
            chance = dice.random()
            if chance < 0.3:
                time.sleep(0)
        finally:
            owners.leave(conn)
        if chance < 0.02:
            proxied.invalidate()
        elif chance < 0.04:
            proxied.invalidate(soft=True)
        elif chance < 0.05:
            proxied.detach()
        elif chance < 0.06:
            conn.close()
        elif chance < 0.07:
            pool.invalidate_older_than_now()
        elif chance < 0.08:
            raise LookupError
        elif chance < 0.09:
            lose(proxied)


def lose(proxied: Any) -> None:
    """Lose the connection as a forgotten close() does: the collector gives it back."""
    entry = proxied.entry
    proxied.entry = None
    again = type(proxied)()
    again.entry, again.dbapi_connection = entry, proxied.dbapi_connection
    proxied.dbapi_connection = None
    del again


def worker(pool: QueuePool, owners: Owners, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(ROUNDS):
        try:
            some_use(pool, owners, dice)
        except (LookupError, SQLAlchemyError, sqlite3.Error):
            continue


@pytest.mark.parametrize(
    ("size", "overflow", "lifo", "listening"),
    [(2, 1, False, False), (3, 0, True, True), (2, 2, False, True), (8, 0, True, False)],
)
def test_whatever_happens_the_counts_are_right_in_the_end(
    size: int, overflow: int, lifo: bool, listening: bool, caplog: pytest.LogCaptureFixture
) -> None:
    dice = random.Random(7)

    def creator() -> sqlite3.Connection:
        if dice.random() < 0.05:
            raise sqlite3.OperationalError("unable to open database file")
        return connect()

    def trouble(*values: object) -> None:
        chance = dice.random()
        if chance < 0.01:
            raise DisconnectionError
        if chance < 0.02:
            raise LookupError

    pool = QueuePool(creator, size, overflow, timeout=20, use_lifo=lifo)
    for event in ("checkout", "checkin", "reset", "connect", "close") if listening else ():
        listen(pool, event, trouble)
    owners = Owners()
    threads = [InThread(lambda n=n: worker(pool, owners, n)) for n in range(THREADS)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    if hasattr(os, "fork"):
        for _ in range(3):
            assert in_child(lambda: (pool.checkedout(), len(pool.entries))) == (0, 0)
    for thread in threads:
        thread.result()
    assert not owners.violations
    assert owners.most <= size + overflow
    idle, out = pool._state.counts()
    assert out == 0
    assert idle <= size
    assert pool._state.total == idle == len(pool.entries)
    assert not pool._state.waiting
    assert not pool.holders()


def test_disposing_at_random_closes_all_in_the_end() -> None:
    made: list[sqlite3.Connection] = []

    def creator() -> sqlite3.Connection:
        made.append(connect())
        return made[-1]

    pool = QueuePool(creator, 2, 1, timeout=20)
    owners = Owners()

    def use() -> None:
        for _ in range(ROUNDS):
            with pool.connect() as proxied:
                owners.take(proxied.dbapi_connection)
                time.sleep(0)
                owners.leave(proxied.dbapi_connection)

    threads = [InThread(use) for _ in range(THREADS)]
    for _ in range(50):
        pool.dispose()
        time.sleep(0)
    for thread in threads:
        thread.result()
    pool.dispose()
    assert not owners.violations
    assert not pool.entries
    for conn in made:
        with pytest.raises(sqlite3.ProgrammingError):
            conn.execute("select 1")


def test_many_threads_take_turns() -> None:
    """Nobody starves: with one connection, each gets it about as often as the others."""
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=20)
    turns = [0] * THREADS
    stop = threading.Event()
    # Who is not there yet cannot take a turn.
    all_there = threading.Barrier(THREADS)

    def take_turns(number: int) -> None:
        all_there.wait()
        while not stop.is_set():
            with pool.connect():
                turns[number] += 1
                time.sleep(0)

    threads = [InThread(lambda n=n: take_turns(n)) for n in range(THREADS)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    while sum(turns) < 2000:
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.result()
    assert min(turns) * 3 > max(turns)
