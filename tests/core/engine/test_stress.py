"""Eight threads, and everything goes wrong at random: at the end the books are right."""

from __future__ import annotations

import gc
import logging
import os
import random
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.engine.faulty import Gone, Interrupt, Server, handles_of, server
from tests.core.pool.test_fork import in_child
from tests.core.pool.tools import InThread
from toolkit import Connection, Engine, create_engine, event, exc, text

THREADS = 8
ROUNDS = 200
FORKS = 20
SIZE, OVERFLOW = 3, 2

INSERT = text("insert into t (x) values (:x)")
COUNT = text("select count(*) from t")
SOME = text("select x from t limit 50")

# How often, of a thousand calls, a call of the DBAPI fails.
CHANCES = {
    "connect": 60,
    "prepare": 30,
    "set_isolation": 30,
    "cursor": 4,
    "execute": 15,
    "executemany": 30,
    "fetch": 15,
    "commit": 50,
    "rollback": 30,
    "close": 30,
    "ping": 50,
}
ENGINE_EVENTS = (
    "engine_connect",
    "begin",
    "before_execute",
    "before_cursor_execute",
    "after_cursor_execute",
    "after_execute",
    "savepoint",
    "release_savepoint",
    "rollback_savepoint",
    "commit",
    "rollback",
    "handle_error",
)
POOL_EVENTS = ("connect", "checkout", "checkin", "reset", "close", "invalidate", "detach")


class Nuisance(LookupError):
    """What a listener raises."""


class Trouble(threading.local):
    """Each thread's dice; the others' are always lucky."""

    dice: random.Random | None = None

    def happens(self, in_a_thousand: int) -> bool:
        return self.dice is not None and self.dice.randrange(1000) < in_a_thousand


class Workload:
    """What the threads do, and what they know to be committed."""

    def __init__(self, engine: Engine, *, disposes: bool) -> None:
        self.engine = engine
        self.disposes = disposes
        self.trouble = Trouble()
        self.committed: set[int] = set()
        # An error came with the commit or after it, and nobody knows.
        self.in_doubt: set[int] = set()
        self.outcomes: Counter[str] = Counter()
        self._numbers = iter(range(10**9))
        self._lock = threading.Lock()

    def fault(self, call: str) -> BaseException | None:
        """What the DBAPI does at this call."""
        if not self.trouble.happens(CHANCES.get(call, 0)):
            return None
        return random.choice(
            [
                Gone("server closed the connection unexpectedly"),
                sqlite3.OperationalError("something odd happened"),
                sqlite3.OperationalError("database is locked"),
                Interrupt(),
            ]
        )

    def annoy(self, *_: Any) -> None:
        """A listener that fails now and then."""
        if self.trouble.happens(4):
            raise Nuisance
        if self.trouble.happens(1):
            raise Interrupt

    def insert(self, connection: Connection) -> int:
        """Insert a row, and note it as committed when it is."""
        with self._lock:
            number = next(self._numbers)
        connection.execute(INSERT, {"x": number})
        connection.on_commit(lambda: self.committed.add(number))
        return number

    # -- what a thread may do -----------------------------------------------------------

    def in_a_block(self, dice: random.Random) -> None:
        with self.engine.begin() as connection:
            for _ in range(dice.randint(1, 3)):
                self.insert(connection)
            if dice.random() < 0.2:
                raise Nuisance

    def as_you_go(self, dice: random.Random) -> None:
        with self.engine.connect() as connection:
            for _ in range(3):
                self.insert(connection)
                (connection.commit if dice.random() < 0.7 else connection.rollback)()
            self.insert(connection)  # lost: nobody commits it

    def with_savepoints(self, dice: random.Random) -> None:
        with self.engine.begin() as connection:
            self.insert(connection)
            for _ in range(2):
                try:
                    with connection.begin_nested(), connection.begin_nested():
                        same = self.insert(connection)
                        if dice.random() < 0.5:
                            connection.execute(INSERT, {"x": same})
                except exc.IntegrityError:
                    continue

    def by_run(self, dice: random.Random) -> None:
        self.engine.run(self.insert, longest_wait=0.002)

    def the_old_way(self, dice: random.Random) -> None:
        with self._lock:
            number = next(self._numbers)
        self.in_doubt.add(number)
        self.engine.execute(INSERT, {"x": number})
        self.committed.add(number)

    def reading(self, dice: random.Random) -> None:
        with self.engine.connect() as connection:
            result = connection.execute(SOME, execution_options={"stream_results": True})
            try:
                for _ in zip(range(dice.randint(0, 60)), result, strict=False):
                    pass
            finally:
                if sys.version_info < (3, 11):
                    # Its sqlite3 crashes if one thread closes a connection while another frees a
                    # cursor of it: close() finalizes the statement that the cursor resets.
                    result.close()
            self.engine.execute(COUNT).scalar()

    def many_at_once(self, dice: random.Random) -> None:
        with self._lock:
            numbers = [next(self._numbers) for _ in range(3)]
        with self.engine.begin() as connection:
            connection.execute(INSERT, [{"x": number} for number in numbers])
            connection.on_commit(lambda: self.committed.update(numbers))

    def invalidating(self, dice: random.Random) -> None:
        with self.engine.connect() as connection:
            self.insert(connection)
            connection.invalidate()
            connection.rollback()
            self.insert(connection)
            connection.commit()

    def detaching(self, dice: random.Random) -> None:
        with self.engine.connect() as connection:
            connection.detach()
            self.insert(connection)
            connection.commit()

    def changing_levels(self, dice: random.Random) -> None:
        with self.engine.connect() as connection:
            connection.execution_options(isolation_level="READ UNCOMMITTED")
            self.insert(connection)
            connection.commit()

    def forgetting(self, dice: random.Random) -> None:
        """The collector gives it back; nobody could catch what it meets."""
        if dice.random() < 0.8:
            return
        connection = self.engine.connect()
        try:
            self.insert(connection)
        finally:
            self.trouble.dice = None
            del connection
            gc.collect()

    def disposing(self, dice: random.Random) -> None:
        if dice.random() < 0.2 and self.disposes:
            self.engine.dispose()

    def work(self, seed: int) -> None:
        """One thread's life."""
        jobs: list[Callable[[random.Random], None]] = [
            self.in_a_block,
            self.as_you_go,
            self.with_savepoints,
            self.by_run,
            self.the_old_way,
            self.reading,
            self.many_at_once,
            self.invalidating,
            self.detaching,
            self.changing_levels,
            self.forgetting,
            self.disposing,
        ]
        dice = random.Random(seed)
        for _ in range(ROUNDS):
            self.trouble.dice = dice
            job = dice.choice(jobs)
            try:
                job(dice)
            except (exc.SQLAlchemyError, Nuisance, Interrupt) as error:
                self.outcomes[type(error).__name__] += 1
            else:
                self.outcomes["success"] += 1
        self.trouble.dice = None


