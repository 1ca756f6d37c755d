"""COPY's text format, for a driver that does not write it itself.

https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from toolkit_core.dialect import ArgumentError

# How much is handed over at a time, in characters.
_CHUNK = 1 << 16

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: Any) -> str:
    return str(value).translate(_ESCAPES)


def _bytes(value: Any) -> str:
    return "\\\\x" + bytes(value).hex()


def _moment(value: Any) -> str:
    text: str = value.isoformat()
    return text


def _interval(value: Any) -> str:
    return f"{value.days} days {value.seconds}.{value.microseconds:06d} seconds"


def _array(value: Any) -> str:
    return _elements(value).translate(_ESCAPES)


def _elements(value: Any) -> str:
    parts = []
    for one in value:
        if one is None:
            parts.append("NULL")
        elif isinstance(one, (list, tuple)):
            parts.append(_elements(one))
        else:
            inner = _plain(one).replace("\\", "\\\\").replace('"', '\\"')
            parts.append(f'"{inner}"')
    return "{" + ",".join(parts) + "}"


def _plain(value: Any) -> str:
    """Return a value as text that is not escaped yet."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "\\x" + bytes(value).hex()
    return str(value) if isinstance(value, str) else _writer(type(value))(value)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "str": _text,
    "bool": lambda value: "t" if value else "f",
    "int": str,
    "float": str,
    "Decimal": str,
    "bytes": _bytes,
    "bytearray": _bytes,
    "memoryview": _bytes,
    "datetime": _moment,
    "date": _moment,
    "time": _moment,
    "timedelta": _interval,
    "UUID": str,
    "list": _array,
    "tuple": _array,
    # psycopg2's own wrappers know what they wrap.
    "Binary": lambda value: _bytes(value.adapted),
    "Json": lambda value: _text(value.dumps(value.adapted)),
}


def _writer(cls: type) -> Callable[[Any], str]:
    for parent in cls.__mro__:
        found = _WRITERS.get(parent.__name__)
        if found is not None:
            return found
    raise ArgumentError(
        f"bulk_load() does not know how to write a {cls.__name__}",
        hint="give it as text, as PostgreSQL reads it",
    )


class CopyText:
    """Rows as a file that COPY reads, made while it is read.

    >>> CopyText(iter([(1, "a"), (2.5, True)])).read(100).split()
    ['1', 'a', '2.5', 't']
    """

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._left = ""
        # What went wrong while rows were made; psycopg2 would tell it as an error of its own.
        self.error: BaseException | None = None
        self._writers: dict[type, Callable[[Any], str]] = {type(None): lambda value: "\\N"}

    def read(self, size: int = _CHUNK) -> str:
        """Return so many characters, or fewer at the end."""
        pieces = [self._left]
        length = len(self._left)
        while length < size:
            try:
                row = next(self._rows, None)
                line = "" if row is None else self._line(row)
            except BaseException as error:
                self.error = error
                raise
            if row is None:
                break
            pieces.append(line)
            length += len(line)
        text = "".join(pieces)
        self._left = text[size:]
        return text[:size]

    def _line(self, row: tuple[Any, ...]) -> str:
        writers = self._writers
        fields = []
        for value in row:
            cls = value.__class__
            write = writers.get(cls)
            if write is None:
                write = writers[cls] = _writer(cls)
            fields.append(write(value))
        return "\t".join(fields) + "\n"
