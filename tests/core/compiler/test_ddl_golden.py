"""DDL is written as the oracle writes it, for the standard and for SQLite."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.core.golden.server_cases import PUBLIC
from toolkit_core import schema
from toolkit_core.expression.elements import literal, literal_column, null
from toolkit_core.expression.functions import func
from toolkit_core.expression.select import select
from toolkit_core.expression.text import text
from toolkit_core.plugins import find_dialect

HERE = Path(__file__).parent


def beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = {**beside("ddl_cases").CASES, **beside("ddl_constraint_cases").CASES}
golden = beside("ddl_golden")
OBSERVED: dict[str, str] = golden.observed()
NAMES = SimpleNamespace(
    **PUBLIC,
    select=select,
    text=text,
    func=func,
    literal=literal,
    literal_column=literal_column,
    null=null,
)

SQLITE = find_dialect("sqlite")

# What the oracle writes for SQLite, to be refused by the server, is refused by name here.
REFUSED = {
    "add_check",
    "add_foreign_key",
    "add_unique_unnamed",
    "comments",
    "drop_constraint",
    "drop_constraint_if_exists",
    "drop_constraint_unnamed",
    "drop_sequence_if_exists",
    "drop_view_materialized",
    "schemas",
    "sequence",
    "sequence_no_limits",
    "sequence_with_options",
    "view_materialized",
    "view_or_replace",
}
# Differences that are meant, with their reasons.
DIFFERENT = {
    # The error is the same one as elsewhere, not a failed assertion.
    "index_without_name sqlite": "!! CompileError",
    # The table is named with its schema, as where a comment is set.
    "comments default": OBSERVED["comments default"].replace("COLUMN t.x", 'COLUMN "S".t.x'),
}


def write_default(element: Any) -> str:
    return str(element)


def write_sqlite(element: Any) -> str:
    return str(element.compile(dialect=SQLITE))


@pytest.mark.parametrize("title", CASES)
def test_ddl_is_written_as_the_oracle_writes_it(title: str) -> None:
    written = golden.written(CASES[title], NAMES, write_default)
    assert written == DIFFERENT.get(f"{title} default", OBSERVED[f"{title} default"])


@pytest.mark.parametrize("title", sorted(set(CASES) - REFUSED))
def test_ddl_for_sqlite_is_written_as_the_oracle_writes_it(title: str) -> None:
    written = golden.written(CASES[title], NAMES, write_sqlite)
    expected = DIFFERENT.get(f"{title} sqlite", OBSERVED[f"{title} sqlite"])
    assert written == expected


@pytest.mark.parametrize("title", sorted(REFUSED))
def test_sqlite_refuses_by_name_what_it_cannot_do(title: str) -> None:
    assert golden.written(CASES[title], NAMES, write_sqlite) == "!! UnsupportedCompilationError"


# What SQLite itself does not take, as the oracle writes it too.
IMPOSSIBLE = {
    "no_columns": "a table must have columns",
    "prefixes": "GLOBAL is not SQLite's",
    "quoted_name_objects": "a name with a dot that must not be quoted",
    "unique_deferrable": "only foreign keys can be deferred",
    "primary_key_not_deferrable": "only foreign keys can be deferred",
    "check_deferrable": "only foreign keys can be deferred",
    "sqlite_on_conflict_check": "ON CONFLICT is not for CHECK, in new versions",
    "free_text": "it is no SQL",
    "one_column": "it is no statement",
    "quoted_names": "a reserved word that must not be quoted",
}


ERRORS = {title for title in CASES if OBSERVED[f"{title} sqlite"].startswith("!!")}


@pytest.mark.parametrize("title", sorted(set(CASES) - REFUSED - ERRORS - set(IMPOSSIBLE)))
def test_what_is_written_for_sqlite_is_taken_by_sqlite(title: str) -> None:
    made = CASES[title](NAMES)
    connection = sqlite3.connect(":memory:")
    for name in ("shop", "Shop One", "a.b", "S", "s"):
        there = [row[1].lower() for row in connection.execute("PRAGMA database_list")]
        if name.lower() not in there:
            connection.execute(f'ATTACH ":memory:" AS "{name}"')
    for element in made if isinstance(made, list) else [made]:
        for needed in needs(element):
            connection.execute(write_sqlite(needed))
        connection.execute(write_sqlite(element))
    connection.close()


def needs(element: Any) -> list[Any]:
    """Return what must be there before a statement can be executed."""
    if isinstance(element, schema.DropTable):
        return [schema.CreateTable(element.element)]
    if isinstance(element, schema.CreateIndex):
        return [schema.CreateTable(element.element.table, if_not_exists=True)]
    if isinstance(element, schema.DropIndex):
        index = element.element
        return [schema.CreateTable(index.table), schema.CreateIndex(index)]
    if isinstance(element, schema.DropView):
        return [element.element._creator_ddl]
    if hasattr(element, "selectable"):
        first = element.selectable.raw_columns[0]
        return [schema.CreateTable(getattr(first, "table", first))]
    return []