@pytest.fixture(autouse=True)
def often_switching() -> Iterator[None]:
    """Threads take turns often: more interleavings, and shorter waits for a lock."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    yield
    sys.setswitchinterval(usual)


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = create_engine(
        f"faulty://host{path}",
        pool_size=SIZE,
        max_overflow=OVERFLOW,
        pool_timeout=0.05,
        pool_pre_ping=True,
        connect_args={"timeout": 0.1},
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("pragma journal_mode = wal")
        connection.execute(text("create table t (x integer unique)"))
    yield engine
    engine.dispose()


# A listener that fails while a connection is invalidated leaves it to the collector. What
# interrupts the collector closing it can reach nobody: Python can but tell of it.
@pytest.mark.filterwarnings(
    r"ignore:Exception ignored in. <function PoolProxiedConnection\.__del__"
    ":pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize(("annoying", "disposes"), [(False, True), (True, False), (True, True)])
def test_whatever_goes_wrong_the_books_are_right_in_the_end(
    engine: Engine, path: Path, annoying: bool, disposes: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # what fails on the way back to the pool is logged
    faults, workload = server(engine), Workload(engine, disposes=disposes)
    engine.pool.ping_idle = 0
    for name in (*ENGINE_EVENTS, *POOL_EVENTS) if annoying else ():
        event.listen(engine, name, workload.annoy)
    faults.dice = workload.fault

    threads = [InThread(lambda seed=seed: workload.work(seed)) for seed in range(THREADS)]  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    disturb(engine, faults, threads)
    for thread in threads:
        thread.result()

    gc.collect()
    assert workload.outcomes["success"] > 0.2 * THREADS * ROUNDS, workload.outcomes
    for expected in ("OperationalError", "Interrupt"):
        assert workload.outcomes[expected], f"no {expected} came: {workload.outcomes}"
    assert engine.pool.checkedout() == 0
    assert engine.pool.holders() == []
    assert engine.pool.checkedin() <= SIZE  # type: ignore[attr-defined]  # it is a QueuePool
    if disposes:
        forget_disposed_pools(engine, faults)
    nothing_was_inherited(engine, faults)
    found = rows_of(engine)
    assert workload.committed <= found, "committed, and not there"
    assert found <= workload.committed | workload.in_doubt, "there, and not committed"
    engine.dispose()
    assert not faults.open, "a connection was left open"
    assert not handles_of(path), "a file was left open"


def disturb(engine: Engine, faults: Server, threads: list[InThread]) -> None:
    """Restart the server and fork, while connections are out."""
    disturbances = 0
    while any(thread.thread.is_alive() for thread in threads):
        threads[0].thread.join(0.05)
        disturbances += 1
        if disturbances % 4 == 0:
            faults.restart()
        if hasattr(os, "fork") and disturbances <= FORKS:
            child = in_child(lambda: (engine.pool.checkedout(), engine.pool.holders()))
            assert child == (0, [])


def forget_disposed_pools(engine: Engine, faults: Server) -> None:
    """Close what returned to a pool after it was disposed of: left to the collector, at rest."""
    in_pool = {entry.dbapi_connection for entry in engine.pool.entries}
    for connection in set(faults.open) - in_pool:
        assert not connection.in_transaction
        connection.close()


def nothing_was_inherited(engine: Engine, faults: Server) -> None:
    """Take all connections that the pool may keep: none is in a transaction, or at a level."""
    connections = [engine.connect() for _ in range(SIZE)]
    for connection in connections:
        assert not connection.connection.dbapi_connection.in_transaction
        assert connection.get_isolation_level() == "SERIALIZABLE"
    assert len(faults.open) == SIZE
    for connection in connections:
        connection.close()


def rows_of(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return set(connection.execute(text("select x from t")).scalars())
