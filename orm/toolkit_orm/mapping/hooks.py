"""Methods of a mapped class that the mapping calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from toolkit_core.errors import InvalidRequestError

F = TypeVar("F", bound=Callable[..., Any])


def validates(
    *names: str, include_removes: bool = False, include_backrefs: bool = True
) -> Callable[[F], F]:
    """Mark a method through which values of attributes go when they are set.

    It gets the name and the value, and returns the value to set; an exception refuses it.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     email: Mapped[str]
    ...     @validates("email")
    ...     def check(self, key, value):
    ...         return value.lower()
    >>> Person(email="A@B.C").email
    'a@b.c'
    """
    if not names or not all(isinstance(name, str) for name in names):
        raise InvalidRequestError("validates() takes the names of attributes: @validates('email')")

    def wrap(fn: F) -> F:
        options = {"include_removes": include_removes, "include_backrefs": include_backrefs}
        fn.__sa_validators__ = (names, options)  # type: ignore[attr-defined] # a mark of ours
        return fn

    return wrap


def reconstructor(fn: F) -> F:
    """Mark the method that is called when an object was loaded, since ``__init__`` is not.

    >>> class Person:
    ...     @reconstructor
    ...     def loaded(self):
    ...         self.cache = {}
    >>> Person.loaded.__sa_reconstructor__
    True
    """
    fn.__sa_reconstructor__ = True  # type: ignore[attr-defined] # a mark of ours
    return fn
