"""INSERT of many rows that returns something: in batches of one statement each, in order.

``executemany`` returns no rows, so the values of several sets are written into one statement,
as often as a page has room for.  Where the order of the rows matters, the server's is not
relied upon: rows are put in the order of their keys, if those were counted up by the server or
given, and else each row has a statement of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.column_defaults import counted_column, key_columns
from toolkit_core.engine.dml_facts import DMLFacts
from toolkit_core.engine.dml_result import DMLResult, rows_result
from toolkit_core.engine.prepare_dml import driver_sets
from toolkit_core.facts import ParamStyle

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML
    from toolkit_core.engine.connection import Connection

Sets = Sequence[Mapping[str, Any]]
Send = Callable[[str, Any], Any]

Order = Callable[[list[Any], Sequence[Any]], list[Any]]

PAGE_SIZE = 1000
REPEATABLE = (ParamStyle.QMARK, ParamStyle.FORMAT)


def insert_many(
    conn: Connection,
    compiled: CompiledDML,
    sets: Sets,
    send: Send,
    *,
    page_size: int = PAGE_SIZE,
    contexts: list[Any] | None = None,
) -> DMLResult:
    """Insert many rows and return the result with what RETURNING gives for each."""
    facts = DMLFacts(compiled, sets, True)
    order = ordering(compiled) if compiled.sorts or not compiled.returns else in_turn
    size = 1 if order is None else most_rows(conn, compiled, page_size)
    values = driver_sets(compiled, sets)
    raw: list[Any] = []
    cursor: Any = None
    for start in range(0, len(values), size):
        page = values[start : start + size]
        sql, together = batched(compiled, page)
        cursor = send(sql, together)
        rows = cursor.fetchall()
        raw += rows if order is None else order(rows, page)
    told: Any = facts
    if contexts:
        told = contexts[-1]
        told.dml = facts
    return rows_result(conn, compiled, cursor, raw, facts, told)


def most_rows(conn: Connection, compiled: CompiledDML, page_size: int) -> int:
    """Return how many rows one statement may have."""
    _, _, before, after = compiled.row_span
    dialect = conn._parts.dialect
    # A row without values, or values by name or number, cannot be repeated as they stand.
    if compiled.row_span == (0, 0, 0, 0) or dialect.style.paramstyle not in REPEATABLE:
        return 1
    outside = len(compiled.names) - (after - before)
    room = (dialect.style.max_parameters - outside) // max(1, after - before)
    return max(1, min(page_size, room))


def batched(compiled: CompiledDML, page: Sequence[Any]) -> tuple[str, Any]:
    """Return the SQL and the values of an INSERT of several rows."""
    if len(page) == 1:
        return compiled.sql, page[0]
    start, end, before, after = compiled.row_span
    sql = compiled.sql
    row = sql[start:end]
    first = page[0]
    together = [*first[:before]]
    for one in page:
        together += one[before:after]
    together += first[after:]
    return sql[:end] + f", {row}" * (len(page) - 1) + sql[end:], tuple(together)


def in_turn(rows: list[Any], page: Sequence[Any]) -> list[Any]:
    """Leave rows as the server gives them."""
    return rows


def ordering(compiled: CompiledDML) -> Order | None:
    """Return what puts the rows of a page in the order of its sets; None: one row at a time."""
    columns = [column.keys[0] for column in compiled.result]
    key = key_columns(compiled.table)
    places = [next((i for i, one in enumerate(columns) if one is part), None) for part in key]
    if not key or any(place is None for place in places):
        return None
    counted = counted_column(compiled.table)
    if len(key) == 1 and key[0] is counted and counted.key not in compiled.bound:
        (place,) = places
        return lambda rows, page: sorted(rows, key=lambda row: row[place])
    names = compiled.names
    if compiled.is_processed or any(part.key not in compiled.bound for part in key):
        return None
    sent_at = [names.index(part.key) for part in key]

    def by_key(rows: list[Any], page: Sequence[Any]) -> list[Any]:
        found = {tuple([row[place] for place in places]): row for row in rows}
        wanted = [tuple([one[place] for place in sent_at]) for one in page]
        if len(found) == len(wanted) and all(one in found for one in wanted):
            return [found[one] for one in wanted]
        # An upsert may have left rows out: then there is no row for each set.
        return rows

    return by_key
