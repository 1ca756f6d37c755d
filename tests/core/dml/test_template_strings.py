"""Python's own template strings, sent to each server."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import Any

import pytest

from toolkit import Connection, Integer, Table, select, tstring

pytestmark = pytest.mark.skipif(
    sys.version_info < (3, 14), reason="Python has no template strings before 3.14"
)


def written(template: str, **names: Any) -> Any:
    """Return a statement of a template, which older Pythons could not even read here."""
    return tstring(eval(f"t{template!r}", names))


def test_values_are_sent_and_not_written(connection: Connection, table: Table) -> None:
    hostile = "'); drop table people; --"
    for name in (hostile, "100% :x %s ?", "plain"):
        connection.execute(written("insert into people (name, age) values ({n}, {a})", n=name, a=3))
    statement = written("select name from people where name = {n}", n=hostile)
    assert connection.execute(statement).scalars().all() == [hostile]
    assert hostile not in str(statement)
    statement = written("select count(*) from {table} where name like '100%'", table=table)
    assert connection.execute(statement).scalar() == 1


def test_what_stands_in_braces_is_sql_or_a_value(connection: Connection, table: Table) -> None:
    connection.execute(table.insert(), [{"name": "ada", "age": 36}, {"name": "bob", "age": 4}])
    statement = written(
        "select {name} from {table} where {old} and age in {ages} order by {name}",
        name=table.c.name,
        table=table,
        old=table.c.age > 3,
        ages=select(table.c.age).where(table.c.name == "ada"),
    )
    assert connection.execute(statement).scalars().all() == ["ada"]


@pytest.mark.parametrize("value", [5, 1.5, "it's", None, Decimal("2.50"), dt.date(2026, 1, 2)])
def test_a_value_of_each_kind_arrives(connection: Connection, value: Any) -> None:
    connection.execute(written("insert into people (age) values ({one})", one=1))
    statement = written("select count(*) from people where {value} is null", value=value)
    assert connection.execute(statement).scalar() == (value is None)


def test_one_template_is_compiled_once_and_sent_with_each_value(connection: Connection) -> None:
    found = [
        connection.execute(
            written("select {value} + 1 as n", value=value).columns(n=Integer)
        ).scalar()
        for value in (1, 2, 3)
    ]
    assert found == [2, 3, 4]
