"""Every documented option of ``create_engine`` takes effect.

Those that are about the language (``json_serializer`` and the like) have their tests there.
"""

from __future__ import annotations

import logging
import sqlite3
import types
from pathlib import Path
from typing import Any

import pytest

from toolkit import (
    NullPool,
    QueuePool,
    StaticPool,
    create_engine,
    create_mock_engine,
    create_pool_from_url,
    engine_from_config,
    event,
    exc,
    text,
)


# Python 3.12.0 to 3.12.3 warn by mistake: https://github.com/python/cpython/issues/117995
@pytest.mark.filterwarnings(r"ignore:Binding \d \('\?\d'\) is a named:DeprecationWarning")
@pytest.mark.parametrize(
    ("style", "sql", "parameters"),
    [
        ("qmark", "select ?, ?, ?", (1, 2, 1)),
        ("named", "select :a, :b, :a", {"a": 1, "b": 2}),
        ("numeric", "select ?1, ?2, ?1", (1, 2)),
        (None, "select ?, ?, ?", (1, 2, 1)),
    ],
)
def test_statements_are_written_in_the_paramstyle(
    style: str | None, sql: str, parameters: Any
) -> None:
    engine = create_engine("sqlite://", paramstyle=style)
    query = text("select :a, :b, :a")
    with engine.connect() as connection:
        assert connection.execute(query, {"a": 1, "b": 2}).one() == (1, 2, 1)
        with connection.begin_nested():
            connection.execute(text("create table t (x integer)"))
        connection.execute(text("insert into t values (:x)"), [{"x": 1}, {"x": 2}])
        assert connection.execute(text("select count(*) from t")).scalar() == 2
    sent: list[Any] = []
    event.listen(engine, "before_cursor_execute", lambda c, cursor, *a: sent.append((a[0], a[1])))
    with engine.connect() as connection:
        assert connection.execute(query, {"a": 1, "b": 2}).one() == (1, 2, 1)
    assert sent == [(sql, parameters)]
    assert engine.dialect.paramstyle == (style or "qmark")


def test_a_paramstyle_that_the_driver_lacks_is_refused() -> None:
    with pytest.raises(exc.ArgumentError, match=r"'pysqlite'.*'format'\nTry: one of named"):
        create_engine("sqlite://", paramstyle="format")
    with pytest.raises(exc.OptionError, match="option 'paramstyle' must be one of"):
        create_engine("sqlite://", paramstyle="question mark")


def test_another_module_is_used_in_place_of_the_drivers() -> None:
    other = types.ModuleType("other")
    other.__dict__.update(vars(sqlite3))
    calls: list[Any] = []

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        calls.append(args)
        connection: sqlite3.Connection = sqlite3.connect(*args, **kwargs)
        return connection

    other.connect = connect  # type: ignore[attr-defined]
    engine = create_engine("sqlite://", module=other)
    engine.connect().close()
    assert calls == [(":memory:",)]
    assert engine.dialect.dbapi is other


def test_a_module_is_an_object_and_not_its_name() -> None:
    with pytest.raises(exc.OptionError, match="not its name"):
        create_engine("sqlite://", module="sqlite3")


