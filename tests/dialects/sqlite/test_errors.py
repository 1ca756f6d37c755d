"""What SQLite's errors mean, with the codes of Python 3.11 and by their messages alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit import Connection, Engine, create_engine, exc, text
from toolkit_sqlite.errors import classify


class Mute(Exception):
    """As an error was before Python 3.11: a text and no code."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", connect_args={"timeout": 0})
    yield engine
    assert engine.pool.checkedout() == 0
    engine.dispose()


def provoke(connection: Connection, sql: str, expected: type[exc.DBAPIError]) -> exc.DBAPIError:
    """Fail, and see that the message alone would have told the same."""
    with pytest.raises(expected) as caught:
        connection.exec_driver_sql(sql)
    error = caught.value
    dbapi = connection._proxied_connection()
    assert dbapi is not None
    told = connection._parts.driver.classify(Mute(str(error.orig)), dbapi)
    assert told == error.facts
    return error


SCHEMA = """
create table plain (id integer primary key, a integer not null, b text unique,
    constraint positive check (a > 0), check (a < 100));
create table pair (a integer, b integer, c integer, primary key (a, b), unique (b, c))
    without rowid;
create table "we.ird, t" (id integer primary key, "a.b" integer unique, "c,d" integer not null,
    "e'f" integer, unique ("c,d", "e'f"));
create table we (ird integer, "a.b" integer);
create table child (id integer primary key, parent integer references plain
    deferrable initially deferred, now integer references plain);
create table guarded (x integer);
create table strictly (x integer) strict;
create unique index by_lower on plain (lower(b));
create unique index "it's.odd, really" on pair (c + 1);
create trigger no_seven before insert on guarded when new.x = 7
    begin select raise(abort, 'UNIQUE constraint failed: not.really'); end;
create trigger no_eight before insert on guarded when new.x = 8
    begin select raise(rollback, 'no eights, please'); end;
insert into plain (id, a, b) values (1, 1, 'one');
insert into pair values (1, 1, 1);
insert into "we.ird, t" values (1, 1, 1, 1);
"""


KEYS = {
    "plain": {"id": True, "a": False, "b": False},
    "pair": {"a": True, "b": True, "c": False},
    "we": {"ird": False, "a.b": False},
    "we.ird, t": {"id": True, "a.b": False, "c,d": False, "e'f": False},
}


