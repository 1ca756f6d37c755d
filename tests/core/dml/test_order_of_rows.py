"""Rows of many sets come back in the order of the sets, and tell what was fetched besides."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from toolkit import Connection, event, exc, text
from toolkit_core.compiler.dml import compile_dml
from toolkit_core.compiler.standard import StandardDialect
from toolkit_core.expression.insert import insert
from toolkit_core.expression.params import bindparam
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.facts import Capabilities, ParamStyle, Style
from toolkit_core.schema import Column, MetaData, Table, insert_sentinel
from toolkit_core.types import Integer, String, Uuid

RETURNING = pytest.mark.backend("sqlite", "postgresql", "mariadb")


def sent(connection: Connection) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *args: found.append(args[2:4]))
    return found


@pytest.mark.backend("sqlite")
def test_rows_are_numbered_in_the_column_that_is_there_for_it(connection: Connection) -> None:
    marked = Table(
        "marked",
        MetaData(),
        Column("code", String, primary_key=True, server_default=text("(hex(randomblob(4)))")),
        Column("v", Integer),
        insert_sentinel("mark"),
    )
    marked.create(connection)
    seen = sent(connection)
    statement = insert(marked).returning(marked.c.v, sort_by_parameter_order=True)
    result = connection.execute(statement, [{"v": n} for n in (3, 1, 2)])
    assert result.keys() == ["v"]
    assert result.all() == [(3,), (1,), (2,)]
    assert seen == [
        (
            "INSERT INTO marked (v, mark) VALUES (?, ?), (?, ?), (?, ?) RETURNING v, mark",
            (3, 0, 1, 1, 2, 2),
        )
    ]


@RETURNING
def test_rows_are_told_apart_by_keys_that_python_makes(connection: Connection) -> None:
    keyed = Table(
        "keyed",
        MetaData(),
        Column("id", Uuid, primary_key=True, default=uuid.uuid4),
        Column("v", Integer),
    )
    keyed.create(connection)
    seen = sent(connection)
    statement = insert(keyed).returning(keyed.c.v, sort_by_parameter_order=True)
    result = connection.execute(statement, [{"v": n} for n in range(50)])
    assert [row.v for row in result] == list(range(50))
    assert len(seen) == 1
    statement = insert(keyed).returning(keyed.c.id, sort_by_parameter_order=True)
    keys = [uuid.uuid4() for _ in range(50)]
    found = connection.execute(statement, [{"id": key} for key in keys]).scalars().all()
    assert found == keys


@RETURNING
def test_a_value_beside_the_row_goes_with_each_set(connection: Connection, table: Table) -> None:
    seen = sent(connection)
    statement = insert(table).returning(table.c.name + bindparam("ending", type_=String))
    sets = [{"name": "a", "ending": "!"}, {"name": "b", "ending": "?"}]
    assert connection.execute(statement, sets).scalars().all() == ["a!", "b?"]
    assert len(seen) == 2
    same = [{**one, "ending": "."} for one in sets]
    assert connection.execute(statement, same).scalars().all() == ["a.", "b."]
    assert len(seen) == 3


@pytest.mark.backend("sqlite", "postgresql")
def test_columns_besides_the_defaults_come_back_as_rows(
    connection: Connection, table: Table
) -> None:
    statement = insert(table).return_defaults(table.c.age, supplemental_cols=[table.c.name])
    result = connection.execute(statement, [{"name": "x"}, {"name": "y"}])
    assert result.returned_defaults_rows == [(1, "x", None), (2, "y", None)]
    assert result.inserted_primary_key_rows == [(1,), (2,)]
    assert result.all() == [(1, "x", None), (2, "y", None)]
    changed = update(table).values(age=table.c.id + 1).where(table.c.id == 2)
    result = connection.execute(changed.return_defaults(supplemental_cols=[table.c.name]))
    assert result.all() == [("y", 3)]
    with pytest.raises(exc.CompileError, match="RETURNING is already configured"):
        insert(table).returning(table.c.id).return_defaults()


def test_a_key_that_gets_no_value_is_warned_of(connection: Connection) -> None:
    pair = Table(
        "pair",
        MetaData(),
        Column("x", Integer, primary_key=True),
        Column("y", Integer, primary_key=True),
    )
    pair.create(connection)
    with (
        pytest.warns(exc.SAWarning, match=r"'pair.y' is marked as a member of the primary key"),
        pytest.raises(exc.DBAPIError),
        connection.begin_nested(),
    ):
        connection.execute(insert(pair), {"x": 1})
    connection.execute(insert(pair), {"x": 1, "y": 2})
    assert connection.execute(select(pair)).all() == [(1, 2)]


class Styled(StandardDialect):
    """The standard, with placeholders of some style."""

    capabilities = Capabilities(returning=True)

    def __init__(self, paramstyle: ParamStyle) -> None:
        self.style = Style(paramstyle=paramstyle)


@pytest.mark.parametrize(
    ("paramstyle", "rows", "values"),
    [
        (ParamStyle.QMARK, "(?, ?), (?, ?)", ("a", 1, "b", 2)),
        (ParamStyle.FORMAT, "(%s, %s), (%s, %s)", ("a", 1, "b", 2)),
        (ParamStyle.NUMERIC_DOLLAR, "($1, $2), ($3, $4)", ("a", 1, "b", 2)),
        (
            ParamStyle.PYFORMAT,
            "(%(name__0)s, %(age__0)s), (%(name__1)s, %(age__1)s)",
            {"name__0": "a", "age__0": 1, "name__1": "b", "age__1": 2},
        ),
        (
            ParamStyle.NAMED,
            "(:name__0, :age__0), (:name__1, :age__1)",
            {"name__0": "a", "age__0": 1, "name__1": "b", "age__1": 2},
        ),
    ],
)
def test_a_row_is_repeated_in_each_style_of_placeholders(
    table: Table, paramstyle: ParamStyle, rows: str, values: Any
) -> None:
    statement = insert(table).returning(table.c.id)
    compiled = compile_dml(statement, ("name", "age"), Styled(paramstyle), many=True)
    template = compiled.template
    assert template is not None
    assert template.sql(2) == f"INSERT INTO people (name, age) VALUES {rows} RETURNING people.id"
    page = [{"name": "a", "age": 1}, {"name": "b", "age": 2}]
    assert template.together(compiled.many_values(page)) == values


def test_a_statement_has_no_more_values_than_the_database_takes(table: Table) -> None:
    dialect = Styled(ParamStyle.QMARK)
    dialect.style = Style(max_parameters=10)
    compiled = compile_dml(insert(table).returning(table.c.id), ("name", "age"), dialect, many=True)
    template = compiled.template
    assert template is not None
    assert (template.most(1000), template.most(3)) == (5, 3)
