"""How PostgreSQL writes rows that an UPDATE or DELETE goes by."""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.compiler.ansi.given_rows import GivenValue, write_in_list
from toolkit_core.compiler.ansi.given_rows import write_given_rows as write_values
from toolkit_core.compiler.select_nodes import GivenRows, RowsIn
from toolkit_core.compiler.type_rules import write_type
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.types import Enum, String, TypeDecorator
from toolkit_postgresql.compiler.casts import around_sent
from toolkit_postgresql.compiler.table import postgresql

# How long, how many digits.
_SIZE = re.compile(r"\([\d, ]+\)")
_FOUND = "found_rows"


@postgresql(GivenValue)
def write_given_value(w: Writer, given: GivenValue) -> None:
    """Write the value with its type: in VALUES, NULL and unknown things are taken for text."""
    # https://www.postgresql.org/docs/current/typeconv-union-case.html
    type_ = given.bind.type
    if w.cast_around(type_)[1]:
        w.write(given.bind)
        return
    # Not as value::type, which would be the negative of a number that is cast.
    w.text("CAST(")
    w.write(given.bind)
    w.safe(f" AS {_unsized(type_, w.dialect)})")


def _unsized(type_: Any, dialect: Any) -> str:
    """Return the type at any length.

    A cast to a shorter one cuts a value without a word, where setting the column refuses it.
    """
    # https://www.postgresql.org/docs/current/datatype-character.html
    found = around_sent(type_, dialect)[1].removeprefix("::").partition(" COLLATE ")[0]
    if found:
        return found
    name = _SIZE.sub("", write_type(type_, dialect))
    # Without a length that is one character.
    return "BPCHAR" if name in {"CHAR", "CHARACTER"} else name


@postgresql(RowsIn)
def write_rows_in(w: Writer, found: RowsIn) -> None:
    """Write VALUES before a list of rows: it is joined, where a plain one is tried one by one."""
    write_in_list(w, found, "VALUES " if len(found.columns) > 1 else "")


@postgresql(GivenRows)
def write_given_rows(w: Writer, given: GivenRows) -> None:
    """Write VALUES; where the order matters, with what locks the rows of the table in it.

    An UPDATE that reads from rows takes those of its table in the order of its plan: by the index,
    or as they lie on disk.  Two that take the same rows in different orders wait for each other.
    """
    # https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
    if not given.in_order:
        write_values(w, given)
        return
    table = given.told_columns[0].table
    name = w.style.quoted(given.name)
    w.text(f"(SELECT {name}.* FROM ")
    write_values(w, given)
    w.text(" JOIN ")
    w.write(table)
    w.text(f" AS {_FOUND} ON ")
    keys = dict(zip(given.names, given.shown_names, strict=True))
    found = {key: f"{_FOUND}.{w.style.quoted(one.name)}" for key, one in given.found_by.items()}
    met = [f"{here} = {name}.{w.style.quoted(keys[key])}" for key, here in found.items()]
    w.safe(" AND ".join(met))
    orders = [f"{here}{_plainly(given.found_by[key].type, w)}" for key, here in found.items()]
    w.safe(f" ORDER BY {', '.join(orders)} FOR NO KEY UPDATE OF {_FOUND}) AS {name}")


def _plainly(type_: Any, w: Writer) -> str:
    """Return what has text sorted as Python sorts it, by which single rows are locked."""
    while isinstance(type_, TypeDecorator):
        type_ = type_.type_engine(w.dialect)
    return ' COLLATE "C"' if isinstance(type_, String) and not isinstance(type_, Enum) else ""
