"""What can go wrong with objects, beside what can go wrong with statements."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import (
    ArgumentError,
    ErrorFacts,
    InvalidRequestError,
    NotNullViolation,
    SQLAlchemyError,
    StatementError,
)


class StaleDataError(SQLAlchemyError):
    """Rows were not as they were when they were loaded."""


class FlushError(SQLAlchemyError):
    """A flush met objects in a state that cannot be written."""


class MissingKeyError(FlushError, NotNullViolation):
    """A new object has no primary key, and nothing makes one up: nothing of it was sent."""

    def __init__(self, message: str, *, hint: str | None = None, facts: ErrorFacts) -> None:
        StatementError.__init__(self, message, orig=ValueError(message), hint=hint)
        self.facts = facts


class WrongObjectError(FlushError, TypeError, AttributeError):
    """What was put into a relationship is no object of the class that it leads to.

    It is refused at once, where others refuse it sooner or later: so it is a kind of what they
    raise, too.
    """


class LoaderStrategyException(InvalidRequestError):
    """An attribute cannot be loaded in the way that was said."""


class UnknownAttributeError(InvalidRequestError, AttributeError):
    """A text names an attribute that a mapped class has not."""


class MappedAnnotationError(ArgumentError):
    """The annotation of a mapped attribute cannot be read, or gives no type."""


class UnmappedError(InvalidRequestError):
    """Something was used as mapped that is not."""


class UnmappedColumnError(InvalidRequestError):
    """A mapper was asked for a column that none of its attributes stands for."""


class UnmappedClassError(UnmappedError):
    """A class was used as mapped that is not."""

    hint = (
        "map it: as a subclass of a DeclarativeBase with __tablename__, by @registry.mapped, or by "
        "registry.map_imperatively()"
    )

    def __init__(self, cls: Any, msg: str | None = None) -> None:
        super().__init__(msg or f"Class {shown(cls)} is not mapped")
        self._given = (cls, msg)

    def __reduce__(self) -> Any:
        return type(self), self._given


class UnmappedInstanceError(UnmappedError):
    """An object was used as mapped whose class is not."""

    hint = UnmappedClassError.hint

    def __init__(self, obj: object, msg: str | None = None, *, hint: str | None = None) -> None:
        if msg is None:
            msg = f"Class {shown(type(obj))} is not mapped"
            if isinstance(obj, type):
                msg += f"; was a class ({shown(obj)}) supplied where an instance was required?"
        super().__init__(msg, hint=hint)
        self._given = (obj, msg)

    def __reduce__(self) -> Any:
        return type(self), self._given


def shown(cls: Any) -> str:
    """Return how messages call a class.

    >>> shown(int)
    "'builtins.int'"
    """
    if not isinstance(cls, type):
        return repr(cls)
    return f"'{cls.__module__}.{cls.__name__}'"


def shown_instance(instance: object) -> str:
    """Return how messages call an object, without asking it: that could load what it has not.

    >>> shown_instance(object())[:8]
    '<object '
    """
    return f"<{type(instance).__name__} at {id(instance):#x}>"


class DetachedInstanceError(SQLAlchemyError):
    """An attribute was to be loaded of an object that no session knows."""

    code = "bhk3"


class ObjectDeletedError(InvalidRequestError):
    """The row of an object is no longer there."""


class ObjectDereferencedError(SQLAlchemyError):
    """An object is no more, where it was needed."""