def test_without_a_cache_each_statement_is_written_anew(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    engine = create_engine("sqlite://", query_cache_size=0)
    with engine.connect() as connection:
        for _ in range(2):
            connection.execute(text("select 1"))
    assert [line for line in caplog.messages if line.startswith("[caching disabled ")][1:]
    assert len(engine._parts.cache) == 0


def test_a_cache_keeps_statements_until_it_is_cleared(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    engine = create_engine("sqlite://", query_cache_size=10)
    with engine.connect() as connection:
        for _ in range(3):
            connection.execute(text("select 1"))
            if connection.execute(text("select 2")).scalar() and len(caplog.messages) > 8:
                engine.clear_compiled_cache()
    origins = [line.split()[0] for line in caplog.messages if line.startswith("[")]
    assert origins == ["[generated", "[generated", "[cached", "[cached", "[generated", "[generated"]


def test_a_cache_stays_bounded() -> None:
    engine = create_engine("sqlite://", query_cache_size=5)
    with engine.connect() as connection:
        for number in range(40):
            connection.execute(text(f"select {number}"))
    assert 5 <= len(engine._parts.cache) <= 10


def test_a_statement_may_go_without_the_cache(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("select 1"), execution_options={"compiled_cache": None})
    assert caplog.messages[2].startswith("[caching disabled ")


def test_the_lengths_of_names_are_the_dialects_as_the_options_say() -> None:
    assert create_engine("sqlite://").dialect.max_identifier_length == 9999
    dialect = create_engine("sqlite://", max_identifier_length=30, label_length=20).dialect
    assert (dialect.max_identifier_length, dialect.label_length) == (30, 20)
    assert create_engine("sqlite://").dialect.label_length is None


def test_a_label_may_not_be_longer_than_the_dialects_names() -> None:
    with pytest.raises(exc.ArgumentError, match=r"Label length of 10000 is greater than .* 9999"):
        create_engine("sqlite://", label_length=10000)
    with pytest.raises(exc.ArgumentError, match="greater than"):
        create_engine("sqlite://", label_length=20, max_identifier_length=10)


def test_names_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "toolkit")
    engine = create_engine("sqlite://", logging_name="eng", pool_logging_name="lake")
    engine.connect().close()
    with engine.connect() as connection:
        connection.execute(text("select 1"))
    names = {record.name for record in caplog.records}
    assert names == {"toolkit.engine.Engine.eng", "toolkit.pool.impl.SingletonThreadPool.lake"}


def test_echo_pool_logs_the_pool_and_not_the_engine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.getLogger("toolkit"), "handlers", [])
    engine = create_engine("sqlite://", echo_pool="debug")
    with engine.connect() as connection:
        connection.execute(text("select 1"))
    written = capsys.readouterr().out
    assert "toolkit.pool.impl.SingletonThreadPool" in written
    assert "checked out from pool" in written
    assert "select 1" not in written


def test_a_creator_makes_the_connections(tmp_path: Path) -> None:
    made: list[sqlite3.Connection] = []

    def creator() -> sqlite3.Connection:
        made.append(sqlite3.connect(tmp_path / "mine.db"))
        return made[-1]

    engine = create_engine("sqlite:///ignored.db", creator=creator)
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is made[0]
        assert connection.execute(text("select 'ab' regexp 'a.'")).scalar() == 1
    assert not Path("ignored.db").exists()
    engine.dispose()


def test_a_creator_that_fails_is_told_as_an_error_of_the_driver() -> None:
    def creator() -> sqlite3.Connection:
        raise sqlite3.OperationalError("the vault is closed")

    engine = create_engine("sqlite://", creator=creator)
    with pytest.raises(exc.OperationalError, match="the vault is closed"):
        engine.connect()


def test_connect_args_reach_the_driver_and_win_over_the_url(tmp_path: Path) -> None:
    seen: dict[str, Any] = {}
    engine = create_engine(
        f"sqlite:///{tmp_path}/x.db?timeout=1", connect_args={"timeout": 9, "cached_statements": 3}
    )

    @event.listens_for(engine, "do_connect")
    def look(dialect: Any, record: Any, args: Any, kwargs: dict[str, Any]) -> None:
        seen.update(kwargs)

    engine.connect().close()
    assert (seen["timeout"], seen["cached_statements"]) == (9, 3)
    engine.dispose()


def test_execution_options_are_those_of_all_connections() -> None:
    engine = create_engine("sqlite://", execution_options={"mine": 1})
    with engine.connect() as connection:
        assert connection.get_execution_options() == {"mine": 1}
    engine.update_execution_options(yours=2)
    sibling = engine.execution_options(ours=3)
    with engine.connect() as connection:
        assert connection.get_execution_options() == {"mine": 1, "yours": 2}
    with sibling.connect() as connection:
        assert connection.get_execution_options() == {"mine": 1, "yours": 2, "ours": 3}
    assert sibling.pool is engine.pool
    assert sibling.dialect is engine.dialect


def test_a_sibling_hears_what_is_listened_to_on_its_parent_and_not_the_other_way() -> None:
    heard: list[str] = []
    engine = create_engine("sqlite://")
    sibling = engine.execution_options(x=1)
    event.listen(engine, "commit", lambda conn: heard.append("parent"))
    event.listen(sibling, "commit", lambda conn: heard.append("sibling"))
    with sibling.begin():
        pass
    with engine.begin():
        pass
    assert heard == ["parent", "sibling", "parent"]


