"""UPDATE and DELETE of many rows from data, and INSERT of many that returns, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.dml.everywhere import created, person_table
from toolkit import Engine, event, exc
from toolkit_core.expression.delete import delete
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update

person = person_table()
COUNT = 2500


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    with created(backend, person) as engine:
        with engine.begin() as connection:
            rows = [{"id": n, "mail": f"m{n}", "name": "old", "visits": n} for n in range(1, COUNT)]
            connection.execute(insert(person), rows)
        yield engine


def found(engine: Engine, *ids: int) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        wanted = select(person).where(person.c.id.in_(ids)).order_by(person.c.id)
        return [tuple(row) for row in connection.execute(wanted)]


def test_each_row_is_updated_to_values_of_its_own_in_few_statements(engine: Engine) -> None:
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    rows = [{"id": n, "name": f"n{n}", "visits": None} for n in range(2, COUNT + 10)]
    with engine.begin() as connection:
        result = connection.execute(update(person).from_rows(rows))
        assert result.rowcount == COUNT - 2
    assert len(sent) == 3
    assert found(engine, 1, 2, COUNT - 1) == [
        (1, "m1", "old", 1),
        (2, "m2", "n2", None),
        (COUNT - 1, f"m{COUNT - 1}", f"n{COUNT - 1}", None),
    ]


def test_what_is_set_may_be_made_of_the_row_and_the_new_values(engine: Engine) -> None:
    statement = update(person).from_rows([{"id": n, "visits": n * 10} for n in (1, 2, 3)])
    statement = statement.values(visits=person.c.visits + statement.given.visits, name="new")
    with engine.begin() as connection:
        assert connection.execute(statement.where(person.c.id != 2)).rowcount == 2
    assert [row[2:] for row in found(engine, 1, 2, 3)] == [("new", 11), ("old", 2), ("new", 33)]


def test_rows_may_be_found_by_several_columns(engine: Engine) -> None:
    rows = [{"mail": "m1", "visits": 1, "name": "x"}, {"mail": "m2", "visits": 1, "name": "y"}]
    with engine.begin() as connection:
        result = connection.execute(update(person).from_rows(rows, by=["mail", "visits"]))
        assert result.rowcount == 1
        result = connection.execute(delete(person).from_rows(rows, by=["mail", "visits"]))
        assert result.rowcount == 1
    assert [row[2] for row in found(engine, 1, 2)] == ["old"]


def test_many_rows_are_deleted_in_few_statements(engine: Engine) -> None:
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    with engine.begin() as connection:
        result = connection.execute(delete(person).from_rows([{"id": n} for n in range(2, COUNT)]))
        assert result.rowcount == COUNT - 2
    assert len(sent) == 3
    assert found(engine, 1, 2) == [(1, "m1", "old", 1)]


def test_rows_that_are_inserted_come_back_in_their_order(engine: Engine) -> None:
    statement = insert(person).returning(person.c.name, sort_by_parameter_order=True)
    names = [f"new {n * 7919 % 1500}" for n in range(1500)]
    with engine.begin() as connection:
        if not engine.dialect.capabilities.returning:
            with pytest.raises(exc.UnsupportedCompilationError, match="no RETURNING"):
                connection.execute(statement, [{"name": name} for name in names])
            return
        result = connection.execute(statement, [{"name": name} for name in names])
        assert [row.name for row in result] == names
        assert result.rowcount == 1500


def test_the_key_of_a_new_row_is_known(engine: Engine) -> None:
    with engine.begin() as connection:
        key = connection.execute(insert(person), {"mail": "x"}).inserted_primary_key
        assert key is not None
        wanted = select(person.c.mail).where(person.c.id == key.id)
        assert connection.execute(wanted).scalar_one() == "x"


@pytest.mark.backend("postgresql")
def test_rows_that_a_cte_deletes_may_be_read_and_inserted(engine: Engine) -> None:
    gone = delete(person).where(person.c.id.in_([1, 2])).returning(person.c.mail).cte("gone")
    new = insert(person).values(mail="new", visits=5).returning(person.c.visits).cte("new")
    with engine.begin() as connection:
        visits = select(new.c.visits).scalar_subquery()
        wanted = select(gone.c.mail, visits).order_by(gone.c.mail)
        assert connection.execute(wanted).all() == [("m1", 5), ("m2", 5)]
    assert found(engine, 1, 2) == []


@pytest.mark.backend("mysql", "mariadb")
def test_several_tables_are_updated_at_once(engine: Engine, backend: Backend) -> None:
    other = person_table("dml_other")
    with created(backend, other), engine.begin() as connection:
        connection.execute(insert(other), [{"id": 1, "mail": "x", "visits": 50}])
        statement = update(person).values({person.c.visits: other.c.visits, other.c.name: "seen"})
        statement = statement.where(person.c.id == other.c.id)
        assert connection.execute(statement).rowcount == 2
    assert found(engine, 1) == [(1, "m1", "old", 50)]
