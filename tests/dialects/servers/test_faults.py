"""Servers that refuse, end connections, or vanish: what is raised, and the pool afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers import launch
from tests.containers.backend import Backend
from toolkit import Connection, Engine, NullPool, create_engine, event, exc, text
from toolkit.engine import make_url

ALL = ("postgresql", "mysql", "mariadb")
SECRET = "s3cret-Passw0rd"


def texts(error: BaseException) -> Iterator[str]:
    """All that a log would show of an error and what it came from."""
    seen: BaseException | None = error
    while seen is not None:
        yield f"{seen} {seen!r}"
        seen = seen.__cause__ or seen.__context__


def refused(url: Any, **options: Any) -> exc.DBAPIError:
    """What connecting raises."""
    engine = create_engine(url, **options)
    with pytest.raises(exc.DBAPIError) as caught:
        engine.connect()
    assert engine.pool.checkedout() == 0
    assert not any(SECRET in shown for shown in texts(caught.value))
    assert not caught.value.retryable
    return caught.value


@pytest.mark.backend(*ALL)
def test_a_wrong_password_is_refused_and_not_shown(backend: Backend) -> None:
    error = refused(make_url(backend.url).set(password=SECRET))
    assert isinstance(error, exc.OperationalError)


@pytest.mark.backend(*ALL)
def test_a_missing_database_is_told(backend: Backend) -> None:
    error = refused(make_url(backend.url).set(database="no_such_database"))
    assert isinstance(error, exc.OperationalError)
    assert "no_such_database" in str(error)


@pytest.mark.backend(*ALL)
def test_a_server_that_is_not_there_is_told(backend: Backend) -> None:
    error = refused(make_url(backend.url).set(host="127.0.0.1", port=1, password=SECRET))
    assert isinstance(error, exc.OperationalError)


@pytest.mark.backend("mysql", "mariadb")
def test_an_unknown_charset_is_refused(backend: Backend) -> None:
    engine = create_engine(make_url(backend.url).update_query_dict({"charset": "klingon"}))
    with pytest.raises((exc.DBAPIError, LookupError, AttributeError)):
        engine.connect()
    assert engine.pool.checkedout() == 0


@pytest.mark.backend("postgresql")
def test_an_unknown_encoding_is_refused(backend: Backend) -> None:
    engine = create_engine(backend.url, client_encoding="klingon")
    with pytest.raises((exc.DBAPIError, LookupError)):
        engine.connect()
    assert engine.pool.checkedout() == 0


def asked_of(engine: Engine) -> str:
    """What tells the number of a connection."""
    if engine.dialect.name == "postgresql":
        return "select pg_backend_pid()"
    return "select connection_id()"


def kill(engine: Engine, which: Connection | Any) -> None:
    """Have the server end a connection, as an administrator may."""
    postgresql = engine.dialect.name == "postgresql"
    order = "select pg_terminate_backend({})" if postgresql else "kill {}"
    number = which
    if isinstance(which, Connection):
        number = which.execute(text(asked_of(engine))).scalar()
    other = create_engine(engine.url, poolclass=NullPool)
    with other.connect() as administrator:
        administrator.execute(text(order.format(number)))


def assert_healthy(engine: Engine) -> None:
    """Connections are new, and work."""
    assert engine.pool.checkedout() == 0
    for _ in range(3):
        with engine.connect() as connection:
            assert connection.execute(text("select 1")).scalar() == 1


@pytest.mark.backend(*ALL)
def test_a_connection_that_is_killed_in_a_transaction_is_lost(engine: Engine) -> None:
    with engine.connect() as idle:
        idle.execute(text("select 1"))
    with engine.connect() as connection:
        kill(engine, connection)
        with pytest.raises(exc.DBAPIError) as caught:
            connection.execute(text("select 2"))
        assert caught.value.connection_invalidated
        assert connection.invalidated
        with pytest.raises(exc.PendingRollbackError):
            connection.execute(text("select 3"))
        connection.rollback()
        assert connection.execute(text("select 4")).scalar() == 4
    assert_healthy(engine)


@pytest.mark.backend(*ALL)
def test_a_connection_that_is_killed_before_its_commit_has_committed_nothing(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        connection.execute(text("delete from thing"))
        kill(engine, connection)
        with pytest.raises(exc.DBAPIError) as caught:
            connection.commit()
        assert caught.value.connection_invalidated
        connection.rollback()
        assert connection.execute(text("select count(*) from thing")).scalar() == 3
    assert_healthy(engine)


@pytest.mark.backend(*ALL)
def test_a_connection_that_is_killed_while_idle_is_replaced_by_the_ping(backend: Backend) -> None:
    engine = create_engine(backend.url, pool_pre_ping=True, pool_size=1)
    # One that was in use just now would not be asked.
    event.listen(engine, "checkin", lambda dbapi, record: setattr(record, "returned_at", -1e9))
    with engine.connect() as connection:
        number = connection.execute(text(asked_of(engine))).scalar()
    kill(engine, number)
    assert_healthy(engine)
    engine.dispose()


@pytest.mark.backend(*ALL)
def test_work_whose_commit_is_in_doubt_is_not_tried_again(engine: Engine) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(connection)
        connection.execute(text("delete from thing"))
        kill(engine, connection)

    with pytest.raises(exc.DBAPIError):
        engine.run(work)
    assert len(tries) == 1
    assert_healthy(engine)


@pytest.mark.backend("postgresql-18-psycopg2", "postgresql-15-psycopg")
def test_the_connection_limit_of_a_role_is_told(backend: Backend) -> None:
    owner = create_engine(backend.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    name = f"few_{owner.url.database}"[:60]
    with owner.connect() as connection:
        connection.execute(text(f"create role {name} login password '{SECRET}' connection limit 1"))
    limited = create_engine(owner.url.set(username=name, password=SECRET))
    try:
        with limited.connect():
            with pytest.raises(exc.OperationalError, match="too many connections") as caught:
                limited.connect()
            assert not any(SECRET in shown for shown in texts(caught.value))
        assert_healthy(limited)
    finally:
        limited.dispose()
        with owner.connect() as connection:
            connection.execute(text(f"drop role {name}"))


@pytest.mark.backend("mysql", "mariadb")
def test_the_connection_limit_of_a_user_is_told(backend: Backend) -> None:
    owner = create_engine(backend.url, poolclass=NullPool)
    name = f"few_{owner.url.database}"[:32]
    with owner.begin() as connection:
        connection.execute(text(f"drop user if exists '{name}'"))
        connection.execute(
            text(f"create user '{name}' identified by '{SECRET}' with max_user_connections 1")
        )
        connection.execute(text(f"grant all on {owner.url.database}.* to '{name}'"))
    limited = create_engine(owner.url.set(username=name, password=SECRET))
    try:
        with limited.connect():
            with pytest.raises(exc.OperationalError, match="max_user_connections") as caught:
                limited.connect()
            assert not any(SECRET in shown for shown in texts(caught.value))
            assert "pool_size" in str(caught.value)
        assert_healthy(limited)
    finally:
        limited.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"drop user '{name}'"))


@pytest.mark.backend("postgresql-18-psycopg2", "postgresql-18-psycopg", "mariadb-11.8-pymysql")
def test_a_server_that_dies_between_checkout_and_execute(own_backend: Backend) -> None:
    engine = create_engine(own_backend.url)
    lost: list[Any] = []
    event.listen(engine, "invalidate", lambda dbapi, record, error: lost.append(dbapi))
    with engine.connect(), engine.connect():
        assert engine.pool.checkedout() == 2
    with engine.connect() as connection, own_backend.server.container() as container:
        container.kill()
        with pytest.raises(exc.DBAPIError) as caught:
            connection.execute(text("select 1"))
        assert caught.value.connection_invalidated
        with pytest.raises(exc.OperationalError):
            engine.connect()
        container.start()
    assert lost
    launch.connect_patiently(own_backend.driver, own_backend.address).close()
    assert_healthy(engine)
    engine.dispose()
