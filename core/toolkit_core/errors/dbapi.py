"""The errors that a statement meets: the PEP 249 tree, with what is known of the cause."""

from __future__ import annotations

from toolkit_core.errors.facts import NOTHING_KNOWN, ErrorFacts, IntegrityKind
from toolkit_core.errors.parameters import parameters_text
from toolkit_core.errors.tree import SQLAlchemyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class StatementError(SQLAlchemyError):
    """A statement failed: ``statement``, ``params`` and the original error are at hand."""

    def __init__(
        self,
        message: str,
        statement: str | None = None,
        params: Any = None,
        orig: BaseException | None = None,
        hide_parameters: bool = False,
        code: str | None = None,
        ismulti: bool | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.statement = statement
        self.params = params
        self.orig = orig
        self.hide_parameters = hide_parameters
        self.ismulti = ismulti
        self.detail: list[str] = []

    def add_detail(self, msg: str) -> None:
        """Add a remark that the text of the error shows."""
        self.detail.append(msg)

    def _message(self) -> str:
        lines = [*(f"({detail})" for detail in self.detail), super()._message()]
        if self.statement is not None:
            lines.append(f"[SQL: {self.statement}]")
            if self.params:
                shown = parameters_text(
                    self.params, ismulti=self.ismulti, hide=self.hide_parameters
                )
                lines.append(shown if self.hide_parameters else f"[parameters: {shown}]")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args), self.__dict__


class DBAPIError(StatementError):
    """The driver raised an error; ``orig`` is it, and the facts say what it means.

    ``connection_invalidated`` tells that the connection was lost with it, ``retryable`` that
    the same transaction may succeed when it is run anew, ``sqlstate`` the server's own code.
    """

    code = "dbapi"
    connection_invalidated: bool = False
    facts: ErrorFacts = NOTHING_KNOWN

    def __init__(
        self,
        statement: str | None,
        params: Any,
        orig: BaseException,
        hide_parameters: bool = False,
        connection_invalidated: bool = False,
        code: str | None = None,
        ismulti: bool | None = None,
        facts: ErrorFacts = NOTHING_KNOWN,
    ) -> None:
        try:
            text = str(orig)
        except Exception as broken:  # noqa: BLE001 - an error that cannot be shown
            text = f"Error in str() of DB-API-generated exception: {broken}"
        name = f"{type(orig).__module__}.{type(orig).__name__}"
        super().__init__(
            f"({name}) {text}", statement, params, orig, hide_parameters, code, ismulti, facts.hint
        )
        self.connection_invalidated = connection_invalidated
        self.facts = facts

    @property
    def retryable(self) -> bool:
        """Whether the whole transaction may succeed when it is tried again."""
        return self.facts.retryable

    @property
    def sqlstate(self) -> str | None:
        """The five letters of the SQL standard, where the server gives them."""
        return self.facts.sqlstate


class InterfaceError(DBAPIError):
    """The driver itself was used wrongly, or failed."""

    code = "rvf5"


class DatabaseError(DBAPIError):
    """The database reported an error."""

    code = "4xp6"


class DataError(DatabaseError):
    """A value does not fit: too long, out of range, malformed."""

    code = "9h9h"


class OperationalError(DatabaseError):
    """The database could not do its work: connection, memory, lock, missing object."""

    code = "e3q8"


class IntegrityError(DatabaseError):
    """A constraint refused the change; ``kind``, ``constraint``, ``table``, ``columns`` tell it."""

    code = "gkpj"

    @property
    def kind(self) -> IntegrityKind | None:
        """The kind of constraint, where the server tells it."""
        return self.facts.kind

    @property
    def constraint(self) -> str | None:
        """The constraint's name, where the server tells it."""
        return self.facts.constraint

    @property
    def table(self) -> str | None:
        """The table's name, where the server tells it."""
        return self.facts.table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns concerned, where the server tells them."""
        return self.facts.columns


class UniqueViolation(IntegrityError):
    """A row with this key exists already."""


class ForeignKeyViolation(IntegrityError):
    """A row refers to one that does not exist, or is still referred to."""


class NotNullViolation(IntegrityError):
    """A required column was given no value."""


class CheckViolation(IntegrityError):
    """A CHECK constraint is not met."""


class ExclusionViolation(IntegrityError):
    """An exclusion constraint found a conflicting row."""


class InternalError(DatabaseError):
    """The database reported a defect of its own, or a transaction that is out of sync."""

    code = "2j85"


class ProgrammingError(DatabaseError):
    """The SQL is wrong, or names something that does not exist."""

    code = "f405"


class NotSupportedError(DatabaseError):
    """The database does not support what was asked."""

    code = "tw8g"


class QueryTimeout(OperationalError):
    """A statement ran longer than its timeout allowed and was stopped."""


class QueryCancelled(OperationalError):
    """A statement was cancelled while it ran."""


_BY_NAME: dict[str, type[DBAPIError]] = {
    cls.__name__: cls
    for cls in (
        InterfaceError,
        DatabaseError,
        DataError,
        OperationalError,
        IntegrityError,
        InternalError,
        ProgrammingError,
        NotSupportedError,
    )
}

_BY_KIND: dict[IntegrityKind, type[IntegrityError]] = {
    IntegrityKind.UNIQUE: UniqueViolation,
    IntegrityKind.PRIMARY_KEY: UniqueViolation,
    IntegrityKind.FOREIGN_KEY: ForeignKeyViolation,
    IntegrityKind.NOT_NULL: NotNullViolation,
    IntegrityKind.CHECK: CheckViolation,
    IntegrityKind.EXCLUSION: ExclusionViolation,
}


def dbapi_error(
    orig: BaseException,
    statement: str | None = None,
    params: Any = None,
    *,
    facts: ErrorFacts = NOTHING_KNOWN,
    hide_parameters: bool = False,
    connection_invalidated: bool = False,
    ismulti: bool | None = None,
) -> DBAPIError:
    """Wrap a driver's error in the class of the same PEP 249 name, or a narrower one.

    >>> import sqlite3
    >>> type(dbapi_error(sqlite3.OperationalError("no such table: t"), "select 1")).__name__
    'OperationalError'
    """
    cls = _wrapper_class(orig, facts)
    return cls(
        statement,
        params,
        orig,
        hide_parameters=hide_parameters,
        connection_invalidated=connection_invalidated,
        ismulti=ismulti,
        facts=facts,
    )


def _wrapper_class(orig: BaseException, facts: ErrorFacts) -> type[DBAPIError]:
    if facts.timeout:
        return QueryTimeout
    if facts.cancelled:
        return QueryCancelled
    if facts.kind is not None:
        return _BY_KIND[facts.kind]
    for parent in type(orig).__mro__:
        found = _BY_NAME.get(parent.__name__)
        if found is not None:
            return found
    return DBAPIError


def _restore(cls: type[StatementError], args: tuple[Any, ...]) -> StatementError:
    """Bring a pickled error back without running its constructor again."""
    error = cls.__new__(cls, *args)
    error.args = args
    return error
