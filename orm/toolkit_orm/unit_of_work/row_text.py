"""The functions that make rows of what objects have: their text is written once for each shape.

A function is given the values of an object and returns its row as a statement takes it; None
where the object is of another shape: it has values for other columns, or one that is SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from toolkit_core.expression.given_row import is_sql
from toolkit_core.types import PLAIN
from toolkit_orm.instrument.state import NO_VALUE

# The classes of most values: none of theirs is SQL, and nothing need be asked.
_VALUES = {*PLAIN, bytes, date, datetime, time, timedelta, dict, list}
# Theirs join when they are first met: their modules take long to import.
_LATER = frozenset(("decimal", "uuid"))

Row = dict[str, Any]
MakeRow = Callable[[dict[str, Any]], "Row | None"]
MakeKeyedRow = Callable[[dict[str, Any], Any], "Row | None"]
# The name of a value, and its place in the primary key; None: it is all of it.
KeyPart = tuple[str, int | None]


class InsertColumn:
    """A column of an INSERT: its attribute, its name, and what None and nothing mean for it."""

    __slots__ = ("keeps_none", "key", "name", "or_null")

    def __init__(self, key: str, name: str, *, or_null: bool, keeps_none: bool) -> None:
        self.key = key
        self.name = name
        # Where there is no value, NULL is sent; others are left to who makes one up.
        self.or_null = or_null
        # None is a value as others are.
        self.keeps_none = keeps_none


def insert_maker(columns: Iterable[InsertColumn], given: frozenset[str]) -> MakeRow:
    """Return what makes the rows of objects that have values for these optional columns."""
    lines: list[str] = []
    tests: list[str] = []
    parts: list[str] = []
    for number, column in enumerate(columns):
        key, value = column.key, f"v{number}"
        if not column.or_null and key not in given:
            tests.append(f"{key!r} not in values" if column.keeps_none else f"get({key!r}) is None")
            continue
        if column.keeps_none:
            lines.append(f"{value} = get({key!r}, NO_VALUE)")
            tests.append(f"{value} is not NO_VALUE")
        else:
            lines.append(f"{value} = get({key!r})")
            if not column.or_null:
                tests.append(f"{value} is not None")
        tests.append(_plain(value))
        parts.append(f"{column.name!r}: {value}")
    made: MakeRow = _made("values", ["get = values.get", *lines], tests, parts)
    return made


def update_maker(names: Iterable[tuple[str, str]], keys: Iterable[KeyPart]) -> MakeKeyedRow:
    """Return what makes the sets of an UPDATE: attributes with their columns, and the key."""
    lines: list[str] = []
    tests: list[str] = []
    parts: list[str] = []
    for number, (key, column) in enumerate(names):
        value = f"v{number}"
        lines.append(f"{value} = get({key!r})")
        tests.append(_plain(value))
        parts.append(f"{column!r}: {value}")
    parts += key_parts(keys)
    made: MakeKeyedRow = _made("values, pk", ["get = values.get", *lines], tests, parts)
    return made


def key_parts(keys: Iterable[KeyPart]) -> list[str]:
    """Return the text of the parts of a dictionary with values of the primary key ``pk``."""
    return [f"{name!r}: pk" if place is None else f"{name!r}: pk[{place}]" for name, place in keys]


def key_maker(keys: Iterable[KeyPart]) -> Callable[[Any], Row]:
    """Return what makes the values of the conditions that find the row of a primary key."""
    scope: dict[str, Any] = {}
    exec(f"made = lambda pk: {{{', '.join(key_parts(keys))}}}", scope)  # noqa: S102 - our own text
    made: Callable[[Any], Row] = scope["made"]
    return made


def _is_value(value: Any) -> bool:
    """Tell whether a value is none of SQL's, and remember its class."""
    if is_sql(value):
        return False
    cls = value.__class__
    if cls.__module__ in _LATER:
        _VALUES.add(cls)
    return True


def _plain(value: str) -> str:
    # Asking the class first is what makes it fast: most values are of Python's own.
    return f"({value}.__class__ in VALUES or is_value({value}))"


def _made(arguments: str, lines: list[str], tests: list[str], parts: list[str]) -> Any:
    body = "\n".join(f"    {line}" for line in lines)
    row = f"{{{', '.join(parts)}}}"
    source = (
        f"def make({arguments}):\n{body}\n    return {row} if {' and '.join(tests) or 'True'}"
        " else None"
    )
    scope: dict[str, Any] = {"VALUES": _VALUES, "is_value": _is_value, "NO_VALUE": NO_VALUE}
    exec(source, scope)  # noqa: S102 - our own text: numbers, and names quoted by repr
    return scope["make"]
