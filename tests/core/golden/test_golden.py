"""Every golden case: written for nobody's dialect and for SQLite, and executed there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.golden import (
    arithmetic,
    comparison,
    functions,
    literals,
    logic,
    strings,
    windows,
)
from tests.core.golden.case import Case, Refused, Unknown
from tests.core.golden.namespace import NAMESPACE, SETUP
from toolkit_core import errors
from toolkit_core.compiler.standard import RESERVED
from toolkit_core.facts import Style
from toolkit_sqlite.compiler import sqlite, sqlite_type_rules
from toolkit_sqlite.types import sqlite_types

CASES = [
    pytest.param(case, id=case.source)
    for group in (arithmetic, comparison, functions, literals, logic, strings, windows)
    for case in group.CASES
]
WRITTEN = [case for case in CASES if not case.values[0].refused]  # type: ignore[union-attr]
REFUSED = [case for case in CASES if case.values[0].refused]  # type: ignore[union-attr]
EXECUTED = [case for case in WRITTEN if case.values[0].value is not Unknown]  # type: ignore[union-attr]

# Deprecated where a type has no such operator; here they are written all the same.
pytestmark = pytest.mark.filterwarnings("ignore::toolkit_core.errors.SADeprecationWarning")


class Sqlite:
    """SQLite, as far as writing needs it."""

    name = "sqlite"
    style = Style(reserved=RESERVED)
    rules = sqlite
    types = sqlite_types
    type_rules = sqlite_type_rules


SQLITE = Sqlite()


def made(case: Case) -> Any:
    return eval(case.source, dict(NAMESPACE))


def error_of(name: str) -> type[BaseException]:
    found: type[BaseException] = (
        getattr(errors, name, None)
        or {
            "NotImplementedError": NotImplementedError,
            "TypeError": TypeError,
            "ValueError": ValueError,
        }[name]
    )
    return found


@pytest.mark.parametrize("case", WRITTEN)
def test_it_is_written_as_the_standard_has_it(case: Case) -> None:
    compiled = made(case).compile()
    assert str(compiled) == case.ansi
    assert compiled.params == dict(case.params)


@pytest.mark.parametrize("case", WRITTEN)
def test_it_is_written_for_sqlite_or_refused(case: Case) -> None:
    expected = case.on_sqlite
    if isinstance(expected, Refused):
        with pytest.raises(errors.CompileError):
            made(case).compile(dialect=SQLITE)
    else:
        assert str(made(case).compile(dialect=SQLITE)) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_when_it_is_made_or_written(case: Case) -> None:
    with pytest.raises(error_of(str(case.refused))):
        str(made(case).compile())


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SETUP)
    yield connection
    connection.close()


@pytest.mark.parametrize("case", EXECUTED)
def test_sqlite_answers(case: Case, connection: sqlite3.Connection) -> None:
    compiled = made(case).compile(dialect=SQLITE, compile_kwargs={"render_postcompile": True})
    values = [compiled.params[name] for name in compiled.positiontup]
    (found,) = connection.execute(f"SELECT {compiled} FROM t", values).fetchone()
    assert found == case.value


@pytest.mark.parametrize("case", WRITTEN)
def test_it_has_the_same_key_when_it_is_made_again(case: Case) -> None:
    first, second = made(case), made(case)
    assert first.structure() is second.structure()


def test_there_are_many() -> None:
    assert len(CASES) > 600
