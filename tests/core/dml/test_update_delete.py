"""UPDATE and DELETE: what they change, and what the result tells."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, event, exc, text
from toolkit_core.expression.delete import delete
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

pets = Table("pets", MetaData(), Column("owner", Integer), Column("name", String))


@pytest.fixture(autouse=True)
def _filled(connection: Connection, table: Table) -> None:
    people = [{"id": n, "name": f"p{n}", "age": n * 10} for n in (1, 2, 3)]
    connection.execute(insert(table), people)
    connection.execute(text("create table pets (owner int, name varchar(50))"))
    connection.execute(insert(pets), {"owner": 2, "name": "Rex"})


def rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]


def wanted(key: str = "b_id") -> BindParameter[int]:
    return BindParameter(key=key, type=Integer(), required=True)


def test_an_update_changes_the_rows_that_match(connection: Connection, table: Table) -> None:
    statement = update(table).where(table.c.id > 1).values(name="x", age=None)
    assert connection.execute(statement).rowcount == 2
    assert rows(connection, table) == [(1, "p1", 10), (2, "x", None), (3, "x", None)]


def test_parameters_of_the_execution_are_what_is_set(connection: Connection, table: Table) -> None:
    result = connection.execute(update(table).where(table.c.id == 2), {"name": "x"})
    assert result.last_updated_params() == {"name": "x", "id_1": 2}
    assert rows(connection, table)[1] == (2, "x", 20)


def test_many_sets_each_with_its_condition(connection: Connection, table: Table) -> None:
    statement = update(table).where(table.c.id == wanted())
    sets = [{"b_id": 1, "name": "one"}, {"b_id": 3, "name": "three"}]
    assert connection.execute(statement, sets).rowcount == 2
    assert [row[1] for row in rows(connection, table)] == ["one", "p2", "three"]


def test_a_column_may_be_set_to_another(connection: Connection, table: Table) -> None:
    connection.execute(update(table).values(age=table.c.id))
    assert [row[2] for row in rows(connection, table)] == [1, 2, 3]


def test_ordered_values_are_written_in_their_order(connection: Connection, table: Table) -> None:
    sent: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: sent.append(args[2]))
    connection.execute(update(table).ordered_values((table.c.age, 5), ("name", "x")))
    ((place, other),) = [(sql.index("age="), sql.index("name=")) for sql in sent]
    assert place < other
    assert rows(connection, table)[0] == (1, "x", 5)


def test_an_update_may_read_from_another_table(connection: Connection, table: Table) -> None:
    statement = update(table).values(name=pets.c.name).where(table.c.id == pets.c.owner)
    assert connection.execute(statement).rowcount == 1
    assert rows(connection, table)[1] == (2, "Rex", 20)


def test_an_update_that_sets_nothing_is_refused(connection: Connection, table: Table) -> None:
    with pytest.raises(exc.CompileError, match="'people' sets no column"):
        connection.execute(update(table).where(table.c.id == 1))


def test_an_unknown_column_is_refused(connection: Connection, table: Table) -> None:
    with pytest.raises(exc.CompileError, match="Unconsumed column names: nme"):
        connection.execute(update(table), {"nme": "x"})


def test_a_condition_may_not_take_the_name_of_a_column_that_is_set(
    connection: Connection, table: Table
) -> None:
    statement = update(table).where(table.c.id == wanted("id"))
    with pytest.raises(exc.CompileError, match="'id' is reserved"):
        connection.execute(statement, {"id": 1, "name": "x"})


def test_a_delete_removes_the_rows_that_match(connection: Connection, table: Table) -> None:
    assert connection.execute(delete(table).where(table.c.id == 2)).rowcount == 1
    assert [row[0] for row in rows(connection, table)] == [1, 3]
    assert connection.execute(delete(table)).rowcount == 2


def test_a_delete_for_each_set(connection: Connection, table: Table) -> None:
    statement = delete(table).where(table.c.id == wanted())
    connection.execute(statement, [{"b_id": 1}, {"b_id": 3}])
    assert [row[0] for row in rows(connection, table)] == [2]


@pytest.mark.backend("sqlite")
def test_a_delete_that_reads_from_another_table_is_refused_by_name(
    connection: Connection, table: Table
) -> None:
    with pytest.raises(exc.UnsupportedCompilationError, match="pets"):
        connection.execute(delete(table).where(table.c.id == pets.c.owner))
    assert len(rows(connection, table)) == 3


def test_only_an_insert_tells_of_inserted_keys(connection: Connection, table: Table) -> None:
    result = connection.execute(update(table).values(age=1))
    assert not result.is_insert
    with pytest.raises(exc.InvalidRequestError, match="insert"):
        _ = result.inserted_primary_key
    with pytest.raises(exc.InvalidRequestError, match="update"):
        connection.execute(delete(table)).last_updated_params()
