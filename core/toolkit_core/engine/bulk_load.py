"""Loading many rows by the fastest way that the driver has, with the values treated as ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.processors import bind_processor
from toolkit_core.engine.failure import failed
from toolkit_core.errors import ArgumentError
from toolkit_core.nearest import nearest

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection
    from toolkit_core.facts import Style

# How many rows are handed to a driver that takes them by the list.
PAGE = 5000


def bulk_load(
    conn: Connection, table: Any, rows: Iterable[Any], columns: Sequence[Any] | None
) -> int:
    """Load rows into a table, and return how many there were."""
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        return 0
    chosen = _columns(table, columns, first)
    values = _processed(conn, chosen, chain([first], pending), given=columns)
    style = conn._parts.dialect.style
    target = ".".join([style.quoted(part) for part in (table.schema, table.name) if part])
    names = [style.quoted(column.name) for column in chosen]
    live, driver = conn._ready(), conn._parts.driver
    counted = _Counted(values)
    conn._write_if_echo(f"BULK LOAD {target} ({', '.join(names)})")
    cursor = None
    try:
        cursor = driver.cursor(live)
        if not driver.load_rows(cursor, target, names, counted):
            _insert_pages(driver, cursor, _insert(style, target, names), counted)
        cursor.close()
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error, f"BULK LOAD {target}", cursor=cursor)
    return counted.count


class _Counted:
    """Counts what goes through."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self

    def __next__(self) -> tuple[Any, ...]:
        row = next(self._rows)
        self.count += 1
        return row


def _columns(table: Any, given: Sequence[Any] | None, first: Any) -> list[Any]:
    if given is None:
        if not isinstance(first, Mapping):
            raise ArgumentError(
                "bulk_load() needs to know the columns of rows that are no mappings",
                hint='bulk_load(table, rows, columns=["id", "name"])',
            )
        given = list(first)
    found = []
    for one in given:
        key = one if isinstance(one, str) else one.key
        column = table.c.get(key)
        if column is None:
            near = nearest(key, table.c.keys())
            raise ArgumentError(
                f"Table {table.name!r} has no column {key!r}",
                hint=f"did you mean {near!r}?" if near else None,
            )
        found.append(column)
    return found


def _processed(
    conn: Connection, columns: list[Any], rows: Iterator[Any], given: Sequence[Any] | None
) -> Iterator[tuple[Any, ...]]:
    """Give each row as a tuple of what the driver takes."""
    take = _taker([column.key for column in columns]) if given is None else _tuple_of(len(columns))
    dialect = conn._parts.dialect
    processors = [bind_processor(column.type, dialect) for column in columns]
    if not any(processors):
        return map(take, rows)
    by_place = [(place, one) for place, one in enumerate(processors) if one is not None]

    def processed(row: Any) -> tuple[Any, ...]:
        values = list(take(row))
        for place, process in by_place:
            values[place] = process(values[place])
        return tuple(values)

    return map(processed, rows)


def _taker(keys: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    pick: Callable[[Any], Any] = itemgetter(*keys)

    def take(row: Any) -> tuple[Any, ...]:
        try:
            picked = pick(row)
        except KeyError as error:
            raise ArgumentError(
                f"A row has no {error.args[0]!r}, which the first row has",
                hint="all rows must have the same columns; None is written as NULL",
            ) from None
        if len(row) != len(keys):
            unknown = ", ".join(repr(key) for key in row if key not in keys)
            raise ArgumentError(f"A row has {unknown}, which the first row has not")
        return (picked,) if len(keys) == 1 else picked

    return take


def _tuple_of(count: int) -> Callable[[Any], tuple[Any, ...]]:
    def take(row: Any) -> tuple[Any, ...]:
        values = tuple(row)
        if len(values) != count:
            raise ArgumentError(f"A row has {len(values)} values for {count} columns")
        return values

    return take


def _insert(style: Style, target: str, names: list[str]) -> str:
    marks = [style.placeholder(f"p{place}", place + 1) for place in range(len(names))]
    doubled = style.paramstyle.doubles_percent
    written = f"{target} ({', '.join(names)})"
    if doubled:
        written = written.replace("%", "%%")
    return f"INSERT INTO {written} VALUES ({', '.join(marks)})"


def _insert_pages(driver: Any, cursor: Any, sql: str, rows: Iterator[tuple[Any, ...]]) -> None:
    positional = driver.paramstyle.positional
    while page := list(islice(rows, PAGE)):
        values: list[Any] = page
        if not positional:
            keys = [f"p{place}" for place in range(len(page[0]))]
            values = [dict(zip(keys, row, strict=True)) for row in page]
        driver.executemany(cursor, sql, values)
