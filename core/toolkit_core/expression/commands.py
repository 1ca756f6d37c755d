"""Commands about whole tables, and calls of procedures."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import parameter
from toolkit_core.expression.dml import checked_table
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_row import expression_of, is_sql
from toolkit_core.expression.node import Node, child, children, declared, value


@declared
class Truncate(Executable):
    """A table is emptied at once."""

    visit_name = "truncate"

    table: FromClause = child()
    restart_identity: bool = value(default=False)
    cascade: bool = value(default=False)


@declared
class LockTable(Executable):
    """Tables are locked until the transaction ends."""

    visit_name = "lock_table"

    tables: tuple[FromClause, ...] = children()
    mode: str = value(default="EXCLUSIVE")
    nowait: bool = value(default=False)


@declared
class Call(Executable):
    """A procedure is called."""

    visit_name = "call"

    name: str = value()
    schema: str | None = value(default=None)
    arguments: tuple[Node, ...] = children(default=())


def truncate(table: Any, *, restart_identity: bool = False, cascade: bool = False) -> Truncate:
    """Empty a table at once; where a database has no such command, delete all rows.

    ``restart_identity`` lets keys be counted from the beginning again, ``cascade`` empties the
    tables that refer to it, too; a database that cannot refuses.

    >>> from toolkit_core.expression.table_clause import table
    >>> print(truncate(table("person")))
    TRUNCATE TABLE person
    """
    return Truncate(checked_table(table), restart_identity=restart_identity, cascade=cascade)


LOCK_MODES = (
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


def lock_table(*tables: Any, mode: str = "EXCLUSIVE", nowait: bool = False) -> LockTable:
    """Lock tables until the transaction ends; ``mode`` is one of ``LOCK_MODES``.

    >>> from toolkit_core.expression.table_clause import table
    >>> print(lock_table(table("person"), mode="share"))
    LOCK TABLE person IN SHARE MODE
    """
    if mode.upper() not in LOCK_MODES:
        raise ArgumentError(
            f"There is no lock mode {mode!r}", hint=f"one of {', '.join(LOCK_MODES)}"
        )
    if not tables:
        raise ArgumentError("lock_table() takes at least one table")
    return LockTable(tuple(map(checked_table, tables)), mode=mode.upper(), nowait=nowait)


def call(name: str, *arguments: Any, schema: str | None = None) -> Call:
    """Call a procedure; arguments are values or SQL.

    >>> print(call("archive", 5))
    CALL archive(:param_1)
    """
    made = tuple([expression_of(one) if is_sql(one) else parameter(one) for one in arguments])
    return Call(name, schema=schema, arguments=made)
