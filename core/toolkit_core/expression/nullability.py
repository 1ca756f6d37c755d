"""Telling type checkers whether a column may be null; when a program runs, nothing changes."""

from __future__ import annotations

from typing import Any, TypeVar, overload

from toolkit_core.expression.column_element import ColumnElement

T = TypeVar("T")


@overload
def Nullable(val: type[T]) -> type[T | None]: ...
@overload
def Nullable(val: ColumnElement[T]) -> ColumnElement[T | None]: ...
@overload
def Nullable(val: Any) -> Any: ...
def Nullable(val: Any) -> Any:  # noqa: N802 - its documented name
    """Return a column, or a class, as one that may be null.

    >>> from toolkit_core.expression.elements import column
    >>> found = column("x")
    >>> Nullable(found) is found
    True
    """
    return val


@overload
def NotNullable(val: ColumnElement[T | None]) -> ColumnElement[T]: ...
@overload
def NotNullable(val: type[T] | None) -> type[T]: ...
@overload
def NotNullable(val: Any) -> Any: ...
def NotNullable(val: Any) -> Any:  # noqa: N802 - its documented name
    """Return a column, or a class, as one that is never null.

    >>> from toolkit_core.expression.elements import column
    >>> found = column("x")
    >>> NotNullable(found) is found
    True
    """
    return val
