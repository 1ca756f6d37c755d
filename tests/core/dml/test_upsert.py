"""Upserts: SQLite's documented spelling, and the one that is meant for every database."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, event, exc, text
from toolkit.dialects.sqlite import insert
from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.conflict import excluded, upsert
from toolkit_core.expression.insert import insert as plain_insert
from toolkit_core.expression.select import select
from toolkit_core.facts import Style
from toolkit_core.schema import Table

# Of SQLite's own spelling; the portable one is in test_upsert_everywhere.py.
pytestmark = pytest.mark.backend("sqlite")


@pytest.fixture(autouse=True)
def _filled(connection: Connection, table: Table) -> None:
    connection.execute(text("create unique index adults on people (name) where age > 17"))
    connection.execute(plain_insert(table).values(id=1, name="Ada", age=36))


def rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(select(table))]


def sent(connection: Connection) -> list[str]:
    found: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: found.append(args[2]))
    return found


def test_nothing_is_done_about_a_row_that_is_there(connection: Connection, table: Table) -> None:
    seen = sent(connection)
    statement = insert(table).values(id=1, name="Bob")
    assert connection.execute(statement.on_conflict_do_nothing()).rowcount == 0
    connection.execute(statement.on_conflict_do_nothing(index_elements=["id"]))
    assert [sql.partition(" ON ")[2] for sql in seen] == [
        "CONFLICT DO NOTHING",
        "CONFLICT (id) DO NOTHING",
    ]
    assert rows(connection, table) == [(1, "Ada", 36)]


def test_the_row_that_is_there_is_updated(connection: Connection, table: Table) -> None:
    seen = sent(connection)
    statement = insert(table).values(id=1, name="Bob")
    statement = statement.on_conflict_do_update(
        index_elements=[table.c.id],
        set_={"age": 5, table.c.name: statement.excluded.name},
        where=table.c.age > 3,
    )
    connection.execute(statement)
    connection.execute(statement)
    assert seen[0] == (
        "INSERT INTO people (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, age = ? WHERE people.age > ?"
    )
    assert rows(connection, table) == [(1, "Bob", 5)]


def test_all_columns_may_be_taken_over(connection: Connection, table: Table) -> None:
    statement = insert(table)
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=statement.excluded)
    connection.execute(statement, [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}])
    assert rows(connection, table) == [(1, "A", None), (2, "B", None)]


def test_the_condition_of_a_partial_index_is_written_out(
    connection: Connection, table: Table
) -> None:
    seen = sent(connection)
    statement = insert(table).values(name="Ada", age=50)
    statement = statement.on_conflict_do_update(
        index_elements=["name"], index_where=table.c.age > 17, set_={"age": 50}
    )
    connection.execute(statement)
    assert "ON CONFLICT (name) WHERE age > 17 DO UPDATE" in seen[0]
    assert rows(connection, table) == [(1, "Ada", 50)]


def test_a_statement_may_have_several(connection: Connection, table: Table) -> None:
    statement = insert(table).values(id=1, name="x")
    statement = statement.on_conflict_do_update(
        index_elements=["id"], set_={"age": 1}
    ).on_conflict_do_nothing()
    connection.execute(statement)
    assert rows(connection, table) == [(1, "Ada", 1)]


def test_rows_come_back_in_order_for_many_sets(connection: Connection, table: Table) -> None:
    statement = insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=["id"], set_={"name": statement.excluded.name}
    ).returning(table.c.id, table.c.name, sort_by_parameter_order=True)
    sets = [{"id": 3, "name": "c"}, {"id": 1, "name": "a"}, {"id": 2, "name": "b"}]
    assert connection.execute(statement, sets).all() == [(3, "c"), (1, "a"), (2, "b")]


def test_an_empty_or_wrong_set_is_refused(table: Table) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        insert(table).on_conflict_do_update(index_elements=["id"], set_={})
    with pytest.raises(ValueError, match="non-empty dictionary"):
        insert(table).on_conflict_do_update(index_elements=["id"], set_=5)
    with pytest.warns(exc.SAWarning, match="Additional column names .* 'people': 'zzz'"):
        insert(table).on_conflict_do_update(index_elements=["id"], set_={"zzz": 1})


def test_the_portable_one_takes_new_values_by_name(connection: Connection, table: Table) -> None:
    statement = upsert(table).on_conflict(["id"]).set("name", age=excluded.age)
    connection.execute(
        statement, [{"id": 1, "name": "A", "age": 1}, {"id": 2, "name": "B", "age": 2}]
    )
    assert rows(connection, table) == [(1, "A", 1), (2, "B", 2)]
    connection.execute(upsert(table).values(id=1, name="C").on_conflict(["id"]).do_nothing())
    connection.execute(upsert(table).values(id=1, name="C").do_nothing())
    assert rows(connection, table)[0] == (1, "A", 1)


def test_the_portable_one_may_have_a_condition(connection: Connection, table: Table) -> None:
    old = upsert(table).on_conflict(["id"], where=table.c.age > 40).set("name")
    connection.execute(old, {"id": 1, "name": "A"})
    assert rows(connection, table) == [(1, "Ada", 36)]
    with pytest.raises(exc.InvalidRequestError, match="nothing is updated"):
        old.do_nothing()


def test_an_unknown_column_is_refused(table: Table) -> None:
    with pytest.raises(exc.CompileError, match="Unconsumed column names: nam"):
        upsert(table).on_conflict(["id"]).set("nam")
    with pytest.raises(exc.CompileError, match="Unconsumed column names: idd"):
        upsert(table).on_conflict(["idd"])


def test_a_dialect_without_a_rule_refuses_it_by_name(table: Table) -> None:
    statement = upsert(table).values(id=1).do_nothing()
    with pytest.raises(exc.UnsupportedCompilationError, match="'ansi' can't write OnConflict"):
        Writer(ansi, Style()).write(statement)
