"""Every golden case, written for MySQL and MariaDB, and executed on each server by each driver.

What is expected stands in ``mysql/*.json`` and ``mariadb/*.json``; ``server`` is the number of the
error where a case means nothing to the server, as to the oracle's users.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.golden import dml_effects, server_cases
from tests.core.golden.server_cases import KINDS, Expected
from tests.dialects.mysql.golden import sending
from toolkit_core.facts import ServerFacts
from toolkit_core.plugins import find_dialect
from toolkit_mysql.insert import insert

HERE = Path(__file__).parent
NAMES = ("mysql", "mariadb")
SERVERS = {
    "mysql": ServerFacts(version=(9, 0, 0), product="MySQL"),
    "mariadb": ServerFacts(version=(11, 8, 2), product="MariaDB"),
}
# Deprecated where a type has no such operator; casts that are skipped are warned of.
pytestmark = [
    pytest.mark.filterwarnings("ignore::toolkit_core.errors.SADeprecationWarning"),
    pytest.mark.filterwarnings("ignore::toolkit_core.errors.SAWarning"),
    pytest.mark.filterwarnings("ignore::pymysql.Warning"),
]
on_servers = pytest.mark.backend(*NAMES)


@cache
def expected(name: str, kind: str) -> dict[str, Expected]:
    return server_cases.expected(HERE / name, kind)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_case_is_expected_and_no_other(name: str, kind: str) -> None:
    assert sorted(expected(name, kind)) == sorted(server_cases.titles(kind))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_written_as_expected(name: str, kind: str) -> None:
    dialect = find_dialect(name).knowing(SERVERS[name])
    found = {
        title: server_cases.written(kind, title, dialect, insert)
        for title in server_cases.titles(kind)
    }
    assert found == {title: one.sql for title, one in expected(name, kind).items()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_differs_from_the_oracle_has_a_reason(name: str, kind: str) -> None:
    differ = [one for one in expected(name, kind).values() if one.oracle is not None]
    assert all(one.why for one in differ)
    assert all(one.oracle != one.sql for one in differ)


def executed(name: str, kind: str) -> dict[str, Expected]:
    return {title: one for title, one in expected(name, kind).items() if not one.is_refused}


@on_servers
def test_the_server_answers_expressions_with_the_value_that_sqlite_has(backend: Backend) -> None:
    dialect, wrong = sending.the_dialect(backend), {}
    with sending.database(backend, "expressions", *sending.EXPRESSIONS) as cursor:
        for title, one in executed(backend.dialect, "expressions").items():
            found: dict[str, Any] = {}

            def send(title: str = title, found: dict[str, Any] = found) -> None:
                found["value"] = sending.value_of(cursor, title, dialect)

            error = sending.answer(cursor, send)
            wanted = server_cases.wanted_value(title, one)
            if error != one.server:
                wrong[title] = error
            elif error is None and not sending.same_value(found["value"], wanted):
                wrong[title] = repr(found["value"])
    assert wrong == {}


@on_servers
def test_the_server_reads_every_select(backend: Backend) -> None:
    dialect, wrong = sending.the_dialect(backend), {}
    with sending.database(backend, "selects", *sending.SELECTS) as cursor:
        for title, one in executed(backend.dialect, "selects").items():
            (statement,) = server_cases.made("selects", title)

            def send(statement: Any = statement) -> None:
                server_cases.sent(statement, dialect, cursor)

            error = sending.answer(cursor, send)
            if error != one.server:
                wrong[title] = error
    assert wrong == {}


@on_servers
def test_the_server_takes_all_ddl(backend: Backend) -> None:
    dialect, wrong = sending.the_dialect(backend), {}
    for title, one in executed(backend.dialect, "ddl").items():
        if title in NOT_SENT:
            continue
        with sending.ddl_database(backend) as (cursor, own):

            def send(title: str = title, own: str = own, cursor: Any = cursor) -> None:
                sending.send_ddl(cursor, title, dialect, own)

            error = sending.answer(cursor, send)
            if error != one.server:
                wrong[title] = error
    assert wrong == {}


# It creates databases whose names nobody translates.
NOT_SENT = {"schemas"}


@on_servers
def test_dml_leaves_behind_what_it_leaves_on_sqlite(backend: Backend) -> None:
    wrong = {}
    for title, one in executed(backend.dialect, "dml").items():
        found = dml_effects.left_behind(backend.url, title, insert)
        wanted = dml_effects.on_sqlite(title)
        if one.value is not None:
            wanted = one.value
        if found != wanted and repr(found) != wanted:
            wrong[title] = found
    assert wrong == {}


def test_the_files_are_read_as_they_are_written() -> None:
    for name in NAMES:
        for kind in KINDS:
            text = (HERE / name / f"{kind}.json").read_text("utf-8")
            assert json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n" == text
