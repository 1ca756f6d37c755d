"""In which order the rows of a batch come back: in that of their sets, whatever the server does.

The order of RETURNING is not relied upon.  Rows are put in order by the key that the server has
counted up, or by what was sent with them: their keys, or the numbers in a column that the table
has for nothing else.  Where neither will do, each row has a statement of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.column_defaults import counted_column
from toolkit_core.compiler.processors import bind_processor, result_processor
from toolkit_core.errors import InvalidRequestError

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML

Sets = Sequence[Mapping[str, Any]]
Order = Callable[[list[Any], Sets], list[Any]]


def in_turn(rows: list[Any], page: Sets) -> list[Any]:
    """Leave rows as the server gives them."""
    return rows


def ordering(compiled: CompiledDML) -> Order | None:
    """Return what puts the rows of a page in the order of its sets; None: one row at a time."""
    found = _ordering(compiled)
    hidden = len(compiled.hidden)
    if found is None or not hidden:
        return found
    # Columns that only the order is found by are not for the user.
    return lambda rows, page: [row[:-hidden] for row in found(rows, page)]


def _ordering(compiled: CompiledDML) -> Order | None:
    columns = compiled.ordered_by
    if not columns:
        return None
    shown = [column.keys[0] if column.keys else None for column in compiled.result]
    listed = [*shown, *compiled.hidden]
    places = [next(i for i, one in enumerate(listed) if one is part) for part in columns]
    counted = counted_column(compiled.table)
    if len(columns) == 1 and columns[0] is counted and counted.key not in compiled.bound:
        (place,) = places
        return lambda rows, page: by_count(place, rows)
    if any(part.key not in compiled.bound for part in columns):
        return None
    ways = [_comparable(part, compiled.dialect) for part in columns]
    names = [part.key for part in columns]

    def by_key(rows: list[Any], page: Sets) -> list[Any]:
        if len(rows) == 1 == len(page):
            return rows
        wanted = [
            tuple([sent(one[name]) for name, (sent, _) in zip(names, ways, strict=True)])
            for one in page
        ]
        found = {
            tuple([back(row[place]) for place, (_, back) in zip(places, ways, strict=True)]): row
            for row in rows
        }
        if len(found) == len(wanted) and all(one in found for one in wanted):
            return [found[one] for one in wanted]
        if compiled.may_skip:
            # An upsert may have left rows out: then there is no row for each set.
            return rows
        raise InvalidRequestError(
            "The rows that came back cannot be told apart by "
            + ", ".join(names)
            + ": the database has not returned the values that it was sent",
            hint="roll back, and leave out sort_by_parameter_order or insert the rows one by one",
        )

    return by_key


def _comparable(column: Any, dialect: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """Return what makes of a value sent, and of one that came back, two that can be compared."""
    sent = bind_processor(column.type, dialect)
    back = result_processor(column.type, dialect)
    if back is not None:
        # As the program has them on both sides.
        return _itself, back
    return sent or _itself, _itself


def _itself(value: Any) -> Any:
    return value


def by_count(place: int, rows: list[Any]) -> list[Any]:
    """Put rows in the order of the keys that the server has counted up."""
    ordered = sorted(rows, key=itemgetter(place))
    if ordered != rows and ordered[-1][place] - ordered[0][place] != len(rows) - 1:
        # After the highest number there is, SQLite takes any.  https://sqlite.org/autoinc.html
        raise InvalidRequestError(
            "The server has not counted the keys up, so nobody can tell which row is which",
            hint="roll back, and give the keys yourself or insert the rows one by one",
        )
    return ordered
