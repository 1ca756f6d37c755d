"""``Mapped[T]``: an attribute that is an SQL expression on the class and a T on its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from toolkit_core.expression.column_element import ColumnElement
    from toolkit_core.expression.column_operators import ColumnOperators as Expression
    from toolkit_orm.instrument.attribute import InstrumentedAttribute
else:

    class Expression:
        """In the class's body, checkers see an expression."""


T_co = TypeVar("T_co", covariant=True)


class Mapped(Expression, Generic[T_co]):
    """Mark an attribute as mapped, in the annotation of a declarative class.

    >>> from toolkit.orm import DeclarativeBase, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str | None]
    >>> Person.__table__.c.name
    Column('name', String(), table=<person>)
    """

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T_co]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T_co: ...
        def __get__(
            self, instance: object | None, owner: Any
        ) -> InstrumentedAttribute[T_co] | T_co: ...

        def __set__(
            self,
            instance: Any,
            value: ColumnElement[T_co] | T_co,
        ) -> None: ...

        def __delete__(self, instance: Any) -> None: ...
