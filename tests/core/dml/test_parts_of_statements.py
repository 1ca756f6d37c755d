"""Statements that write as parts of others, and lists, names and copies inside of them."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, exc, text
from toolkit.dialects.sqlite import insert as sqlite_insert
from toolkit_core.expression.delete import delete
from toolkit_core.expression.from_dml import from_dml_column
from toolkit_core.expression.functions import func
from toolkit_core.expression.insert import insert
from toolkit_core.expression.params import bindparam
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String


@pytest.fixture(autouse=True)
def _filled(connection: Connection, table: Table) -> None:
    rows = [{"id": n, "name": f"n{n}", "age": n * 10} for n in range(1, 5)]
    connection.execute(insert(table), rows)


def ages(connection: Connection, table: Table) -> dict[int, int]:
    return {row.id: row.age for row in connection.execute(select(table))}


def test_a_statement_that_writes_may_be_a_cte(table: Table) -> None:
    gone = delete(table).where(table.c.id == 7).returning(table.c.id, table.c.name).cte("gone")
    written = select(gone.c.name).where(gone.c.id > 3).compile()
    assert str(written) == (
        "WITH gone AS \n(DELETE FROM people WHERE people.id = :id_1 RETURNING people.id, "
        "people.name)\n SELECT gone.name \nFROM gone \nWHERE gone.id > :id_2"
    )
    assert written.params == {"id_1": 7, "id_2": 3}


def test_values_of_a_part_are_apart_from_those_of_the_whole(table: Table) -> None:
    new = insert(table).values(name="inner", age=5).returning(table.c.id).cte("new")
    rows = insert(table).values([{"name": "a"}, {"name": "b"}]).returning(table.c.id).cte("rows")
    outer = update(table).values(name="outer").where(table.c.id.in_(select(new.c.id)))
    written = outer.where(table.c.age.in_(select(rows.c.id))).compile()
    assert sorted(map(str, written.params.values())) == ["5", "a", "b", "inner", "outer"]


def test_a_part_makes_no_defaults_in_python(table: Table) -> None:
    stamped = Table("s", MetaData(), Column("id", Integer), Column("at", Integer, default=5))
    part = insert(stamped).values(id=1).returning(stamped.c.id).cte("part")
    with pytest.raises(exc.CompileError, match="'at' is made in Python"):
        str(select(part))


@pytest.mark.backend("sqlite", "postgresql")
def test_a_cte_stands_before_each_kind_of_statement(connection: Connection, table: Table) -> None:
    old = select(table.c.id, (table.c.age + 1).label("more")).where(table.c.age > 20).cte("old")
    statement = update(table).values(age=old.c.more).where(table.c.id == old.c.id)
    # Python's sqlite3 counts no rows where a statement begins with WITH.
    connection.execute(statement)
    assert ages(connection, table) == {1: 10, 2: 20, 3: 31, 4: 41}
    made = select(func.max(old.c.id) + 1, func.max(old.c.more))
    found = insert(table).from_select(["id", "age"], made)
    assert connection.execute(found.returning(table.c.id, table.c.age)).all() == [(5, 42)]
    connection.execute(delete(table).where(table.c.id.in_(select(old.c.id))))
    assert list(ages(connection, table)) == [1, 2]


def test_lists_in_conditions_may_have_any_length(connection: Connection, table: Table) -> None:
    for ids in ([1, 2], [3], [], [1, 2, 3, 4]):
        statement = update(table).values(age=0).where(table.c.id.in_(ids))
        assert connection.execute(statement).rowcount == len(ids)
    named = delete(table).where(table.c.id.in_(bindparam("ids", expanding=True)))
    assert connection.execute(named, {"ids": [1, 9]}).rowcount == 1
    assert connection.execute(named, {"ids": [2, 3, 4]}).rowcount == 3


def test_one_list_serves_many_sets_but_not_many_lists(connection: Connection, table: Table) -> None:
    one = update(table).where(table.c.id.in_([1, 2]), table.c.age == bindparam("old"))
    sets = [{"old": 10, "age": 11}, {"old": 20, "age": 21}]
    connection.execute(one, sets)
    assert ages(connection, table) == {1: 11, 2: 21, 3: 30, 4: 40}
    many = delete(table).where(table.c.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(exc.StatementError, match="can't be used with executemany"):
        connection.execute(many, [{"ids": [1]}, {"ids": [2, 3]}])
    assert len(ages(connection, table)) == 4


@pytest.mark.backend("sqlite")
def test_another_schema_is_written_where_the_option_says_so(connection: Connection) -> None:
    connection.execute(text("attach ':memory:' as other"))
    connection.execute(text("create table other.people (id integer primary key, name text)"))
    moved = Table(
        "people",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("name", String),
        schema="here",
    )
    other = connection.execution_options(schema_translate_map={"here": "other"})
    assert other.execute(insert(moved), [{"name": "a"}, {"name": "b"}]).rowcount == 2
    assert other.execute(update(moved).values(name="c").where(moved.c.id == 1)).rowcount == 1
    assert other.execute(delete(moved).where(moved.c.name == "b")).rowcount == 1
    assert connection.execute(text("select name from other.people")).all() == [("c",)]
    translated = insert(moved).compile(schema_translate_map={"here": "other"})
    assert str(translated).startswith("INSERT INTO other.people ")


def test_a_column_may_be_set_to_what_another_is_set_to(
    connection: Connection, table: Table
) -> None:
    copy = from_dml_column(table.c.age)
    connection.execute(update(table).values(age=table.c.age + 5, name=copy * 2))
    assert [row.name for row in connection.execute(select(table))] == ["30", "50", "70", "90"]
    connection.execute(insert(table).values(id=9, age=3, name=copy + 1))
    connection.execute(update(table).values(name=copy).where(table.c.id == 4))
    found = connection.execute(select(table.c.name).where(table.c.id.in_([4, 9])))
    assert found.scalars().all() == ["45", "4"]
    with pytest.raises(exc.CompileError, match="Can't resolve referenced column name"):
        connection.execute(insert(table).values(name=copy))
    with pytest.raises(exc.ArgumentError, match="takes a column of the table"):
        from_dml_column("age")


@pytest.mark.parametrize(
    ("build", "options", "sql", "params"),
    [
        (
            insert,
            {"column_keys": ["name"]},
            "INSERT INTO people (name) VALUES (:name)",
            {"name": None},
        ),
        (
            lambda t: insert(t).values(name="x", age=3),
            {},
            "INSERT INTO people (name, age) VALUES (:name, :age)",
            {"name": "x", "age": 3},
        ),
        (
            lambda t: update(t).values(name="it's").where(t.c.id.in_([1, 2])),
            {"compile_kwargs": {"literal_binds": True}},
            "UPDATE people SET name='it''s' WHERE people.id IN (1, 2)",
            {},
        ),
        (
            lambda t: delete(t).where(t.c.id.in_([1, 2])),
            {"compile_kwargs": {"render_postcompile": True}},
            "DELETE FROM people WHERE people.id IN (:id_1_1, :id_1_2)",
            {"id_1_1": 1, "id_1_2": 2},
        ),
        (
            lambda t: sqlite_insert(t).values(id=1).on_conflict_do_nothing(["id"]),
            {},
            "INSERT INTO people (id) VALUES (:id) ON CONFLICT (id) DO NOTHING",
            {"id": 1},
        ),
    ],
)
def test_a_statement_shows_its_sql_and_values(
    table: Table, build: Any, options: Any, sql: str, params: Any
) -> None:
    written = build(table).compile(**options)
    assert str(written) == sql
    assert written.params == params


def test_a_table_makes_its_statements(table: Table) -> None:
    assert str(table.insert().values(age=1)) == "INSERT INTO people (age) VALUES (:age)"
    assert str(table.update().values(age=1)) == "UPDATE people SET age=:age"
    assert str(table.delete()) == "DELETE FROM people"
