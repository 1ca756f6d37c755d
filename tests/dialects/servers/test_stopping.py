"""Streaming rows, and stopping what takes too long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from toolkit import Connection, Engine, exc, text

pytestmark = pytest.mark.backend("postgresql", "mysql", "mariadb")

MANY = (
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 900) select i from n"
)


def test_rows_are_streamed_and_a_result_may_be_left(engine: Engine) -> None:
    with engine.connect() as connection:
        for left in ("read", "closed", "forgotten", "kept"):
            result = connection.execute(text(MANY), execution_options={"yield_per": 100})
            assert result.cursor.__class__.__name__ in {"NamedCursor", "SSCursor"}
            assert result.keys() == ["i"]
            assert result.fetchone() == (1,)
            if left == "read":
                assert sum(len(page) for page in result.partitions()) == 899
            elif left == "closed":
                result.close()
            elif left == "forgotten":
                del result
                connection.rollback()
        connection.commit()
        assert connection.execute(text("select count(*) from thing")).scalar() == 3


def test_a_statement_that_returns_no_rows_is_not_streamed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execution_options(stream_results=True)
        assert connection.execute(text("delete from thing where id = 1")).rowcount == 1
        assert connection.execute(text("select count(*) from thing")).scalar() == 2


def test_rows_are_streamed_in_autocommit(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        result = connection.execute(text(MANY), execution_options={"stream_results": True})
        assert len(result.all()) == 900
        assert connection.execute(text("select 1")).scalar() == 1


def test_a_query_is_stopped_when_its_time_is_up(engine: Engine, slow: str) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.QueryTimeout) as caught:
            connection.execute(text(slow), execution_options={"timeout": 0.1})
        assert not caught.value.connection_invalidated
        connection.rollback()
        # The limit was for that statement alone.
        fine = connection.execute(text(MANY), execution_options={"timeout": 60})
        assert len(fine.all()) == 900


def test_a_change_is_stopped_when_its_time_is_up(engine: Engine, slow_update: str) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.QueryTimeout):
            connection.execute(text(slow_update), execution_options={"timeout": 0.1})
        connection.rollback()
        assert connection.execute(text("select y from thing where id = 1")).scalar() == 1


@contextmanager
def cancelled_until_done(connection: Connection) -> Iterator[None]:
    """Cancel again and again: nobody can tell when the server has begun."""
    done = threading.Event()

    def cancel() -> None:
        while not done.wait(0.05):
            connection.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_a_query_is_cancelled_from_another_thread(engine: Engine, slow: str) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.QueryCancelled), cancelled_until_done(connection):
            connection.execute(text(slow))
        connection.rollback()
        assert connection.execute(text("select count(*) from thing")).scalar() == 3
