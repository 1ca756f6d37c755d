"""Who holds the connections, and what the error of an exhausted pool says of them."""

import inspect
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.core.pool.tools import Clock, InThread, connect, until
from toolkit_core.errors import TimeoutError
from toolkit_core.pool import Holder, QueuePool, SingletonThreadPool
from toolkit_core.pool.holders import FOREIGN_FILES, shortened


def line() -> int:
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_a_holder_is_told_by_place_thread_age_and_statement() -> None:
    clock = Clock()
    pool = QueuePool(connect, clock=clock)
    expected = line() + 1
    proxied = pool.connect()
    clock.now += 3
    proxied.last_statement = "SELECT *\n  FROM items"
    (holder,) = pool.holders()
    assert holder == Holder(
        seconds=3.0,
        thread="MainThread",
        filename=__file__,
        line=expected,
        function="test_a_holder_is_told_by_place_thread_age_and_statement",
        last_statement="SELECT *\n  FROM items",
        in_transaction=False,
    )
    assert proxied.last_statement == "SELECT *\n  FROM items"
    proxied.close()
    assert pool.holders() == []


def test_the_exhausted_pool_tells_who_holds_its_connections() -> None:
    clock = Clock()
    pool = QueuePool(connect, pool_size=2, max_overflow=0, timeout=0.01, clock=clock)
    done = threading.Event()

    def handler() -> None:
        with pool.connect() as proxied:
            proxied.execute("create table t (x)")
            proxied.execute("insert into t values (1)")
            proxied.last_statement = "insert into t values (1)"
            done.wait(10)

    def hold() -> None:
        with pool.connect():
            done.wait(10)

    holding = InThread(handler, name="worker-7")
    until(lambda: any(holder.in_transaction for holder in pool.holders()))
    clock.now += 12.5
    other = InThread(hold, name="worker-8")
    until(lambda: pool.checkedout() == 2)
    with pytest.raises(TimeoutError) as caught:
        pool.connect()
    text = str(caught.value)
    assert "\nThe connections are held by:\n" in text.replace("\n  ", "\n")
    assert "12.5 s, thread worker-7, checked out at " in text
    assert "test_holders.py:" in text
    assert "in handler(), in a transaction: insert into t values (1)" in text
    assert "0.0 s, thread worker-8" in text
    assert "pool_size or max_overflow" in text
    done.set()
    holding.result()
    other.result()


def test_who_waits_for_oneself_is_told_so() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    with pool.connect(), pytest.raises(TimeoutError, match="do not hold 1 connection") as caught:
        pool.connect()
    assert caught.value.hint is not None


def test_a_thread_that_has_ended_is_told_so() -> None:
    pool = QueuePool(connect)
    leaked = InThread(pool.connect).result()
    assert pool.holders()[0].thread.endswith("(ended)")
    leaked.close()


def test_the_longest_holder_comes_first() -> None:
    clock = Clock()
    pool = QueuePool(connect, clock=clock)
    out = []
    for _ in range(3):
        out.append(pool.connect())
        clock.now += 1
    assert [holder.seconds for holder in pool.holders()] == [3.0, 2.0, 1.0]
    for proxied in out:
        proxied.close()


def test_holders_need_not_be_noted() -> None:
    pool = QueuePool(connect, track_holders=False)
    with pool.connect():
        (holder,) = pool.holders()
        assert holder.filename == ""
        assert "track_holders" in str(holder)


def test_the_place_is_the_first_that_is_not_ours() -> None:
    """Neither toolkit's own frames nor those of ``contextlib`` tell who forgot to close."""
    pool = SingletonThreadPool(connect)  # whose connect() calls the general one

    @contextmanager
    def session() -> Iterator[None]:
        with pool.connect():
            yield

    def direct() -> None:
        with pool.connect():
            (holder,) = pool.holders()
            assert holder.function == "direct"

    direct()
    with session():
        (holder,) = pool.holders()
        assert holder.function == "session"


def test_code_that_is_made_on_the_fly_fills_no_memory() -> None:
    pool = QueuePool(connect)
    FOREIGN_FILES.update(f"<made {number}>" for number in range(10_001))
    namespace = {"pool": pool}
    exec(compile("proxied = pool.connect()", "<made on the fly>", "exec"), namespace)
    (holder,) = pool.holders()
    assert (holder.filename, holder.line) == ("<made on the fly>", 1)
    assert {"<made on the fly>"} == FOREIGN_FILES
    namespace.pop("proxied").close()  # type: ignore[attr-defined]  # the code has put it there


def test_a_statement_does_not_outlive_its_checkout() -> None:
    pool = QueuePool(connect)
    with pool.connect() as proxied:
        proxied.last_statement = "select 1"
    with pool.connect() as proxied:
        assert proxied.last_statement is None


def test_a_long_statement_is_shortened() -> None:
    text = shortened("SELECT " + ", ".join(f"column_{n}" for n in range(100)) + "\nFROM t")
    assert len(text) == 120
    assert text.endswith("…")
