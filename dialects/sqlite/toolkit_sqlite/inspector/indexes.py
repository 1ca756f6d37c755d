"""Indexes, and the constraints that SQLite keeps by them.

https://sqlite.org/pragma.html#pragma_index_xinfo
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import text
from toolkit_core.dialect.inspector import ReflectedIndex, ReflectedUniqueConstraint
from toolkit_sqlite.inspector.create_table import Statement
from toolkit_sqlite.inspector.tokens import Token, closing, split_at_commas, tokens_of


def index_of(rows: list[Any]) -> ReflectedIndex:
    """Return an index, from its rows: one for each column or expression."""
    sql = rows[0][4]
    names = [row[5] for row in rows]
    expressions, where = _written(sql) if sql else ([], None)
    found: ReflectedIndex = {
        "name": rows[0][1],
        "column_names": names,
        "unique": bool(rows[0][2]),
        "dialect_options": {},
    }
    shown = names
    if None in names:
        shown = [
            name if name is not None else expression
            for name, expression in zip(names, expressions, strict=True)
        ]
        found["expressions"] = shown
    falling: dict[Any, tuple[str, ...]] = {
        name: ("desc",) for name, row in zip(shown, rows, strict=True) if row[6]
    }
    if falling:
        found["column_sorting"] = falling
    if where is not None:
        found["dialect_options"]["sqlite_where"] = text(where.replace(":", "\\:"))
    return found


def unique_of(rows: list[Any], statement: Statement) -> ReflectedUniqueConstraint:
    """Return a UNIQUE constraint by the index that SQLite has made for it."""
    columns = [row[5] for row in rows]
    lowered = [name.lower() for name in columns]
    names = [
        each.name
        for each in statement.constraints
        if each.kind == "UNIQUE" and [name.lower() for name in each.columns] == lowered
    ]
    return {"name": names[0] if names else None, "column_names": columns}


def _written(sql: str) -> tuple[list[str], str | None]:
    """Return the expressions of CREATE INDEX, and its condition."""
    tokens = tokens_of(sql)
    # The name may be anything, so the table's parentheses are looked for behind ON.
    on = next(at for at, token in enumerate(tokens) if token.word == "ON")
    opening = next(at for at in range(on, len(tokens)) if tokens[at].text == "(")
    end = closing(tokens, opening)
    parts = split_at_commas(tokens[opening + 1 : end])
    where = tokens[end + 1 :]
    condition = sql[where[0].end :].strip() if where else None
    return [_expression(sql, part) for part in parts], condition


def _expression(sql: str, part: list[Token]) -> str:
    if part[-1].word in ("ASC", "DESC"):
        part = part[:-1]
    return sql[part[0].start : part[-1].end]
