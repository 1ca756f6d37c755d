"""A statement of many rows, sent in batches of one statement each.

``executemany`` returns no rows, so the values of several sets are written into one statement,
as often as a page, and the number of values that the database takes, have room for.  So go an
INSERT that returns something and the UPDATE or DELETE that goes by rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.dml_facts import DMLFacts
from toolkit_core.engine.dml_result import DMLResult, rows_result
from toolkit_core.engine.prepare_dml import driver_sets
from toolkit_core.engine.row_order import Order, in_turn, ordering

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML
    from toolkit_core.engine.connection import Connection

Sets = Sequence[Mapping[str, Any]]
Send = Callable[[str, Any], Any]
# About so much text and bytes go into one statement: servers take no more than 16 MB, some of
# them, and count what is quoted twice.
# https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables
MOST_TEXT = 4 * 2**20


def insert_many(
    conn: Connection,
    compiled: CompiledDML,
    sets: Sets,
    send: Send,
    *,
    page_size: int,
    contexts: list[Any] | None = None,
) -> DMLResult:
    """Send many rows and return the result with what RETURNING gives for each."""
    if compiled.numbers is not None:
        sets = [{**one, compiled.numbers: number} for number, one in enumerate(sets)]
    facts = DMLFacts(compiled, sets, True)
    order = in_order_of(compiled)
    size = 1 if order is None else most_rows(compiled, sets, page_size)
    arrange = order or in_turn
    raw: list[Any] = []
    count = 0
    cursor: Any = None
    for start in range(0, len(sets), size):
        for page, sql, values in batched(compiled, sets[start : start + size], start):
            cursor = send(sql, values)
            if compiled.result:
                raw += arrange(fetched(conn, cursor, facts), page)
            else:
                count += max(cursor.rowcount, 0)
    told: Any = facts
    if contexts:
        told = contexts[-1]
        told.dml = facts
    if compiled.result:
        return rows_result(conn, compiled, cursor, raw, facts, told)
    facts.rowcount = count
    return CursorResult(conn, cursor, compiled.shapes, context=told)


def in_order_of(compiled: CompiledDML) -> Order | None:
    """Return what puts rows in the order of their sets, where that matters."""
    # Without rows that come back there is nothing to put in order.
    if compiled.is_insert and compiled.result and (compiled.sorts or not compiled.returns):
        return ordering(compiled)
    return in_turn


def most_rows(compiled: CompiledDML, sets: Sets, page_size: int) -> int:
    """Return how many rows one statement may have."""
    template = compiled.template
    if template is None or (compiled.may_skip and not compiled.result):
        # A row without values cannot be repeated; and rows that update one another are sent one
        # by one, as ``executemany`` does.
        return 1
    first = sets[0]
    for name in template.outside:
        # A value of the whole statement that each set brings anew.
        if any(one.get(name) != first.get(name) for one in sets):
            return 1
    return template.most(page_size)


def batched(compiled: CompiledDML, page: Sets, start: int) -> Iterator[tuple[Sets, str, Any]]:
    """Yield statements of several rows, the first of that number: the rows, SQL and values."""
    if len(page) == 1:
        yield page, *compiled.expanded(page, many=False)
        return
    template = compiled.template
    assert template is not None  # noqa: S101 - else there is one row a page
    values = driver_sets(compiled, page, start)
    begin = 0
    for end in _ends(values, compiled.long_places):
        part = values[begin:end]
        if len(part) == 1:
            yield page[begin:end], *compiled.expanded(page[begin:end], many=False)
        else:
            yield page[begin:end], template.sql(len(part)), template.together(part)
        begin = end


def _ends(values: Sequence[Any], places: Sequence[Any]) -> list[int]:
    """Return where statements end, if values in these places may be long."""
    ends: list[int] = []
    if places and _whole_length(values, places) > MOST_TEXT:
        length = 0
        for number, row in enumerate(values):
            more = sum([_length(row[place]) for place in places])
            if length + more > MOST_TEXT and length:
                ends.append(number)
                length = 0
            length += more
    return [*ends, len(values)]


def _whole_length(values: Sequence[Any], places: Sequence[Any]) -> int:
    """Return how long all are together, without looking at each more than is needed."""
    whole = 0
    for place in places:
        found = [row[place] for row in values]
        try:
            whole += sum(map(len, filter(None, found)))
        except (TypeError, ValueError):
            # Among them is what a driver has wrapped, or a class of the user's.
            whole += sum(map(_length, found))
    return whole


def _length(value: Any) -> int:
    is_long = isinstance(value, (str, bytes, bytearray, memoryview))
    return len(value) if is_long else 0


def fetched(conn: Connection, cursor: Any, facts: DMLFacts) -> list[Any]:
    """Return the rows of one batch."""
    try:
        rows: list[Any] = cursor.fetchall()
    except conn._parts.error_class as error:
        conn._fetch_failed(error, cursor, facts)
    return rows
