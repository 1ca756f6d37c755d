"""What MySQL writes differently in all statements that write rows."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import (
    DialectOption,
    FetchedBack,
    Returning,
    TableHint,
    write_returning,
)
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError, UnsupportedCompilationError
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.limit import DMLLimit


@mysql(TableHint)
def write_hint(w: Writer, hint: TableHint) -> None:
    """Write a hint about indexes.

    https://dev.mysql.com/doc/refman/9.0/en/index-hints.html
    """
    w.safe(f" {hint.text}")


@mysql(DMLLimit)
def write_limit(w: Writer, limit: DMLLimit) -> None:
    """Write how many rows may be changed.

    https://dev.mysql.com/doc/refman/9.0/en/update.html
    """
    w.text("LIMIT ")
    w.write(limit.count)


@mysql(DialectOption)
def write_option(w: Writer, option: DialectOption) -> None:
    """Write a limit; nothing else is known."""
    if option.name != "limit":
        raise CompileError(
            f"The dialect {w.rules.name!r} knows no option {option.name!r} of this statement",
            hint=f"it knows {w.rules.name}_limit",
        )
    w.text(f" LIMIT {int(option.setting)}")


@mysql(Returning)
def refuse_returning(w: Writer, _returning: Returning) -> None:
    """Refuse RETURNING."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no RETURNING",
        hint="result.inserted_primary_key tells the new key; SELECT the rest by it",
    )


@mysql(FetchedBack)
def leave_out(w: Writer, _returning: FetchedBack) -> None:
    """Fetch nothing that the user did not ask for."""
    state = DMLState.of(w)
    state.fetched, state.hidden, state.ordered_by = [], [], []


def _updates(w: Writer) -> bool:
    """Tell whether the statement is an UPDATE: only an INSERT sets columns, too."""
    state = DMLState.of(w)
    return bool(state.settings) and not state.inserts


@mariadb(Returning)
def write_mariadb_returning(w: Writer, returning: Returning) -> None:
    """Write RETURNING, which UPDATE has not.

    https://mariadb.com/docs/server/reference/sql-statements/data-manipulation/inserting-loading-data/insertreturning
    """
    if _updates(w):
        refuse_returning(w, returning)
    write_returning(w, returning)


@mariadb(FetchedBack)
def fetch_inserted(w: Writer, returning: FetchedBack) -> None:
    """Fetch what was inserted; of an UPDATE nothing comes back."""
    if _updates(w):
        leave_out(w, returning)
    else:
        write_returning(w, returning)
