"""What MySQL's SELECT has not, or spells in its own way.

https://dev.mysql.com/doc/refman/9.0/en/select.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.compound import write_compound
from toolkit_core.compiler.ansi.hints import write_source
from toolkit_core.compiler.ansi.limit import write_fetch
from toolkit_core.compiler.ansi.select import NoSources
from toolkit_core.compiler.ansi.sources import write_function_source
from toolkit_core.compiler.expression_nodes import BindParameter, operators
from toolkit_core.compiler.select_nodes import (
    CompoundSelect,
    ForUpdate,
    Join,
    Lateral,
    Limits,
    SourceHint,
    TableSample,
    TableValuedAlias,
    without_fetch,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_mysql.compiler.locked import locked_names
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.compiler.versions import before

# Where only an offset is wanted, there are at most so many rows.
# https://dev.mysql.com/doc/refman/9.0/en/select.html#id4651990
_ALL = 18446744073709551615


@mysql(Limits)
def write_limits(w: Writer, limits: Limits) -> None:
    """Write LIMIT, also for FETCH; there are no ties and no hundredths."""
    plain = without_fetch(limits)
    if plain is None:
        raise UnsupportedCompilationError(
            f"The dialect {w.rules.name!r} has no FETCH with ties or per cent",
            hint="rank() or percent_rank() in a subquery can say it",
        )
    w.text(" \n LIMIT ")
    if plain.offset is not None:
        _write_number(w, plain.offset)
        w.text(", ")
    if plain.count is None:
        w.text(str(_ALL))
    else:
        _write_number(w, plain.count)


@mariadb(Limits)
def write_mariadb_limits(w: Writer, limits: Limits) -> None:
    """Write FETCH where ties are wanted, else LIMIT.

    https://mariadb.com/docs/server/reference/sql-statements/data-manipulation/selecting-data/select-offset-fetch
    """
    if limits.ties and not limits.percent:
        for one in (limits.count, limits.offset):
            _check_number(w, one)
        write_fetch(w, limits)
    else:
        write_limits(w, limits)


def _write_number(w: Writer, found: Any) -> None:
    _check_number(w, found)
    w.write(found)


def _check_number(w: Writer, found: Any) -> None:
    plain = isinstance(found, BindParameter) or getattr(found, "is_literal", False)
    if found is not None and not plain and found.visit_name != "textclause":
        raise UnsupportedCompilationError(
            f"The dialect {w.rules.name!r} has no expressions in LIMIT, only numbers",
            hint="compute the number before, or rank rows by row_number() in a subquery",
        )


@mysql(NoSources)
def write_dual(w: Writer, _none: NoSources) -> None:
    """Write the table that is none: older servers have no WHERE without FROM."""
    w.text(" FROM DUAL")


# -- locks --------------------------------------------------------------------------------


@mysql(ForUpdate)
def write_for_update(w: Writer, locking: ForUpdate) -> None:
    """Write FOR UPDATE or FOR SHARE, of which tables, and what to do about other locks.

    https://dev.mysql.com/doc/refman/9.0/en/innodb-locking-reads.html
    """
    w.text(" FOR SHARE" if locking.read else " FOR UPDATE")
    names = locked_names(w, locking)
    if names:
        w.safe(f" OF {', '.join(names)}")
    _write_waiting(w, locking)


@mariadb(ForUpdate)
def write_mariadb_lock(w: Writer, locking: ForUpdate) -> None:
    """Write the lock: MariaDB locks the rows of all tables, as documented.

    https://mariadb.com/docs/server/reference/sql-statements/data-manipulation/selecting-data/for-update
    """
    w.text(" LOCK IN SHARE MODE" if locking.read else " FOR UPDATE")
    _write_waiting(w, locking)


def _write_waiting(w: Writer, locking: ForUpdate) -> None:
    if locking.nowait:
        w.text(" NOWAIT")
    if locking.skip_locked:
        w.text(" SKIP LOCKED")


# -- sources ------------------------------------------------------------------------------


@mysql(SourceHint)
def write_source_hint(w: Writer, hint: SourceHint) -> None:
    """Write which indexes to use.

    https://dev.mysql.com/doc/refman/9.0/en/index-hints.html
    """
    w.safe(f" {hint.text}")


@mysql(Join)
def write_join(w: Writer, join: Join) -> None:
    """Write two sources with their condition; there is no FULL OUTER JOIN.

    https://dev.mysql.com/doc/refman/9.0/en/join.html
    """
    if join.full:
        raise UnsupportedCompilationError(
            f"The dialect {w.rules.name!r} has no FULL OUTER JOIN",
            hint="union() of the join from either side has all rows",
        )
    write_source(w, join.left)
    w.text(" LEFT OUTER JOIN " if join.isouter else " INNER JOIN ")
    if isinstance(join.right, Join):
        w.text("(")
        w.write(join.right)
        w.text(")")
    else:
        write_source(w, join.right)
    w.text(" ON ")
    w.operand(join.onclause, operators.LISTED)


@mariadb(Lateral)
def refuse_lateral(w: Writer, _lateral: Lateral) -> None:
    """Refuse LATERAL. https://jira.mariadb.org/browse/MDEV-19078."""
    raise UnsupportedCompilationError(
        "MariaDB has no LATERAL", hint="row_number() in a subquery takes some rows of each group"
    )


@mysql(TableSample)
def refuse_sample(w: Writer, _sample: TableSample) -> None:
    """Refuse TABLESAMPLE."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no TABLESAMPLE",
        hint="where(func.rand() < 0.01) takes about one row of a hundred",
    )


@mysql(TableValuedAlias)
def write_table_valued(w: Writer, alias: TableValuedAlias) -> None:
    """Write a function that rows are read from: its columns are not counted or renamed.

    https://dev.mysql.com/doc/refman/9.0/en/json-table-functions.html
    """
    for asked, what in (
        (alias.ordinality, "WITH ORDINALITY"),
        (alias.derived_names, "new names for the columns of a function"),
    ):
        if asked:
            raise UnsupportedCompilationError(
                f"The dialect {w.rules.name!r} has no {what}",
                hint="JSON_TABLE names its columns itself, also FOR ORDINALITY",
            )
    write_function_source(w, alias)


# -- sets ---------------------------------------------------------------------------------


@mysql(CompoundSelect)
def write_set(w: Writer, compound: CompoundSelect) -> None:
    """Write a set; older servers know UNION only.

    https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-31.html
    """
    if not compound.keyword.startswith("UNION") and before(w, (8, 0, 31)):
        raise UnsupportedCompilationError(
            f"MySQL before 8.0.31 has no {compound.keyword}",
            hint="exists() in the condition says which rows are in both",
        )
    write_compound(w, compound)


mariadb(CompoundSelect)(write_compound)
