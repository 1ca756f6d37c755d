"""What only PostgreSQL has: written as the oracle writes it, or otherwise for a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.golden import server_cases
from tests.dialects.postgresql.features_namespace import namespace
from toolkit.schema import CreateTable
from toolkit_core.dialect.schema import CreateNamedType
from toolkit_core.plugins import find_dialect
from toolkit_core.schema.named_types import named_types

CASES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "golden" / "features.json").read_text("utf-8")
)
# Deprecated where a type has no such operator; here they are written all the same.
pytestmark = pytest.mark.filterwarnings("ignore::toolkit_core.errors.SADeprecationWarning")

LITERAL = {"literal_binds": True}


def made(source: str) -> Any:
    return eval(source, namespace())


def written(source: str, driver: str, **options: Any) -> str:
    try:
        dialect = find_dialect("postgresql", driver)
        return str(made(source).compile(dialect=dialect, compile_kwargs=options))
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"


@pytest.mark.parametrize("source", CASES)
def test_it_is_written_as_expected(source: str) -> None:
    case = CASES[source]
    assert written(source, "psycopg2") == case["sql"]
    assert written(source, "psycopg") == case.get("psycopg", case["sql"])
    assert written(source, "psycopg2", **LITERAL) == case.get("literal", case["sql"])


def test_each_difference_from_the_oracle_has_its_reason() -> None:
    differing = [case for case in CASES.values() if "oracle" in case]
    assert all(case["why"] and case["oracle"] != case["sql"] for case in differing)


@pytest.mark.backend("postgresql")
def test_the_server_answers(backend: Backend) -> None:
    dialect = find_dialect("postgresql", backend.driver)
    connection = backend.connect()
    cursor = connection.cursor()
    mistaken = {}
    try:
        _prepare(cursor, dialect)
        for source, case in CASES.items():
            if case["sql"].startswith("!!"):
                continue
            errors = {_answer(source, dialect, cursor, literal=one) for one in (False, True)}
            if not errors <= set(case.get("server", "").split("|")):
                mistaken[source] = errors
    finally:
        connection.rollback()
        connection.close()
    assert mistaken == {}


def _prepare(cursor: Any, dialect: Any) -> None:
    cursor.execute(
        "CREATE SCHEMA features; SET LOCAL search_path TO features; CREATE SEQUENCE seq; "
        'CREATE SCHEMA "S"; CREATE SEQUENCE "S"."Odd Seq"; CREATE EXTENSION hstore; '
        "CREATE EXTENSION citext"
    )
    tables = namespace()["metadata"].sorted_tables
    for type_ in named_types(tables, dialect):
        cursor.execute(str(CreateNamedType(type_).compile(dialect=dialect)), {})
    for table in tables:
        cursor.execute(str(CreateTable(table).compile(dialect=dialect)), {})


def _answer(source: str, dialect: Any, cursor: Any, *, literal: bool) -> str:
    """Return the name of the error, or nothing."""
    statement = made(source)
    cursor.execute("SAVEPOINT feature")
    try:
        if literal:
            compiled = statement.compile(dialect=dialect, compile_kwargs=LITERAL)
            cursor.execute(str(compiled), {})
        else:
            server_cases.sent(statement, dialect, cursor)
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return type(error).__name__
    finally:
        cursor.execute("ROLLBACK TO SAVEPOINT feature")
    return ""
