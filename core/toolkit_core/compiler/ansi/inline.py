"""Expressions inside of DDL: columns without their table, values as literals.

Both are rules of their own, on top of the dialect's: nothing else has to know where it stands.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from toolkit_core.compiler.rules import Rules
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import split_text
from toolkit_core.schema import Column
from toolkit_core.schema.sql_text import as_sql

_bare: weakref.WeakKeyDictionary[Rules, Rules] = weakref.WeakKeyDictionary()
_literal: weakref.WeakKeyDictionary[Rules, Rules] = weakref.WeakKeyDictionary()


def with_bare_columns(rules: Rules) -> Rules:
    """Return rules by which a column is written without its table, and a value as a literal."""
    found = _bare.get(rules)
    if found is None:
        found = _bare[rules] = Rules(rules.name, with_literals(rules))
        found(Column)(write_bare_column)
    return found


def with_literals(rules: Rules) -> Rules:
    """Return rules by which a value is written as a literal."""
    found = _literal.get(rules)
    if found is None:
        found = _literal[rules] = Rules(rules.name, rules)
        found(BindParameter)(write_literal)
    return found


@contextmanager
def using(w: Writer, rules: Rules) -> Iterator[None]:
    """Write by other rules for a while."""
    former = w.rules
    w.rules = rules
    try:
        yield
    finally:
        w.rules = former


def write_inline(w: Writer, expression: Any) -> None:
    """Write an expression, or SQL text, as it stands in DDL."""
    expression = as_sql(expression)
    if isinstance(expression, Node):
        with using(w, with_bare_columns(w.rules)):
            w.write(expression)
    else:
        write_plain_text(w, expression.text)


def write_plain_text(w: Writer, sql: str) -> None:
    r"""Write text that has no parameters: ``\:`` is a colon."""
    pieces, names = split_text(sql)
    if names:
        raise CompileError(
            f"DDL cannot have parameters, and {sql!r} names {', '.join(map(repr, names))}",
            hint=r"write the value into it; a plain colon is written \:",
        )
    w.text(pieces[0])


def write_bare_column(w: Writer, column: Column[Any]) -> None:
    """Write a column without the name of its table."""
    w.name(column.name)


def write_literal(w: Writer, bind: BindParameter[Any]) -> None:
    """Write a value as SQL."""
    w.text(literal_sql(w, bind.value, bind.type))


def literal_sql(w: Writer, value: Any, type_: Any) -> str:
    """Return a value as SQL, as its type writes it."""
    if value is None:
        return "NULL"
    processor = getattr(type_, "literal_processor", None)
    write = None if processor is None else processor(w.dialect)
    if write is not None:
        written: str = write(value)
        return written
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return quoted_string(value)
    raise CompileError(f"no way to write {value!r} of type {type_!r} as SQL in a schema")


def quoted_string(value: str) -> str:
    """Return a string as SQL.

    >>> quoted_string("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"
