"""What goes in comes out: for any rows, through types, and in the order that was asked for."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import Connection, create_engine, event, exc, text
from toolkit_core.engine.row_order import by_count
from toolkit_core.expression.conflict import upsert
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**63), 2**63 - 1)
values = st.fixed_dictionaries(
    {"name": st.none() | words, "age": st.none() | numbers},
)
many = st.lists(values, min_size=1, max_size=20)

people = Table(
    "people",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String),
    Column("age", Integer),
)
CREATE = "create table people (id integer primary key, name text, age integer)"


def numbered(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(n, row["name"], row["age"]) for n, row in enumerate(rows, start=1)]


@pytest.mark.parametrize("way", ["executemany", "one by one", "one statement", "returning"])
@given(rows=many)
def test_rows_that_were_inserted_are_the_rows_that_are_read(
    way: str, rows: list[dict[str, Any]]
) -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text(CREATE))
        if way == "executemany":
            connection.execute(insert(people), rows)
        elif way == "one by one":
            for row in rows:
                connection.execute(insert(people).values(**row))
        elif way == "one statement":
            connection.execute(insert(people).values(rows))
        else:
            statement = insert(people).returning(people, sort_by_parameter_order=True)
            assert connection.execute(statement, rows).all() == numbered(rows)
        assert connection.execute(select(people)).all() == numbered(rows)


@given(rows=many, later=many)
def test_an_upsert_leaves_the_last_that_was_said_of_each_key(
    rows: list[dict[str, Any]], later: list[dict[str, Any]]
) -> None:
    statement = upsert(people).on_conflict(["id"]).set("name", "age")
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text(CREATE))
        for sets in (rows, later):
            connection.execute(statement, [{"id": n, **row} for n, row in enumerate(sets, 1)])
        expected = [*later, *rows[len(later) :]]
        assert connection.execute(select(people)).all() == numbered(expected)


class Shouted(String):
    """Text that is kept in capitals."""

    def bind_processor(self, dialect: Any) -> Callable[[Any], Any]:
        """Return what makes it so."""
        return lambda value: None if value is None else value.upper()


def test_values_are_processed_by_the_types_of_their_columns(connection: Connection) -> None:
    table = Table("people", MetaData(), Column("id", Integer), Column("name", Shouted()))
    connection.execute(insert(table).values(id=1, name="ada"))
    result = connection.execute(insert(table), [{"id": 2, "name": "bob"}, {"id": 3, "name": None}])
    assert result.last_inserted_params()[0] == {"id": 2, "name": "bob"}
    connection.execute(insert(table).values([(4, "cy"), (5, "di")]))
    connection.execute(update(table).where(table.c.name == "bob").values(id=9))
    found = connection.execute(text("select id, name from people order by id")).all()
    assert found == [(1, "ADA"), (3, None), (4, "CY"), (5, "DI"), (9, "BOB")]
    with pytest.raises(exc.StatementError, match="'name', in parameter group 1"):
        connection.execute(insert(table), [{"id": 7, "name": "x"}, {"id": 8}])


def test_the_function_of_a_default_sees_the_row_and_the_connection(
    connection: Connection,
) -> None:
    seen: list[Any] = []

    def note(context: Any) -> str:
        seen.append((dict(context.get_current_parameters()), context.connection, context.isinsert))
        return "made"

    table = Table(
        "people",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("name", String, default=note, onupdate=note),
    )
    connection.execute(insert(table), [{"id": 1}, {"id": 2}])
    connection.execute(update(table).values(id=5).where(table.c.id == 1))
    assert seen == [
        ({"id": 1}, connection, True),
        ({"id": 2}, connection, True),
        ({"id": 5, "id_1": 1}, connection, False),
    ]
    assert connection.execute(select(table)).all() == [(2, "made"), (5, "made")]


def test_keys_that_were_not_counted_up_tell_no_order() -> None:
    assert by_count(0, [(4, "b"), (3, "a"), (5, "c")]) == [(3, "a"), (4, "b"), (5, "c")]
    assert by_count(0, [(3, "a"), (9, "b")]) == [(3, "a"), (9, "b")]
    with pytest.raises(exc.InvalidRequestError, match="not counted the keys up"):
        by_count(0, [(9, "a"), (3, "b")])


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_listeners_see_each_batch_as_one_of_many(connection: Connection) -> None:
    seen: list[Any] = []

    @event.listens_for(connection, "after_cursor_execute")
    def note(conn: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
        seen.append((values, many, context.isinsert, context.isupdate, context.isdelete))

    connection.execute(insert(people).returning(people.c.id), [{"age": 1}, {"age": 2}])
    ((values, *facts),) = seen
    assert facts == [True, True, False, False]
    # The driver takes them by place or by name.
    assert sorted(values.values() if isinstance(values, dict) else values) == [1, 2]


def test_the_cache_keeps_no_values(connection: Connection) -> None:
    class Text(str):
        __slots__ = ("__weakref__",)

    value = Text("gone")
    gone = weakref.ref(value)
    connection.execute(insert(people).values([{"name": value}, {"name": "x"}]))
    del value
    gc.collect()
    assert gone() is None
