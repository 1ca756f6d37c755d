"""RETURNING: rows of what was written, for one row and for many, in order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import counted
from toolkit import Connection, create_engine, event, exc, text
from toolkit_core.expression.delete import delete
from toolkit_core.expression.insert import insert
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

words = Table("words", MetaData(), Column("word", String))
pairs = Table(
    "pairs",
    MetaData(),
    Column("x", Integer, primary_key=True),
    Column("y", Integer, primary_key=True),
)

# Who gives rows back for an INSERT, and who for an UPDATE, too.
RETURNING = pytest.mark.backend("sqlite", "postgresql", "mariadb")
RETURNING_ALL = pytest.mark.backend("sqlite", "postgresql")


@RETURNING
def test_an_insert_returns_its_row(connection: Connection, table: Table) -> None:
    statement = insert(table).returning(table.c.id, table.c.name.label("called"))
    result = connection.execute(statement, {"name": "Ada"})
    assert result.rowcount == 1
    row = result.one()
    assert (row.id, row.called, row._mapping[table.c.id]) == (1, "Ada", 1)
    with pytest.raises(exc.InvalidRequestError, match="returning"):
        _ = result.inserted_primary_key


@RETURNING
def test_a_table_stands_for_its_columns(connection: Connection, table: Table) -> None:
    result = connection.execute(insert(table).values(name="Ada").returning(table))
    assert result.all() == [(1, "Ada", None)]


@RETURNING_ALL
def test_update_and_delete_return_and_count(connection: Connection, table: Table) -> None:
    connection.execute(insert(table), [{"name": "a"}, {"name": "b"}])
    result = connection.execute(update(table).values(age=5).returning(table.c.id, table.c.age))
    assert result.rowcount == 2
    assert sorted(result.all()) == [(1, 5), (2, 5)]
    result = connection.execute(delete(table).where(table.c.id == 1).returning(table.c.name))
    assert (result.rowcount, result.scalars().all()) == (1, ["a"])


@RETURNING
def test_many_rows_return_in_batches(connection: Connection, table: Table) -> None:
    sizes: list[int] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sizes.append(len(args[3])))
    sets = [{"name": f"n{n}", "age": n} for n in range(2500)]
    result = connection.execute(insert(table).returning(table.c.age), sets)
    assert result.rowcount == 2500
    assert result.scalars().all() == list(range(2500))
    assert sizes == [2000, 2000, 1000]


@RETURNING
def test_the_size_of_a_batch_is_an_option(connection: Connection, table: Table) -> None:
    sizes: list[int] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sizes.append(len(args[3])))
    statement = insert(table).returning(table.c.id)
    sets = [{"name": "x"} for _ in range(5)]
    options = {"insertmanyvalues_page_size": 2}
    assert len(connection.execute(statement, sets, execution_options=options).all()) == 5
    assert sizes == [2, 2, 1]


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"insertmanyvalues_page_size": 2}, 3), ({"use_insertmanyvalues": False}, 5), ({}, 1)],
)
def test_the_size_of_a_batch_is_an_option_of_the_engine(
    table: Table, options: dict[str, Any], expected: int
) -> None:
    sent: list[str] = []
    with create_engine("sqlite://", **options).connect() as connection:
        connection.execute(text("create table people (id integer primary key, name text, age int)"))
        connection.connection.driver_connection.set_trace_callback(sent.append)
        rows = connection.execute(insert(table).returning(table.c.id), [{"age": 1}] * 5).all()
    assert rows == [(1,), (2,), (3,), (4,), (5,)]
    assert sum(sql.startswith("INSERT") for sql in sent) == expected


@RETURNING
def test_a_batch_has_no_more_values_than_a_statement_may(
    connection: Connection, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sizes.append(len(args[3])))
    style = connection.dialect.style
    monkeypatch.setattr(type(style), "max_parameters", 5)
    connection.execute(insert(table).returning(table.c.id), [{"name": "x", "age": 1}] * 5)
    assert sizes == [4, 4, 2]


@RETURNING
def test_rows_are_sorted_by_the_keys_that_the_server_counted(
    connection: Connection, table: Table
) -> None:
    statement = insert(table).returning(table.c.id, table.c.name, sort_by_parameter_order=True)
    sets = [{"name": f"n{n}"} for n in range(50)]
    found = connection.execute(statement, sets).all()
    assert found == [(n + 1, f"n{n}") for n in range(50)]


@RETURNING
def test_rows_are_found_by_the_keys_that_were_given(connection: Connection) -> None:
    connection.execute(text("create table pairs (x int, y int, primary key (x, y))"))
    statement = insert(pairs).returning(pairs.c.x, pairs.c.y, sort_by_parameter_order=True)
    sets = [{"x": n % 3, "y": -n} for n in range(30)]
    assert connection.execute(statement, sets).all() == [(one["x"], one["y"]) for one in sets]


@RETURNING
def test_rows_without_a_key_are_inserted_one_by_one(connection: Connection) -> None:
    connection.execute(text("create table words (word varchar(50))"))
    sent: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sent.append(args[2]))
    statement = insert(words).returning(words.c.word, sort_by_parameter_order=True)
    assert connection.execute(statement, [{"word": "b"}, {"word": "a"}]).scalars().all() == [
        "b",
        "a",
    ]
    assert len(sent) == 2


@RETURNING_ALL
def test_defaults_come_back_where_they_are_asked_for(
    connection: Connection, backend: Backend
) -> None:
    made = Table("made", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))
    connection.execute(text(f"create table made (id {counted(backend)}, n int default 7)"))
    result = connection.execute(insert(made).return_defaults())
    assert result.returned_defaults == (1, 7)
    assert result.inserted_primary_key == (1,)
    many = connection.execute(insert(made).return_defaults(made.c.n), [{"id": 4}, {"id": 5}])
    assert many.returned_defaults_rows == [(7,), (7,)]
    assert many.inserted_primary_key_rows == [(4,), (5,)]


def test_returning_and_defaults_do_not_go_together(table: Table) -> None:
    with pytest.raises(exc.CompileError, match="already configured"):
        insert(table).returning(table.c.id).return_defaults()
    with pytest.raises(exc.InvalidRequestError, match="already configured"):
        update(table).return_defaults().returning(table.c.id)


def test_without_the_capability_it_is_refused_before_anything_is_sent(table: Table) -> None:
    engine = create_engine("sqlite://")
    old = engine.dialect
    engine._parts.dialect = old.but(
        capabilities=type(old.capabilities)(savepoints=True, autocommit=True)
    )
    sent: list[Any] = []
    with engine.connect() as connection:
        engine._parts.dialect = engine._parts.dialect.but(
            capabilities=type(old.capabilities)(savepoints=True, autocommit=True)
        )
        event.listen(connection, "before_cursor_execute", lambda *args: sent.append(args[2]))
        with pytest.raises(exc.UnsupportedCompilationError, match="no RETURNING"):
            connection.execute(insert(table).returning(table.c.id), {"name": "x"})
    assert sent == []
