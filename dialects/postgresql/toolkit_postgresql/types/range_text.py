"""Ranges as PostgreSQL reads and writes them.

https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-IO
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from toolkit_postgresql.types.range import Bounds, MultiRange, Range

Read = Callable[[str], Any]


def range_text(value: Any) -> str:
    """Return a range as text, also one of a driver's own.

    >>> print(range_text(Range("a", "b'", bounds="[]")))
    ["a","b'"]
    """
    if value.empty if isinstance(value, Range) else value.isempty:
        return "empty"
    bounds = value.bounds if hasattr(value, "bounds") else value._bounds
    return f"{bounds[0]}{_bound(value.lower)},{_bound(value.upper)}{bounds[1]}"


def _bound(value: Any) -> str:
    if value is None:
        return ""
    text = value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
    escaped = text.replace("\\", "\\\\").replace('"', '""')
    return f'"{escaped}"'


def multirange_text(value: Iterable[Any]) -> str:
    """Return several ranges as text.

    >>> multirange_text([Range(1, 2), Range(5, 7)])
    '{["1","2"),["5","7")}'
    """
    return "{" + ",".join(map(range_text, value)) + "}"


_QUOTED = r'"(?:[^"\\]|\\.|"")*"'
_RANGE = re.compile(rf"([\[(])({_QUOTED}|[^,\[\]()]*),({_QUOTED}|[^,\[\]()]*)([\])])|empty")


def ranges_of(text: str, read: Read) -> list[Range[Any]]:
    """Read the ranges in a text.

    >>> ranges_of("{[1,3),[5,)}", int)[1]
    Range(lower=5, upper=None, bounds='[)', empty=False)
    """
    return [_range(found, read) for found in _RANGE.finditer(text)]


def _range(found: re.Match[str], read: Read) -> Range[Any]:
    opening, lower, upper, closing = found.groups()
    if opening is None:
        return Range(empty=True)
    bounds = cast("Bounds", opening + closing)
    return Range(_value(lower, read), _value(upper, read), bounds=bounds)


def _value(text: str, read: Read) -> Any:
    if not text:
        return None
    if text[0] == '"':
        text = re.sub(r'\\(.)|""', lambda found: found[1] or '"', text[1:-1])
    return read(text)


def range_from(value: Any, read: Read) -> Range[Any]:
    """Return a range of what a driver gives: a range of its own, or text."""
    if isinstance(value, str):
        return ranges_of(value, read)[0]
    if value.isempty:
        return Range(empty=True)
    return Range(value.lower, value.upper, bounds=_bounds_of(value))


def _bounds_of(value: Any) -> Bounds:
    """Return the bounds of a driver's range: psycopg's, psycopg2's or asyncpg's."""
    told = getattr(value, "bounds", None) or getattr(value, "_bounds", None)
    made = told or ("[" if value.lower_inc else "(") + ("]" if value.upper_inc else ")")
    return cast("Bounds", made)


def multirange_from(value: Any, read: Read) -> MultiRange[Any]:
    """Return several ranges of what a driver gives: a list of its own, or text."""
    if isinstance(value, str):
        return MultiRange(ranges_of(value, read))
    return MultiRange([range_from(one, read) for one in value])
