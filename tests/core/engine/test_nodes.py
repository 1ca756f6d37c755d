"""Statements made of nodes: compiled once per structure, executed with their own values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import Connection, event, exc, text
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.select import select
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

people = Table("people", MetaData(), Column("id", Integer), Column("name", String))


@pytest.fixture
def connection(backend: Backend) -> Iterator[Connection]:
    with fresh_engine(backend) as engine, engine.connect() as connection:
        connection.execute(text("create table people (id integer, name varchar(50))"))
        rows = [{"id": number, "name": f"name {number}"} for number in range(4)]
        connection.execute(text("insert into people values (:id, :name)"), rows)
        yield connection


def by_id(number: Any) -> Any:
    return select(people.c.id, people.c.name).where(people.c.id == number)


def test_a_select_returns_its_rows(connection: Connection) -> None:
    assert connection.execute(by_id(2)).all() == [(2, "name 2")]
    assert connection.execute(by_id(3)).one().name == "name 3"


def test_the_same_structure_is_compiled_once(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute(by_id(1))

    def forbidden(*_: Any) -> None:
        raise AssertionError("written again")

    monkeypatch.setattr("toolkit_core.engine.prepare_node.compile_node", forbidden)
    assert connection.execute(by_id(2)).scalar() == 2


def test_a_shared_and_a_repeated_value_have_plans_of_their_own(connection: Connection) -> None:
    def both(one: Any, other: Any) -> Any:
        return select(people.c.id).where((people.c.id == one) | (people.c.id == other))

    shared: BindParameter[int] = BindParameter(type=Integer(), value=1, hint="id")
    assert connection.execute(both(shared, shared)).scalars().all() == [1]
    assert connection.execute(both(1, 2)).scalars().all() == [1, 2]
    assert connection.execute(both(1, 1)).scalars().all() == [1]


def test_a_row_finds_its_columns_by_the_column_objects(connection: Connection) -> None:
    row = connection.execute(by_id(2)).one()
    assert row._mapping[people.c.name] == "name 2"
    with pytest.raises(exc.NoSuchColumnError):
        row._mapping[Table("other", MetaData(), Column("id", Integer)).c.id]


def test_a_named_value_is_given_at_execution(connection: Connection) -> None:
    wanted: BindParameter[int] = BindParameter(key="wanted", type=Integer(), required=True)
    statement = by_id(wanted)
    assert connection.execute(statement, {"wanted": 2}).scalar() == 2
    with pytest.raises(exc.StatementError, match="A value is required for bind parameter 'wanted'"):
        connection.execute(statement)


def test_without_a_cache_it_works_all_the_same(connection: Connection) -> None:
    for _ in range(2):
        result = connection.execute(by_id(2), execution_options={"compiled_cache": None})
        assert result.scalar() == 2


def test_listeners_see_the_node_and_may_replace_it(connection: Connection) -> None:
    seen: list[Any] = []

    @event.listens_for(connection, "before_execute", retval=True)
    def replace(conn: Any, statement: Any, multi: Any, params: Any, options: Any) -> Any:
        seen.append(statement)
        return by_id(3), multi, params

    statement = by_id(1)
    assert connection.execute(statement).scalar() == 3
    assert seen == [statement]


def test_a_node_that_is_no_statement_is_refused(connection: Connection) -> None:
    with pytest.raises(exc.ObjectNotExecutableError):
        connection.execute(people.c.id)
