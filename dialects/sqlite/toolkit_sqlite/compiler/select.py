"""What SQLite's SELECT has not, or spells in its own way. https://sqlite.org/lang_select.html."""

from __future__ import annotations

from toolkit_core.compiler.ansi.compound import write_compound
from toolkit_core.compiler.ansi.limit import write_limit
from toolkit_core.compiler.ansi.sources import write_rows
from toolkit_core.compiler.select_nodes import (
    CompoundSelect,
    ForUpdate,
    Lateral,
    Limits,
    NamedRows,
    PartInParentheses,
    SourceHint,
    TableSample,
    without_fetch,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_sqlite.compiler.table import sqlite


@sqlite(Limits)
def write_limits(w: Writer, limits: Limits) -> None:
    """Write LIMIT, also for FETCH; SQLite has no ties and no hundredths."""
    plain = without_fetch(limits)
    if plain is None:
        raise UnsupportedCompilationError(
            "SQLite has no FETCH with ties or per cent",
            hint="rank() or percent_rank() in a subquery can say it",
        )
    write_limit(w, plain)


@sqlite(ForUpdate)
def write_for_update(w: Writer, _locking: ForUpdate) -> None:
    """Write nothing, as it is documented: a transaction of SQLite locks the whole database."""


@sqlite(SourceHint)
def write_source_hint(w: Writer, _hint: SourceHint) -> None:
    """Write nothing: what is meant for another database's planner."""


@sqlite(PartInParentheses)
def write_part(w: Writer, part: PartInParentheses) -> None:
    """Write a part of a set as a subquery: SQLite has no parentheses there."""
    w.text("SELECT * FROM (")
    w.write(part.statement)
    w.text(")")


@sqlite(CompoundSelect)
def write_set(w: Writer, compound: CompoundSelect) -> None:
    """Write a set; what keeps repeated rows but for UNION SQLite has not."""
    if compound.keyword in ("INTERSECT ALL", "EXCEPT ALL"):
        raise UnsupportedCompilationError(
            f"SQLite has no {compound.keyword}",
            hint=f"{compound.keyword.split()[0]} leaves each row once",
        )
    write_compound(w, compound)


@sqlite(Lateral)
def refuse_lateral(w: Writer, _lateral: Lateral) -> None:
    """Refuse LATERAL: https://sqlite.org/omitted.html."""
    raise UnsupportedCompilationError(
        "SQLite has no LATERAL",
        hint="a table-valued function may read what stands before it, a subquery may not",
    )


@sqlite(TableSample)
def refuse_sample(w: Writer, _sample: TableSample) -> None:
    """Refuse TABLESAMPLE."""
    raise UnsupportedCompilationError(
        "SQLite has no TABLESAMPLE",
        hint="where(func.random() % 100 == 0) takes about one row of a hundred",
    )


@sqlite(NamedRows)
def write_named_rows(w: Writer, rows: NamedRows) -> None:
    """Write rows with names: VALUES calls its columns column1, column2 and so on."""
    names = [
        f"column{number} AS {w.style.quoted(name)}" for number, name in enumerate(rows.columns, 1)
    ]
    w.text(f"(SELECT {', '.join(names)} FROM ")
    write_rows(w, rows.values)
    w.text(")")
    if rows.name is not None:
        w.text(" AS ")
        w.name(rows.name)
