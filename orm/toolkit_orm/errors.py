"""What can go wrong with objects, beside what can go wrong with statements."""

from __future__ import annotations

from toolkit_core.errors import InvalidRequestError, SQLAlchemyError


class StaleDataError(SQLAlchemyError):
    """Rows were not as they were when they were loaded."""


class FlushError(SQLAlchemyError):
    """A flush met objects in a state that cannot be written."""


class UnmappedError(InvalidRequestError):
    """Something is not mapped."""


class UnmappedInstanceError(UnmappedError):
    """An object is of a class that is not mapped."""


class UnmappedClassError(UnmappedError):
    """A class is not mapped."""


class DetachedInstanceError(SQLAlchemyError):
    """An attribute was to be loaded of an object that no session knows."""

    code = "bhk3"


class ObjectDeletedError(InvalidRequestError):
    """The row of an object is no longer there."""


class ObjectDereferencedError(SQLAlchemyError):
    """An object is no more, where it was needed."""
