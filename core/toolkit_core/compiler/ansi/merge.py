"""Writing MERGE, and an upsert as one."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.conflict import refuse
from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import write_returned, write_set_value, write_verb
from toolkit_core.compiler.ansi.given_rows import GivenValue
from toolkit_core.compiler.ansi.hints import write_source
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.assignments import Assignment, assignments, rows_alike
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.unique_keys import unique_keys
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError, UnsupportedCompilationError
from toolkit_core.expression.conflict import OnConflict
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.insert import Insert
from toolkit_core.expression.merge import Merge, MergeClause

__all__ = [
    "Merge",
    "MergeClause",
    "refuse_merge",
    "write_merge",
    "write_merge_clause",
    "write_upsert_as_merge",
]


@ansi(Merge)
def write_merge(w: Writer, merge: Merge) -> None:
    """Write a MERGE, clause by clause."""
    if not merge.clauses:
        raise CompileError(
            f"This MERGE into {merge.table.name!r} does nothing",
            hint="when_matched_update() and its sisters say what is done",
        )
    frame = open_level(w, (merge.table, merge.source), merge)
    write_verb(w, "MERGE ", merge)
    w.text("INTO ")
    w.write(merge.table)
    w.text(" USING ")
    write_source(w, merge.source)
    w.text(" ON (")
    w.write(merge.on)
    w.text(")")
    for clause in merge.clauses:
        w.write(clause)
    write_returned(w, merge.returned_columns())
    DMLState.of(w).move(close_level(w, frame))


def refuse_merge(w: Writer, merge: Merge) -> None:
    """Refuse a MERGE, for databases that have none."""
    raise UnsupportedCompilationError(
        f"The database of dialect {w.rules.name!r} has no MERGE, and this one is into "
        f"{merge.table.name!r}",
        hint="upsert() inserts or updates, and update().from_rows() updates from data",
    )


@ansi(MergeClause)
def write_merge_clause(w: Writer, clause: MergeClause) -> None:
    """Write what is done with the rows of one kind."""
    w.text(f" WHEN {clause.kind}")
    if clause.condition is not None:
        w.text(" AND ")
        w.write(clause.condition)
    w.text(f" THEN {clause.action}")
    if clause.action == "UPDATE":
        w.text(" SET ")
        for position, (name, found) in enumerate(zip(clause.names, clause.settings, strict=True)):
            if position:
                w.text(", ")
            w.name(name)
            w.text(" = ")
            write_set_value(w, found)
    elif clause.action == "INSERT":
        w.text(f" ({', '.join([w.style.quoted(name) for name in clause.names])}) VALUES (")
        for position, found in enumerate(clause.settings):
            if position:
                w.text(", ")
            write_set_value(w, found)
        w.text(")")


def write_upsert_as_merge(
    w: Writer, insert: Insert, *, dual: str = "", keeps_keys: bool = False
) -> None:
    """Write an INSERT that may meet rows that are there already, for databases with MERGE.

    ``dual`` is what a SELECT of values alone reads from; with ``keeps_keys`` the database sets
    no column that rows are compared by.
    """
    state = DMLState.of(w)
    state.inserts, state.statement = True, insert
    conflict = _only_conflict(w, insert)
    rows = _rows(insert, state)
    names = [column.name for column, _ in rows[0]]
    frame = open_level(w, (insert.table,), insert)
    write_verb(w, "MERGE ", insert)
    w.text("INTO ")
    w.write(insert.table)
    w.text(" USING (SELECT ")
    state.separator = f"{dual} UNION ALL SELECT "
    for number, found in enumerate(rows):
        if number:
            w.text(state.separator)
        start = len(w.out)
        _write_new_row(w, found)
        if not insert.rows:
            state.row_start, state.row_end = start, len(w.out)
    w.text(f"{dual}) excluded ON (")
    keys = _keys_met(w, insert, conflict, rows[0])
    w.text(" OR ".join(_key_condition(w, insert, key) for key in keys))
    w.text(")")
    _write_update(w, insert, conflict, frozenset().union(*keys) if keeps_keys else frozenset())
    quoted = [w.style.quoted(name) for name in names]
    w.text(f" WHEN NOT MATCHED THEN INSERT ({', '.join(quoted)}) VALUES (")
    w.text(", ".join([f"excluded.{name}" for name in quoted]))
    w.text(")")
    w.result = []
    write_returned(w, insert.returned_columns())
    state.move(close_level(w, frame))


def _only_conflict(w: Writer, insert: Insert) -> OnConflict:
    if insert.selected is not None:
        refuse(w, "inserts the rows of a SELECT without looking for conflicts", "use merge()")
    conflict, *others = insert.conflicts
    if others:
        refuse(w, "takes one answer to all conflicts", "one on_conflict()")
    if not isinstance(conflict, OnConflict) or conflict.constraint is not None:
        refuse(w, "compares columns, not the names of constraints", "name the columns of the key")
    if conflict.index_where is not None:
        refuse(w, "cannot compare rows by a part of an index", "leave index_where out")
    return conflict


def _rows(insert: Insert, state: DMLState) -> list[list[Assignment]]:
    if not insert.rows:
        return [list(assignments(state, insert.table, insert.row, updating=False))]
    rows_alike(insert.rows, insert.table)
    return [
        list(assignments(state, insert.table, row, updating=False, number=number))
        for number, row in enumerate(insert.rows)
    ]


def _write_new_row(w: Writer, found: list[Assignment]) -> None:
    for position, (column, one) in enumerate(found):
        if position:
            w.text(", ")
        w.write(GivenValue(one) if isinstance(one, BindParameter) else one)
        w.text(" AS ")
        w.name(column.name)


def _keys_met(
    w: Writer, insert: Insert, conflict: OnConflict, found: list[Assignment]
) -> list[frozenset[str]]:
    """Return the keys that rows are compared by: the one meant, or each that has values."""
    given = {column.key for column, _ in found}
    if conflict.index:
        meant = frozenset(getattr(one, "key", None) or "" for one in conflict.index)
        if not meant <= given:
            refuse(
                w,
                f"finds a row by {', '.join(sorted(meant))}, which get no values here",
                "give values for all columns of the key",
            )
        return [meant]
    keys = [key for key in unique_keys(insert.table) if key <= given]
    if not keys:
        refuse(w, "finds a row by a unique key, and none gets values here", "name the columns")
    return keys


def _key_condition(w: Writer, insert: Insert, key: frozenset[str]) -> str:
    columns = [insert.table.c[name] for name in sorted(key)]
    return " AND ".join(
        [f"{w.captured(column)} = excluded.{w.style.quoted(column.name)}" for column in columns]
    )


def _write_update(w: Writer, insert: Insert, conflict: OnConflict, kept: frozenset[str]) -> None:
    if conflict.set_names is None:
        return
    by_name: dict[str, Any] = {column.name: key for key, column in insert.table.c.items()}
    settings = [
        (name, found)
        for name, found in zip(conflict.set_names, conflict.settings, strict=True)
        # By what rows are compared by they are the same.
        if not (by_name.get(name) in kept and getattr(found, "visit_name", "") == "excluded_column")
    ]
    fixed = [name for name, _ in settings if by_name.get(name) in kept]
    if fixed:
        refuse(
            w,
            f"sets no column that rows are compared by: {', '.join(fixed)}",
            "leave it out of set()",
        )
    if not settings:
        return
    w.write(
        MergeClause(
            "MATCHED",
            "UPDATE",
            condition=conflict.where,
            names=tuple([name for name, _ in settings]),
            settings=tuple([found for _, found in settings]),
        )
    )
