"""What is written, sent, returned, told and left behind is what the oracle does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.core.golden.server_cases import PUBLIC
from toolkit import create_engine, event
from toolkit.dialects.sqlite import insert as sqlite_insert
from toolkit_core.compiler.dml import compile_dml
from toolkit_core.compiler.standard import STANDARD
from toolkit_core.expression.delete import delete
from toolkit_core.expression.functions import func
from toolkit_core.expression.insert import insert
from toolkit_core.expression.params import bindparam
from toolkit_core.expression.select import select
from toolkit_core.expression.singles import null
from toolkit_core.expression.update import update
from toolkit_core.plugins import find_dialect

HERE = Path(__file__).parent


def beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = beside("cases")
CASES = {**cases.CASES, **beside("change_cases").CASES}
golden = beside("golden")
OBSERVED: dict[str, str] = golden.observed()
NAMES = SimpleNamespace(
    **PUBLIC,
    bindparam=bindparam,
    create_engine=create_engine,
    delete=delete,
    event=event,
    insert=insert,
    func=func,
    null=null,
    select=select,
    sqlite_insert=sqlite_insert,
    update=update,
)
TABLES = cases.declared(NAMES)
SQLITE = find_dialect("sqlite")


def write(dialect: Any) -> Any:
    return lambda statement: compile_dml(statement, None, dialect).sql


@pytest.mark.parametrize("title", [one for one in CASES if "upsert" not in one])
def test_a_statement_is_written_as_the_oracle_writes_it(title: str) -> None:
    seen = golden.written(CASES[title], NAMES, TABLES, write(STANDARD))
    assert seen == OBSERVED[f"{title} default"]


@pytest.mark.parametrize("title", CASES)
def test_a_statement_for_sqlite_is_written_as_the_oracle_writes_it(title: str) -> None:
    seen = golden.written(CASES[title], NAMES, TABLES, write(SQLITE))
    assert seen == OBSERVED[f"{title} sqlite"]


# What the oracle sends to the database in vain is refused here before.
REFUSED = {"update_bare"}
# The oracle inserts row by row where it trusts no order; test_returning.py tells of ours.
BATCHED = {"insert_returning_sorted", "insert_returning_pairs_sorted"}
# Differences that are meant: lines that are another.
DIFFERENT: dict[str, dict[str, str]] = {
    # Classes of our own, which are IntegrityErrors.
    "insert_conflicting_key": {"!! IntegrityError": "!! UniqueViolation"},
    # All rows are counted, not none or those of the last batch.
    "update_returning": {"rowcount 0": "rowcount 2"},
    "delete_returning": {"rowcount 0": "rowcount 2"},
    "delete_returning_table": {"rowcount 0": "rowcount 3"},
    "insert_returning_bare_sorted": {"rowcount 1": "rowcount 2"},
}


@pytest.mark.parametrize("title", sorted(set(CASES) - REFUSED - BATCHED))
def test_a_statement_does_on_sqlite_what_the_oracle_does(title: str) -> None:
    seen = golden.executed(CASES[title], cases.FILLED, NAMES, TABLES)
    expected = OBSERVED[f"{title} executed"].splitlines()
    meant = DIFFERENT.get(title, {})
    assert seen.splitlines() == [meant.get(line, line) for line in expected]
