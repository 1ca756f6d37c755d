"""What the golden cases of INSERT, UPDATE and DELETE leave behind in filled tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.core.golden import server_cases
from toolkit import create_engine, text
from toolkit_core import types
from toolkit_core.expression.conflict import conflict_insert
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select

ROWS: dict[str, list[tuple[Any, ...]]] = {
    "t": [(1, "one", 10), (2, "two", 20), (3, "three", None)],
    "pair": [(1, 1, "p"), (2, 1, "q")],
    "d": [(1, 1, 1, 1, 1)],
}


def on_sqlite(title: str) -> Any:
    """Return what a case leaves behind on SQLite."""
    return left_behind("sqlite://", title, conflict_insert)


def left_behind(url: str, title: str, own_insert: Any, after_filling: Sequence[str] = ()) -> Any:
    """Execute a case in filled tables; return what is in all of them then, or the error."""
    names = server_cases.dml_names(own_insert)
    # MySQL's texts have a length.
    names.String = types.String(50)
    tables = server_cases.dml_module().declared(names)
    build = server_cases.dml_cases()[title]
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            tables.metadata.create_all(connection, checkfirst=False)
            _fill(connection, tables)
            for sql in after_filling:
                connection.execute(text(sql))
            made = build(names, tables)
            statement, *given = made if isinstance(made, tuple) else (made,)
            try:
                connection.execute(statement, *given)
            except Exception as error:  # noqa: BLE001 - which one it is is the answer
                return f"!! {type(error).__name__}"
            return {
                name: sorted(
                    repr(tuple(row))
                    for row in connection.execute(select(tables.metadata.tables[name]))
                )
                for name in sorted(tables.metadata.tables)
            }
    finally:
        if not url.startswith("sqlite"):
            with engine.begin() as connection:
                tables.metadata.drop_all(connection)
        engine.dispose()


def _fill(connection: Any, tables: Any) -> None:
    for name, rows in ROWS.items():
        table = tables.metadata.tables[name]
        keys = table.c.keys()
        for row in rows:
            connection.execute(insert(table), dict(zip(keys, row, strict=True)))
