"""The engine itself: lazy until used, disposable, and open about its dialect."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from toolkit import Engine, ExceptionContext, create_engine, event, exc, text


def test_an_engine_connects_no_sooner_than_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "lazy.db"
    engine = create_engine(f"sqlite:///{path}")
    assert not path.exists()
    engine.connect().close()
    assert path.exists()
    engine.dispose()


def test_an_engine_that_cannot_connect_is_made_all_the_same() -> None:
    engine = create_engine("sqlite:////no/such/folder/x.db")
    for use in (engine.connect, engine.raw_connection, lambda: engine.execute("select 1")):
        with pytest.raises(exc.OperationalError, match="unable to open database file") as caught:
            use()
        assert isinstance(caught.value.orig, sqlite3.OperationalError)
        assert "SQLite makes the file, not the folder" in str(caught.value)


def test_the_server_is_known_after_the_first_connection() -> None:
    engine = create_engine("sqlite://")
    before = engine.dialect
    assert before.server_version_info is None
    assert before.default_schema_name is None
    assert before.default_isolation_level is None
    assert before.dbapi_version == sys.version_info[:3]
    engine.connect().close()
    after = engine.dialect
    assert after.server_version_info == sqlite3.sqlite_version_info
    assert after.default_schema_name == "main"
    assert after.default_isolation_level == "SERIALIZABLE"
    assert engine.execution_options(x=1).dialect is after


def test_the_server_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    asked: list[Any] = []
    original = engine.dialect.glue.ask_server

    def ask_server(connection: Any) -> Any:
        asked.append(connection)
        return original(connection)

    monkeypatch.setattr(engine.dialect.glue, "ask_server", ask_server)
    with engine.connect(), engine.connect():
        pass
    assert len(asked) == 1
    engine.dispose()


def test_a_connection_that_cannot_be_set_up_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[sqlite3.Connection] = []

    def creator() -> sqlite3.Connection:
        made.append(sqlite3.connect(tmp_path / "x.db"))
        return made[-1]

    engine = create_engine("sqlite://", creator=creator)

    def broken(connection: Any) -> Any:
        raise sqlite3.OperationalError("not today")

    monkeypatch.setattr(engine.dialect.glue, "ask_server", broken)
    with pytest.raises(exc.OperationalError, match="not today"):
        engine.connect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("select 1")
    assert engine.pool.checkedout() == 0


def test_a_raw_connection_is_the_drivers_own(engine: Engine) -> None:
    raw = engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("insert into t (x) values (5)")
    raw.commit()
    raw.close()
    assert engine.execute("select x from t").scalar() == 5
    with pytest.raises(exc.InvalidRequestError, match="This connection is closed"):
        raw.cursor()


def test_errors_on_a_raw_connection_are_the_drivers_own(engine: Engine) -> None:
    raw = engine.raw_connection()
    with pytest.raises(engine.dialect.dbapi.Error):
        raw.cursor().execute("select * from nowhere")
    raw.close()


def test_dispose_replaces_the_pool_and_closes_what_is_idle(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    with engine.connect() as connection:
        idle = connection.connection.dbapi_connection
    held = engine.connect()
    event.listen(engine, "engine_disposed", lambda one: told.append(one))  # noqa: PLW0108 - defined below
    told: list[Engine] = []
    before = engine.pool
    held_connection = held.connection.dbapi_connection
    engine.dispose()
    assert told == [engine]
    assert engine.pool is not before
    assert held.execute(text("select 1")).scalar() == 1
    held.close()
    assert idle is held_connection
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is not idle
    engine.dispose()


def test_dispose_may_leave_connections_open_for_a_parent_process(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    with engine.connect() as connection:
        idle = connection.connection.dbapi_connection
    engine.dispose(close=False)
    assert idle.execute("select 1").fetchone() == (1,)
    idle.close()
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is not idle
    engine.dispose()
    engine.connect().close()
    engine.dispose(close=True)


def test_listeners_to_the_pool_survive_dispose(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    heard: list[str] = []
    event.listen(engine, "connect", lambda *_: heard.append("connect"))
    engine.connect().close()
    engine.dispose()
    engine.connect().close()
    assert heard == ["connect", "connect"]
    engine.dispose()


def test_an_engine_tells_what_it_is() -> None:
    engine = create_engine("sqlite:///a.db", echo=False, hide_parameters=True)
    assert repr(engine) == "Engine(sqlite:///a.db)"
    assert (engine.name, engine.driver) == ("sqlite", "pysqlite")
    assert engine.engine is engine
    assert engine.hide_parameters
    assert engine.echo is False
    assert engine.url.database == "a.db"


def test_a_failing_ping_is_heard_and_the_connection_replaced(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", pool_pre_ping=True)
    engine.pool.ping_idle = 0
    with engine.connect() as connection:
        lost = connection.connection.dbapi_connection
    lost.close()
    seen: list[ExceptionContext] = []
    event.listen(engine, "handle_error", seen.append)
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is not lost
    (context,) = seen
    assert context.is_pre_ping
    assert context.is_disconnect
    assert context.connection is None
    assert context.engine is engine
    assert context.dialect is engine.dialect
    assert isinstance(context.original_exception, sqlite3.ProgrammingError)
    assert isinstance(context.sqlalchemy_exception, exc.ProgrammingError)
    engine.dispose()


class Sulking(sqlite3.Connection):
    """A connection whose ping fails for a reason that nobody knows."""

    sulks = False

    def cursor(self, *args: Any) -> Any:
        if self.sulks:
            raise sqlite3.OperationalError("I do not feel like it")
        return super().cursor(*args)


def sulking_engine(tmp_path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{tmp_path}/x.db", pool_pre_ping=True, connect_args={"factory": Sulking}
    )
    engine.pool.ping_idle = 0
    with engine.connect() as connection:
        connection.connection.dbapi_connection.sulks = True
    return engine


def test_a_ping_that_fails_for_an_unknown_reason_is_raised(tmp_path: Path) -> None:
    engine = sulking_engine(tmp_path)
    with pytest.raises(exc.OperationalError, match="I do not feel like it"):
        engine.connect()
    assert engine.pool.checkedout() == 0
    engine.dispose()


def test_a_listener_may_declare_a_failed_ping_a_disconnect(tmp_path: Path) -> None:
    engine = sulking_engine(tmp_path)

    @event.listens_for(engine, "handle_error")
    def lost(context: ExceptionContext) -> None:
        if context.is_pre_ping and "feel like it" in str(context.original_exception):
            context.is_disconnect = True

    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    engine.dispose()


def test_a_listener_may_replace_the_error_of_a_failed_connect() -> None:
    class Mine(Exception):
        pass

    engine = create_engine("sqlite:////no/such/folder/x.db")
    event.listen(engine, "handle_error", lambda context: Mine())
    with pytest.raises(Mine) as caught:
        engine.connect()
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)


@pytest.mark.backend("sqlite", "postgresql")
def test_a_commit_that_fails_can_be_rolled_back_and_leaves_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma foreign_keys = on")
        connection.exec_driver_sql(
            "create table c (x integer references t (x) deferrable initially deferred)"
        )
        connection.commit()
        for end in (connection.rollback, connection.close):
            connection.exec_driver_sql("insert into c values (99)")
            with pytest.raises(exc.ForeignKeyViolation):
                connection.commit()
            end()
    assert engine.execute("select count(*) from c").scalar() == 0
