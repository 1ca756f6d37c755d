"""INSERT: values in every way of giving them, and what the result tells."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, event, exc
from toolkit_core.expression.elements import NULL, BindParameter, column
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.table_clause import table as table_clause
from toolkit_core.schema import Table
from toolkit_core.types import Integer, String


def rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]


@pytest.mark.parametrize(
    "given",
    [
        {"id": 3, "name": "Ada", "age": None},
        (3, "Ada", None),
        [3, "Ada", None],
        (3, "Ada"),
    ],
)
def test_values_may_be_a_dictionary_or_in_the_order_of_the_columns(
    connection: Connection, table: Table, given: Any
) -> None:
    connection.execute(insert(table).values(given))
    assert rows(connection, table) == [(3, "Ada", None)]


def test_a_column_may_be_the_key_of_a_value(connection: Connection, table: Table) -> None:
    connection.execute(insert(table).values({table.c.name: "Ada", "age": 36}))
    assert rows(connection, table) == [(1, "Ada", 36)]


def test_later_values_join_earlier_ones_and_win(connection: Connection, table: Table) -> None:
    first = insert(table).values(name="Ada", age=1)
    connection.execute(first.values(age=2))
    connection.execute(first)
    assert rows(connection, table) == [(1, "Ada", 2), (2, "Ada", 1)]


def test_a_dictionary_that_changes_later_does_not_change_the_statement(
    connection: Connection, table: Table
) -> None:
    given = {"name": "Ada"}
    statement = insert(table).values(given)
    given["name"] = "Bob"
    connection.execute(statement)
    assert rows(connection, table) == [(1, "Ada", None)]


def test_parameters_of_the_execution_decide_the_columns(
    connection: Connection, table: Table
) -> None:
    statement = insert(table)
    connection.execute(statement, {"name": "Ada"})
    connection.execute(statement, {"age": 5})
    connection.execute(statement)
    connection.execute(statement.values(name="Bob", age=7), {"age": 8})
    assert rows(connection, table) == [
        (1, "Ada", None),
        (2, None, 5),
        (3, None, None),
        (4, "Bob", 8),
    ]


def test_many_sets_are_sent_together(connection: Connection, table: Table) -> None:
    sent: list[tuple[bool, int]] = []

    @event.listens_for(connection, "before_cursor_execute")
    def note(conn: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
        sent.append((many, len(values)))

    result = connection.execute(insert(table), [{"name": "a"}, {"name": "b"}])
    assert sent == [(True, 2)]
    assert result.rowcount == 2


def test_many_rows_in_one_statement(connection: Connection, table: Table) -> None:
    statement = insert(table).values([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    assert connection.execute(statement).rowcount == 2
    connection.execute(insert(table).values([(3, "c", 1), (4, "d", 2)]))
    assert [row[:2] for row in rows(connection, table)] == [(1, "a"), (2, "b"), (3, "c"), (4, "d")]


def test_sql_may_be_a_value(connection: Connection, table: Table) -> None:
    name: BindParameter[str] = BindParameter(key="called", type=String(), required=True)
    connection.execute(insert(table).values(name=name, age=NULL), {"called": "Ada"})
    assert rows(connection, table) == [(1, "Ada", None)]


def test_rows_may_come_from_a_select(connection: Connection, table: Table) -> None:
    connection.execute(insert(table), [{"name": "a", "age": 1}, {"name": "b", "age": 2}])
    old = select(table.c.name, table.c.age).where(table.c.age > 1)
    result = connection.execute(insert(table).from_select(["name", table.c.age], old))
    assert result.rowcount == 1
    assert rows(connection, table)[2:] == [(3, "b", 2)]


def test_the_key_of_the_new_row_is_known(connection: Connection, table: Table) -> None:
    result = connection.execute(insert(table).values(name="Ada"))
    key = result.inserted_primary_key
    assert (key.id, tuple(key)) == (1, (1,))
    assert connection.execute(insert(table), {"id": 7}).inserted_primary_key == (7,)
    assert result.is_insert
    assert result.last_inserted_params() == {"name": "Ada"}


@pytest.mark.backend("sqlite", "mysql", "mariadb")
def test_a_key_that_is_null_is_counted_up(connection: Connection, table: Table) -> None:
    connection.execute(insert(table), {"id": 7})
    assert connection.execute(insert(table).values(id=None)).inserted_primary_key == (8,)


def test_keys_that_were_given_are_known_of_many_rows(connection: Connection, table: Table) -> None:
    result = connection.execute(insert(table), [{"id": 4}, {"id": 5}])
    assert result.inserted_primary_key_rows == [(4,), (5,)]
    with pytest.raises(exc.InvalidRequestError, match="executemany"):
        _ = result.inserted_primary_key


def test_an_inline_insert_does_not_learn_the_key(connection: Connection, table: Table) -> None:
    result = connection.execute(insert(table).inline(), {"name": "Ada"})
    assert result.inserted_primary_key == (None,)


def test_a_table_of_which_only_the_name_is_known_may_be_written_into(
    connection: Connection,
) -> None:
    named = table_clause("people", column("id"), column("name"))
    for _ in range(2):
        connection.execute(insert(named), {"name": "a"})
        connection.execute(insert(named).values(name="b"))
        connection.execute(insert(named).values())
    found = connection.execute(select(named.c.name).order_by(named.c.id)).scalars().all()
    assert found == ["a", "b", None] * 2


@pytest.mark.backend("sqlite")
def test_prefixes_are_written(connection: Connection, table: Table) -> None:
    statement = insert(table).prefix_with("OR IGNORE").prefix_with("LOW", dialect="mysql")
    connection.execute(statement, {"id": 1})
    assert connection.execute(statement, {"id": 1}).rowcount == 0


def test_an_unknown_column_is_named_with_the_nearest(connection: Connection, table: Table) -> None:
    with pytest.raises(exc.CompileError, match="Unconsumed column names: nam") as caught:
        connection.execute(insert(table).values(nam="x"))
    assert "did you mean 'name'?" in str(caught.value)
    assert rows(connection, table) == []


@pytest.mark.parametrize("given", [{"age": 1, "nam": "x"}, [{"age": 1, "nam": "x"}] * 2])
def test_values_for_no_column_are_not_sent_and_warned_of(
    connection: Connection, table: Table, given: Any
) -> None:
    with pytest.warns(exc.SAWarning, match="not sent: 'nam'; did you mean 'name'"):
        connection.execute(insert(table), given)
    assert {row[1:] for row in rows(connection, table)} == {(None, 1)}


def test_a_value_that_only_a_later_set_has_is_warned_of(
    connection: Connection, table: Table
) -> None:
    with pytest.warns(exc.SAWarning, match="Set 1 has a value for 'age'"):
        connection.execute(insert(table), [{"name": "a"}, {"name": "b", "age": 5}])
    assert rows(connection, table) == [(1, "a", None), (2, "b", None)]


def test_a_set_without_a_key_is_named_before_anything_is_sent(
    connection: Connection, table: Table
) -> None:
    with pytest.raises(exc.StatementError, match="'age', in parameter group 1"):
        connection.execute(insert(table), [{"name": "a", "age": 1}, {"name": "b"}])
    assert rows(connection, table) == []


def test_rows_of_one_statement_must_set_the_same_columns(
    connection: Connection, table: Table
) -> None:
    with pytest.raises(exc.CompileError, match="explicitly rendered") as caught:
        connection.execute(insert(table).values([{"id": 1, "age": 2}, {"id": 3}]))
    assert "row 1 has no value for 'age'" in str(caught.value)


def test_a_parameter_may_not_be_called_as_a_column_that_is_set(
    connection: Connection, table: Table
) -> None:
    clash: BindParameter[int] = BindParameter(key="name", type=Integer(), required=True)
    with pytest.raises(exc.CompileError, match="'name' is reserved"):
        connection.execute(insert(table).values(name="x", age=clash))


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda t: insert(t).values({"id": 1}, name="x"), exc.ArgumentError, "simultaneously"),
        (lambda t: insert(t).values({"id": 1}, {"id": 2}), exc.ArgumentError, "Only a single"),
        (lambda t: insert(t).values(5), exc.ArgumentError, "takes a dictionary"),
        (lambda t: insert(t).values((1, 2, 3, 4)), exc.ArgumentError, "has 3 columns"),
        (lambda t: insert(t).values(id=1).values([{"id": 2}]), exc.InvalidRequestError, "mix"),
        (lambda t: insert(t).values([{"id": 2}]).values(id=1), exc.InvalidRequestError, "mix"),
        (
            lambda t: insert(t).values(id=1).from_select(["id"], select(t.c.id)),
            exc.InvalidRequestError,
            "already inserts value expressions",
        ),
        (
            lambda t: insert(t).from_select(["id"], select(t.c.id)).values(id=1),
            exc.InvalidRequestError,
            "already inserts from a SELECT",
        ),
        (lambda t: insert(t).returning("id"), exc.ArgumentError, "Textual column expression 'id'"),
        (lambda t: insert(5), exc.ArgumentError, "subject table"),
    ],
)
def test_what_does_not_go_together_is_refused(
    table: Table, build: Any, error: Any, message: str
) -> None:
    with pytest.raises(error, match=message):
        build(table)


def test_a_row_of_values_is_one_leaf_and_no_part_of_the_key(table: Table) -> None:
    one, other = insert(table).values(id=1, name="a"), insert(table).values(id=2, name="b")
    assert one.structure() is other.structure()
    assert len(one._leaves) == 1
    assert not one.same_as(other)
    assert one.same_as(insert(table).values(id=1, name="a"))
    assert one.structure() is not insert(table).values(id=1).structure()
