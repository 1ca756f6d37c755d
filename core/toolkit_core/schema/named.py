"""The annotation of a column by the Python type of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from toolkit_core.schema.column import Column

T_co = TypeVar("T_co", covariant=True)


class Named(Generic[T_co]):
    """In an annotation: a column with values of a Python type."""

    if TYPE_CHECKING:

        def __get__(self, instance: object, owner: Any) -> Column[T_co]: ...

        def __set__(self, instance: object, value: Any) -> None: ...
