"""The portable upsert means the same on every database, or is refused by name before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.dml.everywhere import created, person_table
from toolkit import Engine, event, exc
from toolkit_core.expression.conflict import excluded, upsert
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select

person = person_table()
ADA = (1, "ada", "Ada", 1)
BOB = (2, "bob", "Bob", 2)


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    with created(backend, person) as engine:
        with engine.begin() as connection:
            rows = [dict(zip(person.c.keys(), row, strict=True)) for row in (ADA, BOB)]
            connection.execute(insert(person), rows)
        yield engine


def after(engine: Engine, statement: Any, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Execute a statement, and return all rows of the table."""
    with engine.begin() as connection:
        connection.execute(statement, parameters)
        return [tuple(row) for row in connection.execute(select(person).order_by(person.c.id))]


def test_a_new_row_is_inserted(engine: Engine) -> None:
    statement = upsert(person).values(id=3, name="Eve", visits=3).on_conflict().set("name")
    assert after(engine, statement) == [ADA, BOB, (3, None, "Eve", 3)]


def test_the_row_with_the_same_key_is_updated(engine: Engine) -> None:
    statement = upsert(person).values(id=2, name="New").on_conflict().set("name")
    assert after(engine, statement) == [ADA, (2, "bob", "New", 2)]


def test_the_row_with_the_same_unique_value_is_updated(engine: Engine) -> None:
    statement = upsert(person).values(mail="bob", name="New").on_conflict(["mail"]).set("name")
    assert after(engine, statement) == [ADA, (2, "bob", "New", 2)]


def test_nothing_is_done_where_that_is_wanted(engine: Engine) -> None:
    statement = upsert(person).values(id=2, mail="x", name="New").on_conflict().do_nothing()
    assert after(engine, statement) == [ADA, BOB]
    statement = upsert(person).values(mail="ada", name="New").on_conflict(["mail"]).do_nothing()
    assert after(engine, statement) == [ADA, BOB]


def test_what_is_set_may_be_made_of_the_old_row_and_the_new(engine: Engine) -> None:
    statement = upsert(person).on_conflict(["mail"])
    statement = statement.set(visits=person.c.visits + excluded.visits)
    given = {"mail": "bob", "visits": 40}
    assert after(engine, statement, given) == [ADA, (2, "bob", "Bob", 42)]


def test_columns_are_set_by_what_they_were_before(engine: Engine) -> None:
    statement = upsert(person).values(mail="bob", name="x", visits=5).on_conflict(["mail"])
    statement = statement.set(visits=excluded.visits, name=person.c.mail)
    assert after(engine, statement) == [ADA, (2, "bob", "bob", 5)]


def test_a_condition_decides_which_rows_are_updated(engine: Engine) -> None:
    fewer = person.c.visits < excluded.visits
    statement = upsert(person).on_conflict(["mail"], where=fewer).set("name", "visits")
    assert after(engine, statement, {"mail": "bob", "name": "B", "visits": 1}) == [ADA, BOB]
    updated = after(engine, statement, {"mail": "bob", "name": "B", "visits": 3})
    assert updated == [ADA, (2, "bob", "B", 3)]


def test_many_sets_are_inserted_or_update(engine: Engine) -> None:
    statement = upsert(person).on_conflict(["mail"]).set("name", visits=person.c.visits + 1)
    given = [{"mail": mail, "name": mail.upper(), "visits": 0} for mail in ("ada", "eve", "bob")]
    found = after(engine, statement, given)
    expected = [("ada", "ADA", 2), ("bob", "BOB", 3), ("eve", "EVE", 0)]
    assert sorted(row[1:] for row in found) == expected


def test_rows_of_one_statement_are_inserted_or_update(engine: Engine) -> None:
    statement = upsert(person).values(
        [{"mail": "ada", "name": "A", "visits": 7}, {"mail": "eve", "name": "E", "visits": 8}]
    )
    found = after(engine, statement.on_conflict(["mail"]).set("name", "visits"))
    assert sorted(row[1:] for row in found) == [("ada", "A", 7), ("bob", "Bob", 2), ("eve", "E", 8)]


def test_null_is_the_same_as_nothing(engine: Engine) -> None:
    statement = upsert(person).on_conflict(["mail"]).set("name")
    found = after(engine, statement, [{"mail": None, "name": "x"}, {"mail": None, "name": "y"}])
    assert [row[1:3] for row in found[2:]] == [(None, "x"), (None, "y")]


def test_hostile_values_travel_as_they_are(engine: Engine) -> None:
    hostile = "'); drop table x; -- \\' % %s :a ? \U0001f40d"
    statement = upsert(person).on_conflict(["mail"]).set("name")
    found = after(engine, statement, {"mail": "bob", "name": hostile})
    assert found == [ADA, (2, "bob", hostile, 2)]


def test_a_conflict_on_another_key_is_an_error_or_refused_unsent(engine: Engine) -> None:
    sent: list[str] = []
    statement = upsert(person).values(id=1, mail="new", name="x").on_conflict(["mail"]).set("name")
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    with pytest.raises((exc.IntegrityError, exc.UnsupportedCompilationError)) as caught:
        after(engine, statement)
    if isinstance(caught.value, exc.UnsupportedCompilationError):
        assert "acts on every unique key" in str(caught.value)
        assert sent == []
    else:
        assert len(sent) == 1


def test_writers_at_the_same_time_lose_nothing(engine: Engine) -> None:
    statement = upsert(person).on_conflict(["mail"]).set(visits=person.c.visits + excluded.visits)
    writers, each = 4, 15
    ready = Barrier(writers)
    failures: list[BaseException] = []

    def write() -> None:
        try:
            ready.wait()
            for _ in range(each):
                with engine.begin() as connection:
                    connection.execute(statement, {"mail": "new", "visits": 1})
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with engine.connect() as connection:
        found = connection.execute(select(person.c.visits).where(person.c.mail == "new"))
        assert found.scalar_one() == writers * each
