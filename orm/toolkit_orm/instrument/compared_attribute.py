"""Attributes with operators of their own: ``column_property(comparator_factory=...)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression import operators
from toolkit_core.expression.comparator import Comparator, by_type
from toolkit_core.expression.operators import Operator, operator_of
from toolkit_orm.instrument.attribute import ColumnAttribute


class PropComparator(Comparator):
    """The operators of an attribute; a subclass changes them.

    ``self.__clause_element__()`` is the attribute with the operators of its type.

    >>> from toolkit.orm import ColumnProperty, DeclarativeBase, Mapped, column_property
    >>> from toolkit.orm import mapped_column
    >>> from toolkit.sql import func
    >>> from toolkit.types import String
    >>> class IgnoringCase(ColumnProperty.Comparator):
    ...     def __eq__(self, other):
    ...         return func.lower(self.__clause_element__()) == func.lower(other)
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str] = column_property(
    ...         mapped_column("name", String), comparator_factory=IgnoringCase
    ...     )
    >>> str(Person.name == "Ann")
    'lower(person.name) = lower(:lower_1)'
    """

    is_of_types: ClassVar[bool] = False

    @property
    def prop(self) -> Any:
        """What the attribute was declared as."""
        return self.expr.prop

    # Last: it hides the decorator.
    @property
    def property(self) -> Any:
        """What the attribute was declared as."""
        return self.expr.prop


class WithComparator:
    """What an attribute has whose operators are those of a ``PropComparator``."""

    if TYPE_CHECKING:
        # The attribute as it would be without it, and what makes the comparator.
        plain: Any
        factory: Any

    @property
    def comparator(self) -> Any:
        """What defines its operators."""
        return self.factory(self.plain)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with the attribute on its left."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        return by_type(self.comparator, operator, other, kwargs, reverse=False)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with the attribute on its right."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        return by_type(self.comparator, operator, (other,), kwargs, reverse=True)

    def __eq__(self, other: object) -> Any:
        return self.operate(operators.eq, other)

    def __ne__(self, other: object) -> Any:
        return self.operate(operators.ne, other)

    __hash__ = object.__hash__

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            comparator = self.comparator
            found = getattr(comparator, name, None)
            return getattr(self.plain, name) if found is None else found
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class ComparedAttribute(WithComparator, ColumnAttribute[Any]):
    """A column attribute of a mapped class, with operators of its own."""

    def __init__(self, plain: ColumnAttribute[Any], factory: Any) -> None:
        super().__init__(plain.parent, plain.key, plain.prop, plain.element)
        self.plain = plain
        self.factory = factory
