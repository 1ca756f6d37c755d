"""Columns whose names mean something to a placeholder, on every server."""

from __future__ import annotations

import pytest

from toolkit import Connection
from toolkit_core.expression.delete import delete
from toolkit_core.expression.insert import insert
from toolkit_core.expression.params import bindparam
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

NAMES = ["per cent", "100%", "%s", "a(b)", "x:y", "%(z)s", "it's", "a.b", "[c]", "1st"]


@pytest.mark.parametrize("name", NAMES)
def test_a_column_of_any_name_is_written_and_read(connection: Connection, name: str) -> None:
    odd = Table(
        "odd names %",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column(name, String(50)),
    )
    odd.create(connection)
    column = odd.c[name]
    assert connection.execute(insert(odd), {name: "counted"}).inserted_primary_key == (1,)
    connection.execute(delete(odd))
    result = connection.execute(insert(odd), {"id": 1, name: "one"})
    assert result.last_inserted_params() == {"id": 1, name: "one"}
    connection.execute(insert(odd).values({"id": 2, name: "two"}))
    connection.execute(insert(odd), [{"id": 3, name: "many"}, {"id": 4, name: "more"}])
    connection.execute(insert(odd).values([{"id": 5, name: "a"}, {"id": 6, name: "b"}]))
    connection.execute(update(odd).where(column == "one"), {name: "changed"})
    connection.execute(delete(odd).where(column.in_(["a", "b"])))
    rows = connection.execute(select(odd).order_by(odd.c.id)).mappings().all()
    assert [row[name] for row in rows] == ["changed", "two", "many", "more"]
    if connection.dialect.capabilities.returning:
        sets = [{"id": 7, name: "x"}, {"id": 8, name: "y"}]
        returned = insert(odd).returning(column, sort_by_parameter_order=True)
        assert connection.execute(returned, sets).scalars().all() == ["x", "y"]


def test_names_that_differ_in_such_signs_only_are_two(connection: Connection) -> None:
    names = ["per cent", "per_cent", "per.cent", "per[cent"]
    odd = Table("odd", MetaData(), Column("id", Integer), *(Column(n, String(9)) for n in names))
    odd.create(connection)
    row = {"id": 1, **{name: str(number) for number, name in enumerate(names)}}
    connection.execute(insert(odd), row)
    connection.execute(insert(odd), [row, row])
    found = connection.execute(select(odd)).mappings().all()
    assert [dict(one) for one in found] == [row] * 3
    both = select(odd.c.id).where(odd.c["per cent"] == bindparam("per cent"))
    both = both.where(odd.c.per_cent == bindparam("per_cent"))
    given = {"per cent": "0", "per_cent": "1"}
    assert connection.execute(both, given).scalars().all() == [1, 1, 1]