@pytest.mark.parametrize("how", ["option", "execution option", "sibling", "updated"])
def test_the_isolation_level_of_all_connections(tmp_path: Path, how: str) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    level = {"isolation_level": "READ UNCOMMITTED"}
    if how == "option":
        engine = create_engine(url, **level)
    elif how == "execution option":
        engine = create_engine(url, execution_options=level)
    else:
        engine = create_engine(url)
        if how == "sibling":
            engine = engine.execution_options(**level)
        else:
            engine.update_execution_options(**level)
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.get_isolation_level() == "READ UNCOMMITTED"
            assert connection.default_isolation_level == "SERIALIZABLE"
    raw = engine.raw_connection()
    back = "READ UNCOMMITTED" if how == "option" else "SERIALIZABLE"
    assert engine.dialect.get_isolation_level(raw.dbapi_connection) == back
    raw.close()
    engine.dispose()


def test_an_isolation_level_that_is_unknown_is_refused_when_the_engine_is_made() -> None:
    with pytest.raises(exc.ArgumentError, match="Valid isolation levels for 'pysqlite' are AUTO"):
        create_engine("sqlite://", isolation_level="SNAPSHOT")


class Counting(sqlite3.Connection):
    """A connection that counts its rollbacks."""

    rollbacks = 0

    def rollback(self) -> None:
        self.rollbacks += 1
        super().rollback()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}, 0),
        ({"isolation_level": "AUTOCOMMIT"}, 2),
        ({"skip_autocommit_rollback": True}, 2),
    ],
)
def test_no_rollback_is_sent_in_autocommit_if_it_is_to_be_skipped(
    options: dict[str, Any], expected: int
) -> None:
    engine = create_engine("sqlite://", connect_args={"factory": Counting}, **options)
    with engine.connect() as connection:
        connection.execute(text("select 1"))
        made = connection.connection.dbapi_connection
    engine.raw_connection().close()
    assert made.rollbacks == expected


# -- the pool's options --------------------------------------------------------------------


def test_the_options_of_a_queue_pool_reach_it(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite:///{tmp_path}/x.db",
        pool_size=1,
        max_overflow=1,
        pool_timeout=0,
        pool_recycle=60,
        pool_pre_ping=True,
        pool_use_lifo=True,
        pool_reset_on_return="commit",
    )
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    with engine.connect(), engine.connect(), pytest.raises(exc.TimeoutError, match="size 1 over"):
        engine.connect()
    assert (pool.recycle, pool.pre_ping, pool.reset_on_return) == (60, True, "commit")
    again = pool.recreate()
    assert (again.recycle, again.pre_ping) == (60, True)
    engine.dispose()


def test_lifo_hands_out_what_came_back_last(tmp_path: Path) -> None:
    for lifo in (True, False):
        engine = create_engine(f"sqlite:///{tmp_path}/x.db", pool_use_lifo=lifo)
        first, second = engine.raw_connection(), engine.raw_connection()
        last = second.dbapi_connection
        first.close()
        second.close()
        assert (engine.raw_connection().dbapi_connection is last) is lifo
        engine.dispose()


@pytest.mark.parametrize(("reset", "kept"), [("rollback", 0), ("commit", 1), (True, 0)])
def test_what_is_left_open_is_ended_as_told(tmp_path: Path, reset: Any, kept: int) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", pool_reset_on_return=reset)
    engine.execute("create table t (x integer)")
    raw = engine.raw_connection()
    raw.cursor().execute("insert into t values (1)")
    raw.close()
    assert engine.execute("select count(*) from t").scalar() == kept
    engine.dispose()


