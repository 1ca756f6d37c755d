"""What the portable upsert becomes on each kind of database, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import exc
from toolkit_core.compiler.dml import compile_dml
from toolkit_core.expression.conflict import excluded, upsert
from toolkit_core.expression.update import update
from toolkit_core.plugins import find_dialect
from toolkit_core.schema import Column, MetaData, Table, UniqueConstraint
from toolkit_core.types import Integer, String

person = Table(
    "person",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("mail", String(50), unique=True),
    Column("name", String(50)),
    Column("visits", Integer),
)
home = Table("home", MetaData(), Column("id", Integer, primary_key=True), Column("town", String(9)))
ON_CONFLICT = ["sqlite", "postgresql"]
ON_DUPLICATE_KEY = ["mysql", "mariadb"]
# What the new value of a name is called.
NEW_NAME = {"mysql": "new.name", "mariadb": "VALUES(name)"}


def written(statement: Any, dialect: str, *names: str) -> str:
    return compile_dml(statement, names, find_dialect(dialect)).sql


def behind(statement: Any, dialect: str, *names: str) -> str:
    """Return the SQL behind the values, without the key that PostgreSQL returns."""
    sql = written(statement, dialect, *names).replace(" AS new ON ", " ON ")
    return sql.partition(") ON ")[2].partition(" RETURNING")[0]


@pytest.mark.parametrize("dialect", ON_CONFLICT)
def test_on_conflict(dialect: str) -> None:
    start = upsert(person).on_conflict(["mail"], where=person.c.visits > excluded.visits)
    set_to = "?" if dialect == "sqlite" else "%(param_1)s"
    assert behind(start.set("name", visits=0), dialect, "mail", "name", "visits") == (
        f"CONFLICT (mail) DO UPDATE SET name = excluded.name, visits = {set_to} "
        "WHERE person.visits > excluded.visits"
    )
    assert behind(upsert(person).do_nothing(), dialect, "name") == "CONFLICT DO NOTHING"


@pytest.mark.parametrize("dialect", ON_DUPLICATE_KEY)
def test_on_duplicate_key(dialect: str) -> None:
    start = upsert(person).on_conflict(["mail"])
    assert behind(start.set("name", visits=person.c.visits + 1), dialect, "mail", "name") == (
        f"DUPLICATE KEY UPDATE name = {NEW_NAME[dialect]}, visits = (person.visits + %(visits_1)s)"
    )
    assert behind(start.do_nothing(), dialect, "mail") == (
        "DUPLICATE KEY UPDATE mail = person.mail"
    )
    older = upsert(person).on_conflict(where=person.c.visits < 5).set("name")
    assert behind(older, dialect, "name") == (
        "DUPLICATE KEY UPDATE name = "
        f"CASE WHEN (person.visits < %(visits_1)s) THEN {NEW_NAME[dialect]} ELSE person.name END"
    )


@pytest.mark.parametrize("dialect", ON_DUPLICATE_KEY)
def test_a_column_is_set_after_those_that_read_it(dialect: str) -> None:
    statement = upsert(person).on_conflict().set(name=excluded.name, visits=person.c.name)
    assert behind(statement, dialect, "name") == (
        f"DUPLICATE KEY UPDATE visits = person.name, name = {NEW_NAME[dialect]}"
    )
    crossed = upsert(person).on_conflict().set(name=person.c.mail, mail=person.c.name)
    with pytest.raises(exc.UnsupportedCompilationError, match="mail, name are each read"):
        written(crossed, dialect, "name")


@pytest.mark.parametrize("dialect", ON_DUPLICATE_KEY)
def test_another_key_must_not_be_able_to_conflict(dialect: str) -> None:
    statement = upsert(person).on_conflict(["mail"]).set("name")
    # The server counts the key of a new row up, so that can be the same as no other.
    assert "DUPLICATE KEY" in written(statement, dialect, "mail", "name")
    with pytest.raises(exc.UnsupportedCompilationError, match="a row with the same id would be"):
        written(statement, dialect, "id", "mail", "name")
    with pytest.raises(exc.UnsupportedCompilationError, match="a row with the same mail would be"):
        written(upsert(person).on_conflict(["id"]).do_nothing(), dialect, "id", "name")
    wider = Table(
        "wider",
        MetaData(),
        Column("a", Integer, primary_key=True, autoincrement=False),
        Column("b", Integer),
        UniqueConstraint("a", "b"),
    )
    assert "DUPLICATE KEY" in written(upsert(wider).on_conflict(["a"]).set("b"), dialect, "a", "b")


@pytest.mark.parametrize("dialect", ON_DUPLICATE_KEY)
def test_what_cannot_be_said_is_refused(dialect: str) -> None:
    partial = upsert(person).on_conflict(["mail"], index_where=person.c.visits > 5).set("name")
    with pytest.raises(exc.UnsupportedCompilationError, match="condition of an index"):
        written(partial, dialect, "mail")
    twice = upsert(person).on_conflict(["mail"]).do_nothing().on_conflict(["id"]).do_nothing()
    with pytest.raises(exc.UnsupportedCompilationError, match="one answer to all conflicts"):
        written(twice, dialect, "mail")


def test_an_update_on_postgresql_is_told_the_only_key_there_is() -> None:
    statement = upsert(person).on_conflict().set("name")
    assert "ON CONFLICT (id) DO UPDATE" in written(statement, "postgresql", "id", "name")
    with pytest.raises(exc.UnsupportedCompilationError, match=r"\(id\) or \(mail\)"):
        written(statement, "postgresql", "id", "mail", "name")
    with pytest.raises(exc.UnsupportedCompilationError, match="none has values here"):
        written(statement, "postgresql", "name")


def test_several_tables_are_updated_where_the_database_can() -> None:
    statement = update(person).values({person.c.name: "x", home.c.town: "y"})
    statement = statement.where(person.c.id == home.c.id)
    assert written(statement, "mysql") == (
        "UPDATE person, home SET person.name=%(name)s, home.town=%(param_1)s "
        "WHERE person.id = home.id"
    )
    joined = update(person.join(home, person.c.id == home.c.id)).values({home.c.town: "y"})
    assert written(joined, "mysql") == (
        "UPDATE person INNER JOIN home ON person.id = home.id SET home.town=%(param_1)s"
    )
    with pytest.raises(exc.UnsupportedCompilationError, match="does not support additional tables"):
        written(statement, "sqlite")
    other = update(person).values(name=home.c.town).where(person.c.id == home.c.id)
    assert written(other, "postgresql") == (
        "UPDATE person SET name=home.town FROM home WHERE person.id = home.id"
    )
    assert written(other, "mariadb") == (
        "UPDATE person, home SET person.name=home.town WHERE person.id = home.id"
    )
