"""Servers that vanish, freeze, or are full: on containers of their own, which may be hurt."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from tests.containers import launch
from tests.containers.backend import Backend
from tests.dialects.servers.test_faults import asked_of, assert_healthy, texts
from toolkit import Connection, Engine, NullPool, create_engine, exc, text

OWN = pytest.mark.backend(
    "postgresql-18-psycopg2", "postgresql-18-psycopg", "mysql-9-pymysql", "mariadb-11.8-mysqlclient"
)
# How each driver is told not to wait for ever, for a connection and for an answer.
PATIENCE: dict[str, dict[str, Any]] = {
    "psycopg2": {"connect_timeout": 2},
    "psycopg": {"connect_timeout": 2},
    "pymysql": {"connect_timeout": 2, "read_timeout": 2},
    "mysqlclient": {"connect_timeout": 2, "read_timeout": 2},
}


def assert_lost(error: exc.DBAPIError, connection: Connection) -> None:
    """The connection is known to be gone, and nothing of the URL's secrets is told."""
    assert error.connection_invalidated
    assert connection.invalidated
    assert not any(f":{launch.PASSWORD}@" in shown for shown in texts(error))


def patiently(backend: Backend) -> None:
    """Wait until the server answers again."""
    launch.connect_patiently(backend.driver, backend.address).close()


@OWN
def test_a_network_that_is_cut_loses_the_connections_and_comes_back(own_backend: Backend) -> None:
    engine = create_engine(own_backend.url, connect_args=PATIENCE[own_backend.driver])
    with engine.connect() as idle:
        idle.execute(text("select 1"))
    with engine.connect() as connection:
        connection.execute(text("select 1"))
        with own_backend.server.cut_off():
            with pytest.raises(exc.DBAPIError) as caught:
                connection.execute(text("select 2"))
            assert_lost(caught.value, connection)
            with pytest.raises(exc.OperationalError):
                engine.connect()
        patiently(own_backend)
        connection.rollback()
        assert connection.execute(text("select 3")).scalar() == 3
    assert_healthy(engine)
    engine.dispose()


@OWN
def test_a_server_that_freezes_lets_nobody_in_and_goes_on_later(own_backend: Backend) -> None:
    engine = create_engine(
        own_backend.url, connect_args=PATIENCE[own_backend.driver], poolclass=NullPool
    )
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    with own_backend.server.container() as container:
        container.pause()
        try:
            with pytest.raises(exc.OperationalError) as caught:
                engine.connect()
        finally:
            container.unpause()
    assert not any(f":{launch.PASSWORD}@" in shown for shown in texts(caught.value))
    patiently(own_backend)
    assert_healthy(engine)


@pytest.mark.backend("mysql-9-pymysql", "mariadb-11.8-mysqlclient")
def test_an_answer_that_never_comes_loses_the_connection(own_backend: Backend) -> None:
    engine = create_engine(own_backend.url, connect_args=PATIENCE[own_backend.driver])
    with engine.connect() as connection:
        connection.execute(text("select 1"))
        with own_backend.server.container() as container:
            container.pause()
            try:
                with pytest.raises(exc.DBAPIError) as caught:
                    connection.execute(text("select 2"))
            finally:
                container.unpause()
        assert_lost(caught.value, connection)
        connection.rollback()
        assert connection.execute(text("select 3")).scalar() == 3
    assert_healthy(engine)
    engine.dispose()


KEPT = "create table kept (x integer primary key)"
# On PostgreSQL a trigger makes each COMMIT wait.
HOLD = """
create function hold() returns trigger language plpgsql as
$$ begin perform pg_sleep(60); return null; end $$
"""
HELD = """
create constraint trigger held after insert on kept
deferrable initially deferred for each row execute function hold()
"""
WHO_COMMITS = {
    "postgresql": "select pid from pg_stat_activity where query ilike 'commit%' "
    "and state = 'active'",
    "mysql": "select id from information_schema.processlist where info like 'commit%'",
    "mariadb": "select id from information_schema.processlist where info like 'commit%'",
}


@contextmanager
def commits_held_up(administrator: Engine) -> Iterator[None]:
    """Let each COMMIT wait: elsewhere, for a lock that does not hinder those who have written."""
    with administrator.connect() as holder:
        if administrator.dialect.name != "postgresql":
            holder.execute(text("flush tables with read lock"))
        yield


def kill_who_commits(administrator: Engine, killed: list[int]) -> None:
    """Wait for somebody to commit, and end the connection."""
    dialect = administrator.dialect.name
    order = "select pg_terminate_backend({})" if dialect == "postgresql" else "kill {}"
    until = time.monotonic() + 30
    while not killed and time.monotonic() < until:
        with administrator.connect() as connection:
            for number in connection.execute(text(WHO_COMMITS[dialect])).scalars().all():
                connection.execute(text(order.format(number)))
                killed.append(number)
        time.sleep(0.05)


@OWN
def test_a_connection_that_is_killed_during_its_commit_is_in_doubt(own_backend: Backend) -> None:
    engine = create_engine(own_backend.url)
    administrator = create_engine(own_backend.url, poolclass=NullPool)
    with engine.begin() as connection:
        for sql in (KEPT, HOLD, HELD) if own_backend.dialect == "postgresql" else (KEPT,):
            connection.execute(text(sql))
    killed: list[int] = []
    thread = threading.Thread(target=kill_who_commits, args=(administrator, killed))
    with engine.connect() as connection:
        number = connection.execute(text(asked_of(engine))).scalar_one()
        connection.execute(text("insert into kept values (1)"))
        with commits_held_up(administrator):
            thread.start()
            with pytest.raises(exc.DBAPIError) as caught:
                connection.commit()
            thread.join()
        assert killed == [number]
        assert_lost(caught.value, connection)
        # Nobody can know whether it was committed.
        assert not caught.value.retryable
        connection.rollback()
        assert connection.execute(text("select count(*) from kept")).scalar() == 0
    assert_healthy(engine)
    engine.dispose()


@OWN
def test_a_server_that_is_full_says_so(own_backend: Backend) -> None:
    if own_backend.dialect != "postgresql":
        # PostgreSQL would have to be started anew for fewer than its 200.
        with create_engine(own_backend.url, poolclass=NullPool).connect() as connection:
            connection.execute(text("set global max_connections = 4"))
    engine = create_engine(own_backend.url, pool_size=250)

    def everybody(stack: ExitStack) -> None:
        for _ in range(250):
            stack.enter_context(engine.connect())

    with ExitStack() as stack:
        with pytest.raises(exc.OperationalError, match=r"(?i)too many") as caught:
            everybody(stack)
        assert not caught.value.connection_invalidated
        assert "pool_size" in str(caught.value)
        assert not any(f"{launch.PASSWORD}@" in shown for shown in texts(caught.value))
    assert_healthy(engine)
    engine.dispose()
