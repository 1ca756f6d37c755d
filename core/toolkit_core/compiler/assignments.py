"""Which columns an INSERT or UPDATE sets, and to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_core.compiler.column_defaults import SENT, SERVER, WRITTEN, default_of, mark_column
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.errors import CompileError
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.given_row import GivenRow, refuse_unknown
from toolkit_core.expression.node import Node

Assignment = tuple[Any, Node]


def assignments(
    state: DMLState,
    table: Any,
    row: GivenRow | None,
    *,
    updating: bool,
    number: int | None = None,
) -> Iterator[Assignment]:
    """Yield the columns that one row sets, with what each is set to, in the table's order."""
    columns = table.c
    names = plain_names(state, row, columns)
    in_sql = {} if row is None else dict(zip(row.sql_names, row.expressions, strict=True))
    if row is not None:
        state.rows.append((row, number))
    check_names((*(() if row is None else row.names), *in_sql), table)
    for key, column in columns.items():
        if key in in_sql:
            found = in_sql[key]
            if isinstance(found, BindParameter):
                state.known[key] = found
            elif not number:
                state.computed.append(column)
            yield column, found
        elif key in names:
            plain = None if row is None else row.row.get(key)
            yield column, state.parameter(numbered(key, number), column, plain)
        elif state.is_marked and column is mark_column(table) and not updating:
            # The rows of a batch are numbered in it.
            state.numbers = key
            yield column, state.parameter(key, column)
        else:
            yield from defaulted(state, key, column, updating=updating, number=number)


def defaulted(
    state: DMLState, key: str, column: Any, *, updating: bool, number: int | None = None
) -> Iterator[Assignment]:
    """Yield a column that nobody gave a value, if it has a default that is sent or written."""
    kind, default = default_of(column, updating=updating)
    if kind == SENT:
        if state.is_inner:
            raise CompileError(
                f"The default of column {column.name!r} is made in Python, and this statement is "
                "a part of another, for which none is made",
                hint=f"give {key!r} a value",
            )
        # The first of many rows has no number here: its default is also that of the statement.
        name = numbered(key, number or None)
        state.sent.append((name, default, column, number))
        yield column, state.parameter(name, column)
    elif kind in (WRITTEN, SERVER):
        if not number:
            state.computed.append(column)
        if kind == WRITTEN:
            yield column, default


def plain_names(state: DMLState, row: GivenRow | None, columns: Any) -> frozenset[str]:
    """Return the names of the columns that get a parameter."""
    mine = () if row is None else row.names
    if state.given is not None:
        return frozenset((*mine, *state.given))
    # Written for nobody in particular: a statement without values is for all columns.
    if row is not None or state.is_inner:
        return frozenset(mine)
    return frozenset(
        [key for key, one in columns.items() if not getattr(one, "_omit_from_statements", False)]
    )


def check_names(names: Iterable[str], table: Any) -> None:
    """Refuse names that are no columns of the table."""
    unknown = [name for name in names if name not in table.c]
    if unknown:
        refuse_unknown(unknown, table.c.keys(), table.name)


def numbered(key: str, number: int | None) -> str:
    """Return the name of the parameter of a column in one of many rows."""
    return key if number is None else f"{key}_m{number}"


def rows_alike(rows: tuple[GivenRow, ...], table: Any) -> None:
    """Refuse rows of one statement that do not set the same columns."""
    first = {*rows[0].names, *rows[0].sql_names}
    for number, row in enumerate(rows):
        missing = sorted(first - {*row.names, *row.sql_names})
        if missing:
            raise CompileError(
                f"INSERT value for column {table.name}.{missing[0]} is explicitly rendered as a "
                "boundparameter in the VALUES clause; a Python-side value or SQL expression is "
                "required",
                hint=f"row {number} has no value for {missing[0]!r}, and row 0 has one",
            )
