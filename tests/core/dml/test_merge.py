"""MERGE: the statement, and what an upsert becomes where a database has nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.dml.everywhere import created, person_table
from tests.core.dml.merging import merging
from toolkit import Engine, exc
from toolkit_core.compiler.dml import compile_dml
from toolkit_core.compiler.standard import STANDARD, StandardDialect
from toolkit_core.expression.conflict import excluded, upsert
from toolkit_core.expression.elements import column
from toolkit_core.expression.insert import insert
from toolkit_core.expression.merge import merge
from toolkit_core.expression.node import plan_key
from toolkit_core.expression.select import select
from toolkit_core.expression.values import values
from toolkit_core.plugins import find_dialect

person = person_table()
news = values(
    column("mail", person.c.mail.type), column("count", person.c.visits.type), name="news"
)
same = person.c.mail == news.c.mail


class Merging(StandardDialect):
    """The standard, with upserts as MERGE."""

    rules = merging


def merged(statement: Any, *names: str) -> str:
    return compile_dml(statement, names, Merging()).sql


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    with created(backend, person) as engine:
        with engine.begin() as connection:
            connection.execute(insert(person), [{"id": 1, "mail": "ada", "visits": 1}])
            connection.execute(insert(person), [{"id": 2, "mail": "bob", "visits": 2}])
        yield engine


def rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        wanted = select(person.c.mail, person.c.name, person.c.visits).order_by(person.c.mail)
        return [tuple(row) for row in connection.execute(wanted)]


@pytest.mark.backend("postgresql-18")
def test_a_merge_does_what_each_clause_says(engine: Engine) -> None:
    data = news.data([("ada", 0), ("bob", 5), ("eve", 7), ("zed", 0)])
    statement = (
        merge(person, data, person.c.mail == data.c.mail)
        .when_matched_delete(data.c.count == 0)
        .when_matched_update(visits=person.c.visits + data.c.count, name="known")
        .when_not_matched_do_nothing(data.c.count == 0)
        .when_not_matched_insert({person.c.mail: data.c.mail, "visits": data.c.count})
    )
    with engine.begin() as connection:
        result = connection.execute(statement.returning(person.c.mail))
        assert sorted(row.mail for row in result) == ["ada", "bob", "eve"]
    assert rows(engine) == [("bob", "known", 7), ("eve", None, 7)]


@pytest.mark.backend("postgresql-18")
def test_a_merge_reaches_the_rows_that_the_source_does_not_have(engine: Engine) -> None:
    data = news.data([("bob", 5)])
    statement = (
        merge(person, data, person.c.mail == data.c.mail)
        .when_matched_do_nothing()
        .when_not_matched_by_source_update(where=person.c.visits == 1, name="old", visits=0)
    )
    with engine.begin() as connection:
        assert connection.execute(statement).rowcount == 1
    assert rows(engine) == [("ada", "old", 0), ("bob", None, 2)]
    gone = merge(person, data, person.c.mail == data.c.mail).when_not_matched_by_source_delete()
    with engine.begin() as connection:
        assert connection.execute(gone).rowcount == 1
    assert rows(engine) == [("bob", None, 2)]


@pytest.mark.backend("postgresql-18")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"mail": "bob", "name": "B", "visits": 40}, [("ada", None, 1), ("bob", "B", 42)]),
        ({"mail": "bob", "name": "B", "visits": -1}, [("ada", None, 1), ("bob", None, 2)]),
        (
            {"mail": "eve", "name": "E", "visits": 3},
            [("ada", None, 1), ("bob", None, 2), ("eve", "E", 3)],
        ),
    ],
)
def test_an_upsert_as_a_merge_means_the_same(engine: Engine, given: Any, expected: Any) -> None:
    statement = upsert(person).on_conflict(["mail"], where=excluded.visits > 0)
    statement = statement.set("name", "mail", visits=person.c.visits + excluded.visits)
    dialect = engine.dialect.but(rules_path="tests.core.dml.merging:merging")
    statement = statement.values(given)
    compiled = compile_dml(statement, (), dialect)
    assert compiled.sql.startswith("MERGE INTO dml_person USING (SELECT ")
    with engine.begin() as connection:
        values = compiled.values(compiled.own(plan_key(statement)[2]))
        connection.exec_driver_sql(compiled.sql, values)
    assert rows(engine) == expected


def test_an_upsert_of_nothing_only_inserts() -> None:
    statement = upsert(person).on_conflict(["mail"]).do_nothing()
    assert merged(statement, "mail", "name") == (
        "MERGE INTO dml_person USING (SELECT CAST(:mail AS VARCHAR) AS mail, "
        "CAST(:name AS VARCHAR) AS name) excluded ON (dml_person.mail = excluded.mail) "
        "WHEN NOT MATCHED THEN INSERT (mail, name) VALUES (excluded.mail, excluded.name)"
    )


def test_without_a_key_every_one_that_has_valuesis_compared() -> None:
    statement = upsert(person).on_conflict().set("name")
    assert "ON (dml_person.id = excluded.id OR dml_person.mail = excluded.mail)" in merged(
        statement, "id", "mail", "name"
    )


@pytest.mark.parametrize(
    ("statement", "names", "message"),
    [
        (upsert(person).on_conflict(["mail"]).set("name"), ("name",), "mail, which get no values"),
        (upsert(person).on_conflict().set("name"), ("name",), "none gets values here"),
        (
            upsert(person).on_conflict(["mail"]).set(mail="x"),
            ("mail",),
            "sets no column that rows are compared by: mail",
        ),
        (
            upsert(person).on_conflict(["mail"]).do_nothing().on_conflict(["id"]).do_nothing(),
            ("mail",),
            "one answer to all conflicts",
        ),
    ],
)
def test_what_a_merge_cannot_say_is_refused(
    statement: Any, names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(exc.UnsupportedCompilationError, match=message):
        merged(statement, *names)


def test_a_merge_that_does_nothing_or_names_no_column_is_refused() -> None:
    statement = merge(person, news, same)
    with pytest.raises(exc.CompileError, match="does nothing"):
        compile_dml(statement, None, STANDARD)
    with pytest.raises(exc.CompileError, match="Unconsumed column names: nam"):
        statement.when_matched_update(nam="x")
    with pytest.raises(exc.ArgumentError, match="sets no column"):
        statement.when_not_matched_insert()


def test_sqlite_refuses_a_merge_by_name() -> None:
    statement = merge(person, news, same).when_matched_delete()
    with pytest.raises(exc.UnsupportedCompilationError, match="'sqlite' has no MERGE"):
        compile_dml(statement, None, find_dialect("sqlite"))
