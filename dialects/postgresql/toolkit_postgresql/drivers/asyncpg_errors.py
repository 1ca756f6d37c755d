"""asyncpg's errors as PEP 249 names them: asyncpg itself has classes for each SQLSTATE only."""

from __future__ import annotations

from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any


class Warning(Exception):  # noqa: A001 - the name that PEP 249 has for it
    """An important notice."""


class Error(Exception):
    """Whatever asyncpg raises, with what the server has told of it."""

    sqlstate: str | None = None
    diag: Any = None

    @property
    def pgcode(self) -> str | None:
        """The SQLSTATE, as psycopg2 names it."""
        return self.sqlstate


class InterfaceError(Error):
    """asyncpg was used as it cannot be used."""


class DatabaseError(Error):
    """What the server has told."""


class DataError(DatabaseError):
    """A value is not what was expected."""


class OperationalError(DatabaseError):
    """It is not the statement's fault."""


class IntegrityError(DatabaseError):
    """A constraint is violated."""


class InternalError(DatabaseError):
    """Something is wrong within the server or the driver."""


class ProgrammingError(DatabaseError):
    """The statement is wrong."""


class NotSupportedError(DatabaseError):
    """The server has no such thing."""


# By the class of a SQLSTATE, its first two digits.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_CLASS: dict[str, type[DatabaseError]] = {
    "0A": NotSupportedError,
    "20": ProgrammingError,
    "21": ProgrammingError,
    "22": DataError,
    "23": IntegrityError,
    "24": InternalError,
    "25": InternalError,
    "26": ProgrammingError,
    "27": OperationalError,
    "28": OperationalError,
    "2B": InternalError,
    "2D": InternalError,
    "2F": OperationalError,
    "34": ProgrammingError,
    "38": OperationalError,
    "39": OperationalError,
    "3B": OperationalError,
    "3D": ProgrammingError,
    "3F": ProgrammingError,
    "42": ProgrammingError,
    "44": ProgrammingError,
    "P0": ProgrammingError,
    "XX": InternalError,
}
_NAMES = (
    Warning,
    Error,
    InterfaceError,
    DatabaseError,
    DataError,
    OperationalError,
    IntegrityError,
    InternalError,
    ProgrammingError,
    NotSupportedError,
)


def translated(error: Exception) -> Exception:
    """Return an error of asyncpg, or of the socket below it, as PEP 249 has it."""
    names = {cls.__name__ for cls in type(error).__mro__}
    state: str | None = getattr(error, "sqlstate", None)
    cls: type[Error]
    if "PostgresError" in names:
        cls = _BY_CLASS.get((state or "")[:2], OperationalError)
    elif "DataError" in names:  # a value that asyncpg could not send
        cls = DataError
    elif "InterfaceError" in names or "InternalClientError" in names:
        cls = InterfaceError
    elif isinstance(error, OSError):
        cls = OperationalError
    else:
        return error
    made = cls(f"{type(error).__module__.partition('.')[0]}.{type(error).__name__}: {error}")
    made.sqlstate = state
    made.diag = SimpleNamespace(
        constraint_name=getattr(error, "constraint_name", None),
        table_name=getattr(error, "table_name", None),
        column_name=getattr(error, "column_name", None),
        message_detail=getattr(error, "detail", None),
    )
    return made


@cache
def as_dbapi(asyncpg: ModuleType) -> Any:
    """Return what stands for asyncpg where a module of PEP 249 is expected."""
    made = ModuleType("asyncpg as PEP 249 has it")
    vars(made).update({cls.__name__: cls for cls in _NAMES})
    vars(made).update(asyncpg=asyncpg, __version__=getattr(asyncpg, "__version__", ""))
    return made
