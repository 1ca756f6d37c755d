"""Turns what a program reports into plain JSON that means the same under either library.

This file runs inside both environments, so it knows neither library: it goes by what is documented
of both (`Row._fields`, `inspect()`, `.code` …) and writes no name that differs between them.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib import import_module
from typing import Any

SIMPLE = (bool, int, float, str, type(None))
PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (enum.Enum, lambda value: {"enum": f"{type(value).__name__}.{value.name}"}),
    # A subclass, such as a quoted name, is its plain value.
    (str, str),
    (int, int),
    (float, float),
    ((decimal.Decimal, uuid.UUID, dt.timedelta), lambda value: {type(value).__name__: str(value)}),
    ((dt.date, dt.time), lambda value: {type(value).__name__: value.isoformat()}),
    ((bytes, bytearray, memoryview), lambda value: {type(value).__name__: bytes(value).hex()}),
    (type, lambda value: {"class": value.__name__}),
)
CAUGHT_AS = """
    SQLAlchemyError ArgumentError DuplicateColumnError ConstraintColumnNotFoundError
    AmbiguousForeignKeysError CircularDependencyError CompileError UnsupportedCompilationError
    IdentifierError DisconnectionError InvalidatePoolError TimeoutError InvalidRequestError
    NoInspectionAvailable PendingRollbackError ResourceClosedError NoSuchColumnError
    NoResultFound MultipleResultsFound NoReferenceError AwaitRequired MissingGreenlet
    NoReferencedTableError NoReferencedColumnError NoSuchTableError UnreflectableTableError
    ObjectNotExecutableError UnboundExecutionError StatementError DBAPIError InterfaceError
    DatabaseError DataError OperationalError IntegrityError InternalError ProgrammingError
    NotSupportedError
"""
"""The documented classes by which a program may catch an error."""
BUILTIN_ERRORS = (KeyError, IndexError, AttributeError, TypeError, ValueError, RuntimeError)


class Serialiser:
    """Writes values of one library as comparable JSON."""

    def __init__(self, package: str) -> None:
        self.package = package
        self._open: list[object] = []
        """The containers being written now: what meets itself again is named, not followed."""

    def write(self, value: object) -> Any:
        """The JSON of a value: plain values as they are, everything else tagged by its kind."""
        if type(value) in SIMPLE:
            return value
        for kinds, written in PLAIN:
            if isinstance(value, kinds):
                return written(value)
        if any(value is open_one for open_one in self._open):
            return {"again": type(value).__name__}
        self._open.append(value)
        try:
            return self._write_composed(value)
        finally:
            self._open.pop()

    def _write_composed(self, value: object) -> Any:
        for writer in (self._exception, self._container, self._of_package):
            written = writer(value)
            if written is not None:
                return written
        return {"object": type(value).__name__, "repr": self.neutral(repr(value))}

    def _exception(self, value: object) -> Any:
        if not isinstance(value, BaseException):
            return None
        errors = getattr(import_module(self.package), "exc", None)
        named = [name for name in CAUGHT_AS.split() if isinstance(value, getattr(errors, name, ()))]
        written: dict[str, Any] = {
            "exception": type(value).__name__,
            "caught as": named
            + [kind.__name__ for kind in BUILTIN_ERRORS if isinstance(value, kind)],
            "args": [type(argument).__name__ for argument in value.args],
        }
        if "SQLAlchemyError" in named:
            written["code"] = getattr(value, "code", None)
        if "StatementError" in named:
            written["orig"] = type(getattr(value, "orig", None)).__name__
            written["statement"] = squeezed(str(getattr(value, "statement", None)))
            written["params"] = self.write(getattr(value, "params", None))
        return written

    def _container(self, value: object) -> Any:
        if isinstance(value, Mapping):
            pairs = [[self.write(key), self.write(item)] for key, item in value.items()]
            return {"dict" if isinstance(value, dict) else "mapping": pairs}
        if isinstance(value, AbstractSet):
            return {"set": sorted((self.write(item) for item in value), key=repr)}
        return self._sequence(value) if isinstance(value, Sequence) else None

    def _sequence(self, value: Sequence[object]) -> Any:
        items = [self.write(item) for item in value]
        if hasattr(value, "_fields") and hasattr(value, "_mapping"):
            return {"row": items, "fields": [str(name) for name in value._fields]}
        if isinstance(value, list):
            return items
        return {"tuple" if isinstance(value, tuple) else "sequence": items}

    def _of_package(self, value: object) -> Any:
        if hasattr(type(value), "__mapper__"):
            return self._entity(value)
        rooms = (kind.__module__ for kind in type(value).__mro__)
        is_ours = any(room.startswith(self.package) for room in rooms)
        if is_ours and callable(getattr(value, "compile", None)):
            return {"sql": squeezed(str(value))}
        return None

    def _entity(self, value: object) -> Any:
        state: Any = import_module(self.package).inspect(value)
        states = ("transient", "pending", "persistent", "deleted", "detached")
        loaded = {key: item for key, item in state.dict.items() if not key.startswith("_")}
        return {
            "entity": type(value).__name__,
            "state": [name for name in states if getattr(state, name)],
            "modified": state.modified,
            "loaded": {key: self.write(loaded[key]) for key in sorted(loaded)},
        }

    def neutral(self, text: str) -> str:
        """A text without the library's name and without addresses in memory."""
        text = re.sub(rf"\b{self.package}(_\w+)?(\.[a-z_]\w*)*\b", "<library>", text)
        return re.sub(r"0x[0-9a-f]+", "0x…", text)


def squeezed(sql: str) -> str:
    """SQL with its white space normalised, inside literals too.

    >>> squeezed("SELECT a,\\n       b \\nFROM t")
    'SELECT a, b FROM t'
    """
    return " ".join(sql.split())
