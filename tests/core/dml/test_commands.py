"""TRUNCATE, LOCK TABLE and CALL: written, done, or refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, exc
from toolkit_core.expression.commands import call, lock_table, truncate
from toolkit_core.expression.functions import func
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.plugins import find_dialect
from toolkit_core.schema import Table


def written(statement: Any, dialect: str) -> str:
    return str(statement.compile(dialect=find_dialect(dialect)))


def test_a_table_is_emptied_on_sqlite(connection: Connection, table: Table) -> None:
    connection.execute(insert(table), [{"name": "a"}, {"name": "b"}])
    connection.execute(truncate(table))
    assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_truncate_is_written_as_each_database_has_it(table: Table) -> None:
    whole = truncate(table, restart_identity=True, cascade=True)
    assert written(whole, "postgresql") == "TRUNCATE TABLE people RESTART IDENTITY CASCADE"
    assert written(truncate(table, restart_identity=True), "mysql") == "TRUNCATE TABLE people"
    for dialect in ("mysql", "sqlite"):
        with pytest.raises(exc.UnsupportedCompilationError, match="has no TRUNCATE"):
            written(whole, dialect)


def test_tables_are_locked_for_a_transaction_or_not_at_all(table: Table) -> None:
    lock = lock_table(table, mode="access exclusive", nowait=True)
    assert written(lock, "postgresql") == "LOCK TABLE people IN ACCESS EXCLUSIVE MODE NOWAIT"
    for dialect, what in (("mysql", "lasts for a transaction"), ("sqlite", "LOCK TABLE")):
        with pytest.raises(exc.UnsupportedCompilationError, match=what):
            written(lock, dialect)
    with pytest.raises(exc.ArgumentError, match="no lock mode 'exclusively'"):
        lock_table(table, mode="exclusively")
    with pytest.raises(exc.ArgumentError, match="at least one table"):
        lock_table()


def test_a_procedure_is_called_with_values_and_sql() -> None:
    statement = call("move rows", 5, func.now(), "it's", schema="past")
    made = statement.compile()
    assert str(made) == 'CALL past."move rows"(:param_1, now(), :param_2)'
    assert made.params == {"param_1": 5, "param_2": "it's"}
    with pytest.raises(exc.UnsupportedCompilationError, match="no stored procedures"):
        written(statement, "sqlite")
