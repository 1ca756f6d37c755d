"""The errors that toolkit itself raises, without a driver's error behind them."""

from __future__ import annotations

from toolkit_core.errors.described import HasDescriptionCode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SQLAlchemyError(HasDescriptionCode, Exception):
    """The base of all errors of toolkit; ``code`` names a page, ``hint`` says what to try."""

    hint: str | None = None

    def __init__(self, *args: object, code: str | None = None, hint: str | None = None) -> None:
        super().__init__(*args, code=code)
        if hint is not None:
            self.hint = hint

    def __str__(self) -> str:
        hint = [f"Try: {self.hint}"] if self.hint else []
        return "\n".join([self._message(), *hint, *self._reference("error")])

    def _message(self) -> str:
        """Say what was wrong, without the hint and the reference."""
        return Exception.__str__(self)


class DontWrapMixin:
    """Mark an exception class that goes through statement execution unwrapped."""


class ArgumentError(SQLAlchemyError):
    """An argument is wrong, or two of them contradict each other."""


class MalformedURLError(ArgumentError, ValueError):
    """A URL cannot be read or written; its text is never shown, since it may hold a password."""


class OptionError(ArgumentError, ValueError):
    """An option of an engine has a value that it cannot have."""


class UnknownOptionError(ArgumentError, TypeError):
    """An engine was given an option that its dialect, pool and driver do not know."""


class DuplicateColumnError(ArgumentError):
    """A column of that name is in the table already."""


class ConstraintColumnNotFoundError(ArgumentError):
    """A constraint names a column that its table does not have."""


class ObjectNotExecutableError(ArgumentError):
    """Something was given to ``execute()`` that is not a statement."""

    hint = "give it text('...'), or a statement such as select(...)"

    def __init__(self, target: object) -> None:
        super().__init__(f"Not an executable object: {target!r}")
        self.target = target
        if hasattr(target, "with_entities"):
            self.hint = "query.all() executes a query; execute() takes its query.statement"
        elif isinstance(target, type) and hasattr(target, "__entity__"):
            self.hint = f"select({target.__name__})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.target,), self.__dict__


class NoSuchModuleError(ArgumentError):
    """A dialect, driver or plugin of that name is not installed."""


class MissingDriverError(NoSuchModuleError, ModuleNotFoundError):
    """The DBAPI module of a driver is not installed; ``hint`` says what to install."""


class NoForeignKeysError(ArgumentError):
    """A join was asked for between tables that no foreign key links."""


class AmbiguousForeignKeysError(ArgumentError):
    """More than one foreign key links the tables of a join."""


class CircularDependencyError(SQLAlchemyError):
    """A sort by dependency met a cycle: ``cycles`` has its members, ``edges`` the links."""

    def __init__(
        self,
        message: str,
        cycles: Any,
        edges: Any,
        msg: str | None = None,
        code: str | None = None,
    ) -> None:
        if msg is None:
            shown = ", ".join(repr(member) for member in cycles)
            message = f"{message} ({shown})"
        else:
            message = msg
        super().__init__(message, code=code)
        self.cycles = cycles
        self.edges = edges

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (None, self.cycles, self.edges, self.args[0]), self.__dict__


class CompileError(SQLAlchemyError):
    """A statement cannot be written as SQL."""


class UnsupportedCompilationError(CompileError):
    """The dialect has no way to write this construct; nothing was sent.

    Called with the whole message, or as documented with the compiler and the construct's class.
    """

    code = "l7de"

    def __init__(
        self,
        compiler: object,
        element_type: type | None = None,
        message: str | None = None,
        *,
        hint: str | None = None,
    ) -> None:
        text = compiler
        if element_type is not None:
            more = f": {message}" if message else ""
            text = f"Compiler {compiler!r} can't render element of type {element_type!r}{more}"
        super().__init__(text, hint=hint)
        self.element_type = element_type


class IdentifierError(SQLAlchemyError):
    """A name cannot be used, as a rule because it is too long."""


class DisconnectionError(SQLAlchemyError):
    """The connection is gone; raised in a ``checkout`` listener it makes the pool try another."""

    invalidate_pool: bool = False


class InvalidatePoolError(DisconnectionError):
    """The connection is gone, and the pool should drop its others too."""

    invalidate_pool = True


class TimeoutError(SQLAlchemyError):  # noqa: A001 - the documented name
    """No connection became free within the pool's timeout."""


class InvalidRequestError(SQLAlchemyError):
    """What was asked cannot be done in the present state."""


class IllegalStateChangeError(InvalidRequestError):
    """A session was changed while it was in the middle of another change."""


class NoInspectionAvailable(InvalidRequestError):
    """``inspect()`` has nothing to say about this object."""


class PendingRollbackError(InvalidRequestError):
    """A transaction has failed and must be rolled back before anything else."""


class ResourceClosedError(InvalidRequestError):
    """A connection, transaction or result was used after it was closed."""


class NoSuchColumnError(InvalidRequestError, KeyError):
    """A row has no column of that name."""

    __str__ = SQLAlchemyError.__str__


class AmbiguousColumnError(InvalidRequestError):
    """More than one column of the row has that name."""


class NoResultFound(InvalidRequestError):
    """One row was required, there was none."""


class MultipleResultsFound(InvalidRequestError):
    """One row was required, there were several."""


class AwaitRequired(InvalidRequestError):
    """An asynchronous operation was started where it cannot be awaited."""

    code = "xd1r"


class MissingGreenlet(InvalidRequestError):
    """Input or output was attempted outside of the asynchronous bridge."""

    code = "xd2s"


class NoReferenceError(InvalidRequestError):
    """A foreign key points to something that cannot be found."""

    table_name: str


class NoReferencedTableError(NoReferenceError):
    """A foreign key points to a table that cannot be found."""

    def __init__(self, message: str, tname: str) -> None:
        super().__init__(message)
        self.table_name = tname

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.table_name), self.__dict__


class NoReferencedColumnError(NoReferenceError):
    """A foreign key points to a column that cannot be found."""

    def __init__(self, message: str, tname: str, cname: str) -> None:
        super().__init__(message)
        self.table_name = tname
        self.column_name = cname

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.table_name, self.column_name), self.__dict__


class NoSuchTableError(InvalidRequestError):
    """The database has no table of that name."""


class UnreflectableTableError(InvalidRequestError):
    """The table is there, but cannot be reflected."""


class UnboundExecutionError(InvalidRequestError):
    """Something was executed without a database to execute it on."""