def test_a_class_of_pool_may_be_chosen(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", poolclass=NullPool)
    assert isinstance(engine.pool, NullPool)
    shared = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    with shared.connect() as one, shared.connect() as two:
        assert one.connection.dbapi_connection is two.connection.dbapi_connection


def test_a_pool_that_is_given_is_used_and_its_connections_are_set_up(tmp_path: Path) -> None:
    pool = QueuePool(lambda: sqlite3.connect(tmp_path / "x.db", check_same_thread=False))
    engine = create_engine("sqlite://", pool=pool, isolation_level="READ UNCOMMITTED")
    assert engine.pool is pool
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "READ UNCOMMITTED"
        assert connection.execute(text("select 'ab' regexp 'a.'")).scalar() == 1
        assert engine.dialect.default_schema_name == "main"
    with pytest.raises(exc.UnknownOptionError, match="'pool_size'"):
        create_engine("sqlite://", pool=pool, pool_size=3)
    engine.dispose()


def test_a_pool_may_be_made_without_an_engine(tmp_path: Path) -> None:
    pool = create_pool_from_url(
        f"sqlite:///{tmp_path}/x.db",
        pool_size=1,
        max_overflow=0,
        timeout=0,
        pre_ping=True,
        logging_name="lake",
        recycle=5,
        use_lifo=True,
        reset_on_return=None,
        echo=False,
    )
    assert isinstance(pool, QueuePool)
    assert (pool.pre_ping, pool.recycle, pool.logging_name) == (True, 5, "lake")
    with pool.connect() as raw:
        assert raw.cursor().execute("select 'ab' regexp 'a.'").fetchone() == (1,)
        with pytest.raises(exc.TimeoutError):
            pool.connect()
    chosen = create_pool_from_url("sqlite://", poolclass=NullPool)
    assert isinstance(chosen, NullPool)
    pool.dispose()


# -- configuration ------------------------------------------------------------------------


def test_an_engine_out_of_a_configuration_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = engine_from_config(
        {
            "sqlalchemy.url": f"sqlite:///{tmp_path}/x.db",
            "sqlalchemy.pool_size": "2",
            "sqlalchemy.max_overflow": "0",
            "sqlalchemy.pool_pre_ping": "true",
            "sqlalchemy.echo": "true",
            "sqlalchemy.hide_parameters": "yes",
            "sqlalchemy.isolation_level": "AUTOCOMMIT",
            "sqlalchemy.native_datetime": "true",
            "toolkit.pool_timeout": "0.5",
            "other.thing": "1",
        },
        logging_name="configured",
    )
    with engine.connect() as connection:
        connection.execute(text("select :x"), {"x": "secret"})
        assert connection.get_isolation_level() == "AUTOCOMMIT"
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    assert (pool.size(), pool.pre_ping) == (2, True)
    assert engine.dialect.glue.options["native_datetime"] is True
    assert "secret" not in caplog.text
    assert {record.name for record in caplog.records} == {"toolkit.engine.Engine.configured"}
    engine.dispose()


def test_a_configuration_may_have_its_own_prefix() -> None:
    engine = engine_from_config({"db.url": "sqlite://", "db.logging_name": "x"}, prefix="db.")
    assert str(engine.url) == "sqlite://"
    with pytest.raises(exc.ArgumentError, match=r"no key 'db\.url'"):
        engine_from_config({"url": "sqlite://"}, prefix="db.")


def test_a_configuration_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(exc.UnknownOptionError, match="'pool_size' instead of 'pool_sice'"):
        engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.pool_sice": "3"})


# -- an engine without a database ----------------------------------------------------------


def test_a_mock_engine_hands_everything_to_its_function() -> None:
    seen: list[Any] = []
    engine = create_mock_engine(
        "sqlite://", lambda sql, *multiparams, **params: seen.append((sql, *multiparams))
    )
    statement = text("create table t (x integer)")
    with_options = engine.execution_options(isolation_level="AUTOCOMMIT")
    with_options.connect().execute(statement)
    engine.engine.execute("select 1", {"x": 1})
    assert seen == [(statement, None), ("select 1", {"x": 1})]
    assert (engine.name, engine.dialect.name) == ("sqlite", "sqlite")


def test_a_mock_engine_takes_the_options_of_an_engine() -> None:
    engine = create_mock_engine("sqlite://", print, paramstyle="named", echo=True)
    assert engine.dialect.paramstyle == "named"
    with pytest.raises(exc.UnknownOptionError, match="'ecko'"):
        create_mock_engine("sqlite://", print, ecko=True)
