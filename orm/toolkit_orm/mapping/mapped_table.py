"""The table of a mapped class, with columns that type checkers know."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, overload

from toolkit_core.errors import ArgumentError
from toolkit_core.schema import Table, TypedColumns

C = TypeVar("C", bound=TypedColumns)


class DeclaresColumns(Protocol[C]):
    """A mapped class that says which class declares the columns of its table."""

    __typed_cols__: C


@overload
def as_typed_table(
    cls: type[DeclaresColumns[C]], typed_columns_cls: None = None, /
) -> Table[C]: ...
@overload
def as_typed_table(cls: type[Any], typed_columns_cls: type[C], /) -> Table[C]: ...
@overload
def as_typed_table(cls: type[Any], typed_columns_cls: None = None, /) -> Table: ...
def as_typed_table(cls: Any, typed_columns_cls: Any = None, /) -> Any:
    """Return what a class is mapped to; its columns are known by a class that declares them.

    Which one is said here, or in the mapped class as ``__typed_cols__``.

    >>> from toolkit import TypedColumns
    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase): ...
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> class person_columns(TypedColumns):
    ...     id: Mapped[int]
    >>> as_typed_table(Person, person_columns).c.id
    Column('id', Integer(), table=<person>, primary_key=True, nullable=False)
    """
    table = getattr(cls, "__table__", None)
    if table is None:
        raise ArgumentError(
            f"as_typed_table() takes a mapped class, which {cls!r} is not",
            hint="a class has a table when it is declared with __tablename__ or __table__",
        )
    return table
