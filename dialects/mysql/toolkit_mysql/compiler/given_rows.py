"""How MySQL and MariaDB write rows that an UPDATE goes by, and an UPDATE of several tables."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import UpdateSources
from toolkit_core.compiler.ansi.given_rows import write_united_rows
from toolkit_core.compiler.ansi.update import (
    SetBeside,
    SetColumn,
    UpdateTarget,
    write_joined_target,
    write_qualified_set_column,
    write_set_beside,
)
from toolkit_core.compiler.select_nodes import GivenRows
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.statements import FromClause
from toolkit_mysql.compiler.table import mysql


@mysql(GivenRows)
def write_given_rows(w: Writer, given: GivenRows) -> None:
    """Write a SELECT for each row: MariaDB has no VALUES with names in FROM."""
    write_united_rows(w, given, dual=" FROM DUAL")


@mysql(UpdateTarget)
def write_update_target(w: Writer, target: UpdateTarget) -> None:
    """Write all tables before SET."""
    # https://dev.mysql.com/doc/refman/9.1/en/update.html
    if not write_looked_up(w, target.table, target.others):
        write_joined_target(w, target)


def write_looked_up(w: Writer, table: FromClause, others: tuple[FromClause, ...]) -> bool:
    """Write rows, and the table behind them in which they are looked up one after the other.

    What a statement looks at, InnoDB locks.  It would go through a small table from end to end,
    and lock the rows that nobody changes, and the gap behind them.
    https://dev.mysql.com/doc/refman/9.1/en/innodb-locks-set.html
    """
    rows = [one for one in others if isinstance(one, GivenRows) and one.in_order]
    if not rows:
        return False
    w.write(rows[0])
    w.text(" STRAIGHT_JOIN ")
    w.listed((table, *[one for one in others if one is not rows[0]]))
    return True


@mysql(SetColumn)
def write_set_column(w: Writer, setting: SetColumn) -> None:
    """Write the column with its table."""
    write_qualified_set_column(w, setting)


@mysql(SetBeside)
def write_beside(w: Writer, beside: SetBeside) -> None:
    """Write settings of other tables."""
    write_set_beside(w, beside)


@mysql(UpdateSources)
def write_no_sources(w: Writer, others: UpdateSources) -> None:
    """Write nothing: they stand before SET."""
