"""Every golden statement: written as the oracle writes it, and read by SQLite.

What was observed stands in ``selects/*.json``.  ``unlike`` says why a few differ from it, and
``unread`` what SQLite answers to those that mean nothing to it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.golden.select_namespace import SETUP, namespace
from tests.core.golden.test_golden import SQLITE
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.node import plan_key

FOUND: list[tuple[str, dict[str, Any]]] = [
    (f"{file.stem}: {case['source']}", case)
    for file in sorted((Path(__file__).parent / "selects").glob("*.json"))
    for case in json.loads(file.read_text("utf-8"))
]
CASES = [pytest.param(case, id=title) for title, case in FOUND]
FOR_SQLITE = [pytest.param(case, id=title) for title, case in FOUND if "refused" not in case]
REFUSED = [pytest.param(case, id=title) for title, case in FOUND if "refused" in case]
READ = [case for case in FOR_SQLITE if "unread" not in case.values[0]]  # type: ignore[operator]
UNREAD = [case for case in FOR_SQLITE if "unread" in case.values[0]]  # type: ignore[operator]


def made(case: dict[str, Any]) -> Any:
    return eval(case["source"], namespace())


@pytest.mark.parametrize("case", CASES)
def test_it_is_written_as_the_standard_has_it(case: dict[str, Any]) -> None:
    compiled = made(case).compile()
    assert str(compiled) == case["ansi"]
    assert {name: repr(value) for name, value in compiled.params.items()} == case.get("values", {})


@pytest.mark.parametrize("case", FOR_SQLITE)
def test_it_is_written_for_sqlite(case: dict[str, Any]) -> None:
    expected = case.get("sqlite") or re.sub(r":\w+", "?", case["ansi"])
    assert str(made(case).compile(dialect=SQLITE)) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_what_sqlite_has_not_is_refused_by_name(case: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedCompilationError) as caught:
        made(case).compile(dialect=SQLITE)
    assert str(caught.value).startswith(case["refused"])


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SETUP)
    yield connection
    connection.close()


def sent(case: dict[str, Any], connection: sqlite3.Connection) -> tuple[Any, sqlite3.Cursor]:
    compiled = made(case).compile(dialect=SQLITE, compile_kwargs={"render_postcompile": True})
    values = [compiled.params[name] for name in compiled.positiontup]
    return compiled, connection.execute(str(compiled), values)


@pytest.mark.parametrize("case", READ)
def test_sqlite_reads_it_and_names_the_columns_alike(
    case: dict[str, Any], connection: sqlite3.Connection
) -> None:
    compiled, cursor = sent(case, connection)
    described = [column[0] for column in cursor.description]
    told = [column.name for column in compiled.writer.result]
    found = [name or column for name, column in zip(told, described, strict=True)]
    assert found == case.get("keys", described)
    assert len(cursor.fetchmany(20)) <= 20


@pytest.mark.parametrize("case", UNREAD)
def test_what_means_nothing_to_sqlite_is_its_own_error(
    case: dict[str, Any], connection: sqlite3.Connection
) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        sent(case, connection)
    assert str(caught.value).startswith(case["unread"])


@pytest.mark.parametrize("case", [one for one in CASES if "Table(" not in str(one.id)])
def test_made_again_it_has_the_same_plan(case: dict[str, Any]) -> None:
    one, two = plan_key(made(case)), plan_key(made(case))
    assert one[0] is two[0]
    assert one[1] == two[1]
    assert len(one[2]) == len(two[2])


def test_statements_of_one_plan_are_written_alike() -> None:
    seen: dict[Any, tuple[str, str]] = {}
    for title, case in FOUND:
        statement = made(case)
        structure, sharing, _ = plan_key(statement)
        sql = str(statement.compile())
        assert seen.setdefault((structure, sharing), (sql, title))[0] == sql, title


def test_there_are_many() -> None:
    assert len(CASES) > 400
    assert len(READ) > 300
