"""What the oracle wrote, sent and told for each case; its Python writes the file anew.

``python tests/core/dml/golden.py`` needs SQLAlchemy and rewrites golden/dml.txt.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "dml.txt"
MARK = "=== "
FACTS = (
    "is_insert",
    "returns_rows",
    "rowcount",
    "inserted_primary_key",
    "inserted_primary_key_rows",
    "returned_defaults",
    "returned_defaults_rows",
    "last_inserted_params",
    "last_updated_params",
    "prefetch_cols",
    "postfetch_cols",
    "lastrow_has_defaults",
)


def observed() -> dict[str, str]:
    """Read the file: from ``case kind`` to what was seen."""
    found: dict[str, str] = {}
    for block in ("\n" + GOLDEN.read_text(encoding="utf-8")[:-1]).split("\n" + MARK)[1:]:
        title, _, seen = block.partition("\n")
        found[title] = seen
    return found


def written(build: Any, names: Any, tables: Any, write: Any) -> str:
    """Write the statement of a case, or name the error."""
    try:
        return str(write(built(build, names, tables)[0]))
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"


def executed(build: Any, filled: Any, names: Any, tables: Any) -> str:
    """Execute a case on a filled database: what is sent, returned and told, and left behind."""
    seen: list[str] = []
    with names.create_engine("sqlite://").connect() as connection:
        try:
            statement, *given = built(build, names, tables)
        except Exception as error:  # noqa: BLE001 - which one it is is the answer
            return f"!! {type(error).__name__}"
        for sql in filled:
            connection.exec_driver_sql(sql)

        def note(conn: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
            seen.append(f"{sql} {values!r}{' many' if many else ''}")

        names.event.listen(connection, "before_cursor_execute", note)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = connection.execute(statement, *given)
            rows = [tuple(row) for row in result] if result.returns_rows else None
        except Exception as error:  # noqa: BLE001 - which one it is is the answer
            return "\n".join([*seen, f"!! {type(error).__name__}"])
        seen.append(f"rows {rows}")
        seen += [f"{name} {fact(result, name)}" for name in FACTS]
        names.event.remove(connection, "before_cursor_execute", note)
        for name in sorted(tables.metadata.tables):
            left = connection.exec_driver_sql(f'select * from "{name}"')
            seen.append(f"{name} {sorted(map(repr, map(tuple, left)))}")
    return "\n".join(seen)


def built(build: Any, names: Any, tables: Any) -> tuple[Any, ...]:
    made = build(names, tables)
    return made if isinstance(made, tuple) else (made,)


def fact(result: Any, name: str) -> str:
    """Show one fact of a result; columns by their names."""
    try:
        told = getattr(result, name)
        told = told() if callable(told) else told
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"
    if name.endswith("fetch_cols"):
        # What the oracle puts beside columns for its own use has no name.
        return repr([column.name for column in told if hasattr(column, "name")])
    return repr(told)


def main() -> None:
    import cases  # type: ignore[import-not-found]
    import change_cases  # type: ignore[import-not-found]
    import sqlalchemy  # type: ignore[import-not-found]
    from sqlalchemy.dialects import sqlite  # type: ignore[import-not-found]

    warnings.simplefilter("ignore")
    names = SimpleNamespace(**vars(sqlalchemy))
    names.sqlite_insert = sqlite.insert
    tables = cases.declared(names)
    out = []
    for title, build in {**cases.CASES, **change_cases.CASES}.items():
        for kind, dialect in (("default", None), ("sqlite", sqlite.dialect())):

            def write(element: Any, dialect: Any = dialect) -> str:
                return str(element.compile(dialect=dialect))

            out.append(f"{MARK}{title} {kind}\n{written(build, names, tables, write)}")
        out.append(f"{MARK}{title} executed\n{executed(build, cases.FILLED, names, tables)}")
    GOLDEN.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
