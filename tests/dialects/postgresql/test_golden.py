"""Every golden case: written as the oracle writes it for PostgreSQL, or for a reason otherwise,
and answered by each server through each driver."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.golden import dml_effects, server_cases
from tests.core.golden.case import Unknown
from tests.dialects.postgresql import golden_server
from toolkit_core.plugins import find_dialect
from toolkit_postgresql.expression.insert import insert

# Deprecated where a type has no such operator; here they are written all the same.
pytestmark = pytest.mark.filterwarnings("ignore::toolkit_core.errors.SADeprecationWarning")

FOLDER = Path(__file__).parent / "golden"
EXPECTED = {kind: server_cases.expected(FOLDER, kind) for kind in server_cases.KINDS}
CASES = [(kind, title) for kind, found in EXPECTED.items() for title in found]
# What stands behind a placeholder for psycopg, which sends values apart from the SQL.
_TYPES = (
    "SMALLINT|BIGINT|INTEGER|INTERVAL|INT|TEXT|DATE|UUID|JSONB?|REGCONFIG|"
    "VARCHAR|TIME(?:STAMP)? WITH(?:OUT)? TIME ZONE"
)
_CAST = re.compile(rf"(%\([^)]+\)s)::(?:{_TYPES})(?:\[\])*")


def written(kind: str, title: str, driver: str) -> str:
    return server_cases.written(kind, title, find_dialect("postgresql", driver), insert)


@pytest.mark.parametrize("kind", server_cases.KINDS)
def test_no_case_is_left_out(kind: str) -> None:
    assert set(EXPECTED[kind]) == set(server_cases.titles(kind))


@pytest.mark.parametrize("kind", server_cases.KINDS)
def test_each_difference_from_the_oracle_has_its_reason(kind: str) -> None:
    differing = [one for one in EXPECTED[kind].values() if one.oracle is not None]
    assert all(one.why and one.oracle != one.sql for one in differing)


@pytest.mark.parametrize("kind", server_cases.KINDS)
def test_it_is_written_as_expected(kind: str) -> None:
    found = {title: written(kind, title, "psycopg2") for title in EXPECTED[kind]}
    assert found == {title: one.sql for title, one in EXPECTED[kind].items()}


@pytest.mark.parametrize("kind", server_cases.KINDS)
def test_psycopg_is_sent_the_same_with_the_types_of_values(kind: str) -> None:
    found = {title: plain(written(kind, title, "psycopg")) for title in EXPECTED[kind]}
    assert found == {title: plain(one.sql) for title, one in EXPECTED[kind].items()}


def plain(sql: str) -> str:
    """Return SQL without the types of values, and without a collation that comes with one."""
    return _CAST.sub(r"\1", sql).replace(' COLLATE "NOCASE"', "")


def wrong(kind: str, title: str, answer: Any) -> Any:
    """Return an answer that is not the expected one; None if it is."""
    expectation = EXPECTED[kind][title]
    error = answer.removeprefix("!! ") if str(answer).startswith("!! ") else ""
    if expectation.server is not None:
        return None if error in expectation.server.split("|") else answer
    if error:
        return answer
    if kind != "expressions":
        return None
    on_sqlite = server_cases.expression_cases()[title].value
    if on_sqlite is Unknown or answer == on_sqlite:
        return None
    return None if repr(answer) in (expectation.value or "").split(" | ") else answer


@pytest.mark.backend("postgresql")
@pytest.mark.parametrize("kind", ["expressions", "selects"])
def test_the_server_answers(kind: str, backend: Backend) -> None:
    dialect = find_dialect("postgresql", backend.driver)
    mistaken = {}
    with golden_server.prepared(backend.connect(), dialect, kind) as cursor:
        for title, expectation in EXPECTED[kind].items():
            if not expectation.is_refused:
                answer = golden_server.answered(kind, title, dialect, cursor)
                mistaken[title] = wrong(kind, title, answer)
    assert {title: one for title, one in mistaken.items() if one is not None} == {}


@pytest.mark.backend("postgresql")
def test_the_server_takes_the_ddl(backend: Backend) -> None:
    dialect = find_dialect("postgresql", backend.driver)
    connection = backend.connect()
    mistaken = {
        title: wrong("ddl", title, golden_server.created(title, dialect, connection))
        for title, expectation in EXPECTED["ddl"].items()
        if not expectation.is_refused
    }
    connection.close()
    assert {title: one for title, one in mistaken.items() if one is not None} == {}


# The keys that the rows were filled in with are counted on from.
_COUNT_ON = [
    f"select setval(pg_get_serial_sequence('{name}', 'id'), {len(rows)})"
    for name, rows in dml_effects.ROWS.items()
    if name != "pair"
]


@pytest.mark.backend("postgresql")
def test_dml_leaves_behind_what_it_leaves_on_sqlite(backend: Backend) -> None:
    mistaken = {}
    for title, expectation in EXPECTED["dml"].items():
        if expectation.is_refused:
            continue
        found = dml_effects.left_behind(backend.url, title, insert, _COUNT_ON)
        if expectation.value is not None:
            found = None if repr(found) == expectation.value else found
        elif found == dml_effects.on_sqlite(title):
            found = None
        mistaken[title] = found
    assert {title: one for title, one in mistaken.items() if one is not None} == {}


def test_there_are_many() -> None:
    assert len(CASES) > 1300