@pytest.fixture
def filled(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        connection.connection.dbapi_connection.executescript(SCHEMA)
        connection.connection.dbapi_connection.execute("pragma foreign_keys = on")
        yield connection


@pytest.mark.parametrize(
    ("sql", "error", "kind", "constraint", "table", "columns"),
    [
        ("insert into plain values (1, 2, 'x')", exc.UniqueViolation, "primary key", None,
         "plain", ("id",)),
        ("insert into plain values (2, 2, 'one')", exc.UniqueViolation, "unique", "by_lower",
         None, ()),
        ("insert into plain values (2, null, 'x')", exc.NotNullViolation, "not null", None,
         "plain", ("a",)),
        ("insert into plain values (2, -1, 'x')", exc.CheckViolation, "check", "positive",
         None, ()),
        ("insert into plain values (2, 100, 'x')", exc.CheckViolation, "check", "a < 100",
         None, ()),
        ("insert into pair values (1, 1, 5)", exc.UniqueViolation, "primary key", None,
         "pair", ("a", "b")),
        ("insert into pair values (2, 1, 1)", exc.UniqueViolation, "unique", "it's.odd, really",
         None, ()),
        ("insert into child (now) values (99)", exc.ForeignKeyViolation, "foreign key", None,
         None, ()),
        ('insert into "we.ird, t" values (2, 1, 2, 2)', exc.UniqueViolation, "unique", None,
         "we.ird, t", ("a.b",)),
        ('insert into "we.ird, t" values (2, 2, null, 2)', exc.NotNullViolation, "not null", None,
         "we.ird, t", ("c,d",)),
        ('insert into "we.ird, t" values (2, 2, 1, 1)', exc.UniqueViolation, "unique", None,
         "we.ird, t", ("c,d", "e'f")),
        ("insert into guarded values (7)", exc.IntegrityError, None, None, None, ()),
    ],
)  # fmt: skip
def test_a_violated_constraint_is_told_by_kind_name_table_and_columns(
    filled: Connection,
    sql: str,
    error: type[exc.IntegrityError],
    kind: str | None,
    constraint: str | None,
    table: str | None,
    columns: tuple[str, ...],
) -> None:
    with pytest.raises(exc.IntegrityError) as caught:
        filled.exec_driver_sql(sql)
    found = caught.value
    if kind is None and not hasattr(found.orig, "sqlite_errorname"):
        pytest.skip("before Python 3.11 a trigger may say what it likes")
    if kind is not None:
        alone = classify(Mute(str(found.orig)), KEYS.get)
        assert alone == found.facts, "as before Python 3.11, by the message"
    assert type(found) is error
    assert (found.kind, found.constraint) == (kind, constraint)
    assert (found.table, found.columns) == (table, columns)
    assert not found.retryable
    assert not found.connection_invalidated


def test_a_unique_constraint_over_columns_names_them(filled: Connection) -> None:
    filled.exec_driver_sql('drop index "it\'s.odd, really"')
    with pytest.raises(exc.UniqueViolation) as caught:
        filled.exec_driver_sql("insert into pair values (2, 1, 1)")
    assert (caught.value.table, caught.value.columns) == ("pair", ("b", "c"))


def test_a_trigger_that_rolls_back_says_what_it_wants(filled: Connection) -> None:
    with pytest.raises(exc.IntegrityError, match="no eights, please") as caught:
        filled.exec_driver_sql("insert into guarded values (8)")
    assert type(caught.value) is exc.IntegrityError
    filled.rollback()
    assert filled.exec_driver_sql("select count(*) from guarded").scalar() == 0


def test_a_foreign_key_that_is_checked_late_fails_the_commit(filled: Connection) -> None:
    filled.exec_driver_sql("insert into child (parent) values (99)")
    with pytest.raises(exc.ForeignKeyViolation):
        filled.commit()
    filled.rollback()
    assert filled.exec_driver_sql("select count(*) from child").scalar() == 0


def test_a_value_of_a_wrong_type_in_a_strict_table(filled: Connection) -> None:
    with pytest.raises(exc.IntegrityError, match="cannot store TEXT") as caught:
        filled.exec_driver_sql("insert into strictly values ('x')")
    assert caught.value.kind is None


def test_a_row_that_is_no_number_is_a_mismatch(filled: Connection) -> None:
    with pytest.raises(exc.IntegrityError, match="datatype mismatch") as caught:
        filled.exec_driver_sql("insert into plain values ('x', 1, 'y')")
    assert caught.value.kind is None


def test_a_busy_database_may_be_tried_again(engine: Engine) -> None:
    engine.execute("create table t (x integer)")
    with engine.connect() as one, engine.connect() as two:
        one.execute(text("insert into t values (1)"))
        error = provoke(two, "insert into t values (2)", exc.OperationalError)
        assert error.retryable
        assert not error.connection_invalidated
        assert "engine.run(work)" in str(error)


def test_a_snapshot_that_is_too_old_may_be_tried_again(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma journal_mode = wal")
    engine.execute("create table t (x integer)")
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            connection.exec_driver_sql("begin")
            connection.exec_driver_sql("select * from t").all()
        one.exec_driver_sql("insert into t values (1)")
        one.commit()
        error = provoke(two, "insert into t values (2)", exc.OperationalError)
        assert error.retryable


def test_a_table_that_is_locked_in_a_shared_cache_may_be_tried_again() -> None:
    from toolkit import NullPool

    engine = create_engine(
        "sqlite:///file:locked_by_test?mode=memory&cache=shared&uri=true", poolclass=NullPool
    )
    with engine.connect() as one, engine.connect() as two:
        one.exec_driver_sql("create table t (x integer)")
        one.commit()
        one.exec_driver_sql("insert into t values (1)")
        error = provoke(two, "select * from t", exc.OperationalError)
        assert error.retryable
        assert "table is locked" in str(error)


def test_a_full_database(engine: Engine) -> None:
    engine.execute("create table t (x)")
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma max_page_count = 3")
        sql = "insert into t values (zeroblob(1000000))"
        error = provoke(connection, sql, exc.OperationalError)
        assert "Try: make room on the disk" in str(error)
        assert not error.retryable


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    create_engine(f"sqlite:///{tmp_path}/x.db").execute("create table t (x integer)")
    engine = create_engine(f"sqlite:///file:{tmp_path}/x.db?mode=ro&uri=true")
    with engine.connect() as connection:
        error = provoke(connection, "insert into t values (1)", exc.OperationalError)
        assert "mode=ro" in str(error)
    engine.dispose()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all, but long enough to be one" * 99)
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")
    with engine.connect() as connection:
        error = provoke(connection, "select * from t", exc.DatabaseError)
        assert "file is not a database" in str(error)
        assert "or it is encrypted" in str(error)
    engine.dispose()


def test_a_damaged_file(engine: Engine, tmp_path: Path) -> None:
    engine.execute("create table t (x)")
    engine.execute("insert into t values (zeroblob(100000))")
    engine.dispose()
    content = bytearray((tmp_path / "x.db").read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (tmp_path / "x.db").write_bytes(content)
    with engine.connect() as connection:
        error = provoke(connection, "select * from t", exc.DatabaseError)
        assert "PRAGMA integrity_check" in str(error)
        assert not error.connection_invalidated


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(exc.OperationalError, match="not the folder"):
        create_engine("sqlite:////no/such/folder/x.db").connect()


def test_an_interrupted_statement_was_cancelled() -> None:
    facts = classify(Mute("interrupted"))
    assert facts.cancelled
    assert not facts.disconnect


def test_a_closed_connection_is_lost(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.connection.dbapi_connection.close()
        with pytest.raises(exc.ProgrammingError, match="closed database") as caught:
            connection.execute(text("select 1"))
        assert caught.value.connection_invalidated
        connection.rollback()
        assert connection.execute(text("select 1")).scalar() == 1


def test_a_second_thread_is_told_whose_the_connection_is() -> None:
    import threading

    engine = create_engine("sqlite://")
    caught: list[exc.DBAPIError] = []
    with engine.connect() as connection:

        def use() -> None:
            try:
                connection.execute(text("select 1"))
            except exc.DBAPIError as error:
                caught.append(error)

        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    assert "belongs to its thread" in str(caught[0])


@pytest.mark.parametrize(
    ("told", "table", "columns"),
    [
        ("t.a", "t", ("a",)),
        ("t.a, t.b", "t", ("a", "b")),
        ("a.b.c, a.b.d", "a.b", ("c", "d")),
        ("t.a,b, t.c", "t", ("a,b", "c")),
        ("nothing to read", None, ()),
        ("a.b.c", "a.b", ("c",)),
    ],
)
def test_names_with_dots_and_commas_are_read_as_well_as_the_message_allows(
    told: str, table: str | None, columns: tuple[str, ...]
) -> None:
    facts = classify(Mute(f"UNIQUE constraint failed: {told}"))
    assert (facts.table, facts.columns) == (table, columns)


def test_where_the_message_is_not_enough_the_schema_decides() -> None:
    schema = {"a": {"b.c": False, "d": True}}
    facts = classify(Mute("UNIQUE constraint failed: a.b.c"), schema.get)
    assert (facts.table, facts.columns) == ("a", ("b.c",))


def test_an_error_that_is_not_known_is_left_as_it_is() -> None:
    facts = classify(sqlite3.OperationalError("no such table: t"))
    assert facts == classify(Mute("whatever"))


def test_the_code_wins_over_a_misleading_message() -> None:
    error: Any = sqlite3.IntegrityError("UNIQUE constraint failed: not.really")
    error.sqlite_errorname = "SQLITE_CONSTRAINT_TRIGGER"
    assert classify(error).kind is None
